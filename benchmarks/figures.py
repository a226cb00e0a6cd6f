"""Drawing an attention figure against bertviz's head_view, for the same sentences and weights, in the same run.

    python -m pip install torch transformers bertviz
    python benchmarks/figures.py [--rounds 5]

Both start from the loaded model: what is timed is the sentence's forward pass and making the image or the HTML. bertviz
writes a page that needs a browser, JavaScript and a network (it loads d3 and jQuery) and holds all 72 heads; notegen
draws one head as an image, with its numbers. CPU seconds of this process, the median of the rounds.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import torch
from bertviz import head_view
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from notegen.embed.minilm import MiniLMEncoder
from notegen.embed.weights import TOKENIZER, WEIGHTS, model_folder
from notegen.figures.attention import attention_figure
from notegen.figures.embedding_map import embeddings_figure
from notegen.figures.softmax import softmax_figure

SENTENCES = (
    "She ate because she was hungry.",
    "An embedding is a list of numbers that places a word in a space.",
    "The dot product of two vectors is the sum of the products of their coordinates, and it grows with both lengths.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    encoder = MiniLMEncoder(model_folder())
    peer = bertviz_page()
    print("| sentence | notegen CPU s | bytes | bertviz CPU s | bytes |\n|---|---|---|---|---|")
    for sentence in SENTENCES:
        ours, size = measured(lambda sentence=sentence: attention_figure(encoder, sentence).image, rounds)
        theirs, html = measured(lambda sentence=sentence: peer(sentence), rounds)
        print(f"| {sentence[:40]}… | {ours:.3f} | {size:,} | {theirs:.3f} | {html:,} |")
    for name, make in (
        ("softmax of three scores", lambda: softmax_figure([1.2, 2.1, 3.0]).image),
        (
            "map of 12 words",
            lambda: embeddings_figure(encoder, "cat dog pet car bus sum dot key head row map word".split()).image,
        ),
    ):
        ours, size = measured(make, rounds)
        print(f"| {name} | {ours:.3f} | {size:,} | – | – |")


def measured(make: Callable[[], bytes], rounds: int) -> tuple[float, int]:
    """(median CPU seconds, bytes), after one round to warm up."""
    size = len(make())
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        make()
        seconds.append(time.process_time() - start)
    return statistics.median(seconds), size


def bertviz_page() -> Callable[[str], bytes]:
    config = BertConfig(hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536,
                        attn_implementation="eager")  # fmt: skip
    model = BertModel(config, add_pooling_layer=False).eval()
    model.load_state_dict(load_file(model_folder() / WEIGHTS), strict=False)
    tokenizer = Tokenizer.from_file(str(model_folder() / TOKENIZER))
    tokenizer.no_padding()

    def page(sentence: str) -> bytes:
        encoding = tokenizer.encode(sentence)
        with torch.inference_mode():
            output = model(input_ids=torch.tensor([encoding.ids]), output_attentions=True)
        return str(head_view(output.attentions, encoding.tokens, html_action="return").data).encode()

    return page


if __name__ == "__main__":
    main()
