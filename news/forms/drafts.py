"""Starting an article and writing its draft."""

import uuid

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Audience
from news.forms.rich_text import RichTextArea
from news.models import Article, Picture, Version
from news.permissions import units_to_write_for
from news.picturing import BadPicture, add_picture


class NewArticleForm(forms.ModelForm):
    """What is decided once, before the writing begins."""

    title = forms.CharField(label=_("Title"), max_length=160)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind, capfirst(kind.label)) for kind in Article.Kind if kind != Article.Kind.SUMMARY],
    )
    # Made with the empty form: the same form sent twice starts one article.
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    class Meta:
        model = Article
        fields = ["unit", "audience", "restricted", "embargoed"]
        labels = {
            "unit": _("On behalf of"),
            "audience": _("Audience"),
            "restricted": _("Only the audience may read it"),
            "embargoed": _("Secret until it is published"),
        }
        help_texts = {
            "audience": _(
                "Those it is meant for see it first. Others can find it unless you choose otherwise."
            ),
            "embargoed": _("Until then nobody but its writers and those who review it can see the draft."),
        }

    def __init__(self, *args, writer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_write_for(writer)
        self.fields["audience"].queryset = Audience.objects.all()
        if post := writer.assignments.current().first():
            self.initial.setdefault("unit", post.unit_id)
        self.order_fields(["title", "kind", "unit", "audience", "restricted", "embargoed", "form_key"])
        self.helper = FormHelper()
        self.helper.form_tag = False


class DraftForm(forms.ModelForm):
    """One save of a draft. A picture file is taken in while the form is cleaned, so that it is kept
    when another field has to be mended; a bad one gets its message beside the field."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=160)
    lead = forms.CharField(
        label=_("Lead"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What it is about, in a sentence or two."),
    )
    body = forms.CharField(label=_("Text"), required=False, widget=RichTextArea)
    picture = forms.ModelChoiceField(Picture.objects.none(), required=False, widget=forms.HiddenInput)
    picture_file = forms.FileField(
        label=_("Choose a picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, at most 25 MB."),
    )
    remove_picture = forms.BooleanField(label=_("Remove the picture"), required=False)

    class Meta:
        model = Version
        fields = [
            "title",
            "lead",
            "body",
            "picture",
            "picture_caption",
            "picture_alt",
            "picture_credit",
            "is_minor",
        ]
        labels = {
            "picture_caption": _("Caption"),
            "picture_alt": _("Alternative text"),
            "picture_credit": _("Photographer or source"),
            "is_minor": _("This is a small correction"),
        }
        help_texts = {
            "picture_alt": _("What the picture shows, for those who cannot see it."),
            "is_minor": _("“Last updated” stays as it was, and nobody is notified."),
        }

    def __init__(self, *args, writer, is_update, **kwargs):
        super().__init__(*args, **kwargs)
        self.writer = writer
        self.fields["picture"].queryset = Picture.objects.visible_to(writer)
        self.initial["revision"] = self.instance.revision
        if not is_update:
            del self.fields["is_minor"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout(is_update)

    def _layout(self, is_update):
        picture = ["picture", "picture_file"]
        if self.shown_picture:
            picture.append("remove_picture")
        return Layout(
            "revision",
            "title",
            "lead",
            "body",
            Fieldset(_("Picture"), *picture, "picture_caption", "picture_alt", "picture_credit"),
            *([Div("is_minor")] if is_update else []),
        )

    @property
    def shown_picture(self):
        """The picture that the form holds now: the one sent with it, or the draft's."""
        key = self["picture"].value()
        try:
            return self.fields["picture"].queryset.filter(pk=uuid.UUID(str(key))).first() if key else None
        except ValueError:
            return None

    def clean_picture_file(self):
        file = self.cleaned_data["picture_file"]
        if not file:
            return None
        try:
            picture = add_picture(file, by=self.writer)
        except BadPicture as bad:
            raise forms.ValidationError(str(bad)) from bad
        self._hold("picture", picture.pk)
        return picture

    def clean(self):
        words = super().clean()
        if words.get("picture_file"):
            words["picture"] = words["picture_file"]
        elif words.get("remove_picture"):
            words["picture"] = None
            self._hold("picture", "")
        return words

    def based_on(self, revision):
        """Say that what was typed is, after all, meant to be saved on top of this revision."""
        self._hold("revision", revision)

    def _hold(self, name, value):
        """Let the form, when it is shown again, hold this value."""
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = str(value)

    @property
    def words(self):
        """What `writing.save_draft` takes."""
        names = [name for name in self.Meta.fields if name in self.cleaned_data]
        return {name: self.cleaned_data[name] for name in [*names, "revision"]}

    def _post_clean(self):
        """Nothing is written into the instance: the verb does the saving, under its lock."""
