"""Materials, and questions that go on to the forum."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forum.boards.models import Topic
from mentoring_ext.workshops import actions
from tests.mentoring_ext.workshops.planning import BEFORE, PDF, START, mentor, planned, sign_in

pytestmark = pytest.mark.django_db


def test_a_question_goes_to_the_board_for_questions():
    workshop, _planner = planned()
    person = mentor()

    question = actions.ask_question(workshop, actor=person, title="How long?", text="A session.", at=START)

    topic = Topic.objects.get()
    assert question.address == topic.get_absolute_url()
    assert (topic.title, topic.author) == ("How long?", person)
    assert "Prepare for mentoring" in topic.posts.get().body


def test_materials_are_for_those_with_a_place():
    workshop, planner = planned()
    keeper, guest, person = sign_in(planner), sign_in(mentor()), mentor()
    actions.book_place(workshop, actor=person, at=BEFORE)
    page = reverse("mentoring_workshops:material_new", args=[workshop.pk])

    wrong = keeper.post(page, {"title": "Slides"})
    keeper.post(page, {"title": "Slides", "file": SimpleUploadedFile("slides.pdf", PDF)})
    material = workshop.materials.get()
    address = reverse("mentoring_workshops:material_download", args=[material.pk])

    assert list(wrong.context["form"].errors) == ["file"]
    assert guest.get(address).status_code == 403
    assert sign_in(person).get(address).getvalue() == PDF
    keeper.post(reverse("mentoring_workshops:material_remove", args=[material.pk]))
    assert not workshop.materials.exists()
