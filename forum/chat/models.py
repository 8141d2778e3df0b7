"""Chat rooms, who is in them, and what was said."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.people.models import User
from lms.people.permissions import Person

if TYPE_CHECKING:
    from uuid import UUID


class RoomQuerySet(models.QuerySet["Room"]):
    """Rooms."""

    def visible_to(self, user: Person) -> Self:
        """Keep open rooms and those that the person belongs to; a visitor sees none."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(kind=Room.Kind.OPEN) | Exists(_membership_of(user)))

    def of(self, user: User) -> Self:
        """Keep those that the person belongs to."""
        return self.filter(Exists(_membership_of(user)))

    def with_people(self) -> Self:
        """Fetch the people of each room in one more query; ``title_for`` needs them."""
        members = RoomMember.objects.select_related("user").order_by("user__first_name", "user__username")
        return self.prefetch_related(models.Prefetch("memberships", members))

    def unread_by(self, user: User) -> Self:
        """Keep those with messages that the person has not seen, with what ``with_unread`` adds."""
        return self.with_unread(user).filter(unread_count__gt=0)

    def newest_first(self) -> Self:
        """Order by the newest message; ask for them ``with_unread``."""
        return self.order_by(models.F("newest_at").desc(nulls_last=True), "title", "pk")

    def with_unread(self, user: User) -> Self:
        """Add ``unread_count`` (messages by others that the person has not seen) and ``newest_at``."""
        mine = RoomMember.objects.filter(room=OuterRef("room"), user=user).values("last_read_id")
        unread = (
            Message.objects.filter(room=OuterRef("pk"), deleted_at=None, pk__gt=Coalesce(Subquery(mine), 0))
            .exclude(sender=user)
            .order_by()
            .values("room")
            .annotate(number=models.Count("pk"))
            .values("number")
        )
        newest = Message.objects.filter(room=OuterRef("pk")).order_by("-pk").values("sent_at")
        return self.annotate(unread_count=Coalesce(Subquery(unread), 0), newest_at=Subquery(newest[:1]))


def _membership_of(user: User) -> "models.QuerySet[RoomMember]":
    return RoomMember.objects.filter(room=OuterRef("pk"), user_id=user.pk, left_at=None)


class Room(models.Model):
    """A place to talk: between two people, in a group, or open to everyone with an account.

    ``revision`` counts the changes in the room; ``pair`` names the two people of a personal room by their ids.
    """

    class Kind(models.TextChoices):
        PERSONAL = "personal", _("Two people")
        GROUP = "group", _("Group")
        OPEN = "open", _("Open to everyone with an account")

    title = models.CharField(_("title"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    pair = models.CharField(max_length=50, null=True, unique=True, editable=False)
    revision = models.PositiveBigIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField(auto_now_add=True)

    if TYPE_CHECKING:  # what ``with_unread`` adds
        unread_count: int

    objects = RoomQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("chat room")
        verbose_name_plural = _("chat rooms")

    def __str__(self) -> str:
        return self.title or str(_("Personal room"))

    def get_absolute_url(self) -> str:
        return reverse("forum_chat:room_detail", args=[self.pk])

    def title_for(self, viewer: Person) -> str:
        """Return the room's title, for a personal room the other person's name; fetch rooms ``with_people``."""
        others = [str(member.user) for member in self.memberships.all() if member.user_id != viewer.pk]
        return self.title or ", ".join(others) or str(self)


class RoomMember(models.Model):
    """A person's place in a room; ``left_at`` is set when they no longer belong to it.

    ``last_read_id`` is the id of the newest message that was shown to them, 0 for none.
    """

    room = models.ForeignKey(Room, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="room_memberships")
    last_read_id = models.PositiveBigIntegerField(default=0)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint("room", "user", name="room_member_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.room}"


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages."""

    def visible_to(self, user: Person) -> Self:
        """Keep those in rooms that the person may see."""
        return self.filter(room__in=Room.objects.visible_to(user).order_by())

    def shown(self) -> Self:
        """Leave out what was deleted."""
        return self.filter(deleted_at=None)

    def after_revision(self, seen: int) -> Self:
        """Keep what was posted, edited or deleted after that revision of the room, in the order it happened."""
        return self.filter(revision__gt=seen).order_by("revision")

    def with_people(self) -> Self:
        """Fetch senders and the messages that are answered in the same query."""
        return self.select_related("sender", "reply_to__sender")


class Message(models.Model):
    """One message. ``body`` is plain text, empty once deleted; the row stays as the trace.

    ``client_id`` is chosen by the sender's browser: sent twice, it is still one message. ``revision`` is the room's
    number of the last change to it.
    """

    room = models.ForeignKey(Room, models.CASCADE, related_name="messages")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="chat_messages")
    client_id: "models.UUIDField[str | UUID, UUID]" = models.UUIDField()
    body = models.TextField(_("message"), blank=True)
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replies")
    revision = models.PositiveBigIntegerField(editable=False)
    sent_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint("room", "sender", "client_id", name="message_once"),
            models.UniqueConstraint("room", "revision", name="one_message_a_revision"),
        ]
        indexes = [models.Index(fields=["room", "id"], name="messages_in_order")]

    def __str__(self) -> str:
        return str(_("Message %(number)s") % {"number": self.pk})

    def get_absolute_url(self) -> str:
        return f"{reverse('forum_chat:room_detail', args=[self.room_id])}#message-{self.pk}"
