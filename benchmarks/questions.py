"""What the benchmark asks: each question in several addresses, so that no answer is merely remembered."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.db.engine import writing_engine
from app.db.models.article import Article
from app.db.models.base import Base
from app.db.models.links import ArticleOrganization, ArticlePlace, ArticleSpeaker, OrganizationRelation
from app.db.models.organization import Organization
from app.db.models.place import Place
from app.db.models.speaker import Speaker
from app.domain.annotation import PlaceKind, SpeakerKind
from benchmarks.population import population
from benchmarks.processes import get

ARTICLES, STATEMENTS = "/v1/articles", "/v1/statements"
FEW = 3  # records of a kind where pairs of them are asked for
SOME = 10  # records of a kind
MIDDLING = 20  # the rank from which records are neither frequent nor rare
COMMON_WORDS = slice(20, 40)  # by rank: each is in 5 to 10 of 100 articles
YEARS = ("2018", "2020", "2022")
DEEP_LIMIT = 10
"""A page of the deep walk: half of 100,000 articles is the 5,000th such page."""
_WALK_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Addresses that are asked in turn.

    `model` says which constant page they are compared with, null when none has such an answer; `naive` are
    the same questions to the naive list, where it has them.
    """

    title: str
    addresses: Sequence[str]
    model: str | None
    naive: Sequence[str] = ()
    method: str = "GET"
    headers: Sequence[tuple[str, str]] = ()


TITLES = {
    "newest": "newest articles",
    "city": "articles by frequent city",
    "rare_city": "articles by rare city",
    "speaker_year": "statements by speaker and year",
    "city_organization": "articles by city and organization, both frequent",
    "city_organization_middling": "the same, both middling",
    "deep": f"articles, page of {DEEP_LIMIT} half-way by cursor",
    "search": "articles by a word of the text",
    "detail": "one article",
    "not_modified": "newest articles, 304",
    "head": "newest articles, HEAD",
}
"""Every question by its name."""
_BODILESS = ("not_modified", "head")


def questions(database_url: str, port: int, names: Iterable[str]) -> dict[str, Question]:
    """Return the questions of these names for a database, and a server that serves it at `port`."""
    engine = writing_engine(database_url)
    with engine.connect() as connection:
        asked = {name: _question(name, connection, port) for name in names}
    engine.dispose()
    return asked


def _question(name: str, connection: Connection, port: int) -> Question:
    title = TITLES[name]
    if name == "deep":
        return _deep(title, connection, port)
    if name == "detail":
        addresses = [f"{ARTICLES}/{key}" for key in _keys(connection)]
        return Question(title=title, addresses=addresses, model="item")
    if name in _BODILESS:
        return _bodiless(name, port)
    queries = _queries(name, connection)
    if name == "speaker_year":
        return _list(title, STATEMENTS, queries, model="statements")
    if name == "search":  # the naive list has none
        return _list(title, ARTICLES, queries, model="articles")
    naive = [_address("/articles", query) for query in queries]
    return _list(title, ARTICLES, queries, model="articles", naive=naive)


def _bodiless(name: str, port: int) -> Question:
    """Ask for the newest articles without their body; no other server has such answers."""
    if name == "head":
        return Question(title=TITLES[name], addresses=[ARTICLES], model=None, method="HEAD")
    headers = [("If-None-Match", get(port, ARTICLES)[1]["etag"])]
    return Question(title=TITLES[name], addresses=[ARTICLES], model=None, headers=headers)


def _queries(name: str, connection: Connection) -> list[dict[str, str]]:
    makers: dict[str, Callable[[], list[dict[str, str]]]] = {
        "newest": lambda: [{}],
        "city": lambda: [{"city": slug} for slug in _cities(connection)[:SOME]],
        "rare_city": lambda: [{"city": slug} for slug in _cities(connection)[-SOME:]],
        "city_organization": lambda: _pairs(connection, 0),
        "city_organization_middling": lambda: _pairs(connection, MIDDLING),
        "search": lambda: [{"q": word} for word in population().words.things[COMMON_WORDS]],
        "speaker_year": lambda: [
            {"speaker": slug, "published_from": year, "published_to": year}
            for slug, year in product(_speakers(connection)[:SOME], YEARS)
        ],
    }
    return makers[name]()


def _list(
    title: str, path: str, queries: Sequence[dict[str, str]], *, model: str, naive: Sequence[str] = ()
) -> Question:
    addresses = [_address(path, query) for query in queries]
    return Question(title=title, addresses=addresses, model=model, naive=naive)


def _address(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def _deep(title: str, connection: Connection, port: int) -> Question:
    """Walk half-way through the articles, as fast as a client can, and then ask for pages from there on."""
    size = connection.scalar(select(func.count()).select_from(Article)) or 0
    skipped = max(size // 2 - DEEP_LIMIT, 0)
    cursor: str | None = None
    for limit in (*[_WALK_LIMIT] * (skipped // _WALK_LIMIT), skipped % _WALK_LIMIT):
        if limit:
            cursor = _next(port, limit, cursor)
    addresses, naive = [], []
    for page in range(SOME):
        if page and cursor is None:
            break
        at = {} if cursor is None else {"cursor": cursor}
        addresses.append(_address(ARTICLES, {"limit": str(DEEP_LIMIT), **at}))
        offset = str(skipped + page * DEEP_LIMIT)
        naive.append(_address("/articles", {"limit": str(DEEP_LIMIT), "offset": offset}))
        cursor = _next(port, DEEP_LIMIT, cursor)
    return Question(title=title, addresses=addresses, model="articles", naive=naive)


def _next(port: int, limit: int, cursor: str | None) -> str | None:
    query = {"limit": str(limit), "count": "none", **({} if cursor is None else {"cursor": cursor})}
    links = json.loads(get(port, _address(ARTICLES, query))[2])["links"]
    following: str | None = links["next"]
    return None if following is None else following.rpartition("cursor=")[2]


def _pairs(connection: Connection, rank: int) -> list[dict[str, str]]:
    """Return pairs of records from a rank on; the last ones, where there are not so many."""
    cities, organizations = _cities(connection), _organizations(connection)
    first = max(min(rank, len(cities) - FEW, len(organizations) - FEW), 0)
    pairs = product(cities[first : first + FEW], organizations[first : first + FEW])
    return [{"city": city, "organization": organization} for city, organization in pairs]


def _cities(connection: Connection) -> Sequence[str]:
    return _ranked(connection, Place.slug, ArticlePlace, Place.kind == PlaceKind.CITY)


def _organizations(connection: Connection) -> Sequence[str]:
    mentioned = ArticleOrganization.relation == OrganizationRelation.MENTIONED
    return _ranked(connection, Organization.slug, ArticleOrganization, mentioned)


def _speakers(connection: Connection) -> Sequence[str]:
    return _ranked(connection, Speaker.slug, ArticleSpeaker, Speaker.kind == SpeakerKind.PERSON)


def _ranked(
    connection: Connection, slug: InstrumentedAttribute[str], link: type[Base], condition: ColumnElement[bool]
) -> Sequence[str]:
    """Return the slugs of the linked records, those of most articles first."""
    query = select(slug).join(link).where(condition).group_by(slug).order_by(func.count().desc(), slug)
    return connection.scalars(query).all()


def _keys(connection: Connection) -> Sequence[str]:
    """Return the keys of a few articles, in no order of time."""
    return connection.scalars(select(Article.key).order_by(Article.key).limit(SOME)).all()
