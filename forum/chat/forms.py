"""What people write in chat rooms."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.chat.actions import LONGEST
from forum.chat.models import Room


class MessageForm(forms.Form):
    """One message. ``client_id`` makes one message of a form that is sent twice."""

    body = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        error_messages={"required": _("Write something first.")},
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    reply_to = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**63 - 1)


class EditForm(forms.Form):
    """Changed words of a message."""

    body = forms.CharField(label=_("Your message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))


class RoomForm(forms.ModelForm[Room]):
    """What an open room is called."""

    title = forms.CharField(label=_("What is the room called?"), max_length=200)

    class Meta:
        model = Room
        fields = ["title"]
