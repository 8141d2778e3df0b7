"""Workshops for mentors: places, scenarios of use, attendance; and the help that an external mentor gives."""
