"""JSON Lines in, what was extracted out: `dateline extract`, without a database.

Offsets refer to the text as given: it is made plain character for character only (line ends, odd spaces,
control characters and lone surrogates become others of the same length); nothing is composed or taken out, as
ingestion does, since that would move what stands behind.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from app.domain.annotation import AnnotatedArticle, Field, MentionRole, PlaceKind
from app.domain.article import Article, UnchangedArticle, UnreadableArticle
from app.domain.exchange import StoredArticle, StoredRecord
from app.domain.links import LinkedArticle, LinkedAttribution, LinkedPlaceMention, Outcome
from app.domain.names import fold
from app.domain.span import Span
from app.extraction.finders import DEFAULT_FINDER
from app.extraction.pipeline import annotate
from app.ingestion.annotating import annotate_all
from app.ingestion.batches import Answer, article_of
from app.ingestion.linking import link
from app.readers.field_maps import FieldMap
from app.readers.json_lines import read_json_line

LINES_AT_ONCE = 32
Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Extracted:
    """The answer to one article: its number, counted from 1, and JSON or the reason why there is none."""

    number: int
    json: str | None
    refused: UnreadableArticle | None


def extract_lines(
    lines: Iterable[bytes],
    *,
    model: str,
    max_article_chars: int,
    finder: str = DEFAULT_FINDER,
    field_map: FieldMap | None = None,
) -> Iterator[Extracted]:
    """Yield an answer for every line that is not blank, in order."""
    work = partial(annotate, model=model, finder=finder)
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    while batch := list(islice(numbered, LINES_AT_ONCE)):
        read = [
            read_json_line(line, f"line {number}", max_article_chars=max_article_chars, field_map=field_map)
            for number, line in batch
        ]
        articles = [answer for answer in read if isinstance(answer, Article)]
        annotated = iter(annotate_all(articles, annotate=work))
        for (number, line), answer in zip(batch, read, strict=True):
            done = next(annotated) if isinstance(answer, Article) else answer
            yield _answer(number, line, done)


def extract_articles(
    answers: Iterable[Answer], *, model: str, finder: str = DEFAULT_FINDER
) -> Iterator[Extracted]:
    """Yield an answer for every article of another format, with its title and the text that was read.

    Articles of an export are extracted anew; what it says of records is passed over.
    """
    work = partial(annotate, model=model, finder=finder)
    plain = (
        article_of(answer) if isinstance(answer, StoredArticle) else answer
        for answer in answers
        if not isinstance(answer, StoredRecord | UnchangedArticle)  # the latter where a corpus is asked
    )
    numbered = enumerate(plain, start=1)
    while batch := list(islice(numbered, LINES_AT_ONCE)):
        articles = [answer for _, answer in batch if isinstance(answer, Article)]
        annotated = iter(annotate_all(articles, annotate=work))
        for number, answer in batch:
            done = next(annotated) if isinstance(answer, Article) else answer
            if isinstance(done, UnreadableArticle):
                yield Extracted(number, None, done)
            else:
                article = done.article
                given = {"id": article.external_id, "title": article.title, "text": article.text}
                found = as_json(link(done))
                yield Extracted(number, json.dumps(given | found, ensure_ascii=False), None)


def _answer(number: int, line: bytes, done: AnnotatedArticle | UnreadableArticle) -> Extracted:
    if isinstance(done, UnreadableArticle):
        return Extracted(number, None, done)
    found = as_json(link(done))
    given = {"id": json.loads(line).get("id")}
    return Extracted(number, json.dumps(given | found, ensure_ascii=False), None)


def as_json(linked: LinkedArticle) -> Json:
    """Return what was found in an article, without its id, in the extraction format."""
    return {
        "speakers": _speakers(linked),
        "people": _people(linked),
        "statements": _statements(linked),
        "places": _places(linked),
        "cities": _cities(linked),
        "organizations": _organizations(linked),
        "topics": [
            {
                "slug": topic.slug,
                "mentions": topic.mentions,
                "evidence": [list(one.span) for one in topic.evidence if one.field is Field.TEXT],
            }
            for topic in linked.annotated.topics
        ],
        "entities": [
            {"start": entity.span.start, "end": entity.span.end, "label": entity.label}
            for entity in linked.annotated.entities
        ],
    }


def _speakers(linked: LinkedArticle) -> list[Json]:
    """Return the speakers in the order of their first statement, with the first title that is printed."""
    found: dict[str, Json] = {}
    for statement in linked.statements:
        for attribution in statement.attributions:
            named, who = _speaker(attribution), attribution.speaker
            ids = {"bioguide": who.bioguide, "wikidata": who.wikidata}
            known = found.setdefault(who.slug, {"name": who.name, "kind": who.kind} | named | ids)
            for key, value in named.items():
                known[key] = known[key] or value
    return list(found.values())


def _speaker(attribution: LinkedAttribution) -> Json:
    record, printed = attribution.organization, attribution.attribution
    affiliation = printed.affiliation if record is None else record.name
    speaks = attribution.speaker.organization is not None
    return {
        "name": attribution.speaker.name,
        "title": printed.title,
        "organization": None if speaks else affiliation,
        "party": attribution.party,
        "state": attribution.state,
        "role_category": attribution.role_category,
    }


def _people(linked: LinkedArticle) -> list[Json]:
    people: list[Json] = []
    for person, record in zip(linked.annotated.people, linked.people, strict=True):
        mentions = [list(mention.span) for mention in person.mentions if mention.field is Field.TEXT]
        if mentions:
            people.append({"name": record.name if record else person.name, "mentions": mentions})
    return people


def _statements(linked: LinkedArticle) -> list[Json]:
    return [
        {
            "kind": found.statement.kind,
            "content": _spans(found.statement.content),
            "cue": _spans(found.statement.cue),
            "cue_class": found.statement.cue_class,
            "source": _spans(found.statement.source),
            "speakers": [_speaker(attribution) for attribution in found.attributions],
            "confidence": found.statement.confidence,
        }
        for found in linked.statements
    ]


def _spans(spans: Sequence[Span]) -> list[list[int]]:
    return [list(span) for span in spans]


def _places(linked: LinkedArticle) -> list[Json]:
    """Return every place that was recognised in the text, with its record or none."""
    return [_place(found) for found in linked.places if found.mention.field is Field.TEXT]


def _place(found: LinkedPlaceMention) -> Json:
    mention, place = found.mention, found.place
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "kind": place and place.kind,
        "role": mention.role,
        "name": place.name if place else mention.text,
        "geonameid": place and place.geonameid,
        "lat": place and place.latitude,
        "lon": place and place.longitude,
    }


def _cities(linked: LinkedArticle) -> list[Json]:
    """Return the cities that count, most mentioned first; mentions in the title count too."""
    counts = Counter(
        found.place
        for found in linked.places
        if found.place and found.place.kind is PlaceKind.CITY and found.mention.role is MentionRole.MENTION
    )
    return [
        {"name": place.name, "geonameid": place.geonameid, "count": count}
        for place, count in counts.most_common()
    ]


def _organizations(linked: LinkedArticle) -> list[Json]:
    """Return the organizations in the order in which they are mentioned, with the other names printed."""
    found: dict[str, Json] = {}
    aliases: dict[str, dict[str, str]] = {}
    for mention in linked.organizations:
        record = mention.organization
        if mention.outcome is not Outcome.LINKED or record is None:
            continue
        found.setdefault(record.slug, {"name": record.name, "acronym": record.acronym})
        printed = mention.mention.text
        if fold(printed) != fold(record.name):
            aliases.setdefault(record.slug, {}).setdefault(fold(printed), printed)
    return [json | {"aliases": list(aliases.get(slug, {}).values())} for slug, json in found.items()]
