"""The audience that an organiser puts together, row by row."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import UnitField
from accounts.models import AudienceRule, Group, Unit
from forums.forms.choices import capitalised
from forums.forms.rows import RowForm, RowsFormSet, formset_of
from forums.permissions import units_to_plan_for


class AudienceRowForm(RowForm):
    """A part of a unit's people. An organiser invites from the units that they arrange forums for; what
    stands there already, `standing`, may stay."""

    PRESET = ("group",)

    group = forms.TypedChoiceField(
        label=_("Who"), choices=capitalised(Group), coerce=Group, initial=Group.MANAGERS
    )
    unit = UnitField(
        Unit.objects.none(),
        label=_("In unit, and all below it"),
        empty_label=_("Choose a unit"),
        error_messages={"invalid_choice": _("You do not arrange forums for that unit. Choose one of these.")},
    )

    def __init__(self, *args, person, standing, **kwargs):
        super().__init__(*args, **kwargs)
        self.own, self.standing = units_to_plan_for(person), standing
        kept = Q(pk__in=[unit.pk for _group, unit in standing])
        self.fields["unit"].queryset = Unit.objects.filter(Q(pk__in=self.own.values("pk")) | kept)

    def clean(self):
        cleaned = super().clean()
        rule = (cleaned.get("group"), cleaned.get("unit"))
        if all(rule) and rule not in self.standing and not self.own.filter(pk=rule[1].pk).exists():
            self.add_error("unit", self.fields["unit"].error_messages["invalid_choice"])
        return cleaned

    @property
    def is_chosen(self):
        """Whether somebody has filled it in otherwise than it stood."""
        return self.has_changed() and not self["DELETE"].value()


class BaseAudienceFormSet(RowsFormSet):
    @property
    def rules(self):
        """What `targeting.compose_audience` takes."""
        return [(row["group"], row["unit"]) for row in self.kept]

    @property
    def rules_so_far(self):
        """AudienceRules of the rows that can be read, unsaved, for counting."""
        if not self.is_bound:
            rows = self.initial
        else:
            rows = [form.cleaned_data for form in self.forms if form.is_valid()]
        return [
            AudienceRule(group=row["group"], unit=row["unit"])
            for row in rows
            if row.get("unit") and not row.get("DELETE")
        ]


AudienceFormSet = formset_of(AudienceRowForm, formset=BaseAudienceFormSet, min_num=1, most=30)


def rules_of(audience):
    """The rules of an audience that was put together, as pairs; none of another, or of None."""
    if audience is None or not audience.is_composed:
        return []
    return [(Group(rule.group), rule.unit) for rule in audience.rules.select_related("unit").order_by("pk")]


def make_rows(data, *, person, audience):
    """The rows with which the audience of a forum is put together.

    Args:
        data: what was sent; where it holds no rows, they are read as not touched.
        audience: the one that stands there, or None.
    """
    standing = rules_of(audience)
    return AudienceFormSet(
        data if data and "rules-TOTAL_FORMS" in data else None,
        prefix="rules",
        initial=[{"group": group, "unit": unit} for group, unit in standing],
        form_kwargs={"person": person, "standing": standing},
    )
