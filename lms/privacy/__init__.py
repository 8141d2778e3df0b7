"""Privacy: consents and their versions, one's own data as a file, erasure, retention, and who read what."""
