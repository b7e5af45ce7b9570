"""Who comes in where. Read by test_access.py, which fails for an address that has no row here.

Who is signed in without an assignment ("former") gets 403 everywhere but where anybody comes in.

`finds`: the parts for whom the thing is there at all; everyone else gets 404, as for what does not
exist. `gets` and `posts`: those of them who may open the page and send it something; the rest of
`finds` gets 403. None: the address does not take that method (405).
"""

from dataclasses import dataclass

SERVICE = frozenset(
    [
        "employee",
        "manager",
        "elected",
        "communicator",
        "approver",
        "organiser",
        "administrator",
        "outsider",
    ]
)
ANYBODY = SERVICE | {"former", "anonymous"}
NOBODY = frozenset()
MANAGER, ELECTED = frozenset(["manager"]), frozenset(["elected"])
COMMUNICATOR, APPROVER = frozenset(["communicator"]), frozenset(["approver"])
ORGANISER, ADMINISTRATOR = frozenset(["organiser"]), frozenset(["administrator"])
DESK = COMMUNICATOR | APPROVER
# Managers and elected members: the approver of the cast is a manager too.
INVITED = MANAGER | ELECTED | APPROVER
# Who sits at a table of the working forum; the elected member leads it as well.
SEATED = MANAGER | ELECTED
# Who may read what the tables wrote.
READERS = SEATED | ORGANISER | DESK
# Who may find what is only for Socialförvaltningen.
SOCIAL = MANAGER


@dataclass(frozen=True)
class Row:
    name: str
    thing: str = "nothing"
    finds: frozenset = SERVICE
    gets: frozenset | None = None
    posts: frozenset | None = None


def page(name, thing="nothing", *, finds=SERVICE):
    """A page that whoever finds it may read."""
    return Row(name, thing, finds=finds, gets=finds)


def form(name, thing="nothing", *, finds=SERVICE, may=None):
    """A page with a form, for `may` (those who find it, if not given)."""
    may = finds if may is None else may
    return Row(name, thing, finds=finds, gets=may, posts=may)


def action(name, thing="nothing", *, finds=SERVICE, may=None):
    """A button without a page of its own."""
    return Row(name, thing, finds=finds, posts=finds if may is None else may)


