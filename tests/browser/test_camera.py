"""At the door with a phone's camera: a picture of somebody's code is held before it, and they are let in.

Chromium is given a film in place of a camera. The one of Debian reads no codes by itself, so the page is
given a reader for these tests: it looks at the film's frames and knows the squares of the codes shown.
"""

import json
import re

import pytest
import segno
from PIL import Image

from forums.arriving import code_of
from forums.models import Registration
from tests.cast import make_cast
from tests.forums.room import E, O, make_room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTH, HEIGHT, SQUARE = 640, 480, 8
READER = """
(() => {
  const known = KNOWN;
  let eye = null;
  window.BarcodeDetector = class {
    constructor({ formats }) { if (!formats.includes("qr_code")) throw new TypeError("formats"); }
    async detect(video) {
      const { videoWidth: wide, videoHeight: high } = video;
      eye ??= new OffscreenCanvas(wide, high).getContext("2d", { willReadFrequently: true });
      eye.drawImage(video, 0, 0);
      for (const [text, rows] of Object.entries(known)) {
        const side = rows.length * SQUARE;
        const { data } = eye.getImageData((wide - side) / 2, (high - side) / 2, side, side);
        const middle = (number) => number * SQUARE + SQUARE / 2;
        const isDark = (row, column) => data[4 * (middle(row) * side + middle(column))] < 128;
        const isSeen = rows.every((row, y) => [...row].every((bit, x) => isDark(y, x) === (bit === "1")));
        if (isSeen) return [{ rawValue: text }];
      }
      return [];
    }
  };
  const media = navigator.mediaDevices, ask = media.getUserMedia.bind(media);
  window.tracks = [];
  media.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    window.tracks.push(...stream.getTracks());
    return stream;
  };
})();
"""


@pytest.fixture
def room():
    return make_room(make_cast(), tables=2, each=2)


def matrix(text):
    """The squares of a QR code: a text of 0 and 1 for each row."""
    return ["".join("1" if dark else "0" for dark in row) for row in segno.make(text, error="m").matrix]


