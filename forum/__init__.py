"""Talking to each other (floor 3): boards and chat. It knows nothing of mentoring."""
