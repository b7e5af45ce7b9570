"""What can be found by searching, and how it is matched on each of the two databases."""

from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from forums.models import Forum
from news.models import Version
from portal.swedish import STOP_WORDS, stem, words_of

# More words than this in a question only slow it down.
MOST_WORDS = 12

# A word in the title weighs eight times as much. bm25 is better the lower it is (SQLite, FTS5, 5.1.1).
SQLITE_RANK = "-bm25(portal_searchindex, 8.0, 1.0)"
POSTGRESQL_MATCH = "portal_searchentry.document @@ to_tsquery('simple', %s)"
POSTGRESQL_RANK = (
    "ts_rank('{0.125, 0.125, 0.125, 1.0}', portal_searchentry.document, to_tsquery('simple', %s))"
)


class SearchEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Entries of what `user` may read at this moment: live versions by the clock, forums, people."""
        # Asked about each match, not made as a list of everything readable: most questions match little.
        version = Version.objects.live().visible_to(user).filter(pk=models.OuterRef("version"))
        forum = Forum.objects.visible_to(user).filter(pk=models.OuterRef("forum"))
        person = Person.objects.visible_to(user).filter(pk=models.OuterRef("person"))
        return self.filter(models.Exists(version) | models.Exists(forum) | models.Exists(person))

    def of_kind(self, kind):
        """Entries of one SearchEntry.Kind."""
        return self.filter(**{f"{SearchEntry.FIELDS[kind]}__isnull": False})

    def count_kinds(self):
        """Return {kind: number of entries}. One query."""
        counts = {kind.value: models.Count(field) for kind, field in SearchEntry.FIELDS.items()}
        return self.aggregate(**counts)

    def matching(self, text):
        """Entries that have every word of `text`, by their stems; the last word may be the beginning
        of a word of the title or name. None where `text` holds no word.

        `text` is anything that somebody typed: only its letters and digits are used.
        """
        words = sought_words(text)
        if not words:
            return self.none().annotate(rank=models.Value(0.0))
        return self._on_postgresql(words) if connection.vendor == "postgresql" else self._on_sqlite(words)

    def _on_sqlite(self, words):
        *whole, last = words
        terms = [f'"{stem(word)}"' for word in whole]
        terms.append(f'("{stem(last)}" OR title_stems : "{last}" *)')
        # The index is a virtual table that no model stands for: `extra` is how Django joins one.
        return self.extra(
            tables=["portal_searchindex"],
            where=["portal_searchindex.rowid = portal_searchentry.id", "portal_searchindex MATCH %s"],
            params=[" AND ".join(terms)],
        ).annotate(rank=RawSQL(SQLITE_RANK, [], output_field=models.FloatField()))  # noqa: S611 - a constant

    def _on_postgresql(self, words):
        *whole, last = words
        terms = [f"'{stem(word)}'" for word in whole]
        terms.append(f"('{stem(last)}' | '{last}':*A)")
        question = [" & ".join(terms)]
        match = RawSQL(POSTGRESQL_MATCH, question, output_field=models.BooleanField())  # noqa: S611 - a constant
        rank = RawSQL(POSTGRESQL_RANK, question, output_field=models.FloatField())  # noqa: S611 - a constant
        return self.filter(match).annotate(rank=rank)

    def best_first(self):
        """Order what `matching` found, a match in the title weighing more; newest first where equal."""
        return self.order_by("-rank", "-pk")

    def for_showing(self):
        """Fetch what a list of hits shows of each along with it."""
        shown = self.defer("title_stems", "text_stems", "version__body")
        return shown.select_related("version__article__unit", "version__picture", "forum").prefetch_related(
            models.Prefetch("person", queryset=Person.objects.with_assignments())
        )


class SearchEntry(models.Model):
    """The words of one version, forum or person, kept by `portal.indexing`.

    What of it may be found is asked of the thing itself at the moment of reading, never of the entry.
    The stems are matched, never shown. Migration 0002 lets the database itself index them: in the
    FTS5 table `portal_searchindex` on SQLite, in the generated column `document` on PostgreSQL.
    """

    class Kind(models.TextChoices):
        ARTICLES = "articles", _("Articles")
        FORUMS = "forums", _("Forums")
        PEOPLE = "people", _("People")

    FIELDS = {Kind.ARTICLES: "version", Kind.FORUMS: "forum", Kind.PEOPLE: "person"}

    version = models.OneToOneField(
        "news.Version", models.CASCADE, null=True, blank=True, related_name="search_entry"
    )
    forum = models.OneToOneField(
        "forums.Forum", models.CASCADE, null=True, blank=True, related_name="search_entry"
    )
    person = models.OneToOneField(
        "accounts.Person", models.CASCADE, null=True, blank=True, related_name="search_entry"
    )
    title = models.CharField(max_length=400)
    text = models.TextField(blank=True)
    title_stems = models.TextField(editable=False)
    text_stems = models.TextField(blank=True, editable=False)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(version__isnull=False, forum=None, person=None)
                | models.Q(version=None, forum__isnull=False, person=None)
                | models.Q(version=None, forum=None, person__isnull=False),
                name="a_search_entry_is_about_one_thing",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def kind(self):
        """Which SearchEntry.Kind the entry is of."""
        return next(kind for kind, field in self.FIELDS.items() if getattr(self, f"{field}_id"))


def sought_words(text):
    """The words of a question that are looked for: common words count only where there are no others."""
    words = words_of(text)[:MOST_WORDS]
    return [word for word in words if word not in STOP_WORDS] or words
