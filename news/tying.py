"""Figures that are tied to what they were counted from, and marked where a text says something else.

In a text such a figure is `<data value="key">tre</data>`. What a key stands for is known by whoever counted:
an app above registers a check. A changed figure is marked for those who write, sign and approve; whether it
is right is for them to say.
"""

import re
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

FIGURE = re.compile(r'<data value="([^"]*)">(.*?)</data>', re.DOTALL)
CHECKS = []


@dataclass(frozen=True)
class ChangedFigure:
    """A number in a text that its source does not say; or words of its source that are hidden since, or that
    have others in their place.

    Attributes:
        text: the words that stand in the text.
        source: what the source says; "" where it knows of no such number.
        around: the words around it, for finding it.
        key: that of its tie; "" where it has none.
        is_hidden: whether it is no number, but `text`, as HTML, of something that is hidden.
        is_overtaken: whether it is no number, but `text`, as HTML, of an answer with a newer one, `source`.
    """

    text: str
    source: str = ""
    around: str = ""
    key: str = ""
    is_hidden: bool = False
    is_overtaken: bool = False

    @property
    def panel(self):
        """In which of the panels beside the text it is told."""
        return "hidden" if self.is_hidden else "overtaken" if self.is_overtaken else "figures"


def register(check):
    """Let a function of a version tell its ChangedFigures. Called once for each, when the apps are ready."""
    CHECKS.append(check)


def changed_figures(version):
    """The ChangedFigures of a version, in the order of its text."""
    return [figure for check in CHECKS for figure in check(version)]


def mark_figures(body, changed):
    """Mark in a sanitised body the tied figures that were changed, each with what its source says, and the
    words that are hidden or overtaken."""
    by_key = {figure.key: figure for figure in changed if figure.key}

    def marked(match):
        figure = by_key.get(match[1])
        if figure is None:
            return match[0]
        context = {"figure": figure, "words": mark_safe(match[0])}
        return render_to_string("news/parts/changed_figure.html", context).strip()

    body = FIGURE.sub(marked, body) if by_key else body
    for text, figure in {figure.text: figure for figure in changed if figure.panel != "figures"}.items():
        context = {"figure": figure, "words": mark_safe(text)}
        words = render_to_string("news/parts/changed_figure.html", context).strip()
        body = body.replace(f">{text}</", f">{words}</")
    return body
