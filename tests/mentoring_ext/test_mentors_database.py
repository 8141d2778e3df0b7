from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image

from lms.jobs.models import Job
from lms.journal.models import Entry
from lms.privacy.models import Reading
from mentoring_ext.profiles import actions, exporting, growth, history
from mentoring_ext.profiles.errors import NameTaken
from mentoring_ext.profiles.models import MentorFacets, MentorNote, MentorProfile, MentorTerm, SavedView
from mentoring_ext.profiles.terms import free_codes, words_in
from mentoring_ext.programmes.models import Role
from tests import make
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db

AT = datetime(2026, 9, 3, 12, tzinfo=UTC)
LIST = "mentoring_profiles:mentor_list"


@pytest.fixture
def cohort():
    return make.make_cohort(phase="introduction")


@pytest.fixture
def coordinator(client, cohort):
    user = make.make_coordinator(cohort)
    client.force_login(user)
    return user


def make_mentor(cohort, **fields):
    name = fields.pop("first_name", "Ada")
    return make.make_mentor_profile(user=make.make_user(organisation=cohort.organisation, first_name=name), **fields)


def found(client, query):
    rows = client.get(f"{reverse(LIST)}?{query}").context["page"].rows
    return {row.mentor.user.first_name for row in rows}


def test_words_lose_accents_and_capitals():
    assert words_in("Προσφορές für Ältere, a für") == ["προσφορεσ", "fur", "altere"]


def test_free_hours_become_codes_of_day_and_part():
    assert free_codes([2 * 24 + 19]) == {"2", "2-evening", "any-evening"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=photo", {"Ada"}),
        ("q=grapher", set()),
        ("q=bö", {"Bö"}),
        ("q=bo", {"Bö"}),
        ("language=el", {"Ada", "Bö"}),
        ("language=e", None),
        ("free=any-evening", {"Bö"}),
        ("free=1-morning", {"Ada"}),
        ("free=2", set()),
        ("meeting=in_person", {"Bö"}),
        ("area=people.health", {"Bö"}),
        ("competence=teaching&language=en", {"Ada", "Bö"}),
        ("q=%22%27%3B--", {"Ada", "Bö"}),
    ],
)
def test_mentors_are_found_by_words_and_codes(client, coordinator, cohort, query, names):
    make_mentor(cohort, headline="Photographer")
    make_mentor(cohort, first_name="Bö", availability=[18, 19], in_person=True, area="people.health")

    if names is None:
        assert client.get(f"{reverse(LIST)}?{query}").status_code == 422
    else:
        assert found(client, query) == names


def test_a_changed_sheet_is_found_by_its_new_words_only(client, coordinator, cohort):
    mentor = make_mentor(cohort, headline="Baker")

    actions.save_sheet(mentor, actor=mentor.user, values={"headline": "Potter", "languages": ["sv"]}, at=AT)

    assert found(client, "q=potter&language=sv") == {"Ada"}
    assert found(client, "q=baker") == set()


def test_a_new_name_is_found(client, coordinator, cohort):
    mentor = make_mentor(cohort)
    mentor.user.first_name = "Zoe"
    mentor.user.save(update_fields=["first_name"])

    assert found(client, "q=zoe") == {"Zoe"}
    assert found(client, "q=ada") == set()


def test_options_say_how_many_mentors_they_leave(client, coordinator, cohort):
    make_mentor(cohort, languages=["el"], country="GR")
    make_mentor(cohort, languages=["sv"], first_language="sv", country="SE")
    make_mentor(cohort, languages=["sv"], first_language="sv", country="GR")

    search = client.get(f"{reverse(LIST)}?language=sv").context["search"]

    assert [str(label) for _code, label in search.fields["language"].choices] == ["All", "Greek (1)", "Swedish (2)"]
    assert [str(label) for _code, label in search.fields["country"].choices] == ["All", "Greece (1)", "Sweden (1)"]


def test_two_chosen_facets_are_each_counted_without_themselves(client, coordinator, cohort):
    make_mentor(cohort, languages=["sv"], first_language="sv", country="SE")
    make_mentor(cohort, languages=["el"], country="SE")
    make_mentor(cohort, languages=["sv"], first_language="sv", country="GR", availability=[18])
    make_mentor(cohort, languages=["el"], country="GR")

    response = client.get(f"{reverse(LIST)}?language=sv&country=SE")
    fields = response.context["search"].fields

    assert response.context["found"] == 1
    assert [str(label) for _code, label in fields["language"].choices] == ["All", "Greek (1)", "Swedish (1)"]
    assert [str(label) for _code, label in fields["country"].choices] == ["All", "Greece (1)", "Sweden (1)"]
    assert "evening" not in str(fields["free"].choices)


