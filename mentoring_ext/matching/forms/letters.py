"""The words to both sides, in each language that somebody of the groups reads."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from mentoring_ext.matching.actions.letters import Key, text_for
from mentoring_ext.matching.letter_texts import Words, wrong_in
from mentoring_ext.matching.models import Side
from mentoring_ext.programmes.models import Cohort


class LettersForm(forms.Form):
    """A subject and a text for each side and language; begins with the cohort's own words, else the shipped ones."""

    use_required_attribute = False

    def __init__(self, *args: Any, cohort: Cohort, keys: Iterable[Key], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys: list[Key] = sorted(keys, key=lambda key: (key[1], Side.values.index(key[0])))
        several = len({language for _side, language in self.keys}) > 1
        for side, language in self.keys:
            words = text_for(cohort, side, language)
            whom = str(Side(side).label) + (f" ({_language(language)})" if several else "")
            subject = forms.CharField(
                label=_("Subject to the %(whom)s") % {"whom": whom.lower()},
                max_length=200,
                initial=words.subject,
                error_messages={"required": _("Write a subject.")},
            )
            body = forms.CharField(
                label=_("Letter to the %(whom)s") % {"whom": whom.lower()},
                max_length=5000,
                widget=forms.Textarea(attrs={"rows": 10}),
                initial=words.body,
                error_messages={"required": _("Write the letter.")},
            )
            self.fields |= {f"{side}_{language}_subject": subject, f"{side}_{language}_body": body}

    def clean(self) -> dict[str, Any]:
        """Say of each text which placeholders nobody can fill in, beside whatever else is wrong."""
        for name, text in list(self.cleaned_data.items()):
            if wrong := wrong_in(text):
                self.add_error(name, wrong)
        return self.cleaned_data

    def texts(self) -> dict[Key, Words]:
        """Return the words by side and language: what was typed, else what the form began with."""
        return {(side, language): self._words(f"{side}_{language}") for side, language in self.keys}

    def _words(self, name: str) -> Words:
        return Words(*(str(self[f"{name}_{part}"].value() or "") for part in ("subject", "body")))

    def field_of(self, key: Key, part: str) -> str:
        """Return the name of the field that holds a part of a text."""
        return f"{key[0]}_{key[1]}_{part or 'body'}"


def _language(code: str) -> str:
    return str(dict(settings.LANGUAGES).get(code, code))
