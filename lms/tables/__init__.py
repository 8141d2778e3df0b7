"""Tables: CSV and xlsx files that people bring, read row by row, with every error by row and column."""
