"""The resources that lists show: how each is selected, and how its rows become JSON."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Connection

from app.api.listing import Asked, Resource
from app.api.parameters import NamedQuery
from app.domain.names import fold
from app.queries import cities, organizations, sources, speakers, topics
from app.queries.articles import list_articles
from app.queries.conditions import MOST_RANGES
from app.queries.filters import SAID, Filters
from app.queries.ordering import count
from app.queries.ranking import published_at
from app.queries.records import beginning
from app.queries.selection import select_statements
from app.queries.slots import Slot
from app.queries.statements import list_statements
from app.schemas.city import CityEntry
from app.schemas.organization import OrganizationEntry
from app.schemas.references import OrganizationReference, TopicReference
from app.schemas.source import SourceEntry
from app.schemas.speaker import MOST_STATEMENTS, MOST_TITLES, Role, SpeakerEntry
from app.schemas.statement import StatementsByCueClass
from app.schemas.topic import TopicEntry

_SHARE_DIGITS = 4
_BY_ARTICLE = frozenset(
    {"article", "story", "speaker", "city", "county", "state", "country", "topic", "source"}
)


def _cards(connection: Connection, asked: Asked, rows: Sequence[Any]) -> list[str]:
    """Return the cards of rows as they are stored."""
    del connection, asked
    return [row.body for row in rows]


def _speakers(connection: Connection, asked: Asked, rows: Sequence[Any]) -> list[str]:
    everything = select_statements(asked.shape).ones()
    of_all: int = connection.execute(count(everything), asked.values).scalar_one()
    presented = presented_by_speaker(connection, asked.filters, [row.id for row in rows])
    return [
        SpeakerEntry(
            slug=row.slug,
            name=row.name,
            kind=row.kind,
            bioguide=row.bioguide,
            wikidata=row.wikidata,
            statements=row.statements,
            statements_by_cue_class=presented[row.id].by_cue_class(),
            articles=row.articles,
            share=round(row.statements / of_all, _SHARE_DIGITS),
            titles=presented[row.id].most_frequent(),
            **dates(row),
        ).model_dump_json()
        for row in rows
    ]


@dataclass(slots=True)
class Presented:
    """How the selected statements present a speaker: `rows` of titles, most frequent first."""

    rows: list[Any] = field(default_factory=list)

    def most_frequent(self) -> list[str]:
        """Return the most frequent titles; of those that differ in case only, the first."""
        titles: dict[str, str] = {}
        for row in self.rows:
            if row.title is not None:
                titles.setdefault(row.title.casefold(), row.title)
        return list(titles.values())[:MOST_TITLES]

    def by_cue_class(self) -> StatementsByCueClass:
        """Return how many statements of each class there are."""
        return by_cue_class(*self.rows)


def presented_by_speaker(
    connection: Connection, filters: Filters, ids: Sequence[int]
) -> defaultdict[int, Presented]:
    """Return how the selected statements present each speaker; one without statements has no titles."""
    presented: defaultdict[int, Presented] = defaultdict(Presented)
    for row in connection.execute(speakers.titles(filters, ids)):
        presented[row.speaker_id].rows.append(row)
    return presented


def by_cue_class(*rows: Any) -> StatementsByCueClass:  # noqa: ANN401 - any rows with such columns
    """Return the statements of all rows by what their cues report."""
    names = StatementsByCueClass.model_fields
    return StatementsByCueClass(**{name: sum(getattr(row, name) for row in rows) for name in names})


def _organizations(connection: Connection, asked: Asked, rows: Sequence[Any]) -> list[str]:
    said = connection.execute(organizations.statements_by_or_for(asked.filters, [row.id for row in rows]))
    statements = {row.organization_id: row for row in said}
    return [
        OrganizationEntry(
            slug=row.slug,
            name=row.name,
            acronym=row.acronym,
            kind=row.kind,
            articles=row.articles,
            **statement_numbers(statements.get(row.id)),
            **dates(row),
        ).model_dump_json()
        for row in rows
    ]


def statement_numbers(row: Any | None) -> dict[str, Any]:  # noqa: ANN401 - a row with such columns
    """Return how many statements there are, and by what their cues report; zeros without a row."""
    rows = [] if row is None else [row]
    return {
        "statements": sum(each.statements for each in rows),
        "statements_by_cue_class": by_cue_class(*rows),
    }


def _cities(connection: Connection, asked: Asked, rows: Sequence[Any]) -> list[str]:
    del connection, asked
    return [city_entry(row).model_dump_json() for row in rows]


def city_entry(row: Any) -> CityEntry:  # noqa: ANN401 - a row of the cities' columns
    """Return a city as lists show it."""
    return CityEntry(
        slug=row.slug,
        name=row.name,
        state=row.state,
        country=row.country,
        geonameid=row.geonameid,
        latitude=row.latitude,
        longitude=row.longitude,
        population=row.population,
        articles=row.articles,
        statements=row.statements,
        **dates(row),
    )


def _topics(connection: Connection, asked: Asked, rows: Sequence[Any]) -> list[str]:
    del connection, asked
    return [
        TopicEntry(
            slug=row.slug,
            name=row.name,
            description=row.description,
            broader=broader(row),
            articles=row.articles,
            statements=row.statements,
            **dates(row),
        ).model_dump_json()
        for row in rows
    ]


def broader(row: Any) -> TopicReference | None:  # noqa: ANN401 - a row of the topics' columns
    """Return the topic that one is part of."""
    slug = row.broader_slug
    return None if slug is None else TopicReference(slug=slug, name=row.broader_name)


def _sources(connection: Connection, asked: Asked, rows: Sequence[Any]) -> list[str]:
    del connection, asked
    return [
        SourceEntry(
            slug=row.slug,
            name=row.name,
            url=row.url,
            articles=row.articles,
            statements=row.statements,
            **dates(row),
        ).model_dump_json()
        for row in rows
    ]


def _roles(connection: Connection, asked: Asked, rows: Sequence[Any]) -> list[str]:
    query = speakers.statements_of_roles(asked.filters, _speaker_id(asked), MOST_STATEMENTS)
    keys: dict[tuple[Any, ...], list[str]] = {}
    for *role, key in connection.execute(query):
        keys.setdefault(tuple(role), []).append(key)
    return [
        Role(
            title=row.title,
            affiliation=row.affiliation,
            organization=reference(row, "organization"),
            role_category=row.role_category,
            party=row.party,
            state=row.state,
            **statement_numbers(row),
            articles=row.articles,
            statement_keys=keys[tuple(getattr(row, column.key) for column in speakers.ROLE)],
            **dates(row),
        ).model_dump_json()
        for row in rows
    ]


def reference(row: Any, prefix: str) -> OrganizationReference | None:  # noqa: ANN401 - any row with such columns
    """Return the organization in the columns `<prefix>_slug`, `<prefix>_name` and `<prefix>_acronym`."""
    slug, name, acronym = (getattr(row, f"{prefix}_{column}") for column in ("slug", "name", "acronym"))
    return None if slug is None else OrganizationReference(slug=slug, name=name, acronym=acronym)


def dates(row: Any) -> dict[str, Any]:  # noqa: ANN401 - any row with such columns
    """Return when the first and the last article of the row's were published."""
    return {
        "first_published_at": published_at(row.first_id),
        "last_published_at": published_at(row.last_id),
    }


