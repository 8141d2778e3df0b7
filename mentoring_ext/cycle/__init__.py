"""Cycle: evidence from all rooms becomes proposals, and accepted proposals become new training."""
