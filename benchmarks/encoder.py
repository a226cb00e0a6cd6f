"""Chunks a second of notegen's encoder against torch, with the same weights, in the same run.

    python -m pip install torch transformers
    python benchmarks/encoder.py [--rounds 5]

Needs the weights (`notegen model fetch`). The text is the example book's, cut into chunks of 256 word pieces, and as
whole paragraphs of its own lengths. Rounds alternate, so that whatever else the machine does meets both alike.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from notegen.embed.minilm import MiniLMEncoder
from notegen.embed.weights import TOKENIZER, WEIGHTS, model_folder

BOOK = Path(__file__).resolve().parent.parent / "tools" / "example_book" / "text"
CHUNKS, PIECES, BATCH = 24, 256, 32


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    tokenizer = Tokenizer.from_file(str(model_folder() / TOKENIZER))
    paragraphs = [
        part
        for path in sorted(BOOK.iterdir())
        for part in path.read_text(encoding="utf-8").split("\n\n")
        if part.strip()
    ]
    words = " ".join(paragraphs).split()
    long = [" ".join(words[start % len(words) :][:400]) for start in range(0, CHUNKS * 100, 100)]
    ours = MiniLMEncoder(model_folder())
    peers = {
        "notegen (onnxruntime)": ours.encode,
        "torch, sdpa": torch_encoder(tokenizer, "sdpa"),
        "torch, attentions returned": torch_encoder(tokenizer, "eager"),
    }
    for what, texts in ((f"chunks of {PIECES} pieces", long), ("paragraphs as they are", paragraphs[:60])):
        rates = measured(peers, texts, rounds)
        print(f"\n{len(texts)} {what}")
        for name, rate in rates.items():
            ratio = rates["notegen (onnxruntime)"] / rate
            print(f"| {name} | {rate:.1f} texts/s | notegen is {ratio:.2f} × |")
        apart = np.abs(ours.encode(texts) - peers["torch, sdpa"](texts)).max()
        print(f"largest difference of a vector's number: {apart:.1e}")
    print(f"peak memory of all together: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def measured(
    peers: dict[str, Callable[[Sequence[str]], object]], texts: Sequence[str], rounds: int
) -> dict[str, float]:
    """Median texts a second of each peer, after one round to warm up."""
    seconds: dict[str, list[float]] = {name: [] for name in peers}
    for _ in range(rounds + 1):
        for name, encode in peers.items():
            start = time.perf_counter()
            encode(texts)
            seconds[name].append(time.perf_counter() - start)
    return {name: len(texts) / statistics.median(each[1:]) for name, each in seconds.items()}


def torch_encoder(tokenizer: Tokenizer, attention: str) -> Callable[[Sequence[str]], np.ndarray]:
    """As sentence-transformers encodes: sorted by length, batches of 32, mean of the pieces, length 1."""
    from safetensors.torch import load_file

    config = BertConfig(
        hidden_size=384,
        num_hidden_layers=6,
        num_attention_heads=12,
        intermediate_size=1536,
        attn_implementation=attention,
    )
    model = BertModel(config, add_pooling_layer=False).eval()
    model.load_state_dict(load_file(model_folder() / WEIGHTS), strict=False)
    tokenizer.enable_truncation(PIECES)
    tokenizer.no_padding()

    def encode(texts: Sequence[str]) -> np.ndarray:
        vectors = np.zeros((len(texts), 384), np.float32)
        encodings = tokenizer.encode_batch_fast(list(texts))
        order = sorted(range(len(texts)), key=lambda each: -len(encodings[each].ids))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            length = max(len(encodings[row].ids) for row in rows)
            ids = torch.zeros((len(rows), length), dtype=torch.long)
            mask = torch.zeros_like(ids)
            for at, row in enumerate(rows):
                ids[at, : len(encodings[row].ids)] = torch.tensor(encodings[row].ids)
                mask[at, : len(encodings[row].ids)] = 1
            with torch.inference_mode():
                output = model(input_ids=ids, attention_mask=mask, output_attentions=attention == "eager")
            weight = mask.unsqueeze(-1).float()
            mean = (output.last_hidden_state * weight).sum(1) / weight.sum(1)
            vectors[rows] = torch.nn.functional.normalize(mean).numpy()
        return vectors

    return encode


if __name__ == "__main__":
    main()
