"""The demo's secret keys: made once per home, kept out of the repository."""

import os
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet
from django.core.management.utils import get_random_secret_key


def demo_secret_key(var_dir: Path) -> str:
    """Return the key kept in `var_dir`/secret_key, making it if missing."""
    return _kept(var_dir / "secret_key", get_random_secret_key)


def demo_needs_key(var_dir: Path) -> str:
    """Return the key that seals people's needs, kept in `var_dir`/needs_key, making it if missing."""
    return _kept(var_dir / "needs_key", lambda: Fernet.generate_key().decode())


def are_fernet_keys(keys):
    """Whether each of `keys` is one that Fernet can work with."""
    try:
        return all(map(Fernet, keys))
    except ValueError:
        return False


def _kept(path, make):
    """Return what the file at `path` holds; where there is none it is made, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        own = path.with_name(f"{path.name}.{os.getpid()}")
        own.touch(mode=0o600)
        own.write_text(make())
        # Of two processes that start at once, the first to link its file, whole, has made the key.
        with suppress(FileExistsError):
            os.link(own, path)
        own.unlink()
    return path.read_text()
