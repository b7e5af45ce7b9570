"""What stands around a text for everybody who reads it: topics, documents, pictures, whose words it is."""

from dataclasses import dataclass

from django.db.models import OuterRef

from accounts.models import Assignment, Person

from .gathered import Gathered, made_of
from .topics import Topic

POST = ("title", "unit_id", "starts_on", "ends_on")
PERSON = ("person__id", "person__given_name", "person__family_name")
DOCUMENT = ("id", "title", "extension", "size")
PICTURE = ("id", "width", "height", "has_avif", "is_drawn", "focal_x", "focal_y")


@dataclass(frozen=True)
class Around:
    """What one version stands among.

    Attributes:
        topics: the article's, in their order.
        documents: those that the text links to, each with the `extension` and `size` of its newest file.
        pictures: those within the text.
        posts: the author's, also earlier ones; of nobody where the text is on behalf of its unit.
        holding: the posts held today in the unit of the article's blog, each with its person.
    """

    topics: list
    documents: list
    pictures: list
    posts: list
    holding: list


def gathered_around(version_model):
    """What Around is made of, as annotations of versions: all of it in the query that fetches them."""
    documents, pictures = _models(version_model)
    document = documents.objects.filter(versions=OuterRef("pk")).with_newest_file()
    holding = Assignment.objects.current().filter(unit=OuterRef("article__blog__unit"))
    return {
        "around_topics": Gathered(Topic.objects.filter(articles=OuterRef("article")), "id", "name", "slug"),
        "around_documents": Gathered(document, *DOCUMENT),
        "around_pictures": Gathered(pictures.objects.filter(versions_in_text=OuterRef("pk")), *PICTURE),
        "around_posts": Gathered(Assignment.objects.filter(person=OuterRef("article__author")), *POST),
        "around_holding": Gathered(holding.order_by("person__sort_name"), *POST, *PERSON),
    }


def around(version):
    """The Around of a version. No query where it was fetched `for_reading()`, else one."""
    if not hasattr(version, "around_topics"):
        version = type(version).objects.for_reading().get(pk=version.pk)
    documents, pictures = _models(type(version))
    return Around(
        topics=[made_of(Topic, row) for row in version.around_topics or ()],
        documents=[_document(documents, row) for row in version.around_documents or ()],
        pictures=[made_of(pictures, row) for row in version.around_pictures or ()],
        posts=[made_of(Assignment, row) for row in version.around_posts or ()],
        holding=[_held(row) for row in version.around_holding or ()],
    )


def _models(version_model):
    """Document and Picture, which know of versions, while these can't know of them by name."""
    return [field.field.related_model for field in (version_model.documents, version_model.pictures_in_text)]


def _document(model, row):
    document = made_of(model, row)
    document.extension, document.size = row["extension"], row["size"]
    return document


def _held(row):
    post = made_of(Assignment, row)
    post.person = made_of(Person, row, below="person__")
    return post
