"""The portal's own settings, with what makes a test fast and closed: nothing leaves the process."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("SAMSPEL_DEMO", "1")
if "SAMSPEL_VAR" not in os.environ:
    os.environ["SAMSPEL_VAR"] = tempfile.mkdtemp(prefix="samspel-test-")
    atexit.register(shutil.rmtree, os.environ["SAMSPEL_VAR"], ignore_errors=True)

from portal.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"] == "portal.sqlite":  # noqa: F405
    # A file, not memory: there, all threads of a live server would share one transaction.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
