"""Laying markup out: its boxes within boxes become one row of blocks, as a text of ours has them."""

from lxml import etree

BOXES = {
    *("body", "div", "section", "article", "main", "header", "footer", "hgroup", "center", "address"),
    *("details", "fieldset", "form", "nav", "search", "dialog", "dl", "dd"),
}
BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table", "figure", "hr"} | {
    *("aside", "dt", "pre", "summary"),
}
APART = BOXES | BLOCKS | {"li", "tr", "td", "th", "br", "caption", "figcaption", "img", "button"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def words_in(element):
    """The text in an element, its white space made even; what stands in different blocks is apart."""
    parts = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        parts.append(" " if node.tag in APART else "")
        parts.append((node.text if event == "start" else node.tail if node is not element else "") or "")
    return " ".join("".join(parts).split())


def laid_out(box):
    """Yield the blocks of a box in their order: boxes within it are opened, loose text made paragraphs."""
    loose = etree.Element("p")

    def add(text):
        if len(loose):
            loose[-1].tail = (loose[-1].tail or "") + text
        else:
            loose.text = (loose.text or "") + text

    add(box.text or "")
    for child in list(box):
        tail, child.tail = child.tail or "", None
        if child.tag in BOXES or child.tag in BLOCKS or child.tag == "img":
            yield from _with_pictures(loose)
            loose = etree.Element("p")
            yield from _blocks_of(child)
        elif _holds_blocks(child):
            yield from _with_pictures(loose)  # a link or a span around whole blocks
            loose = etree.Element("p")
            yield from (_linked(block, child) for block in laid_out(child))
        else:
            loose.append(child)
        add(tail)
    yield from _with_pictures(loose)


def _blocks_of(child):
    if child.tag in BOXES:
        yield from laid_out(child)
    elif child.tag == "dt":
        yield from _term(child)
    elif child.tag == "img":
        yield _figure(child)
    elif child.tag == "figure":
        yield from _figures(child)
    elif child.tag in ("pre", "summary"):
        child.tag = "p"
        yield from _with_pictures(child)
    elif child.tag == "aside":
        child.set("class", "fact-box")
        yield child
    else:
        yield from _with_pictures(child)


def _term(term):
    """What a list of definitions defines, as a paragraph in bold type."""
    if _holds_blocks(term):
        yield from laid_out(term)
        return
    strong = etree.Element("strong")
    strong.text, term.text = term.text, None
    strong.extend(list(term))
    term.append(strong)
    term.tag = "p"
    yield from _with_pictures(term)


def _holds_blocks(element):
    return any(part.tag in BLOCKS or part.tag in BOXES for part in element.iterdescendants())


def _linked(block, around):
    """A heading or paragraph that stood within a link, with the link within it."""
    if around.tag == "a" and block.tag in (*HEADINGS, "p") and block.find(".//a") is None:
        link = etree.Element("a", href=around.get("href", ""))
        link.text, block.text = block.text, None
        link.extend(list(block))
        block.append(link)
    return block


def _with_pictures(block):
    """A block, and the pictures in it as figures after it: in a text of ours a picture is a block."""
    images = list(block.iter("img"))
    for image in images:
        _cut(image)
    if block.tag == "hr" or words_in(block):
        yield block
    yield from map(_figure, images)


def _figures(figure):
    """A figure for each of its pictures, the last with the caption; what else it holds comes after."""
    captions, images = list(figure.iter("figcaption")), list(figure.iter("img"))
    told = " ".join(filter(None, map(words_in, captions)))
    for part in (*captions, *images):
        _cut(part)
    figures = list(map(_figure, images))
    if told:
        caption = etree.SubElement(figures[-1] if figures else etree.Element("p"), "figcaption")
        caption.text = told
        if not figures:
            caption.tag = "em"
            yield caption.getparent()
    yield from figures
    yield from laid_out(figure)


def _figure(image):
    figure = etree.Element("figure")
    image.tail = None
    figure.append(image)
    return figure


def _cut(element):
    """Take an element out of its parent; the text after it stays."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail and before is None:
        parent.text = (parent.text or "") + element.tail
    elif element.tail:
        before.tail = (before.tail or "") + element.tail
    parent.remove(element)
