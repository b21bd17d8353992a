"""The one model of filter parameters: every list takes all of them.

A nested path presets one filter; its model leaves that parameter out. Names of parameters: those of
`app.queries.filters`, `<name>_match` where an article can have many, `exclude_<name>`.
"""

from enum import StrEnum
from typing import Annotated, Self, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from app.api.validation import plain_number
from app.db.models.links import OrganizationRelation
from app.db.search_text import folded_words
from app.domain.annotation import CueClass, SpeakerKind, StatementKind
from app.domain.links import Party, RoleCategory
from app.domain.review import Review
from app.queries.conditions import Has
from app.queries.periods import parse_period
from app.queries.search import parse_search
from app.schemas.problem import ParameterCode

MOST_VALUES = 50
"""Values that one parameter may be given; each is a look-up."""

LONGEST_NAME = 200
LONGEST_SEARCH = 500

Name: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]
Confidence: TypeAlias = Annotated[float, Field(ge=0, le=1), BeforeValidator(plain_number)]
Names: TypeAlias = Annotated[tuple[Name, ...], Field(max_length=MOST_VALUES)]


class Collapse(StrEnum):
    """What counts once."""

    STORY = "story"


class Match(StrEnum):
    """Whether one of the values is enough or all of them must be there."""

    ANY = "any"
    ALL = "all"


_TAKES = "slug, `geonames:` id or name; a name means every record that bears it"
_PERIOD = "a year, month, date or instant with its zone"


def _values(description: str, *examples: str) -> Names:
    return Field(default=(), description=description, examples=[list(examples)] if examples else None)


def _match(what: str) -> Match:
    return Field(
        default=Match.ANY, description=f"`any`: one of the values of `{what}` is enough; `all`: all of them."
    )


