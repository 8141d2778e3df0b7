"""Practices: good practices written from a template, reviewed by the manager and shown in the gallery."""
