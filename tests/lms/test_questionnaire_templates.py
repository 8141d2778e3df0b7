"""Every questionnaire that ships can be published."""

from pathlib import Path

import pytest
from django.conf import settings

from lms.questionnaires.models import Question
from lms.questionnaires.spec import broken_conditions, codes_used_twice, questions_without_options, read_spec

SHIPPED = sorted(
    path for path in (settings.ROOT / "mentoring_ext").glob("*/data/*.yaml") if "\nsections:" in path.read_text()
)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_questionnaire_is_whole(path: Path):
    spec = read_spec(path)

    assert codes_used_twice(spec.sections) == []
    assert questions_without_options(spec.sections) == []
    assert broken_conditions(spec.sections) == []
    kinds = {question.kind for section in spec.sections for question in section.questions}
    assert kinds <= set(Question.Kind.values)
