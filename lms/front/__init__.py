"""Front: the public front page, plain text pages, and where a person can go from anywhere."""
