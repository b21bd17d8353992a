"""What is wrong with articles: their rows are compared with what saving would write beside them."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from app.db.article_ids import HASH_BITS, first_id
from app.db.models.links import OrganizationRelation
from app.db.models.place import Place
from app.db.models.speaker import Speaker
from app.db.models.statement import Part
from app.db.search_index import Searched, badly_indexed
from app.domain.annotation import Field, MentionRole, PlaceKind
from app.schemas.statement import CONTENT_GAP
from app.storage.bulk import among
from app.storage.cards import add_cards
from app.storage.references import read_references
from app.storage.rows import (
    ARTICLE_CARDS,
    ARTICLE_ORGANIZATIONS,
    ARTICLE_PLACES,
    ARTICLE_SPEAKERS,
    ARTICLE_TOPICS,
    ARTICLES,
    ATTRIBUTIONS,
    CUES,
    IN_ORDER,
    ORGANIZATION_MENTIONS,
    PERSON_MENTIONS,
    PLACE_MENTIONS,
    SPANS,
    STATEMENT_CARDS,
    STATEMENT_ORGANIZATIONS,
    STATEMENTS,
    TEXTS,
    TOPIC_MENTIONS,
    Columns,
    Rows,
    no_rows,
    read_rows,
)
from app.storage.statement_keys import folded_words, statement_keys
from app.storage.statement_rows import add_cue_rows
from app.storage.verification.findings import Finding, Wrong
from app.storage.verification.stories import check_stories

MENTIONS = (PLACE_MENTIONS, ORGANIZATION_MENTIONS, PERSON_MENTIONS, TOPIC_MENTIONS)
COUNTING = MentionRole.MENTION.value
WORDS = {Part.CONTENT: "text", Part.CUE: "cue", Part.SOURCE: "source_text"}
"""In which column of a statement the words of its parts stand."""

Row = dict[str, Any]
Counts = dict[Columns, dict[tuple[Any, ...], int]]
"""How often each association stands, by the ids that it joins."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some articles with their rows, by table; texts and titles by id."""

    rows: Rows
    articles: dict[int, Row]
    fields: dict[tuple[int, str], str]

    def named(self, columns: Columns) -> Iterator[Row]:
        """Yield the rows of a table with the names of their columns."""
        for row in self.rows[columns]:
            yield dict(zip(columns.names, row, strict=True))

    def key(self, id_: int) -> str:
        """Return how a finding names an article."""
        return f"article {self.articles[id_]['key']}"


def check_articles(connection: Connection, ids: Collection[int]) -> Iterator[Finding]:
    """Yield what is wrong with a piece of articles."""
    piece = _read(connection, ids)
    yield from _texts(piece)
    yield from _statements(piece)
    yield from _mentions(piece)
    yield from _cues(piece)
    yield from _associations(connection, piece)
    yield from _cards(connection, piece)
    yield from _search(connection, piece)
    texts = {id_: piece.fields.get((id_, Field.TEXT.value), "") for id_ in piece.articles}
    for id_, detail in check_stories(connection, piece.rows, texts):
        yield Finding(Wrong.STORY, piece.key(id_), detail)


def _read(connection: Connection, ids: Collection[int]) -> _Piece:
    rows = read_rows(connection, ids, IN_ORDER)
    articles = [dict(zip(ARTICLES.names, row, strict=True)) for row in rows[ARTICLES]]
    fields = {(id_, Field.TEXT.value): text for id_, text, _ in rows[TEXTS]}
    fields |= {(row["id"], Field.TITLE.value): row["title"] or "" for row in articles}
    return _Piece(rows, {row["id"]: row for row in articles}, fields)


def _texts(piece: _Piece) -> Iterator[Finding]:
    hashes = {id_: (text, sha256) for id_, text, sha256 in piece.rows[TEXTS]}
    for id_, article in piece.articles.items():
        if id_ not in hashes:
            yield Finding(Wrong.TEXT, piece.key(id_), "there is no text")
            continue
        text, sha256 = hashes[id_]
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            yield Finding(Wrong.TEXT, piece.key(id_), "the text is not that of its hash")
        if len(text.split()) != article["words"]:
            yield Finding(Wrong.COUNTER, piece.key(id_), f"words: {article['words']} on the article")
        first = first_id(article["published_at"])
        if not first <= id_ < first + (2 << HASH_BITS):  # a collision may carry over into the next second
            yield Finding(Wrong.KEY, piece.key(id_), "the id is none of its date")


