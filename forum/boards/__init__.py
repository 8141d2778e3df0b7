"""Boards: topics and answers, on boards that are public, for members or closed to a group.

A topic's first post is what its author asked or told; every later post answers the topic, or one post of it. Who may
see a board decides who may see what stands on it, so every query starts at ``Board.objects.visible_to(user)``.
"""
