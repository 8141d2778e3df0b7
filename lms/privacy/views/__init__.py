"""Pages of this room."""

from lms.privacy.views.own import (
    consent_give,
    consent_list,
    consent_version,
    consent_withdraw,
    erasure_ask,
    erasure_stop,
    erasure_stop_own,
    own_data,
    privacy_home,
    reading_list,
)
from lms.privacy.views.staff import (
    erase_other,
    erasure_list,
    erasure_stop_other,
    period_edit,
    period_list,
    text_list,
    text_publish,
)

__all__ = [
    "consent_give",
    "consent_list",
    "consent_version",
    "consent_withdraw",
    "erase_other",
    "erasure_ask",
    "erasure_list",
    "erasure_stop",
    "erasure_stop_other",
    "erasure_stop_own",
    "own_data",
    "period_edit",
    "period_list",
    "privacy_home",
    "reading_list",
    "text_list",
    "text_publish",
]