def _statements(piece: _Piece) -> Iterator[Finding]:
    spans: dict[tuple[int, int, str], list[str]] = defaultdict(list)
    outside: set[tuple[int, int]] = set()
    for id_, ordinal, _, part, start, end in piece.rows[SPANS]:
        text = piece.fields.get((id_, Field.TEXT.value), "")
        spans[id_, ordinal, part].append(text[start:end])
        if not 0 <= start < end <= len(text):
            outside.add((id_, ordinal))
    texts: dict[int, list[Row]] = defaultdict(list)
    for row in piece.named(STATEMENTS):
        id_, at = row["article_id"], (row["article_id"], row["ordinal"])
        texts[id_].append(row)
        wrong = [
            part.value
            for part, column in WORDS.items()
            if (CONTENT_GAP.join(spans[*at, part.value]) or None) != row[column]
        ]
        if wrong or at in outside:
            detail = f"other words stand at its {', '.join(wrong) or 'spans, which lie outside the text'}"
            yield Finding(Wrong.SPAN, f"statement {row['key']}", detail)
    for id_, rows in texts.items():
        keys = statement_keys(piece.articles[id_]["key"], (folded_words(row["text"]) for row in rows))
        for row, key in zip(rows, keys, strict=True):
            if row["key"] != key:
                yield Finding(Wrong.KEY, f"statement {row['key']}", "the key is not that of its words")


def _mentions(piece: _Piece) -> Iterator[Finding]:
    for table in MENTIONS:
        name = table.table.__tablename__
        for row in piece.named(table):
            text = piece.fields.get((row["article_id"], row["field"]), "")
            if text[row["start"] : row["end"]] != row["text"] or row["end"] <= row["start"]:
                where = f"{piece.key(row['article_id'])}, {name} {row['position']}"
                yield Finding(Wrong.SPAN, where, "other words stand there")


def _cues(piece: _Piece) -> Iterator[Finding]:
    """Compare what cues are found by with the cues."""
    wanted = no_rows()
    for row in piece.named(STATEMENTS):
        add_cue_rows(wanted, row["article_id"], row["ordinal"], row["cue"])
    for id_ in sorted({row[0] for row in set(wanted[CUES]) ^ set(piece.rows[CUES])}):
        yield Finding(Wrong.ASSOCIATION, piece.key(id_), CUES.table.__tablename__)


def _associations(connection: Connection, piece: _Piece) -> Iterator[Finding]:
    """Compare associations, and the counts on the articles, with statements and mentions."""
    expected = _expected(connection, piece)
    for table, wanted in expected.items():
        has_count = table is not STATEMENT_ORGANIZATIONS
        stored = {(row[:-1] if has_count else row): row[-1] if has_count else 1 for row in piece.rows[table]}
        wrong = {row[0] for row in wanted.keys() | stored.keys() if wanted.get(row) != stored.get(row)}
        for id_ in sorted(wrong):
            yield Finding(Wrong.ASSOCIATION, piece.key(id_), table.table.__tablename__)
    counted = _counts(connection, piece, expected)
    for id_, article in piece.articles.items():
        wrong_counts = [name for name, counts in counted.items() if counts[id_] != article[name]]
        if wrong_counts:
            yield Finding(Wrong.COUNTER, piece.key(id_), ", ".join(wrong_counts))


