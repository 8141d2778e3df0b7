"""Programmes: the programme's phases, session plans and outcomes, and the cohorts that run it."""
