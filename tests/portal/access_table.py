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
    page("portal:topics"),
    page("portal:topic", "topic"),
    page("portal:my_page"),
    action("portal:my_calendar"),
    form("portal:my_feeds"),
    # Whoever has the address of a feed or a calendar reads it, signed in or not.
    page("news:feed", "feed address", finds=ANYBODY),
    page("news:topic_feed", "topic's feed address", finds=ANYBODY),
    page("forums:feed", "calendar address", finds=ANYBODY),
    # A static file like others, at an address of the forums.
    page("forums:keep_pages", finds=ANYBODY),
    action("portal:language", finds=ANYBODY),
    page("portal:health", finds=ANYBODY),
    page("portal:components", finds=ADMINISTRATOR),
    Row("portal:log", gets=ADMINISTRATOR),
    page("accounts:people"),
    page("accounts:person", "person"),
    page("accounts:person", "former", finds=NOBODY),
    page("accounts:organisation"),
    form("accounts:notifications"),
    form("accounts:wishes"),
    # Whoever has the mail stops it, signed in or not.
    form("accounts:stop", "way out of mail", finds=ANYBODY),
    form("accounts:absences"),
    # Whoever it is about, the employee here, is led on to their own page.
    form("accounts:absences_of", "person", may=ADMINISTRATOR | {"employee"}),
    # Whom the approver of the cast leads: the communicator.
    form("accounts:absences_of", "led by approver", may=ADMINISTRATOR | APPROVER | COMMUNICATOR),
    form("accounts:absences_of", "former", finds=NOBODY),
    # Reading
    page("news:list"),
    page("news:article", "open story"),
    page("news:article", "social story", finds=SOCIAL),
    page("news:article", "draft's slug", finds=NOBODY),
    page("news:article", "post", finds=NOBODY),
    page("news:blog"),
    page("news:blog_post", "post"),
    page("news:page", "page"),
    page("news:one_blog", "blog"),
    form("news:new_blog", may=ADMINISTRATOR),
    form("news:edit_blog", "blog", may=ADMINISTRATOR),
    action("news:judge", "open article"),
    action("news:judge", "social article", finds=SOCIAL),
    action("news:judge", "draft", finds=NOBODY),
    action("news:comment", "open article"),
    action("news:talk", "open article", may=COMMUNICATOR),
    action("news:comment", "social article", finds=SOCIAL),
    form("news:answer", "comment"),
    form("news:answer", "social comment", finds=SOCIAL),
    page("news:my_comments"),
    # One's own only: the manager's. Also beneath a text that nobody else finds any more.
    action("news:take_back_comment", "comment beneath what is withdrawn", finds=MANAGER),
    action("news:take_back_comment", "comment", finds=MANAGER),
    form("news:hide_comment", "comment", may=COMMUNICATOR),
    form("news:hide_comment", "social comment", finds=SOCIAL, may=NOBODY),
    page("news:by_number", "open article"),
    page("news:by_number", "social article", finds=SOCIAL),
    page("news:by_number", "draft", finds=NOBODY),
    action("news:confirm_reading", "open article"),
    action("news:confirm_reading", "social article", finds=SOCIAL),
    page("news:picture", "open picture"),
    page("news:picture", "social picture", finds=SOCIAL | DESK),
    page("news:picture", "draft picture", finds=DESK),
    page("news:picture_avif", "social picture", finds=SOCIAL | DESK),
    page("news:drawing", "drawing", finds=DESK),
    page("news:drawing", "open picture's page", finds=NOBODY),
    page("news:document", "open document"),
    page("news:document", "social document", finds=SOCIAL | DESK),
    page("news:document", "draft document", finds=DESK),
    page("news:document", "secret document", finds=COMMUNICATOR),
    page("news:document_named", "open document by name"),
    # The desk
    # Whoever is asked to sign something off has a desk too.
    Row("news:desk", gets=DESK | ELECTED),
    form("news:new", may=COMMUNICATOR),
    form("news:import", may=COMMUNICATOR),
    Row("news:edit", "draft", finds=DESK, gets=DESK, posts=COMMUNICATOR),
    form("news:edit", "embargoed", finds=COMMUNICATOR),
    page("news:link_targets"),
    action("news:upload_picture", may=COMMUNICATOR),
    action("news:upload_document", may=COMMUNICATOR),
    action("news:autosave", "draft", finds=DESK, may=COMMUNICATOR),
    action("news:take_pen", "draft", finds=DESK, may=COMMUNICATOR),
    action("news:open_version", "open article", finds=DESK, may=COMMUNICATOR),
    page("news:preview", "draft version", finds=DESK),
    page("news:preview_framed", "draft version", finds=DESK),
    page("news:preview_framed", "embargoed version", finds=COMMUNICATOR),
    page("news:preview", "embargoed version", finds=COMMUNICATOR),
    form("news:submit", "draft", finds=DESK, may=COMMUNICATOR),
    form("news:submit", "embargoed", finds=COMMUNICATOR),
    Row("news:review", "review step", finds=DESK, gets=DESK, posts=APPROVER),
    Row("news:review", "sign-off step", finds=DESK | ELECTED, gets=DESK | ELECTED, posts=ELECTED),
    action("news:remark", "review step", finds=DESK),
    action("news:remark", "sign-off step", finds=DESK | ELECTED, may=COMMUNICATOR | ELECTED),
    action("news:resolve", "remark", finds=DESK),
    action("news:take_back", "reviewed", finds=DESK, may=COMMUNICATOR),
    action("news:restore_version", "older version", finds=DESK, may=COMMUNICATOR),
    form("news:times", "open version", finds=DESK),
    page("news:history", "draft", finds=DESK),
    page("news:history", "embargoed", finds=COMMUNICATOR),
    page("news:history", "thrown", finds=DESK),
    form("news:meant_for", "open article", finds=DESK),
    form("news:meant_for", "embargoed", finds=COMMUNICATOR),
    page("news:archive", "draft version", finds=DESK),
    page("news:archive", "embargoed version", finds=COMMUNICATOR),
    page("news:pdf", "draft version", finds=DESK),
    page("news:pdf", "embargoed version", finds=COMMUNICATOR),
    Row("news:calendar", gets=DESK),
    Row("news:topics", gets=COMMUNICATOR | ADMINISTRATOR),
    form("news:new_topic", may=COMMUNICATOR | ADMINISTRATOR),
    form("news:edit_topic", "topic", may=COMMUNICATOR | ADMINISTRATOR),
    form("news:around", "draft", finds=DESK, may=COMMUNICATOR),
    form("news:around", "embargoed", finds=COMMUNICATOR),
    Row("news:verdicts", "open article", finds=DESK, gets=COMMUNICATOR),
    Row("news:routes", gets=ADMINISTRATOR),
    form("news:route", "news route", may=ADMINISTRATOR),
    form("news:readings", "open article", finds=DESK, may=COMMUNICATOR),
    form("news:readings", "embargoed", finds=COMMUNICATOR),
    # The approver of the cast also leads the unit.
    Row("news:look_through", "page article", gets=DESK, posts=DESK),
    action("news:withdraw", "open article", finds=DESK),
    action("news:trash", "open article", finds=DESK),
    action("news:restore", "thrown", finds=DESK),
    Row("news:pictures", gets=COMMUNICATOR),
    form("news:new_picture", may=COMMUNICATOR),
    form("news:edit_picture", "open picture's page", may=COMMUNICATOR),
    action("news:remove_picture", "unused picture", may=COMMUNICATOR),
    Row("news:documents", gets=COMMUNICATOR),
    form("news:new_document", may=COMMUNICATOR),
    form("news:edit_document", "open document", may=COMMUNICATOR),
    Row("news:edit_document", "secret document", gets=COMMUNICATOR, posts=COMMUNICATOR),
    action("news:replace_document", "open document", may=COMMUNICATOR),
    action("news:remove_document", "unused document", may=COMMUNICATOR),
    # Forums
    page("forums:list"),
    page("forums:forum", "open forum"),
    page("forums:forum", "social forum", finds=SOCIAL | ORGANISER),
    page("forums:forum", "draft forum", finds=ORGANISER),
    page("forums:by_number", "open forum's number"),
    page("forums:by_number", "social forum's number", finds=SOCIAL | ORGANISER),
    page("forums:calendar", "open forum"),
    page("forums:calendar", "social forum", finds=SOCIAL | ORGANISER),
    form("forums:registration", "open forum", may=INVITED),
    form("forums:registration", "social forum", finds=SOCIAL | ORGANISER, may=SOCIAL),
    action("forums:tell_needs", "open forum", may=INVITED),
    action("forums:tell_needs", "social forum", finds=SOCIAL | ORGANISER, may=SOCIAL),
    action("forums:send_deputy", "open forum", may=INVITED),
    action("forums:send_deputy", "social forum", finds=SOCIAL | ORGANISER, may=SOCIAL),
    form("forums:new", may=ORGANISER),
    Row("forums:kinds", gets=ORGANISER | ADMINISTRATOR),
    form("forums:new_kind", may=ORGANISER | ADMINISTRATOR),
    form("forums:edit_kind", "kind", may=ORGANISER | ADMINISTRATOR),
    form("forums:edit", "open forum", may=ORGANISER),
    form("forums:edit", "draft forum", finds=ORGANISER),
    form("forums:edit_programme", "open forum", may=ORGANISER),
    form("forums:edit_group_work", "open forum", may=ORGANISER),
    form("forums:edit_tables", "open forum", may=ORGANISER),
    form("forums:materials", "open forum", may=ORGANISER),
    form("forums:materials", "draft forum", finds=ORGANISER),
    action("forums:take_away", "material", may=ORGANISER),
    page("forums:material", "open material", finds=INVITED | ORGANISER | DESK),
    page("forums:material", "social material", finds=SOCIAL | ORGANISER),
    page("forums:material", "draft material", finds=ORGANISER),
    page("forums:guest_material", "guest's material", finds=ANYBODY),
    form("forums:edit_quotas", "open forum", may=ORGANISER),
    form("forums:give_seat", "open forum", may=ORGANISER),
    form("forums:excuse", "open forum", may=ORGANISER),
    Row("forums:needs", "open forum", gets=ORGANISER),
    Row("forums:needs", "social forum", finds=SOCIAL | ORGANISER, gets=ORGANISER),
    form("forums:announce", "draft forum", finds=ORGANISER),
    form("forums:announce", "open forum", may=ORGANISER),
    form("forums:edit_reminders", "open forum", may=ORGANISER),
    form("forums:about", "open forum", may=ORGANISER),
    form("forums:about", "draft forum", finds=ORGANISER),
    form("forums:invited", "open forum", may=ORGANISER),
    form("forums:invited", "draft forum", finds=ORGANISER),
    action("forums:withdraw_invitations", "open forum", may=ORGANISER),
    action("forums:add_guest", "open forum", may=ORGANISER),
    action("forums:add_guests", "open forum", may=ORGANISER),
    action("forums:take_back", "named", may=ORGANISER),
    action("forums:change_link", "guest", may=ORGANISER),
    # Whoever holds a guest's link is the guest, signed in or not.
    form("forums:guest", "guest link", finds=ANYBODY),
    form("forums:guest_evaluate", "guest link", finds=ANYBODY),
    action("forums:guest_needs", "guest link", finds=ANYBODY),
    page("forums:guest_calendar", "guest link", finds=ANYBODY),
    action("forums:invite_newcomers", "open forum", may=ORGANISER),
    form("forums:call_off", "open forum", may=ORGANISER),
    Row("forums:participants", "open forum", gets=ORGANISER),
    Row("forums:participants", "social forum", finds=SOCIAL | ORGANISER, gets=ORGANISER),
    form("forums:seat_plan", "open forum", may=ORGANISER),
    form("forums:door", "open forum", may=ORGANISER),
    Row("forums:expected", "open forum", gets=ORGANISER),
    Row("forums:badges", "open forum", gets=ORGANISER),
    Row("forums:afterwards", "open forum", gets=ORGANISER),
    Row("forums:afterwards", "social forum", finds=SOCIAL | ORGANISER, gets=ORGANISER),
    Row("forums:export", "open forum's list", gets=ORGANISER),
    action("forums:close_evaluation", "open forum", may=ORGANISER),
    form("forums:evaluate", "open forum"),
    form("forums:evaluate", "social forum", finds=SOCIAL | ORGANISER),
    page("forums:my_code", "working forum", finds=SEATED),
    page("forums:my_code", "open forum", finds=NOBODY),
    action("forums:seat", "open forum", may=ORGANISER),
    action("forums:move", "seat", may=ORGANISER),
    page("forums:trends"),
    page("forums:trends_csv"),
    page("forums:turnout_csv"),
    # The concepts of all forums are for those who write.
    Row("forums:concepts", gets=COMMUNICATOR),
    action("forums:merge_concept", "concept", may=COMMUNICATOR),
    action("forums:unmerge_concept", "concept", may=COMMUNICATOR),
    action("forums:rename_concept", "concept", may=COMMUNICATOR),
    action("forums:add_word", "concept", may=COMMUNICATOR),
    form("forums:split_word", "word", may=COMMUNICATOR),
    action("forums:undo_concept", "dictionary change", may=COMMUNICATOR),
    Row(
        "forums:insults",
        gets=ORGANISER | COMMUNICATOR | ADMINISTRATOR,
        posts=ORGANISER | COMMUNICATOR | ADMINISTRATOR,
    ),
    action("forums:remove_insult", "insult", may=ORGANISER | COMMUNICATOR | ADMINISTRATOR),
    # Group work
    # Those at the tables write; those who lead look on.
    Row("forums:group_work", "working forum", gets=SEATED | ORGANISER, posts=SEATED),
    Row("forums:group_work_data", "working forum", gets=SEATED | ORGANISER),
    Row("forums:lead", "working forum", gets=ORGANISER | ELECTED),
    Row("forums:table_codes", "working forum", gets=ORGANISER | ELECTED),
    Row("forums:choose_table", "working forum", gets=SEATED),
    form("forums:join_table", "working table", may=SEATED),
    form("forums:edit_groups", "open forum", may=ORGANISER),
    Row("forums:lead_turn", "working forum", gets=ORGANISER | ELECTED),
    Row("forums:lead_notes", "working forum", gets=ORGANISER | ELECTED),
    form("forums:proposals", "working forum", may=ORGANISER | ELECTED),
    # Each takes back what they did themselves: here it was the elected leader.
    action("forums:undo_proposal", "leader's change", finds=SERVICE - ORGANISER, may=ELECTED),
    action("forums:open_work", "working forum", may=ORGANISER | ELECTED),
    action("forums:move_round", "round", may=ORGANISER | ELECTED),
    action("forums:extend_round", "round", may=ORGANISER | ELECTED),
    action("forums:move_dots", "working forum", may=ORGANISER | ELECTED),
    Row("forums:dots", "working forum", gets=SEATED | ORGANISER),
    action("forums:move_dot", "note", may=SEATED),
    action("forums:close_work", "working forum", may=ORGANISER | ELECTED),
    action("forums:hide_note", "note", may=ORGANISER | ELECTED),
    action("forums:let_through_note", "note", may=ORGANISER | ELECTED),
    action("forums:show_note_again", "note", may=ORGANISER | ELECTED),
    action("forums:mark_note", "note", may=ORGANISER | ELECTED | COMMUNICATOR),
    Row("forums:wall", "working forum", gets=READERS),
    page("forums:wall", "secret forum", finds=SOCIAL | ORGANISER),
    Row("forums:wall_data", "working forum", gets=READERS),
    # Its organiser has opened the wall to all: words and numbers, never a note.
    page("forums:wall", "watched forum"),
    page("forums:wall_data", "watched forum"),
    Row("forums:group_work", "watched forum", gets=SEATED | ORGANISER, posts=SEATED),
    Row("forums:dots", "watched forum", gets=SEATED | ORGANISER),
    page("forums:result", "closed forum"),
    page("forums:result", "secret forum", finds=SOCIAL | ORGANISER),
    page("forums:result_json", "closed forum"),
    page("forums:result_json", "secret forum", finds=SOCIAL | ORGANISER),
    Row("forums:work_json", "closed forum", gets=READERS),
    Row("forums:work_xlsx", "closed forum", gets=READERS),
    page("forums:work_json", "secret forum", finds=SOCIAL | ORGANISER),
    page("forums:summary_docx", "closed forum", finds=NOBODY),
    page("forums:summary_pdf", "closed forum", finds=NOBODY),
    action("forums:draft_summary", "closed forum", may=COMMUNICATOR),
    form("forums:new_commitment", "closed forum", may=ORGANISER | COMMUNICATOR),
    form("forums:about_commitment", "promise", may=ORGANISER | COMMUNICATOR),
    form("forums:about_commitment", "secret promise", finds=SOCIAL | ORGANISER, may=ORGANISER),
    # Those who were there, arrange or write ask; its owner, a manager, answers.
    Row("forums:commitment", "promise", gets=SERVICE, posts=READERS),
    form("forums:edit_commitment", "promise", may=ORGANISER | COMMUNICATOR),
    form("forums:edit_commitment", "secret promise", finds=SOCIAL | ORGANISER, may=ORGANISER),
    Row(
        "forums:commitment",
        "secret promise",
        finds=SOCIAL | ORGANISER,
        gets=SOCIAL | ORGANISER,
        posts=SOCIAL | ORGANISER,
    ),
]

# Addresses of libraries, by the beginning of their paths: their own doors are tried in test_sign_in.py
# and tests/accounts/test_back_office.py. Here: who gets past them to what lies at the top.
PREFIXES = {"konto/": "allauth", "admin/": "the back office"}
