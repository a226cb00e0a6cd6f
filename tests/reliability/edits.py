"""A learner, their plugins and their sync tools edit a note for months while new versions of it arrive.

Every word that the learner types, every mark that a plugin leaves and every line of the generated text has a name of
its own, so that what is lost, doubled, comes back or does not arrive can be counted. Nothing here knows of merging.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from notegen.kinds.log import LOG
from notegen.vault import Vault, apply, plan
from notegen.vault.memory import MemoryFiles
from notegen.vault.note import Note
from notegen.vault.regions import find, wrap
from notegen.vault.waiting import waiting

WORDS = (
    "vector space matrix field wave energy river bank stone light carbon oxygen market price tree root branch memory "
    "signal noise measure limit theorem proof cell membrane protein music history king river garden winter engine"
).split()
PATH = "Logs/Note.md"
OWN = re.compile(r"\bL\d{6}\b")
GENERATED = re.compile(r"\bg(\d+)v(\d+)\b")
CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})", re.MULTILINE)


@dataclass
class Tally:
    """What one history, or many, came to."""

    edits: int = 0
    runs: int = 0
    lost: int = 0
    """Words and marks of the learner that a run took away."""
    returned: int = 0
    """Generated lines that the learner had deleted and that a run brought back."""
    doubled: int = 0
    """Notes of the passage beside the first, and generated lines that stand there twice."""
    conflict_marks: int = 0
    restless: int = 0
    """Runs with nothing new that wrote something."""
    due: int = 0
    """Lines of a new version that had a sound region to go to."""
    arrived: int = 0
    proposals: int = 0
    """Most that waited at once."""
    seen: list[str] = field(default_factory=list)
    """What was wrong, for whoever reads it."""

    @property
    def share(self) -> float:
        return self.arrived / self.due if self.due else 1.0

    @property
    def harm(self) -> int:
        return self.lost + self.returned + self.doubled + self.conflict_marks + self.restless

    def add(self, other: Tally) -> None:
        for name in ("edits", "runs", "lost", "returned", "doubled", "conflict_marks", "restless", "due", "arrived"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.proposals = max(self.proposals, other.proposals)
        self.seen += other.seen


@dataclass
class Line:
    """A generated line."""

    id: int
    version: int
    words: list[str]

    @property
    def text(self) -> str:
        half = len(self.words) // 2
        first, second = " ".join(self.words[:half]), " ".join(self.words[half:])
        return f"The {first} is g{self.id}v{self.version}. A {second} too. [[Book.pdf#page={self.id % 9 + 1}|p. 1]]"


class Author:
    """What generates the note, version after version."""

    def __init__(self, rng: random.Random, gentle: bool) -> None:
        self.rng, self.gentle, self.made = rng, gentle, 0
        self.sections = {
            name: [self.line() for _ in range(rng.randint(5, 9))] for name in ("Apples", "Bread", "Cheese")
        }

    def line(self) -> Line:
        self.made += 1
        return Line(self.made, 1, self.rng.sample(WORDS, 10))

    def rewrite(self, share: float) -> None:
        """A new version in which that share of the lines of each section is another one, and some come or go."""
        for name, lines in self.sections.items():
            for place in self.rng.sample(range(len(lines)), round(share * len(lines))):
                kind = self.rng.random()
                if kind < 0.6 or self.gentle:
                    words = [*lines[place].words]
                    for _ in range(2):
                        words[self.rng.randrange(len(words))] = self.rng.choice(WORDS)
                    lines[place] = Line(lines[place].id, lines[place].version + 1, words)
                else:
                    lines[place] = self.line()
            if self.rng.random() < 0.3 and len(lines) > 4 and not self.gentle:
                del lines[self.rng.randrange(len(lines))]
            if self.rng.random() < 0.4:
                lines.insert(self.rng.randrange(len(lines) + 1), self.line())
            self.sections[name] = lines

    def tokens(self) -> dict[str, str]:
        """Name of each line → its section."""
        return {f"g{line.id}v{line.version}": name for name, lines in self.sections.items() for line in lines}

    def note(self) -> Note:
        parts = [wrap("head", "# 📘 Chapter · 2026-01-05\n\n*extracted*")]
        for number, (name, lines) in enumerate(self.sections.items(), 1):
            first, rest = lines[: len(lines) // 2], lines[len(lines) // 2 :]
            if self.gentle:  # a line whose box goes while the learner ticks it is a conflict
                first, rest = [line for line in lines if line.id % 2], [line for line in lines if not line.id % 2]
            items = "\n".join(f"- {line.text}" for line in first)
            boxes = "\n".join(f"> - [ ] {line.text}" for line in rest)
            text = f"### 🔹 {name}\n\n*extracted*\n\n{items}\n\n> [!question] 🧪 Self-Check\n{boxes}"
            parts.append(wrap(f"section-{number}", text))
        body = "\n\n".join(parts) + "\n\n## Reflection\n\n- What clicked for me today:\n"
        properties = {"source": "[[Book.pdf]]", "pdf_pages": "1-2", "source_sha256": "ab" * 32}
        return Note(path=PATH, properties=properties, body=f"\n{body}", kind=LOG)


class Learner:
    """Edits the text of a note; remembers what must stay and what must stay away."""

    def __init__(self, rng: random.Random) -> None:
        self.rng, self.words = rng, 0
        self.mine: list[str] = []
        self.deleted: set[str] = set()
        self.closed: set[str] = set()
        """Sections whose markers were damaged or that were removed."""

    def word(self) -> str:
        self.words += 1
        self.mine.append(f"L{self.words:06}")
        return self.mine[-1]

    def kind(self, gentle: bool) -> Edit:
        return self.rng.choice(GENTLE if gentle else (*GENTLE, *GENTLE, *ROUGH))

    def line(self, text: str, kind: str = "") -> tuple[list[str], int] | None:
        """The lines of a note and the place of a generated one among them."""
        lines = text.split("\n")
        places = [place for place, line in enumerate(lines) if GENERATED.search(line) and kind in line]
        return (lines, self.rng.choice(places)) if places else None


Edit = Callable[[Learner, str], str]


def _on_line(change: Callable[[Learner, str], str], kind: str = "") -> Edit:
    """An edit of one generated line."""

    def edit(learner: Learner, text: str) -> str:
        if found := learner.line(text, kind):
            lines, place = found
            bare = lines[place].rstrip("\r")
            lines[place] = change(learner, bare) + lines[place][len(bare) :]
            return "\n".join(lines)
        return text

    return edit


def add_item(learner: Learner, text: str) -> str:
    if not (found := learner.line(text)):
        return text
    lines, place = found
    mark = re.match(r"[>\s]*[-*] ", lines[place])
    while re.match(r"(?:> )?  A ", lines[place + 1]):  # the rest of the item, on a line of its own
        place += 1
    end = "\r" if lines[place].endswith("\r") else ""
    lines.insert(place + 1, f"{mark[0] if mark else ''}My own {learner.word()} here.{end}")
    return "\n".join(lines)


def add_paragraph(learner: Learner, text: str) -> str:
    ends = [found.start() for found in re.finditer(r"\r?\n\r?\n%% notegen:end section", text)]
    if not ends:
        return text
    place = learner.rng.choice(ends)
    return f"{text[:place]}\n\nA thought {learner.word()} of mine.{text[place:]}"


def write_below(learner: Learner, text: str) -> str:
    return f"{text.rstrip()}\n- And then {learner.word()}.\n"


def write_between(learner: Learner, text: str) -> str:
    place = text.find("%% notegen:begin section")
    return f"{text[:place]}Between {learner.word()} two.\n\n{text[place:]}" if place > 0 else text


def tick(learner: Learner, line: str) -> str:
    return line.replace("- [ ]", "- [x]").replace("* [ ]", "* [x]")


def block_id(learner: Learner, line: str) -> str:
    return line if re.search(r" \^\S+$", line) else f"{line} ^{learner.word()}"


def schedule(learner: Learner, line: str) -> str:
    before, mark, after = line.partition(" ^")
    return f"{before} <!--SR:!2026-01-04,3,{learner.word()}-->{mark}{after}"


def done_date(learner: Learner, line: str) -> str:
    before, mark, after = line.partition(" ^")
    return f"{before} ✅ 2026-01-02{mark}{after}"


def lint(learner: Learner, text: str) -> str:
    """Other bullets, other emphasis, one blank line after headings and no spaces at the ends of lines."""
    head, fence, body = text.rpartition("---\n")
    body = re.sub(r"(?m)^((?:> )?)- ", r"\1* ", body) if learner.rng.random() < 0.5 else body
    body = re.sub(r"(?m)^\*extracted\*(?=\r?$)", "_extracted_", body)
    body = re.sub(r"(?m)[ \t]+(?=\r?$)", "", body)
    return head + fence + re.sub(r"\n{3,}", "\n\n", body)


def wrap_lines(learner: Learner, line: str) -> str:
    mark = re.match(r"(>? ?)[-*] ", line)
    return line.replace(". A ", f".\n{mark[1] if mark else ''}  A ", 1)


def windows(learner: Learner, text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def unix(learner: Learner, text: str) -> str:
    return text.replace("\r\n", "\n")


def byte_order_mark(learner: Learner, text: str) -> str:
    return text if text.startswith("\ufeff") else f"\ufeff{text}"


def change_words(learner: Learner, line: str) -> str:
    found = GENERATED.search(line)
    return line[: found.start()] + f"{learner.word()} " + line[found.start() :] if found else line


def append_words(learner: Learner, line: str) -> str:
    return line.replace(" too.", f" too, {learner.word()}.", 1)


def footnote(learner: Learner, line: str) -> str:
    words = line.split(" ")
    place = len(words) // 2
    words[place] += f"[^{learner.word()}]"
    return " ".join(words)


def highlight(learner: Learner, line: str) -> str:
    return re.sub(r"(?<=The )(\w+)(?= )", r"==\1==", line, count=1)


def delete(learner: Learner, text: str) -> str:
    if not (found := learner.line(text)):
        return text
    lines, place = found
    if OWN.search(lines[place]):
        return text
    learner.deleted.add(GENERATED.search(lines[place])[1])
    return "\n".join([*lines[:place], *lines[place + 1 :]])


def rewrite(learner: Learner, line: str) -> str:
    """The learner says it in words of their own."""
    if OWN.search(line):
        return line
    mark = re.match(r"[>\s]*[-*] (?:\[.\] )?", line)
    return f"{mark[0] if mark else ''}In my words {learner.word()} it is so."


def move_line(learner: Learner, text: str) -> str:
    if not (found := learner.line(text)) or (following := learner.line(text)) is None:
        return text
    lines, place = found
    line = lines.pop(place)
    lines.insert(following[1], line)
    return "\n".join(lines)


def damage(learner: Learner, text: str) -> str:
    """A marker is deleted, doubled, nested, or re-indented."""
    if learner.rng.random() < 0.7:  # nobody does that every day
        return text
    markers = list(re.finditer(r"%% notegen:(?:begin|end) section-\w+[^%\n]*%%", text))
    if not markers:
        return text
    marker = learner.rng.choice(markers)
    _close(learner, text, marker.start())
    instead = learner.rng.choice(
        ["", f"{marker[0]}\n\n{marker[0]}", f"    {marker[0]}", f"> {marker[0]}", marker[0][:-3]]
    )
    return text[: marker.start()] + instead + text[marker.end() :]


def remove_region(learner: Learner, text: str) -> str:
    regions = [each for each in find(text) if each.id.startswith("section") and not each.damaged]
    if not regions or learner.rng.random() < 0.8:
        return text
    region = learner.rng.choice(regions)
    if OWN.search(region.text) or "✅" in region.text:
        return text
    _close(learner, text, region.start + 1)
    learner.deleted |= {found[1] for found in GENERATED.finditer(region.text)}
    return text[: region.start] + text[region.end :]


def _close(learner: Learner, text: str, place: int) -> None:
    """The section at this place, and those that it could take along, are sound no more."""
    names = re.findall(r"### 🔹 (\w+)", text)
    before, after = re.findall(r"### 🔹 (\w+)", text[:place]), re.findall(r"### 🔹 (\w+)", text[place:])
    learner.closed |= {*before[-1:], *after[:1]} & set(names)


GENTLE: tuple[Edit, ...] = (
    add_item,
    add_paragraph,
    write_below,
    write_between,
    _on_line(tick, "[ ]"),
    _on_line(block_id),
    _on_line(schedule),
    _on_line(done_date, "[x]"),
    lint,
    _on_line(wrap_lines),
    windows,
    unix,
    byte_order_mark,
)
"""What changes no words of the generated text."""
ROUGH: tuple[Edit, ...] = (
    _on_line(change_words),
    _on_line(append_words),
    _on_line(footnote),
    _on_line(highlight),
    _on_line(rewrite),
    delete,
    move_line,
    damage,
    remove_region,
)


class History:
    """One note, from its first version on. stores: how many machines take turns, each with a store of its own."""

    def __init__(self, seed: int, *, stores: int = 1, gentle: bool = False, share: float = 0.4) -> None:
        self.rng, self.gentle, self.share = random.Random(seed), gentle, share
        self.files = MemoryFiles()
        self.machines = [Vault(self.files) for _ in range(stores)]
        self.author, self.learner = Author(self.rng, gentle), Learner(self.rng)
        self.tally, self.where = Tally(), f"history {seed}"
        self._make(self.machines[0])

    @property
    def text(self) -> str:
        return self.files.read(PATH)[0].decode()

    def step(self) -> None:
        """Some edits, a new version, and a run with nothing new."""
        for _ in range(self.rng.randint(1, 4)):
            self.edit(self.learner.kind(self.gentle))
        if self.rng.random() < 0.1:
            self.conflict_copy()
        self.arrive(self.share)

    def edit(self, kind: Edit) -> None:
        """Let the learner, or a program, edit the note."""
        self.files.write_if(PATH, kind(self.learner, self.text).encode(), self.files.read(PATH)[1])
        self.tally.edits += 1

    def conflict_copy(self) -> None:
        """A sync tool puts a copy beside the note."""
        copy = f"Logs/Note (conflicted copy {self.rng.randrange(99)}).md"
        if not self.files.is_there(copy):
            self.files.write_if(copy, self.text.encode(), "")

    def arrive(self, share: float) -> None:
        """Bring a new version in, and look at what came of it."""
        text, before = self.text, self.author.tokens()
        self.author.rewrite(share)
        vault = self.rng.choice(self.machines)
        self._make(vault)
        self._look(text, before, vault)

    def _make(self, vault: Vault) -> None:
        apply(plan([self.author.note()], vault), vault)
        self.tally.runs += 1

    def _look(self, before: str, old: dict[str, str], vault: Vault) -> None:
        tally, now = self.tally, self.text
        tally.lost += self._wrong("lost", [word for word in self.learner.mine if word in before and word not in now])
        tally.lost += self._wrong("date lost", ["✅"] * max(0, before.count("✅") - now.count("✅")))
        back = {found[1] for found in GENERATED.finditer(now)} - {found[1] for found in GENERATED.finditer(before)}
        tally.returned += self._wrong("came back", sorted(back & self.learner.deleted))
        tokens = [found[0] for found in GENERATED.finditer(now)]
        was = [found[0] for found in GENERATED.finditer(before)]
        twice = [each for each in set(tokens) if tokens.count(each) > max(1, was.count(each))]
        tally.doubled += self._wrong("twice", twice)
        notes = [path for path in self.files.list() if path.endswith(".md")]
        tally.doubled += self._wrong("second note", notes[1:])
        tally.conflict_marks += self._wrong("mark", CONFLICT.findall(now))
        due = {
            name
            for name, section in self.author.tokens().items()
            if name not in old
            and section not in self.learner.closed
            and name[1:].split("v")[0] not in self.learner.deleted
        }
        tally.due += len(due)
        tally.arrived += len(due & set(tokens))
        waits = waiting(vault)
        tally.proposals = max(tally.proposals, len(waits))
        if self.gentle and len(self.machines) == 1:
            tally.restless += self._wrong("proposal", [each.before + each.new for each in waits])
        self._make(vault)
        tally.restless += self._wrong("written again", [self.where] if self.text != now else [])

    def _wrong(self, what: str, found: list[str]) -> int:
        self.tally.seen += [f"{self.where}, run {self.tally.runs}: {what}: {each}" for each in found]
        return len(found)


def histories(first: int, count: int, *, steps: int = 8, **kind: object) -> Tally:
    """So many histories, one after the other."""
    total = Tally()
    for seed in range(first, first + count):
        history = History(seed, **kind)  # type: ignore[arg-type]
        for _ in range(steps):
            history.step()
        total.add(history.tally)
    return total
