"""Names in templates of the pairing."""

from django import template

from mentoring_ext.matching.naming import handle_of, names_out

register = template.Library()
register.filter("names_out", names_out)
register.filter("handle", handle_of)
