"""Sessions: the twelve meetings of a group, scheduled together and registered afterwards."""
