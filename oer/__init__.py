"""Open content (floor 3): the library of resources and the lessons."""
