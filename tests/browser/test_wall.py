"""The wall in a hall: full screen by one key, gentle motion or none, read from the last row."""

from math import degrees

import pytest

from forums.prioritising import close_dots, open_dots, put_dot
from forums.working import close_round
from tests.browser.conftest import until
from tests.browser.network import ASLEEP
from tests.cast import make_cast
from tests.forums.room import E, O, make_room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Counts what the page sets moving from now on, and how long and how far.
WATCH = """() => {
  window.moves = [];
  const animate = Element.prototype.animate;
  Element.prototype.animate = function (frames, timing) {
    window.moves.push(timing.duration);
    return animate.call(this, frames, timing);
  };
  document.addEventListener("animationstart", (event) => window.moves.push(event.animationName));
}"""
# The picture is 4 metres wide, as in a hall, and the last row 15 metres away. There a capital letter (0.66 of
# the letter's size in our typefaces) is to be seen at 10 minutes of arc, twice what normal sight makes out;
# the number of tables beside a word, which its size tells too, at 8.
PICTURE, DISTANCE, CAPITAL = 4.0, 15.0, 0.66
WORDS = (
    ".wall-word, .wall-card p:first-child, .wall-question, .wall-clock, .turn, .wall-counts, .wall-column h2"
)
NUMBERS = ".wall-tables"
SIZES = """(parts) => [...document.querySelectorAll(parts)].filter((part) => part.checkVisibility())
  .map((part) => [part.textContent.trim().slice(0, 30), parseFloat(getComputedStyle(part).fontSize)])"""
DRAWN = """(parts) => [...document.querySelectorAll(parts)].map((text) =>
  [text.textContent, parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a])"""
# What a screen reader says of each of some elements.
HEARD = """(items) => items.map((item) => {
  const heard = item.cloneNode(true);
  for (const part of heard.querySelectorAll("[aria-hidden=true]")) part.remove();
  return heard.textContent.replaceAll("\\u00ad", "").replace(/\\s+/g, " ").trim();
})"""
# Each word with the class of its column, where that stands, and the word's colour beside those of the sides.
PAINTED = """() => [...document.querySelectorAll("#wall .wall-word")].map((word) => {
  const column = word.closest(".wall-column"), box = column.getBoundingClientRect();
  const probe = word.appendChild(document.createElement("i"));
  const colour = (token) => { probe.style.color = `var(--${token})`; return getComputedStyle(probe).color; };
  const told = {
    word: word.firstChild.textContent.trim(),
    column: ["elected", "shared", "official"].find((side) => column.matches(`.wall-${side}`)),
    left: box.left,
    right: box.right,
    colour: getComputedStyle(word).color,
    colours: { elected: colour("elected"), shared: colour("shared"), official: colour("official") },
  };
  probe.remove();
  return told;
})"""
CUT_OFF = """() => [...document.querySelectorAll("#wall .wall-word")].filter((word) => {
  const box = word.getBoundingClientRect(), column = word.closest(".wall-column").getBoundingClientRect();
  return box.right > column.right + 1 && box.left < column.right;
}).map((word) => word.textContent)"""

# Lines of the list that don't keep to their row, or rows that don't keep to the picture.
CUT_ROWS = """() => [...document.querySelectorAll(".wall-dotted")].filter((row) => {
  const box = row.getBoundingClientRect(), text = row.querySelector("p").getBoundingClientRect();
  return text.top < box.top || text.bottom > box.bottom || box.bottom > innerHeight || box.right > innerWidth;
}).map((row) => row.textContent)"""

# What is seen of the page and ends to the right of its window, whether that scrolls there or not.
BEYOND = """() => [...document.querySelectorAll(".wall *")].filter((part) =>
  part.checkVisibility() && !part.closest("svg") && part.getBoundingClientRect().right > innerWidth + 1
).map((part) => part.className || part.tagName)"""

