"""What the libraries beneath the site keep of a person: how it is exported and erased."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from lms.people.models import User
from lms.plugins import Held, PrivacyHandler

EDITORIAL = "Work on the site's pages; it tells of the person only who did it."
PASSING = "A note of an open editing window, which is deleted by itself."
NOT_TOLD = {
    **{
        model._meta.label_lower: EDITORIAL
        for model in (
            *(Page, Revision, WorkflowState, TaskState, UploadedFile, PageLogEntry, ModelLogEntry, LogEntry),
            *(get_document_model(), get_image_model(), PageSubscription),
        )
    },
    **{model._meta.label_lower: PASSING for model in (EditingSession, FormState)},
}
ADDED = ("socialaccount.socialaccount", "usersessions.usersession")
"""Models of parts that an installation may leave out."""


def libraries() -> PrivacyHandler:
    """Return what Django, Wagtail and allauth keep."""
    held = [
        Held("account.emailaddress"),
        Held(
            "mfa.authenticator", left_out={"data": "The secret of the second step; giving it away opens the account."}
        ),
        Held("wagtailusers.userprofile"),
        Held("wagtailcore.apitoken", left_out={"key_hash": "A secret that opens the account to programs."}),
        Held("wagtailcore.comment", about="user"),
        Held("wagtailcore.commentreply"),
        *(Held(label) for label in ADDED if apps.is_installed(f"allauth.{label.split('.')[0]}")),
    ]
    models = [*(one.model for one in held), *NOT_TOLD]
    return PrivacyHandler(
        name="libraries",
        models=models,
        export=None,
        erase=erase,
        label=_("Signing in and editing"),
        held=held,
        not_told=NOT_TOLD,
    )


def erase(user: User) -> None:
    """Remove what is the person's own; what was done to pages stays, under an account without a name."""
    _erase_sign_in(user)
    _erase_editing(user)
    for profile in UserProfile.objects.filter(user=user):
        profile.avatar.delete(save=False)
        profile.delete()
    for upload in UploadedFile.objects.filter(uploaded_by_user=user):
        upload.file.delete(save=False)
        upload.delete()
    about = {"content_type": ContentType.objects.get_for_model(User), "object_id": str(user.pk)}
    ModelLogEntry.objects.filter(**about).update(label="", data={})
    LogEntry.objects.filter(**about).update(object_repr="", change_message="")


def _erase_sign_in(user: User) -> None:
    for model in (EmailAddress, Authenticator, APIToken):
        model.objects.filter(user=user).delete()
    for label in ADDED:
        if apps.is_installed(f"allauth.{label.split('.')[0]}"):
            apps.get_model(label)._default_manager.filter(user=user).delete()


def _erase_editing(user: User) -> None:
    own: tuple[Any, ...] = (EditingSession, FormState, PageSubscription, CommentReply, Comment)
    for model in own:
        model._default_manager.filter(user=user).delete()
    Comment.objects.filter(resolved_by=user).update(resolved_by=None)
    TaskState.objects.filter(finished_by=user).update(comment="", finished_by=None)
    Page.objects.filter(owner=user).update(owner=None)
    Page.objects.filter(locked_by=user).update(locked_by=None, locked=False, locked_at=None)
    for model in (get_document_model(), get_image_model()):
        model.objects.filter(uploaded_by_user=user).update(uploaded_by_user=None)
