"""Boards, who belongs to them, topics, posts with their former versions, and how far each person has read."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from ordered_model.models import OrderedModel, OrderedModelManager, OrderedModelQuerySet

from forum.boards.bodies import plain_words
from lms.files.models import StoredFile
from lms.people.permissions import Person
from lms.text.clean_html import stored_html

if TYPE_CHECKING:
    from datetime import datetime


class BoardQuerySet(OrderedModelQuerySet["Board"]):
    """Boards."""

    def visible_to(self, user: Person) -> Self:
        """Keep the public ones; for people with an account also the members' boards and their own closed ones."""
        if not user.is_authenticated:
            return self.filter(access=Board.Access.PUBLIC)
        own = BoardMember.objects.filter(board=OuterRef("pk"), user_id=user.pk)
        return self.filter(~Q(access=Board.Access.CLOSED) | Exists(own))

    def with_newest(self, user: Person) -> Self:
        """Add ``topic_count``, ``newest_at`` and ``unread_count`` (topics with something unread)."""
        topics = Topic.objects.filter(board=OuterRef("pk")).order_by()
        newest = Topic.objects.filter(board=OuterRef("pk")).order_by("-last_post_at").values("last_post_at")
        return self.annotate(
            topic_count=_count(topics),
            unread_count=_count(topics.unread_by(user)),
            newest_at=models.Subquery(newest[:1]),
        )


def _count(rows: "models.QuerySet[Topic]") -> Coalesce:
    counted = rows.values("board").annotate(number=models.Count("pk")).values("number")
    return Coalesce(models.Subquery(counted), 0)


class Board(OrderedModel):
    """A place for topics. ``access`` says who may read it; who may read and has an account may also write."""

    class Access(models.TextChoices):
        PUBLIC = "public", _("Everyone may read")
        MEMBERS = "members", _("Everyone with an account")
        CLOSED = "closed", _("Only the people of this board")

    title = models.CharField(_("title"), max_length=200)
    text = models.CharField(_("what it is for"), max_length=300, blank=True)
    access = models.CharField(_("who may read"), max_length=10, choices=Access, default=Access.MEMBERS)
    takes_questions = models.BooleanField(_("questions from elsewhere come here"), default=False)
    opened_at = models.DateTimeField(auto_now_add=True)

    if TYPE_CHECKING:  # what ``with_newest`` adds
        topic_count: int
        unread_count: int
        newest_at: datetime | None

    objects: ClassVar = OrderedModelManager.from_queryset(BoardQuerySet)()

    class Meta(OrderedModel.Meta):
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        constraints = [
            models.UniqueConstraint(
                "takes_questions", condition=Q(takes_questions=True), name="one_board_takes_questions"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum_boards:board_detail", args=[self.pk])


class BoardMember(models.Model):
    """A person of a board: needed to enter a closed one; a moderator may hide posts there."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="board_memberships")
    moderator = models.BooleanField(_("moderator"), default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint("board", "user", name="board_member_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.board}"


class TopicQuerySet(models.QuerySet["Topic"]):
    """Topics."""

    def visible_to(self, user: Person) -> Self:
        """Keep those on boards that the person may see."""
        return self.filter(board__in=Board.objects.visible_to(user).order_by())

    def unread_by(self, user: Person) -> Self:
        """Keep those whose newest post the person has not seen; a visitor has no unread topics."""
        if not user.is_authenticated:
            return self.none()
        seen = TopicRead.objects.filter(topic=OuterRef("pk"), user_id=user.pk, last_post_id__gte=OuterRef("last_post"))
        return self.filter(~Exists(seen))

    def with_unread(self, user: Person) -> Self:
        """Add ``unread``: whether there is something that the person has not read."""
        if not user.is_authenticated:
            return self.annotate(unread=models.Value(False))
        seen = TopicRead.objects.filter(topic=OuterRef("pk"), user_id=user.pk, last_post_id__gte=OuterRef("last_post"))
        return self.annotate(unread=~Exists(seen))

    def newest_first(self) -> Self:
        """Order by the newest post."""
        return self.order_by("-last_post_at", "-pk")

    def older_than(self, at: "datetime", pk: int) -> Self:
        """Keep what stands below that topic in the order of ``newest_first``."""
        return self.filter(last_post_at__lte=at).exclude(last_post_at=at, pk__gte=pk)

    def newer_than(self, at: "datetime", pk: int) -> Self:
        """Keep what stands above that topic in the order of ``newest_first``."""
        return self.filter(last_post_at__gte=at).exclude(last_post_at=at, pk__lte=pk)


class Topic(models.Model):
    """Something that people talk about. ``last_post`` and ``post_count`` are kept by ``actions.write_post``."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="topics")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="topics")
    title = models.CharField(_("title"), max_length=200)
    started_at = models.DateTimeField()
    last_post = models.ForeignKey("Post", models.SET_NULL, null=True, related_name="+")
    last_post_at = models.DateTimeField()
    post_count = models.PositiveIntegerField(default=0)

    if TYPE_CHECKING:  # what ``with_unread`` adds
        unread: bool

    objects = TopicQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-last_post_at", "-pk"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        indexes = [models.Index(fields=["board", "-last_post_at", "-id"], name="topics_newest_first")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum_boards:topic_detail", args=[self.pk])


class PostQuerySet(models.QuerySet["Post"]):
    """Posts."""

    def visible_to(self, user: Person) -> Self:
        """Keep those in topics that the person may see."""
        return self.filter(topic__in=Topic.objects.visible_to(user).order_by())

    def shown(self) -> Self:
        """Leave out what a moderator has hidden."""
        return self.filter(hidden_at=None)

    def with_people(self) -> Self:
        """Fetch authors, files and the posts that are answered in the same query."""
        return self.select_related("author", "attachment", "answers__author")


class Post(models.Model):
    """One contribution to a topic. ``body`` is HTML that ``clean_html`` has made safe on the way in.

    ``answers`` is the post of the same topic that it answers, or None for the topic itself.
    """

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="posts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="posts")
    answers = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="answered_by")
    body = models.TextField(_("text"))
    attachment = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PostQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = [models.Index(fields=["topic", "id"], name="posts_in_order")]

    def __str__(self) -> str:
        return str(_("Post %(number)s") % {"number": self.pk})

    def get_absolute_url(self) -> str:
        return reverse("forum_boards:post_detail", args=[self.pk])

    @property
    def html(self) -> SafeString:
        """The text as a page shows it."""
        return stored_html(self.body)

    @property
    def opening_words(self) -> str:
        """The first words, for a line that quotes the post."""
        return "" if self.hidden_at else plain_words(self.body, words=24)


class PostVersion(models.Model):
    """What a post said before it was edited."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    body = models.TextField()
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-replaced_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.post}, {self.replaced_at:%Y-%m-%d %H:%M}"

    @property
    def html(self) -> SafeString:
        """The text as a page shows it."""
        return stored_html(self.body)


class TopicRead(models.Model):
    """How far a person has read a topic: the id of the newest post that was shown to them."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="reads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="topic_reads")
    last_post_id = models.PositiveBigIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint("topic", "user", name="topic_read_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.topic}"