# The number of tables beside each word, how large the word is, and whether it keeps to its column.
SIZED = """() => [...document.querySelectorAll("#wall .wall-word")].map((word) => {
  const box = word.getBoundingClientRect(), column = word.closest(".wall-column").getBoundingClientRect();
  return {
    word: word.textContent.trim(),
    tables: Number(word.querySelector("[aria-hidden]").textContent),
    size: parseFloat(getComputedStyle(word).fontSize),
    isInside: box.left >= column.left && box.right <= column.right && box.bottom <= column.bottom,
  };
})"""


@pytest.fixture
def room():
    room = make_room(make_cast(), tables=2, each=5)
    room.open(E)
    room.write(1, E, "Vi behöver lita på varandra.", "tillit", "mod")
    return room


@pytest.fixture
def wall(room, open_browser):
    page = open_browser(room.cast.fatima, width=1920)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"/forum/{room.forum.slug}/skarm/")
    return page


def test_one_key_fills_the_screen_and_the_same_key_leaves_it(wall):
    assert wall.locator("[data-full-screen]").is_visible()
    wall.keyboard.press("f")
    until(wall, "() => document.fullscreenElement === document.documentElement")
    assert wall.locator(".wall-views").is_hidden()
    wall.keyboard.press("F")
    until(wall, "() => !document.fullscreenElement")
    wall.keyboard.press("Control+f")
    wall.locator("[data-full-screen]").click()
    until(wall, "() => document.fullscreenElement === document.documentElement")


def test_the_single_keys_are_turned_off_and_on_by_keyboard(wall):
    """WCAG 2.2, 2.1.4: whoever speaks to the computer must not turn the screen by a letter."""
    switch = wall.get_by_role("button", name="Snabbtangenter", exact=True)
    assert switch.get_attribute("aria-pressed") == "true"
    switch.focus()
    wall.keyboard.press("Space")
    assert switch.get_attribute("aria-pressed") == "false"
    wall.reload()
    wall.keyboard.press("2")
    wall.keyboard.press("l")
    assert wall.locator(".wall").get_attribute("data-view") == "words"
    assert wall.locator("html").get_attribute("data-bs-theme") is None
    switch.press("Enter")
    wall.keyboard.press("2")
    assert wall.locator(".wall").get_attribute("data-view") == "chart"


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_what_is_new_arrives_gently_or_at_once(room, wall, motion):
    wall.emulate_media(reduced_motion=motion)
    wall.evaluate(WATCH)
    room.write(2, E, "Tid att tala med varandra.", "tillit", "dialog")
    wall.locator(".wall-word", has_text="dialog").wait_for()
    if motion == "reduce":
        assert wall.evaluate("moves") == []
        assert wall.evaluate("document.getAnimations().length") == 0
    else:
        until(wall, "() => moves.includes('wall-arrive')")
        durations = [move for move in wall.evaluate("moves") if move != "wall-arrive"]
        assert durations
        assert all(500 <= duration <= 1500 for duration in durations)
    until(wall, "() => document.getAnimations().length === 0")
    assert wall.locator(".wall-word", has_text="dialog").is_visible()


def test_each_word_has_the_place_and_the_colour_of_the_side_that_said_it(room, wall):
    room.open(O)
    for table in (1, 2):
        room.write(table, O, "Vi litar på er.", "tillit", "mandat")
    for side, word in (("shared", "tillit"), ("official", "mandat"), ("elected", "mod")):
        wall.locator(f".wall-{side} .wall-word", has_text=word).wait_for()
    seen = []
    for _ in ("by day", "by night"):
        painted = {one["word"]: one for one in wall.evaluate(PAINTED)}
        sides = {word: one["column"] for word, one in painted.items()}
        assert sides == {"mod": "elected", "tillit": "shared", "mandat": "official"}
        for word, side in sides.items():
            assert painted[word]["colour"] == painted[word]["colours"][side], word
        seen += [one["colour"] for one in painted.values()]
        elected, shared, official = (painted[word] for word in ("mod", "tillit", "mandat"))
        assert elected["right"] <= shared["left"] < 960 < shared["right"] <= official["left"]
        wall.keyboard.press("l")
    assert len(set(seen)) == 6


