"""Preferred sizes of groups: smaller groups only where no other way places as many mentees.

``sized`` (what is a small group, and the bound when there are at most so many), ``chains`` (place more by moving
others on), ``model`` (the exact search with HiGHS), ``floors`` (the fair objective), ``few`` (the best with some small
groups), ``search`` (the strategy), ``proof`` (the check).
"""
