"""The coordinator's pages of the pairing."""
