"""Demo: two organisations and three cohorts, made by the same actions that people use, so that every page shows
something.
"""
