"""An article's history, whom it is meant for, the desk's calendar, and the log."""

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from news import documenting, publishing, reviewing, targeting, writing
from news.curating import plant_topic
from news.refusals import StillInReview
from news.surrounding import surround
from news.targeting import NeedsApprover, OutOfSight
from tests.cast import assign
from tests.quieting import quietly

from .conftest import hours
from .making import pdf


def test_the_history_says_who_did_what_and_compares_any_two(cast, client_as, published):
    article = published(body="<p>Bussen går klockan tio.</p>")
    draft = writing.open_draft(article, by=cast.ada)
    writing.save_draft(
        draft,
        revision=draft.revision,
        by=cast.ada,
        title="Buss",
        lead="",
        body="<p>Bussen går klockan nio.</p>",
    )
    client, url = client_as(cast.karin), reverse("news:history", args=[article.pk])
    page = client.get(url).text
    assert "Gunnar Holm</strong> godkände den" in page and "Ada Nyström</strong> sparade utkastet" in page
    assert reverse("news:preview", args=[article.pk, 1]) in page
    compared = client.get(f"{url}?fran=1&till=2").text
    assert "tio" in compared.partition("<del>")[2] and "nio" in compared.partition("<ins>")[2]
    assert client.get(f"{url}?fran=1&till=77").status_code == 200


def test_the_history_says_what_a_change_beside_the_words_came_to(cast, client_as, published):
    article = published()
    surround(article, by=cast.karin, author=cast.ulla, topics=[plant_topic(name="Skola", by=cast.ada)])
    surround(article, by=cast.karin, talk=type(article).Talk.OPEN, author=cast.olof)
    retarget(article, by=cast.gunnar, audience=cast.audiences.social, restricted=True, owner=cast.maja)
    page = client_as(cast.karin).get(reverse("news:history", args=[article.pk])).text
    for told in (
        "Författare: Ulla Öberg (förut: inget)",
        "Författare: Olof Ek (förut: Ulla Öberg)",
        "Ämnen: Skola (förut: inget)",
        "Kommentarer och frågor från läsarna: kommentarer och frågor (förut: inga kommentarer)",
        f"Målgrupp: {cast.audiences.social} (förut: {cast.audiences.everyone})",
        "Bara målgruppen får läsa: ja (förut: nej)",
        "Ansvarig: Maja Lind (förut: Karin Berg)",
    ):
        assert told in page, told


def test_the_history_says_when_a_document_of_the_text_got_a_new_file(cast, client_as, published):
    document = documenting.add_document(pdf("plan.pdf"), title="Planen", by=cast.karin)
    body = f'<p><a href="{document.get_absolute_url()}">Planen</a></p>'
    article, other = published(body=body), published("Utan dokument")
    documenting.replace_file(document, pdf("plan2.pdf", b"Ny"), by=cast.ada)
    client = client_as(cast.karin)
    told, not_told = (client.get(reverse("news:history", args=[one.pk])).text for one in (article, other))
    assert "Ada Nyström</strong> bytte filen i ett dokument: Planen" in told
    assert "Planen" not in not_told


