"""Plain text, one article a file, with or without YAML front matter."""

import re

import yaml

from app.domain.article import Article, UnreadableReason
from app.readers.decoding import decode
from app.readers.records import Reading, make_article
from app.readers.refusal import Refused

# A first line of three hyphens with a key or a comment on the next one; anything else is a ruled line.
FRONT_MATTER_OPENS = re.compile(r"---[ \t]*\n(?=(?:#.*\n)*[A-Za-z_][\w-]*[ \t]*:)")
FRONT_MATTER_CLOSES = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
LONGEST_FRONT_MATTER = 64 * 1024  # characters; a YAML parser needs a bound
# A headline: short, alone on the first line, and no sentence ("WASHINGTON — ... officials said." is one).
LONGEST_HEADLINE = 200
SENTENCE_END = re.compile(r"[.:;,…][\"'”’)]*$")
ABBREVIATED_END = re.compile(r"\b(?:[A-Z]\.)+$")  # "... in the U.S."
LEAST_HEADLINE_WORDS = 2


class FrontMatterLoader(yaml.BaseLoader):
    """Every scalar but null stays the string it is written as: "2020-02" is no date, "no" no boolean."""


FrontMatterLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)\Z"), ["~", "n", "N", ""]
)
FrontMatterLoader.add_constructor("tag:yaml.org,2002:null", lambda _loader, _node: None)


def article_of_text(data: bytes, origin: str, reading: Reading) -> Article:
    """Return the article of one file. Raises Refused.

    Without a title in the front matter, a first line that is laid out as a headline is the title; it stays in
    the text too, so that offsets refer to the whole text of the file.
    """
    decoded = decode(data)
    fields, text = _split(re.sub("\r\n?", "\n", decoded.text))
    title = fields.get("title") or _headline(text)
    warnings = (decoded.warning,) if decoded.warning else ()
    return make_article({**fields, "text": text, "title": title}, origin, reading, warnings=warnings)


def _split(given: str) -> tuple[dict[str, object], str]:
    """Return the fields of the front matter and the text behind it."""
    opening = FRONT_MATTER_OPENS.match(given)
    if opening is None:
        return {}, given
    closing = FRONT_MATTER_CLOSES.search(given, opening.end(), opening.end() + LONGEST_FRONT_MATTER)
    if closing is None:
        raise Refused(UnreadableReason.BAD_FRONT_MATTER, "the front matter is not closed by a line of ---")
    return _front_matter(given[opening.end() : closing.start()]), given[closing.end() :]


def _front_matter(block: str) -> dict[str, object]:
    try:
        fields = yaml.load(block, Loader=FrontMatterLoader)  # noqa: S506 # builds strings, lists and dicts
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        problem = " ".join(str(getattr(error, "problem", None) or error).split())[:200]
        mark = getattr(error, "problem_mark", None)
        line = f" in its line {mark.line + 1}" if mark else ""
        raise Refused(UnreadableReason.BAD_FRONT_MATTER, f"{problem}{line}") from None
    if not isinstance(fields, dict):
        raise Refused(UnreadableReason.BAD_FRONT_MATTER, "the front matter is no mapping of keys to values")
    return {key: value for key, value in fields.items() if isinstance(key, str)}


def _headline(text: str) -> str | None:
    first, _, rest = text.strip().partition("\n")
    first = first.strip()
    alone = rest.strip() and not rest.partition("\n")[0].strip()
    sentence = SENTENCE_END.search(first) and not ABBREVIATED_END.search(first)
    if not alone or sentence or len(first) > LONGEST_HEADLINE or len(first.split()) < LEAST_HEADLINE_WORDS:
        return None
    return first
