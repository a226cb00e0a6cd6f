"""Finding and rendering templates: a sandbox with strict names and bounded output."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import SandboxedEnvironment

from notegen.errors import NotegenError, UsageError
from notegen.language.catalogue import Catalogue

MAX_NOTE_CHARACTERS = 2_000_000
"""A template that writes more is stopped: no note is that long, and a loop in a template could fill the memory."""
PROMPTS = "prompts/"
"""Folder of the prompts; no note is made from them."""
WORDS = "words"
"""Folder of the catalogues, one file a language: `"English phrase" = "what it is there"`."""
SHIPPED = "shipped"
"""Prefix under which an override reaches the shipped templates: {% extends "shipped/daily.md.j2" %}."""


def shipped_folder() -> Path:
    """Where the templates that came with notegen are: inside the wheel, or beside pyproject.toml in a checkout."""
    installed = Path(str(files("notegen"))) / "_templates"
    if installed.is_dir():
        return installed
    checkout = Path(str(files("notegen"))).parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "templates").is_dir():
        return checkout / "templates"
    raise NotegenError(
        "The templates of notegen are not installed.", "Install notegen again: python -m pip install notegen."
    )


class Templates:
    """The templates in force.

    folders: where overrides are looked up, the first found wins; missing folders are passed over.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        shipped = shipped_folder()
        self._folders = [folder for folder in folders if folder.is_dir()]
        loaders = [FileSystemLoader(folder) for folder in (*self._folders, shipped)]
        self._environment = SandboxedEnvironment(
            loader=ChoiceLoader([PrefixLoader({SHIPPED: FileSystemLoader(shipped)}), *loaders]),
            undefined=StrictUndefined,
            autoescape=False,  # the output is Markdown; every text passes a filter that escapes for it
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    @cached_property
    def own_text(self) -> str:
        """All that the learner's own templates say."""
        paths = (path for folder in self._folders for path in sorted(folder.rglob("*.j2")))
        return "\n".join(path.read_text("utf-8", "replace") for path in paths)

    def render(self, name: str, filters: Mapping[str, Callable[..., Any]], **context: Any) -> str:
        """The template `name` filled in. Raises UsageError for a template that is missing or broken."""
        environment = self._environment.overlay()
        environment.filters = {**environment.filters, **filters}
        pieces: list[str] = []
        size = 0
        try:
            for piece in environment.get_template(name).generate(**context):
                size += len(piece)
                if size > MAX_NOTE_CHARACTERS:
                    raise UsageError(
                        f"Template {name} writes more than {MAX_NOTE_CHARACTERS:,} characters.", "Shorten its loops."
                    )
                pieces.append(piece)
        except TemplateNotFound as error:
            raise UsageError(
                f"There is no template {error}.", "Check the name it is included or extended by."
            ) from error
        except (TemplateError, ArithmeticError, TypeError, AttributeError, LookupError) as error:
            where = f" (line {error.lineno})" if hasattr(error, "lineno") else ""
            raise UsageError(
                f"Template {name} cannot be filled in{where}: {error}.", "Correct the template."
            ) from error
        return "".join(pieces)

    def catalogue(self, language: str) -> Catalogue:
        """What notegen says in a language (ISO 639-1): the shipped phrases, and those of the folders over them.

        Raises UsageError for a file of the learner's that cannot be read.
        """
        phrases: dict[str, str] = {}
        for folder in (shipped_folder(), *reversed(self._folders)):
            path = folder / WORDS / f"{language}.toml"
            if language.isalpha() and path.is_file():
                phrases |= _phrases(path)
        return Catalogue(language=language, phrases=phrases)

    def own_fingerprint(self) -> str:
        """Hash over the learner's own templates of notes: a note is made again when it changes."""
        return self._fingerprint(self._folders, prompts=False)

    def own_prompts_fingerprint(self) -> str:
        """The same over the learner's own prompts."""
        return self._fingerprint(self._folders, prompts=True)

    def prompts_fingerprint(self) -> str:
        """Hash over all prompts that language models are given, the shipped ones too."""
        return self._fingerprint((*self._folders, shipped_folder()), prompts=True)

    def _fingerprint(self, folders: Sequence[Path], *, prompts: bool) -> str:
        digest = hashlib.sha256()
        for folder in folders:
            for path in sorted([*folder.rglob("*.j2"), *folder.glob(f"{WORDS}/*.toml")]):
                name = path.relative_to(folder).as_posix()
                if name.startswith(PROMPTS) == prompts:
                    digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()


def _phrases(path: Path) -> dict[str, str]:
    """The phrases of one file. Raises UsageError."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"The words in {path} cannot be read: {error}.", "Correct the file.") from error
    return {phrase: said for phrase, said in found.items() if isinstance(said, str)}
