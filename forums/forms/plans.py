"""All that one page asks of a forum: its facts, and the rows of its audience."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import Person, assignments_meant_by
from forums.forms.audiences import make_rows, rules_of
from forums.forms.planning import ForumForm, NewForumForm
from forums.forms.rows import FormsOfOnePage
from forums.withdrawing import people_to_withdraw_from, people_who_keep_a_seat

# The button that counts the audience, where it was pressed.
COUNT = "count_audience"


class ForumPlan(FormsOfOnePage):
    """A forum's facts and the rows of its audience, read and checked together.

    Attributes:
        grows: whether what was sent asks for another row, or to count the audience, and is not to be saved.
    """

    FORM = ForumForm

    def __init__(self, data=None, *, person, **of_form):
        self.form = self.FORM(data, person=person, **of_form)
        self.rows = make_rows(data, person=person, audience=self.form.standing_audience)
        self.grows = self.rows.grows or (data is not None and COUNT in data)
        self.form.is_looked_at = self.grows
        self.parts = [self.form, self.rows]

    def is_valid(self):
        """Of the rows nothing is asked where one of the audiences offered is chosen, and they stand as they
        stood. Filled in beside it, they would say two things."""
        if not self.form.is_bound:
            return False
        valid = self.form.is_valid()
        chosen = self.form.cleaned_data.get("audience")
        if chosen:
            both = self.rows.is_bound and any(row.is_chosen for row in self.rows.forms)
            if both:
                words = _(
                    "You have chosen “%(audience)s” and filled in rows below as well. Choose one of them."
                )
                self.form.add_error("audience", words % {"audience": chosen})
            return valid and not both
        if "audience" in self.form.errors:
            return False
        rows_valid = not self.rows.is_bound or self.rows.is_valid()
        if rows_valid and not self.rules:
            self.form.add_error("audience", _("Say who is invited: choose an audience or fill in a row."))
        return valid and rows_valid and bool(self.rules)

    @property
    def rules(self):
        return self.rows.rules if self.rows.is_bound else []

    @property
    def facts(self):
        """What `planning.plan_forum` and `change_forum` take."""
        facts = {name: value for name, value in self.form.cleaned_data.items() if name != "like"}
        return facts | {"audience": facts["audience"] or self.rules}

    @cached_property
    def people(self):
        """How many people the audience means today, as far as it is filled in; None where it is not."""
        rules = self._rules_in_sight()
        if not rules:
            return None
        meant = assignments_meant_by(rules).values("person_id")
        return Person.objects.filter(is_active=True, pk__in=meant).count()

    @cached_property
    def falling_out(self):
        """How many of the invited another audience than the forum's would leave out, as far as it is filled
        in: {"told": those who lose the invitation, "kept": those who have a seat and keep it}. None where
        nobody has been invited, or the audience is the forum's own."""
        forum, rules = self.form.instance, self._rules_in_sight()
        if not rules or not forum.is_announced or forum.is_past or self._is_the_forums_own(rules):
            return None
        posts = assignments_meant_by(rules)
        return {
            "told": people_to_withdraw_from(forum, posts).count(),
            "kept": people_who_keep_a_seat(forum, posts).count(),
        }

    def _is_the_forums_own(self, rules):
        """Whether the audience in sight is the one that the forum has, as `change_forum` would find."""
        audience, chosen = self.form.instance.audience, self.form["audience"].value()
        if chosen:
            return str(getattr(chosen, "pk", chosen)) == str(audience.pk)
        kept = {(group, unit.pk) for group, unit in rules_of(audience)}
        return kept == {(rule.group, rule.unit_id) for rule in rules}

    def _rules_in_sight(self):
        field = self.form["audience"]
        chosen = field.value()
        if not chosen:
            return self.rows.rules_so_far
        pk = getattr(chosen, "pk", chosen)
        offered = {str(audience.pk): audience for audience in field.field.queryset}
        return list(offered[str(pk)].rules.all()) if str(pk) in offered else []


class NewForumPlan(ForumPlan):
    FORM = NewForumForm
