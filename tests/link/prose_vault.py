"""A vault of some hundred notes with real prose: the docstrings of Python's own library, which every Python brings.

A note is a module, a class or a topic of the language's reference; its text is what its authors wrote about it.
"""

from __future__ import annotations

import ast
import re
import sysconfig
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from pydoc_data.topics import topics

LIBRARY = Path(sysconfig.get_path("stdlib"))
MIN_WORDS = 25
MAX_NOTES_WITH_NAME = 10
"""A title that stands in more notes is a common word ("string"), which nobody links."""
PACKAGES = (
    "email",
    "http",
    "json",
    "logging",
    "concurrent/futures",
    "importlib",
    "multiprocessing",
    "unittest",
    "xml/dom",
)
TEN = (
    "difflib",
    "statistics",
    "argparse",
    "configparser",
    "zipfile",
    "calendar",
    "random",
    "doctest",
    "mailbox",
    "csv",
)
"""Modules on ten things that a learner could read about on one day."""


def prose_notes() -> dict[str, str]:
    """Title → text of every note, in order of titles; case-blind unique."""
    found: dict[str, str] = {}
    for title, text in (*_modules(), *_topics()):
        if len(text.split()) >= MIN_WORDS and title.lower() not in {each.lower() for each in found}:
            found[title] = text
    common = Counter(word for text in found.values() for word in {*re.findall(r"[\w.]+", text.lower())})
    rare = [title for title in found if len(title) >= 5 and common[title.lower()] <= MAX_NOTES_WITH_NAME]
    names = sorted(rare, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w.\[|-])({'|'.join(map(re.escape, names))})(?![\w\]|-]|\.\w)")

    def linked(title: str, text: str) -> str:
        seen = {title}

        def link(match: re.Match[str]) -> str:
            if match[1] in seen:
                return match[1]
            seen.add(match[1])
            return f"[[{match[1]}]]"

        return pattern.sub(link, text)

    return {title: linked(title, found[title]) for title in sorted(found)}


def write_prose_vault(root: Path) -> int:
    """Write the notes into `root`, a third of them in folders; the number of notes."""
    notes = prose_notes()
    for number, (title, text) in enumerate(notes.items()):
        folder = root / ("Library" if number % 3 else "")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{title}.md").write_text(f"# {title}\n\n{text}\n", encoding="utf-8")
    return len(notes)


def days_reading(*, named: bool) -> list[tuple[str, str]]:
    """(heading, text) for the day's PDF: of each of TEN what half of its functions and classes say, which no note
    holds. named: each is called by its name once; otherwise its name is left out."""
    sections = []
    for name in TEN:
        said = _said_inside(ast.parse((LIBRARY / f"{name}.py").read_text("utf-8")))[1::2]
        text = " ".join(" ".join(said).split()[:160])
        bare = re.sub(rf"\b{name}\b", "it", text)
        text = f"All of what follows is found in {name} and nowhere else. {bare}" if named else bare
        sections.append((f"Tools, part {len(sections) + 1}", text))
    return sections


def _modules() -> Iterator[tuple[str, str]]:
    paths = [path for folder in ("", *PACKAGES) for path in sorted((LIBRARY / folder).glob("[!_]*.py"))]
    for path in paths:
        tree = ast.parse(path.read_text("utf-8"))
        module = ".".join(path.relative_to(LIBRARY).with_suffix("").parts)
        if module in TEN:
            yield module, " ".join((_plain(ast.get_docstring(tree) or ""), *_said_inside(tree)[0::2]))
            continue
        yield module, _plain(ast.get_docstring(tree) or "")
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name, _plain(ast.get_docstring(node) or "")


def _said_inside(tree: ast.Module) -> list[str]:
    """What the functions and classes of a module say."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    texts = [" ".join(_plain(ast.get_docstring(node) or "").split()) for node in nodes]
    return [text if text.endswith(".") else f"{text}." for text in texts if len(text.split()) >= 8]


def _topics() -> Iterator[tuple[str, str]]:
    for name, text in sorted(topics.items()):
        yield f"Language {name}", _plain(text)


def _plain(text: str) -> str:
    """Paragraphs of words, without what Markdown would take for something else."""
    text = re.sub(r"[`*_\[\]<>#|=~^$%\\{}]+", " ", text)
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    return "\n\n".join(part.lstrip("-+.> ") for part in paragraphs if part.strip("-+.> "))


def write_days_pdf(path: Path, *, named: bool) -> None:
    """A PDF of the day's reading, a page for each section."""
    import pymupdf

    document = pymupdf.open()
    for heading, text in days_reading(named=named):
        page = document.new_page()
        page.insert_text((72, 80), heading, fontsize=20)
        page.insert_textbox((72, 110, 520, 780), text, fontsize=11)
    document.save(path)
