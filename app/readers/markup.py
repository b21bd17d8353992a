"""Pieces of HTML, as feeds and services hand them out, to plain text: a paragraph for each block."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree, html

from app.domain.article import UnreadableReason
from app.readers.refusal import Refused

MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
SKIPPED = frozenset({
    "script", "style", "template", "noscript", "head", "title", "iframe", "object", "svg", "form", "button",
    "select", "textarea", "figure", "figcaption", "video", "audio", "picture", "nav", "aside", "table",
})  # fmt: skip
BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "ul",
})  # fmt: skip
BREAK, BLOCK = "\n", "\n\n"
SPACES = re.compile(r"[ \t\r\n\f]+")
MOST_ATTRIBUTES = 200  # of an element: the parser compares each with all before it
ATTRIBUTE = re.compile(
    r"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"  # with a value or without
)
# Comments and what is no markup are passed over whole.
TAG = re.compile(
    rf"<(?:!--.*?(?:-->|\Z)|(?:script|style)(?=[\s/>])((?:{ATTRIBUTE.pattern})*+).*?(?:</(?:script|style)|\Z)"
    rf"|[a-z][^\s/>]*+((?:{ATTRIBUTE.pattern})*+))",
    re.DOTALL | re.IGNORECASE,
)
PARSER_OPTIONS = {"remove_comments": True, "remove_pis": True, "huge_tree": False, "encoding": "utf-8"}


def text_of_markup(given: str) -> str:
    """Return the text of a piece of HTML, its paragraphs apart by an empty line; a plain text as it is."""
    if not MARKUP.search(given):
        return given
    tree = parse_html(given)
    return "" if tree is None else text_of_tree(tree)


def parse_html(given: str) -> etree._Element | None:
    """Return the tree of a page or of a piece of one, null when there is nothing in it.

    Raises Refused (BAD_STRUCTURE): a parser leaves out, without a word, what is nested too deeply for it.
    """
    if any(_has_many_attributes(tag[1] or tag[2] or "") for tag in TAG.finditer(given)):
        detail = f"an element has more than {MOST_ATTRIBUTES} attributes"
        raise Refused(UnreadableReason.BAD_STRUCTURE, detail)
    data = given.replace("\0", "").encode("utf-8", "replace")
    parser = html.HTMLParser(**PARSER_OPTIONS)
    try:
        tree = html.document_fromstring(data, parser=parser, ensure_head_body=False)
    except etree.ParserError:  # empty
        return None
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise Refused(UnreadableReason.BAD_STRUCTURE, "more than 255 elements are nested in one another")
    return tree


def _has_many_attributes(tag: str) -> bool:
    return len(tag) > 2 * MOST_ATTRIBUTES and len(ATTRIBUTE.findall(tag)) > MOST_ATTRIBUTES


class Tags(NamedTuple):
    """What the tags of a tree mean for its text."""

    blocks: frozenset[str]  # paragraphs of their own
    breaks: frozenset[str]  # the end of a line
    skipped: frozenset[str]  # no text of the article


HTML = Tags(blocks=BLOCKS, breaks=frozenset({"br"}), skipped=SKIPPED)


def text_of_tree(tree: etree._Element, tags: Tags = HTML) -> str:
    """Return the text below an element, its paragraphs apart by an empty line."""
    text = "".join(_pieces(tree, tags))
    paragraphs = (_lines(paragraph) for paragraph in text.split(BLOCK))
    return BLOCK.join(filter(None, paragraphs))


def _pieces(tree: etree._Element, tags: Tags) -> Iterator[str]:
    """Yield text and the breaks between, going through the tree without recursion: pages nest deeply."""
    skipped: etree._Element | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if skipped is not None:
            if event == "end" and element is skipped:
                skipped = None
                yield _words(element.tail)
        elif event == "end":
            yield BLOCK if element.tag in tags.blocks else ""
            yield _words(element.tail if element is not tree else None)
        elif element.tag in tags.skipped:
            skipped = element
        else:
            yield BREAK if element.tag in tags.breaks else BLOCK if element.tag in tags.blocks else ""
            yield _words(element.text)


def _words(given: str | None) -> str:
    return SPACES.sub(" ", given) if given else ""


def _lines(paragraph: str) -> str:
    lines = (SPACES.sub(" ", line).strip() for line in paragraph.split(BREAK))
    return BREAK.join(filter(None, lines))
