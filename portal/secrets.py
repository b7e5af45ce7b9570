"""The demo's secret key: made once per home, kept out of the repository."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def demo_secret_key(var_dir: Path) -> str:
    """Return the key kept in `var_dir`/secret_key, making it (readable by its owner only) if missing."""
    path = var_dir / "secret_key"
    var_dir.mkdir(parents=True, exist_ok=True)
    try:
        # O_EXCL: two processes that start at once must agree on one key.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        file.write(get_random_secret_key())
    return path.read_text()