def film_of(path, texts):
    """Write a film in which each code is held before the camera for a second, and taken away for one."""
    frames = []
    for text in texts:
        rows = matrix(text)
        code = Image.new("L", (len(rows), len(rows)), 255)
        code.putdata([0 if bit == "1" else 255 for row in rows for bit in row])
        code = code.resize((len(rows) * SQUARE,) * 2, Image.Resampling.NEAREST)
        held = Image.new("L", (WIDTH, HEIGHT), 255)
        held.paste(code, ((WIDTH - code.width) // 2, (HEIGHT - code.height) // 2))
        frames += [held] * 10 + [Image.new("L", (WIDTH, HEIGHT), 200)] * 10
    grey = bytes([128]) * (WIDTH * HEIGHT // 2)
    with path.open("wb") as film:
        film.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420\n".encode())
        for frame in frames:
            film.write(b"FRAME\n" + frame.tobytes() + grey)


def code_held_up(answer, home):
    """What stands in somebody's QR code."""
    return f"{home}/forum/{answer.forum.slug}/incheckning/?kod={code_of(answer)}"


@pytest.fixture
def launch_before(browser_type, browser_type_launch_args, tmp_path):
    """A function that launches a browser before whose camera these texts are held."""
    launched = []

    def launch(texts):
        film = tmp_path / "film.y4m"
        film_of(film, texts)
        args = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
        args = [*browser_type_launch_args["args"], *args]
        launched.append(browser_type.launch(**browser_type_launch_args | {"args": args}))
        return launched[-1]

    yield launch
    for browser in launched:
        browser.close()


@pytest.fixture
def open_door(launch_before, open_browser, live_server, room):
    """A function that opens the door's page on a phone before whose camera these texts are held."""

    def open_with(*texts, allowed=True, reader=True):
        browser = launch_before(texts)
        page = open_browser(room.cast.fatima, width=360, browser=browser, allow=[409])
        if allowed:
            page.context.grant_permissions(["camera"], origin=live_server.url)
        if reader:
            known = json.dumps({text: matrix(text) for text in texts})
            page.add_init_script(READER.replace("KNOWN", known).replace("SQUARE", str(SQUARE)))
        page.goto(f"/forum/{room.forum.slug}/incheckning/")
        page.locator("[data-arrived]", has_text="0").wait_for()
        return page

    return open_with


def test_those_whose_codes_are_held_before_the_camera_are_checked_in(
    room, open_door, assert_accessible, live_server
):
    answers = [Registration.objects.get(person=room.seated[1, side][0]) for side in (E, O)]
    page = open_door(*(code_held_up(answer, live_server.url) for answer in answers))
    page.get_by_role("button", name="Skanna med kameran").click()
    page.locator("[data-video]").wait_for()
    for answer in answers:  # the film goes on and begins anew, and a busy machine does not see every frame
        words = re.compile(rf"{re.escape(answer.person.full_name)} är (redan )?incheckad")
        page.locator("[data-told]", has_text=words).wait_for()
    assert_accessible(page)
    # The film begins anew: whoever shows the code once more is told when it was first.
    page.locator(
        "[data-told][data-kind=before]", has_text=f"{answers[0].person.full_name} är redan incheckad"
    ).wait_for()
    assert Registration.objects.arrived().count() == 2

    page.get_by_role("button", name="Stäng kameran").click()
    page.locator("[data-video]").wait_for(state="hidden")
    assert page.evaluate("tracks.map((track) => track.readyState)") == ["ended"]
    page.get_by_role("button", name="Skanna med kameran").click()
    page.locator("[data-video]").wait_for()
    assert page.evaluate("tracks.map((track) => track.readyState)") == ["ended", "live"]


def test_a_code_of_somebody_else_lets_nobody_in(room, open_door):
    page = open_door("https://annat.example/?kod=1:falskt")
    page.get_by_role("button", name="Skanna med kameran").click()
    page.locator(
        "[data-told][data-kind=error]", has_text="Koden hör inte till någon på det här forumet."
    ).wait_for()
    assert not Registration.objects.arrived().exists()


def test_a_code_read_without_network_tells_whose_it_is_and_waits_once(
    room, open_door, live_server, assert_accessible
):
    answer = Registration.objects.get(person=room.seated[1, E][0])
    name = answer.person.full_name
    page = open_door(code_held_up(answer, live_server.url))
    page.context.set_offline(True)
    page.get_by_role("button", name="Skanna med kameran").click()
    page.locator("[data-told][data-kind=waits]", has_text=f"{name}: väntar på nätet. Bord 1.").wait_for()
    # The film begins anew, and the same code is read once more.
    page.locator("[data-told][data-kind=before]", has_text=f"{name} är redan incheckad, kl. ").wait_for()
    assert page.locator("[data-queue]").inner_text().startswith("1 väntar på nätet")
    assert_accessible(page)
    page.context.set_offline(False)
    page.locator("[data-queue]").wait_for(state="hidden")
    assert Registration.objects.arrived().get() == answer


def test_a_code_of_somebody_not_expected_tells_their_answer_without_network(room, open_door, live_server):
    answer = Registration.objects.get(person=room.seated[1, E][0])
    Registration.objects.filter(pk=answer.pk).update(state="declined", table=None)
    page = open_door(code_held_up(answer, live_server.url))
    page.context.set_offline(True)
    page.get_by_role("button", name="Skanna med kameran").click()
    words = f"{answer.person.full_name}, har tackat nej: väntar på nätet"
    page.locator("[data-told][data-kind=waits]", has_text=words).wait_for()


def test_a_code_refused_when_the_network_is_back_stays_until_it_is_taken_away(
    room, open_door, live_server, assert_accessible
):
    forged, true = (Registration.objects.get(person=room.seated[1, side][0]) for side in (E, O))
    page = open_door(f"{forged.pk}:falskt", code_held_up(true, live_server.url))
    page.context.set_offline(True)
    page.get_by_role("button", name="Skanna med kameran").click()
    page.get_by_text("2 väntar på nätet").wait_for()
    page.get_by_role("button", name="Stäng kameran").click()
    page.context.set_offline(False)
    page.locator("[data-queue]").wait_for(state="hidden")
    assert Registration.objects.arrived().get() == true

    refused = page.locator("[data-refusals] li")
    page.reload()
    words = refused.locator("[data-words]").inner_text()
    assert words.startswith(f"{forged.person.full_name}, ")
    assert words.endswith(": Koden hör inte till någon på det här forumet.")
    assert_accessible(page)
    refused.get_by_role("button", name="Ta bort").click()
    page.locator("[data-refusals]").wait_for(state="hidden")
    page.reload()
    page.locator("[data-arrived]", has_text="1").wait_for()
    assert page.locator("[data-refusals]").is_hidden()


def test_a_camera_that_may_not_be_used_is_told_and_names_still_work(room, open_door, assert_accessible):
    person = room.seated[1, E][0]
    page = open_door("kod", allowed=False)
    page.get_by_role("button", name="Skanna med kameran").click()
    page.locator("[data-told][data-kind=error]", has_text="Kameran får inte användas här.").wait_for()
    assert page.locator("[data-video]").is_hidden()
    assert page.get_by_role("button", name="Skanna med kameran").is_enabled()
    assert_accessible(page)
    page.fill("#namn", person.family_name)
    page.get_by_role("button", name=f"Checka in {person.full_name}").click()
    page.locator("[data-told][data-kind=in]", has_text=f"{person.full_name} är incheckad").wait_for()


def test_a_browser_that_reads_no_codes_is_offered_names_alone(room, open_door):
    person = room.seated[1, E][0]
    page = open_door("kod", reader=False)
    if page.evaluate("'BarcodeDetector' in window"):
        page.add_init_script("delete window.BarcodeDetector")
        page.reload()
    assert page.locator("[data-camera]").is_hidden()
    page.fill("#namn", person.family_name)
    page.get_by_role("button", name=f"Checka in {person.full_name}").click()
    page.locator("[data-told][data-kind=in]", has_text=f"{person.full_name} är incheckad").wait_for()
