"""Who goes to whom: as many mentees as can be placed, then the best of all ways to do so, proven.

``assign`` answers, ``verify`` confirms the answer without the solver. The modules: ``task`` (the input, checked and in
whole numbers), ``answers`` (what comes out), ``prices`` (plain totals), ``groups`` (smallest sizes and common slots),
``rules``, ``wellformed`` and ``verifying`` (the checker), ``alternatives`` (what one change would come to),
``versions``.
Nothing here imports Django.
"""

from mentoring_ext.matching.solver.alternatives import Outcomes, outcomes_of_going, outcomes_of_places
from mentoring_ext.matching.solver.answers import LEFT_OVER, Assignment, Certificate, Infeasible, Refused
from mentoring_ext.matching.solver.assigning import assign
from mentoring_ext.matching.solver.crowd import crowd_of
from mentoring_ext.matching.solver.verifying import verify
from mentoring_ext.matching.solver.versions import versions

__all__ = [
    "LEFT_OVER",
    "Assignment",
    "Certificate",
    "Infeasible",
    "Outcomes",
    "Refused",
    "assign",
    "crowd_of",
    "outcomes_of_going",
    "outcomes_of_places",
    "verify",
    "versions",
]
