"""A migrated database, made once and copied: to run every migration takes five times as long as to start.

It is kept in pytest's cache under a name that says which migrations made it, so that an older one is never
taken for it. Only on SQLite, where a database is a file.
"""

import fcntl
import hashlib
import shutil
import sqlite3
import sys
from pathlib import Path

import django
from django.db.migrations.loader import MigrationLoader

from tests.portal.running import environment_of, manage


def migrated(cache):
    """The path of a SQLite database after all migrations, below the directory `cache`. Whoever comes while it
    is being made waits for it."""
    made = cache / f"{migrations_name()}.sqlite3"
    with (cache / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(home := cache / "home", ignore_errors=True)
            home.mkdir()
            manage(environment_of(home), "migrate", "--verbosity=0")
            for outdated in cache.glob("*.sqlite3"):
                outdated.unlink()
            (home / "samspel.sqlite3").rename(made)
            shutil.rmtree(home)
    return made


def migrations_name():
    """A name for what the migrations of this machine make: another one after any change of them, or of the
    libraries that run them."""
    told = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for _, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        told.update(Path(sys.modules[migration.__module__].__file__).read_bytes())
    return told.hexdigest()[:16]


def copy_database(source, target):
    for rest in target.parent.glob(f"{target.name}-*"):  # what SQLite wrote beside the one before
        rest.unlink()
    shutil.copyfile(source, target)
