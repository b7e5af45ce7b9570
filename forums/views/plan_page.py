"""One page of a forum's plan, which a colleague may have saved since it was opened."""

from django import forms
from django.shortcuts import render

from forums.forms.differences import Differences
from forums.planning import CannotPlan, StalePlan
from forums.views.fetching import forum_to_organise


class RevisionForm(forms.Form):
    """How many times the page's part of the plan had been saved when the page was opened."""

    revision = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)


class PlanPage:
    """The form of one part of the plan, and what becomes of it when it is sent.

    Args:
        part: a key of `Forum.revisions`.
        make_form: takes the forum and what was sent (or None), and returns the form. It may be a
            form, a formset or an object with the same methods.
    """

    def __init__(self, request, slug, *, part, make_form):
        self.request, self.slug, self.part, self.make_form = request, slug, part, make_form
        self.forum = forum_to_organise(request, slug)
        self.form = make_form(self.forum, request.POST or None)
        self.seen = self._revision_sent() if request.method == "POST" else self.revision
        self.differences = None

    @property
    def revision(self):
        return self.forum.revision_of(self.part)

    def saves(self, verb):
        """Do `verb(forum, revision)` with what was sent; returns whether it stands there now.

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
            verb(self.forum, self.seen)
        except StalePlan:
            self.forum = forum_to_organise(self.request, self.slug)
            return not self._compare()
        except CannotPlan as refusal:
            self.form.add_error(refusal.field, str(refusal))
            return False
        return True

    def render(self, template, **context):
        context |= {
            "forum": self.forum,
            "part": self.part,
            "revision": self.seen,
            "differences": self.differences,
        }
        return render(self.request, template, context, status=409 if self.differences else 200)

    def _compare(self):
        """Set what is now beside what was typed. Sent once more, it is meant."""
        self.differences = Differences(self.make_form(self.forum, None), self.form)
        self.seen = self.revision
        return self.differences

    def _revision_sent(self):
        sent = RevisionForm(self.request.POST)
        return (sent.is_valid() and sent.cleaned_data["revision"]) or 0
