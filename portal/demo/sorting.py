"""The demo's topics, its blog, and what readers said."""

from datetime import timedelta

from django.db.models import Max

from forums.classifying import classify
from news.blogging import open_blog
from news.curating import plant_topic
from news.discussing import say
from news.models import Article
from news.surrounding import surround

from .clock import at
from .peopling import ADMINISTRATOR, content
from .printing import BLOG, WRITER


def open_office_blog(town):
    """Open the blog of the chief executive's office, and return it."""
    data = content("topics")["blog"]
    facts = {name: data[name] for name in ("name", "office", "about")}
    return open_blog(**facts, unit=town.units[data["unit"]], by=town.people[ADMINISTRATOR])


def sort_by_topic(town, held):
    """Plant the tree, and say what articles, forums and their commitments are about. `held` has the
    forums by their key."""
    planted, writer = {}, town.people[WRITER]
    for place, data in enumerate(content("topics")["topic"]):
        planted[data["name"]] = topic = plant_topic(
            name=data["name"],
            kind=data["kind"],
            about=data.get("about", ""),
            parent=planted.get(data.get("under")),
            position=place,
            by=town.people[ADMINISTRATOR],
        )
        for article in Article.objects.filter(versions__title__in=data["articles"]).distinct():
            surround(article, topics=[topic], by=writer)
        for forum in (held[key] for key in data.get("forums", ())):
            for thing in (forum, *forum.commitments.all()):
                classify(thing, topics=[topic], by=forum.organiser)
            if forum.summary:
                surround(forum.summary, topics=[topic], by=writer)


def talk(town):
    """Let readers ask beneath a text, and its author answer, within hours of its coming out."""
    for data in content("topics")["talk"]:
        article = Article.objects.filter(versions__title=data["title"]).distinct().get()
        out = article.versions.aggregate(at=Max("live_from"))["at"]
        surround(article, talk=Article.Talk.OPEN, by=town.people[BLOG["by"]])
        for hour, (name, is_question, text) in enumerate(data["said"], start=2):
            with at(out + timedelta(hours=hour)):
                said = say(article, by=town.people[name], text=text, is_question=is_question)
            if is_question:
                asked = said
        with at(out + timedelta(hours=len(data["said"]) + 4)):
            say(article, by=article.author, text=data["answer"], answers=asked)
