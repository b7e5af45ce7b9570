"""Starting an article and writing its draft."""

import uuid

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.fields import NumberField, PersonField, UnitField, refused_beside_field
from accounts.models import Audience, Role, Unit
from news.forms.rich_text import RichTextArea
from news.forms.topics import TopicsField
from news.models import Article, Blog, Picture, Topic, Version
from news.permissions import blogs_to_write_in, may_change_picture, may_write, units_to_write_for
from news.picturing import ACCEPTED, BadPicture, add_picture
from news.sanitising import refuse_absurd

AIMED = _("It comes first for those it is meant for, and they are told of it. Others can find it too.")
RESTRICTED = _("For others it is not there: not in lists, not in the search, not at its address.")
EMBARGOED = _("Until then nobody but its writers and those who review it can see the draft.")


class NewArticleForm(forms.ModelForm):
    """What is decided once, before the writing begins."""

    title = forms.CharField(label=_("Title"), max_length=160)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind, capfirst(kind.label)) for kind in Article.Kind if kind != Article.Kind.SUMMARY],
    )
    author = PersonField(
        label=_("Author"),
        help_text=_("Name or e-mail address. Empty where the text speaks on behalf of its unit."),
        required=False,
    )
    # Made with the empty form: the same form sent twice starts one article.
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    class Meta:
        model = Article
        fields = ["unit", "audience", "restricted", "embargoed"]
        field_classes = {"unit": UnitField}
        labels = {
            "unit": _("On behalf of"),
            "audience": _("Audience"),
            "restricted": _("Only the audience may read it"),
            "embargoed": _("Secret until it is published"),
        }
        help_texts = {"audience": AIMED, "restricted": RESTRICTED, "embargoed": EMBARGOED}

    def __init__(self, *args, writer, blog=None, **kwargs):
        super().__init__(*args, **kwargs)
        blogs = blogs_to_write_in(writer)
        own = Unit.objects.filter(pk__in=[blog.unit_id for blog in blogs])
        self.writer, self.fields["unit"].queryset = writer, units_to_write_for(writer) | own
        self.fields["unit"].empty_label = _("Choose a unit")
        if not may_write(writer):  # whoever holds the office of a blog, and writes nothing else
            kinds = self.fields["kind"].choices
            self.fields["kind"].choices = [choice for choice in kinds if choice[0] == Article.Kind.BLOG]
        if blogs:
            self.fields["blog"] = forms.ModelChoiceField(
                Blog.objects.filter(pk__in=[blog.pk for blog in blogs]),
                label=_("Blog"),
                help_text=_("The blog in which the post stands."),
                required=not may_write(writer),
                empty_label=_("No particular blog"),
                initial=blog or (None if may_write(writer) else blogs[0]),
            )
        self.fields["audience"].queryset = Audience.objects.ready_made()
        self.fields["audience"].empty_label = _("Choose an audience")
        if writer.reach.covers(Role.COMMUNICATOR, None):
            # Whoever writes for a part of the municipality says whom it is meant for: all, or the part.
            self.fields["audience"].initial = Audience.objects.ready_made().of_everyone().first()
        if post := writer.assignments.current().first():
            self.initial.setdefault("unit", post.unit_id)
        if Topic.objects.in_use().exists():
            help_text = _("One or two are enough. You can change them later.")
            self.fields["topics"] = TopicsField(help_text=help_text)
        order = ["title", "kind", "blog", "unit", "author", "audience", "restricted", "topics"]
        order += ["embargoed", "form_key"]
        self.order_fields(order)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self):
        """A post of a blog is by whoever holds its office, unless somebody else is named."""
        choices = super().clean()
        if choices.get("kind") != Article.Kind.BLOG:
            choices.pop("blog", None)
        elif (blog := choices.get("blog")) and not choices.get("author"):
            holders = list(blog.holders())
            if len(holders) == 1 and self.writer not in holders:
                choices["author"] = holders[0]
        return choices