def test_a_code_that_nobody_has_leaves_nobody_and_counts_the_rest(client, coordinator, cohort):
    make_mentor(cohort, country="GR")

    response = client.get(f"{reverse(LIST)}?country=SE")
    fields = response.context["search"].fields

    assert response.context["found"] == 0
    assert [str(label) for _code, label in fields["country"].choices] == ["All", "Greece (1)", "Sweden (0)"]


def test_the_list_asks_the_same_however_many_filters_are_chosen(client, coordinator, cohort):
    make_mentor(cohort)
    client.get(reverse(LIST))  # warms what is kept between requests

    few = queries_of(client, "language=el")
    many = queries_of(client, "language=el&country=GR&meeting=online&origin=external")

    assert len(few) == len(many)


def queries_of(client, query):
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{reverse(LIST)}?{query}")
    return captured.captured_queries


def test_pages_go_on_where_the_last_one_ended(client, coordinator, cohort):
    at = datetime(2026, 8, 1, 12, tzinfo=UTC)
    mentors = [make_mentor(cohort, entered_at=at) for _place in range(50)]
    seen: list[int] = []
    address: str | None = ""
    while address is not None:
        page = client.get(f"{reverse(LIST)}{address}").context["page"]
        seen += [row.mentor.pk for row in page.rows]
        address = f"?before={page.older}" if page.older else None

    assert seen == sorted((mentor.pk for mentor in mentors), reverse=True)


def test_capacity_is_what_the_sheet_allows_less_the_places_in_running_groups(client, coordinator, cohort):
    group = make.make_group(cohort, mentees=2)
    make.make_mentor_profile(user=group.mentor, capacity=2)
    make_mentor(cohort, first_name="Free")

    rows = client.get(reverse(LIST)).context["page"].rows

    assert {row.mentor.user.first_name: row.free for row in rows}["Free"] == 3
    assert {row.mentor.user_id: row.free for row in rows}[group.mentor_id] == 0
    assert found(client, "places=on") == {"Free"}


def test_preparation_counts_when_nothing_is_missing(client, coordinator, cohort):
    make_mentor(cohort, first_name="Elsewhere")
    make.make_mentor_profile(user=make.make_member(cohort, Role.MENTOR, first_name="Ready"))

    assert found(client, "prepared=on") == {"Ready"}


def test_the_list_asks_the_same_for_one_three_and_fifty(client, coordinator, cohort):
    url = f"{reverse(LIST)}?language=el&places=on&q=designer"
    assert_same_queries(lambda: client.get(url), lambda: make_mentor(cohort))
    for _place in range(46):
        make_mentor(cohort)
    with CaptureQueriesContext(connection) as fifty:
        client.get(url)

    assert len(fifty) < 30


def test_mentors_of_strangers_are_neither_found_nor_counted(client, coordinator, cohort):
    make.make_mentor_profile(user=make.make_user(organisation=make.make_organisation()), languages=["sv"])

    response = client.get(f"{reverse(LIST)}?language=sv")

    assert response.context["found"] == 0
    assert response.context["totals"]["all"] == 0
    assert "Swedish (1)" not in response.content.decode()


def test_the_export_opens_again_with_the_filtered_mentors(client, coordinator, cohort):
    make_mentor(cohort, headline="=HYPERLINK(1)", languages=["sv"], first_language="sv")
    make_mentor(cohort, first_name="Bo")

    response = client.post(reverse("mentoring_profiles:mentor_export"), {"query": "language=sv"})
    head, *rows = load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)

    row = dict(zip(head, rows[0], strict=True))
    assert len(rows) == 1
    assert row["What they do"] == "'=HYPERLINK(1)"
    assert (row["Languages"], row["Free places now"], row["Online"]) == ("Swedish", 3, True)
    assert Entry.objects.filter(verb="exported", actor=coordinator).exists()


def exported(client, query=""):
    response = client.post(reverse("mentoring_profiles:mentor_export"), {"query": query})
    head, *rows = load_workbook(BytesIO(response.content)).active.iter_rows()
    return [dict(zip([cell.value for cell in head], row, strict=True)) for row in rows]


