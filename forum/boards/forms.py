"""What people write on boards."""

from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from forum.boards.bodies import LONGEST
from forum.boards.models import Board


class RichText(forms.Textarea):
    """A plain field that becomes a rich editor as soon as somebody writes in it, where JavaScript runs."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-editor"] = static("django_prose_editor/editor.js")
        return context


class PostForm(forms.Form):
    """One post."""

    body = forms.CharField(label=_("Your answer"), max_length=LONGEST, widget=RichText(attrs={"rows": 6}))
    attachment = forms.FileField(label=_("File"), required=False, help_text=_("A picture, a PDF or an office file."))


class TopicForm(PostForm):
    """A topic with its first post."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("Say in one line what it is about. Others decide by it.")
    )
    field_order = ["title", "body", "attachment"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("What do you want to ask or tell?")


class EditForm(forms.Form):
    """A changed post."""

    body = forms.CharField(label=_("Your text"), max_length=LONGEST, widget=RichText(attrs={"rows": 8}))


class BoardForm(forms.ModelForm[Board]):
    """What a board is called, is for, and who may read it."""

    class Meta:
        model = Board
        fields = ["title", "text", "access"]
        widgets = {"access": forms.RadioSelect}
