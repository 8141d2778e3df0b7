"""A person's notices, and which of them come by mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.http import PersonRequest
from lms.notices import actions
from lms.notices.forms import MailChoiceForm
from lms.notices.models import Notice

PAGE = 30


@login_required
def notice_list(request: PersonRequest) -> HttpResponse:
    older_than = request.GET.get("before", "")
    notices = Notice.objects.visible_to(request.user).before(older_than)[: PAGE + 1]
    rows = list(notices)
    context = {
        "notices": rows[:PAGE],
        "icons": {name: kind.icon for name, kind in actions.kinds().items()},
        "older": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "newest": not older_than,
    }
    return render(request, "notices/notice_list.html", context)


@login_required
def notice_open(request: PersonRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.read_notice(notice, at=timezone.now())
    return redirect(notice.url)


@login_required
@require_POST
def notice_read_all(request: PersonRequest) -> HttpResponse:
    actions.read_all(request.user, at=timezone.now())
    return redirect("lms_notices:notice_list")


@login_required
def mail_choice(request: PersonRequest) -> HttpResponse:
    form = MailChoiceForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        actions.choose_mail(request.user, unwanted=form.unwanted)
        messages.success(request, _("Your choice is saved."))
        return redirect("lms_notices:mail_choice")
    return render(request, "notices/mail_choice.html", {"form": form})
