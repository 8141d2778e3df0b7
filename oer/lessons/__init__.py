"""Lessons: training modules and their lessons, built of blocks, and what learners write for themselves in them."""
