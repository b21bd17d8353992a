"""Long texts, read part by part by the model: what its networks hold grows with what they are given."""

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

PART = 100_000
"""Code points of a part, at most."""

BREAKS = tuple(map(re.compile, (r"[\n\r\u2028\u2029]\s*", r"[.?!][^\w\s]{0,2}\s+", r"\s+")))
"""Behind what a text is cut, the first where it occurs: lines, sentences, words."""

MODELS_ALONE = ("spans", "tensor", "user_data")
"""What a part is parsed with or has none of, and the whole does without."""


def read_in_parts(nlp: Language, text: str, *, whole_from: str) -> Doc:
    """Return the doc of a text. What stands before the component `whole_from` is given one part at a time.

    Raises ValueError for a text longer than `nlp` takes.
    """
    if len(text) > nlp.max_length:
        raise ValueError(f"a text of {len(text):,} characters, of which {nlp.max_length:,} are the most")
    first = nlp.pipe_names.index(whole_from)
    docs = []
    for part in parts(text):
        doc = nlp.make_doc(part)
        for _, component in nlp.pipeline[:first]:
            doc = component(doc)
        docs.append(doc)
    whole = docs[0] if len(docs) == 1 else _joined(docs)
    for _, component in nlp.pipeline[first:]:
        whole = component(whole)
    return whole


def _joined(docs: list[Doc]) -> Doc:
    return Doc.from_docs(
        docs,
        ensure_whitespace=False,
        exclude=MODELS_ALONE,  # type: ignore[call-arg]  # spaCy's stubs do not know it
    )


def parts(text: str) -> Iterator[str]:
    """Yield a text in parts, at least one, that are as long as may be; nothing is left out between them."""
    start = 0
    while len(text) - start > PART:
        end = _cut(text, start)
        yield text[start:end]
        start = end
    yield text[start:]


def _cut(text: str, start: int) -> int:
    """Return where a part ends: behind the last line of its second half, else sentence, else word."""
    for pattern in BREAKS:
        ends = [found.end() for found in pattern.finditer(text, start + PART // 2, start + PART)]
        if ends:
            return ends[-1]
    return start + PART
