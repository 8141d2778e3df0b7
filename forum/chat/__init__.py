"""Chat: rooms in which messages reach everybody at once.

The database holds the truth; the hub only carries it. A room counts its changes (``Room.revision``: each message
posted, edited or deleted is one), so a reader that names the last change it saw gets exactly what it missed.
"""
