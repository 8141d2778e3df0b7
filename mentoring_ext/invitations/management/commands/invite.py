"""Invite people by a list."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.errors import DomainError
from lms.people.models import Organisation, User
from mentoring_ext.invitations.actions import check_people, import_people
from mentoring_ext.invitations.plan import Plan


class Command(BaseCommand):
    """Invite the people of a CSV or xlsx file, all or none, and report as JSON.

    Acts as the site itself, which may give every role but that of an administrator; ``--as`` acts as a person, with
    that person's rights. The report is ``{"rows", "created", "errors": [{"row", "column", "value", "message"}]}``, and
    after a dry run ``would_create``. The exit status is 1 when there are errors, and nothing was written then.
    """

    help = "Invite the people of a CSV or xlsx file: name,username,email,language,department,cohort,role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Only check; write nothing.")
        parser.add_argument("--report", default="-", help="Where the report goes: a file, or - for the output.")
        parser.add_argument("--as", dest="username", help="Act as this person, with their rights.")
        parser.add_argument("--organisation", help="Short name of whose people they are, where no cohort tells.")

    def handle(self, *, file: Path, dry_run: bool, report: str, **options: Any) -> None:
        result = self._run(file, dry_run, _person(options["username"]), _organisation(options["organisation"]))
        text = json.dumps(result, ensure_ascii=False, indent=2)
        if report == "-":
            self.stdout.write(text)
        else:
            Path(report).write_text(f"{text}\n", encoding="utf-8")
        if result["errors"]:
            sys.exit(1)

    def _run(self, path: Path, dry_run: bool, actor: User | None, organisation: Organisation | None) -> dict[str, Any]:
        try:
            with path.open("rb") as file:
                if dry_run:
                    plan = check_people(file, actor=actor, organisation=organisation)
                    return _report(plan, 0) | {"would_create": 0 if plan.errors else len(plan.new_people)}
                plan, made = import_people(
                    file, actor=actor, at=timezone.now(), name=path.name, organisation=organisation
                )
                created = made.people.filter(is_new=True).values("user").distinct().count() if made else 0
                return _report(plan, created)
        except OSError as error:
            raise CommandError(f"Cannot read {path}: {error.strerror}.") from error
        except DomainError as error:
            whole_file = {"row": 0, "column": "", "value": path.name, "message": str(error.text)}
            return {"rows": 0, "created": 0, "errors": [whole_file]}


def _report(plan: Plan, created: int) -> dict[str, Any]:
    return {"rows": plan.rows, "created": created, "errors": [error.as_data() for error in plan.errors]}


def _person(username: str | None) -> User | None:
    if username is None:
        return None
    found = User.objects.with_username(username).filter(is_active=True).first()
    if found is None:
        raise CommandError(f"Nobody has the user name {username}.")
    return found


def _organisation(slug: str | None) -> Organisation | None:
    if slug is None:
        return None
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"No organisation has the short name {slug}.")
    return found
