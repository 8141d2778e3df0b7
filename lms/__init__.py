"""The core (floor 2): people, courses, progress, agenda, notices and the hook points. It knows only the theme."""
