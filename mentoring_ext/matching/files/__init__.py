"""Pairing from two files, mentors and mentees, outside any cohort: reading them, the result, and proving it again."""
