"""The noun phrase beside a cue, by tags and punctuation, where the parse gives the verb no subject."""

from spacy.tokens import Token

from app.extraction.layout import Frame, Layout
from app.extraction.subjects import Range
from app.extraction.titles import DAYS

_ASIDE_MARKS = {",": ",", ")": "("}
"""How an aside begins, by how it ends."""

_ASIDES = frozenset({"VBG", "VBN", "WP", "DT", "IN", "RB", "CD"})
"""Tags of the word that begins an aside in commas: "speaking ...", "who ...", "the ...", "28"."""

_NOMINAL = frozenset({"DT", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP", "POS", "CD", "PRP$", "HYPH"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_BREAKS = frozenset({",", ":", "—"})
_NO_SPEAKERS = frozenset(map(str.lower, DAYS)) | {"it", "that", "this", "last", "today", "yesterday"}
"""What stands behind a verb without being who speaks: objects and times."""

_MAX_WIDENED = 6
_MAX_PHRASE = 12
"""Words between a quotation and its verb that may all name the source."""


def name_before_participle(layout: Layout, frame: Frame, verb: Token) -> Range | None:
    """Return the name right before a participle without own subject: "referring to Ana Ortega (R) joking"."""
    doc, end = layout.doc, verb.i
    if verb.tag_ != "VBG" or any(child.dep_ in {"nsubj", "aux"} for child in verb.children):
        return None
    if doc[end - 1].text == ")":
        end = next((i for i in range(end - 2, frame.start, -1) if doc[i].text == "("), end)
    start = end
    while start > frame.start and doc[start - 1].ent_type_ == "PERSON" and layout.quote_of[start - 1] < 0:
        start -= 1
    return (start, end) if start < end and doc[start - 1].pos_ in {"ADP", "PROPN"} else None


def phrase_before(layout: Layout, frame: Frame, cue: Range) -> Range | None:
    """Return the phrase between a cue and the punctuation or quotation before it, if it is nominal."""
    doc, start, end = layout.doc, cue[0], cue[0]
    while start > frame.start and layout.quote_of[start - 1] < 0 and doc[start - 1].text not in _BREAKS:
        start -= 1
    while end > start and doc[end - 1].pos_ in {"ADV", "AUX", "PUNCT", "SPACE"}:
        end -= 1
    phrase = doc[start:end]
    if not len(phrase) or phrase[0].tag_ not in _NOMINAL or phrase[-1].pos_ not in _NOUNS:
        return None
    return (start, end) if all(token.pos_ not in {"VERB", "SCONJ"} for token in phrase) else None


def phrase_after_quotation(layout: Layout, frame: Frame, cue: Range) -> Range | None:
    """Return all that stands between a quotation and the cue behind it: "one of the nine, Ana Ortega, said".

    A name ends at its comma; anything with a verb in it is no phrase.
    """
    doc, start, end = layout.doc, cue[0], cue[0]
    while start > frame.start and layout.quote_of[start - 1] < 0 and end - start <= _MAX_PHRASE:
        start -= 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].pos_ in {"ADV", "AUX"}):
        end -= 1
    if start in {end, frame.start} or layout.quote_of[start - 1] < 0 or doc[start].tag_ not in _NOMINAL:
        return None
    if any(token.pos_ in {"VERB", "AUX", "SCONJ"} for token in doc[start:end]):
        return None
    comma = next((i for i in range(start, end) if doc[i].text == ","), end)
    return (start, comma) if doc[comma - 1].pos_ == "PROPN" else (start, end)


def phrase_behind(layout: Layout, frame: Frame, cue: Range) -> Range | None:
    """Return the nouns right behind a cue that itself stands right behind a quotation or a comma."""
    doc, start, before = layout.doc, cue[1], cue[0] - 1
    if before >= frame.start and layout.quote_of[before] < 0 and doc[before].text != ",":
        return None
    end = start
    while end < frame.end and layout.quote_of[end] < 0 and doc[end].tag_ in _NOMINAL:
        end += 1
    if end == start or doc[end - 1].pos_ not in _NOUNS or doc[start].lower_ in _NO_SPEAKERS:
        return None
    return start, end


def widened(layout: Layout, source: Range, quote_end: int) -> Range:
    """Take in the words between a quotation and the name that the parse has left out of its phrase."""
    start = source[0]
    left_out = [layout.doc[i].text for i in range(quote_end, start)]
    if not 0 < len(left_out) <= _MAX_WIDENED or not all(word[:1].isupper() for word in left_out):
        return source
    return quote_end, source[1]


def before_aside(layout: Layout, frame: Frame, verb: int) -> Range | None:
    """Return the noun phrase before an aside: the "an aide" of "an aide, speaking on condition, said"."""
    doc = layout.doc
    mark = _ASIDE_MARKS.get(doc[verb - 1].text)
    if verb - 1 <= frame.start or mark is None:
        return None
    end = verb - 2
    while end > frame.start and doc[end].text != mark and layout.quote_of[end] < 0:
        end -= 1
    if doc[end].text != mark or doc[end - 1].pos_ not in {"NOUN", "PROPN"}:
        return None
    start = end
    while start > frame.start and doc[start - 1].tag_ in _NOMINAL and layout.quote_of[start - 1] < 0:
        start -= 1
    named = doc[end + 1].tag_ == "NNP" and (start == frame.start or doc[start - 1].text == ",")
    if start == end or (mark == "," and not named and doc[end + 1].tag_ not in _ASIDES):
        return None
    return start, verb - 1 if named else end


def up_to_comma(layout: Layout, frame: Frame, start: int) -> Range | None:
    """Return the words from `start` to the next punctuation: what the parse takes for no noun phrase."""
    end = start
    while end < frame.end and layout.quote_of[end] < 0 and not layout.doc[end].is_punct:
        end += 1
    return (start, end) if start < end else None
