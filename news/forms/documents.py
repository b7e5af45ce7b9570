"""Uploading a document, replacing its file, naming it."""

import uuid

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import refused_beside_field
from news.examining import CONTENT_TYPES, examine
from news.models import Document


class DocumentFileForm(forms.Form):
    """A file, examined while the form is cleaned: a bad one gets its message beside the field."""

    file = forms.FileField(label=gettext_lazy("File"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{kind}" for kind in CONTENT_TYPES)
        self.fields["file"].help_text = _(
            "PDF, office files (docx, xlsx, pptx, odt, ods, odp) and texts (txt, csv), at most %(most)s."
        ) % {"most": filesizeformat(settings.DOCUMENT_MAX_BYTES)}
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_file(self):
        file = self.cleaned_data["file"]
        with refused_beside_field():
            examine(file)
        return file


class DescribeDocumentForm(forms.ModelForm):
    """What people call it, and whether others find it."""

    class Meta:
        model = Document
        fields = ["title", "in_library"]
        labels = {
            "title": gettext_lazy("Name"),
            "in_library": gettext_lazy("Others who write may find it in the library"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def _post_clean(self):
        """Nothing is written into the instance: the verb does the saving."""


class NewDocumentForm(DocumentFileForm):
    # Made with the empty form: the same form sent twice adds one document.
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    title = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("What readers and colleagues know it by. The file’s name, if left empty."),
    )
    in_library = forms.BooleanField(
        label=gettext_lazy("Others who write may find it in the library"),
        help_text=gettext_lazy("Uncheck it for what must stay secret until it is published."),
        required=False,
        initial=True,
    )