def test_the_export_holds_typed_cells(client, coordinator, cohort):
    # Half past eleven at night in UTC is the next day where the programme runs.
    make_mentor(
        cohort, entered_at=datetime(2026, 8, 1, 23, 30, tzinfo=UTC), first_language="el", languages=["sv", "el"]
    )

    (row,) = exported(client)

    assert (row["In the database since"].value.date(), row["In the database since"].is_date) == (date(2026, 8, 2), True)
    assert row["In the database since"].number_format == "yyyy-mm-dd"
    assert {row[name].data_type for name in ("Mentees at a time", "Free places now")} == {"n"}
    assert {row[name].data_type for name in ("Online", "Preparation done", "Sheet complete")} == {"b"}
    assert row["Languages"].value == "Greek, Swedish"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_of_the_export_is_a_formula(client, coordinator, cohort, sign):
    text = f"{sign}cmd|' /C calc'!A0"
    make_mentor(cohort, first_name=text, headline=text, place=text)

    (row,) = exported(client)

    assert {cell.data_type for cell in row.values()} <= {"s", "n", "b", "d"}
    assert [row[name].value[:2] for name in ("Name", "What they do", "Town")] == [f"'{text[0]}"] * 3


def test_the_export_keeps_words_facets_and_boxes_of_the_list(client, coordinator, cohort):
    make_mentor(cohort, headline="Photographer", country="SE")
    make_mentor(cohort, first_name="Bo", headline="Photographer", country="GR")
    make_mentor(cohort, first_name="Cy", headline="Baker", country="SE")
    make_mentor(cohort, first_name="Di", headline="Photographer", country="SE", capacity=0)

    rows = exported(client, "q=photo&country=SE&places=on")

    assert [row["Name"].value.split()[0] for row in rows] == ["Ada"]


def test_the_export_never_holds_personal_details(client, coordinator, cohort):
    mentor = make_mentor(cohort)
    make.make_details(mentor.user, religion="Quaker", birth_year=1961, gender="woman", ethnicity="Roma")

    response = client.post(reverse("mentoring_profiles:mentor_export"), {"query": ""})
    cells = [str(cell.value) for row in load_workbook(BytesIO(response.content)).active for cell in row]

    assert not {"Quaker", "1961", "woman", "Woman", "Roma", mentor.user.email} & set(cells)


def test_a_long_export_becomes_a_job(client, coordinator, cohort, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    for name in ("Ada", "Bo"):
        make_mentor(cohort, first_name=name)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("mentoring_profiles:mentor_export"), {"query": "language=el"})

    job = Job.objects.get()
    assert response.headers["Location"] == job.get_absolute_url()
    assert job.data == {"filters": {"language": "el"}}
    assert (job.state, job.result) == ("done", {"mentors": 2})
    with job.result_file.file.open("rb") as file:
        assert load_workbook(BytesIO(file.read())).active.max_row == 3


def test_a_view_is_saved_shared_and_deleted(client, coordinator, cohort):
    data = {"name": "Swedes", "query": "language=sv&before=7", "shared_with": str(cohort.organisation_id)}
    client.post(reverse("mentoring_profiles:view_create"), data)
    colleague = make.make_coordinator(cohort)
    client.force_login(colleague)

    views = client.get(reverse(LIST)).context["views"]
    refused = client.post(reverse("mentoring_profiles:view_delete", args=[views[0].pk]))

    assert [(str(view), view.query) for view in views] == [("Swedes", "language=sv")]
    assert refused.status_code == 403
    client.force_login(coordinator)
    client.post(reverse("mentoring_profiles:view_delete", args=[views[0].pk]))
    assert not SavedView.objects.exists()


def test_a_view_of_ones_own_is_seen_by_nobody_else(client, coordinator, cohort):
    actions.save_view(actor=coordinator, name="Mine", query="", organisation=None, at=AT)

    assert not SavedView.objects.visible_to(make.make_coordinator(cohort)).exists()


def test_a_view_without_name_or_with_a_taken_one_is_wrong_input(client, coordinator):
    actions.save_view(actor=coordinator, name="Mine", query="", organisation=None, at=AT)
    url = reverse("mentoring_profiles:view_create")

    nameless = client.post(url, {"name": "", "query": "language=sv"})
    taken = client.post(url, {"name": "Mine", "query": "language=sv"})

    assert (nameless.status_code, taken.status_code) == (422, 422)
    assert "name" in nameless.context["view_form"].errors and "name" in taken.context["view_form"].errors
    assert 'value="Mine"' in taken.content.decode()
    with pytest.raises(NameTaken):
        actions.save_view(actor=coordinator, name="Mine", query="", organisation=None, at=AT)


def test_a_view_cannot_be_shared_where_one_does_not_serve(client, coordinator):
    other = make.make_organisation()

    response = client.post(
        reverse("mentoring_profiles:view_create"), {"name": "x", "query": "", "shared_with": str(other.pk)}
    )

    assert response.status_code == 422
    assert not SavedView.objects.exists()


