"""The components that templates call by a tag."""

from dataclasses import dataclass

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from lucide import IconDoesNotExist

from theme.gallery import Sample


def shown(source: str, **context: object) -> str:
    return " ".join(Template(source).render(Context(context)).split())


@dataclass
class Somebody:
    name: str
    picture_url: str = ""

    def __str__(self) -> str:
        return self.name


def test_icon_is_drawn_inline_and_hidden_from_screen_readers():
    drawn = shown('{% icon "calendar" %}')

    assert (drawn[:4], 'aria-hidden="true"' in drawn, 'class="icon"' in drawn) == ("<svg", True, True)


def test_icon_that_does_not_exist_is_said_at_once():
    with pytest.raises(IconDoesNotExist):
        shown('{% icon "no-such-icon" %}')


@pytest.mark.parametrize(
    ("done", "total", "words", "arc"),
    [(3, 8, "3 of 8 lessons", "38 100"), (8, 8, "8 of 8 lessons", "100 100"), (9, 8, "9 of 8 lessons", "100 100")],
)
def test_ring_draws_the_share_and_says_it(done: int, total: int, words: str, arc: str):
    drawn = shown('{% ring done total "lessons" %}', done=done, total=total)

    assert (words in drawn, f'stroke-dasharray="{arc}"' in drawn) == (True, True)


@pytest.mark.parametrize("total", [0, 5])
def test_ring_of_nothing_has_no_arc(total: int):
    assert "ring__arc" not in shown('{% ring 0 total "answers" %}', total=total)


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Eleni Papadaki", "EP"), ("Zeynep", "Z"), ("Anna Maria Rossi", "AR"), ("Nowak-Kowalska", "NK"), ("", "S")],
)
def test_avatar_shows_the_first_and_last_initial(name: str, initials: str):
    assert f">{initials}</span>" in shown("{% avatar person %}", person=name)


def test_avatar_prefers_a_picture():
    assert '<img src="/p.webp" alt="">' in shown("{% avatar person %}", person=Somebody("Eleni", "/p.webp"))


def test_avatar_escapes_a_name():
    assert "<b>" not in shown("{% avatar person %}", person="<b>Eleni</b>")


def test_chip_shows_word_and_icon_never_colour_alone():
    drawn = shown('{% chip "3 days late" "late" %}')

    assert ("3 days late" in drawn, "<svg" in drawn, "chip--late" in drawn) == (True, True, True)


def test_empty_state_says_what_to_do():
    drawn = shown('{% empty_state "Nothing yet." "/write/" "Write the first one" %}')

    assert ("Nothing yet." in drawn, '<a class="button" href="/write/">Write the first one</a>' in drawn) == (
        True,
        True,
    )


def test_empty_state_without_address_has_no_button():
    assert "button" not in shown('{% empty_state "Nothing yet." %}')


def test_beads_say_their_state_in_words():
    steps = [Sample(1, "done", "First meeting", "/1/"), Sample(2, "late", "Goals")]

    drawn = shown('{% beads steps "Sessions" %}', steps=steps)

    assert ("1: First meeting, done" in drawn, "2: Goals, late" in drawn) == (True, True)


def test_capture_keeps_a_part_for_later_without_escaping_it_twice():
    source = "{% capture as words %}<b>{{ name }}</b>{% endcapture %}[{{ words }}]"

    assert shown(source, name="Ö & Å") == "[<b>Ö &amp; Å</b>]"


def test_capture_of_blanks_is_empty():
    assert shown("{% capture as words %}  {% endcapture %}{% if words %}full{% else %}empty{% endif %}") == "empty"


def test_capture_written_otherwise_is_refused():
    with pytest.raises(TemplateSyntaxError, match="capture as name"):
        shown("{% capture words %}{% endcapture %}")


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("contrast", "contrast"), ("<script>", ""), ("", "")])
def test_chosen_theme_takes_only_what_we_have(cookie: str, theme: str):
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie

    assert shown("[{% chosen_theme %}]", request=request) == f"[{theme}]"


def test_brand_is_the_plain_one_without_a_request():
    assert shown("{% brand as site_brand %}{{ site_brand.name }}") == "Kyklos"
