"""The review route of a kind of text, and what an article is meant for."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.fields import NumberField, PersonField
from accounts.models import Audience, Role
from news.forms.drafts import AIMED, EMBARGOED, RESTRICTED
from news.forms.reviews import PlainForm
from news.models import Article, RouteStep

STAGES = [(number, number) for number in range(1, 5)]
ROWS = 5
PERSON = "person"


class RouteForm(PlainForm):
    revision = NumberField(min_value=0, widget=forms.HiddenInput)
    sign_off_days = forms.IntegerField(
        label=_("Days for the leaders of the group work"), min_value=1, max_value=90
    )
    months_until_review = forms.IntegerField(
        label=_("Look through published texts after so many months"),
        help_text=_("Empty for never."),
        min_value=1,
        max_value=60,
        required=False,
    )

    def __init__(self, *args, route, **kwargs):
        names = ("revision", "sign_off_days", "months_until_review")
        super().__init__(*args, initial={name: getattr(route, name) for name in names}, **kwargs)
        if route.kind != Article.Kind.SUMMARY:
            self.fields["sign_off_days"].widget = forms.HiddenInput()


class StepForm(forms.Form):
    """One row of a route: a role or a person, in a stage, with days to answer. An empty row asks nobody."""

    stage = forms.TypedChoiceField(label=_("Stage"), choices=STAGES, coerce=int)
    who = forms.ChoiceField(
        label=_("Who is asked"),
        required=False,
        choices=[
            ("", "–"),
            *[(role.value, capfirst(role.label)) for role in RouteStep.ROLES],
            (PERSON, _("A named person")),
        ],
    )
    reviewer = PersonField(label=_("Name or e-mail address"), required=False)
    days = forms.IntegerField(label=_("Days to answer"), min_value=1, max_value=90)

    def clean(self):
        row = super().clean()
        if row.get("who") == PERSON and "reviewer" in row and not row["reviewer"]:
            self.add_error("reviewer", _("Write who it is."))
        return row

    @property
    def step(self):
        """What `routing.lay_out` takes, or None for an empty row."""
        row = self.cleaned_data
        if not row.get("who"):  # nothing at all where the row was left as it began
            return None
        step = {"stage": row["stage"], "days": row["days"]}
        named = row["who"] == PERSON
        return step | ({"reviewer": row["reviewer"]} if named else {"role": Role(row["who"])})


# Django makes two thousand forms for whoever claims to have sent as many; nobody is asked in fifty steps.
StepFormSet = forms.formset_factory(StepForm, extra=0, max_num=50, absolute_max=50)


def rows_of(route):
    """What the rows of a route's form begin with: its steps, then empty ones."""
    steps = [
        {
            "stage": step.stage,
            "who": PERSON if step.reviewer_id else step.role,
            "reviewer": step.reviewer,
            "days": step.days,
        }
        for step in route.asks()
    ]
    return steps + [{"stage": 1, "days": 5}] * max(ROWS - len(steps), 1)


class MeantForForm(PlainForm):
    """Whom an article is meant for, whether its draft is secret, and who owns it."""

    audience = forms.ModelChoiceField(
        Audience.objects.none(),
        label=_("Audience"),
        help_text=AIMED,
        empty_label=_("Choose an audience"),
    )
    restricted = forms.BooleanField(
        label=_("Only the audience may read it"), help_text=RESTRICTED, required=False
    )
    embargoed = forms.BooleanField(
        label=_("Secret until it is published"),
        help_text=EMBARGOED,
        required=False,
    )
    owner = PersonField(
        label=_("Owner"),
        help_text=_("Name or e-mail address. Readers turn to the owner, who is asked if it is still right."),
    )

    def __init__(self, *args, article, **kwargs):
        names = ("audience", "restricted", "embargoed", "owner")
        super().__init__(*args, initial={name: getattr(article, name) for name in names}, **kwargs)
        # The summary of a forum is for the forum's own audience, which may be one put together for it.
        standing = Audience.objects.filter(pk=article.audience_id)
        self.fields["audience"].queryset = Audience.objects.ready_made() | standing
