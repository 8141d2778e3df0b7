"""Journal: who did what to what. Every action leaves one entry."""