def _expected(connection: Connection, piece: _Piece) -> Counts:
    """Return the associations that statements and mentions make."""
    speaking = _organizations_that_speak(connection, piece)
    speakers: Counter[tuple[Any, ...]] = Counter()
    said: dict[tuple[Any, ...], int] = {}
    for row in piece.named(ATTRIBUTIONS):
        at = row["article_id"], row["ordinal"]
        speakers[at[0], row["speaker_id"]] += 1
        own, other = speaking.get(row["speaker_id"]), row["organization_id"]
        if own is not None:
            said[*at, own, OrganizationRelation.SPEAKER.value] = 1
        if other is not None and other != own:
            said[*at, other, OrganizationRelation.AFFILIATION.value] = 1
    organizations = Counter((id_, *rest) for id_, _, *rest in said)
    mentioned = OrganizationRelation.MENTIONED.value
    organizations.update(
        (*row, mentioned) for row in _counting(piece, ORGANIZATION_MENTIONS, "organization_id")
    )
    return {
        ARTICLE_SPEAKERS: speakers,
        STATEMENT_ORGANIZATIONS: said,
        ARTICLE_ORGANIZATIONS: organizations,
        ARTICLE_PLACES: Counter(_counting(piece, PLACE_MENTIONS, "place_id")),
    }


def _organizations_that_speak(connection: Connection, piece: _Piece) -> dict[int, int]:
    asked = {row["speaker_id"] for row in piece.named(ATTRIBUTIONS)}
    query = select(Speaker.id, Speaker.organization_id).where(among(connection, Speaker.id, asked))
    return {id_: of for id_, of in connection.execute(query) if of is not None}


def _counting(piece: _Piece, table: Columns, owner: str) -> Iterator[tuple[int, int]]:
    for row in piece.named(table):
        if row["role"] == COUNTING and row[owner] is not None:
            yield row["article_id"], row[owner]


def _counts(connection: Connection, piece: _Piece, expected: Counts) -> dict[str, Counter[int]]:
    """Return what the articles' own counts should be."""
    places = {place for _, place in expected[ARTICLE_PLACES]}
    a_city = Place.kind == PlaceKind.CITY
    cities = set(connection.scalars(select(Place.id).where(a_city, among(connection, Place.id, places))))
    return {
        "statements": Counter(row[0] for row in piece.rows[STATEMENTS]),
        "speakers": Counter(id_ for id_, _ in expected[ARTICLE_SPEAKERS]),
        "organizations": Counter(
            id_
            for id_, _, relation in expected[ARTICLE_ORGANIZATIONS]
            if relation == OrganizationRelation.MENTIONED.value
        ),
        "cities": Counter(id_ for id_, place in expected[ARTICLE_PLACES] if place in cities),
        "topics": Counter(row[0] for row in piece.rows[ARTICLE_TOPICS]),
    }


def _cards(connection: Connection, piece: _Piece) -> Iterator[Finding]:
    """Compare the stored cards with those that the rows give by the schema of this version."""
    fresh = no_rows()
    try:
        add_cards(fresh, piece.rows, read_references(connection, piece.rows))
    except KeyError:  # a row leads to a record that is not there, as is told already
        if len(piece.articles) > 1:
            for id_ in piece.articles:
                yield from _cards(connection, _read(connection, [id_]))
        else:
            yield Finding(Wrong.CARD, piece.key(*piece.articles), "none can be made without a missing record")
        return
    for table, size in ((ARTICLE_CARDS, 1), (STATEMENT_CARDS, 2)):
        wanted = {row[:size]: row[size:] for row in fresh[table]}
        stored = {row[:size]: row[size:] for row in piece.rows[table]}
        wrong = sorted(at for at in wanted.keys() | stored.keys() if wanted.get(at) != stored.get(at))
        for at in wrong:
            where = piece.key(at[0]) if size == 1 else f"{piece.key(at[0])}, statement {at[1]}"
            yield Finding(Wrong.CARD, where, "the card is not what the rows say")


def _search(connection: Connection, piece: _Piece) -> Iterator[Finding]:
    searched = [
        Searched(article_id=id_, title=row["title"], text=piece.fields.get((id_, Field.TEXT.value), ""))
        for id_, row in piece.articles.items()
    ]
    for id_ in badly_indexed(connection, searched):
        yield Finding(Wrong.SEARCH, piece.key(id_), "its words or links are not those of the search index")
