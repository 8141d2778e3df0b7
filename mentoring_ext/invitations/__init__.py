"""Invitations: many people invited at once by a list, with a dry run, and invitations on paper."""
