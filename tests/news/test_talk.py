"""Comments and questions beneath a text, and whether it helped."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Cadence, LogEntry, Mail, Notification
from accounts.wishing import wish
from news.discussing import MOST_SAID, Gone, NotOpen, hide, say, show_again, take_back
from news.judging import judge
from news.models import Article, Comment, Verdict
from news.surrounding import surround
from portal.digesting import write_digests
from tests.visiting import Visitor

pytestmark = pytest.mark.django_db
Talk, Kind = Article.Talk, Notification.Kind


@pytest.fixture
def open_text(cast, published):
    """A text by Olof, which Karin owns and has opened to comments."""
    article = published("Nya lekplatser")
    surround(article, by=cast.karin, author=cast.olof, talk=Talk.OPEN)
    article.refresh_from_db()
    return article


def page_of(client, article):
    return client.get(article.get_absolute_url()).content.decode()


def test_a_question_is_asked_and_the_authors_answer_is_marked(cast, client_as, open_text):
    address = reverse("news:comment", args=[open_text.pk])
    form = {"comment-text": "När börjar ni?", "comment-is_question": "on"}
    for _click in range(2):
        answer = client_as(cast.per).post(address, form)
    question = Comment.objects.get()
    assert answer.url == f"{open_text.get_absolute_url()}#kommentar-{question.pk}"
    told = {(one.person, one.text) for one in Notification.objects.filter(key=f"comment:{question.pk}")}
    assert told == {
        (person, "Per Åkesson har en fråga om ”Nya lekplatser”") for person in (cast.karin, cast.olof)
    }
    client_as(cast.olof).post(reverse("news:answer", args=[question.pk]), {"text": "I oktober."})
    client_as(cast.maja).post(reverse("news:answer", args=[question.pk]), {"text": "Äntligen."})
    text = page_of(client_as(cast.maja), open_text)
    assert text.count("författaren svarar") == 1
    assert text.index("När börjar ni?") < text.index("författaren svarar") < text.index("I oktober.")
    assert Notification.objects.filter(person=cast.per, text__contains="har svarat dig").count() == 2


def test_who_is_asked_or_answered_hears_of_it_by_mail_as_they_wish(cast, open_text):
    wish(cast.olof, {Kind.DESK: (True, Cadence.DAILY)})
    question = say(open_text, by=cast.per, text="När börjar ni?", is_question=True)
    say(open_text, by=cast.per, text="När börjar ni?", is_question=True)
    mail = Mail.objects.get(event="comment_made")
    assert (mail.to, mail.stops) == (cast.karin, Kind.DESK)
    assert mail.subject == "Per Åkesson har en fråga om ”Nya lekplatser”"
    for said in (mail.text, mail.html):
        assert f"{open_text.get_absolute_url()}#kommentar-{question.pk}" in said
        assert "När börjar" not in said  # the words can be taken back, a mail can't
    assert cast.olof.notifications.waiting().first().text == mail.subject
    answer = say(open_text, by=cast.olof, text="I oktober.", answers=question)
    mail = Mail.objects.get(key=f"comment:{answer.pk}:{cast.per.pk}")
    assert (mail.subject, mail.stops) == ("Olof Ek har svarat dig under ”Nya lekplatser”", "")


def test_what_was_taken_back_or_can_not_be_read_is_in_no_digest(cast, open_text):
    wish(cast.olof, {Kind.DESK: (True, Cadence.DAILY)})
    stays = say(open_text, by=cast.per, text="När börjar ni?", is_question=True)
    goes = say(open_text, by=cast.maja, text="Jag ångrar mig")
    take_back(goes, by=cast.maja)
    tomorrow = timezone.now() + timedelta(days=2)
    with time_machine.travel(tomorrow):
        write_digests.call([cast.olof.pk], Cadence.DAILY)
    digest = Mail.objects.get(event="digest", to=cast.olof)
    assert f"#kommentar-{stays.pk}" in digest.text and f"#kommentar-{goes.pk}" not in digest.text


def test_what_can_not_be_said_stands_on_the_page_to_be_mended(cast, client_as, open_text):
    address = reverse("news:comment", args=[open_text.pk])
    too_long = client_as(cast.per).post(address, {"comment-text": "Hej " * 600})
    assert too_long.status_code == 409
    assert "Hej Hej" in too_long.content.decode() and "Nya lekplatser" in too_long.content.decode()
    surround(open_text, by=cast.karin, talk=Talk.CLOSED)
    closed = client_as(cast.per).post(address, {"comment-text": "För sent"})
    assert closed.status_code == 409
    with pytest.raises(NotOpen):
        say(open_text, by=cast.per, text="För sent")
    assert not Comment.objects.exists()


def test_one_takes_back_ones_own_and_no_others(cast, client_as, open_text):
    own = say(open_text, by=cast.per, text="Jag ångrar mig")
    address = reverse("news:take_back_comment", args=[own.pk])
    for other in (cast.maja, cast.karin):
        assert client_as(other).post(address).status_code == 404
    say(open_text, by=cast.olof, text="Tack ändå", answers=own)
    for _click in range(2):
        client_as(cast.per).post(address)
    own.refresh_from_db()
    assert own.text == "" and own.taken_back_at
    text = page_of(client_as(cast.maja), open_text)
    assert "Tillbakatagen av den som skrev." in text and "Tack ändå" in text
    assert "ångrar" not in str(list(LogEntry.objects.values_list("details", "about_name")))
    with pytest.raises(Gone):
        say(open_text, by=cast.maja, text="Vänta", answers=own)


def test_what_is_taken_back_without_answers_leaves_no_trace(cast, client_as, open_text):
    take_back(say(open_text, by=cast.per, text="Borta"), by=cast.per)
    assert "Tillbakatagen" not in page_of(client_as(cast.maja), open_text)


def test_the_desk_and_the_author_hide_with_a_reason_and_others_may_not(cast, client_as, open_text):
    rude = say(open_text, by=cast.per, text="Elakt om en kollega")
    address = reverse("news:hide_comment", args=[rude.pk])
    for other in (cast.maja, cast.per, cast.gunnar):
        assert client_as(other).post(address, {"why": "Nej"}).status_code == 403
    for moderator in (cast.karin, cast.olof):
        assert client_as(moderator).post(address, {}).status_code == 409
        client_as(moderator).post(address, {"why": "Nämner en kollega."})
        text = page_of(client_as(cast.maja), open_text)
        assert "Dold av redaktionen: Nämner en kollega." in text and "Elakt" not in text
        client_as(moderator).post(address, {"show": ""})
        assert "Elakt" in page_of(client_as(cast.maja), open_text)


def test_a_text_not_opened_shows_and_takes_no_comments(cast, client_as, published):
    article = published()
    assert 'id="kommentarer"' not in page_of(client_as(cast.per), article)
    with pytest.raises(NotOpen):
        say(article, by=cast.per, text="Hej")


def test_the_author_opens_and_closes_the_talk_beneath_their_own_text(cast, client_as, published):
    """Olof, whose words Karin took down: he has nothing to do at the desk."""
    article = published("Nya lekplatser")
    surround(article, by=cast.karin, author=cast.olof)
    olof, address = Visitor.signed_in(cast.olof), reverse("news:talk", args=[article.pk])
    olof.cannot_go(reverse("news:around", args=[article.pk]))
    olof.go(article.get_absolute_url()).press("Öppna för kommentarer och frågor")
    olof.sees("Texten är öppen för kommentarer och frågor.", "Ingen har skrivit något än")
    say(article, by=cast.per, text="När börjar ni?")
    for _click in range(2):
        assert client_as(cast.olof).post(address, {"to": "closed"}).url == article.get_absolute_url()
    with pytest.raises(NotOpen):
        say(article, by=cast.per, text="Och när är det klart?")
    olof.go(article.get_absolute_url()).sees("När börjar ni?", "tar inte emot fler kommentarer")
    olof.press("Öppna för kommentarer").press("Stäng för nya kommentarer")
    assert LogEntry.objects.about(article).filter(event="article.surrounded", by=cast.olof).count() == 4
    assert article.owner == cast.karin


def test_a_talk_in_which_nothing_was_said_is_closed_without_a_trace(cast, client_as, open_text):
    client_as(cast.olof).post(reverse("news:talk", args=[open_text.pk]), {"to": "closed"})
    assert 'id="kommentarer"' not in page_of(client_as(cast.per), open_text)


@pytest.mark.parametrize(("who", "status"), [("per", 403), ("gunnar", 403), ("fatima", 403), ("former", 403)])
def test_others_neither_open_nor_close_it(cast, client_as, open_text, who, status):
    client, address = client_as(getattr(cast, who)), reverse("news:talk", args=[open_text.pk])
    for to in ("closed", "open"):
        assert client.post(address, {"to": to}).status_code == status
    open_text.refresh_from_db()
    assert open_text.talk == Talk.OPEN
    assert who == "former" or address not in page_of(client, open_text)


def test_an_author_opens_nothing_that_they_may_not_read_or_answered_for_once(cast, client_as, open_text):
    secret = open_text.__class__.objects.get(pk=open_text.pk)
    surround(secret, by=cast.karin, talk=Talk.NONE)
    type(secret).objects.filter(pk=secret.pk).update(audience=cast.audiences.leaders, restricted=True)
    cast.olof.assignments.update(is_manager=False)
    address = reverse("news:talk", args=[secret.pk])
    assert client_as(cast.olof).post(address, {"to": "open"}).status_code == 404
    type(secret).objects.filter(pk=secret.pk).update(restricted=False)
    surround(secret, by=cast.karin, author=cast.ulla)
    assert client_as(cast.olof).post(address, {"to": "open"}).status_code == 403
    secret.refresh_from_db()
    assert secret.talk == Talk.NONE


def test_nobody_hears_of_comments_on_what_they_may_not_read(cast, published):
    article = published(restricted=True, audience=cast.audiences.social)
    surround(article, by=cast.karin, author=cast.karin, talk=Talk.OPEN)
    article.refresh_from_db()
    said = say(article, by=cast.maja, text="Internt sagt")
    assert not Notification.objects.filter(key=f"comment:{said.pk}").exists()


def test_a_word_reaches_the_owner_once_and_stays_between_them(cast, client_as, published, start):
    article = published()
    address = reverse("news:judge", args=[article.pk])
    client = client_as(cast.per)
    assert client.post(address, {}).status_code == 409
    said = reverse("news:verdicts", args=[article.pk])
    assert "Ingen har svarat än på om texten hjälpte." in client_as(cast.karin).get(said).text
    for _click in range(2):
        client.post(address, {"verdict-helped": "nej", "verdict-words": "Var är kartan?"})
    assert Verdict.objects.get().helped is False
    mail = Mail.objects.get(event="word_to_owner")
    assert mail.to == cast.karin and "Var är kartan?" in mail.text
    client.post(address, {"verdict-helped": "ja"})
    assert Verdict.objects.get().helped is True
    assert "Var är kartan?" not in page_of(client_as(cast.maja), article)
    seen = client_as(cast.karin).get(reverse("news:verdicts", args=[article.pk])).content.decode()
    assert "Var är kartan?" in seen and "Texten hjälpte 1 läsare." in seen
    for other, status in ((cast.gunnar, 403), (cast.maja, 404)):
        assert client_as(other).get(reverse("news:verdicts", args=[article.pk])).status_code == status


def test_where_the_owner_has_left_the_head_of_the_unit_hears(cast, published):
    article = published()
    cast.karin.assignments.all().delete()
    judge(article, by=cast.per, helped=False, words="Stämmer detta?")
    assert Mail.objects.get(event="word_to_owner").to == cast.gunnar


def test_a_talked_of_article_costs_six_queries(cast, client_as, open_text, django_assert_max_num_queries):
    client = client_as(cast.per)
    for rows in (range(1), range(1, 30)):
        for number in rows:
            root = open_text.comments.create(by=cast.maja, text=f"Fråga {number}")
            open_text.comments.create(by=cast.olof, text=f"Svar {number}", answers=root)
        with django_assert_max_num_queries(6):
            assert page_of(client, open_text).count("Svar ") == len(rows) + rows.start


def test_so_much_is_said_by_one_person_at_a_time(cast, client_as, open_text, published):
    elsewhere = published("Om något annat")
    surround(elsewhere, by=cast.karin, talk=Talk.OPEN)
    client = client_as(cast.per)
    for number in range(MOST_SAID):
        say((open_text, elsewhere)[number % 2], by=cast.per, text=f"Sagt {number}")
    take_back(Comment.objects.latest("pk"), by=cast.per)
    for address, form in (
        (reverse("news:comment", args=[open_text.pk]), {"comment-text": "En till"}),
        (reverse("news:answer", args=[Comment.objects.earliest("pk").pk]), {"text": "En till"}),
    ):
        page = client.post(address, form)
        assert page.status_code == 409
        assert "10 kommentarer på 10 minuter" in page.text and ">\nEn till</textarea>" in page.text
    assert Comment.objects.filter(by=cast.per).count() == MOST_SAID
    say(open_text, by=cast.maja, text="Andra får")
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        say(open_text, by=cast.per, text="En till")


def test_hiding_and_showing_twice_is_as_once(cast, open_text):
    said = say(open_text, by=cast.per, text="Hej")
    for _time in range(2):
        hide(said, by=cast.karin, why="Test")
    for _time in range(2):
        show_again(said, by=cast.karin)
    events = list(LogEntry.objects.about(open_text).values_list("event", flat=True))
    assert events.count("comment.hidden") == events.count("comment.shown") == 1
