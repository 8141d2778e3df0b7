"""The rest of the demo's mentors' database: mentors from elsewhere, public profiles, a request, views and notes."""

from lms.privacy.actions import give_consent
from mentoring_ext.demo.people import Demo
from mentoring_ext.demo.sheets import fill_in_mentor
from mentoring_ext.profiles.actions import answer_contact, note_on_mentor, request_contact, save_view, show_profile
from mentoring_ext.profiles.choices import PublicField
from mentoring_ext.profiles.models import MentorProfile, PublicProfile

SHOWN = [PublicField.EXPERIENCE, PublicField.COMPETENCES, PublicField.LANGUAGES, PublicField.AREA, PublicField.COUNTRY]


def fill_database(demo: Demo) -> None:
    """Enter those who mentor for Elaia without a group at the moment."""
    for row in demo.cast["others"]["mentors"]:
        fill_in_mentor(demo, row, at=demo.ago(weeks=row["weeks"]))


def show_mentors(demo: Demo) -> None:
    """Let some mentors show themselves, two of them to everybody, and let a mentee ask two of them."""
    names = ["mentor", "lina", "matteo", "joana", "sven", "pilar", "freja", "ahmed", "rosa", "nuno"]
    profiles = {name: show_mentor(demo, name, for_everybody=name in {"lina", "sven"}) for name in names}
    mentee = demo.people["mentee"]
    for name, request in zip(("lina", "mentor"), demo.words["contact_requests"], strict=True):
        asked = request_contact(profiles[name], actor=mentee, at=demo.ago(days=request["days"]), **request["asked"])
        if request["answer"]:
            asker = demo.people[name]
            answer_contact(asked, actor=asker, accepted=True, answer=request["answer"], at=demo.ago(days=1))


def show_mentor(demo: Demo, name: str, *, for_everybody: bool = False) -> PublicProfile:
    """Let a mentor show a public profile, to everybody or to those who have an account."""
    user, at = demo.people[name], demo.ago(weeks=2)
    give_consent(user, "public_profile", at=at)
    mentor = MentorProfile.objects.get(user=user)
    return show_profile(mentor, actor=user, shown=SHOWN, for_everybody=for_everybody, at=at)


def keep_views(demo: Demo) -> None:
    """Save the coordinator's views, one of them shared, and note something about a mentor."""
    coordinator, elaia, at = demo.people["coordinator"], demo.organisations["elaia"], demo.ago(weeks=1)
    save_view(
        actor=coordinator,
        name="Greek, free in the evening",
        query="language=el&free=any-evening",
        organisation=elaia,
        at=at,
    )
    save_view(
        actor=coordinator,
        name="Graduates with a free place",
        query="origin=graduate&places=on",
        organisation=None,
        at=at,
    )
    mentor = MentorProfile.objects.get(user=demo.people["nikos"])
    note_on_mentor(mentor, actor=coordinator, organisation=elaia, text=demo.words["mentor_note"], at=at)
