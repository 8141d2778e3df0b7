"""What boards add: a place in the navigation, kinds of notices, a card, and a person's own data."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from forum.boards.actions import take_question
from forum.boards.duties import boards_moderated, other_people, take_board
from forum.boards.models import BoardMember, Post, PostVersion, Topic, TopicRead
from lms.people.models import User
from lms.plugins import (
    DASHBOARD_CARDS,
    DUTY_SOURCES,
    NAVIGATION,
    NAVIGATION_GROUPS,
    NOTICE_KINDS,
    PRIVACY_HANDLERS,
    QUESTION_TAKERS,
    DashboardCard,
    DutySource,
    Held,
    NavigationGroup,
    NavigationItem,
    NoticeKind,
    PrivacyHandler,
    QuestionTaker,
)

SHOWN = 5


@hooks.register(QUESTION_TAKERS.name)
def question_board() -> QuestionTaker:
    return QuestionTaker(name="boards", take=take_question)


@hooks.register(NAVIGATION.name)
def forum() -> NavigationItem:
    return NavigationItem(
        name="forum",
        label=_("Forum"),
        url_name="forum_boards:board_list",
        icon="message-square-text",
        shown_to=lambda request: True,
        order=40,
        group="talk",
    )


@hooks.register(NAVIGATION_GROUPS.name)
def talk() -> NavigationGroup:
    return NavigationGroup("talk", _("Talk"), "messages-square")


@hooks.register(NOTICE_KINDS.name)
def kinds() -> list[NoticeKind]:
    return [
        NoticeKind("board_topic", _("A new topic on one of your boards"), icon="message-square-plus"),
        NoticeKind("board_answer", _("An answer in a topic where you wrote"), icon="message-square-reply"),
    ]


@hooks.register(DASHBOARD_CARDS.name)
def new_to_read() -> DashboardCard:
    return DashboardCard("new_to_read", "boards/_new_card.html", new_context, order=50)


def new_context(user: User, at: datetime) -> dict[str, Any] | None:
    """Return the newest topics with something that the person has not read."""
    topics = Topic.objects.visible_to(user).unread_by(user).newest_first().select_related("board")[:SHOWN]
    return {"topics": topics} if topics else None


@hooks.register(PRIVACY_HANDLERS.name)
def own_data() -> PrivacyHandler:
    return PrivacyHandler(
        name="boards",
        models=[
            "forum_boards.BoardMember",
            "forum_boards.Topic",
            "forum_boards.Post",
            "forum_boards.PostVersion",
            "forum_boards.TopicRead",
        ],
        export=None,
        erase=erase,
        label=_("Forum"),
        titles=["forum_boards.board.title"],
        held=[
            Held("forum_boards.boardmember"),
            Held("forum_boards.topic", about="author", left_out={"last_post": "Somebody else may have written it."}),
            Held("forum_boards.post", about="author", left_out={"answers": "Somebody else may have written it."}),
            Held("forum_boards.postversion", about="post__author"),
            Held("forum_boards.topicread"),
        ],
    )


def erase(user: User) -> None:
    """Remove what the person wrote and who wrote it; topics and the places of posts are kept."""
    PostVersion.objects.filter(post__author=user).delete()
    PostVersion.objects.filter(replaced_by=user).update(replaced_by=None)
    Post.objects.filter(hidden_by=user).update(hidden_by=None)
    Post.objects.filter(author=user).update(body="", author=None, attachment=None)
    Topic.objects.filter(author=user).update(author=None)
    TopicRead.objects.filter(user=user).delete()
    BoardMember.objects.filter(user=user).delete()


@hooks.register(DUTY_SOURCES.name)
def board_duties() -> DutySource:
    return DutySource("boards", _("Boards"), boards_moderated, other_people, take_board)
