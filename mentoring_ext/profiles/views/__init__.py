"""Sheets, the mentors' database, public profiles and contact, graduates."""
