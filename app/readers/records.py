"""Named fields to an article: the one place where a format's values become an `Article`."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from app.domain.article import Article, UnreadableArticle, UnreadableReason
from app.readers.dates import parse_published
from app.readers.field_maps import FieldMap
from app.readers.formats import Format
from app.readers.identity import canonical_url, identity_of, key_of
from app.readers.language import declared_language, detect_language
from app.readers.name_cards import without_name_cards
from app.readers.normalise import SURROGATES, normalise_in_place, normalise_line, normalise_text
from app.readers.refusal import Refused, shown

# A title, name or address is a line; a longer value is a text in the wrong field.
LONGEST_FIELD = 2000
LONGEST_SOURCE = 500  # the name of an outlet stands in an index, which has a limit in bytes
MOST_AUTHORS = 200


Stored = Callable[[Sequence[str]], Collection[str]]
"""Given the SHA-256 of originals, tells those of which an article is stored that need not be read again."""

Follow = Callable[[Article, "Reading"], Article | UnreadableArticle]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What holds for a whole run of the readers.

    `max_article_chars` counts code points of the text. `now` is what a publication time may not lie beyond.
    `keep_offsets` keeps the text character for character, so that offsets refer to the text as given.
    `format` and `field_map` are null when each input tells its own. `follow` gives, for an entry of a feed
    that holds no text, the article of its link or why there is none; null when links are not followed.
    `stored` is null when everything is to be read.
    """

    max_article_chars: int
    now: datetime
    keep_offsets: bool = False
    format: Format | None = None
    field_map: FieldMap | None = None
    follow: Follow | None = None
    stored: Stored | None = None


def make_article(
    fields: Mapping[str, object],
    origin: str,
    reading: Reading,
    *,
    warnings: tuple[str, ...] = (),
    original_sha256: str | None = None,
) -> Article:
    """Return the article that `fields` describe; other keys than those of docs/inputs.md are passed over.

    `original_sha256` is of the bytes that it was read from, before anything was decoded or repaired.
    Raises Refused (EMPTY, NOT_TEXT, TOO_LONG, BAD_FIELD).
    """
    summary_only = _is_missing(fields, "text") and not _is_missing(fields, "summary")
    if summary_only:
        fields = {**fields, "text": fields["summary"]}
    text = _text(fields, reading)
    digest = sha256_of(text.encode("utf-8"))
    source, external_id = _line(fields, "source", longest=LONGEST_SOURCE), _identifier(fields)
    url, url_warning = _url(fields)
    published = parse_published(_line(fields, "published_at") or "", now=reading.now)
    language, language_warning = _language(fields, text)
    identity = identity_of(url=url, source=source, external_id=external_id, text_sha256=digest)
    return Article(
        key=key_of(identity),
        identity=identity,
        text=text,
        text_sha256=digest,
        language=language,
        origin=origin,
        title=_line(fields, "title"),
        source=source,
        source_url=_line(fields, "source_url"),
        external_id=external_id,
        url=url,
        authors=_authors(fields),
        published_at=published.at,
        published_precision=published.precision,
        original_sha256=original_sha256,
        summary_only=summary_only,
        warnings=(
            *warnings,
            *filter(None, (_surrogates(fields), url_warning, published.warning, language_warning)),
        ),
    )


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of `data`, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _is_missing(fields: Mapping[str, object], name: str) -> bool:
    given = fields.get(name)
    return given is None or (isinstance(given, str) and not given.strip())


def _text(fields: Mapping[str, object], reading: Reading) -> str:
    given = fields.get("text")
    if given is None:
        found = ", ".join(sorted(str(name) for name in fields if fields[name] is not None)[:20]) or "none"
        raise Refused(UnreadableReason.EMPTY, f"no field 'text'; fields found: {found[:200]}")
    if not isinstance(given, str):
        raise _wrong_type("text", given, "a string")
    if "\0" in given:
        raise Refused(UnreadableReason.NOT_TEXT, f"NUL character in 'text' at offset {given.index(chr(0))}")
    refuse_long(given, reading.max_article_chars)
    text = normalise_in_place(given) if reading.keep_offsets else normalise_text(given)
    text = without_name_cards(text, keep_offsets=reading.keep_offsets)
    if not text.strip():
        raise Refused(UnreadableReason.EMPTY, "the text is empty")
    return text


def refuse_long(text: str, most: int) -> None:
    """Refuse a text of more than `most` code points (TOO_LONG)."""
    if len(text) > most:
        raise Refused(
            UnreadableReason.TOO_LONG, f"the text has {len(text)} characters, at most {most} are read"
        )


def _surrogates(fields: Mapping[str, object]) -> str | None:
    found = len(SURROGATES.findall(str(fields["text"])))
    return f"{found} halves of characters (lone surrogates) in the text were replaced" if found else None


def _line(fields: Mapping[str, object], name: str, *, longest: int = LONGEST_FIELD) -> str | None:
    """Return a short field, null when it is absent, null or blank."""
    given = fields.get(name)
    if given is None:
        return None
    if not isinstance(given, str):
        raise _wrong_type(name, given, "a string")
    return _short(name, given, longest)


def _short(name: str, given: str, longest: int = LONGEST_FIELD) -> str | None:
    if len(given) > longest:
        detail = f"'{name}' has {len(given)} characters, at most {longest} are read"
        raise Refused(UnreadableReason.BAD_FIELD, detail)
    return normalise_line(given) or None


def _identifier(fields: Mapping[str, object]) -> str | None:
    given = fields.get("id")
    if isinstance(given, int) and not isinstance(given, bool):
        return _short("id", str(given))
    return _line(fields, "id")


def _authors(fields: Mapping[str, object]) -> tuple[str, ...]:
    """Return the names of a list, or of a string with `;` between them; each once, in the order given."""
    given = fields.get("authors")
    names = given.split(";") if isinstance(given, str) else given or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _wrong_type("authors", given, "a string or a list of strings")
    if len(names) > MOST_AUTHORS:
        detail = f"'authors' has {len(names)} names, at most {MOST_AUTHORS} are read"
        raise Refused(UnreadableReason.BAD_FIELD, detail)
    return tuple(dict.fromkeys(filter(None, (_short("authors", name) for name in names))))


def _url(fields: Mapping[str, object]) -> tuple[str | None, str | None]:
    """Return the address as given and null, or null and why it cannot be one."""
    given = _line(fields, "url")
    if given is None or (canonical_url(given) and urlsplit(given).scheme):
        return given, None
    return None, f"url {given[:100]!r} is not a web address and was left out"


def _language(fields: Mapping[str, object], text: str) -> tuple[str, str | None]:
    """Return the declared language, which wins, else the one found in the text."""
    given = _line(fields, "language")
    if given is None:
        return detect_language(text), None
    declared = declared_language(given)
    if declared is not None:
        return declared, None
    return detect_language(text), f"language {given[:60]!r} is not a language tag; the text was looked at"


def _wrong_type(name: str, given: object, wanted: str) -> Refused:
    return Refused(UnreadableReason.BAD_FIELD, f"'{name}' is {shown(given)}, not {wanted}")
