"""Keep the translations whole, without any tool outside `requirements.txt`.

    translations.py update   collect the strings of the code into locale/*/LC_MESSAGES/django.po
    translations.py check    fail unless every string is there, translated, with the same placeholders
    translations.py compile  make django.mo beside each django.po; fail on a file with errors in it

The strings are English and so their own translation; `check` reads the other languages. Babel
reads Python; templates are first turned into Python by Django's own `templatize`.
"""

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
APPS = ["accounts", "news", "forums", "portal"]
LOCALES = ROOT / "locale"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# %(name)s, %s, %d and {name}: what a translation must carry over unchanged.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
# Django merges our catalog with its own only when both count alike (django/conf/locale/sv).
PLURAL_FORMS = "nplurals=2; plural=(n != 1);"


def main():
    commands = {"update": update, "check": check, "compile": compile_all}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    problems = commands[sys.argv[1]]()
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(f"Translations: {len(problems)} to mend.")


def update():
    """Write each catalog anew: strings that are gone leave it, new ones stand there untranslated."""
    strings = strings_of_the_code()
    for path in catalog_paths():
        catalog, problems = read(path)
        if problems:
            return problems
        catalog.update(strings, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalog, width=100, no_location=True, sort_output=True)
    return []


def check():
    """Return one line for each string that is missing, untranslated, in doubt, or has other placeholders."""
    strings = strings_of_the_code()
    problems = []
    for path in catalog_paths():
        catalog, errors = read(path)
        problems += errors
        if catalog is None:
            continue
        if catalog.plural_forms != PLURAL_FORMS:
            problems.append(f"{name_of(path)}: Plural-Forms must be {PLURAL_FORMS!r}")
        for message in strings:
            if message.id and (problem := problem_with(message, catalog)):
                problems.append(f"{name_of(path)}: {problem}: {message.id!r}")
    return problems


def problem_with(message, catalog):
    """What is wrong with the translation of one string; None when nothing is."""
    found = catalog.get(message.id, message.context)
    if found is None:
        return "missing"
    if found.fuzzy:
        return "fuzzy"
    translations = found.string if isinstance(found.string, tuple) else (found.string,)
    if not all(translations):
        return "untranslated"
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    allowed = [placeholders(each) for each in ids]
    if any(placeholders(each) not in allowed for each in translations):
        return "other placeholders"
    return None


def placeholders(text):
    return set(PLACEHOLDER.findall(text))


def compile_all():
    """Write django.mo beside each django.po. A catalog with an error in it is not written."""
    problems = []
    for path in catalog_paths():
        catalog, errors = read(path)
        problems += errors
        if not errors:
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, catalog)
    return problems


def read(path):
    """Return the catalog (None where it cannot be read) and what is wrong in it, one line each."""
    try:
        catalog = read_po(BytesIO(path.read_bytes()), locale=path.parts[-3], abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        return None, [f"{name_of(path)}: {error}"]
    errors = [
        f"{name_of(path)}:{message.lineno}: {error}"
        for message, message_errors in catalog.check()
        for error in message_errors
    ]
    return catalog, errors


def strings_of_the_code():
    """Return a catalog of every translatable string in the apps and the templates."""
    catalog = Catalog()
    for path in sources():
        for _line, function, found, comments in strings_in(path):
            keyword = KEYWORDS[function]
            parts = found if isinstance(found, tuple) else (found,)
            context = parts[0] if keyword and isinstance(keyword[0], tuple) else None
            ids = [part for part in (parts[1:] if context else parts) if isinstance(part, str)]
            wanted = 2 if "ngettext" in function or function.startswith("npgettext") else 1
            if len(ids) < wanted or not ids[0]:
                continue
            catalog.add(tuple(ids[:2]) if wanted == 2 else ids[0], context=context, auto_comments=comments)
    return catalog


def strings_in(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Indentation means something to a Python reader, and nothing in a template.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    return extract_python(BytesIO(text.encode()), KEYWORDS, ["Translators:"], {})


def sources():
    for app in APPS:
        yield from sorted(p for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts)
        yield from sorted((ROOT / app).rglob("templates/**/*.*"))
    yield from sorted(p for p in (ROOT / "templates").rglob("*") if p.suffix in {".html", ".txt"})


def catalog_paths():
    return sorted(LOCALES.glob("*/LC_MESSAGES/django.po"))


def name_of(path):
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    main()
