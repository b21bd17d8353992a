"""Compare the pipeline's statements with the gold: pairs by overlap, then counts of what is right in them.

Pairs are made as the shared scorer makes them: one to one, the best Jaccard of the words of the content
first, down to 0.5. Kinds are those that the pipeline gives; `direct` counts the mixed ones too.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.annotation import CueClass, SpeakerKind, StatementKind
from app.domain.links import LinkedArticle, LinkedStatement
from evaluation.news_gold import SAID, GoldArticle, GoldStatement
from evaluation.news_names import is_same

THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Confidences at which the indirect statements are counted."""

SURE = 0.7
"""Confidence at which each class of cue is counted, beside all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A gold statement, a found one, or both where they are the same statement.

    `text` is that of the article. `source_right` tells whether the sources share a word that names somebody;
    both absent is right.
    """

    text: str
    gold: GoldStatement | None = None
    found: LinkedStatement | None = None
    source_right: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    part: int
    whole: int

    @property
    def percent(self) -> float:
        """Return the percentage; 0 of nothing."""
        return 100 * self.part / self.whole if self.whole else 0.0


def pair(gold: GoldArticle, linked: LinkedArticle, scorer: Any) -> Iterator[Pair]:  # noqa: ANN401 - a loaded module
    """Yield every statement of either side once. `scorer` is the shared scorer."""
    text = linked.annotated.article.text
    words = scorer.Words(text)
    contents = [words.inside(one.content) for one in gold.statements]
    ours = [words.inside(one.statement.content) for one in linked.statements]

    def alike(one: int, other: int) -> float:
        return float(scorer.jaccard(contents[one], ours[other]))

    pairs = scorer.match_best_first(len(contents), len(ours), alike, scorer.MIN_JACCARD)
    for one, other, _ in pairs:
        asked, found = gold.statements[one], linked.statements[other]
        sources = (words.inside(asked.source), words.inside(found.statement.source))
        yield Pair(text=text, gold=asked, found=found, source_right=scorer.same_source(words, *sources))
    missed = set(range(len(contents))) - {one for one, _, _ in pairs}
    wrong = set(range(len(ours))) - {other for _, other, _ in pairs}
    yield from (Pair(text=text, gold=gold.statements[one]) for one in sorted(missed))
    yield from (Pair(text=text, found=linked.statements[other]) for other in sorted(wrong))


def is_direct(kind: StatementKind) -> bool:
    """Tell whether words are quoted."""
    return kind is not StatementKind.INDIRECT


def is_indirect(kind: StatementKind) -> bool:
    """Tell whether no words are quoted."""
    return kind is StatementKind.INDIRECT


def precision(
    pairs: Iterable[Pair],
    kinds: Callable[[StatementKind], bool],
    classes: frozenset[CueClass] = frozenset(CueClass),
    least: float = 0.0,
) -> Share:
    """Return what share of the statements found, of these kinds and classes and at least this confident, a
    reader would call said. Optional ones are left out.
    """
    found = [
        one
        for one in pairs
        if one.found is not None
        and not (one.gold is not None and one.gold.optional)
        and kinds(one.found.statement.kind)
        and one.found.statement.cue_class in classes
        and one.found.statement.confidence >= least
    ]
    return Share(sum(one.gold is not None and one.gold.said for one in found), len(found))


def recall(
    pairs: Iterable[Pair],
    kinds: Callable[[StatementKind], bool],
    classes: frozenset[CueClass] = frozenset(CueClass),
    least: float = 0.0,
) -> Share:
    """Return what share of the gold statements of these kinds that a reader would call said is found, as of
    these classes and at least this confident.
    """
    asked = [one for one in pairs if one.gold and one.gold.said and not one.gold.optional]
    asked = [one for one in asked if one.gold and kinds(one.gold.kind)]
    found = [one.found.statement for one in asked if one.found is not None]
    right = [one for one in found if one.cue_class in classes and one.confidence >= least]
    return Share(len(right), len(asked))


def f1(precise: Share, complete: Share) -> float:
    """Return the harmonic mean in percent."""
    both = precise.percent + complete.percent
    return 2 * precise.percent * complete.percent / both if both else 0.0


def matched(pairs: Iterable[Pair]) -> list[tuple[GoldStatement, LinkedStatement, bool]]:
    """Return what is in the gold and found, no optional ones, and whether the source is right."""
    return [
        (one.gold, one.found, one.source_right)
        for one in pairs
        if one.gold is not None and one.found is not None and not one.gold.optional
    ]


def kinds_right(pairs: Iterable[Pair]) -> Share:
    """Return the share of statements whose kind is right."""
    found = [(gold.kind, one.statement.kind) for gold, one, _ in matched(pairs)]
    return Share(sum(gold is kind for gold, kind in found), len(found))


def classes_right(pairs: Iterable[Pair]) -> Share:
    """Return the share of statements whose class of cue is right."""
    found = [(gold.cue_class, one.statement.cue_class) for gold, one, _ in matched(pairs)]
    return Share(sum(gold is kind for gold, kind in found), len(found))


def sources_right(pairs: Iterable[Pair]) -> Share:
    """Return the share of statements with a source in the gold whose source is right."""
    found = [right for gold, _, right in matched(pairs) if gold.source]
    return Share(sum(found), len(found))


