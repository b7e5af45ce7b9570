"""What stands around a text, and the blogs."""

import json
import re
import uuid
from urllib.parse import urlsplit

from django import forms
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.fields import PersonField, UnitField
from accounts.models import Unit
from news.forms.reviews import PlainForm
from news.forms.topics import TopicsField
from news.models import Article, Blog, Topic
from news.permissions import blogs_to_write_in

MOST_RELATED = 4
# What is found by its name has this address; a number so long is none that a database knows.
BY_NUMBER = re.compile(r"/lank/artikel/(\d{1,15})/?")


class ArticleSearch(forms.Textarea):
    """Addresses of articles, one to a line, which static/js/article-search.js makes a search by name."""

    def __init__(self, *, find):
        super().__init__(attrs={"rows": 3})
        self.find = find

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        lines = [line.strip() for line in (value or "").splitlines() if line.strip()][:MOST_RELATED]
        titles = {line: article.title for line in lines if (article := self.find(line))}
        context["widget"]["attrs"] |= {
            "data-article-search": f"{reverse('news:link_targets')}?texter",
            "data-most": MOST_RELATED,
            "data-titles": json.dumps(titles, ensure_ascii=False),
            "data-words": json.dumps(self.words(), ensure_ascii=False),
        }
        return context

    @staticmethod
    def words():
        return {
            "help": gettext("Search for a text by its name. Others are found by its topics."),
            "enough": gettext("Four are enough. Remove one to choose another."),
            "added": gettext("“{title}” is added."),
            "remove": gettext("Remove"),
            "linkFound": gettext("What was found"),
            "linkNone": gettext("No published text has that name."),
            "linkNoContact": gettext("No contact: nothing can be looked up just now."),
        }


class RelatedField(forms.CharField):
    """Articles, one address to a line; cleans to a list of Article that `reader` may open somewhere."""

    def __init__(self, *, reader, **kwargs):
        self.reader = reader
        super().__init__(max_length=1500, required=False, widget=ArticleSearch(find=self.find), **kwargs)

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

    def find(self, line):
        """The article, with its `title`, that an address leads to: of its page, or by its number; or None."""
        path = _path_of(line).replace("\0", "")
        numbered = BY_NUMBER.fullmatch(path)
        named = {"pk": numbered[1]} if numbered else {"slug": path.rstrip("/").rpartition("/")[2]}
        return Article.objects.found_by(self.reader).with_title_to_show().filter(**named).first()

    def _named_by(self, line):
        article = self.find(line)
        if article is None:
            message = _("“%(line)s” leads to no article. Copy the address from the article's page.")
            raise forms.ValidationError(message, params={"line": line})
        return article


def _path_of(line):
    try:
        return urlsplit(line.strip()).path
    except ValueError:  # "http://[": no address at all
        return ""


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
            help_text=_(
                "Addresses of articles, one to a line, four at most. Others are found by its topics."
            ),
            initial=list(article.related.all()),
        )
        if article.kind == Article.Kind.BLOG:
            blogs = {article.blog, *blogs_to_write_in(editor)} - {None}
            self.fields["blog"] = forms.ModelChoiceField(
                Blog.objects.filter(pk__in=[blog.pk for blog in blogs]),
                label=_("Blog"),
                required=False,
                empty_label=_("No particular blog"),
            )
        self.order_fields(["topics", "blog", "author", "related", "talk"])


class BlogForm(PlainForm):
    """One blog: whose it is."""

    FIELDS = ("name", "unit", "office", "about")

    name = forms.CharField(label=_("Name"), max_length=80)
    unit = UnitField(Unit.objects.all(), label=_("Unit of the office"), empty_label=_("Choose a unit"))
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
