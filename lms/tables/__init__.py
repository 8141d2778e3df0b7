"""Tables: CSV and xlsx files that people bring, read row by row, with every error by row and column.

Plain functions without models or pages, so not an app of Django's: rooms that import something call ``read_table``.
"""
