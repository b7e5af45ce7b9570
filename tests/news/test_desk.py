"""The desk through the browser's eyes: starting, submitting, taking back."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, Unit
from news import publishing, reviewing, writing
from news.models import Article, ReviewStep, Version
from news.views.desk import SECTIONS
from tests.quieting import quietly

from .drafts import edit_url, typed


def new_article(cast, **changes):
    return {
        "title": "Ny cykelväg",
        "kind": "news",
        "unit": cast.units.office.pk,
        "audience": cast.audiences.everyone.pk,
        "form_key": uuid.uuid4(),
    } | changes


def test_a_communicator_starts_an_article(cast, client_as):
    client = client_as(cast.karin)
    assert client.get(reverse("news:new")).status_code == 200
    answer = client.post(reverse("news:new"), new_article(cast, embargoed="on"))
    article = Article.objects.get()
    assert answer.url == edit_url(article)
    assert (article.owner, article.embargoed, article.restricted) == (cast.karin, True, False)


@pytest.mark.parametrize("place", ["new", "edit"])
def test_a_form_with_faults_says_so_at_the_top_in_the_readers_language(cast, client_as, place):
    """The browser's own bubble speaks the browser's language, so it is switched off."""
    client = client_as(cast.karin)
    client.post(reverse("news:new"), new_article(cast))
    version = Version.objects.get()
    sent = {"new": new_article(cast, title=""), "edit": typed(version, title="")}[place]
    address = {"new": reverse("news:new"), "edit": edit_url(version.article)}[place]
    page = client.post(address, sent).text
    assert "Ingenting är sparat än. Se de markerade fälten." in page
    assert " novalidate" in page


@pytest.mark.parametrize("part", ["employee", "manager", "elected", "approver", "organiser", "former"])
def test_others_start_nothing(cast, client_as, part):
    client = client_as(cast.by_role[part])
    assert client.get(reverse("news:new")).status_code == 403
    assert client.post(reverse("news:new"), new_article(cast)).status_code == 403
    assert not Article.objects.exists()


def test_a_double_click_starts_one_article(cast, client_as):
    client, sent = client_as(cast.karin), new_article(cast)
    first, second = client.post(reverse("news:new"), sent), client.post(reverse("news:new"), sent)
    assert first.url == second.url
    assert Article.objects.count() == 1


def test_one_writes_only_for_the_units_that_the_role_covers(cast, client_as):
    grant = cast.karin.assignments.get().role_grants.get()
    grant.unit = cast.units.social
    grant.save()
    client = client_as(cast.karin)
    page = client.post(reverse("news:new"), new_article(cast))
    assert page.status_code == 200
    assert "unit" in page.context["form"].errors
    assert not Article.objects.exists()
    client.post(reverse("news:new"), new_article(cast, unit=cast.units.home_care.pk))
    assert Article.objects.get().unit == cast.units.home_care


def test_units_are_offered_in_the_order_of_the_tree(cast, client_as):
    page = client_as(cast.karin).get(reverse("news:new"))
    names = [str(name) for _value, name in page.context["form"].fields["unit"].choices]
    assert names[1] == "Almviks kommun"
    place = names.index("\u2003Socialförvaltningen")
    assert names[place + 1] == "\u2003\u2003Hemtjänsten"
    Unit.objects.filter(pk=cast.units.root.pk).update(position=9)
    first, *_others = Unit.objects.exclude(pk=cast.units.social.pk).in_tree()
    assert (str(first), first.depth) == ("Hemtjänsten", 0)


def test_who_writes_for_all_begins_with_all_and_who_writes_for_a_part_chooses(cast, client_as):
    form = client_as(cast.karin).get(reverse("news:new")).context["form"]
    assert form["audience"].value() == cast.audiences.everyone.pk
    cast.karin.assignments.get().role_grants.update(unit=cast.units.social)
    client = client_as(cast.karin)
    assert client.get(reverse("news:new")).context["form"]["audience"].value() is None
    page = client.post(reverse("news:new"), new_article(cast, unit=cast.units.social.pk, audience=""))
    assert "audience" in page.context["form"].errors and not Article.objects.exists()


def test_bad_input_is_said_beside_the_field_and_kept(cast, client_as):
    page = client_as(cast.karin).post(reverse("news:new"), new_article(cast, title="Å" * 200, kind="blog"))
    assert "title" in page.context["form"].errors
    assert "Å" * 200 in page.content.decode()
    assert not Article.objects.exists()


@pytest.mark.parametrize("part", ["employee", "manager", "organiser", "administrator", "outsider"])
def test_a_draft_does_not_exist_for_others(cast, client_as, start, part):
    article = start()
    client = client_as(cast.by_role[part])
    addresses = [
        edit_url(article),
        reverse("news:preview", args=[article.pk, 1]),
        reverse("news:submit", args=[article.pk]),
    ]
    assert {client.get(address).status_code for address in addresses} == {404}
    for name in ("edit", "submit", "open_version", "withdraw", "trash", "restore"):
        assert client.post(reverse(f"news:{name}", args=[article.pk])).status_code == 404, name
    assert article.versions.get().state == "draft"


def test_an_approver_reads_a_draft_but_does_not_write_in_it(cast, client_as, start):
    article = start()
    client = client_as(cast.gunnar)
    assert client.get(edit_url(article)).status_code == 200
    assert client.get(reverse("news:preview", args=[article.pk, 1])).status_code == 200
    assert client.post(edit_url(article), typed(article.newest_version, title="Nej")).status_code == 403
    assert client.get(reverse("news:submit", args=[article.pk])).status_code == 403
    assert article.newest_version.revision == 0


@pytest.mark.parametrize("part", ["employee", "manager", "organiser", "outsider", "former"])
def test_the_desk_is_for_those_with_something_on_it(cast, client_as, part):
    assert client_as(cast.by_role[part]).get(reverse("news:desk")).status_code == 403


@pytest.mark.parametrize("rows", [1, 30])
def test_the_desk_costs_at_most_twelve_queries(cast, client_as, start, publish, rows):
    with quietly():
        for number in range(rows):
            start(title=f"Utkast {number}")
            reviewing.submit(start(title=f"Text {number}").newest_version, by=cast.karin)
            publish(start(title=f"Ute {number}"))
            gone = start(title=f"Slut {number}")
            publish(gone)
            publishing.withdraw(gone, by=cast.karin)
    for person in (cast.gunnar, cast.karin):
        client = client_as(person)
        for section in ("", *SECTIONS, "alla", "papperskorg", "arkiv"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse("news:desk"), {"visa": section}).status_code == 200
            assert len(queries) <= 12, section


def test_submitting_shows_advice_and_asks_once(cast, client_as, start):
    article = start(body="<p>Läs mer <a href='/nyheter/'>här</a></p>")
    client, address = client_as(cast.karin), reverse("news:submit", args=[article.pk])
    (advice,) = client.get(address).context["advice"]
    assert "”här”" in advice.text
    assert f'href="{edit_url(article)}#lank=/nyheter/"' in client.get(address).text
    assert [client.post(address).status_code for _ in range(2)] == [302, 302]
    assert article.newest_version.state == "submitted"
    assert article.newest_version.steps.count() == 1


def test_what_somebody_else_saved_meanwhile_is_not_submitted_unread(cast, client_as, start):
    article = start()
    client, address = client_as(cast.karin), reverse("news:submit", args=[article.pk])
    seen = {"revision": client.get(address).context["form"]["revision"].value(), "due_on": "2199-01-01"}
    words = {"lead": "", "body": ""}
    writing.save_draft(article.newest_version, revision=0, by=cast.ada, title="Adas ord", **words)
    refused = client.post(address, seen)
    assert (refused.status_code, article.newest_version.state) == (409, "draft")
    assert "Någon annan har sparat texten sedan du öppnade sidan" in refused.text
    assert refused.context["version"].title == "Adas ord"
    form = refused.context["form"]
    assert form["due_on"].value() == "2199-01-01"
    # Her own saves meanwhile she knows.
    seen["revision"] = form["revision"].value()
    writing.save_draft(article.newest_version, revision=1, by=cast.karin, title="Karins ord", **words)
    assert client.post(address, seen).status_code == 302
    assert article.newest_version.state == "submitted"


def test_submitting_shows_how_easy_the_text_is_to_read(cast, client_as, start):
    words = "Kommunfullmäktige behandlar verksamhetsplanen därefter. "  # 4 words a sentence, all of them long
    article = start(body=f"<p>{words * 3}</p>")
    page = client_as(cast.karin).get(reverse("news:submit", args=[article.pk])).text
    assert "Läsbarhet (LIX): 104, mycket svår, som lagar och utredningar." in page
    writing.save_draft(article.newest_version, revision=0, by=cast.karin, title="T", lead="", body="")
    assert "LIX" not in client_as(cast.karin).get(reverse("news:submit", args=[article.pk])).text


def test_the_desk_lists_what_waits_for_me(cast, client_as, start):
    """To whom each step leads on, from whom the text comes and by when; and nothing that waits for others."""

    def waiting(person):
        page = client_as(person).get(reverse("news:desk")).text
        part = page.partition('id="waiting-title">')[2].partition("</section>")[0]
        return re.findall(r'href="([^"]*)"', part), " ".join(re.sub("<[^>]+>", " ", part).split())

    signed = start(title="Vad forumet kom fram till", kind="summary", signatories=[cast.elsa, cast.olof])
    (mine, _olofs, _last) = reviewing.submit(signed.newest_version, by=cast.karin).steps.all()
    step = reviewing.submit(start(title="Nya cykelvägar").newest_version, by=cast.karin).steps.get()
    ReviewStep.objects.filter(pk=step.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    reviewing.submit(start(title="Gunnars egen", by=cast.gunnar).newest_version, by=cast.gunnar)
    links, text = waiting(cast.gunnar)
    assert links == [reverse("news:review", args=[step.pk])]
    for words in ("Nya cykelvägar", "Nyhet, Kommunledningskontoret", "Från Karin", "Svar önskas", "försenad"):
        assert words in text
    links, text = waiting(cast.elsa)
    assert links == [reverse("news:review", args=[mine.pk])]
    assert "Vad forumet kom fram till" in text and "försenad" not in text
    assert waiting(cast.karin) == ([], "Väntar på dig Inget väntar på din granskning.")
    reviewing.approve(step, by=cast.gunnar)
    assert waiting(cast.gunnar)[0] == []


def test_submitting_says_when_nobody_could_approve(cast, client_as, start):
    article = start()
    address = reverse("news:submit", args=[article.pk])
    assert not client_as(cast.karin).get(address).context["unanswerable"]
    writing.save_draft(article.newest_version, revision=0, by=cast.gunnar, title="Min", lead="", body="")
    (asked,) = client_as(cast.karin).get(address).context["unanswerable"]
    assert asked.role == Role.APPROVER


def test_a_new_version_beside_the_live_one(cast, client_as, published):
    article = published()
    client, address = client_as(cast.karin), reverse("news:open_version", args=[article.pk])
    assert client.get(address).status_code == 405
    assert [client.post(address).url for _ in range(2)] == [edit_url(article)] * 2
    assert article.versions.count() == 2
    assert "is_minor" in client.get(edit_url(article)).context["form"].fields


def test_taking_back_by_those_who_may(cast, client_as, published):
    article = published()
    address = {name: reverse(f"news:{name}", args=[article.pk]) for name in ("withdraw", "trash", "restore")}
    karin, gunnar = client_as(cast.karin), client_as(cast.gunnar)
    assert [gunnar.post(address["withdraw"]).status_code for _ in range(2)] == [302, 302]
    assert article.live_version() is None
    assert [karin.post(address["trash"]).status_code for _ in range(2)] == [302, 302]
    assert karin.get(edit_url(article)).status_code == 404
    assert (
        "restore" in address
        and article.versions.first().title
        in karin.get(reverse("news:desk") + "?visa=papperskorg").content.decode()
    )
    assert [karin.post(address["restore"]).status_code for _ in range(2)] == [302, 302]
    assert karin.get(edit_url(article)).status_code == 200


def test_a_signatory_takes_nothing_back(cast, client_as, start, publish):
    article = start(signatories=[cast.elsa, cast.olof])
    publish(article)
    client = client_as(cast.elsa)
    for name in ("withdraw", "trash", "restore", "open_version"):
        assert client.post(reverse(f"news:{name}", args=[article.pk])).status_code == 403
    assert article.live_version()


def test_a_preview_shows_any_version_and_is_marked(cast, client_as, published):
    article = published(title="Första")
    draft = writing.open_draft(article, by=cast.karin)
    writing.save_draft(draft, revision=draft.revision, by=cast.karin, title="Andra", lead="", body="")
    client = client_as(cast.karin)
    for number, title in ((1, "Första"), (2, "Andra")):
        page = client.get(reverse("news:preview", args=[article.pk, number])).content.decode()
        assert title in page and "preview-bar" in page
    assert client.get(reverse("news:preview", args=[article.pk, 3])).status_code == 404
    assert Version.objects.count() == 2
