"""What verification finds."""

from dataclasses import dataclass
from enum import StrEnum


class Wrong(StrEnum):
    """What kind of thing is wrong."""

    FOREIGN_KEY = "foreign_key"  # a row that leads to none
    TEXT = "text"  # a text that its hash or number of words does not fit
    SPAN = "span"  # words that do not stand where the row says
    KEY = "key"  # a statement whose words give another key, an article whose date gives another id
    COUNTER = "counter"  # a count on an article
    ASSOCIATION = "association"  # what filters walk
    CARD = "card"  # what lists show
    SEARCH = "search"  # what words find
    STORY = "story"  # which articles are copies, which statements one quotation
    SLUG = "slug"  # a record's key or folded name, a redirect that leads nowhere
    CORRECTION = "correction"  # what a person decided and does not hold, or holds and nobody decided
    WITHDRAWAL = "withdrawal"  # a withdrawn key that stands


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: of which kind, at which record, and what. No word of a text is in it."""

    wrong: Wrong
    where: str
    detail: str
