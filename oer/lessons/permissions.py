"""Who may write notes. What was written is seen by nobody else: ``Reflection.objects.visible_to`` holds that."""

import rules

rules.add_perm("oer_lessons.write_reflection", rules.is_authenticated)
