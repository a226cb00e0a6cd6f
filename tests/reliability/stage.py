"""A vault of somebody who has notes of their own, PDFs for its inbox, and what must hold of it at any time."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pymupdf

PICTURE = re.compile(r"\b[0-9a-f]{16}\.png\b")
IDENTITY = re.compile(r"^(source_sha256|pdf_pages): *(.*)$", re.MULTILINE)


@dataclass
class Row:
    """One scenario of the table: how often it was tried, and what it found."""

    scenario: str
    tried: int = 0
    lost: int = 0
    """PDFs that came to no end: no note, no reason, not waiting; or another one's text."""
    doubled: int = 0
    """Notes of a passage that has one already."""
    torn: int = 0
    """Notes that are not whole, miss a picture, or were touched though they are somebody else's."""
    notes: list[str] = field(default_factory=list)
    """What was seen, for whoever reads the table."""

    @property
    def is_clean(self) -> bool:
        return self.tried > 0 and not (self.lost or self.doubled or self.torn)

    def add(self, found: Found) -> None:
        self.tried += 1
        self.lost += len(found.lost)
        self.doubled += len(found.doubled)
        self.torn += len(found.torn)
        self.notes += [f"{found.where}: {each}" for each in (*found.lost, *found.doubled, *found.torn)]


@dataclass
class Found:
    """What is wrong with a vault."""

    where: str = ""
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)


def make_pdf(path: Path, topic: str, pages: int = 1) -> Path:
    """A small PDF with prose and a picture on its first page."""
    document = pymupdf.open()
    for number in range(pages):
        page = document.new_page()
        page.insert_text((72, 80), f"{number + 1} {topic}", fontsize=20)
        prose = (
            f"{topic} are long waves that follow the moon around the earth. "
            f"A spring tide is a tide of great range in part {number} of the story of {topic}. "
            "Because the moon moves on, high water comes about fifty minutes later each day. "
        )
        page.insert_textbox((72, 110, 520, 300), prose * 3, fontsize=11)
        if number == 0:
            pixels = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 60, 40), False)
            pixels.set_rect(pixels.irect, tuple(hashlib.sha256(topic.encode()).digest()[:3]))
            page.insert_image((150, 320, 450, 520), pixmap=pixels)
            page.insert_text((150, 540), f"Figure 1: {topic} as seen from the shore.", fontsize=10)
    document.save(path)
    document.close()
    return path


class Stage:
    """A vault and a state folder under `home`."""

    def __init__(self, home: Path, **settings: object) -> None:
        self.home, self.vault, self.state = home, home / "vault", home / "state"
        self.inbox = self.vault / "Inbox"
        for folder in (self.inbox, self.vault / "Logs", home / "home"):
            folder.mkdir(parents=True)
        (self.vault / "notegen.toml").write_text('[log]\npath = "Logs/{title}.md"\n', "utf-8")
        (self.vault / "Logs" / "1 Tides.md").write_text("My own note, of the very name that notegen wants.\n", "utf-8")
        (self.vault / "My thoughts.md").write_text("---\ntags: [mine]\n---\n[[1 Tides]] and more.\n", "utf-8")
        self.settings = {"settle_s": 0, **settings}
        self.foreign = snapshot(self.vault)

    @property
    def env(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("NOTEGEN")}
        chosen = {f"NOTEGEN_WATCH__{key.upper()}": str(value).lower() for key, value in self.settings.items()}
        return {
            **kept,
            **chosen,
            "HOME": str(self.home / "home"),
            "NOTEGEN_STATE": str(self.state),
            "NOTEGEN_MODEL__FETCH": "false",
            "PYTHONIOENCODING": "utf-8",
        }

    def drop(self, *pdfs: Path) -> None:
        """Put PDFs into the inbox, to stay as they are."""
        for pdf in pdfs:
            shutil.copy(pdf, self.inbox)
        self.foreign |= snapshot(self.inbox, self.vault)

    def copy(self, home: Path) -> Stage:
        """The same stage elsewhere."""
        twin = object.__new__(Stage)
        twin.home, twin.vault, twin.state = home, home / "vault", home / "state"
        twin.inbox, twin.settings, twin.foreign = twin.vault / "Inbox", self.settings, self.foreign
        shutil.copytree(self.home, home, symlinks=True)
        return twin

    def command(self, *arguments: object) -> list[str]:
        return [sys.executable, "-m", "notegen", *map(str, arguments), "--vault", str(self.vault)]

    def run(self, *arguments: object, timeout_s: float = 120) -> subprocess.CompletedProcess[str]:
        """Run a command of notegen to its end."""
        return subprocess.run(
            self.command(*arguments),
            env=self.env,
            capture_output=True,
            encoding="utf-8",
            timeout=timeout_s,
            check=False,
        )

    def start(self, *arguments: object) -> subprocess.Popen[bytes]:
        """Start a command of notegen; what it says goes to `said`."""
        with (self.home / "said").open("ab") as said:
            return subprocess.Popen(
                self.command(*arguments),
                env=self.env,
                stdout=said,
                stderr=said,
                preexec_fn=_with_usual_signals if os.name == "posix" else None,
            )

    @property
    def said(self) -> str:
        return (self.home / "said").read_text("utf-8", "replace")

    def status(self) -> dict[str, Any]:
        result = self.run("status", "--json")
        assert result.returncode == 0, result.stderr
        data: dict[str, Any] = json.loads(result.stdout)
        return data

    def notes(self) -> dict[str, str]:
        """Path → text of every note that notegen made."""
        texts = {path: path.read_text("utf-8") for path in self.vault.rglob("*.md")}
        return {
            path.relative_to(self.vault).as_posix(): text for path, text in texts.items() if "source_sha256" in text
        }