def speakers_right(pairs: Iterable[Pair]) -> Share:
    """Return the share of speakers given that are right, over the statements that the gold has."""
    given = [
        any(is_same(speaker, attribution) for speaker in gold.speakers)
        for gold, one, _ in matched(pairs)
        for attribution in one.attributions
        if gold.judged
    ]
    return Share(sum(given), len(given))


def resolved(pairs: Iterable[Pair]) -> Share:
    """Return the share of statements found that have a speaker, of those to which the gold gives one."""
    named = [one for gold, one, _ in matched(pairs) if gold.speakers]
    return Share(sum(bool(one.attributions) for one in named), len(named))


def found_with_speaker(pairs: Sequence[Pair]) -> Share:
    """Return the share of said statements with a gold speaker that are found with every speaker right."""
    asked = [one.gold for one in pairs if one.gold and one.gold.said and not one.gold.optional]
    right = [
        all(any(is_same(speaker, given) for given in one.attributions) for speaker in gold.speakers)
        for gold, one, _ in matched(pairs)
        if gold.said and gold.speakers
    ]
    return Share(sum(right), sum(bool(gold.speakers) for gold in asked))


def given_right(pairs: Iterable[Pair]) -> Share:
    """Return the share of statements given to a named speaker as speech or writing that are said by this one,
    false statements included.
    """
    given = [
        one.gold is not None
        and one.gold.said
        and all(
            any(is_same(speaker, each) for speaker in one.gold.speakers) for each in one.found.attributions
        )
        for one in pairs
        if one.found is not None and one.found.attributions and one.found.statement.cue_class in SAID
        if one.gold is None or (one.gold.judged and not one.gold.optional)
    ]
    return Share(sum(given), len(given))


def roles_right(pairs: Iterable[Pair]) -> Share:
    """Return the share of role categories that are right, over persons whom the gold has as speakers."""
    found = [
        attribution.role_category is speaker.role
        for gold, one, _ in matched(pairs)
        for attribution in one.attributions
        for speaker in gold.speakers
        if speaker.kind is SpeakerKind.PERSON and speaker.role and is_same(speaker, attribution)
    ]
    return Share(sum(found), len(found))


def figures(pairs: Sequence[Pair]) -> dict[str, float]:
    """Return every figure of one half by name, in percent."""
    direct = precision(pairs, is_direct), recall(pairs, is_direct)
    said = precision(pairs, is_indirect, SAID), recall(pairs, is_indirect, SAID)
    return {
        "direct, precision": direct[0].percent,
        "direct, recall": direct[1].percent,
        "direct, F1": f1(*direct),
        "indirect of speech and writing, precision": said[0].percent,
        "indirect of speech and writing, recall": said[1].percent,
        "indirect of speech and writing, F1": f1(*said),
        "indirect of speech and writing, precision at recall 85": precision_at(pairs, 85.0),
        "indirect of speech and writing, recall at precision 80": recall_at(pairs, 80.0),
        "kinds right": kinds_right(pairs).percent,
        "classes of cue right": classes_right(pairs).percent,
        "sources right": sources_right(pairs).percent,
        "resolved speakers right": speakers_right(pairs).percent,
        "named sources resolved": resolved(pairs).percent,
        "said by a named speaker: found with this speaker": found_with_speaker(pairs).percent,
        "given to a named speaker: said by this speaker": given_right(pairs).percent,
        "role categories right": roles_right(pairs).percent,
    }


def shares_said(pairs: Sequence[Pair]) -> dict[str, float]:
    """Return what share of the indirect statements a reader would call said, by class and confidence."""
    found: dict[str, float] = {}
    for least in THRESHOLDS:
        share = precision(pairs, is_indirect, SAID, least)
        if share.whole:
            found[f"speech and writing from {least}: said"] = share.percent
            found[f"speech and writing from {least}: recall"] = recall(
                pairs, is_indirect, SAID, least
            ).percent
    for each in CueClass:
        for least in (THRESHOLDS[0], SURE):
            share = precision(pairs, is_indirect, frozenset({each}), least)
            if share.whole:
                found[f"{each} from {least}: said"] = share.percent
                found[f"{each} from {least}: statements"] = share.whole
    return found


def precision_at(pairs: Sequence[Pair], least: float) -> float:
    """Return the best precision of indirect speech and writing from a confidence on that keeps this recall; 0
    when none does.
    """
    curve = [one for one in _curve(pairs) if one[1] >= least]
    return max((precise for precise, _ in curve), default=0.0)


def recall_at(pairs: Sequence[Pair], least: float) -> float:
    """Return the best recall of indirect speech and writing from a confidence on that has this precision; 0
    when none does.
    """
    curve = [one for one in _curve(pairs) if one[0] >= least]
    return max((complete for _, complete in curve), default=0.0)


def _curve(pairs: Sequence[Pair]) -> list[tuple[float, float]]:
    """Return precision and recall of indirect speech and writing from each confidence given on."""
    confidences = {one.found.statement.confidence for one in pairs if one.found is not None}
    return [
        (precision(pairs, is_indirect, SAID, one).percent, recall(pairs, is_indirect, SAID, one).percent)
        for one in confidences
    ]
