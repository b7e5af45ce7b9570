"""Pictures on pages: what matters most in them is chosen by a click, and nothing jumps as they come."""

import pytest
from django.urls import reverse

from news.models import Picture
from news.picturing import add_picture
from news.reviewing import approve, submit
from news.writing import save_draft
from tests.browser.conftest import until
from tests.news.making import draw, encode, upload

from .conftest import WIDTHS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What Chromium counts as a cumulative layout shift: https://web.dev/articles/cls (good: 0.1 at most).
SHIFTS = """() => new Promise((done) => {
    let total = 0;
    new PerformanceObserver((list) => { for (const each of list.getEntries()) total += each.value; })
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(total), 300);
})"""


def test_a_click_says_what_matters_most_in_a_picture(cast, open_browser):
    picture = add_picture(upload(name="torget.png"), by=cast.karin, in_library=True, alt="Torget")
    page = open_browser(cast.karin)
    page.goto(reverse("news:edit_picture", args=[picture.pk]))
    shown = page.locator("[data-focal] img")
    box = shown.bounding_box()
    shown.click(position={"x": box["width"] * 0.8, "y": box["height"] * 0.25})
    mark = page.locator("[data-focal-mark]").bounding_box()
    middle = mark["x"] + mark["width"] / 2 - box["x"], mark["y"] + mark["height"] / 2 - box["y"]
    assert [
        round(part / whole, 1) for part, whole in zip(middle, (box["width"], box["height"]), strict=True)
    ] in (
        [0.8, 0.2],
        [0.8, 0.3],
    )
    page.get_by_role("button", name="Spara", exact=True).click()
    page.wait_for_load_state()
    picture = Picture.objects.get()
    assert (abs(picture.focal_x - 80) <= 1, abs(picture.focal_y - 25) <= 1) == (True, True)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_jumps_when_the_pictures_come(cast, draft, open_browser, width):
    above = add_picture(upload(name="torget.png"), by=cast.karin, alt="Torget")
    within = add_picture(upload(encode(draw(900, 600)), name="skolan.png"), by=cast.karin, alt="Skolan")
    figure = f'<figure><img src="{within.get_absolute_url()}" alt="Skolan"></figure>'
    words = {"title": draft.title, "lead": draft.lead, "body": f"<p>Före.</p>{figure}<p>Efter bilden.</p>"}
    version = save_draft(
        draft, revision=draft.revision, by=cast.karin, picture=above, picture_alt="Torget", **words
    )
    approve(submit(version, by=cast.karin).steps.get(), by=cast.gunnar)
    page = open_browser(cast.maja, width=width)
    waiting = []
    page.route(
        "**/*",
        lambda route: waiting.append(route) if route.request.resource_type == "image" else route.continue_(),
    )
    draft.article.refresh_from_db(fields=["slug"])
    for address in (draft.article.get_absolute_url(), reverse("portal:start"), reverse("news:list")):
        page.goto(address, wait_until="domcontentloaded")
        page.locator("main img").first.scroll_into_view_if_needed()
        until(page, "() => document.fonts.status === 'loaded'")
        assert waiting, "the pictures have not come yet"
        while waiting:
            waiting.pop().continue_()
        until(page, "() => [...document.images].every((each) => each.loading === 'lazy' || each.complete)")
        assert page.evaluate(SHIFTS) <= 0.1
