"""Applications: people apply as mentors on a public page, and the coordinator decides."""
