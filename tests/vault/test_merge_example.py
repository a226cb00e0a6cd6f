"""The example of docs/merge.md: one note with edits in a region, a property and the reflection."""

from __future__ import annotations

import re
from pathlib import Path

from notegen.kinds.log import LOG
from notegen.vault import Vault, apply, plan
from notegen.vault.memory import MemoryFiles
from notegen.vault.note import Note
from notegen.vault.regions import find, wrap
from notegen.vault.waiting import waiting

PAGE = Path(__file__).parents[2] / "docs" / "merge.md"
PATH = "Logs/Bread.md"
OLD = """### 🔹 Bread

- Flour makes bread. [[Book.pdf#page=2|p. 2]]
- Salt is good for taste. [[Book.pdf#page=2|p. 2]]
- Yeast is a fungus. [[Book.pdf#page=3|p. 3]]

> [!question] 🧪 Self-Check
> - [ ] What is yeast? ^ng-1a2b"""
NEW = (
    OLD.replace("Flour makes bread", "Flour and water make bread")
    .replace("good for taste", "good for taste and keeps bread fresh")
    .replace("What is yeast?", "What kind of living thing is yeast?")
    .replace("p. 3]]", "p. 3]]\n- Dough rests for an hour. [[Book.pdf#page=4|p. 4]]")
)
EDITS = {
    "- Salt is good for taste.": "- My mother used sourdough.\n- Salt is good for taste, say I.",
    "- [ ] What is yeast?": "- [x] What is yeast?",
    "  - Yeast": "  - Yeast\n  - Sourdough",
    "clicked for me today:": "clicked for me today: salt is no spice.",
}


def note(text: str, concepts: list[str]) -> Note:
    properties = {"type": "log", "concepts": concepts, "pdf_pages": "2-4", "source_sha256": "ab" * 32}
    body = f"\n{wrap('section-bread', text)}\n\n## Reflection\n\n- What clicked for me today:\n"
    return Note(path=PATH, properties=properties, body=body, kind=LOG)


def written(vault: Vault) -> str:
    return vault.storage.read(PATH)[0].decode()


def shown(text: str) -> str:
    """The note as a person sees it: without notegen's comments."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"%% notegen:.*?%%\n", "", text)).strip()


def test_the_page_shows_what_becomes_of_a_note():
    vault = Vault(MemoryFiles())
    apply(plan([note(OLD, ["Yeast"])], vault), vault)
    text = written(vault)
    for old, new in EDITS.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    vault.storage.write_if(PATH, text.encode(), vault.storage.read(PATH)[1])
    vault.refresh()
    apply(plan([note(NEW, ["Yeast", "Dough"])], vault), vault)
    after, (proposal,) = written(vault), waiting(vault)
    assert all(new.partition("\n")[0] in after for old, new in EDITS.items() if "yeast" not in old)
    assert "- [x] What kind of living thing is yeast? ^ng-1a2b" in after
    assert not find(after)[0].damaged
    page = PAGE.read_text("utf-8")
    for part in (shown(text), NEW, shown(after), f"- {proposal.before}…\n+ {proposal.new}…"):
        assert f"\n{part}\n```" in page, part
