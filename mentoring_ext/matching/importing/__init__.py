"""Bringing the mentors' or the mentees' file into a cohort: accounts for those who are new, and sheets for all."""
