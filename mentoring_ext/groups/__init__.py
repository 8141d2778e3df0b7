"""Groups: a mentor with the mentees, and the space they share."""
