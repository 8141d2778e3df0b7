"""The pages of boards. Public boards are read without an account; writing asks for one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forum.boards import actions
from forum.boards.forms import BoardForm, EditForm, PostForm, TopicForm
from forum.boards.keyset import POSTS, post_page, topic_page
from forum.boards.models import Board, Post, Topic
from lms.errors import DomainError, add_to_form
from lms.files.actions import store_upload
from lms.files.models import StoredFile
from lms.files.serve import file_response
from lms.http import PersonRequest
from lms.people.permissions import require

KINDS_OF_FILES = ("pdf", "jpeg", "png", "docx", "xlsx", "odt")


@require_safe
def board_list(request: HttpRequest) -> HttpResponse:
    boards = Board.objects.visible_to(request.user).with_newest(request.user)
    context = {
        "own": [board for board in boards if board.access == Board.Access.CLOSED],
        "others": [board for board in boards if board.access != Board.Access.CLOSED],
        "may_open": request.user.has_perm("forum_boards.open_board"),
    }
    return render(request, "boards/board_list.html", context)


@require_safe
def board_detail(request: HttpRequest, pk: int) -> HttpResponse:
    board = get_object_or_404(Board.objects.visible_to(request.user), pk=pk)
    topics = Topic.objects.filter(board=board).with_unread(request.user).select_related("author", "last_post__author")
    context = {
        "board": board,
        "page": topic_page(topics, board, request.GET),
        "may_change": request.user.has_perm("forum_boards.change_board", board),
    }
    return render(request, "boards/board_detail.html", context)


@login_required
def board_create(request: PersonRequest) -> HttpResponse:
    require(request.user, "forum_boards.open_board")
    form = BoardForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        board = actions.open_board(actor=request.user, **form.cleaned_data)
        messages.success(request, _("The board is open."))
        return redirect(board)
    return _form_page(request, "boards/board_form.html", form)


@login_required
def board_edit(request: PersonRequest, pk: int) -> HttpResponse:
    board = get_object_or_404(Board.objects.visible_to(request.user), pk=pk)
    require(request.user, "forum_boards.change_board", board)
    form = BoardForm(
        request.POST if request.method == "POST" else None,
        initial={"title": board.title, "text": board.text, "access": board.access},
    )
    if request.method == "POST" and form.is_valid():
        actions.change_board(board, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The board is changed."))
        return redirect(board)
    return _form_page(request, "boards/board_form.html", form, board=board)


@login_required
def topic_create(request: PersonRequest, pk: int) -> HttpResponse:
    board = get_object_or_404(Board.objects.visible_to(request.user), pk=pk)
    require(request.user, "forum_boards.start_topic", board)
    form = TopicForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            topic = actions.start_topic(board, actor=request.user, **_content(form, request.user))
        except DomainError as error:
            add_to_form(form, error)
        else:
            messages.success(request, _("Your topic stands on the board."))
            return redirect(topic)
    return _form_page(request, "boards/topic_form.html", form, board=board)


@require_safe
def topic_detail(request: HttpRequest, pk: int) -> HttpResponse:
    topic = get_object_or_404(Topic.objects.visible_to(request.user).select_related("board"), pk=pk)
    page = post_page(Post.objects.filter(topic=topic).with_people(), request.GET)
    if request.user.is_authenticated and page.posts:
        actions.mark_topic_read(topic, page.posts[-1].pk, reader=request.user)
    context = {
        "topic": topic,
        "page": page,
        "form": PostForm(),
        "may_hide": request.user.has_perm("forum_boards.moderate_board", topic.board),
    }
    return render(request, "boards/topic_detail.html", context)


@login_required
def post_create(request: PersonRequest, pk: int) -> HttpResponse:
    topic = get_object_or_404(Topic.objects.visible_to(request.user).select_related("board"), pk=pk)
    require(request.user, "forum_boards.write_post", topic)
    answers = _answered(request, topic)
    form = PostForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            post = actions.write_post(topic, actor=request.user, answers=answers, **_content(form, request.user))
        except DomainError as error:
            add_to_form(form, error)
        else:
            messages.success(request, _("Your answer is there."))
            return redirect(post)
    return _form_page(request, "boards/post_form.html", form, topic=topic, answers=answers)


@require_safe
def post_detail(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("topic"), pk=pk)
    on_first_page = Post.objects.filter(topic=post.topic, pk__lt=pk).count() < POSTS
    start = "" if on_first_page else f"?after={pk - 1}"
    return redirect(f"{post.topic.get_absolute_url()}{start}#post-{pk}")


@login_required
def post_edit(request: PersonRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("topic__board"), pk=pk)
    require(request.user, "forum_boards.edit_post", post)
    form = EditForm(request.POST if request.method == "POST" else None, initial={"body": post.body})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_post(post, actor=request.user, body=form.cleaned_data["body"])
        except DomainError as error:
            add_to_form(form, error)
        else:
            messages.success(request, _("Your text is changed."))
            return redirect(post)
    return _form_page(request, "boards/post_edit.html", form, post=post)


@login_required
def post_hide(request: PersonRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("topic__board", "author"), pk=pk)
    require(request.user, "forum_boards.hide_post", post)
    if request.method == "POST":
        actions.hide_post(post, actor=request.user)
        messages.success(request, _("The post is hidden."))
        return redirect(post)
    return render(request, "boards/post_hide.html", {"post": post})


@login_required
@require_safe
def post_history(request: PersonRequest, pk: int) -> HttpResponse:
    posts = Post.objects.visible_to(request.user).shown().select_related("topic__board", "author")
    post = get_object_or_404(posts, pk=pk)
    return render(request, "boards/post_history.html", {"post": post, "versions": post.versions.all()})


@require_safe
def post_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    posts = Post.objects.visible_to(request.user).shown().exclude(attachment=None).select_related("attachment")
    attachment = get_object_or_404(posts, pk=pk).attachment
    if attachment is None:
        raise Http404
    return file_response(attachment)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """Return what a form with files takes; a form without a single field filled in was sent all the same."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _answered(request: HttpRequest, topic: Topic) -> Post | None:
    pk = request.GET.get("answers", "")
    posts = Post.objects.filter(topic=topic).shown().select_related("author")
    return get_object_or_404(posts, pk=pk) if pk.isdecimal() else None


def _content(form: PostForm, actor: Any) -> dict[str, Any]:
    """Return what the form holds as an action takes it, with the file stored."""
    upload = form.cleaned_data["attachment"]
    stored: StoredFile | None = store_upload(upload, actor=actor, kinds=KINDS_OF_FILES) if upload else None
    return form.cleaned_data | {"attachment": stored}


def _form_page(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)
