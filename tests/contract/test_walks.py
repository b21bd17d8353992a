"""A walk shows every row that stays once, while others are saved, replaced and removed between pages."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from httpx2 import Response
from sqlalchemy import Engine, select

from app.db.engine import writing_engine
from app.db.models.article import Article
from app.storage.places import load_places
from app.storage.removal import remove_articles
from app.storage.revision import raise_revision
from app.storage.saving import save
from app.storage.statement_keys import folded_words, statement_keys
from app.storage.topics import load_topics
from tests.client import Client
from tests.conftest import Templates
from tests.contract.generated import draw, other_version
from tests.queries.cast import GAZETTEER, TAXONOMY
from tests.queries.stories import Story, words_said
from tests.queries.world import linked

if TYPE_CHECKING:
    from tests.contract.conftest import Route, Serve

STAYING = draw(seed=5, number=18)
MOVING = draw(seed=6, number=30)
LIMIT = 7
PAGES_BETWEEN = 2  # changes
CHANGED_AT_ONCE = 3
MOST_PAGES = 300


def quotation_of(stories: Sequence[Story]) -> str:
    """Return the key of a statement of theirs that quotes what others quote too."""
    for story in stories:
        words = [folded_words(words_said(said, number)) for number, said in enumerate(story.says)]
        for said, key in zip(story.says, statement_keys(story.key, words), strict=True):
            if said.quotation is not None:
                return key
    raise AssertionError("nobody quotes anything")


RECORDS = {
    "articles": STAYING[0].key,
    "speakers": "ana-ortega",
    "organizations": "border-works-agency",
    "cities": "boston-ma",
    "topics": "docks",
    "statements": quotation_of(STAYING),
}

Row = tuple[object, ...]


def build(url: str) -> None:
    """Save those that stay and half of the others."""
    engine = writing_engine(url)
    with engine.begin() as connection:
        load_places(connection, GAZETTEER)
        load_topics(connection, TAXONOMY)
        save(connection, [linked(story) for story in (*STAYING, *MOVING[::2])], now=datetime.now(UTC))
    engine.dispose()


class Changing:
    """Saves, replaces and removes articles, the same ones every time; never those that stay."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._chosen = random.Random(11)  # noqa: S311 - no secret
        self.done: Counter[str] = Counter()

    def change(self) -> None:
        """Change some articles in one transaction, as the job does."""
        now = datetime.now(UTC)
        with self._engine.begin() as connection:
            for story in self._chosen.sample(MOVING, CHANGED_AT_ONCE):
                id_ = connection.scalar(select(Article.id).where(Article.key == story.key))
                if id_ is not None and self._chosen.random() < 0.5:
                    remove_articles(connection, [id_])
                    raise_revision(connection, now=now)
                    self.done["removed"] += 1
                else:
                    version = other_version(story, self._chosen.randrange(1000))
                    (outcome,) = save(connection, [linked(version)], now=now).outcomes
                    self.done[outcome] += 1


def rows(page: dict[str, Any], sort: str) -> list[Row]:
    """Return what tells the rows of a page and their places: who they are, and by what they are ordered."""
    names = ("key", "slug", "title", "affiliation", "kind", "field", "start", sort.lstrip("-"))
    return [tuple(result.get(name) for name in names) for result in page["results"]]


def lists(routes: "list[Route]") -> Iterator[tuple[str, str]]:
    """Yield path and sort of every order of every list."""
    for route in routes:
        if sorts := route.sorts():
            record = RECORDS.get(route.template.split("/")[2], "")
            path = re.sub("{.*?}", record, route.template)
            yield from ((path, sort) for sort in sorts)


def asked(client: Client, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.text)
    page: dict[str, Any] = answer.json()
    return page


def everything(client: Client, path: str, sort: str) -> set[Row]:
    return set(rows(asked(client, f"{path}?sort={sort}&limit=200"), sort))


def walk(
    client: Client, changing: Changing | None, address: str, sort: str, direction: str
) -> tuple[Counter[Row], set[Row], str]:
    """Return how often each row was shown, which ones kept their place all the while, and the last page."""
    path = address.partition("?")[0]
    shown: Counter[Row] = Counter()
    stayed = everything(client, path, sort)
    for number in range(MOST_PAGES):
        page = asked(client, address)
        shown.update(rows(page, sort))
        following = page["links"][direction]
        if following is None:
            return shown, stayed & everything(client, path, sort), address
        address = following
        if changing is not None and number % PAGES_BETWEEN == 0:
            changing.change()
            stayed &= everything(client, path, sort)
    raise AssertionError("the walk does not end")


@pytest.mark.parametrize("direction", ["next", "prev"])
def test_what_stays_is_shown_once(
    serve: "Serve", templates: Templates, database_kind: str, routes: "list[Route]", direction: str
) -> None:
    base = templates.template(database_kind, "walks", build, base=templates.migrated(database_kind))
    url = templates.databases(database_kind).create(base)
    engine = writing_engine(url)
    changing = Changing(engine)
    seen = 0
    with Client(serve(url)) as client:
        for path, sort in lists(routes):
            address = f"{path}?sort={sort}&limit={LIMIT}"
            if direction == "prev":
                *_, address = walk(client, None, address, sort, "next")
            shown, stayed, _ = walk(client, changing, address, sort, direction)
            assert {row: shown[row] for row in stayed} == dict.fromkeys(stayed, 1), (path, sort)
            seen += len(stayed)
    engine.dispose()
    assert seen > 300
    assert min(changing.done[what] for what in ("new", "replaced", "removed")) > 20, changing.done


def told(answer: Response) -> dict[str, str]:
    """Return the headers but for the date of the corpus, which is kept back for a second after a commit."""
    return {name: value for name, value in answer.headers.items() if name != "last-modified"}


def test_a_page_asked_twice_is_the_same(corpus: Client, routes: "list[Route]") -> None:
    for path, sort in lists(routes):
        if path.count("/") == 2:
            first, second = (
                corpus.get(f"{path}?sort={sort}&limit=2", headers={"X-Request-ID": "same"}) for _ in range(2)
            )
            assert (first.content, told(first)) == (second.content, told(second))
            walked, stayed, _ = walk(corpus, None, f"{path}?sort={sort}&limit=7&count=exact", sort, "next")
            total = asked(corpus, f"{path}?limit=1&count=exact")["meta"]["total"]
            assert total == {"value": sum(walked.values()), "relation": "eq"}
            assert len(stayed) <= len(walked)
