"""What other rooms hear of: sessions that end, and people of whom it must be asked again what they may enter."""

from django.dispatch import Signal

session_ended = Signal()
"""Sent after the commit with ``key``: nothing that hangs on this session may go on."""
doors_changed = Signal()
"""Sent after the commit with ``people``, their ids: what they may enter may have changed."""
