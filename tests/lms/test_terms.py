"""Agreeing to the terms on the way in, where the organisation asks for it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lms.people.actions import invite_person, make_code
from lms.people.models import Invitation, User
from lms.people.tokens import token_of
from lms.privacy.actions import has_consent
from tests.make import make_organisation

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-password"


def invited(*, asks_terms: bool = True, email: str = "maria@example.org") -> User:
    town = make_organisation(asks_terms=asks_terms)
    names = {"first_name": "Maria", "last_name": "Rossi", "email": email}
    return invite_person(actor=None, reason="Athens", at=timezone.now(), organisation=town, **names)


def accept(client: Client, user: User, **more: str):
    data = {"username": "maria", "password": PASSWORD, "repeated": PASSWORD} | more
    return client.post(f"/people/invitations/{token_of(Invitation.objects.get(user=user))}/", data)


def test_link_asks_for_the_terms_and_keeps_the_agreement(client: Client):
    user = invited()

    answer = accept(client, user, terms="on")

    assert (answer.status_code, has_consent(user, "terms", at=timezone.now() + timedelta(seconds=1))) == (302, True)


def test_without_agreeing_nobody_comes_in_and_the_name_is_kept(client: Client):
    user = invited()

    answer = accept(client, user)

    assert (answer.status_code, answer.context["form"].errors.keys()) == (422, {"terms"})
    assert 'value="maria"' in answer.content.decode()
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_who_is_not_asked_comes_in_without(client: Client):
    user = invited(asks_terms=False)

    answer = accept(client, user)

    assert (answer.status_code, has_consent(user, "terms")) == (302, False)


def test_code_on_paper_asks_for_the_terms_too(client: Client):
    user = invited(email="")
    code = make_code(user, actor=None, reason="paper", at=timezone.now())
    client.post("/people/code/", {"username": user.username, "code": code})
    words = {"password": PASSWORD, "repeated": PASSWORD}

    refused = client.post("/people/code/password/", words)
    answer = client.post("/people/code/password/", words | {"terms": "on"})

    assert (refused.status_code, answer.status_code) == (422, 302)
    assert has_consent(user, "terms", at=timezone.now() + timedelta(seconds=1))
