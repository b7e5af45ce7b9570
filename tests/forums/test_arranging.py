"""Where the organiser is among the pages of a forum, and what comes next."""

import pytest
from django.urls import reverse

from forums.templatetags.arranging import PHASES
from tests.visiting import Visitor

pytestmark = pytest.mark.django_db


def names(visitor, css):
    return [link.get_text(" ", strip=True) for link in visitor.page.html.select(css)]


def test_a_draft_is_planned_and_announced_by_following_what_is_next(cast, make_forum):
    forum = make_forum(announced=False)
    fatima = Visitor.signed_in(cast.fatima).go(reverse("forums:edit", args=[forum.slug]))
    assert names(fatima, ".organiser-phases a") == ["Planera", "Bjud in"]
    assert names(fatima, ".organiser-phases span:not(.visually-hidden)") == [
        "Dagen (när forumet är utlyst)",
        "Efteråt (när forumet är utlyst)",
    ]
    passed = names(fatima, ".organiser-pages [aria-current=page]")
    while link := fatima.page.html.select_one(".organiser-next a"):
        fatima.go(link["href"])
        passed += names(fatima, ".organiser-pages [aria-current=page]")
    assert passed == [
        *("Uppgifter", "Program", "Material", "Grupparbete", "Bord", "Ämnen"),
        *("Inbjudna", "Kvoter", "Påminnelser", "Utlys"),
    ]
    assert names(fatima, ".organiser-phases [aria-current=true]") == ["Bjud in"]


def test_every_page_of_an_announced_forum_says_where_one_is(cast, make_forum, client_as):
    forum = make_forum()
    fatima = Visitor.signed_in(cast.fatima)
    for phase, *pages in PHASES:
        for page in pages:
            if not page.shown(forum):
                continue
            fatima.go(reverse(page.address, args=[forum.slug]))
            assert names(fatima, ".organiser-phases [aria-current=true]") == [str(phase)]
            assert names(fatima, ".organiser-pages [aria-current=page]") == [str(page.name)]


def test_the_page_that_everybody_reads_leads_the_organiser_alone_on(cast, make_forum):
    forum = make_forum()
    page = forum.get_absolute_url()
    assert names(Visitor.signed_in(cast.fatima).go(page), ".organiser-phases a") == [
        "Planera",
        "Bjud in",
        "Dagen",
        "Efteråt",
    ]
    assert not names(Visitor.signed_in(cast.maja).go(page), ".organiser-phases a")