def test_a_screen_reader_is_told_the_same_as_lists(room, wall):
    room.write(2, E, "Tid att tala.", "tid")
    room.open(O)
    for table in (1, 2):
        room.write(table, O, "Vi litar på er.", "tillit")
    wall.locator(".wall-shared .wall-word", has_text="tillit").wait_for()
    heard = {
        side: wall.get_by_role("region", name=side, exact=True).get_by_role("listitem").evaluate_all(HEARD)
        for side in ("Förtroendevalda", "Det som båda säger", "Tjänstepersoner")
    }
    assert list(heard.values()) == [["mod 1 bord", "tid 1 bord"], ["tillit 2 bord"], []]
    wall.keyboard.press("2")
    chart = wall.locator(".wall-chart").get_by_role("listitem").all_text_contents()
    assert "tillit: förtroendevalda 1, tjänstepersoner 2" in chart
    assert "mod: förtroendevalda 1, tjänstepersoner 0" in chart


def test_the_wall_is_read_from_fifteen_metres(room, wall):
    words = ["tillit", "mod", "respekt", "mandat", "dialog", "kunskap", "möjlighet till dialog", "ansvar"]
    for number, said in enumerate(words):
        for table in (1, 2)[: 1 + number % 2]:
            room.write(table, E, f"Vi behöver {said} i allt som vi gör, säger bord {table}.", said)
    room.open(O)
    for word in [
        *words[:4],
        "förutsättningar",
        "tydlighet",
        "återkoppling",
        "tid",
        "samhällsbyggnadsförvaltningen",
    ]:
        room.write(1, O, f"Det handlar om {word}.", word)
        room.write(2, O, f"Mer {word}.", word)
    wall.reload()
    wall.locator(".wall-word", has_text="återkoppling").wait_for()
    for key, script, which, least in (
        ("1", SIZES, WORDS, 10),
        ("1", SIZES, NUMBERS, 8),
        ("2", DRAWN, "#wall svg text", 10),
    ):
        wall.keyboard.press(key)
        wall.wait_for_timeout(200)
        parts = wall.evaluate(script, which)
        assert len(parts) > 10
        assert [(text, size) for text, size in parts if minutes_of_arc(size) < least] == []
    wall.keyboard.press("1")
    assert wall.evaluate(CUT_OFF) == []


def test_what_the_dots_came_to_is_shown_by_itself_and_read_from_fifteen_metres(
    room, wall, open_browser, assert_accessible
):
    texts = [f"Nr {number}: vi behöver {'tid att tala med varandra ' * 12}" for number in range(6)]
    notes = [room.write(1 + number % 2, E, text, "tid") for number, text in enumerate(texts)]
    close_round(room.round_of(E), by=room.cast.fatima)
    work = open_dots(room.work, by=room.cast.fatima)
    for number, person in enumerate([*room.seated[1, E], *room.seated[2, E]]):
        for note in notes[number % 4 : number % 4 + 3]:
            put_dot(note, key=bytes([number]) * 32, by=person)
    wall.locator(".turn", has_text="prickar").wait_for()
    assert wall.locator(".wall-dots").is_hidden()
    close_dots(work, by=room.cast.fatima)
    wall.locator(".wall-dotted").first.wait_for()
    assert wall.locator(".wall-dotted").count() == 5
    assert wall.locator(".wall-concepts").is_hidden()
    assert wall.evaluate("document.documentElement.scrollHeight") <= 1080
    parts = wall.evaluate(SIZES, ".wall-dotted-text, .wall-dots-number, .wall-dots h2")
    assert len(parts) == 11
    assert [(text, size) for text, size in parts if minutes_of_arc(size) < 10] == []
    assert wall.evaluate(CUT_ROWS) == []
    assert_accessible(wall)
    wall.keyboard.press("1")
    assert wall.locator(".wall-concepts").is_visible()
    wall.keyboard.press("4")
    assert wall.locator(".wall-dots").is_visible()
    phone = open_browser(room.cast.fatima, width=360)
    phone.goto(f"/forum/{room.forum.slug}/skarm/")
    phone.locator(".wall-dotted").first.wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert_accessible(phone)


