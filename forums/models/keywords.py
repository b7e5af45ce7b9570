"""Concepts and the words people use for them."""

from collections import defaultdict

from django.db import models
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _


class ConceptQuerySet(models.QuerySet):
    def roots_of(self, pks):
        """For each id the concept that it counts for now, merges followed. One query a step."""
        known, looked_for = {}, set(pks)
        while looked_for:
            found = self.in_bulk(looked_for)
            known |= found
            looked_for = {concept.merged_into_id for concept in found.values()} - known.keys() - {None}
        roots = {}
        for pk in pks:
            concept = known[pk]
            while concept.merged_into_id:
                concept = known[concept.merged_into_id]
            roots[pk] = concept
        return roots

    def merged_under(self, pks):
        """For each id those of the concepts that count for it, its own among them. One query a step."""
        under, looked_for = defaultdict(set), set(pks)
        while looked_for:
            found = self.filter(merged_into__in=looked_for).values_list("merged_into", "pk")
            looked_for = set()
            for root, pk in found:
                under[root].add(pk)
                looked_for.add(pk)
        return {pk: self._all_under(pk, under) for pk in pks}

    @staticmethod
    def _all_under(pk, under):
        found, latest = {pk}, {pk}
        while latest:
            latest = {each for one in latest for each in under.get(one, ())} - found
            found |= latest
        return found

    def words_of(self, pks):
        """For each id the ids of the Terms that count for it, merges followed: those of `Concept.all_words`.
        One query, and one for each step that concepts are merged."""
        counting, words = self.merged_under(pks), defaultdict(set)
        concepts = {one for under in counting.values() for one in under}
        for concept, term in Term.objects.filter(concept__in=concepts).values_list("concept", "pk"):
            words[concept].add(term)
        return {pk: {term for one in under for term in words[one]} for pk, under in counting.items()}

    def with_word(self, text, *, veiled):
        """The concepts that have a word with `text` (normalised) in it, any word where that is empty; words
        whose ids are `veiled` don't count."""
        words = Term.objects.filter(concept=models.OuterRef("pk"), text__contains=text)
        return self.filter(models.Exists(words.exclude(pk__in=veiled)))

    def with_words(self):
        """Fetch each concept's words, what it is merged into and what is merged into it."""
        return self.select_related("merged_into").prefetch_related("terms", "merged__terms")


class Concept(models.Model):
    """An idea that lives across forums, such as *tillit*. `merged_into` set means that its terms
    now count for another concept; clearing it undoes the merge."""

    # The word it was first met as, until somebody chooses (`is_curated`); pages show the commonest.
    label = models.CharField(_("label"), max_length=80)
    label_en = models.CharField(_("label in English"), max_length=80, blank=True)
    is_curated = models.BooleanField(_("the label was chosen by somebody"), default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ConceptQuerySet.as_manager()

    class Meta:
        ordering = ["label"]
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")

    def __str__(self):
        return self.label

    def all_words(self):
        """The Terms that count for it: its own, and those of all that is merged into it."""
        return Term.objects.filter(concept__in=Concept.objects.merged_under([self.pk])[self.pk])


class Term(models.Model):
    """A word or phrase as people write it, normalised: "tilliten" is a term of *tillit*."""

    concept = models.ForeignKey(Concept, models.PROTECT, related_name="terms")
    text = models.CharField(_("word"), max_length=80, unique=True)
    # As it is looked up (`inflecting.joined`): a hyphen more or less makes no other word.
    joined = models.GeneratedField(
        expression=Replace("text", models.Value("-")),
        output_field=models.CharField(max_length=80),
        db_persist=True,
        db_index=True,
    )

    class Meta:
        ordering = ["text"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def __str__(self):
        return self.text


class KeptApart(models.Model):
    """Two concepts of which somebody has said that they are not one, so that they are proposed no more."""

    first = models.ForeignKey(Concept, models.CASCADE, related_name="+")
    second = models.ForeignKey(Concept, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("pair kept apart")
        verbose_name_plural = _("pairs kept apart")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_kept_apart_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="a_pair_kept_apart_has_an_order"
            ),
        ]

    def __str__(self):
        return f"{self.first} / {self.second}"
