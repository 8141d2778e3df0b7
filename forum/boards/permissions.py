"""Who may do what on boards. Who may see a board is asked first, by ``visible_to``."""

import rules
from django.utils.translation import gettext_lazy as _

from forum.boards.models import Board, BoardMember, Post
from lms.people.models import User
from lms.people.permissions import Person, describe, is_administrator, is_editor


@rules.predicate
def is_author(user: User, post: Post) -> bool:
    """The person wrote this post, and nobody has hidden it."""
    return post.author_id == user.pk and post.hidden_at is None


@rules.predicate
def is_moderator(user: Person, board: Board) -> bool:
    """The person moderates this board as one of its people."""
    if not user.is_authenticated:
        return False
    return BoardMember.objects.filter(board=board, user_id=user.pk, moderator=True).exists()


@rules.predicate
def looks_after_open_board(user: Person, board: Board) -> bool:
    """The person edits or administers the site, and the board is not one of a closed group."""
    return board.access != Board.Access.CLOSED and bool((is_editor | is_administrator).test(user))


moderates = is_moderator | looks_after_open_board


@rules.predicate
def may_hide(user: Person, post: Post) -> bool:
    """The person moderates the board that the post stands on."""
    return bool(moderates.test(user, post.topic.board))


rules.add_perm("forum_boards.open_board", is_editor | is_administrator)
rules.add_perm("forum_boards.change_board", looks_after_open_board)
rules.add_perm("forum_boards.moderate_board", moderates)
rules.add_perm("forum_boards.start_topic", rules.is_authenticated)
rules.add_perm("forum_boards.write_post", rules.is_authenticated)
rules.add_perm("forum_boards.edit_post", is_author)
rules.add_perm("forum_boards.hide_post", may_hide)

describe("forum_boards.open_board", _("open a board for everybody"))
describe("forum_boards.change_board", _("change what a board is called and who reads it"), Board.objects.visible_to)
describe("forum_boards.moderate_board", _("hide posts on a board"), Board.objects.visible_to)
describe("forum_boards.start_topic", _("start a topic on boards they can see"))
describe("forum_boards.write_post", _("answer on boards they can see"))
describe("forum_boards.edit_post", _("change a post"), Post.objects.visible_to)
describe("forum_boards.hide_post", _("hide a post"), Post.objects.visible_to)
