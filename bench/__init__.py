"""Measurements: what a page costs the server, each beside a bare ASGI answer in the same run."""