def test_notes_are_for_those_who_serve_the_organisation(client, coordinator, cohort):
    mentor = make.make_mentor_profile(user=make.make_member(cohort, Role.MENTOR))
    other = make.make_cohort()
    other.memberships.create(user=mentor.user, role=Role.MENTOR, joined_at=AT)
    url = reverse("mentoring_profiles:note_create", args=[mentor.pk])

    wrong = client.post(url, {"text": ""})
    client.post(url, {"text": "Calm with beginners."})
    client.force_login(make.make_coordinator(other))
    page = client.get(mentor.get_absolute_url()).content.decode()

    assert wrong.status_code == 422
    assert MentorNote.objects.get().organisation == cohort.organisation
    assert "Calm with beginners." not in page


def test_opening_a_mentor_is_written_down_for_the_mentor(client, coordinator, cohort):
    mentor = make_mentor(cohort)

    page = client.get(mentor.get_absolute_url()).content.decode()

    assert "Opening this is noted. Whom it is about can see that you read it." in page
    line = Reading.objects.get(about=mentor.user)
    assert (line.reader, line.thing) == (coordinator, mentor)


def make_evaluated(cohort, mentees, scale):
    group = make.make_round(make.make_finished_group(cohort, mentees=mentees))
    for person in group.people()[1:]:
        make.make_evaluation(person, scale=scale)
    return group


def test_a_coordinator_sees_ratings_of_the_own_cohort_and_others_from_five_people_on():
    group = make_evaluated(make.make_cohort(), 3, 4)
    mentor = make.make_mentor_profile(user=group.mentor)
    own = group.cohort.memberships.filter(role=Role.COORDINATOR)[0].user
    manager = make.make_manager(group.cohort.organisation)

    read, hidden = history.history_of(mentor, own), history.history_of(mentor, manager)

    assert (read.rows[0].rating.mean, read.rows[0].rating.people) == (4.0, 3)
    assert (hidden.rows[0].rating, hidden.others, hidden.answers) == (None, None, 3)


def test_growth_is_counted_by_origin_period_by_period():
    for month, origin in ((1, "in_house"), (3, "external"), (3, "graduate")):
        make.make_mentor_profile(entered_at=datetime(2026, month, 5, tzinfo=UTC), origin=origin)

    steps = growth.steps_of(MentorProfile.objects.all(), datetime(2026, 4, 2, tzinfo=UTC).date())

    assert [(step.label, step.counts, step.came) for step in steps] == [
        ("January 2026", (1, 0, 0), 1),
        ("February 2026", (1, 0, 0), 0),
        ("March 2026", (1, 1, 1), 2),
        ("April 2026", (1, 1, 1), 0),
    ]


def test_long_growth_is_told_in_longer_periods():
    make.make_mentor_profile(entered_at=datetime(2024, 1, 5, tzinfo=UTC))

    steps = growth.steps_of(MentorProfile.objects.all(), datetime(2026, 4, 2, tzinfo=UTC).date())

    assert len(steps) <= growth.MONTHS_SHOWN
    assert steps[-1].total == 1


def test_the_growth_page_shows_chart_and_table(client, coordinator, cohort):
    make_mentor(cohort)

    page = client.get(reverse("mentoring_profiles:mentor_growth")).content.decode()

    assert "<svg" in page and "The same numbers as a table" in page


def png():
    stream = BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "PNG")
    return stream.getvalue()


def test_a_picture_is_drawn_anew_and_goes_only_to_those_who_may_see_it(client, coordinator, cohort):
    mentor = make.make_mentor_profile(user=make.make_member(cohort, Role.MENTOR))
    client.force_login(mentor.user)
    url = reverse("mentoring_profiles:own_picture")

    disguised = client.post(url, {"picture": SimpleUploadedFile("me.png", b"<svg onload=alert(1)>")})
    client.post(url, {"picture": SimpleUploadedFile("me.png", png())})
    mentor.refresh_from_db()
    picture = reverse("mentoring_profiles:mentor_picture", args=[mentor.pk])
    answers = {}
    for name, person in {"own": mentor.user, "coordinator": coordinator, "stranger": make.make_user()}.items():
        client.force_login(person)
        response = client.get(picture)
        answers[name] = response.status_code
        list(response)  # a file is closed when it has been read

    assert disguised.status_code == 422
    assert mentor.picture.content_type == "image/png"
    assert answers == {"own": 200, "coordinator": 200, "stranger": 404}


def test_the_index_holds_each_term_once(cohort):
    mentor = make_mentor(cohort)

    assert actions.index_all() == 0
    MentorTerm.objects.all().delete()
    assert actions.index_all() == len(MentorTerm.objects.filter(mentor=mentor))


def test_the_bits_of_facets_are_mended_with_the_index(cohort):
    make_mentor(cohort)
    MentorFacets.objects.update(bits=b"")

    assert (actions.index_all(), actions.index_all()) == (1, 0)
