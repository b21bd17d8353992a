"""Measure whom pronouns stand for: `python -m evaluation.pronouns [--folds build/encoder]`.

The shipped network learned GAP and GUM, so its figures there are *fitted*. *Cross-validated* are those of
networks that never saw the text: `training.pronouns` leaves them in `--folds`. Both by the shared scorer, and
for GUM by a second measure: the scorer takes "His father" for a name of the father that the pronoun touches,
so that even right answers to all pronouns score low there.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from spacy.language import Language
from spacy.tokens import Doc

from app.extraction.article_people import gather_people
from app.extraction.encoder.pronoun_network import PronounNetwork, load_pronoun_network
from app.extraction.encoder.pronouns import resolve
from app.extraction.pipeline import load_pipeline
from evaluation.names import MODEL, Record, read
from evaluation.record import Results, options

FOLDS = Path("build/encoder")
FOLD_FILE = "pronouns-fold-{}.npz"
SETS = ("gap", "gum")
CROSS_VALIDATED, FITTED = "cross-validated", "fitted"
RATES = ("precision", "recall", "f1")


def fold_of(key: str, folds: int) -> int:
    """Return the fold that a text is in, by its key."""
    return sum(map(ord, key)) % folds


def people_of(nlp: Language, doc: Doc, network: PronounNetwork) -> list[Record]:
    """Return the persons of a text that was read up to its pronouns, as the scorer reads them."""
    resolve(doc, lambda: network)
    persons = gather_people(nlp.make_doc(""), doc)
    return [{"name": one.name, "mentions": [list(m.span) for m in one.mentions]} for one in persons]


def predictions(
    shared: Path, name: str, folds: Sequence[PronounNetwork]
) -> Iterator[tuple[Record, list[Record]]]:
    """Yield the texts of a set with their persons, each by the network of its fold."""
    nlp = load_pipeline(MODEL, "encoder")
    with nlp.select_pipes(disable=["dateline_encoded_pronouns", "dateline_sources"]):
        records = list(read(shared / f"corpora/{name}-dev.jsonl.gz"))
        docs = nlp.pipe((record["text"] for record in records), batch_size=8)
        for record, doc in zip(records, docs, strict=True):
            yield record, people_of(nlp, doc, folds[fold_of(record["id"], len(folds))])


def by_pronoun(scorer: ModuleType, pairs: Sequence[tuple[Record, list[Record]]]) -> Record:
    """Return figures of GUM's pronouns: the person's names are of the cluster that most of them are of."""
    right = answered = asked = 0
    for gold, people in pairs:
        text, mentions = gold["text"], gold["mentions"]
        names = [m for m in mentions if scorer.is_name(text[m["start"] : m["end"]])]
        named = {m["cluster"] for m in names}
        for pronoun in mentions:
            start, end = pronoun["start"], pronoun["end"]
            if text[start:end].lower() not in scorer.PRONOUNS or pronoun["cluster"] not in named:
                continue
            asked += 1
            for number in scorer.entries_at(people, start, end):
                others = [m for m in people[number]["mentions"] if not scorer.touches(m, start, end)]
                met = [_innermost(scorer, names, m) for m in others]
                known = [cluster for cluster in met if cluster is not None]
                answered += bool(others)
                right += bool(known) and max(known, key=known.count) == pronoun["cluster"]
    figures: Record = scorer.rates(right, answered, asked)
    return figures


def _innermost(scorer: ModuleType, names: Sequence[Record], mention: Sequence[int]) -> int | None:
    """Return the cluster of the shortest name that a mention touches."""
    touched = [n for n in names if scorer.touches(mention, n["start"], n["end"])]
    shortest = min(touched, key=lambda n: n["end"] - n["start"], default=None)
    return None if shortest is None else shortest["cluster"]


def measure(shared: Path, folds: Sequence[PronounNetwork]) -> Iterator[tuple[str, Record]]:
    """Yield a name and figures for each set and measure."""
    spec = spec_from_file_location("score_people", shared / "tools/score_people.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(shared)
    scorer = module_from_spec(spec)
    spec.loader.exec_module(scorer)
    for name in SETS:
        pairs = list(predictions(shared, name, folds))
        yield name, getattr(scorer, f"score_{name}")(pairs)
        if name == "gum":
            yield "gum by pronoun", by_pronoun(scorer, pairs)


def runs(shared: Path, folder: Path) -> Iterator[tuple[str, str, Record]]:
    """Yield set, kind and figures: cross-validated where the networks of the folds are, and fitted."""
    files = sorted(folder.glob(FOLD_FILE.format("*")))
    networks: dict[str, Callable[[], list[PronounNetwork]]] = {
        CROSS_VALIDATED: partial(_load, files),
        FITTED: lambda: [load_pronoun_network()],
    }
    for kind, load in networks.items():
        for name, row in measure(shared, load()) if kind == FITTED or files else ():
            yield name, kind, row


def figures(shared: Path, folder: Path) -> str:
    """Return a line of figures for each set and kind."""
    lines = []
    for name, kind, row in runs(shared, folder):
        cells = "  ".join(f"{rate} {row[rate]:.3f}" for rate in RATES)
        lines.append(f"{name:15} {kind:16} {cells}")
    return "\n".join(lines)


def _load(files: Sequence[Path]) -> list[PronounNetwork]:
    return [PronounNetwork(path) for path in files]


def by_set(measured: Iterable[tuple[str, str, Record]]) -> dict[str, dict[str, float]]:
    """Return the figures by set and name, in percent; those that are fitted say so."""
    found: dict[str, dict[str, float]] = {f"{name}-dev": {} for name in SETS}
    for name, kind, row in measured:
        of_set, _, how = name.partition(" ")
        title = f"pronouns {how}".rstrip() + ("" if kind == CROSS_VALIDATED else f" ({kind})")
        found[f"{of_set}-dev"].update(
            (f"{title}, {rate if rate != 'f1' else 'F1'}", 100 * row[rate]) for rate in RATES
        )
    return found


def main() -> None:
    """Print the figures, each with its difference to the recorded run."""
    parser = options(__doc__)
    parser.add_argument("--folds", type=Path, default=FOLDS)
    chosen = parser.parse_args()
    results = Results(save=chosen.record)
    for name, row in by_set(runs(chosen.shared, chosen.folds)).items():
        print(results.add(name, "encoder", row))


if __name__ == "__main__":
    main()
