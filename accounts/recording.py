"""Writing the log: who did what, in the transaction that did it."""

from accounts.models import LogEntry, insert_rows


def record(event, *, about, by, **details):
    """Append one entry to the log and return it.

    Args:
        event: a dotted verb in the past tense, "article.approved".
        about: the saved model instance it was done to.
        by: the acting Person; None for what the clock did.
        details: small JSON values. Never needs, note texts or secrets.
    """
    entry = LogEntry(
        event=event,
        about_type=about._meta.label_lower,
        about_id=str(about.pk),
        about_name=str(about)[:250],
        by=by,
        details=details,
    )
    insert_rows([entry])
    return entry
