"""Evaluation: what mentors and mentees say of the mentoring, by aspect, and its export."""
