"""The demo shows what it promises."""

import pytest
from django.utils import timezone

from lms.people.models import User
from mentoring_ext.demo.loading import load_demo
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.matching.models import MatchRun, Proposal


@pytest.mark.long
@pytest.mark.django_db
def test_mentor_and_mentee_meet_and_published_groups_share_an_hour():
    load_demo(timezone.now())

    together = MentoringGroup.objects.get(mentor__username="mentor")
    assert User.objects.get(username="mentee") in together.people()
    published = MatchRun.objects.exclude(published_at=None)
    assert published.count() == 3
    assert not Proposal.objects.filter(run__in=published, mentor=None).exists()
    for run in published:
        used = run.mentors.filter(mentor__in=run.proposals.values("mentor"))
        assert None not in used.values_list("slot", flat=True)
