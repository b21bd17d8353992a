"""From drafts to statements: whom the source words of each draft name.

An honest unknown beats a guess: words that name nobody, or may mean two, give a statement without speaker.
"""

from collections.abc import Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from app.domain.annotation import Attribution, AttributionMethod, CueClass, SourceKind, Statement
from app.domain.span import Span as CharSpan
from app.extraction.confidence import confidence
from app.extraction.cue_classes import cue_class
from app.extraction.drafts import SourceHint, StatementDraft
from app.extraction.joined_cues import JoinedCues
from app.extraction.source_words import Names, Resolved, index_names, resolve_words
from app.extraction.together import meant_together

_ACCOUNT = " (@"

Doc.set_extension("statements", default=(), force=True)


def _resolve(
    names: Names, drafts: Sequence[StatementDraft], before: list[Resolved], joined: JoinedCues
) -> Resolved:
    """Return whom the source of the next draft names; `before` is what the drafts that stand earlier give."""
    draft = drafts[len(before)]
    if (
        draft.hint is SourceHint.CARRIED_OVER
        and draft.continues is not None
        and draft.continues < len(before)
    ):
        earlier = before[draft.continues]
        return Resolved(None, [_carried(one) for one in earlier.speakers])
    if not _not_empty(draft.source):
        earlier_cue = joined.earlier(len(before))
        speakers = before[earlier_cue].speakers if earlier_cue is not None else []
        return Resolved(None, [_carried(one) for one in speakers])
    nearest_first = ((drafts[at], before[at]) for at in reversed(range(len(before))))
    if together := meant_together(names.doc, draft, nearest_first):
        return Resolved(SourceKind.NAMED, [_by_pronoun(one) for one in together])
    spans = reversed(draft.source) if draft.hint is SourceHint.ATTRIBUTION_LINE else draft.source
    best_so_far, cue = Resolved(), joined.cues[len(before)]
    for span in spans:
        tokens = names.doc.char_span(*span, alignment_mode="expand") if span.start < span.end else None
        if tokens is None:
            continue
        resolved = resolve_words(names, tokens.start, tokens.end, cue)
        if resolved.speakers:
            if draft.hint is SourceHint.ATTRIBUTION_LINE:
                resolved.speakers = [_closed_by_line(one) for one in resolved.speakers]
            return resolved
        best_so_far = best_so_far if best_so_far.kind else resolved
    return best_so_far


def _class_of(doc: Doc, text: str, draft: StatementDraft, before: list[CueClass]) -> CueClass:
    """Return the class of a draft; one that carries on another has that one's, as it has its speaker.

    `before` are the classes of the drafts that stand earlier.
    """
    if not draft.cue and draft.continues is not None and draft.continues < len(before):
        return before[draft.continues]
    if draft.hint is SourceHint.ATTRIBUTION_LINE and _is_tweet(text, draft):
        return CueClass.WRITING
    return cue_class(doc, draft.kind, _not_empty(draft.cue), _not_empty(draft.source))


def _is_tweet(text: str, draft: StatementDraft) -> bool:
    """Tell whether an account stands behind the name: "words - Ana Ortega (@anaortega)"."""
    return text.startswith(_ACCOUNT, draft.source[-1].end)


def _not_empty(spans: tuple[CharSpan, ...]) -> tuple[CharSpan, ...]:
    """Return the spans that hold a character: trimming a draft may leave none."""
    return tuple(span for span in spans if span.start < span.end)


def _carried(one: Attribution) -> Attribution:
    return replace(one, method=AttributionMethod.CARRIED_OVER)


def _by_pronoun(one: Attribution) -> Attribution:
    return replace(one, method=AttributionMethod.PRONOUN)


def _closed_by_line(one: Attribution) -> Attribution:
    return replace(one, method=AttributionMethod.ATTRIBUTION_LINE)


@Language.component(
    "dateline_sources",
    requires=["doc._.people", "doc._.organizations", "doc._.drafts", "doc.ents", "token.tag"],
    assigns=["doc._.statements"],
)
def sources(doc: Doc) -> Doc:
    """Set `doc._.statements`, a tuple of Statement in text order of the first content span."""
    names, joined, text = index_names(doc), JoinedCues(doc, doc._.drafts), doc.text
    resolved: list[Resolved] = []
    classes: list[CueClass] = []
    for draft in doc._.drafts:
        resolved.append(_resolve(names, doc._.drafts, resolved, joined))
        classes.append(_class_of(doc, text, draft, classes))
    doc._.statements = tuple(
        Statement(
            kind=draft.kind,
            content=_not_empty(draft.content),
            cue=_not_empty(draft.cue),
            cue_class=class_,
            source=_not_empty(draft.source),
            source_kind=one.kind,
            speakers=tuple(one.speakers),
            confidence=confidence(draft, one.kind, one.speakers),
        )
        for draft, one, class_ in zip(doc._.drafts, resolved, classes, strict=True)
        if _not_empty(draft.content)
    )
    return doc