ROWS = [
    page("portal:start"),
    page("portal:search"),
    page("portal:my_page"),
    action("portal:language", finds=ANYBODY),
    page("portal:health", finds=ANYBODY),
    page("portal:components", finds=ADMINISTRATOR),
    page("accounts:people"),
    page("accounts:person", "person"),
    page("accounts:person", "former", finds=NOBODY),
    page("accounts:organisation"),
    form("accounts:notifications"),
    # Reading
    page("news:list"),
    page("news:article", "open story"),
    page("news:article", "social story", finds=SOCIAL),
    page("news:article", "draft's slug", finds=NOBODY),
    page("news:article", "post", finds=NOBODY),
    page("news:blog"),
    page("news:blog_post", "post"),
    page("news:page", "page"),
    page("news:picture", "open picture"),
    page("news:picture", "social picture", finds=SOCIAL | DESK),
    page("news:picture", "draft picture", finds=DESK),
    # The desk
    # Whoever is asked to sign something off has a desk too.
    Row("news:desk", gets=DESK | ELECTED),
    form("news:new", may=COMMUNICATOR),
    Row("news:edit", "draft", finds=DESK, gets=DESK, posts=COMMUNICATOR),
    form("news:edit", "embargoed", finds=COMMUNICATOR),
    action("news:open_version", "open article", finds=DESK, may=COMMUNICATOR),
    page("news:preview", "draft version", finds=DESK),
    page("news:preview", "embargoed version", finds=COMMUNICATOR),
    form("news:submit", "draft", finds=DESK, may=COMMUNICATOR),
    form("news:submit", "embargoed", finds=COMMUNICATOR),
    Row("news:review", "review step", finds=DESK, gets=DESK, posts=APPROVER),
    Row("news:review", "sign-off step", finds=DESK | ELECTED, gets=DESK | ELECTED, posts=ELECTED),
    action("news:withdraw", "open article", finds=DESK),
    action("news:trash", "open article", finds=DESK),
    action("news:restore", "thrown", finds=DESK),
    # Forums
    page("forums:list"),
    page("forums:forum", "open forum"),
    page("forums:forum", "social forum", finds=SOCIAL | ORGANISER),
    page("forums:forum", "draft forum", finds=ORGANISER),
    page("forums:calendar", "open forum"),
    page("forums:calendar", "social forum", finds=SOCIAL | ORGANISER),
    form("forums:registration", "open forum", may=INVITED),
    form("forums:registration", "social forum", finds=SOCIAL | ORGANISER, may=SOCIAL),
    form("forums:new", may=ORGANISER),
    form("forums:edit", "open forum", may=ORGANISER),
    form("forums:edit", "draft forum", finds=ORGANISER),
    form("forums:edit_programme", "open forum", may=ORGANISER),
    form("forums:edit_group_work", "open forum", may=ORGANISER),
    form("forums:edit_tables", "open forum", may=ORGANISER),
    form("forums:announce", "draft forum", finds=ORGANISER),
    form("forums:announce", "open forum", may=ORGANISER),
    action("forums:invite_newcomers", "open forum", may=ORGANISER),
    form("forums:call_off", "open forum", may=ORGANISER),
    Row("forums:participants", "open forum", gets=ORGANISER),
    Row("forums:participants", "social forum", finds=SOCIAL | ORGANISER, gets=ORGANISER),
    action("forums:seat", "open forum", may=ORGANISER),
    action("forums:move", "seat", may=ORGANISER),
    # The concepts of all forums are for those who write.
    Row("forums:concepts", gets=COMMUNICATOR),
    action("forums:merge_concept", "concept", may=COMMUNICATOR),
    action("forums:unmerge_concept", "concept", may=COMMUNICATOR),
    action("forums:rename_concept", "concept", may=COMMUNICATOR),
    # Group work
    # Those at the tables write; those who lead look on.
    Row("forums:group_work", "working forum", gets=SEATED | ORGANISER, posts=SEATED),
    Row("forums:group_work_data", "working forum", gets=SEATED | ORGANISER),
    Row("forums:lead", "working forum", gets=ORGANISER | ELECTED),
    Row("forums:lead_turn", "working forum", gets=ORGANISER | ELECTED),
    Row("forums:lead_notes", "working forum", gets=ORGANISER | ELECTED),
    action("forums:open_work", "working forum", may=ORGANISER | ELECTED),
    action("forums:move_round", "round", may=ORGANISER | ELECTED),
    action("forums:close_work", "working forum", may=ORGANISER | ELECTED),
    action("forums:hide_note", "note", may=ORGANISER | ELECTED),
    Row("forums:wall", "working forum", gets=READERS),
    page("forums:wall", "secret forum", finds=SOCIAL | ORGANISER),
    Row("forums:wall_data", "working forum", gets=READERS),
    page("forums:result", "closed forum"),
    page("forums:result", "secret forum", finds=SOCIAL | ORGANISER),
    page("forums:result_json", "closed forum"),
    page("forums:result_json", "secret forum", finds=SOCIAL | ORGANISER),
    action("forums:draft_summary", "closed forum", may=COMMUNICATOR),
    form("forums:new_commitment", "closed forum", may=ORGANISER | COMMUNICATOR),
    Row("forums:commitment", "promise", gets=SERVICE, posts=MANAGER),
    Row(
        "forums:commitment",
        "secret promise",
        finds=SOCIAL | ORGANISER,
        gets=SOCIAL | ORGANISER,
        posts=MANAGER,
    ),
]

# Addresses of libraries, by the beginning of their paths: their own doors are tried in test_sign_in.py
# and tests/accounts/test_back_office.py. Here: who gets past them to what lies at the top.
PREFIXES = {"konto/": "allauth", "admin/": "the back office"}
