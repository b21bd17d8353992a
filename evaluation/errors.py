"""Count what goes wrong by class: statements missed, statements found that are none, sources and speakers.

The classes are told by the spans alone, so that they can be counted anew by every run.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from evaluation.news_gold import SAID, GoldStatement
from evaluation.news_names import is_same
from evaluation.news_scores import Pair

Record = dict[str, Any]
Found = frozenset[int]  # words of a content, by number
PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "who"})


@dataclass(frozen=True, slots=True)
class Sides:
    """The contents of an article on both sides as sets of words, and which of them are pairs."""

    gold: Sequence[Found]
    found: Sequence[Found]
    pairs: Mapping[int, int]


def count_errors(records: Iterable[Record], predictions: Iterable[Record], scorer: Any) -> Counter[str]:  # noqa: ANN401 - a loaded module
    """Return how often each class of miss and of false statement occurs in articles of a corpus."""
    counts: Counter[str] = Counter()
    for record, prediction in zip(records, predictions, strict=True):
        words = scorer.Words(record["text"])
        gold = [one for one in record["statements"] if words.inside(one["content"])]
        found = [one for one in prediction["statements"] if words.inside(one["content"])]
        sides = _sides(
            [words.inside(one["content"]) for one in gold],
            [words.inside(one["content"]) for one in found],
            scorer,
        )
        for number, one in enumerate(gold):
            if number not in sides.pairs:
                counts[f"missed: {_miss(number, sides, words, one['cue'], scorer)}"] += 1
            elif one["source"]:
                counts[_source(words, one, found[sides.pairs[number]], scorer)] += 1
        for number in set(range(len(found))) - set(sides.pairs.values()):
            counts[f"no statement: {_extra(number, sides)}"] += 1
    del counts[""]  # sources that are right
    return counts


def _sides(gold: Sequence[Found], found: Sequence[Found], scorer: Any) -> Sides:  # noqa: ANN401
    def alike(one: int, other: int) -> float:
        return float(scorer.jaccard(gold[one], found[other]))

    pairs = scorer.match_best_first(len(gold), len(found), alike, scorer.MIN_JACCARD)
    return Sides(gold, found, {one: other for one, other, _ in pairs})


def _miss(number: int, sides: Sides, words: Any, cue: Sequence[Sequence[int]], scorer: Any) -> str:  # noqa: ANN401
    """Tell why a gold statement has no match."""
    content = sides.gold[number]
    taken = set(sides.pairs.values())
    if any(content & one for at, one in enumerate(sides.found) if at not in taken):
        return "found with other edges"
    if any(content < sides.found[at] for at in taken):
        return "inside a statement that is found"
    forms = {words.forms[at] for at in words.inside(cue)}
    if not forms:
        return "no cue"
    return "a plain reporting word" if forms & scorer.REPORTING else "another cue"


def _extra(number: int, sides: Sides) -> str:
    """Tell what a statement that matches nothing is."""
    content = sides.found[number]
    if any(content & one for at, one in enumerate(sides.gold) if at not in sides.pairs):
        return "one with other edges"
    if any(content & sides.gold[at] for at in sides.pairs):
        return "part of, or around, another one"
    return "nothing is said there"


def _source(words: Any, gold: Record, found: Record, scorer: Any) -> str:  # noqa: ANN401
    """Tell what is wrong with the source of a match; empty when nothing is."""
    there = words.inside(found["source"])
    if scorer.same_source(words, words.inside(gold["source"]), there):
        return ""
    return "source: other words" if there else "source: none"


def count_news_errors(pairs: Iterable[Pair], scorer: Any) -> Counter[str]:  # noqa: ANN401
    """Return how often each class of error occurs on the gold of news.

    Missed is what a reader would call said; no statement is what is given as speech or writing and is none.
    """
    counts: Counter[str] = Counter()
    for text, those in groupby(pairs, key=lambda one: one.text):
        article = list(those)
        gold, found = _as_records(article)
        counts += count_errors([{"text": text, "statements": gold}], [{"statements": found}], scorer)
        for one in article:
            counts.update(_speaker_errors(one))
    return counts


def _as_records(pairs: Sequence[Pair]) -> tuple[list[Record], list[Record]]:
    """Return what is said and what is given as said in the scorer's format."""
    gold = [one.gold for one in pairs if one.gold and one.gold.said and not one.gold.optional]
    found = [
        one.found.statement
        for one in pairs
        if one.found and not (one.gold and one.gold.optional) and one.found.statement.cue_class in SAID
    ]
    return (
        [{"content": one.content, "cue": one.cue, "source": one.source} for one in gold],
        [{"content": one.content, "source": one.source} for one in found],
    )


def _speaker_errors(pair: Pair) -> Iterator[str]:
    """Yield what is wrong with the speakers, their roles and the class of the cue of a match."""
    gold, found = pair.gold, pair.found
    if gold is None or found is None or gold.optional:
        return
    if gold.speakers and not found.attributions:
        yield f"speaker left open: {_source_words(gold, pair.text)}"
    for given in found.attributions:
        if gold.judged and not any(is_same(one, given) for one in gold.speakers):
            yield "speaker: another one" if gold.speakers else "speaker: nobody is named"
        for one in gold.speakers:
            if one.role and is_same(one, given) and given.role_category is not one.role:
                yield f"role: {one.role} taken for {given.role_category}"
    if found.statement.cue_class is not gold.cue_class:
        yield f"class of cue: {gold.cue_class} taken for {found.statement.cue_class}"


def _source_words(gold: GoldStatement, text: str) -> str:
    """Tell how the source is named: by a pronoun, a name, other words, or not at all."""
    words = " ".join(span.of(text) for span in gold.source)
    if not words:
        return "no source words"
    if words.lower() in PRONOUNS:
        return "a pronoun"
    names = {word for speaker in gold.speakers for word in speaker.name.split()}
    return "a name" if any(word in words for word in names) else "a title or description"
