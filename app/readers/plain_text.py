"""Plain text, one article a file, with or without YAML front matter."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from app.domain.article import Article, UnreadableReason
from app.readers.decoding import decode
from app.readers.records import Reading, make_article, sha256_of
from app.readers.refusal import Refused, too_deep
from app.readers.streams import ByteStream, read_whole

# A first line of three hyphens with a key or a comment on the next one; anything else is a ruled line.
FRONT_MATTER_OPENS = re.compile(r"---[ \t]*\n(?=(?:#.*\n)*[A-Za-z_][\w-]*[ \t]*:)")
FRONT_MATTER_CLOSES = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
LONGEST_FRONT_MATTER = 64 * 1024  # characters; a YAML parser needs a bound
MOST_NESTED = 50  # lists and mappings in brackets: the parser compares each mark with all that are open
BYTES_A_CHARACTER = 4  # the most that UTF-8 and UTF-16 take
OTHER_BYTES = 1 << 18  # front matter, byte order mark
# A headline: short, alone on the first line, and no sentence ("WASHINGTON — ... officials said." is one).
LONGEST_HEADLINE = 200
SENTENCE_END = re.compile(r"[.:;,…][\"'”’)]*$")
ABBREVIATED_END = re.compile(r"\b(?:[A-Z]\.)+$")  # "... in the U.S."
LEAST_HEADLINE_WORDS = 2


class FrontMatterLoader(yaml.BaseLoader):
    """Every scalar but null stays the string it is written as: "2020-02" is no date, "no" no boolean."""

    def fetch_flow_collection_start(self, TokenClass: type[yaml.Token]) -> None:  # noqa: N803 - the library's
        """Begin a list or mapping in brackets. Raises RecursionError."""
        if self.flow_level == MOST_NESTED:
            raise RecursionError
        super().fetch_flow_collection_start(TokenClass)


FrontMatterLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)\Z"), ["~", "n", "N", ""]
)
FrontMatterLoader.add_constructor("tag:yaml.org,2002:null", lambda _loader, _node: None)


def read_plain_text(stream: ByteStream, origin: str, reading: Reading) -> Iterator[Article]:
    """Yield the article of one file. Raises Refused."""
    yield article_of_text(read_whole(stream, most_bytes(reading)), origin, reading)


def article_of_text(data: bytes, origin: str, reading: Reading) -> Article:
    """Return the article of one file. Raises Refused.

    Without a title in the front matter, a first line that is laid out as a headline is the title; it stays in
    the text too, so that offsets refer to the whole text of the file.
    """
    given = take_apart(data)
    fields = {**given.fields, "text": given.text, "title": given.fields.get("title") or headline(given.text)}
    return make_article(fields, origin, reading, warnings=given.warnings, original_sha256=sha256_of(data))


def most_bytes(reading: Reading) -> int:
    """Return how many bytes a file with one text may have."""
    return BYTES_A_CHARACTER * reading.max_article_chars + OTHER_BYTES


class Apart(NamedTuple):
    """A file's front matter, what stands behind it, and what was wrong with the bytes."""

    fields: dict[str, object]
    text: str
    warnings: tuple[str, ...]


def take_apart(data: bytes) -> Apart:
    """Return the parts of a file. Raises Refused (NOT_TEXT, BAD_ENCODING, BAD_FRONT_MATTER,
    BAD_STRUCTURE).
    """
    decoded = decode(data)
    given = re.sub("\r\n?", "\n", decoded.text)
    warnings = (decoded.warning,) if decoded.warning else ()
    opening = FRONT_MATTER_OPENS.match(given)
    if opening is None:
        return Apart({}, given, warnings)
    closing = FRONT_MATTER_CLOSES.search(given, opening.end(), opening.end() + LONGEST_FRONT_MATTER)
    if closing is None:
        raise Refused(UnreadableReason.BAD_FRONT_MATTER, "the front matter is not closed by a line of ---")
    fields = _front_matter(given[opening.end() : closing.start()])
    return Apart(fields, given[closing.end() :], warnings)


def _front_matter(block: str) -> dict[str, object]:
    try:
        fields = yaml.load(block, Loader=FrontMatterLoader)  # noqa: S506 # builds strings, lists and dicts
    except RecursionError:
        raise too_deep("the front matter") from None
    except (yaml.YAMLError, ValueError) as error:
        problem = " ".join(str(getattr(error, "problem", None) or error).split())[:200]
        mark = getattr(error, "problem_mark", None)
        line = f" in its line {mark.line + 1}" if mark else ""
        raise Refused(UnreadableReason.BAD_FRONT_MATTER, f"{problem}{line}") from None
    if not isinstance(fields, dict):
        raise Refused(UnreadableReason.BAD_FRONT_MATTER, "the front matter is no mapping of keys to values")
    return {key: value for key, value in fields.items() if isinstance(key, str)}


def headline(text: str) -> str | None:
    """Return the first line if it is laid out as a headline, else null."""
    first, _, rest = text.strip().partition("\n")
    first = first.strip()
    if len(first) > LONGEST_HEADLINE or len(first.split()) < LEAST_HEADLINE_WORDS:
        return None
    alone = rest.strip() and not rest.partition("\n")[0].strip()
    sentence = SENTENCE_END.search(first) and not ABBREVIATED_END.search(first)
    if not alone or sentence:
        return None
    return first
