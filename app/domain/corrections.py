"""What people decided about the record: on top of what extraction and linking found, never instead of it.

A correction is never changed and never deleted; a later one, or one that undoes it, takes its place.
"""

import base64
import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from app.domain.annotation import AttributionMethod, SpeakerKind
from app.domain.links import OrganizationKind, Party, RoleCategory
from app.domain.review import Review
from app.domain.span import Span

_KEY_CHARS = 16

Order = tuple[datetime, str]


class Correctable(StrEnum):
    """Of what a correction is."""

    STATEMENT = "statement"
    SPEAKER = "speaker"
    ORGANIZATION = "organization"


Concerned = tuple[Correctable, str, str | None]
"""On what a correction decides: the kind, the key or slug, the article to which it is limited."""


class CorrectionAction(StrEnum):
    """What a correction does to its subject."""

    CONFIRM = "confirm"  # of a statement: it is as it stands
    SPEAKER = "speaker"  # of a statement: these said it, or nobody is known
    RETRACT = "retract"  # of a statement
    MERGE = "merge"  # of a speaker or organization: it is the target
    SPLIT = "split"  # of a speaker: in one article it is the target
    UNDO = "undo"  # of anything: the correction that is in force is not any more


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedSpeaker:
    """A speaker of a statement as it stood when a person decided. `organization` is a slug."""

    slug: str
    name: str
    kind: SpeakerKind
    method: AttributionMethod
    title: str | None = None
    affiliation: str | None = None
    organization: str | None = None
    party: Party | None = None
    state: str | None = None
    role_category: RoleCategory = RoleCategory.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How a subject stands before or after a correction.

    Of a statement: its review, its speakers, and where its words stand. Of a speaker or organization: the
    slug and name that it has, and of which kind an organization is.
    """

    review: Review | None = None
    speakers: tuple[StatedSpeaker, ...] = ()
    content: tuple[Span, ...] = ()
    slug: str | None = None
    name: str | None = None
    kind: OrganizationKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person decided: about what, when, why, and how it stood before and stands after.

    `key` names the correction itself. `subject` is the key of a statement, the slug of a speaker or of an
    organization; `article` is the key of the article in which it holds, null where it holds everywhere.
    `after` is null when something is undone: then what extraction finds holds again. Corrections count in the
    order of `(made_at, key)`.
    """

    key: str
    made_at: datetime
    made_by: str
    reason: str
    of: Correctable
    subject: str
    action: CorrectionAction
    article: str | None = None
    before: State | None = None
    after: State | None = None

    def content_key(self) -> str:
        """Return the key that names what is decided: a correction that was changed has another one."""
        said = json.dumps(_plain(replace(self, key="")), sort_keys=True)
        digest = hashlib.sha256(said.encode()).digest()[: _KEY_CHARS * 5 // 8]
        return base64.b32encode(digest).decode("ascii").lower()

    @property
    def order(self) -> Order:
        """Return what corrections are sorted by: of two on one thing, the later one counts."""
        return self.made_at, self.key

    @property
    def concerns(self) -> Concerned:
        """Return on what it decides: a later correction of the same takes its place."""
        return self.of, self.subject, None if self.of is Correctable.STATEMENT else self.article


def _plain(value: object) -> object:
    """Return what JSON can hold. What stands at its default is left out: a new field changes no key."""
    if is_dataclass(value) and not isinstance(value, type):
        told = ((one.name, one.default, getattr(value, one.name)) for one in fields(value))
        return {name: _plain(own) for name, default, own in told if own != default}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
