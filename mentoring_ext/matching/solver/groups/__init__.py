"""Groups with rules of their own: a smallest size, a slot that mentor and mentees share, or both.

``pool`` (what is left to decide besides the fixed pairs), ``bounds`` (the exact bound of some prices, with NumPy from
the whole table), ``rows`` and ``ascent`` (good prices), ``flow`` and ``repair`` (good pairs), ``parts`` (better ones
where some groups are chosen anew), ``generation`` (the best prices), ``listing``, ``cuts``, ``master`` and ``closing``
(the choice among all groups that count), ``model`` (the same by slots), ``search`` (the strategy), ``proof`` (the
check).
"""
