"""The components that find names and statements with the encoder: one reading of the text gives both."""

from functools import lru_cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from app.extraction.encoder.decode import decode
from app.extraction.encoder.joining import join
from app.extraction.encoder.names import find_names, place_words
from app.extraction.encoder.networks import Networks
from app.extraction.encoder.scores import load_weights
from app.extraction.finders import WEIGHTS
from app.extraction.layout import lay_out
from app.extraction.statements import to_drafts

Doc.set_extension("reading", default=None, force=True)
Doc.set_extension("place_words", default=frozenset(), force=True)


@lru_cache(maxsize=1)
def load_networks(folder: Path = WEIGHTS) -> Networks:
    """Return the networks of a folder, loaded once a process, when the first text needs them."""
    return Networks(folder)


@Language.component("dateline_encoded_names", assigns=["doc._.reading", "doc._.place_words", "doc.ents"])
def read_names(doc: Doc) -> Doc:
    """Run the encoder; put what it says about the text on `doc._.reading` and the names on `doc.ents`."""
    doc._.reading = load_networks().read(doc.text)
    if doc._.reading is not None:
        doc.ents = tuple(find_names(doc, doc._.reading))
        doc._.place_words = place_words(doc, doc._.reading)
    return doc


@Language.component(
    "dateline_encoded_statements",
    requires=["doc._.reading", "doc._.quotations", "token.dep", "token.tag", "token.lemma", "token.pos"],
    assigns=["doc._.drafts"],
)
def find_statements(doc: Doc) -> Doc:
    """Put the statements of the text, in order of their first word, on `doc._.drafts`."""
    layout, reading = lay_out(doc), doc._.reading
    decoded = [] if reading is None else decode(load_networks(), layout.text, reading)
    doc._.drafts = to_drafts(join(layout, decoded, weights=load_weights(WEIGHTS)))
    return doc
