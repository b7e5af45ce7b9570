"""Concepts and the words people use for them."""

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

    def with_word(self, text):
        """The concepts that have a word with `text` (normalised) in it; all where it is empty."""
        return self.filter(
            models.Exists(Term.objects.filter(concept=models.OuterRef("pk"), text__contains=text))
        )

    def with_words_and_counts(self):
        """Fetch each concept's words, what it is merged into, what is merged into it, and the number of
        notes shown that mention it (`notes`), the most written about first."""
        shown = models.Q(terms__notes__hidden_at=None)
        counted = self.annotate(notes=models.Count("terms__notes", filter=shown, distinct=True))
        return (
            counted.select_related("merged_into")
            .prefetch_related("terms", "merged")
            .order_by("-notes", "label", "pk")
        )


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
        return Term.objects.filter(concept__in=self._with_merged())

    def _with_merged(self):
        """The ids of this concept and of all that is merged into it. One query a step."""
        pks, latest = {self.pk}, [self.pk]
        while latest:
            found = Concept.objects.filter(merged_into__in=latest).exclude(pk__in=pks)
            latest = list(found.values_list("pk", flat=True))
            pks.update(latest)
        return pks


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
