"""Train the encoder and its heads on the shared corpora.

    python -m training.statements [--passes 4] [--folder build/encoder] [--limit 0] [--resume]

Writes `network-N.pt` (averaged weights) after each pass, and `state.pt` to go on from after a stop.
"""

import argparse
import json
import logging
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from app.extraction.encoder.windows import TRAINED
from training.examples import Example, place_example, read_records, sentence_examples, statement_example
from training.losses import Losses, text_losses
from training.network import WIDTH, Encoder, Network, pretrained_encoder, pretrained_folder
from training.silver import silver_names

SEED = 20161108
TEXTS_A_STEP = 2
ENCODER_RATE = 1.5e-4
HEAD_RATE = 1e-3
WEIGHT_DECAY = 0.01
WARM_UP = 60
LONGEST_GRADIENT = 1.0
AVERAGED = 0.995
"""Share of the old average kept at each step: the shipped weights are those of some 200 last steps."""

NAME_WEIGHT = 0.3
"""Silver names are noisy and many; statements come first."""

NAME_PARTS = 2
"""The sets with gold names and places are spread over so many passes: each text is seen once in them."""

AVERAGE_EVERY = 5
"""Steps between two additions to the average."""

SAVE_EVERY = 50

log = logging.getLogger("training")


def encode(encoder: Encoder, examples: Sequence[Example]) -> list[Tensor]:
    """Return the vectors (pieces, WIDTH) of texts, all their windows run at once by length."""
    vectors: list[Tensor | None] = [None] * len(examples)
    long = [number for number, example in enumerate(examples) if len(example.pieces) >= TRAINED.size]
    for group in [long, *([number] for number in range(len(examples)) if number not in long)]:
        if group:
            for number, one in zip(group, _encode_equal(encoder, [examples[n] for n in group]), strict=True):
                vectors[number] = one
    return [one for one in vectors if one is not None]


def _encode_equal(encoder: Encoder, examples: Sequence[Example]) -> Iterator[Tensor]:
    """Yield the vectors of texts whose windows have equal length."""
    rows = [
        [slice(start, start + TRAINED.size) for start in TRAINED.starts(len(example.pieces))]
        for example in examples
    ]
    pairs = list(zip(examples, rows, strict=True))
    arrays = (
        torch.from_numpy(np.stack([getattr(e.pieces, name)[row] for e, some in pairs for row in some]))
        for name in ("ids", "case", "quote")
    )
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = encoder(*arrays).float()
    begin = 0
    for example, some in pairs:
        flat = hidden[begin : begin + len(some)].reshape(-1, WIDTH)
        begin += len(some)
        yield flat[torch.from_numpy(TRAINED.rows(len(example.pieces)))]


