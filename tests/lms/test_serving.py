"""Health, and what people see while the database is away."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail import hooks

from lms import plugins
from lms.serving import worker

pytestmark = pytest.mark.django_db


def refuse(*args, **kwargs):
    raise OperationalError("The database is away")


def enqueue(since):
    task = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="lms.notices.tasks.nothing", backend_name="default"
    )
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=since)


@pytest.mark.server
def test_health_is_good_when_all_parts_answer(client):
    response = client.get("/health/")

    assert (response.status_code, response.json()) == (200, {"ok": True, "failing": []})


def test_health_is_never_remembered(client):
    assert "no-store" in client.get("/health/")["Cache-Control"]


def test_health_names_the_database_and_what_stands_on_it(client, monkeypatch):
    monkeypatch.setattr(connection, "cursor", refuse)

    response = client.get("/health/")

    assert (response.status_code, response.json()["failing"]) == (503, ["database", "task queue"])


def test_health_names_the_channel_layer_when_redis_is_away(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert client.get("/health/").json()["failing"] == ["channel layer"]


def test_health_names_the_task_queue_when_tasks_wait_for_long(client):
    enqueue(timezone.now() - timedelta(minutes=6))

    assert client.get("/health/").json()["failing"] == ["task queue"]


def test_health_lets_tasks_wait_for_a_while(client):
    enqueue(timezone.now() - timedelta(minutes=4))

    assert client.get("/health/").status_code == 200


def test_health_names_the_task_queue_when_the_worker_has_died(client, monkeypatch):
    monkeypatch.setattr(worker, "has_died", lambda: True)

    assert client.get("/health/").json()["failing"] == ["task queue"]


def test_health_names_the_storage_when_nothing_can_be_written(client, monkeypatch):
    monkeypatch.setattr(storages["private"], "save", refuse)

    assert client.get("/health/").json()["failing"] == ["storage"]


def test_health_leaves_no_file_behind(client):
    client.get("/health/")

    assert not storages["private"].exists("health")


def test_health_asks_the_parts_of_plugins(client):
    part = plugins.HealthCheck("mail gateway", refuse)

    with hooks.register_temporarily(plugins.HEALTH_CHECKS.name, lambda: part):
        assert client.get("/health/").json()["failing"] == ["mail gateway"]


def test_page_says_so_while_the_database_is_away_and_works_when_it_is_back(client, monkeypatch):
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", refuse)
        away = client.get("/")

    assert (away.status_code, away["Retry-After"]) == (503, "30")
    assert client.get("/").status_code == 200


def test_page_that_breaks_otherwise_answers_500(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("lms.serving.views.failing_parts", refuse)

    assert client.get("/health/").status_code == 500


def test_demo_is_served_to_its_own_machine_only():
    with pytest.raises(CommandError, match="this machine only"):
        call_command("serve", host="0.0.0.0", port=0)
