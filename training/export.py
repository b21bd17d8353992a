"""Write trained networks as two ONNX files, the encoder in 8-bit integers, with the tokenizer beside them.

python -m training.export build/encoder/network-5.pt build/encoder/shipped
"""

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from app.extraction.encoder.around import LONGEST_CUE
from app.extraction.encoder.windows import TRAINED
from training.losses import REACH
from training.network import PAIR_WIDTH, WIDTH, Encoder, Network, PartHead, pretrained_folder

OPSET = 20


class PieceGraph(nn.Module):
    """All that is computed once a piece: vectors, cue and name scores, the piece's share in pairs."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, case: Tensor, quote: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return vectors, cue scores, name scores and pair projections (windows, pieces, ...)."""
        vectors = self.network.encoder(ids, case, quote)
        return (
            vectors,
            self.network.cues(vectors),
            self.network.names(vectors),
            self.network.parts.token(vectors),
        )


class PairGraph(nn.Module):
    """All that is computed once a cue."""

    def __init__(self, parts: PartHead) -> None:
        super().__init__()
        self.parts = parts

    def forward(  # noqa: PLR0917 - torch passes positional arguments
        self,
        tokens: Tensor,
        positions: Tensor,
        cue: Tensor,
        distance: Tensor,
        line: Tensor,
        in_cue: Tensor,
        present: Tensor,
    ) -> Tensor:
        """Return the probabilities (cues, pieces, labels); `tokens` (pieces of the text, 2 PAIR_WIDTH)."""
        scores: Tensor = self.parts(tokens[positions], cue, distance, line, in_cue, present)
        return scores.softmax(-1)


def load_network(path: Path) -> Network:
    """Return a network with the weights of a file that training wrote."""
    network = Network(Encoder())
    network.load_state_dict(torch.load(path))
    return network.eval()


def export(network: Network, folder: Path) -> None:
    """Write `pieces.onnx`, `pairs.onnx` and `tokenizer.json` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 2000, (2, TRAINED.size))
    zeros = torch.zeros_like(ids)
    full = folder / "pieces-full.onnx"
    both = {0: "windows", 1: "pieces"}
    torch.onnx.export(
        PieceGraph(network),
        (ids, zeros, zeros),
        full,
        input_names=["ids", "case", "quote"],
        output_names=["vectors", "cues", "names", "tokens"],
        dynamic_axes=dict.fromkeys(["ids", "case", "quote", "vectors", "cues", "names", "tokens"], both),
        opset_version=OPSET,
        dynamo=False,
    )
    prepared = folder / "pieces-prepared.onnx"
    quant_pre_process(full, prepared, skip_symbolic_shape=True)
    quantize_dynamic(prepared, folder / "pieces.onnx", per_channel=True, weight_type=QuantType.QInt8)
    full.unlink()
    prepared.unlink()
    _export_pairs(network.parts, folder / "pairs.onnx")
    shutil.copyfile(pretrained_folder() / "tokenizer.json", folder / "tokenizer.json")


def _export_pairs(parts: PartHead, path: Path) -> None:
    cues, width = 3, 2 * REACH + LONGEST_CUE
    classes = torch.ones(cues, width, dtype=torch.long)
    inputs = {
        "tokens": torch.zeros(TRAINED.size, 2 * PAIR_WIDTH),
        "positions": classes,
        "cue": torch.zeros(cues, WIDTH),
        "distance": classes,
        "line": classes,
        "in_cue": classes.float(),
        "present": classes.float(),
    }
    axes = {name: {0: "cues", 1: "around"} for name in inputs} | {"parts": {0: "cues", 1: "around"}}
    axes |= {"tokens": {0: "pieces"}, "cue": {0: "cues"}}
    torch.onnx.export(
        PairGraph(parts),
        tuple(inputs.values()),
        path,
        input_names=list(inputs),
        output_names=["parts"],
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Write trained networks as ONNX files.")
    parser.add_argument("network", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    export(load_network(options.network), options.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
