"""What a coordinator chose, in the words of the pages."""

from django import template

from lms.plugins import Text
from mentoring_ext.matching.kept import Options
from mentoring_ext.matching.words import LONE_WORDS, programs_in_words, trouble_in_words

register = template.Library()
register.filter("programs_in_words", programs_in_words)
register.filter("trouble_in_words", trouble_in_words)


@register.filter
def lone_words(options: Options) -> Text:
    """Return what is asked about mentees alone with a mentor."""
    return LONE_WORDS[options.lone]
