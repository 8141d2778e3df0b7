"""Agenda: what is due, for whom, when. Dashboards, reminders and calendars all read it."""
