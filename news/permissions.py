"""Who may do what on the desk. What may be seen at all is `visible_to` and `on_desk_of`."""

from accounts.models import Person, Role, Unit
from news.models import Blog, Picture, away_for


def may_write(person):
    """Start articles: communicators."""
    return person.reach.has(Role.COMMUNICATOR)


def may_begin(person):
    """Start an article of some kind: communicators, and whoever holds the office of a blog."""
    return may_write(person) or bool(blogs_to_write_in(person))


def blogs_to_write_in(person):
    """The blogs in which the person may start a post: those of an office held today, and for a
    communicator those of the units covered. A list."""
    covered = person.reach.units_as(Role.COMMUNICATOR)
    written = Blog.objects.all() if None in covered else Blog.objects.filter(unit__in=covered)
    return list(dict.fromkeys([*Blog.objects.held_by(person), *(written if covered else ())]))


def may_write_in(person, blog, *, holders):
    """Start a post in a blog: one of those who hold its office (`holders`, their ids), and the unit's
    communicators."""
    return person.pk in holders or person.reach.covers(Role.COMMUNICATOR, blog.unit_id)


def may_moderate(person, article):
    """Open a text to comments or close it, hide one, and read what readers say of it: its owner and author,
    and the unit's communicators."""
    in_service = person.reach.in_service
    return may_edit(person, article) or (in_service and article.author_id == person.pk)


def may_keep_blogs(person):
    """Open blogs for offices: administrators."""
    return person.reach.is_administrator


def units_to_write_for(person):
    """The units in whose name the person may start an article."""
    covered = person.reach.units_as(Role.COMMUNICATOR)
    return Unit.objects.all() if None in covered else Unit.objects.filter(pk__in=covered)


def may_edit(person, article):
    """Open and save drafts, submit them: the unit's communicators, and the article's owner."""
    reach = person.reach
    owns = reach.in_service and article.owner_id == person.pk
    return owns or reach.covers(Role.COMMUNICATOR, article.unit_id)


def may_withdraw(person, article):
    """Take back what is published, trash and restore: who may edit, and the unit's approvers."""
    return may_edit(person, article) or person.reach.covers(Role.APPROVER, article.unit_id)


def may_review(person, step):
    """Answer a review step: the person it asks (who still speaks for the side it asks), whoever holds
    its role for the unit, and the stand-in of one of these who is away."""
    return any(_is_asked(asked, person, step) for asked in [person, *away_for(person)])


def _is_asked(asked, answering, step):
    if not step.reviewer_id:
        return asked.reach.covers(step.role, step.version.article.unit_id)
    speaks = not step.side or all(step.side in one.reach.sides for one in (asked, answering))
    return answering.reach.in_service and step.reviewer_id == asked.pk and speaks


def may_remark(person, step):
    """Comment on the passages of a text in review: who may answer the step, and its writers."""
    return may_review(person, step) or may_edit(person, step.version.article)


def may_look_through(person, article):
    """Say that a published text is still right: who may edit it, and who leads its unit."""
    return may_edit(person, article) or heads_over(article).filter(pk=person.pk).exists()


def heads_over(article):
    """Those who lead an article's unit and may read it, its owner apart; where there are none, those of the
    nearest unit above that has any."""
    readers = Person.objects.in_audience(article.audience) if article.restricted else Person.objects.all()
    return readers.exclude(pk=article.owner_id).leading(article.unit)


def may_route(person):
    """Say who is asked about texts, and read the log: administrators."""
    return person.reach.is_administrator


def may_curate_topics(person):
    """Change the tree of topics: administrators, and communicators of the whole municipality."""
    reach = person.reach
    return reach.is_administrator or None in reach.units_as(Role.COMMUNICATOR)


def may_see_desk(person):
    """Have the desk among the main links: those who write or approve. Others come to it by a mail."""
    return person.reach.has(Role.COMMUNICATOR) or person.reach.has(Role.APPROVER)


def may_use_library(person):
    """Open the libraries of pictures and documents: who writes, as a communicator or as an owner."""
    return may_write(person) or (person.reach.in_service and person.owned_articles.kept().exists())


def may_change_document(person, document):
    """Replace its file, rename or remove it: who uploaded it, and communicators of every unit whose
    texts refer to it."""
    units = set(document.versions.values_list("article__unit_id", flat=True))
    return may_use_library(person) and _may_change(person, document, units)


def may_change_picture(person, picture):
    """Say what it shows, or remove it: the same."""
    return bool(pictures_to_change(person, [picture]))


def pictures_to_change(person, pictures):
    """The ids of those of these pictures that the person may change, as a set. One query, however many."""
    if not may_use_library(person):
        return set()
    units = Picture.objects.filter(pk__in=[picture.pk for picture in pictures]).units_showing()
    return {picture.pk for picture in pictures if _may_change(person, picture, units[picture.pk])}


def _may_change(person, thing, units):
    covers = (person.reach.covers(Role.COMMUNICATOR, unit) for unit in units)
    return thing.uploaded_by_id == person.pk or (may_write(person) and all(covers))
