"""The one sanitiser: every piece of rich text passes it before it is written.

nh3 parses as a browser does (HTML5), keeps what is listed here and writes the rest away. Renaming
(h1 to h2, b to strong, div to p) happens on its output, where every tag has one known spelling.
"""

import re
from html import escape, unescape

import nh3

TAGS = {
    *("h2", "h3", "h4", "p", "br", "hr"),
    *("ul", "ol", "li", "strong", "em", "a"),
    *("blockquote", "footer", "cite", "aside"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
# Not kept as they are: what pages and word processors say instead of ours.
RENAMED = {"h1": "h2", "h5": "h4", "h6": "h4", "b": "strong", "i": "em", "div": "p", "section": "p"}
# Gone with everything inside them. Of other unknown tags the text stays.
EMPTIED = {
    *("script", "style", "template", "noscript", "noembed", "noframes", "iframe", "object"),
    *("svg", "math", "title", "textarea", "select", "xmp", "plaintext"),
}
CLASSES = {"aside": {"fact-box"}}
SCHEMES = {"http", "https", "mailto", "tel"}
NUMBERS = {"colspan", "rowspan", "start"}
# A parse of cleaned text seldom changes anything and never for long; beyond this something plays games.
MOST_PASSES = 8

RENAMED_TAG = re.compile(rf"<(/?)({'|'.join(RENAMED)})>")
EMPTY_BLOCK = re.compile(r"<(p|h[2-4])>(?:\s|&nbsp;|<br>)*</\1>")
EXTERNAL_LINK = re.compile(r'<a href="(https?:[^"]*)">', re.IGNORECASE)
RUNNING = re.compile(
    rf"<(?:{'|'.join(sorted(EMPTIED))})\b|<[^>]*[\s/'\"]on[a-z]+\s*=|\b(?:java|vb)script:", re.IGNORECASE
)
BLOCK_END = re.compile(
    r"<(?:br|hr|/(?:p|h[1-6]|li|ul|ol|blockquote|footer|aside|div|tr|th|td|caption|table))\b[^>]*>", re.I
)


def clean_html(html: str) -> str:
    """Return `html` with only the tags, attributes and addresses that our pages use.

    The result is the same when cleaned again. Links keep http, https, mailto, tel and addresses
    within the site; those that lead out get `rel="noopener"`.
    """
    html = html.replace("\x00", "")
    for _pass in range(MOST_PASSES):
        cleaned = _clean_once(html)
        if cleaned == html:
            return cleaned
        html = cleaned
    return _as_paragraphs(plain_text(html))


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
        attributes={
            "*": set(),  # nh3 would keep title and lang everywhere
            "a": {"href"},
            "ol": {"start"},
            "th": {"colspan", "rowspan"},
            "td": {"colspan", "rowspan"},
        },
        tag_attribute_values={"th": {"scope": {"col", "row"}}},
        allowed_classes=CLASSES,
        attribute_filter=_fit_attribute,
        link_rel=None,
        url_schemes=SCHEMES,
        url_relative=_within_site,
    )
    cleaned = RENAMED_TAG.sub(lambda tag: f"<{tag[1]}{RENAMED[tag[2]]}>", cleaned)
    return EXTERNAL_LINK.sub(r'<a href="\1" rel="noopener">', EMPTY_BLOCK.sub("", cleaned))


def _fit_attribute(_tag, name, value):
    """Keep spans and starting numbers only where they are small numbers: 10**9 columns hang a browser."""
    if name in NUMBERS and not re.fullmatch(r"[1-9][0-9]{0,2}", value, re.ASCII):
        return None
    return value


def _within_site(url):
    """Keep "/path", "#part" and "?query"; "//host", which leads out, and "/\\host", read as such, go."""
    # Browsers skip tabs and line breaks anywhere in an address (WHATWG URL, section 4.1).
    url = re.sub(r"[\x00-\x20]", "", url)
    return url if re.match(r"[#?]|/(?![/\\])", url) else None


def _as_paragraphs(text):
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.splitlines())
