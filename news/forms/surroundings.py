"""What stands around a text, and the blogs."""

import uuid
from urllib.parse import urlsplit

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.fields import PersonField, UnitField
from accounts.models import Unit
from news.forms.reviews import PlainForm
from news.forms.topics import TopicsField
from news.models import Article, Blog, Topic
from news.permissions import blogs_to_write_in

MOST_RELATED = 4


class RelatedField(forms.CharField):
    """Articles, one address to a line; cleans to a list of Article that `reader` may open somewhere."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, *, reader, **kwargs):
        super().__init__(max_length=1500, required=False, **kwargs)
        self.reader = reader

    def prepare_value(self, value):
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(article.get_absolute_url() for article in value)

    def clean(self, value):
        """The articles, as a list."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_RELATED:
            raise forms.ValidationError(_("Four are enough."))
        return [self._named_by(line) for line in lines]

    def _named_by(self, line):
        slug = urlsplit(line).path.rstrip("/").rpartition("/")[2]
        article = Article.objects.found_by(self.reader).filter(slug=slug).first() if slug else None
        if article is None:
            message = _("“%(line)s” leads to no article. Copy the address from the article's page.")
            raise forms.ValidationError(message, params={"line": line})
        return article


class SurroundingsForm(PlainForm):
    """What stands around an article's text."""

    author = PersonField(
        label=_("Author"),
        help_text=_("Name or e-mail address. Empty where the text speaks on behalf of its unit."),
        required=False,
    )
    talk = forms.ChoiceField(
        label=_("Comments and questions from readers"),
        choices=[(talk, capfirst(talk.label)) for talk in Article.Talk],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, article, editor, **kwargs):
        initial = {"author": article.author, "talk": article.talk, "blog": article.blog_id}
        super().__init__(*args, initial=initial, **kwargs)
        if Topic.objects.exists():
            self.fields["topics"] = TopicsField(
                chosen=article.topics.all(), help_text=_("One or two are enough.")
            )
        self.fields["related"] = RelatedField(
            reader=editor,
            label=_("Read more"),
            help_text=_("Addresses of articles, one to a line. Others are found by its topics."),
            initial=list(article.related.all()),
        )
        if article.kind == Article.Kind.BLOG:
            blogs = {article.blog, *blogs_to_write_in(editor)} - {None}
            self.fields["blog"] = forms.ModelChoiceField(
                Blog.objects.filter(pk__in=[blog.pk for blog in blogs]), label=_("Blog"), required=False
            )
        self.order_fields(["topics", "blog", "author", "related", "talk"])


class BlogForm(PlainForm):
    """One blog: whose it is."""

    FIELDS = ("name", "unit", "office", "about")

    name = forms.CharField(label=_("Name"), max_length=80)
    unit = UnitField(Unit.objects.all(), label=_("Unit of the office"))
    office = forms.CharField(
        label=_("Title of the post"),
        help_text=_("As it stands among the posts of the unit: whoever holds it writes the blog."),
        max_length=120,
    )
    about = forms.CharField(
        label=_("What it is about"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, blog, **kwargs):
        initial = {name: getattr(blog, name) for name in self.FIELDS} if blog.pk else {}
        super().__init__(*args, initial=initial, **kwargs)


class NewBlogForm(BlogForm):
    # Made with the empty form: the same form sent twice opens one blog.
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, blog=Blog(), **kwargs)
