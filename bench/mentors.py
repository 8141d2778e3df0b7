"""`python -m bench.mentors`: the mentors' database with 20,000 mentors, on SQLite and on PostgreSQL.

``--mentors`` takes another number of them. Writes ``bench/MENTORS.md`` (or ``--out``): processor time of one page in
the process that serves it, and how long it takes in all (with the database), beside references of the same run: a page
of the site without mentors, the bare statement that reads one page of the same table, and the bare statement that
counts every facet by grouping the index of terms.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

RESULTS = Path(__file__).with_name("MENTORS.md")
MENTORS = int(os.environ.get("BENCH_MENTORS", "20000"))
ROUNDS = 15
REFERENCE = "a page without mentors"
PAGES = {
    REFERENCE: "/mentors/reports/",
    "everybody": "/mentors/",
    "one word": "/mentors/?q=photo",
    "name and language": "/mentors/?q=ada&language=el",
    "competence": "/mentors/?competence=teaching",
    "four filters": "/mentors/?language=el&country=GR&free=any-evening&places=on",
    "preparation done": "/mentors/?prepared=on",
    "nobody fits": "/mentors/?q=zzzz",
    "page in the middle": "/mentors/?before=middle",
    "public profiles": "/mentors/public/",
    "public: word, language": "/mentors/public/?q=photo&language=el",
    "public: nobody fits": "/mentors/public/?q=zzzz",
}
ONE_PAGE = """
SELECT m.*, u.first_name, u.last_name FROM mentoring_profiles_mentorprofile m JOIN lms_people_user u ON u.id = m.user_id
WHERE m.entered_at IS NOT NULL ORDER BY m.entered_at DESC, m.id DESC LIMIT 25
"""
GROUPED = """
SELECT kind, code, count(*) FROM mentoring_profiles_mentorterm
WHERE kind IN ('competence', 'language', 'country', 'origin', 'area', 'free', 'meeting') AND mentor_id IN (
    SELECT m.id FROM mentoring_profiles_mentorprofile m JOIN lms_people_user u ON u.id = m.user_id
    WHERE m.entered_at IS NOT NULL AND u.organisation_id = %s
) GROUP BY kind, code
"""
SLOW = 0.1
"""Statements that take longer, in seconds, are shown with the figures."""
HEAD = """
| database | page | CPU ms | all ms (spread) | of a page without mentors | queries |
|---|---|---|---|---|---|
""".strip()


Figure = tuple[str, list[float], list[float], int]
"""A page with its processor and wall times, and how often it asks the database."""


def main() -> None:
    """Measure in a process of its own for each database."""
    from tests.servers import postgres

    words = argparse.ArgumentParser()
    words.add_argument("--mentors", type=int, default=MENTORS, help="how many there are")
    words.add_argument("--out", type=Path, default=RESULTS, help="where the results go")
    given = words.parse_args()
    os.environ["BENCH_MENTORS"] = str(given.mentors)

    rows = []
    with tempfile.TemporaryDirectory() as folder:
        rows += _measured("SQLite", {"KYKLOS_VAR": folder})
        with postgres() as database:
            rows += _measured("PostgreSQL", {"KYKLOS_VAR": folder, "DATABASE_URL": database})
    text = "\n".join(rows)
    given.out.write_text(
        f"# The mentors' database with {given.mentors:,} mentors\n\nWritten by `python -m bench.mentors` on "
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"load {os.getloadavg()[0]:.1f} when it ended.\n"
        f"Medians of {ROUNDS} requests; CPU is of the serving process, which holds SQLite and asks PostgreSQL.\n\n"
        f"{HEAD}\n{text}\n",
        encoding="utf-8",
    )


def _measured(name: str, environment: dict[str, str]) -> list[str]:
    settings = {"DJANGO_SETTINGS_MODULE": "lms.settings.test", "BENCH_CHILD": name}
    command = [sys.executable, "-m", "bench.mentors"]
    done = subprocess.run(
        command, env=os.environ | settings | environment, check=True, stdout=subprocess.PIPE, text=True
    )
    figures: list[Figure] = json.loads(done.stdout.splitlines()[-1])
    reference = statistics.median(next(wall for page, _cpu, wall, _queries in figures if page == REFERENCE))
    return [f"| {name} | {_row(figure, reference)} |" for figure in figures]


def _row(figure: Figure, reference: float) -> str:
    page, cpu, wall, queries = figure
    middle, spread = statistics.median(wall), f"{min(wall):.1f}–{max(wall):.1f}"
    return f"{page} | {statistics.median(cpu):.1f} | {middle:.1f} ({spread}) | {middle / reference:.1f} × | {queries}"


def child() -> None:
    """Fill the database and print the figures of each page as JSON."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from tests.databases import use_copy

    settings.ALLOWED_HOSTS = ["*"]
    if connection.vendor == "sqlite":
        use_copy(f"{os.environ['KYKLOS_VAR']}/bench.sqlite3")
    else:
        call_command("migrate", verbosity=0)
    coordinator, middle, organisation = fill()
    client = Client()
    client.force_login(coordinator)
    found = [
        _timed("bare statement: one page", lambda: _rows(ONE_PAGE)),
        _timed("bare statement: facets by grouping", lambda: _rows(GROUPED, organisation)),
    ]
    for name, address in PAGES.items():
        url = address.replace("middle", str(middle))
        found.append(_timed(name, partial(_ask, client, url)))
    sys.stdout.write(f"\n{json.dumps(found)}\n")