def load_examples(folder: Path, limit: int) -> tuple[list[Example], list[Example]]:
    """Return the texts with statements, and those with names or places only."""
    tokenizer = Tokenizer.from_file(str(pretrained_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    records = read_records("polnear-train.jsonl.gz")
    silver = folder / "silver.json"
    if not silver.is_file():
        silver.write_text(json.dumps(list(silver_names([record["text"] for record in records]))))
    names = json.loads(silver.read_text())
    statements = [
        statement_example(record, tokenizer, entities)
        for record, entities in zip(records[: limit or None], names, strict=False)
    ]
    others = [
        place_example(record, tokenizer)
        for name in ("lgl-dev", "geowebnews-dev")
        for record in read_records(f"{name}.jsonl.gz")[: limit or None]
    ]
    crossner = read_records("crossner-politics-dev.jsonl.gz")[: limit or None]
    others += sentence_examples(crossner, tokenizer)
    return statements, others


def steps_of_pass(
    number: int, statements: Sequence[Example], others: Sequence[Example]
) -> list[list[Example]]:
    """Return the batches of one pass, shuffled by a seed of its own."""
    chance = random.Random(f"{SEED}-{number}")  # noqa: S311  # repeatable on purpose
    first = chance.sample(statements, len(statements))
    batches = [first[begin : begin + TEXTS_A_STEP] for begin in range(0, len(first), TEXTS_A_STEP)]
    for index, example in enumerate(others):
        batches[index * len(batches) // len(others)].append(example)
    return batches


def total_loss(losses: Sequence[Losses]) -> tuple[Tensor, tuple[float, float, float]]:
    """Return the loss of a batch and its three parts."""
    cue = sum((one.cue for one in losses), torch.zeros(())) / (1 + sum(one.cue_pieces for one in losses))
    parts = sum((one.parts for one in losses), torch.zeros(())) / (1 + sum(one.part_pieces for one in losses))
    names = sum((one.names for one in losses), torch.zeros(())) / (1 + sum(one.name_pieces for one in losses))
    return cue + parts + NAME_WEIGHT * names, (cue.item(), parts.item(), names.item())


class Limit:
    """A limit in wall time, for a busy machine: the learning rate falls from `rate` to 0 at its end."""

    def __init__(self, minutes: float, rate: float) -> None:
        self.rate = rate
        self._seconds = 60 * minutes
        self._begin = time.monotonic()

    def left(self) -> float:
        """Return the share of the time that is left."""
        return max(1 - (time.monotonic() - self._begin) / self._seconds, 0.0)


class Run:
    """One training run: networks, optimiser and where it stands."""

    def __init__(self, folder: Path, batches: int) -> None:
        self.folder = folder
        self.batches = batches
        self.step = 0
        self.network = Network(pretrained_encoder())
        self.average = {name: value.clone() for name, value in self.network.state_dict().items()}
        heads = [p for n, p in self.network.named_parameters() if not n.startswith("encoder.")]
        groups = [
            {"params": [p for p in self.network.encoder.parameters() if p.requires_grad], "lr": ENCODER_RATE},
            {"params": heads, "lr": HEAD_RATE},
        ]
        self.optimiser = torch.optim.AdamW(groups, weight_decay=WEIGHT_DECAY, fused=True)
        self.limit: Limit | None = None

    def rate(self) -> float:
        """Return the share of the full learning rate: up in WARM_UP steps, then down to 0 at the end."""
        down = max(self.batches - self.step, 1) / max(self.batches - WARM_UP, 1)
        if self.limit is not None:
            return self.limit.rate * self.limit.left()
        return min((self.step + 1) / WARM_UP, down)

    def learn(self, batch: Sequence[Example]) -> tuple[float, float, float]:
        """Take one step; return the three losses."""
        self.network.train()
        chance = np.random.default_rng((SEED, self.step))
        vectors = encode(self.network.encoder, batch)
        losses = [text_losses(self.network, v, e, chance) for v, e in zip(vectors, batch, strict=True)]
        loss, each = total_loss(losses)
        self.optimiser.zero_grad()
        for group, full in zip(self.optimiser.param_groups, (ENCODER_RATE, HEAD_RATE), strict=True):
            group["lr"] = full * self.rate()
        loss.backward()  # type: ignore[no-untyped-call]  # torch's own
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), LONGEST_GRADIENT)
        self.optimiser.step()
        self.step += 1
        if self.step % AVERAGE_EVERY == 0:
            self._average()
        return each

    def _average(self) -> None:
        kept = min(AVERAGED**AVERAGE_EVERY, self.step / (self.step + 50))
        with torch.no_grad():
            for name, value in self.network.state_dict().items():
                self.average[name].lerp_(value, 1 - kept)

    def save_state(self) -> None:
        """Write all that is needed to go on."""
        state = {
            "step": self.step,
            "network": self.network.state_dict(),
            "average": self.average,
            "optimiser": self.optimiser.state_dict(),
        }
        torch.save(state, self.folder / "state.part")
        (self.folder / "state.part").replace(self.folder / "state.pt")

    def load_state(self) -> None:
        """Go on from the written state."""
        state = torch.load(self.folder / "state.pt")
        self.step = state["step"]
        self.network.load_state_dict(state["network"])
        self.average = state["average"]
        self.optimiser.load_state_dict(state["optimiser"])


def train(
    folder: Path, *, passes: int, limit: int = 0, resume: bool = False, minutes: float | None = None
) -> None:
    """Train and write the networks."""
    torch.manual_seed(SEED)
    folder.mkdir(parents=True, exist_ok=True)
    statements, others = load_examples(folder, limit)
    chance = random.Random(SEED)  # noqa: S311  # repeatable on purpose
    others = chance.sample(others, len(others))
    batches = [steps_of_pass(n, statements, others[n % NAME_PARTS :: NAME_PARTS]) for n in range(passes)]
    run = Run(folder, sum(map(len, batches)))
    if resume:
        run.load_state()
    if minutes is not None:
        run.limit = Limit(minutes, run.rate())
    log.info("%d texts with statements, %d with names, %d steps", len(statements), len(others), run.batches)
    begin, done, sums = time.monotonic(), 0, np.zeros(3)
    for number, some in enumerate(batches):
        if done + len(some) <= run.step:  # before the written state
            done += len(some)
            continue
        for batch in some:
            if done < run.step:  # before the written state
                done += 1
                continue
            sums += run.learn(batch)
            done += 1
            if done % 20 == 0:
                cue, parts, names = sums / 20
                sums[:] = 0
                spent = time.monotonic() - begin
                log.info("%d %5.0f s  cue %.3f parts %.3f names %.3f", done, spent, cue, parts, names)
            if done % SAVE_EVERY == 0:
                run.save_state()
                torch.save(run.average, folder / "network-last.pt")
            if run.limit is not None and not run.limit.left():
                run.save_state()
                torch.save(run.average, folder / "network-last.pt")
                log.info("out of time at step %d", done)
                return
        torch.save(run.average, folder / f"network-{number + 1}.pt")
        log.info("pass %d done", number + 1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Train the encoder and its heads.")
    parser.add_argument("--passes", type=int, default=4)
    parser.add_argument("--folder", type=Path, default=Path("build/encoder"))
    parser.add_argument("--limit", type=int, default=0, help="texts of each corpus, for a trial")
    parser.add_argument("--resume", action="store_true", help="go on from state.pt")
    parser.add_argument("--minutes", type=float, help="stop after so long, whatever was reached")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    train(
        options.folder,
        passes=options.passes,
        limit=options.limit,
        resume=options.resume,
        minutes=options.minutes,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
