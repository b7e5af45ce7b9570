"""The portal's own settings, with one more command (`bench`) and one more page (the floor)."""

import os
from pathlib import Path

os.environ["SAMSPEL_DEMO"] = "1"
os.environ.setdefault("SAMSPEL_VAR", str(Path(__file__).resolve().parent.parent / "var" / "bench"))

from portal.settings import *  # noqa: F403

INSTALLED_APPS += ["bench"]  # noqa: F405
ROOT_URLCONF = "bench.urls"
