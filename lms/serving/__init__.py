"""How the site runs: one process for pages, sockets and tasks, its health, and what people see when it is ill."""
