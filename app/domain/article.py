"""What reading hands on: an article, the reason why there is none, or that it is stored as it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a publication time is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One published text.

    `identity` is what makes two inputs the same article: `url:<canonical URL>`, else
    `id:<folded source name>:<the input's own id>`, else `text:<sha256 of the normalised text>`.
    `key` is the short opaque public name derived from it. `text` is already normalised: every
    offset anywhere counts its code points. `published_at` is aware UTC, the start of the
    period when the precision is coarser than an instant, null when unknown.
    """

    key: str
    identity: str
    text: str
    text_sha256: str
    language: str  # ISO 639-1 code found in the text, "und" when it cannot be told
    origin: str  # where it was read: "file.txt" or "file.jsonl:17"
    title: str | None = None
    source: str | None = None  # the outlet's name as given
    source_url: str | None = None  # the outlet's home page
    external_id: str | None = None  # the input's own id
    url: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    published_precision: Precision | None = None
    original_sha256: str | None = None  # of the bytes it was read from; null where it has none of its own
    summary_only: bool = False  # the input held a summary and no text: `text` is the summary
    warnings: tuple[str, ...] = ()  # what the reader could not take over, in words
    fingerprint: str | None = None  # of what was read, where the article comes out of a corpus


class UnreadableReason(StrEnum):
    """Why an input gave no article."""

    EMPTY = "empty"
    NOT_TEXT = "not_text"
    BAD_ENCODING = "bad_encoding"
    BAD_COMPRESSION = "bad_compression"
    BAD_JSON = "bad_json"
    BAD_FRONT_MATTER = "bad_front_matter"
    BAD_FIELD = "bad_field"
    BAD_STRUCTURE = "bad_structure"
    TOO_LONG = "too_long"
    UNSUPPORTED = "unsupported_format"
    UNREADABLE = "unreadable_file"
    FETCH_REFUSED = "fetch_refused"
    FETCH_FAILED = "fetch_failed"
    EXTRACTION_FAILED = "extraction_failed"
    SAVING_FAILED = "saving_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableArticle:
    """An input that gave no article: counted and kept with its reason, never dropped.

    What the detail quotes of an input is made fit for any database: NUL characters and halves of characters
    (lone surrogates) are escaped.
    """

    origin: str
    reason: UnreadableReason
    detail: str  # one sentence that names the field or the byte

    def __post_init__(self) -> None:
        """Escape what no database takes."""
        plain = self.detail.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode("utf-8")
        object.__setattr__(self, "detail", plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnchangedArticle:
    """An input whose bytes are those that a stored article was read from: nothing else was looked at."""

    origin: str