def _is_named(asked: Asked) -> bool:
    return cast(NamedQuery, asked.parameters).name is not None


def _name(asked: Asked) -> Mapping[str, str]:
    name = cast(NamedQuery, asked.parameters).name
    return {} if name is None else beginning(fold(name))


def _speaker(asked: Asked) -> Mapping[str, int]:
    return {_SPEAKER.name: _speaker_id(asked)}


def _speaker_id(asked: Asked) -> int:
    assert asked.record is not None  # noqa: S101 - roles stand below a speaker only
    return asked.record.id


_SPEAKER = Slot("speaker")

ARTICLES = Resource(
    listing=lambda asked: list_articles(asked.shape),
    show=_cards,
    bounded=_BY_ARTICLE | {"organization"},
    most_bounded=MOST_RANGES,  # they meet in one index (`app.queries.selection`)
)
STATEMENTS = Resource(
    listing=lambda asked: list_statements(asked.shape),
    show=_cards,
    relations=SAID,
    bounded=_BY_ARTICLE | {"kind", "cue_class", "review", "cue", "quotation"},
)
SPEAKERS = Resource(
    listing=lambda asked: speakers.list_speakers(asked.shape, named=_is_named(asked)),
    show=_speakers,
    values=_name,
    relations=SAID,
)
ROLES = Resource(
    listing=lambda asked: speakers.list_roles(asked.shape, _SPEAKER),
    show=_roles,
    values=_speaker,
    relations=SAID,
)
ORGANIZATIONS = Resource(
    listing=lambda asked: organizations.list_organizations(asked.shape, named=_is_named(asked)),
    show=_organizations,
    values=_name,
)
CITIES = Resource(
    listing=lambda asked: cities.list_cities(asked.shape, named=_is_named(asked)),
    show=_cities,
    values=_name,
)
TOPICS = Resource(
    listing=lambda asked: topics.list_topics(asked.shape, named=_is_named(asked)),
    show=_topics,
    values=_name,
)
SOURCES = Resource(
    listing=lambda asked: sources.list_sources(asked.shape, named=_is_named(asked)),
    show=_sources,
    values=_name,
)
