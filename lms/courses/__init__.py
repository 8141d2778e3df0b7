"""Courses: pages that hold activities in order, who takes them, and how far each person has come."""
