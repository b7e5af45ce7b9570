"""The plan of a group work: leaders, questions, rounds."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Side
from forums.forms.choices import capitalised
from forums.forms.people import PersonField
from forums.forms.rows import FormsOfOnePage, RowForm, formset_of
from forums.models import GroupWork, Question

BOTH = "both"
WRITERS = [
    (Side.ELECTED, _("elected members")),
    (Side.OFFICIAL, _("officials")),
    (BOTH, _("both sides")),
]
# First the elected members, then the officials, then both together.
USUAL_ROUNDS = [
    {"side": Side.ELECTED, "minutes": 20},
    {"side": Side.OFFICIAL, "minutes": 20},
    {"side": BOTH, "minutes": 15},
]


class GroupWorkForm(forms.Form):
    """Who leads, and whether notes carry names."""

    leader_elected = PersonField(
        label=_("Leader, elected members"), help_text=_("Name or e-mail address of an elected member.")
    )
    leader_official = PersonField(
        label=_("Leader, officials"), help_text=_("Name or e-mail address of an official.")
    )
    anonymous = forms.BooleanField(
        label=_("Anonymous notes"),
        required=False,
        initial=True,
        help_text=_("Notes then carry no name, and nobody can find out who wrote them."),
    )
    wall_for_all = forms.BooleanField(
        label=_("The big screen is open to all"),
        required=False,
        help_text=_(
            "Everybody who can see the forum may then follow the words and the numbers, but reads no notes. "
            "Those who write are told before they begin, and it can't be changed once the group work has "
            "started."
        ),
    )
    dots_on = forms.ChoiceField(
        label=_("Dots are put on"),
        choices=capitalised(GroupWork.Scope),
        initial=GroupWork.Scope.ROOM,
        widget=forms.RadioSelect,
        help_text=_("When the writing is over, each person puts three dots on the notes that matter most."),
    )

    def clean(self):
        cleaned = super().clean()
        leader = cleaned.get("leader_elected")
        if leader and leader == cleaned.get("leader_official"):
            self.add_error("leader_official", _("The group work has two leaders: choose two people."))
        return cleaned


class QuestionForm(RowForm):
    PRESET = ("kind",)

    kind = forms.ChoiceField(label=_("Kind"), choices=capitalised(Question.Kind), initial=Question.Kind.NEED)
    text = forms.CharField(label=_("Question"), max_length=250)


class RoundForm(RowForm):
    PRESET = ("side",)

    side = forms.ChoiceField(
        label=_("Who writes"),
        choices=capitalised(WRITERS),
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240)


QuestionFormSet = formset_of(QuestionForm, min_num=1, most=12)
RoundFormSet = formset_of(RoundForm, most=12)


class GroupWorkPlan(FormsOfOnePage):
    """The three forms of one page, read and checked together."""

    def __init__(self, forum, data=None):
        work = getattr(forum, "group_work", None)
        self.form = GroupWorkForm(data, initial=_facts_of(work))
        self.questions = QuestionFormSet(data, prefix="questions", initial=_questions_of(work))
        self.rounds = RoundFormSet(data, prefix="rounds", initial=_rounds_of(work))
        self.grows = self.questions.grows or self.rounds.grows

        self.parts = [self.form, self.questions, self.rounds]

    @property
    def fields(self):
        """What `planning.plan_group_work` takes."""
        return {
            **self.form.cleaned_data,
            "questions": [(row["kind"], row["text"]) for row in self.questions.kept],
            "rounds": [
                ("" if row["side"] == BOTH else row["side"], row["minutes"]) for row in self.rounds.kept
            ],
        }


def _facts_of(work):
    names = ("leader_elected", "leader_official", "anonymous", "wall_for_all", "dots_on")
    return {name: getattr(work, name) for name in names} if work else {}


def _questions_of(work):
    return (
        [{"kind": question.kind, "text": question.text} for question in work.questions.all()] if work else []
    )


def _rounds_of(work):
    if not work:
        return USUAL_ROUNDS
    return [{"side": round.side or BOTH, "minutes": round.minutes} for round in work.rounds.all()]
