"""A page that several people edit, and that a colleague may have saved since it was opened."""

from django import forms
from django.shortcuts import get_object_or_404, render

from accounts.fields import NumberField
from forums.forms.differences import Differences
from forums.forms.kinds import KindPlan
from forums.models import ForumKind
from forums.planning import CannotPlan, StalePlan
from forums.views.fetching import forum_to_organise


class RevisionForm(forms.Form):
    """How many times the page's part of the plan had been saved when the page was opened."""

    revision = NumberField(min_value=0, required=False, widget=forms.HiddenInput)


class SharedPage:
    """The form of one page, and what becomes of it when it is sent.

    A subclass says how its `thing` is fetched (`fetch`) and how many times it has been saved (`revision`).

    Args:
        make_form: takes the thing and what was sent (or None), and returns the form. It may be a
            form, a formset or an object with the same methods.
    """

    def __init__(self, request, make_form):
        self.request, self.make_form = request, make_form
        self.thing = self.fetch()
        self.form = make_form(self.thing, request.POST or None)
        self.seen = self._revision_sent() if request.method == "POST" else self.revision
        self.differences = None

    def saves(self, verb):
        """Do `verb(thing, revision)` with what was sent; returns whether it stands there now.

        Where a colleague came between, nothing is written, and `render` shows both. What both wrote
        alike, or was sent twice, stands there already.
        """
        if self.request.method != "POST" or getattr(self.form, "grows", False):
            return False
        if self.seen != self.revision:
            return not self._compare()
        if not self.form.is_valid():
            return False
        try:
            verb(self.thing, self.seen)
        except StalePlan:
            self.thing = self.fetch()
            return not self._compare()
        except CannotPlan as refusal:
            self.form.add_error(refusal.field, str(refusal))
            return False
        return True

    def render(self, template, **context):
        context |= {"revision": self.seen, "differences": self.differences}
        return render(self.request, template, context, status=409 if self.differences else 200)

    def _compare(self):
        """Set what is now beside what was typed. Sent once more, it is meant."""
        self.differences = Differences(self.make_form(self.thing, None), self.form)
        self.seen = self.revision
        return self.differences

    def _revision_sent(self):
        sent = RevisionForm(self.request.POST)
        return (sent.is_valid() and sent.cleaned_data["revision"]) or 0


class PlanPage(SharedPage):
    """One page of a forum's plan. `part` is a key of `Forum.revisions`."""

    def __init__(self, request, slug, *, part, make_form):
        self.slug, self.part = slug, part
        super().__init__(request, make_form)

    def fetch(self):
        return forum_to_organise(self.request, self.slug)

    @property
    def forum(self):
        return self.thing

    @property
    def revision(self):
        return self.forum.revision_of(self.part)

    def render(self, template, **context):
        return super().render(template, forum=self.forum, part=self.part, **context)


class KindPage(SharedPage):
    """The page of a kind of forum; `pk` is None for one that is being made."""

    def __init__(self, request, pk=None):
        self.pk = pk
        super().__init__(request, KindPlan)

    def fetch(self):
        return get_object_or_404(ForumKind, pk=self.pk) if self.pk else None

    @property
    def revision(self):
        return self.thing.revision if self.thing else 0