@pytest.mark.parametrize("rows", [1, 30])
def test_the_history_and_the_log_stay_within_their_queries(
    cast, client_as, published, django_assert_max_num_queries, rows
):
    with quietly():
        articles = [published(title=f"Nyhet {number}") for number in range(rows)]
    topics = [plant_topic(name=f"Ämne {number}", by=cast.ada) for number in range(2)]
    for number in range(rows):
        author = (cast.olof, cast.ulla)[number % 2]
        surround(articles[0], by=cast.karin, author=author, topics=[topics[number % 2]])
        retarget(articles[0], by=cast.gunnar, owner=author)
    karin, ada = client_as(cast.karin), client_as(cast.ada)
    for client, most, url in (
        (karin, 10, reverse("news:history", args=[articles[0].pk])),
        (ada, 10, reverse("portal:log")),
        (karin, 12, reverse("news:calendar")),
        (karin, 12, reverse("news:desk")),
        (karin, 12, reverse("news:desk") + "?visa=se-over"),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(url).status_code == 200


# Whom it is meant for


def retarget(article, *, by, **changes):
    said = {name: getattr(article, name) for name in ("audience", "restricted", "embargoed", "owner")}
    return targeting.retarget(article, by=by, **said | changes)


def test_a_draft_is_aimed_anew_by_those_who_write_it(cast, client_as, start):
    article = start()
    url = reverse("news:meant_for", args=[article.pk])
    sent = {"audience": cast.audiences.social.pk, "restricted": "on", "owner": "Maja Lind"}
    assert client_as(cast.karin).post(url, sent).status_code == 302
    article.refresh_from_db()
    assert (article.audience, article.restricted, article.owner) == (cast.audiences.social, True, cast.maja)


def test_what_is_out_is_opened_to_others_by_an_approver_who_did_not_write_it(cast, published):
    article = published(audience=cast.audiences.social, restricted=True)
    with pytest.raises(NeedsApprover):
        retarget(article, by=cast.karin, restricted=False)
    assert not type(article).objects.visible_to(cast.per).exists()
    retarget(article, by=cast.gunnar, restricted=False)
    assert type(article).objects.visible_to(cast.per).exists()


def test_no_approver_opens_their_own_text_and_anybody_who_edits_may_narrow(cast, start, publish):
    assign(cast.maja, cast.units.office, "Biträdande chef", roles=[Role.APPROVER])
    article = start(by=cast.gunnar, restricted=True, audience=cast.audiences.social)
    version = reviewing.submit(article.newest_version, by=cast.gunnar)
    with pytest.raises(StillInReview):
        retarget(article, by=cast.gunnar, restricted=False)
    reviewing.approve(version.steps.get(), by=cast.maja)
    with pytest.raises(NeedsApprover):
        retarget(article, by=cast.gunnar, restricted=False)
    open_one = start("Öppen")
    publish(open_one)
    assert retarget(open_one, by=cast.karin, restricted=True).restricted


def test_nobody_makes_a_text_secret_to_themselves(cast, start):
    article = start(by=cast.ada)
    with pytest.raises(OutOfSight):
        retarget(article, by=cast.karin, embargoed=True)
    article.refresh_from_db()
    assert not article.embargoed
    assert retarget(article, by=cast.ada, embargoed=False) == article


# The calendar


def test_the_calendar_shows_what_comes_what_expires_and_what_is_to_be_looked_through(
    cast, client_as, start, publish, published
):
    with time_machine.travel("2026-03-02T08:00+01:00"):
        publish(start("Kommer snart"), live_from=hours(48), live_until=hours(24 * 20))
        secret = start("Hemligt för andra", by=cast.ada, embargoed=True)
        publish(secret, by=cast.ada, live_from=hours(72))
        published("En sida att se över", kind="page")
        gone = start("Inställd")
        publish(gone, live_from=hours(96))
        publishing.withdraw(gone, by=cast.karin)
        # Asked on that day: once its time has come a secret is one no more.
        march = client_as(cast.karin).get(reverse("news:calendar") + "?manad=2026-03").text
    client = client_as(cast.karin)
    assert march.count(">Kommer snart<") == 2 and "avpubliceras" in march
    assert "Hemligt" not in march and "Inställd" not in march
    september = client.get(reverse("news:calendar") + "?manad=2026-09").text
    assert "En sida att se över" in september and "Kommer snart" not in september
    for odd in ("2026-13", "i går", "9999-12", "0001-01", "2199-12", "1990-01"):
        assert client.get(reverse("news:calendar"), {"manad": odd}).status_code == 200


# The log


def log(client, **asked):
    return client.get(reverse("portal:log"), asked).text


def test_an_administrator_searches_the_log(cast, client_as, published):
    published("Nya lekplatser")
    ada = client_as(cast.ada)
    assert "nya-lekplatser" in log(ada)
    assert "nya-lekplatser" in log(ada, q="lekplatser", person="Gunnar Holm")
    assert "Inget sådant" in log(ada, q="lekplatser", person="Maja Lind")
    assert "Inget sådant" in log(ada, since="2099-01-01")
    assert "nya-lekplatser" in log(ada, until=timezone.localdate().isoformat(), event="version.")
    assert "Ingen som heter" in log(ada, person="Ingen Alls")


def test_the_log_is_searched_by_what_a_text_is_called(cast, client_as, start, published):
    """Its address knows no å, ä, ö, and before the first approval not the title either."""
    assign(cast.ada, cast.units.office, "Redaktör", roles=[Role.COMMUNICATOR])
    published("Återvinning i Älvdalen")
    start("Övning för ordförande")
    ada = client_as(cast.ada)
    for words in ("återvinning", "ÅTERVINNING älvdalen", "Övning", "övning ordförande"):
        page = log(ada, q=words)
        assert "började på texten" in page and "sparade" not in log(ada, q=words + " kajak"), words
    page = log(ada, q="älvdalen")
    assert "utkast-" in page and page.count("(Återvinning i Älvdalen)") >= 3
    assert "Återvinning i Älvdalen" in log(ada, q="älvdalen", person="Karin Berg")


def test_the_log_finds_no_title_that_one_may_not_read(cast, client_as, start, publish, published):
    """Not of a secret, nor of a newer draft, nor of what a live text was called before."""
    start("Öppnas våren", embargoed=True)
    renamed = published("Ägget")
    for title, done in (("Hönan", publish), ("Tuppen", None)):
        draft = writing.open_draft(renamed, by=cast.karin)
        writing.save_draft(
            draft, revision=draft.revision, by=cast.karin, title=title, lead="", body="<p>X</p>"
        )
        if done:
            done(renamed)
    ada = client_as(cast.ada)
    assert "(Hönan)" in log(ada, q="hönan")
    for words in ("öppnas", "våren", "tuppen", "Ägget"):
        page = log(ada, q=words)
        assert "Inget sådant" in page and "(" + words not in page, words
    page = log(ada)
    for title in ("Öppnas", "Tuppen", "Ägget"):
        assert title not in page


def test_the_log_does_not_tell_what_one_may_not_read(cast, client_as, start, published):
    published("Social hemlighet", restricted=True, audience=cast.audiences.social)
    draft = start("Kommande storaffär")
    publishing.trash(start("Slängt storprojekt"), by=cast.karin)
    page = log(client_as(cast.ada))
    for word in ("hemlighet", "storaff", "storprojekt"):
        assert word not in page
        assert "Inget sådant" in log(client_as(cast.ada), q=word)
    assert f"artikel {draft.pk}" in page