class DraftForm(forms.ModelForm):
    """One save of a draft. A picture file is taken in while the form is cleaned, so that it is kept
    when another field has to be mended; a bad one gets its message beside the field."""

    revision = NumberField(min_value=0, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    # The window in which it is written, and its clock: news.models.SaveRun.
    window = forms.UUIDField(
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}), initial=uuid.uuid4, required=False
    )
    turn = forms.IntegerField(
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
        initial=0,
        required=False,
        min_value=0,
        max_value=2**53,
    )
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
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("JPEG, PNG, WebP or HEIC, at most 25 MB."),
    )
    # The browser's key for its choice of a file: sent at once and once more with the form, it is one.
    picture_key = forms.UUIDField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False)
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
            "picture_is_decoration",
            "picture_credit",
            "is_minor",
        ]
        labels = {
            "picture_caption": _("Caption"),
            "picture_alt": _("Alternative text"),
            "picture_is_decoration": _("The picture is only decoration"),
            "picture_credit": _("Photographer or source"),
            "is_minor": _("This is a small correction"),
        }
        help_texts = {
            "picture_alt": _("What the picture shows, for those who cannot see it."),
            "picture_is_decoration": _(
                "It tells nothing that the text does not say, so it needs no alternative text."
            ),
            "is_minor": _("“Last updated” stays as it was, and nobody is notified."),
        }

    def __init__(self, *args, writer, is_update, picked=None, **kwargs):
        """`picked` is the number (a UUID) of a picture to begin with, instead of the draft's."""
        super().__init__(*args, **kwargs)
        self.writer = writer
        self.fields["picture"].queryset = Picture.objects.visible_to(writer)
        self.picked = self.fields["picture"].queryset.filter(pk=picked).first() if picked else None
        if self.picked:
            self._begin_with(self.picked)
        self.initial["revision"] = self.instance.revision
        if not is_update:
            del self.fields["is_minor"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout(is_update)

    def _layout(self, is_update):
        chooser = HTML("{% include 'news/parts/lead_picture.html' %}")
        picture = ["picture", "picture_key", chooser, "picture_file"]
        if self.shown_picture:
            picture.append("remove_picture")
        return Layout(
            "revision",
            "window",
            "turn",
            "title",
            "lead",
            "body",
            Fieldset(
                _("Picture"),
                *picture,
                "picture_caption",
                "picture_alt",
                "picture_is_decoration",
                "picture_credit",
            ),
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

    @property
    def may_change_shown_picture(self):
        picture = self.shown_picture
        return bool(picture) and may_change_picture(self.writer, picture)

    def _begin_with(self, picture):
        """The picture, and what is known of it; what is not known stays as it is in the draft."""
        self.initial["picture"] = picture.pk
        if picture.alt or picture.is_decoration:
            words = {"picture_alt": picture.alt, "picture_is_decoration": picture.is_decoration}
            self.initial |= words
        if picture.credit:
            self.initial["picture_credit"] = picture.credit

    def clean_body(self):
        body = self.cleaned_data["body"]
        with refused_beside_field():
            refuse_absurd(body)
        return body

    def clean(self):
        words = super().clean()
        if words.get("picture_file"):
            self._take_in(words)
        elif words.get("remove_picture"):
            words["picture"] = None
            self._hold("picture", "")
        return words

    def _take_in(self, words):
        try:
            picture = add_picture(words["picture_file"], by=self.writer, key=words.get("picture_key"))
        except BadPicture as bad:
            self.add_error("picture_file", str(bad))
        else:
            words["picture"] = picture
            self._hold("picture", picture.pk)

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
        words = {name: self.cleaned_data[name] for name in [*names, "revision", "window"]}
        return words | {"turn": self.cleaned_data["turn"] or 0}

    def _post_clean(self):
        """Nothing is written into the instance: the verb does the saving, under its lock."""


class AutosaveForm(DraftForm):
    """What has been written so far. A picture is taken in, or away, when the writer saves."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("picture_file", "remove_picture"):
            self.fields[name].disabled = True

    @property
    def first_fault(self):
        """A sentence that says what keeps the text from being saved."""
        name, faults = next(iter(self.errors.items()))
        return f"{self.fields[name].label}: {faults[0]}" if name in self.fields else faults[0]
