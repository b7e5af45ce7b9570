"""The house rules of STYLE.md, read off the code itself."""

import ast
import re
from functools import cache

from babel.messages.pofile import read_po

from .files import HOME, for_each

APPS = ["accounts", "news", "forums", "portal"]
# What a module may not be called: a line that wants one belongs to a noun or a verb.
NO_ROOMS = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc", "base", "core"}
LONGEST_FILE = 350
LONGEST_VIEW = 30

# The floors of an app: a module imports from its own floor or a lower one. Verbs are every module
# that is not named here.
FLOORS = {
    "models": 0,
    "swedish": 0,
    "signals": 0,
    "permissions": 1,
    "forms": 3,
    "views": 4,
    "admin": 4,
    "urls": 5,
}
VERBS = 2

# Imports inside functions, each with the reason that keeps it there.
LATE_IMPORTS = {
    "portal/apps.py": "the receivers import models, which are there only once the apps are ready",
    "forums/apps.py": "the receivers import models, which are there only once the apps are ready",
    "news/apps.py": "the receivers import models, which are there only once the apps are ready",
}


def sources():
    for app in APPS:
        for path in sorted((HOME / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


SOURCES = list(sources())
VIEWS = [path for path in SOURCES if "views" in path.parts]


@cache
def tree_of(path):
    return ast.parse(path.read_text())


def imported(path):
    """The dotted names that a module imports, with `.` resolved."""
    package = path.relative_to(HOME).parts[:-1]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{stem}.{alias.name}" for alias in node.names)


def floor_of(parts):
    """The floor of a module by its dotted parts, the app's name first."""
    if len(parts) < 2:
        return 0
    room = "urls" if parts[1].endswith("urls") or parts[1] == "pages" else parts[1]
    return FLOORS.get(room, VERBS)


@for_each(SOURCES)
def test_imports_run_one_way_between_the_apps(path):
    app = path.relative_to(HOME).parts[0]
    above = set(APPS[APPS.index(app) + 1 :])
    assert not {name for name in imported(path) if name.split(".")[0] in above}


@for_each(SOURCES)
def test_imports_run_one_way_inside_an_app(path):
    parts = path.relative_to(HOME).with_suffix("").parts
    if parts[1] in {"apps", "settings", "management", "templatetags"}:
        return  # these sit beside the floors
    mine = floor_of(parts)
    higher = {
        name
        for name in imported(path)
        if name.split(".")[0] == parts[0] and floor_of(tuple(name.split("."))) > mine
    }
    assert not higher


@for_each(SOURCES)
def test_imports_stand_at_the_top(path):
    late = [
        node.lineno
        for function in ast.walk(tree_of(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    name = str(path.relative_to(HOME))
    assert not late or name in LATE_IMPORTS, f"{name}, lines {late}"


def test_every_late_import_excused_is_still_there():
    assert set(LATE_IMPORTS) <= {str(path.relative_to(HOME)) for path in SOURCES}


NAMED_BY_DJANGO = {
    "portal/sqlite/base.py",
    "portal/postgresql/base.py",
}  # a database backend is looked for there


@for_each(SOURCES)
def test_no_module_is_a_drawer(path):
    if str(path.relative_to(HOME)) in NAMED_BY_DJANGO:
        return
    assert not set(path.relative_to(HOME).with_suffix("").parts) & NO_ROOMS


@for_each(SOURCES)
def test_a_file_holds_one_room(path):
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@for_each(VIEWS)
def test_a_view_is_short(path):
    for node in tree_of(path).body:
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < LONGEST_VIEW, node.name


def public_names(path):
    for node in tree_of(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node


def is_verbs(path):
    parts = path.relative_to(HOME).with_suffix("").parts
    return len(parts) == 2 and parts[1].endswith("ing")


VERB_MODULES = [path for path in SOURCES if is_verbs(path)]


@for_each(VERB_MODULES)
def test_every_verb_says_what_it_does(path):
    functions = [node for node in public_names(path) if isinstance(node, ast.FunctionDef)]
    assert not [node.name for node in functions if not ast.get_docstring(node)]


@for_each(SOURCES)
def test_every_module_says_what_it_is(path):
    if path.name in {"__init__.py", "apps.py"}:
        return
    assert ast.get_docstring(tree_of(path))


@for_each(VERB_MODULES)
def test_who_acts_is_named(path):
    """`by=` is given by its name, never by its place."""
    for node in public_names(path):
        if isinstance(node, ast.FunctionDef):
            places = [argument.arg for argument in [*node.args.posonlyargs, *node.args.args]]
            assert "by" not in places, node.name


@for_each(SOURCES)
def test_words_are_filled_in_when_they_are_read(path):
    """`_("...") % x` outside a function is said once, in the language of whoever starts the server."""
    early = [
        node.lineno
        for node in outside_functions(tree_of(path))
        if isinstance(node, ast.BinOp | ast.JoinedStr)
        for part in ast.walk(node)
        if isinstance(part, ast.Call) and ast.unparse(part.func) in {"_", "gettext_lazy", "pgettext_lazy"}
    ]
    assert not early


def outside_functions(node):
    """The nodes that run when the module is read."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from outside_functions(child)


@for_each(SOURCES)
def test_every_no_is_a_refusal(path):
    """One kind of exception, so that a view can turn any of them into words."""
    if path == HOME / "accounts" / "refusals.py":
        return
    own = {
        node.name
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
        for parent in node.bases
        if isinstance(parent, ast.Name) and parent.id in {"Exception", "ValueError", "RuntimeError"}
    }
    assert not own


@for_each(VIEWS)
def test_views_leave_writing_to_verbs(path):
    """No view saves, creates or deletes rows itself."""
    writes = {"save", "create", "delete", "update", "bulk_create", "get_or_create", "update_or_create"}
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in writes:
            target = ast.unparse(node.func.value)
            modules = {"committing", "form", "forms", "context", "headers", "response.headers", "cache"}
            assert target in modules, f"{path.name}:{node.lineno} {target}.{node.func.attr}"


# Where markup is shown as markup, each with what makes it safe.
MARKUP = {
    "templates/news/parts/article_text.html": "cleaned by news.sanitising when it was saved",
    "templates/news/review.html": "cleaned by news.sanitising when it was saved",
    "templates/news/record_print.html": "cleaned by news.sanitising when it was saved",
    "templates/news/standing.html": "cleaned by news.sanitising in the view",
    "templates/news/parts/stale.html": "cleaned by news.sanitising when it was saved",
    "templates/allauth/elements/fields.html": "help texts of the libraries' own forms",
}

TEMPLATES = sorted((HOME / "templates").rglob("*.html"))


@for_each(TEMPLATES)
def test_templates_hold_no_inline_script_or_style(path):
    text = path.read_text()
    mail = "emails" in path.parts  # a mail reader knows no stylesheet of ours
    for word in ("onclick=", "onsubmit=", "onchange=", "hx-on", "javascript:", "<script>"):
        assert word not in text
    assert "|safe" not in text or str(path.relative_to(HOME)) in MARKUP
    if not mail:
        assert ' style="' not in text
        assert "<style" not in text


@for_each([*TEMPLATES, *sorted((HOME / "templates").rglob("*.txt"))])
def test_times_are_written_as_the_language_writes_them(path):
    """By the formats of `portal/formats`: "15.20" is no time in English."""
    assert not re.search(r"""(date|time):["'][^"']*H[.:]i""", path.read_text())


@for_each([*TEMPLATES, *sorted((HOME / "templates").rglob("*.txt"))])
def test_a_short_comment_ends_on_its_line(path):
    # Django takes {# ... #} for a comment on one line only: over two, readers see it.
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        assert line.count("{#") == line.count("#}"), f"line {number}"


def test_markup_excused_is_still_there():
    for name in MARKUP:
        assert "|safe" in (HOME / name).read_text(), name


def test_every_string_is_translated():
    """The extracted catalogue holds every string of the code; `make lint` sees that it is up to date."""
    with (HOME / "locale" / "sv" / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = [message for message in read_po(file, locale="sv") if message.id]
    assert len(catalogue) > 1000
    for message in catalogue:
        words = message.string if isinstance(message.string, tuple) else [message.string]
        assert all(words), message.id
        assert not message.fuzzy, message.id


@for_each(sorted((HOME / "docs").glob("*.md")))
def test_a_picture_in_the_docs_is_there_and_taken_of_the_portal(path):
    shots = re.findall(r'Shot\(\s*"([\w-]+)"', (HOME / "scripts" / "screenshots.py").read_text())
    assert len(shots) > 20
    for name in re.findall(r"img/([\w-]+)\.png", path.read_text()):
        assert (HOME / "docs" / "img" / f"{name}.png").is_file(), name
        assert name in shots, name


def test_every_measure_that_make_takes_is_told_of_to_developers():
    told = (HOME / "docs/developing.md").read_text(encoding="utf-8")
    targets = re.findall(
        r"^(bench[\w-]*):.*##", (HOME / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert "bench-desk" in targets
    assert [name for name in targets if not re.search(rf"make {name}(?![\w-])", told)] == []


def test_those_who_lead_group_work_have_a_page_with_pictures():
    page = (HOME / "docs" / "for-gruppledare.md").read_text()
    assert len(set(re.findall(r"!\[[^\]]{20,}\]\(img/[\w-]+\.png\)", page))) >= 4
