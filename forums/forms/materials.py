"""Sharing a document, a link or a recording."""

import uuid

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import refused_beside_field
from forums.forms.choices import capitalised
from forums.models import Material, ProgrammeItem
from news.documenting import examine
from news.examining import CONTENT_TYPES


class ItemChoice(forms.ModelChoiceField):
    def label_from_instance(self, item):
        return item.title


class MaterialForm(forms.Form):
    """A file or a link, never both. A file is examined while the form is cleaned."""

    # Made with the empty form: the same form sent twice shares once.
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    title = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("The file’s name, if left empty."),
    )
    item = ItemChoice(
        ProgrammeItem.objects.none(),
        label=gettext_lazy("Belongs to"),
        required=False,
        empty_label=gettext_lazy("The forum as a whole"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=capitalised(Material.Kind))
    file = forms.FileField(label=gettext_lazy("File"), required=False)
    url = forms.URLField(
        label=gettext_lazy("or a link"), max_length=500, required=False, assume_scheme="https"
    )

    def __init__(self, *args, forum, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = forum.programme.all()
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{kind}" for kind in CONTENT_TYPES)
        self.fields["file"].help_text = _(
            "PDF, office files (docx, xlsx, pptx, odt, ods, odp) and texts (txt, csv), at most %(most)s."
        ) % {"most": filesizeformat(settings.DOCUMENT_MAX_BYTES)}
        self.fields["url"].help_text = _(
            "To a recording where your films are kept, for example. The address stands on no page: "
            "whoever may open it is led there."
        )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file:
            with refused_beside_field():
                examine(file)
        return file

    def clean(self):
        cleaned = super().clean()
        if {"file", "url"} <= cleaned.keys() and bool(cleaned["file"]) == bool(cleaned["url"]):
            self.add_error("file", _("Choose a file or write a link, one of the two."))
        if cleaned.get("url") and not cleaned.get("title"):
            self.add_error("title", _("Say what the link leads to."))
        return cleaned
