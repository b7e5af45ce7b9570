"""Production serves static files by a manifest, where a file that is not there is an error 500."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

STATIC = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")


def named_in_templates():
    folders = [settings.BASE_DIR / "templates", *settings.BASE_DIR.glob("*/templates")]
    for folder in folders:
        for path in folder.rglob("*.html"):
            for name in STATIC.findall(path.read_text(encoding="utf-8")):
                yield name, path.relative_to(settings.BASE_DIR).as_posix()


def test_templates_name_static_files_at_all():
    assert len(list(named_in_templates())) > 3


@pytest.mark.parametrize(("name", "template"), sorted(set(named_in_templates())))
def test_every_static_file_named_by_a_template_is_there(name, template):
    assert finders.find(name), f"{template} names static/{name}, which is not there"
