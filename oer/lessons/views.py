"""The private notes of a lesson."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.errors import DomainError, add_to_form
from lms.http import PersonRequest
from lms.people.permissions import require
from oer.lessons import actions
from oer.lessons.models import LessonPage
from oer.lessons.reflections import reflection_form


@login_required
@require_POST
def reflection_save(request: PersonRequest, pk: int, block: UUID) -> HttpResponse:
    lesson = get_object_or_404(LessonPage.objects.visible_to(request.user), pk=pk)
    require(request.user, "oer_lessons.write_reflection", lesson)
    form = reflection_form(block, request.POST)
    if form.is_valid():
        try:
            text = form.cleaned_data["text"]
            actions.save_reflection(lesson, actor=request.user, block=block, text=text, at=timezone.now())
            messages.success(request, _("Your note is saved. Only you can read it."))
            return redirect(f"{lesson.get_url(request)}#reflection-{block}")
        except DomainError as error:
            add_to_form(form, error)
    context = lesson.get_context(request, bound={block: form})
    return render(request, lesson.template, context, status=422)
