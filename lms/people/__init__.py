"""People: accounts, organisations, departments, invitations, and which roles a person holds."""
