#!/usr/bin/env python3
"""Run Django's commands; the settings default to the demo's (one process, SQLite under var/)."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.demo")
    execute_from_command_line(sys.argv)
