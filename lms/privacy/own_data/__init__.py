"""Everything that the rooms hold of a person: gathered, and written into one archive for people and for programs."""

from lms.privacy.own_data.archive import write_archive
from lms.privacy.own_data.gathering import gather

__all__ = ["gather", "write_archive"]
