"""Finding one's own applications again."""

from django.db import transaction

from mentoring_ext.applications.link_tasks import mail_links


@transaction.atomic
def mail_own_links(email: str) -> None:
    """Mail somebody the links to what was begun or sent with this address, if there is anything; nobody else learns."""
    transaction.on_commit(lambda: mail_links.enqueue(email.strip()))
