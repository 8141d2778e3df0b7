"""Texts that people write: the one sanitiser."""
