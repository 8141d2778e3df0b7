"""A whole plugin, installed in tests alone: walks to take outdoors, by hooks and without a line changed elsewhere."""
