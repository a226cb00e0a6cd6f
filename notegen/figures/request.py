"""What figure is asked for, on the command line or in a note, and the making of it."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NoReturn

from notegen.errors import UsageError
from notegen.figures.figure import Figure, ImageFormat

if TYPE_CHECKING:
    from notegen.embed.encoder import Encoder

Kind = Literal["attention", "compare", "softmax", "embeddings", "map"]
KINDS: tuple[Kind, ...] = ("attention", "compare", "softmax", "embeddings", "map")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRequest:
    """One figure, in the words of `notegen figure`."""

    kind: Kind
    texts: tuple[str, ...] = ()
    """The sentence, both sentences, or the texts of a map."""
    scores: tuple[float, ...] = ()
    focus: str = ""
    word: str = ""
    layer: int | None = None
    head: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the map of a vault shows."""

    today: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def make_figure(
    request: FigureRequest,
    get_encoder: Callable[[], Encoder],
    names: Callable[[], Names],
    image_format: ImageFormat = "png",
) -> Figure:
    """The figure. get_encoder, names: called only where the figure needs them.

    Raises UsageError for a request that cannot be drawn, and what `get_encoder` raises.
    """
    if request.kind == "softmax":
        from notegen.figures.softmax import softmax_figure

        return softmax_figure(request.scores, image_format)
    if request.kind == "attention":
        from notegen.figures.attention import attention_figure

        return attention_figure(
            get_encoder(), request.texts[0], focus=request.focus, layer=request.layer, head=request.head,
            image_format=image_format,
        )  # fmt: skip
    if request.kind == "compare":
        from notegen.figures.compare import compare_figure

        first, second = request.texts
        return compare_figure(
            get_encoder(),
            first,
            second,
            request.word,
            layer=request.layer,
            head=request.head,
            image_format=image_format,
        )
    from notegen.figures.embedding_map import embeddings_figure, map_figure

    if request.kind == "embeddings":
        return embeddings_figure(get_encoder(), request.texts, image_format)
    shown = names()
    return map_figure(get_encoder(), shown.today, shown.notes, (), image_format)


def parse_request(text: str) -> FigureRequest:
    """The request of a fenced block: what stands after `notegen figure`, on one line or several.

    Raises UsageError that says what is wrong with it.
    """
    if '"' not in text:
        text = text.translate(_CURLED)
    try:
        words = shlex.split(text, comments=False)
    except ValueError as error:
        raise UsageError("A quotation mark is not closed.", _EXAMPLE) from error
    words = words[2:] if words[:2] == ["notegen", "figure"] else words
    if not words or words[0] not in KINDS:
        raise UsageError(f"No figure is called “{words[0] if words else ''}”.", _EXAMPLE)
    given = vars(_parser().parse_args(words))
    values: dict[str, Any] = {key: tuple(each) if isinstance(each, list) else each for key, each in given.items()}
    return FigureRequest(**values)


_CURLED = str.maketrans("“”„«»", '"' * 5)
"""What phones and word processors make of a quotation mark."""
_EXAMPLE = 'For example: attention "She ate because she was hungry." --focus because'


class _Parser(argparse.ArgumentParser):
    """An argument parser that raises where argparse ends the program."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"The figure cannot be read: {message}.", _EXAMPLE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(add_help=False)
    kinds: Any = parser.add_subparsers(dest="kind", required=True, parser_class=_Parser)
    for kind in KINDS:
        each = kinds.add_parser(kind, add_help=False)
        if kind == "attention":
            each.add_argument("texts", nargs=1)
            each.add_argument("--focus", default="")
        elif kind == "compare":
            each.add_argument("texts", nargs=2)
            each.add_argument("--word", required=True)
        elif kind == "softmax":
            each.add_argument("scores", nargs="+", type=float)
        elif kind == "embeddings":
            each.add_argument("texts", nargs="+")
        if kind in ("attention", "compare"):
            each.add_argument("--layer", type=int)
            each.add_argument("--head", type=int)
    return parser