def _with_usual_signals() -> None:
    """A suite that was started in the background ignores some, and so would its children."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def snapshot(folder: Path, root: Path | None = None) -> dict[str, tuple[str, int]]:
    """Path → (hash, modification time) of every plain file."""
    return {
        path.relative_to(root or folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def look_for_harm(stage: Stage, reference: Stage | None, where: str) -> Found:
    """What must never be seen, not even between a crash and the restart: torn or doubled notes, touched files.

    reference: the same stage after an undisturbed run.
    """
    found = Found(where)
    good = set(reference.notes().values()) if reference else set()
    identities: Counter[tuple[str, ...]] = Counter()
    for path, text in stage.notes().items():
        identities[tuple(value for _, value in sorted(IDENTITY.findall(text)))] += 1
        if reference and text not in good:
            found.torn.append(f"{path} is not what an undisturbed run makes")
        if not text.endswith("\n") or text.count("%% notegen:begin") != text.count("%% notegen:end"):
            found.torn.append(f"{path} is not whole")
        for name in set(PICTURE.findall(text)):
            if not list(stage.vault.rglob(name)):
                found.torn.append(f"{path} misses {name}")
    found.doubled += [f"{count} notes of {each}" for each, count in identities.items() if count > 1]
    now = snapshot(stage.vault)
    found.torn += [f"{path} was touched" for path, facts in stage.foreign.items() if now.get(path) != facts]
    if reference:
        pictures = {path.name: path.read_bytes() for path in reference.vault.rglob("*.png")}
        for path in stage.vault.rglob("*.png"):
            if pictures.get(path.name) != path.read_bytes():
                found.torn.append(f"{path.name} is not the picture it should be")
    return found


def look_for_loss(stage: Stage, reference: Stage | None, where: str, status: dict[str, Any] | None = None) -> Found:
    """As `look_for_harm`, and every PDF has come to one end. status: what `notegen status --json` said."""
    found = look_for_harm(stage, reference, where)
    status = status or stage.status()
    told = {each["path"]: each for each in status["pdfs"]}
    ignored = {each["path"] for each in status["ignored"]}
    for path in stage.vault.joinpath("Inbox").rglob("*.pdf"):
        name = path.relative_to(stage.vault).as_posix().encode("utf-8", "backslashreplace").decode()
        end = told.get(name)
        if name in ignored:
            continue
        if end is None:
            found.lost.append(f"{name} is forgotten")
        elif end["state"] == "done" and not (stage.vault / end["note"]).is_file():
            found.lost.append(f"{name} is called done and has no note")
        elif end["state"] != "done" and not end["reason"]:
            found.lost.append(f"{name} is {end['state']} and nothing says why")
    if reference and len(stage.notes()) != len(reference.notes()):
        found.lost.append(f"{len(stage.notes())} notes instead of {len(reference.notes())}")
    return found
