"""Getting a home ready to be served: its database, its static files, its demo accounts."""

import hashlib

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from accounts.models import Person

DEMO_PASSWORD = "samspel"  # noqa: S105 - meant to be known, and refused in production
DEMO_DOMAIN = "almvik.example"
DEMO_ACCOUNTS = {
    f"medarbetare@{DEMO_DOMAIN}": "medarbetare (employee)",
    f"chef@{DEMO_DOMAIN}": "chef (manager)",
    f"fortroendevald@{DEMO_DOMAIN}": "förtroendevald (elected member)",
    f"kommunikator@{DEMO_DOMAIN}": "kommunikatör (communicator)",
    f"godkannare@{DEMO_DOMAIN}": "godkännare (approver)",
    f"forumansvarig@{DEMO_DOMAIN}": "forumansvarig (forum organiser)",
    f"administrator@{DEMO_DOMAIN}": "administratör (administrator)",
}


def with_demo_password():
    """Return somebody of the demo municipality who may sign in with the demo password, or None.

    A password takes a good part of a second to try, by design; a real municipality has nobody
    under the demo's domain (RFC 2606, section 2), so nothing is tried there.
    """
    people = Person.objects.filter(is_active=True, email__iendswith=f"@{DEMO_DOMAIN}")
    people = people.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return next((person for person in people.iterator() if person.check_password(DEMO_PASSWORD)), None)


def collect_static():
    """Collect the static files if any has changed since the last time. Returns whether it did."""
    stamp = settings.STATIC_ROOT / ".collected"
    state = static_state()
    if stamp.exists() and stamp.read_text() == state:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)
    return True


def static_state():
    """Return a digest of the names, sizes and times of all static files: much cheaper than reading them."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = (storage.path(path), storage.size(path), storage.get_modified_time(path))
            digest.update(repr(stat).encode())
    return digest.hexdigest()
