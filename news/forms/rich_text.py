"""The field for rich text: a plain textarea that static/js/rich-text.js makes an editor of."""

import json

from django import forms
from django.templatetags.static import static
from django.utils.translation import gettext as _

EDITOR = "django_prose_editor/editor.js"


def editor_words():
    """The editor's own English words -> the page's language. It asks for each by the English."""
    return {
        "Bold": _("Bold"),
        "Italic": _("Italic"),
        "Paragraph": _("Paragraph"),
        "Heading": _("Heading"),
    }


class RichTextArea(forms.Textarea):
    """A textarea of HTML. Without script it is just that; the server sanitises either way."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 18, **(attrs or {})})

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-rich-text": static(EDITOR),
            "data-rich-text-words": json.dumps(editor_words(), ensure_ascii=False),
        }
        return context
