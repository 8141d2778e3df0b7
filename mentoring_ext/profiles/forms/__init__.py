"""The forms of sheets, of the mentors' database, and of public profiles and contact."""
