"""Jobs: long tasks that a person starts and waits for, with their progress, their end and what came out."""
