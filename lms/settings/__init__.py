"""The site's settings: ``base`` is shared; ``demo``, ``production`` and ``test`` say what differs."""
