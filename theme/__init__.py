"""How Kyklos looks (floor 1): templates, components, brand and static files."""
