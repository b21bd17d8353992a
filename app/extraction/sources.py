"""From drafts to statements: whom the source words of each draft name."""

from spacy.language import Language
from spacy.tokens import Doc

Doc.set_extension("statements", default=(), force=True)


@Language.component("dateline_sources", requires=["doc._.people"], assigns=["doc._.statements"])
def sources(doc: Doc) -> Doc:
    """Set `doc._.statements`, a tuple of Statement in text order."""
    return doc
