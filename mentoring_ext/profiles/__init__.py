"""Profiles: the sheets of mentees and mentors, and the mentors' database."""
