"""The mentoring programme and the circle (floor 4)."""