class Vocabulary(BaseModel):
    """Base of all query models: an unknown parameter is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OfArticle(Vocabulary):
    """The filter by article."""

    article: Names = _values("In the article with this key. Repeat for any of several.")


class OfSpeaker(Vocabulary):
    """The filter by speaker."""

    speaker: Names = _values(
        "By this speaker: slug, `bioguide:` or `wikidata:` id, or name; a name means every record that bears "
        "it. Repeat for any of several.",
        "marty-walsh",
    )
    speaker_match: Match = _match("speaker")


class OfOrganization(Vocabulary):
    """The filter by organization."""

    organization: Names = _values(
        "Has this organization in one of the relations of `organization_relation`: slug, acronym or name. "
        "Repeat for any of several.",
        "us-immigration-and-customs-enforcement",
    )
    organization_match: Match = _match("organization")


class OfCity(Vocabulary):
    """The filter by city."""

    city: Names = _values(
        f"The article mentions this city: {_TAKES}. Repeat for any of several.", "boston-ma"
    )
    city_match: Match = _match("city")


class OfTopic(Vocabulary):
    """The filter by topic."""

    topic: Names = _values(
        "The article is on this topic of immigration policy or on a narrower one: slug or name. "
        "Repeat for any of several.",
        "sanctuary-policies",
    )
    topic_match: Match = _match("topic")


class OfQuotation(Vocabulary):
    """The filter by quotation."""

    quotation: Names = _values(
        "Has the words of the statement with this key as a quotation. Punctuation and case do not count; a "
        "statement that quotes nothing, or fewer than eight words, is in no list. Repeat for any of several."
    )


class Others(Vocabulary):
    """The filters that no nested path presets, and what is left out."""

    county: Names = _values(
        "The article mentions this county: slug, `fips:` code or name (every record that bears it).",
        "suffolk-county-ma",
    )
    county_match: Match = _match("county")
    state: Names = _values(
        f"The article mentions this state of the US itself (its cities do not count): postal code, {_TAKES}.",
        "MA",
    )
    state_match: Match = _match("state")
    country: Names = _values(
        f"The article mentions this country itself (its cities do not count): ISO 3166-1 code, {_TAKES}.",
        "US",
    )
    country_match: Match = _match("country")
    organization_relation: tuple[OrganizationRelation, ...] = Field(
        default=(),
        max_length=len(OrganizationRelation),
        description="How `organization` and `exclude_organization` belong: `mentioned` in the article, "
        "`speaker` of a statement, `affiliation` of a speaker. Left out: `mentioned` for articles, "
        "organizations, cities and sources; `speaker` and `affiliation` for statements and speakers.",
    )
    speaker_kind: tuple[SpeakerKind, ...] = Field(
        default=(), max_length=len(SpeakerKind), description="Said by a person, or by an organization."
    )
    kind: tuple[StatementKind, ...] = Field(
        default=(),
        max_length=len(StatementKind),
        description="Quoted (`direct`), reported (`indirect`), or reported with quoted words (`mixed`).",
    )
    cue_class: tuple[CueClass, ...] = Field(
        default=(),
        max_length=len(CueClass),
        description="The reporting words report `speech`, `writing`, a `belief` (thinks, expects), an "
        "`intent` (wants, plans) or something `other` (supports, votes).",
    )
    cue: Names = _values(
        "The reporting words have this word, or are these words. Case, diacritics and endings do not count: "
        "`claim` finds claims and claimed. Repeat for any of several.",
        "said",
    )
    min_confidence: Confidence | None = Field(
        default=None,
        description="The statement's `confidence` is at least this, 0 to 1.",
        examples=[0.9],
    )
    review: tuple[Review, ...] = Field(
        default=(),
        max_length=len(Review),
        description="The statement is `unreviewed`, or a person has `confirmed` who said it, `corrected` it "
        "(told who did) or `retracted` it (it is no statement, or was never made).",
    )
    party: tuple[Party, ...] = Field(
        default=(), max_length=len(Party), description="Said by a member of this party, on the day."
    )
    role_category: tuple[RoleCategory, ...] = Field(
        default=(),
        max_length=len(RoleCategory),
        description="Said by somebody whom the article presents in this role; a former office is none.",
    )
    has: tuple[Has, ...] = Field(
        default=(),
        max_length=len(Has),
        description="Has a named `speaker`, a mentioned `city`, a `statement`, a `topic` at all.",
    )
    has_match: Match = _match("has")
    source: Names = _values("Published by this source: slug or name. Repeat for any of several.")
    published_from: str | None = Field(
        default=None,
        max_length=LONGEST_NAME,
        description=f"Published at or after: {_PERIOD}. Articles without a date are left out.",
        examples=["2020-02-14"],
    )
    published_to: str | None = Field(
        default=None,
        max_length=LONGEST_NAME,
        description=f"Published until the end of: {_PERIOD} (`2020-02` is all of February). Articles "
        "without a date are left out.",
        examples=["2020-02"],
    )
    q: str | None = Field(
        default=None,
        max_length=LONGEST_SEARCH,
        description='Words that the title or the text has, all of them; "a phrase"; -word for one that '
        "neither has. Case, diacritics and endings do not count.",
        examples=["sanctuary -tactical"],
    )
    story: Names = _values(
        "The article tells the same story as the one with this key: both are copies of one text. Repeat for "
        "any of several."
    )
    collapse: Collapse | None = Field(
        default=None,
        description="`story`: of the selected articles that are copies of one text only the earliest counts, "
        "and of the selected statements those in the earliest article that has any.",
    )
    exclude_article: Names = _values("Not in this article.")
    exclude_story: Names = _values("Leave out the story of the article with this key.")
    exclude_quotation: Names = _values("Leave out what `quotation` with this value alone would select.")
    exclude_speaker: Names = _values("Leave out what `speaker` with this value alone would select.")
    exclude_organization: Names = _values("Leave out what `organization` with this value alone would select.")
    exclude_city: Names = _values("Leave out what `city` with this value alone would select.", "chicago-il")
    exclude_county: Names = _values("Leave out what `county` with this value alone would select.")
    exclude_state: Names = _values("Leave out what `state` with this value alone would select.")
    exclude_country: Names = _values("Leave out what `country` with this value alone would select.")
    exclude_topic: Names = _values("Leave out what `topic` with this value alone would select.")
    exclude_source: Names = _values("Leave out what `source` with this value alone would select.")
    exclude_speaker_kind: tuple[SpeakerKind, ...] = Field(
        default=(), max_length=len(SpeakerKind), description="Leave out what `speaker_kind` would select."
    )
    exclude_party: tuple[Party, ...] = Field(
        default=(), max_length=len(Party), description="Leave out what `party` would select."
    )
    exclude_role_category: tuple[RoleCategory, ...] = Field(
        default=(), max_length=len(RoleCategory), description="Leave out what `role_category` would select."
    )
    exclude_kind: tuple[StatementKind, ...] = Field(
        default=(), max_length=len(StatementKind), description="Leave out what `kind` would select."
    )
    exclude_cue_class: tuple[CueClass, ...] = Field(
        default=(), max_length=len(CueClass), description="Leave out what `cue_class` would select."
    )
    exclude_cue: Names = _values("Leave out what `cue` with this value alone would select.")
    exclude_review: tuple[Review, ...] = Field(
        default=(), max_length=len(Review), description="Leave out what `review` would select."
    )
    exclude_has: tuple[Has, ...] = Field(
        default=(), max_length=len(Has), description="Leave out what `has` would select."
    )

    @field_validator("published_from", "published_to")
    @classmethod
    def _is_period(cls, value: str | None) -> str | None:
        if value is not None:
            parse_period(value)
        return value

    @field_validator("cue", "exclude_cue")
    @classmethod
    def _folded(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        folded = tuple(" ".join(folded_words(value)) for value in values)
        if not all(folded):
            raise ValueError("There is no letter or digit in it.")
        return folded

    @field_validator("q")
    @classmethod
    def _has_words(cls, value: str | None) -> str | None:
        if value is not None:
            parse_search(value)
        return value

    @model_validator(mode="after")
    def _from_before_to(self) -> Self:
        if self.published_from is not None and self.published_to is not None:
            start, end = parse_period(self.published_from).start, parse_period(self.published_to).end
            if start is not None and end is not None and start >= end:
                raise conflict("published_to", "it ends before 'published_from' begins.")
        return self

    @model_validator(mode="after")
    def _qualifies_something(self) -> Self:
        """Refuse what only says how another parameter is meant, and would be ignored without that one."""
        for name in self.model_fields_set:
            main, _, last = name.rpartition("_")
            if last == "match" and getattr(self, name) is Match.ALL and not getattr(self, main, None):
                raise _stray(name, main)
        related = self.exclude_organization or getattr(self, "organization", True)
        if self.organization_relation and not related:
            raise _stray("organization_relation", "organization")
        return self


def _stray(parameter: str, main: str) -> PydanticCustomError:
    return conflict(parameter, f"it says how '{main}' is meant, which is not given.")


def conflict(parameter: str, sentence: str) -> PydanticCustomError:
    """Return the error of a parameter that does not go with another one."""
    return PydanticCustomError(ParameterCode.CONFLICTING_PARAMETERS, sentence, {"parameter": parameter})


class AllFilters(Others, OfArticle, OfSpeaker, OfOrganization, OfCity, OfTopic, OfQuotation):
    """The whole vocabulary."""


class AllButArticle(Others, OfSpeaker, OfOrganization, OfCity, OfTopic, OfQuotation):
    """The vocabulary below an article."""


class AllButSpeaker(Others, OfArticle, OfOrganization, OfCity, OfTopic, OfQuotation):
    """The vocabulary below a speaker."""


class AllButOrganization(Others, OfArticle, OfSpeaker, OfCity, OfTopic, OfQuotation):
    """The vocabulary below an organization."""


class AllButCity(Others, OfArticle, OfSpeaker, OfOrganization, OfTopic, OfQuotation):
    """The vocabulary below a city."""


class AllButTopic(Others, OfArticle, OfSpeaker, OfOrganization, OfCity, OfQuotation):
    """The vocabulary below a topic."""


class AllButQuotation(Others, OfArticle, OfSpeaker, OfOrganization, OfCity, OfTopic):
    """The vocabulary below a statement."""
