"""Profiles: the sheets that mentors and mentees fill in, and the mentors' database that grows with every cohort."""
