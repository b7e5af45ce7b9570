"""Taking a saved web page out of the site around it.

What HTML itself says lies outside the page's content (menus, the site's head and foot, everything beside
<main>) is left out and reported. Names of classes are believed only where they leave no doubt.
"""

import re
from html import unescape
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from .dressing import SITE_SUFFIX
from .laying import words_in
from .marking import mark, parse
from .undressing import LeftOut, is_notice

REASONS = {
    "nav": _("menu"),
    "form": _("form"),
    "search": _("form"),
    "button": _("button of the old site"),
    "dialog": _("window above the page"),
    "header": _("head of the old site"),
    "footer": _("foot of the old site"),
}
ROLES = {
    "navigation": _("menu"),
    "search": _("form"),
    "banner": _("head of the old site"),
    "contentinfo": _("foot of the old site"),
    "dialog": _("window above the page"),
}
# What names of classes and ids say, where they leave no doubt. ("social" is no such name here.)
NAMES = {
    re.compile(rf"(?<![a-z])(?:{names})(?![a-z])", re.IGNORECASE): reason
    for names, reason in {
        "breadcrumbs?|brodsmulor|brödsmulor": _("path to the page"),
        "cookies?|cookie-?banner|cookie-?consent": _("notice about browsers or cookies"),
        "share|sharing|social-(?:media|share|links|icons)|skip-?links?|skip-to-.*": _(
            "button of the old site"
        ),
        "pagination": _("menu"),
        "sr-only|visually-?hidden|screen-reader-text": _("for screen readers only"),
        "toc|table-of-contents": _("table of contents"),
    }.items()
}
# By these nobody means the page itself, however much they hold.
SURE = {"nav", "button", "navigation", "contentinfo"}
OUTSIDE = _("beside the page’s content")
HIDDEN = _("not shown on the page")
HIDING = re.compile(r"display:\s*none|visibility:\s*(?:hidden|collapse)", re.I)
# An element that holds more of the page's words than this is the page, whatever it is called.
MOST_OF_PAGE = 0.5
TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.I | re.S)
META = re.compile(r"<meta\b[^>]*>|<base\b[^>]*>|<link\b[^>]*>", re.I)
ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")
# What shows something of another site, or of a file, in the middle of a page.
EMBEDDED = re.compile(r"<(?:iframe|video|audio|embed|object)\b[^<>]*>", re.I)
# What browsers write at the top of a page that they save.
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.I)


def unwrap(html):
    """Return the MarkedPage that a saved web page is.

    Raises:
        BadPage: as `marking.parse`.
    """
    tree = parse(html)
    head = _head_of(html)
    main = _main_of(tree)
    left_out = list(_outside(tree, main)) if main is not tree else []
    left_out += _dressing_in(main, is_whole=main is tree)
    left_out += _embedded_in(html)
    title = "" if main.find(".//h1") is not None else _title_of(head)
    page = mark(main, title=title, base=head["base"], is_saved=True)
    page.left_out = left_out + page.left_out
    return page


def _head_of(html):
    """What the head says: the page's own name, and the address that its links start from."""
    found = {"title": "", "base": ""}
    if match := TITLE.search(html):
        found["title"] = " ".join(unescape(match[1]).split())
    addresses = {}
    for tag in META.findall(html):
        said = {name.lower(): unescape("".join(value)) for name, *value in ATTRIBUTE.findall(tag)}
        if said.get("property") == "og:title":
            found["og"] = " ".join(said.get("content", "").split())
        if said.get("property") == "og:url":
            addresses["og"] = said.get("content", "")
        if tag.lower().startswith("<base"):
            addresses["base"] = said.get("href", "")
        if said.get("rel", "").lower() == "canonical":
            addresses["canonical"] = said.get("href", "")
    if match := SAVED_FROM.search(html):
        addresses["saved"] = match[1]
    known = (addresses.get(name, "") for name in ("base", "saved", "canonical", "og"))
    found["base"] = next((one for one in known if _is_whole(one)), "")
    return found


def _embedded_in(html):
    """Yield a LeftOut for each film, map or form of another site, by its name or address."""
    for tag in EMBEDDED.findall(html):
        said = {name.lower(): unescape("".join(value)) for name, *value in ATTRIBUTE.findall(tag)}
        if named := said.get("title") or said.get("src") or said.get("data"):
            yield LeftOut(named, _("shown from elsewhere, such as a film or a map: link to it instead"))


def _is_whole(address):
    try:
        return urlsplit(address.strip()).scheme in ("http", "https")
    except ValueError:  # "http://[": no address at all
        return False


def _title_of(head):
    return head.get("og") or SITE_SUFFIX.sub("", head["title"]) or head["title"]


def _main_of(tree):
    """The element that is the page's content: <main>, or the only <article>; else everything."""
    for found in (tree.xpath("//main | //*[@role='main']"), tree.xpath("//article[not(ancestor::article)]")):
        if len(found) == 1 and words_in(found[0]):
            return found[0]
    return tree


def _outside(tree, main):
    """Yield what lies beside the content, a LeftOut for each outermost element that holds none of it."""
    path = {tree, main, *main.iterancestors()}
    for element in list(tree.iter()):
        if element in path or element.getparent() not in path or element.getparent() is main:
            continue
        if text := words_in(element):
            yield LeftOut(text, _reason(element) or OUTSIDE)
    for parent in path - {main}:
        for text in (parent.text, *(child.tail for child in parent)):
            if text and text.strip():
                yield LeftOut(" ".join(text.split()), OUTSIDE)


def _dressing_in(content, *, is_whole):
    """Take out of the content what is dressing beyond doubt; return the LeftOuts."""
    left_out, size, above_title = [], len(words_in(content)) or 1, is_whole
    for element in list(content.iter()):
        if element is content or not _is_within(element, content):
            continue
        above_title = above_title and element.tag != "h1"
        reason, text = _reason(element, is_whole=is_whole), words_in(element)
        if above_title and element.tag in ("p", "div", "section") and is_notice(text):
            reason = _("notice about browsers or cookies")
        is_sure = element.tag in SURE or element.get("role") in SURE
        is_page = element.find(".//h1") is not None or (not is_sure and len(text) > size * MOST_OF_PAGE)
        if not reason or is_page:
            continue
        if text:
            left_out.append(LeftOut(text, reason))
        element.drop_tree()
    return left_out


def _is_within(element, content):
    return any(ancestor is content for ancestor in element.iterancestors())


def _reason(element, *, is_whole=True):
    """Why an element is dressing; empty where it is not. A head and a foot are the site's only where
    they do not stand within the content."""
    if element.get("hidden") is not None or HIDING.search(element.get("style", "")):
        return HIDDEN
    if role := ROLES.get(element.get("role", "").lower()):
        return role
    if element.tag in ("header", "footer"):
        in_content = not is_whole or any(one.tag in ("article", "main") for one in element.iterancestors())
        is_speaker = any(one.tag in ("blockquote", "aside") for one in element.iterancestors())
        return "" if in_content or is_speaker else REASONS[element.tag]
    if element.tag in REASONS:
        return REASONS[element.tag]
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return next((reason for pattern, reason in NAMES.items() if pattern.search(names)), "")
