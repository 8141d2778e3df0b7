"""Registrations of mentees: by themselves or sent by a partner; eligibility, places, waiting list, decision."""