def _rows(statement: str, *values: Any) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.fetchall()


def _ask(client: Any, url: str) -> None:
    response = client.get(url)
    if response.status_code != 200:
        raise RuntimeError(f"{url} answers {response.status_code}")


def _timed(name: str, deed: Callable[[], None]) -> Figure:
    """Do it once to warm up and to count the queries, then in rounds; return milliseconds of CPU and in all."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        deed()
    queries = list(captured.captured_queries)  # the next request empties the log
    for query in queries:
        if float(query["time"]) > SLOW:
            sys.stderr.write(f"{name}: {query['time']} s {query['sql']}\n")
    cpu, wall = [], []
    for _round in range(ROUNDS):
        began, used = time.perf_counter(), time.process_time()
        deed()
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - used) * 1000)
    return name, cpu, wall, len(queries)


def fill() -> tuple[Any, int, int]:
    """Make an organisation's mentors; return its coordinator, a mentor in the middle of the list, and its key."""
    from django.db import connection

    from lms.people.models import User
    from mentoring_ext.profiles.models import MentorProfile
    from tests import make

    cohort = make.make_cohort(phase="introduction")
    coordinator = make.make_coordinator(cohort)
    for _place in range(20):
        group = make.make_group(cohort, mentees=2)
        make.make_mentor_profile(user=group.mentor, capacity=2)
    chance = Random(1)
    people = (_person(chance, at, cohort.organisation) for at in range(MENTORS))
    for batch in _batches(people):
        User.objects.bulk_create(batch)
    users = User.objects.filter(username__startswith="bench").order_by("pk")
    for batch in _batches(_sheet(chance, user, at) for at, user in enumerate(users)):
        _keep(chance, MentorProfile.objects.bulk_create(batch))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    keys = list(MentorProfile.objects.newest_first().values_list("pk", flat=True)[: MENTORS // 2])
    return coordinator, keys[-1], cohort.organisation_id


def _person(chance: Random, at: int, organisation: Any) -> Any:
    from lms.people.models import User

    names = ("Ada", "Bo", "Carla", "Dimitri", "Eva", "Farid", "Greta", "Hugo")
    return User(
        username=f"bench{at}", first_name=chance.choice(names), last_name=f"Number{at}", organisation=organisation
    )


def _keep(chance: Random, mentors: list[Any]) -> None:
    """Write the rows of the index for new mentors, and what every other one shows with the consent, in few queries."""
    from lms.privacy.models import Consent, ConsentVersion
    from mentoring_ext.profiles.actions.index import keep_facets
    from mentoring_ext.profiles.choices import PublicField
    from mentoring_ext.profiles.models import MentorTerm, PublicProfile
    from mentoring_ext.profiles.terms import shown_terms_of, terms_of

    shown, version = list(PublicField.values), ConsentVersion.objects.newest_of("public_profile")
    showing = [mentor for mentor in mentors if chance.random() < 0.5]
    Consent.objects.bulk_create(
        Consent(user=mentor.user, version=version, given_at=mentor.entered_at) for mentor in showing
    )
    PublicProfile.objects.bulk_create(
        PublicProfile(mentor=mentor, shown=shown, for_everybody=chance.random() < 0.5, published_at=mentor.entered_at)
        for mentor in showing
    )
    seen = {mentor.pk for mentor in showing}
    terms = {
        mentor.pk: terms_of(mentor) | (shown_terms_of(mentor, shown) if mentor.pk in seen else set())
        for mentor in mentors
    }
    rows = (MentorTerm(mentor_id=pk, kind=kind, code=code) for pk in terms for kind, code in terms[pk])
    MentorTerm.objects.bulk_create(rows, batch_size=4000)
    keep_facets(terms)


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, 1000)):
        yield batch


def _sheet(chance: Random, user: Any, at: int) -> Any:
    from mentoring_ext.profiles import choices
    from mentoring_ext.profiles.models import MentorProfile

    words = ("photography", "bakery", "theatre", "code", "archive", "music", "garden", "video", "shop", "drawing")
    return MentorProfile(
        user=user,
        origin=chance.choice(MentorProfile.Origin.values),
        entered_at=datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=at),
        state="complete",
        country=chance.choice(["GR", "PT", "SE", "DE", "IT"]),
        area=chance.choice(choices.Area.values),
        headline=f"Knows {chance.choice(words)} and {chance.choice(words)}",
        experience=" ".join(chance.choices(words, k=12)) + f" since {chance.randint(1980, 2020)}",
        competences=chance.sample(choices.Competence.values, 3),
        first_language=chance.choice(choices.Language.values),
        languages=chance.sample(choices.Language.values, 2),
        availability=sorted(chance.sample(range(168), 12)),
        capacity=chance.randint(1, 4),
    )


if __name__ == "__main__":
    child() if os.environ.get("BENCH_CHILD") else main()
