"""An organisation's own name, logo, accent colour, footer words and partners, for each site.

The accent is corrected until it can be read on paper and on ink, and the admin says so.
"""
