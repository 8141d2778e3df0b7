"""What this room adds: the use of composed forms."""

from wagtail import hooks

from lms import plugins
from lms.plugins import QuestionnaireUse
from mentoring_ext.registrations.use import registration_use


@hooks.register(plugins.QUESTIONNAIRE_USES.name)
def registrations_use() -> QuestionnaireUse:
    return registration_use()
