"""What people write in posts: from a rich or a plain field to safe HTML, and back to a few plain words."""

import re
from html import unescape

from django.utils.html import linebreaks, strip_tags
from django.utils.text import Truncator

from forum.boards.errors import EmptyPostError, LongPostError
from lms.text.clean_html import clean_html

LONGEST = 20_000
# The rich editor closes a block in all it sends; what comes from a plain field without JavaScript has none.
BLOCK_END = re.compile(r"</(p|h[1-6]|ul|ol|blockquote|pre|table)>", re.I)


def safe_body(text: str) -> str:
    """Return what somebody wrote as safe HTML; line breaks of plain text become paragraphs.

    Raises ``EmptyPostError`` (empty) and ``LongPostError`` (too_long, above 20,000 characters).
    """
    if len(text) > LONGEST:
        raise LongPostError
    html = clean_html(text if BLOCK_END.search(text) else linebreaks(text.strip(), autoescape=True))
    if not plain_words(html):
        raise EmptyPostError
    return str(html)


def plain_words(html: str, *, words: int = 40) -> str:
    """Return the first words of a post without its tags."""
    spaced = re.sub(r"<(br|/p|/li|/h[1-6]|/blockquote|/td|/tr)\b[^>]*>", " ", html)
    return Truncator(" ".join(unescape(strip_tags(spaced)).split())).words(words)
