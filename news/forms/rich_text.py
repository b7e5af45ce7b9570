"""The field for rich text: a plain textarea that static/js/rich-text.js makes an editor of."""

import json

from django import forms
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

EDITOR = "django_prose_editor/editor.js"


def editor_words():
    """What the editor's buttons and its link dialog say, by the names that rich-text.js knows them by."""
    return {
        "toolbar": _("Formatting"),
        "paragraph": _("Paragraph"),
        "heading2": _("Heading 2"),
        "heading3": _("Heading 3"),
        "heading4": _("Heading 4"),
        "headingMark": pgettext("the letter before a heading's level on its button", "H"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "bulletList": _("Bullet list"),
        "orderedList": _("Numbered list"),
        "blockquote": _("Quotation"),
        "speaker": _("Who said it (the last line of a quotation)"),
        "factBox": _("Fact box"),
        "link": _("Link"),
        "unlink": _("Remove the link"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "linkAddress": _("Address"),
        "linkHelp": _("A web address, or a page of the portal such as /nyheter/…"),
        "linkBad": _("Write an address that begins with https://, / or mailto:"),
        "ok": _("Insert the link"),
        "cancel": _("Cancel"),
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
