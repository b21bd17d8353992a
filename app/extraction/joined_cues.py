"""Which earlier statement a cue without a source of its own is joined to: "said that it is late and predicted
that it will sink".
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from app.domain.span import Span
from app.extraction.drafts import StatementDraft

MOST_BETWEEN = 8
"""Tokens between the words of one statement and the cue of the next that is joined to it, at most."""

_AND = frozenset({"and", "but"})


class JoinedCues:
    """The cues of a text's drafts, which are looked up by where they and what was said stand.

    `cues` are the tokens of each draft's cue.
    """

    def __init__(self, doc: Doc, drafts: Sequence[StatementDraft]) -> None:
        self._doc = doc
        self.cues = [_tokens(doc, draft.cue) for draft in drafts]
        self._with_token: dict[int, list[int]] = defaultdict(list)
        self._said_until: dict[int, list[int]] = defaultdict(list)
        for number, (draft, cue) in enumerate(zip(drafts, self.cues, strict=True)):
            for token in cue:
                self._with_token[token].append(number)
            said = _tokens(doc, draft.content)
            if said:
                self._said_until[max(said)].append(number)

    def earlier(self, number: int) -> int | None:
        """Return the number of the first draft before draft `number` whose cue that draft's is joined to."""
        cue = self.cues[number]
        above = {self._doc[i].head.i for i in cue if self._doc[i].dep_ == "conj"}
        joined = [one for i in above for one in self._with_token.get(i, ())]
        if cue:
            start = min(cue)
            joined += (one for one in self._said_before(start) if self._is_alike(one, start))
        return min((one for one in joined if one < number), default=None)

    def _said_before(self, start: int) -> Iterator[int]:
        """Yield the drafts between whose words and a token only "and" stands."""
        joined = False
        for at in range(start - 1, max(start - 2 - MOST_BETWEEN, -1), -1):
            if joined:
                yield from self._said_until.get(at, ())
            token = self._doc[at]
            if not token.is_punct:
                if joined or token.lower_ not in _AND:
                    return
                joined = True

    def _is_alike(self, number: int, start: int) -> bool:
        """Tell whether the cue of a draft ends in the form of the verb that another begins with."""
        cue = self.cues[number]
        return bool(cue) and self._doc[max(cue)].tag_ == self._doc[start].tag_


def _tokens(doc: Doc, spans: Sequence[Span]) -> frozenset[int]:
    """Return the tokens that spans of characters touch; empty spans touch none."""
    touched = (doc.char_span(*span, alignment_mode="expand") for span in spans if span.start < span.end)
    return frozenset(token.i for words in touched if words is not None for token in words)
