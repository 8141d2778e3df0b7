"""Fill an empty database with what is measured, and print the pages' addresses as JSON."""

import json
import os
import sys
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.production")
django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forum.boards.models import Board
from lms.people.models import User
from tests import make

ACTIVITIES, SECTIONS, ANSWERS = 30, 10, 100


def make_pages(reader: User) -> dict[str, str]:
    """Make the pages to measure and return the address of each by its name."""
    course = make.make_module(title="Thirty steps")
    for place in range(ACTIVITIES):
        opens = place % (ACTIVITIES // SECTIONS) == 0
        lesson = make.make_lesson(module=course, section=f"Section {place}" if opens else "")
    make.make_enrolment(user=reader, course=course)
    topic = make.make_topic(make.make_board(access=Board.Access.PUBLIC), actor=reader)
    speakers = [make.make_user() for _speaker in range(10)]
    for place in range(ANSWERS):
        make.make_post(topic, actor=speakers[place % len(speakers)], body=f"<p>{'Some words of mine. ' * 12}</p>")
    return {
        "login form": "/accounts/login/",
        "front page, anonymous": "/",
        "dashboard": "/home/",
        "course with 30 activities": course.get_url(),
        "lesson": lesson.get_url(),
        "topic with 100 answers": topic.get_absolute_url(),
    }


def session_of(user: User) -> str:
    """Sign the person in and return the cookie's value."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "lms.people.backends.PersonBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def queries_of(address: str, cookie: str) -> int:
    """Return how many queries the page asks once it is warm."""
    client = Client(headers={"host": "127.0.0.1", "x-forwarded-proto": "https"})
    if cookie:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    return len(captured.captured_queries)


def main() -> None:
    reader = make.make_user(first_name="Ada")
    cookie = session_of(reader)
    pages = []
    for name, address in make_pages(reader).items():
        sent = "" if name in ("login form", "front page, anonymous") else cookie
        pages.append({"name": name, "address": address, "cookie": sent, "queries": queries_of(address, sent)})
    json.dump({"cookie_name": settings.SESSION_COOKIE_NAME, "pages": pages}, sys.stdout)


if __name__ == "__main__":
    main()
