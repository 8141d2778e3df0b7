"""The pages of chat. Whatever the socket does can be done here by a form, with the same action and rule."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forum.chat import actions
from forum.chat.errors import NothingSharedError
from forum.chat.forms import EditForm, MessageForm, RoomForm
from forum.chat.history import message_page
from forum.chat.models import Message, Room
from lms.errors import DomainError, add_to_form
from lms.http import PersonRequest
from lms.people.models import User
from lms.people.permissions import require


@login_required
@require_safe
def room_list(request: PersonRequest) -> HttpResponse:
    rooms = Room.objects.visible_to(request.user).with_unread(request.user).with_people().newest_first()
    own = set(Room.objects.of(request.user).values_list("pk", flat=True))
    context = {
        "rooms": [(room, room.title_for(request.user)) for room in rooms if room.pk in own],
        "open_rooms": [room for room in rooms if room.pk not in own],
        "may_open": request.user.has_perm("forum_chat.open_room"),
    }
    return render(request, "chat/room_list.html", context)


@login_required
def room_create(request: PersonRequest) -> HttpResponse:
    require(request.user, "forum_chat.open_room")
    form = RoomForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        room = actions.open_room(title, actor=request.user, kind=Room.Kind.OPEN, members=[request.user])
        messages.success(request, _("The room is open."))
        return redirect(room)
    return render(request, "chat/room_form.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
@require_POST
def room_personal(request: PersonRequest, pk: int) -> HttpResponse:
    other = get_object_or_404(User, pk=pk)
    try:
        return redirect(actions.open_personal_room(other, actor=request.user))
    except NothingSharedError:
        raise Http404


@login_required
@require_safe
def room_detail(request: PersonRequest, pk: int) -> HttpResponse:
    room = get_object_or_404(Room.objects.visible_to(request.user).with_people(), pk=pk)
    answered = request.GET.get("answer", "")
    return _room_page(request, room, MessageForm(initial={"reply_to": answered if answered.isdecimal() else None}))


def _room_page(request: PersonRequest, room: Room, form: MessageForm) -> HttpResponse:
    page = message_page(room, request.GET)
    if page.newest and page.messages:
        actions.mark_read(room, actor=request.user, message_id=page.messages[-1].pk)
    people = [member for member in room.memberships.all() if member.left_at is None]
    context = {
        "room": room,
        "title": room.title_for(request.user),
        "page": page,
        "people": people,
        "marks_json": json.dumps({member.user_id: [str(member.user), member.last_read_id] for member in people}),
        "form": form,
        "answered": _answered(room, form["reply_to"].value()),
        "blank": Message(pk=0, room=room, sent_at=timezone.now()),
    }
    return render(request, "chat/room_detail.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def message_create(request: PersonRequest, pk: int) -> HttpResponse:
    room = get_object_or_404(Room.objects.visible_to(request.user).with_people(), pk=pk)
    form = MessageForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            message = actions.post_message(
                room,
                actor=request.user,
                body=data["body"],
                client_id=data["client_id"],
                reply_to=_answered(room, data["reply_to"]),
            )
            return redirect(message)
        except DomainError as error:
            add_to_form(form, error)
    return _room_page(request, room, form)


@login_required
def message_edit(request: PersonRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(Message.objects.visible_to(request.user).shown().select_related("room"), pk=pk)
    require(request.user, "forum_chat.change_message", message)
    form = EditForm(request.POST if request.method == "POST" else None, initial={"body": message.body})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.edit_message(message, actor=request.user, body=form.cleaned_data["body"]))
        except DomainError as error:
            add_to_form(form, error)
    context = {"form": form, "message": message}
    return render(request, "chat/message_edit.html", context, status=422 if form.is_bound else 200)


@login_required
def message_delete(request: PersonRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(Message.objects.visible_to(request.user).shown().select_related("room"), pk=pk)
    require(request.user, "forum_chat.change_message", message)
    if request.method == "POST":
        return redirect(actions.delete_message(message, actor=request.user))
    return render(request, "chat/message_delete.html", {"message": message})


def _answered(room: Room, pk: int | str | None) -> Message | None:
    """Return the message of this room that is answered, if it is still there."""
    messages_of_room = Message.objects.filter(room=room).shown().select_related("sender")
    return messages_of_room.filter(pk=pk).first() if pk else None
