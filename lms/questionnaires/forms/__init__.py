"""A questionnaire as a form on a page."""

from lms.questionnaires.forms.questionnaire import Item, Part, QuestionnaireForm
from lms.questionnaires.forms.widgets import ScaleSelect

__all__ = ["Item", "Part", "QuestionnaireForm", "ScaleSelect"]
