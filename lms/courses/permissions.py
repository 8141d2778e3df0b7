"""Who may take courses. Reading is for everybody: the pages themselves say who sees them."""

import rules

rules.add_perm("lms_courses.take_course", rules.is_authenticated)
