"""The demo's articles, in every state that the desk knows."""

from datetime import timedelta

from django.core.files.base import ContentFile

from accounts.models import Person
from news.confirming import ask_for_confirmation, confirm
from news.models import Article
from news.picturing import add_picture
from news.publishing import trash, withdraw
from news.remarking import remark
from news.reviewing import approve, return_version, submit
from news.writing import open_draft, save_draft, start_article

from .clock import at, moment
from .peopling import content
from .pictures import drawn

APPROVER = "Gunilla Sjöstrand"
WRITER = "Linnea Fors"
BLOG = {"kind": Article.Kind.BLOG, "by": "Agneta Wikander", "unit": "klk", "audience": "alla"}
CREDIT = "Almviks kommun (teckning)"


class Press:
    """Writes, reviews and publishes for a Town. Each picture is drawn once, when it is first needed."""

    def __init__(self, town, *, blog):
        self.town, self.blog, self.pictures = town, blog, {}
        self.approver = town.people[APPROVER]

    def print_year(self):
        """The pages, the news and the chief executive's blog."""
        for data in content("pages")["article"]:
            self.print({"kind": Article.Kind.PAGE, "by": WRITER, **data})
        for data in content("news_earlier")["article"] + content("news_autumn")["article"]:
            self.print({"kind": Article.Kind.NEWS, **data})
        for data in content("blog")["article"]:
            self.print({**BLOG, **data})

    def print_desk(self):
        """What lies on the desk in its different states."""
        for data in content("desk")["article"]:
            self.print({"kind": Article.Kind.NEWS, **data})

    def print(self, data):
        """Bring one article to the state that its data names; without one it is published."""
        state, when = data.get("state", "live"), moment(data["days"], data["at"])
        version = self.write(data, started=when - timedelta(minutes=50))
        if state in ("draft", "trashed"):
            if state == "trashed":
                with at(when):
                    trash(version.article, by=version.written_by)
            return
        sent = when if state == "submitted" else when - timedelta(minutes=25)
        with at(sent):
            version = submit(version, by=version.written_by)
        step = version.steps.get()
        if state == "returned":
            with at(when):
                return_version(step, by=self.approver, reason=data["reason"])
        elif state != "submitted":
            self.publish(step, data, when)

    def write(self, data, *, started):
        """Write a draft and return its version."""
        writer = self.town.people[data["by"]]
        with at(started):
            article = start_article(
                kind=data["kind"],
                unit=self.town.units[data["unit"]],
                audience=self.town.audiences[data["audience"]],
                title=data["title"],
                by=writer,
                blog=self.blog if data["kind"] == Article.Kind.BLOG else None,
                restricted=data.get("restricted", False),
                embargoed=data.get("embargoed", False),
            )
            if "read_by" in data:
                ask_for_confirmation(article, by=writer)
        return self.save(open_draft(article, by=writer), data, when=started + timedelta(minutes=20))

    def save(self, version, data, *, when):
        """Save the words and the picture of `data` on a draft."""
        with at(when):
            return save_draft(
                version,
                revision=version.revision,
                by=version.written_by,
                title=data["title"],
                lead=data["lead"],
                body=data["body"],
                picture=self.picture(data.get("picture"), by=version.written_by),
                picture_caption=data.get("caption", ""),
                picture_alt=data.get("alt", ""),
                picture_credit=CREDIT if "picture" in data else "",
            )

    def picture(self, name, *, by):
        if name and name not in self.pictures:
            self.pictures[name] = add_picture(ContentFile(drawn(name), name=f"{name}.webp"), by=by)
        return self.pictures.get(name)

    def read(self, article, share):
        """Let so many of a hundred of those who must read an article confirm that they have."""
        version = article.live_version()
        for number, person in enumerate(Person.objects.in_audience(article.audience).order_by("pk")):
            if (number * 37 + 50) % 100 < share:
                confirm(version, by=person)

    def publish(self, step, data, when):
        """Approve, and then do what the state still asks for."""
        until = moment(data["until_days"], "17.00") if "until_days" in data else None
        live_from = moment(data["live_days"], "06.00") if "live_days" in data else None
        with at(when):
            approve(step, by=self.approver, live_from=live_from, live_until=until)
        article = step.version.article
        if "read_by" in data:
            with at(when + timedelta(minutes=30)):
                self.read(article, data["read_by"])
        if data.get("state") == "withdrawn":
            with at(moment(data["withdraw_days"], "09.30")):
                withdraw(article, by=article.owner)
        elif data.get("state") == "revised":
            later = moment(data["revised_days"], "14.20")
            with at(later):
                draft = open_draft(article, by=article.owner)
            self.save(draft, {**data, "body": data["revised_body"]}, when=later + timedelta(minutes=10))
        elif data.get("state") == "sent_again":
            self.send_again(article, data)

    def send_again(self, article, data):
        """A second version that came back with a comment, and a third that waits for its answer."""
        day = data["returned_days"]
        self.send(article, data, "returned_body", moment(day - 1, "10.20"))
        version = article.newest_version
        with at(moment(day, "08.40")):
            remark(version, by=self.approver, quote=data["quote"], text=data["comment"])
            return_version(version.steps.get(), by=self.approver, reason=data["reason"])
        self.send(article, data, "revised_body", moment(day, "13.10"), wished_from=moment(4, "07.00"))

    def send(self, article, data, body, when, **wishes):
        with at(when):
            draft = open_draft(article, by=article.owner)
        version = self.save(draft, {**data, "body": data[body]}, when=when + timedelta(minutes=20))
        with at(when + timedelta(minutes=25)):
            submit(version, by=version.written_by, **wishes)
