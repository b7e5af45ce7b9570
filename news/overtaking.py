"""Telling whoever is about to save a draft who has saved it since they opened it."""

from accounts.models import LogEntry

# So many runs of saves are looked through, the latest first.
LOOKED_THROUGH = 50


def savers_since(version, revision):
    """Return those who have saved a draft since it had the `revision`, each once, the latest first; they
    did so last at `version.saved_at`. Where it was only begun since, whoever began it. One query.

    Of saves that came in a row from one window the log has the first: the others are those up to the next.
    """
    saves = LogEntry.objects.about(version.article).filter(
        event="version.saved", details__version=version.number
    )
    savers, last = [], version.revision
    for entry in saves.order_by("-at", "-pk")[:LOOKED_THROUGH]:
        if last <= revision:
            break
        savers.append(entry.by)
        last = entry.details["revision"] - 1
    return list(dict.fromkeys(savers)) or [version.written_by]
