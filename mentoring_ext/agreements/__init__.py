"""Agreements: what a group agrees on, signed by everybody before the third session."""
