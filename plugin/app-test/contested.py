"""Two versions of a note, between which the learner changed the same sentences, so that two proposals wait."""

import sys
from pathlib import Path

from notegen.kinds.log import LOG
from notegen.vault.apply import apply
from notegen.vault.note import Note
from notegen.vault.plan import plan
from notegen.vault.regions import wrap
from notegen.vault.vault import Vault

ROOT, PATH = Path(sys.argv[1]), "Logs/2026-01-04 Bread.md"
OLD = "- Bread is baked.\n- Salt is good.\n- Yeast is a fungus that grows."
NEW = OLD.replace("is a fungus that", "is a small fungus that").replace("is baked", "is baked hot")


def write(text: str) -> None:
    properties = {"type": "log", "date": "2026-01-04", "source": "[[Bread.pdf]]", "pdf_pages": "1-2"}
    body = f"\n# Bread\n\n{wrap('recap', text)}\n\n## Reflection\n"
    note = Note(path=PATH, properties=properties | {"source_sha256": "a" * 64}, body=body, attachments=(), kind=LOG)
    vault = Vault(ROOT)
    apply(plan((note,), vault), vault)


write(OLD)
mine = (ROOT / PATH).read_text(encoding="utf-8")
mine = mine.replace("that grows", "that grows, I think").replace("is baked", "is baked at home")
(ROOT / PATH).write_text(mine, encoding="utf-8")
write(NEW)
