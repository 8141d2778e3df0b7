"""Matching: which mentor accompanies which mentees, proven best and explained."""
