"""The query model of each list: the filters that apply, the orders it has, and paging."""

from enum import StrEnum

from pydantic import Field, field_validator

from app.api.filters import (
    LONGEST_NAME,
    AllButArticle,
    AllButCity,
    AllButOrganization,
    AllButQuotation,
    AllButSpeaker,
    AllButTopic,
    AllFilters,
    Others,
    Vocabulary,
)
from app.api.pagination import Paging
from app.domain.names import fold
from app.queries.mentions import MentionKind


class ByDate(StrEnum):
    """Orders of articles and statements."""

    NEWEST = "-published_at"
    OLDEST = "published_at"


class SpeakerOrder(StrEnum):
    """Orders of speakers."""

    MOST_STATEMENTS = "-statements"
    FEWEST_STATEMENTS = "statements"
    NAME = "name"
    NAME_BACKWARDS = "-name"
    LATEST = "-last_published_at"


class ArticlesOrder(StrEnum):
    """Orders of organizations, cities, topics and sources."""

    MOST_ARTICLES = "-articles"
    FEWEST_ARTICLES = "articles"
    NAME = "name"
    NAME_BACKWARDS = "-name"
    LATEST = "-last_published_at"


class RoleOrder(StrEnum):
    """Orders of a speaker's roles."""

    LATEST = "-last_published_at"
    EARLIEST = "first_published_at"
    MOST_STATEMENTS = "-statements"


class MentionOrder(StrEnum):
    """The order of an article's mentions."""

    POSITION = "position"


class ListQuery(Others, Paging):
    """What all lists with filters take."""

    sort: StrEnum


class DatedQuery(ListQuery):
    """What lists of articles and statements take."""

    sort: ByDate = Field(
        default=ByDate.NEWEST,
        description="Order. Undated ones come last when the newest come first, and first otherwise; "
        "statements of one article keep together.",
    )


class TextOrderQuery(ListQuery):
    """What the list of an article's statements takes."""

    sort: ByDate = Field(
        default=ByDate.OLDEST,
        description="`published_at` is the order of the text, `-published_at` its reverse.",
    )


class NamedQuery(ListQuery):
    """What lists of records that have a name take."""

    name: str | None = Field(
        default=None,
        min_length=1,
        max_length=LONGEST_NAME,
        description="Name or alias begins with this; case and diacritics do not count.",
    )

    @field_validator("name")
    @classmethod
    def _has_letters(cls, value: str | None) -> str | None:
        if value is not None and not fold(value):
            raise ValueError("There is no letter or digit in it.")
        return value


class RankedSpeakersQuery(NamedQuery):
    """What lists of speakers take."""

    sort: SpeakerOrder = Field(
        default=SpeakerOrder.MOST_STATEMENTS, description="Order; the slug decides between equals."
    )


class RankedByArticlesQuery(NamedQuery):
    """What lists of organizations, cities, topics and sources take."""

    sort: ArticlesOrder = Field(
        default=ArticlesOrder.MOST_ARTICLES, description="Order; the slug decides between equals."
    )


class ArticlesQuery(AllFilters, DatedQuery):
    """Parameters of the list of articles."""


class ArticlesOfOrganizationQuery(AllButOrganization, DatedQuery):
    """Parameters of the list of an organization's articles."""


class ArticlesOfCityQuery(AllButCity, DatedQuery):
    """Parameters of the list of a city's articles."""


class ArticlesOfTopicQuery(AllButTopic, DatedQuery):
    """Parameters of the list of a topic's articles."""


class StatementsQuery(AllFilters, DatedQuery):
    """Parameters of the list of statements."""


class OccurrencesQuery(AllButQuotation, DatedQuery):
    """Parameters of the list of a quotation's occurrences."""


class StatementsOfArticleQuery(AllButArticle, TextOrderQuery):
    """Parameters of the list of an article's statements."""


class StatementsOfSpeakerQuery(AllButSpeaker, DatedQuery):
    """Parameters of the list of a speaker's statements."""


class StatementsOfOrganizationQuery(AllButOrganization, DatedQuery):
    """Parameters of the list of an organization's statements."""


class StatementsOfTopicQuery(AllButTopic, DatedQuery):
    """Parameters of the list of statements in a topic's articles."""


class SpeakersQuery(AllFilters, RankedSpeakersQuery):
    """Parameters of the list of speakers."""


class SpeakersOfOrganizationQuery(AllButOrganization, RankedSpeakersQuery):
    """Parameters of the list of an organization's speakers."""


class SpeakersOfCityQuery(AllButCity, RankedSpeakersQuery):
    """Parameters of the list of those who speak in articles about a city."""


class SpeakersOfTopicQuery(AllButTopic, RankedSpeakersQuery):
    """Parameters of the list of those who speak in a topic's articles."""


class RolesQuery(AllButSpeaker, ListQuery):
    """Parameters of the list of a speaker's roles."""

    sort: RoleOrder = Field(
        default=RoleOrder.LATEST, description="Order; title and affiliation decide between equals."
    )


class OrganizationsQuery(AllFilters, RankedByArticlesQuery):
    """Parameters of the list of organizations."""


class OrganizationsOfCityQuery(AllButCity, RankedByArticlesQuery):
    """Parameters of the list of organizations in articles about a city."""


class CitiesQuery(AllFilters, RankedByArticlesQuery):
    """Parameters of the list of cities."""


class TopicsQuery(AllFilters, RankedByArticlesQuery):
    """Parameters of the list of topics."""


class SourcesQuery(AllFilters, RankedByArticlesQuery):
    """Parameters of the list of sources."""


class MentionsQuery(Vocabulary, Paging):
    """Parameters of the list of an article's mentions."""

    kind: tuple[MentionKind, ...] = Field(
        default=(), max_length=len(MentionKind), description="Mentions of this kind only; left out: all."
    )
    sort: MentionOrder = Field(
        default=MentionOrder.POSITION, description="The title's mentions, then the text's, as they stand."
    )
