"""Everything that a run's result depends on, as plain values, and as the compressed bytes that the run keeps.

Nothing here imports Django. The bytes hold facts of people, no result and no names. ``options`` and ``given`` (the
input), ``plain`` (values as JSON can hold them), ``packing`` (bytes, and back), ``forgetting`` (bytes without people).
"""

from mentoring_ext.matching.kept.forgetting import CONFIDENTIAL, people_in, without, without_details, without_sheets
from mentoring_ext.matching.kept.given import Before, Hours, RunInput, Settled, text_of
from mentoring_ext.matching.kept.options import Options
from mentoring_ext.matching.kept.packing import pack, read, unpack
from mentoring_ext.matching.kept.plain import FACTS

__all__ = [
    "CONFIDENTIAL",
    "FACTS",
    "Before",
    "Hours",
    "Options",
    "RunInput",
    "Settled",
    "pack",
    "people_in",
    "read",
    "text_of",
    "unpack",
    "without",
    "without_details",
    "without_sheets",
]
