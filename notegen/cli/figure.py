"""`notegen figure`: attention and embedding figures of one's own examples."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from notegen import config
from notegen.cli.model import shown_progress
from notegen.cli.options import json_option, say_json, vault_option
from notegen.desk import encoder_for
from notegen.errors import NotegenError, UsageError, VaultError
from notegen.figures.figure import Figure, ImageFormat
from notegen.figures.request import FigureRequest, Names, make_figure
from notegen.figures.vault_names import names_of
from notegen.markdown.write import table
from notegen.store.store import Store
from notegen.vault.vault import Vault


@click.group(name="figure", short_help="Draw attention and embeddings of your own examples.")
def command() -> None:
    """Draw a figure from real numbers of a small model on your machine. Only `map` needs a vault.

    \b
    notegen figure attention "She ate because she was hungry." --focus because
    notegen figure compare "The bank of the river." "The bank lends money." --word bank
    notegen figure softmax 1.2 2.1 3.0
    notegen figure embeddings cat kitten dog pet car
    notegen figure map --vault ~/MyVault
    """


def output_options(function: Callable[..., FigureRequest]) -> Callable[..., None]:
    """Where the figure goes, the same for every kind; the function makes the request out of its own arguments."""

    @click.option(
        "--out", type=click.Path(path_type=Path, dir_okay=False), help="The file; a new one here when left out."
    )
    @click.option(
        "--format", "form", type=click.Choice(["png", "svg"]), help="Left out, what the file's name says, or png."
    )
    @json_option("The numbers as one JSON object; draws only with --out.")
    @click.option("--offline", is_flag=True, help="Fetch nothing, not even the weights of the model.")
    @wraps(function)
    def run(*, out: Path | None, form: ImageFormat | None, as_json: bool, offline: bool, **rest: Any) -> None:
        vault_path = rest.pop("vault", None)
        request = function(**rest)
        image_format = _format(out, form)
        vault, settings = _surroundings(vault_path, required=request.kind == "map")
        encoder = encoder_for(settings, os.environ, may_fetch=not offline, hash_of=Store.open().sha256_of)
        with shown_progress() as on_progress:
            encoder.on_progress = on_progress
            figure = make_figure(request, encoder.need, lambda: names_of(vault) if vault else Names(), image_format)
        place = None if as_json and out is None else _write(figure, out, request.kind)
        if as_json:
            data = {
                **figure.numbers,
                "alt": figure.alt,
                "caption": figure.caption,
                "out": str(place) if place else None,
            }
            say_json(data)
        else:
            _say(figure, place)

    return run


LAYER = click.option("--layer", type=int, help="Of the model, from 1; left out, it is picked by a stated rule.")
HEAD = click.option("--head", type=int, help="Of the layer, from 1.")


@command.command(name="attention")
@click.argument("sentence")
@click.option("--focus", default="", metavar="WORD", help="The word whose attention is drawn out.")
@LAYER
@HEAD
@output_options
def attention(sentence: str, focus: str, layer: int | None, head: int | None) -> FigureRequest:
    """Draw where one head of the model looks in SENTENCE: a heatmap, one word drawn out, the numbers.

    \b
    notegen figure attention "She ate because she was hungry." --focus because
    notegen figure attention "The cat sat." --layer 3 --head 2 --out cat.svg
    """
    return FigureRequest(kind="attention", texts=(sentence,), focus=focus, layer=layer, head=head)


@command.command(name="compare")
@click.argument("first", metavar="SENTENCE_A")
@click.argument("second", metavar="SENTENCE_B")
@click.option("--word", required=True, help="A word that both have.")
@LAYER
@HEAD
@output_options
def compare(first: str, second: str, word: str, layer: int | None, head: int | None) -> FigureRequest:
    """Draw where the same word looks in two sentences, in the same head.

    \b
    notegen figure compare "The bank of the river." "The bank lends money." --word bank
    """
    return FigureRequest(kind="compare", texts=(first, second), word=word, layer=layer, head=head)


@command.command(name="softmax", context_settings={"ignore_unknown_options": True})
@click.argument("scores", nargs=-1, required=True)
@output_options
def softmax(scores: tuple[str, ...]) -> FigureRequest:
    """Draw how softmax turns SCORES into weights that are 1 in all.

    \b
    notegen figure softmax 1.2 2.1 3.0
    """
    try:
        numbers = tuple(float(each) for each in scores)
    except ValueError as error:
        raise UsageError(
            f"The scores are to be numbers ({error}).", "For example: notegen figure softmax 1.2 -2.1"
        ) from error
    return FigureRequest(kind="softmax", scores=numbers)


@command.command(name="embeddings")
@click.argument("texts", nargs=-1, required=True)
@output_options
def embeddings(texts: tuple[str, ...]) -> FigureRequest:
    """Draw TEXTS as points of the model's space, with the table of their cosines.

    \b
    notegen figure embeddings cat kitten dog pet car
    """
    return FigureRequest(kind="embeddings", texts=texts)


@command.command(name="map")
@vault_option()
@output_options
def map_command() -> FigureRequest:
    """Draw the concepts of your latest log among the notes of your vault that are nearest to them.

    \b
    notegen figure map --vault ~/MyVault
    """
    return FigureRequest(kind="map")


def _format(out: Path | None, form: ImageFormat | None) -> ImageFormat:
    suffix = out.suffix.lower().removeprefix(".") if out else ""
    if suffix and suffix not in ("png", "svg") and not form:
        raise UsageError(f"{out} is neither png nor svg by its name.", "Name it .png or .svg, or add --format.")
    if suffix in ("png", "svg") and form and suffix != form:
        raise UsageError(f"{out} is no {form} by its name.", "Leave --format out, or name the file otherwise.")
    return form or ("svg" if suffix == "svg" else "png")


def _surroundings(path: Path | None, *, required: bool) -> tuple[Vault | None, config.Settings]:
    """The vault and its settings; without one the defaults and the environment."""
    try:
        vault = Vault.find(path, os.environ)
    except VaultError:
        if required:
            raise
        return None, config.load(None, os.environ)
    return vault, config.load(vault.storage.read, os.environ)


def _write(figure: Figure, out: Path | None, kind: str) -> Path:
    try:
        if out is not None:
            out.write_bytes(figure.image)
            return out
        for number in range(1, 1000):
            place = Path(f"{kind}.{figure.format}" if number == 1 else f"{kind}-{number}.{figure.format}")
            try:
                with place.open("xb") as file:
                    file.write(figure.image)
            except FileExistsError:
                continue
            return place
    except OSError as error:
        raise NotegenError(
            f"{out or kind} cannot be written ({error.strerror}).", "Name another file with --out."
        ) from error
    raise NotegenError(f"This folder is full of files {kind}-….", "Name a file with --out.")


def _say(figure: Figure, place: Path | None) -> None:
    click.echo(f"{place}\n\n{figure.alt}.\n\n{figure.caption}")
    for each in figure.tables:
        click.echo(f"\n{each.title}\n\n{table(each.rows)}")
    if figure.question:
        click.echo(f"\n{figure.question.question}\n→ {figure.question.answer}")
