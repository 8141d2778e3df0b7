"""Print the permission matrix with the site's answers of today, and a row for each address that has none yet.

To be compared with the table by eye: what the site answers is not always what it should.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.test")
django.setup()

from django.db import transaction

from tests import databases
from tests.permission_matrix import TABLE, clients_of, read_table, today
from tests.world import make_world


def main() -> None:
    databases.use_copy(databases.name_for("matrix"))
    with transaction.atomic():
        world = make_world()
        for line in today(read_table(TABLE.read_text()), clients_of(world), world):
            sys.stdout.write(f"{line}\n")
        transaction.set_rollback(True)
    databases.drop_copy()


if __name__ == "__main__":
    main()
