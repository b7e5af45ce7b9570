"""The field for rich text: a plain textarea that static/js/rich-text.js makes an editor of."""

import json

from django import forms
from django.templatetags.static import static
from django.urls import reverse
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
        "shiftKey": pgettext("a key", "Shift"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "linkAddress": _("Search, or write an address"),
        "linkHelp": _("The name of a text, a forum, a person or a document, or a web address."),
        "linkBad": _("Choose from the list, or write an address that begins with https:// or mailto:"),
        "linkFound": _("What was found"),
        "linkNone": _("Nothing in the portal has that name."),
        "linkNoContact": _("No contact: nothing can be looked up just now."),
        "table": pgettext("in a text", "Table"),
        "rowAfter": _("Add a row below"),
        "columnAfter": _("Add a column to the right"),
        "headerRow": _("Header row"),
        "headerColumn": _("Header column"),
        "tableCaption": _("The table’s heading"),
        "tableCaptionHelp": _("What the table shows. It stands above the table."),
        "deleteRow": _("Remove the row"),
        "deleteColumn": _("Remove the column"),
        "deleteTable": _("Remove the table"),
        "picture": _("Picture"),
        "pictureSearch": _("Search among the pictures"),
        "pictureUpload": _("Or choose a new one"),
        "pictureNone": _("No picture has those words in its name, alternative text or credit."),
        "document": _("Document"),
        "documentSearch": _("Search among the documents"),
        "documentUpload": _("Or choose a new one"),
        "documentNone": _("No document has those words in its name."),
        "uploading": _("Uploading …"),
        "uploadFailed": _("No contact: the file is not uploaded. Try again."),
        "uploadSignedOut": _("You are signed out. Sign in in another tab, and try again."),
        "pictureLost": _(
            "A picture did not come along. Save it on your computer, and put it in with the tool Picture."
        ),
        "picturesLost": _(
            "{count} pictures did not come along. Save them on your computer, and put them in with the "
            "tool Picture."
        ),
        "struckLost": _("Words that were struck out did not come along:"),
        "removePicture": _("Remove the picture"),
        "unnamed": _("Picture without a name"),
        "figure": _("The words of the picture"),
        "figureAlt": _("Alternative text"),
        "figureAltHelp": _("What the picture shows, for those who cannot see it."),
        "figureDecoration": _("The picture is only decoration"),
        "figureCaption": _("Caption"),
        "figureCredit": _("Photographer or source"),
        "figureOk": _("Keep the words"),
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
            "data-link-targets": reverse("news:link_targets"),
            "data-pictures": reverse("news:pictures"),
            "data-upload-picture": reverse("news:upload_picture"),
            "data-documents": reverse("news:documents"),
            "data-upload-document": reverse("news:upload_document"),
            "data-rich-text-words": json.dumps(editor_words(), ensure_ascii=False),
        }
        return context
