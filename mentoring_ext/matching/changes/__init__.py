"""The smallest changes that would place those who are left over, each proven by solving the changed input.

``change`` (what can change, and the changed input), ``meeting`` (which hours two people would need), ``finding`` (what
may help), ``advising`` (what does help, and by how much). Nothing here imports Django. No change touches what people
told in confidence, nor what is settled about pairs.
"""

from mentoring_ext.matching.changes.advising import Advice, advice_for, as_kept, as_read
from mentoring_ext.matching.changes.change import Help, Kind, SmallChange

__all__ = ["Advice", "Help", "Kind", "SmallChange", "advice_for", "as_kept", "as_read"]
