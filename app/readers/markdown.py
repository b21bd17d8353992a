"""Markdown, one article a file: what a reader would see of it, paragraph by paragraph."""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.domain.article import Article, UnreadableReason
from app.readers.markup import text_of_markup
from app.readers.plain_text import headline, most_bytes, take_apart
from app.readers.records import Reading, make_article, sha256_of
from app.readers.refusal import Refused
from app.readers.streams import ByteStream, read_whole

BREAKS = {"softbreak": " ", "hardbreak": "\n"}
BLOCKS = ("fence", "code_block")
MARKS = "*`"
MOST_LEFT = 2_000  # of them that are no markup and stay in the text: articles have a few, for footnotes


def read_markdown(stream: ByteStream, origin: str, reading: Reading) -> Iterator[Article]:
    """Yield the article of one file. Raises Refused.

    Its title is that of the front matter, else a heading that comes first, which stays in the text too.
    """
    data = read_whole(stream, most_bytes(reading))
    given = take_apart(data)
    tokens = MarkdownIt("commonmark").parse(given.text)
    text = "\n\n".join(filter(None, _paragraphs(tokens)))
    if sum(map(text.count, MARKS)) > MOST_LEFT:
        detail = f"more than {MOST_LEFT} asterisks and backticks begin something that nothing ends"
        raise Refused(UnreadableReason.BAD_STRUCTURE, detail)
    fields = {**given.fields, "text": text, "title": given.fields.get("title") or _title(tokens, text)}
    yield make_article(fields, origin, reading, warnings=given.warnings, original_sha256=sha256_of(data))


def _title(tokens: list[Token], text: str) -> str | None:
    if tokens and tokens[0].type == "heading_open":
        return _inline(tokens[1])
    return headline(text)


def _paragraphs(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield _inline(token)
        elif token.type in BLOCKS:
            yield token.content.strip("\n")
        elif token.type == "html_block":
            yield text_of_markup(token.content)


def _inline(token: Token) -> str:
    """Return the words of a paragraph: of a link its words, of a picture nothing."""
    parts = (BREAKS.get(child.type, child.content) for child in token.children or () if child.type != "image")
    return "".join(part for part in parts if not _is_tag(part)).strip()


def _is_tag(part: str) -> bool:
    return part.startswith("<") and part.endswith(">")
