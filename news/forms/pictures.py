"""Uploading a picture to the library, saying what it shows."""

import uuid

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from news.models import Picture
from news.picturing import ACCEPTED, BadPicture, add_picture

WORDS = ["alt", "is_decoration", "credit", "in_library"]
LABELS = {
    "name": _("Name"),
    "alt": _("Alternative text"),
    "is_decoration": _("The picture is only decoration"),
    "credit": _("Photographer or source"),
    "in_library": _("Others who write may find it in the library"),
    "focal_x": _("Percent from the left"),
    "focal_y": _("Percent from the top"),
}
HELP_TEXTS = {
    "alt": _("What the picture shows, for those who cannot see it."),
    "is_decoration": _("It tells nothing that the text does not say, so it needs no alternative text."),
    "in_library": _("Uncheck it for what must stay secret until it is published."),
}


class PictureWordsForm(forms.ModelForm):
    """A picture says what it shows, or that it is only decoration."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self):
        words = super().clean()
        if words.get("is_decoration"):
            words["alt"] = ""
        elif "alt" in words and not words["alt"].strip():
            self.add_error("alt", _("Say what the picture shows, or that it is only decoration."))
        return words

    def _post_clean(self):
        """Nothing is written into the instance: the verb does the saving."""


class DescribePictureForm(PictureWordsForm):
    focal_x = forms.IntegerField(label=LABELS["focal_x"], min_value=0, max_value=100)
    focal_y = forms.IntegerField(label=LABELS["focal_y"], min_value=0, max_value=100)

    class Meta:
        model = Picture
        fields = ["name", *WORDS, "focal_x", "focal_y"]
        labels = LABELS
        help_texts = HELP_TEXTS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        points = [
            Field(name, data_focal_field=name[-1], wrapper_class="col") for name in ("focal_x", "focal_y")
        ]
        self.helper.layout = Layout("name", *WORDS, Div(*points, css_class="row focal-fields"))


class NewPictureForm(PictureWordsForm):
    """The file is taken in while the form is cleaned, once all else is right: a bad one gets its message
    beside the field."""

    # Made with the empty form: the same form sent twice adds one picture.
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    file = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("JPEG, PNG, WebP or HEIC, at most 25 MB."),
    )

    class Meta:
        model = Picture
        fields = WORDS
        labels = LABELS
        help_texts = HELP_TEXTS

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.picture = by, None
        self.initial["in_library"] = True
        self.order_fields(["file", *WORDS, "key"])

    def clean(self):
        words = super().clean()
        if not self.errors:
            try:
                self.picture = add_picture(**words, by=self.by)
            except BadPicture as bad:
                self.add_error("file", str(bad))
        return words
