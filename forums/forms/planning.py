"""What an organiser writes about a forum."""

import json
import uuid

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import Q
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.fields import UnitField
from accounts.models import Audience
from forums.forms.people import PersonField
from forums.models import Forum, ForumKind
from forums.permissions import units_to_plan_for

MOST_SEATS = 100_000


class MomentField(forms.DateTimeField):
    """A day and a time of day, picked with the browser's own control."""

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **kwargs)


class ForumForm(forms.ModelForm):
    """A forum's own facts. Saved by the verbs of `forums.planning`, never by the form.

    Its audience is one of those offered, or none: then it is put together in the rows beside it.
    """

    # Set where the page only grows by a row or counts people: nothing is said yet of what is missing.
    is_looked_at = False
    starts_at = MomentField(label=_("Starts"))
    ends_at = MomentField(label=_("Ends"))
    registration_closes_at = MomentField(
        label=_("Answer by"), help_text=_("After this nobody can register. Not later than the forum starts.")
    )
    join_url = forms.URLField(
        label=_("Link for those who join online"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Shown only to those who are registered."),
    )
    organiser = PersonField(
        label=_("Contact"), help_text=_("Name or e-mail address. Shown on the forum's page and in mails.")
    )

    class Meta:
        model = Forum
        fields = [
            "kind",
            "title",
            "theme",
            "description",
            "starts_at",
            "ends_at",
            "place",
            "join_url",
            "registration_closes_at",
            "seats",
            "audience",
            "restricted",
            "unit",
            "organiser",
            "follows",
            "allows_deputies",
            "asks_diet",
            "asks_access",
        ]
        field_classes = {"unit": UnitField}
        help_texts = {
            "title": _("Short; it stands in the calendar and becomes the address."),
            "theme": _("What the day is about, in a line."),
            "seats": _("In the room. Leave empty for no limit; those who join online take no seat."),
            "allows_deputies": _("Whoever is invited may send somebody else in their place."),
            "asks_diet": _(
                "When food is served. Only the organisers see the answers; the caterer gets numbers."
            ),
            "asks_access": _(
                "A hearing loop or a way in without steps. Only the organisers see the answers."
            ),
            "audience": _("Choose a ready-made audience, or put one together of roles, sides and units."),
            "restricted": _("Others than the invited do not see that the forum exists."),
            "follows": _("The page opens with what was promised at that forum."),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        current = Q(pk=self.instance.kind_id) if self.instance.pk else Q()
        self.fields["kind"].queryset = ForumKind.objects.filter(Q(is_offered=True) | current)
        self.fields["kind"].empty_label = None
        self.fields["unit"].queryset = units_to_plan_for(person)
        self.fields["unit"].empty_label = _("Choose a unit")
        earlier = Forum.objects.visible_to(person).announced().exclude(pk=self.instance.pk)
        self.fields["follows"].queryset = earlier.order_by("-starts_at")
        self.fields["follows"].empty_label = _("No earlier forum")
        self.standing_audience = self.instance.audience if self.instance.pk else self.initial.get("audience")
        self._offer_audiences(person)
        self.fields["seats"].min_value = 1
        self.fields["seats"].validators.append(MaxValueValidator(MOST_SEATS))
        self.fields["seats"].widget.attrs["min"] = 1
        if self.instance.pk:
            self.initial["organiser"] = self.instance.organiser
        else:
            self.initial.setdefault("organiser", person)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.render_hidden_fields = True
        self.helper.layout = _layout()

    def _offer_audiences(self, person):
        """Those that administrators have made, and those put together for forums that `person` arranges."""
        field = self.fields["audience"]
        arranged = Forum.objects.organised_by(person).values("audience")
        offered = Q(is_composed=False) | Q(pk__in=arranged)
        field.queryset = Audience.objects.filter(offered).order_by("is_composed", "name")
        field.required, field.empty_label = False, _("An audience of its own, see below")
        if self.standing_audience and self.standing_audience.is_composed:
            self.initial["audience"] = None

    def full_clean(self):
        if not self.is_looked_at:
            return super().full_clean()
        self._errors, self.cleaned_data = ErrorDict(), {}
        return None

    def clean_seats(self):
        seats = self.cleaned_data["seats"]
        if seats == 0:
            raise forms.ValidationError(_("A forum has at least one seat."))
        return seats

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        closes = cleaned.get("registration_closes_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The forum has to end after it starts."))
        if starts and closes and closes > starts:
            self.add_error("registration_closes_at", _("Answers have to close before the forum starts."))
        follows = cleaned.get("follows")
        if starts and follows and follows.starts_at >= starts:
            self.add_error("follows", _begins_later(follows))
        return cleaned

    def _post_clean(self):
        """Nothing is written into the instance: the verb does the saving, under its lock."""


class NewForumForm(ForumForm):
    # Made with the empty form: the same form sent twice plans one forum.
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    # The earlier forum that the new one is made after.
    like = forms.ModelChoiceField(Forum.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, person=person, **kwargs)
        self.fields["like"].queryset = Forum.objects.organised_by(person)
        if "follows" not in self.initial:
            self._propose_what_it_follows()

    def _propose_what_it_follows(self):
        """The latest forum of the kind that the form begins with, in the units that the person plans for:
        without one nothing that was promised comes along. Another kind, another forum (static/js/follows.js).
        Where the field is emptied, it stays so."""
        field = self.fields["follows"]
        series = field.queryset.filter(unit__in=self.fields["unit"].queryset)
        latest = dict(series.reverse().values_list("kind", "pk"))
        self.fields["kind"].widget.attrs["data-latest"] = json.dumps(latest)
        kind = self.get_initial_for_field(self.fields["kind"], "kind")
        self.initial["follows"] = latest.get(getattr(kind, "pk", kind))
        if self.initial["follows"]:
            suggested = _(
                "The latest one of the same kind is suggested. Choose none if this one begins anew."
            )
            field.help_text = format_lazy("{} {}", field.help_text, suggested)

    @property
    def pattern(self):
        """What the forum is made after: an earlier forum, or else its kind."""
        return self.cleaned_data["like"] or self.cleaned_data["kind"]


def _begins_later(follows):
    """Nobody could answer in time for what is promised at a forum that is yet to come, and the summary of the
    one that follows it would never come out (`Commitment.objects.unanswered_at`)."""
    day = date_format(timezone.localtime(follows.starts_at), "j F Y")
    words = gettext("%(forum)s begins on %(day)s. Choose one that begins before this one does, or none.")
    return words % {"forum": follows.title, "day": day}


def halves(*names):
    """Fields beside each other, where there is room."""
    return Div(*(Div(name, css_class="col-sm-6") for name in names), css_class="row")


def _layout():
    return Layout(
        HTML('{% include "forums/parts/form_errors.html" %}'),
        Fieldset(_("What"), halves("kind", "title"), "theme", "description", css_class="group"),
        Fieldset(
            _("When and where"),
            halves("starts_at", "ends_at"),
            halves("place", "join_url"),
            css_class="group",
        ),
        Fieldset(
            _("Who"),
            Div("audience", HTML('{% include "forums/parts/audience_rows.html" %}'), data_audience=""),
            halves("seats", "registration_closes_at"),
            "restricted",
            css_class="group",
        ),
        Fieldset(_("Answering"), "allows_deputies", "asks_diet", "asks_access", css_class="group"),
        Fieldset(_("Behind it"), halves("unit", "organiser"), "follows", css_class="group"),
    )
