"""The demo's articles, in every state that the desk knows."""

from datetime import timedelta

from django.core.files.base import ContentFile

from news.models import Article
from news.picturing import add_picture
from news.publishing import trash, withdraw
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

    def __init__(self, town):
        self.town, self.pictures = town, {}
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
                restricted=data.get("restricted", False),
                embargoed=data.get("embargoed", False),
            )
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

    def publish(self, step, data, when):
        """Approve, and then do what the state still asks for."""
        until = moment(data["until_days"], "17.00") if "until_days" in data else None
        live_from = moment(data["live_days"], "06.00") if "live_days" in data else None
        with at(when):
            approve(step, by=self.approver, live_from=live_from, live_until=until)
        article = step.version.article
        if data.get("state") == "withdrawn":
            with at(moment(data["withdraw_days"], "09.30")):
                withdraw(article, by=article.owner)
        elif data.get("state") == "revised":
            later = moment(data["revised_days"], "14.20")
            with at(later):
                draft = open_draft(article, by=article.owner)
            self.save(draft, {**data, "body": data["revised_body"]}, when=later + timedelta(minutes=10))
