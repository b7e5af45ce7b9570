"""Choosing topics for a forum or a commitment."""

from django import forms

from news.forms.topics import TopicsField


class AboutForm(forms.Form):
    """Which topics it is about."""

    def __init__(self, *args, thing, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"] = TopicsField(chosen=thing.topics.all())