def test_text_twice_as_large_has_room_in_a_window(room, wall):
    """WCAG 2.2, 1.4.4."""
    for word in ("tillit", "dialog", "respekt", "kunskap", "återkoppling", "tydlighet"):
        for table in (1, 2):
            room.write(table, E, f"Mer {word}.", word)
    wall.set_viewport_size({"width": 1280, "height": 800})
    wall.reload()
    wall.evaluate("document.documentElement.style.fontSize = '200%'")
    assert wall.locator(".wall-word").count() >= 6
    for key in "123":
        wall.keyboard.press(key)
        assert wall.evaluate(BEYOND) == []
    wall.keyboard.press("1")
    assert [one["word"] for one in wall.evaluate(SIZED) if not one["isInside"]] == []


def test_the_large_code_has_room_on_a_phone(room, open_browser, assert_accessible):
    for width in (360, 320):
        phone = open_browser(room.cast.fatima, width=width)
        phone.goto(f"/forum/{room.forum.slug}/skarm/?vy=kod")
        assert phone.locator(".wall-code").is_visible()
        assert_accessible(phone)


@pytest.mark.parametrize("height", [1080, 700])
def test_a_word_is_as_large_as_its_tables_in_every_column(open_browser, height):
    # Tables of few and of many: some words are told by side, others not, so that there are half columns.
    room = make_room(make_cast(), tables=4, each=4)
    said = ["kompetensförsörjning", "tid", "återkoppling", "mod", "tillgänglighet", "mål"]
    room.open(E)
    for tables, word in zip((4, 4, 3, 3, 2, 2), said, strict=True):
        for table in range(1, tables + 1):
            room.write(table, E, f"Mer {word}.", word)
    room.open(O)
    for tables, word in zip((4, 4, 2, 2, 1, 1), [*said[:2], "tillit", "råd", "ansvar", "glöd"], strict=True):
        for table in range(1, tables + 1):
            room.write(table, O, f"Mer {word}.", word)
    page = open_browser(room.cast.fatima, width=1920)
    page.set_viewport_size({"width": 1920, "height": height})
    page.goto(f"/forum/{room.forum.slug}/skarm/")
    shown = page.evaluate(SIZED)
    assert page.locator(".wall-column").count() == 4
    for one in shown:
        assert [
            other for other in shown if one["tables"] >= other["tables"] and one["size"] < other["size"]
        ] == []
    if height == 1080:
        assert [one["word"] for one in shown if not one["isInside"]] == []


def minutes_of_arc(size):
    """How large a capital letter of that size in pixels is seen from the last row."""
    return degrees(CAPITAL * size * PICTURE / 1920 / DISTANCE) * 60


def test_a_wall_that_was_cut_off_and_one_that_slept_catch_up(room, wall):
    # What it asks for gets no answer, as where the network is gone.
    held, is_cut = [], [True]
    wall.route("**/skarm/innehall/", lambda route: held.append(route) if is_cut[0] else route.continue_())
    wall.wait_for_timeout(2500)
    room.write(2, E, "Skriven under avbrottet.", "dialog")
    wall.wait_for_timeout(2500)
    assert wall.locator(".wall-card", has_text="Skriven under avbrottet.").count() == 0
    is_cut[0] = False
    assert held
    for request in held:
        request.continue_()
    wall.locator(".wall-card", has_text="Skriven under avbrottet.").wait_for()
    wall.evaluate(ASLEEP, True)
    wall.wait_for_timeout(2500)
    room.write(2, E, "Skriven medan den sov.", "tid")
    wall.wait_for_timeout(2500)
    assert wall.locator(".wall-card", has_text="Skriven medan den sov.").count() == 0
    wall.evaluate(ASLEEP, False)
    wall.locator(".wall-card", has_text="Skriven medan den sov.").wait_for()
