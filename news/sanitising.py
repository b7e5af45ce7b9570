"""The one sanitiser: every piece of rich text passes it before it is written.

nh3 parses as a browser does (HTML5), keeps what is listed here and writes the rest away. Renaming
(h1 to h2, b to strong, div to p) happens on its output, where every tag has one known spelling.
"""

import re
from html import escape, unescape
from urllib.parse import parse_qs, urlsplit

import nh3
from django.conf import settings

from news.refusals import TextTooLong, TextTooNested

TAGS = {
    *("h2", "h3", "h4", "p", "br", "hr"),
    *("ul", "ol", "li", "strong", "em", "a"),
    *("blockquote", "footer", "cite", "aside"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("figure", "figcaption", "img"),
    "data",  # a figure that is tied to what it was counted from (news/tying.py)
}
# Not kept as they are: what pages and word processors say instead of ours.
RENAMED = {"h1": "h2", "h5": "h4", "h6": "h4", "b": "strong", "i": "em", "div": "p", "section": "p"}
# Gone with everything inside them. Of other unknown tags the text stays.
EMPTIED = {
    *("script", "style", "template", "noscript", "noembed", "noframes", "iframe", "object"),
    *("svg", "math", "title", "textarea", "select", "xmp", "plaintext"),
}
ATTRIBUTES_OF = {
    "a": {"href"},
    "img": {"src", "alt"},
    "data": {"value"},
    "ol": {"start"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
VALUES_OF = {"th": {"scope": {"col", "row"}}}
CLASSES = {"aside": {"fact-box"}}
SCHEMES = {"http", "https", "mailto", "tel"}
# The only images: renditions of our own pictures. Beside that, a missing image is one that was refused.
OWN_PICTURE = re.compile(r"/bilder/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/[1-9][0-9]{0,4}\.webp")
NO_PICTURE = re.compile(r'<img(?:\s(?!src=)[a-z]+="[^"]*")*>|<figure>\s*</figure>')
CHECKPOINT = re.compile(r"https://[a-z0-9.-]+\.safelinks\.protection\.outlook\.com/\?", re.IGNORECASE)
NUMBERS = {"colspan", "rowspan", "start"}
FIGURE_KEY = re.compile(r"[a-z0-9][a-z0-9.-]{0,79}")
# A parse of cleaned text seldom changes anything and never for long; beyond this something plays games.
MOST_PASSES = 8

# More than any text has, and as much as is read within a second: characters with markup, and levels.
MOST_CHARACTERS, MOST_DEEP = 1_000_000, 100
RAW = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript")
# As the tokeniser of HTML5 reads them (13.2.5): a quote only quotes right after "=".
ATTRIBUTES = r"""(?:[\s/]+|[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]*)?)?)*"""
TAG = re.compile(rf"<(/?)([a-z][^\s/>]*){ATTRIBUTES}", re.IGNORECASE)
COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))|<(?:[!?]|/[^a-z])[^>]*", re.IGNORECASE | re.DOTALL)
# Elements in which a tag is only text, but not where they stand within a drawing or a formula.
UNREAD = re.compile(
    rf"<({'|'.join(RAW)})(?=[\s/>]){ATTRIBUTES}.*?(?:(?=</\1[\s/>])|\Z)", re.IGNORECASE | re.DOTALL
)
# Open again in what follows, whatever closed around them (HTML5, "list of active formatting elements").
FORMATTING = {
    *("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
}
# Never closed, or closed by the next of their kind: they don't stand within each other.
LEFT_OPEN = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"),
    *("p", "option", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup"),
}
ITEMS = {"li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}}

RENAMED_TAG = re.compile(rf"<(/?)({'|'.join(RENAMED)})>")
EMPTY_BLOCK = re.compile(r"<(p|h[2-4])>(?:\s|&nbsp;|<br>)*</\1>")
EXTERNAL_LINK = re.compile(r'<a href="(https?:[^"]*)">', re.IGNORECASE)
RUNNING = re.compile(
    rf"<(?:{'|'.join(sorted(EMPTIED))})\b|<[^<>]*[\s/'\"]on[a-z]+\s*=|\b(?:java|vb)script:", re.IGNORECASE
)
BLOCK_END = re.compile(
    r"<(?:br|hr|/(?:p|h[1-6]|li|ul|ol|blockquote|footer|aside|div|tr|th|td|caption|table))\b[^>]*>", re.I
)


def clean_html(html: str) -> str:
    """Return `html` with only the tags, attributes and addresses that our pages use.

    The result is the same when cleaned again. Links keep http, https, mailto, tel and addresses
    within the site; those that lead out get `rel="noopener"`. Our own whole addresses become paths.

    Raises:
        TextTooLong, TextTooNested: it would take too long to read (`refuse_absurd`).
    """
    refuse_absurd(html)
    html = html.replace("\x00", "")
    for _pass in range(MOST_PASSES):
        cleaned = _clean_once(html)
        if cleaned == html:
            return cleaned
        html = cleaned
    return _as_paragraphs(plain_text(html))


def refuse_absurd(html: str) -> None:
    """Refuse what takes a parser seconds: 16,000 lists within each other took it 25.

    How deep it goes is found as HTML5 closes elements ("has an element in scope"), and what is left open
    counts as open. No parser of ours tells, since it would have to go there.

    Raises:
        TextTooLong, TextTooNested.
    """
    if len(html) > MOST_CHARACTERS:
        raise TextTooLong
    read = COMMENT.sub("", html)
    if max(_depth(UNREAD.sub("", read)), _depth(read)) > MOST_DEEP:
        raise TextTooNested


def _depth(html):
    """How many elements stand within each other at the most; counts no further than one too many."""
    opened, deepest = [], 0
    for tag in TAG.finditer(html):
        name = tag[2].lower()
        if tag[1]:
            _close(opened, name)
        elif name not in LEFT_OPEN:
            if name in ITEMS and opened and opened[-1] in ITEMS[name]:
                opened.pop()
            opened.append(name)
            deepest = max(deepest, len(opened))
            if deepest > MOST_DEEP:
                break
    return deepest


def _close(opened, name):
    """Take the latest element of the name away, and what stands in it; nothing reaches out of a table."""
    for place in range(len(opened) - 1, -1, -1):
        if opened[place] == name:
            within = opened[place + 1 :]
            opened[place:] = within if name in FORMATTING else [one for one in within if one in FORMATTING]
            return
        if opened[place] == "table":
            return


def holds_what_runs(html: str) -> bool:
    """Return whether something in `html` looks like a script or an embedded part, for telling its writer.

    What a text may hold is decided by `clean_html`, never by this.
    """
    return bool(RUNNING.search(html))


def plain_text(html: str) -> str:
    """Return the words of `html`, one line for each block, without markup or entities."""
    text = unescape(nh3.clean(BLOCK_END.sub(r"\n\g<0>", html), tags=set(), clean_content_tags=EMPTIED))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _clean_once(html):
    cleaned = nh3.clean(
        html,
        tags=TAGS | RENAMED.keys(),
        clean_content_tags=EMPTIED,
        attributes={"*": set(), **ATTRIBUTES_OF},  # nh3 would keep title and lang everywhere
        tag_attribute_values=VALUES_OF,
        allowed_classes=CLASSES,
        attribute_filter=_fit_attribute,
        link_rel=None,
        url_schemes=SCHEMES,
        url_relative=_within_site,
    )
    cleaned = RENAMED_TAG.sub(lambda tag: f"<{tag[1]}{RENAMED[tag[2]]}>", cleaned)
    return EXTERNAL_LINK.sub(
        r'<a href="\1" rel="noopener">', EMPTY_BLOCK.sub("", NO_PICTURE.sub("", cleaned))
    )


def _fit_attribute(_tag, name, value):
    """Keep spans and starting numbers only where they are small numbers: 10**9 columns hang a browser;
    an image's address only where it is that of a picture of ours; and only keys as values."""
    if name == "href":
        value = _without_checkpoint(value)
    if name in ("href", "src"):
        value = _without_our_host(value)
    if name == "src" and not OWN_PICTURE.fullmatch(value):
        return None
    if name == "value" and not FIGURE_KEY.fullmatch(value):
        return None
    if name in NUMBERS and not re.fullmatch(r"[1-9][0-9]{0,2}", value, re.ASCII):
        return None
    return value


def _without_our_host(url):
    """What lies on our own site is linked to by its path, however its address was copied: so a text's
    documents, pictures and articles are found in it, and its links outlive a change of host."""
    host, path = url[: len(settings.SITE_URL)], url[len(settings.SITE_URL) :]
    is_ours = host.lower() == settings.SITE_URL.lower() and re.match(r"/(?![/\\])", path)
    return path if is_ours else url


def _without_checkpoint(url):
    """The address itself, of a link that came by mail through Outlook's "safe links": these tell every reader
    of a page for whom the mail was meant, and end with the subscription."""
    if not CHECKPOINT.match(url):
        return url
    wanted = parse_qs(urlsplit(url).query).get("url", [""])[0]
    return wanted if re.match(r"https?://", wanted, re.IGNORECASE) else url


def _within_site(url):
    """Keep "/path", "#part" and "?query"; "//host", which leads out, and "/\\host", read as such, go."""
    # Browsers skip tabs and line breaks anywhere in an address (WHATWG URL, section 4.1).
    url = re.sub(r"[\x00-\x20]", "", url)
    return url if re.match(r"[#?]|/(?![/\\])", url) else None


def _as_paragraphs(text):
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.splitlines())
