"""Notices: telling a person that something happened, in the site and by mail."""
