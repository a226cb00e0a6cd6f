"""What the gate takes for live text, and that no payload gets that far, by the plugins' own patterns either.

The patterns are those of the plugins' sources, written down again: Dataview's inline fields and inline queries, the
signs of Tasks' default format at the end of a line with a box.
"""

from __future__ import annotations

import re

import pytest
from hostile import PAYLOADS

from notegen.markdown import parse
from notegen.markdown.check_live import live
from notegen.markdown.write import code_fence, escape, heading_text, highlight, label, table

LIVE = (
    "owner:: evil", "- owner:: evil", "> **due**:: 2026-12-01", "(due:: 2026-12-01)", "[due:: 2026-12-01]",
    "a (b:: c) d", "1. [x] done [completion:: 2026-01-01]", "`$= dv.pages()`", "`= this.file.name`", "`=1+1`",
    "- [ ] pay 📅 2026-12-01", "- [ ] pay 🔁 every day", "> - [ ] pay ⏫", "* [x] paid ✅ 2026-01-01",
    "1. [/] begun 🛫 2026-01-01", "- [ ] pay ⏳ 2026-01-01 🆔 abc", "- [ ] after ⛔ abc", "- [ ] end 🏁 delete",
    "- [ ] made ➕ 2026-01-01", "Q::A<!--SR:!2026-01-01,3,250-->", "<% tp.file.title %>", "<%* await x() %>",
    "{{date}}", "{{VALUE}}", "#evil", "text #a/b",
)  # fmt: skip
"""Written raw into a note, each acts or is data."""
ODD = (
    "<!--SR:!2026-01-01,3,250-->", "question::answer", "question:::answer", "a ::: b", "==cloze==", "{{c1::cloze}}",
    "\u00a0owner:: evil", "**owner**:: evil", "_owner_ :: evil", "📅:: 2026-12-01", "due::2026-12-01",
    "[[Note]]:: [[Other]]", "%%[due:: 2026-12-01]%%", "<%- x -%>", "`$=dv.view('x')`", "` = 1`", "``=1``",
    "$=dv.pages()", "= this.file.name", "- [ ] 📅2026-12-01", "- [ ] x 🔁every day 📅 2026-12-01", "📅️ 2026-12-01",
    "^evil-id", "text ^evil", "> [!todo] x", "[!todo]- x", "![[Diary]]", "![[Diary#^a|x]]", "https://e.example/a b",
    "[x](https://e.example/a b)", "obsidian://open?vault=v file", "`` a ` b ``", "|a|b|", "~~~", "{{{x}}}", "{%x%}",
)  # fmt: skip
TABLE = tuple(dict.fromkeys((*PAYLOADS, *LIVE, *ODD)))

FULL_LINE = re.compile(r"^(?:[>\s]*(?:[-*+]|\d+[.)])?\s*(?:\[.\]\s+)?)[_*~]*[^\W_][\w\s/-]*[_*~]*\s*::")
"""Dataview, `extractFullLineField`: a key of letters, digits and spaces, perhaps emphasised, then two colons."""
WRAPPED = re.compile(r"[(\[][^()\[\]]*?[^:\s()\[\]][^()\[\]]*?::[^()\[\]]*[)\]]")
"""Dataview, `extractInlineFields`."""
QUERY = re.compile(r"(?<!\\)`\s*\$?=")
TASK = re.compile(
    r"^\s*[>\s]*(?:[-*+]|\d+[.)]) +\[.\].*?(?:[📅📆🗓⏳⌛🛫➕✅❌]\ufe0f? *\d{4}-\d\d-\d\d"
    r"|🔁\ufe0f? *\w|[🔺⏫🔼🔽⏬]|[🆔⛔🏁]\ufe0f? *\w)"
)


def acts(line: str) -> bool:
    """By the plugins' own patterns."""
    return any(pattern.search(line) for pattern in (FULL_LINE, WRAPPED, QUERY, TASK)) or "<%" in line


@pytest.mark.parametrize("text", LIVE)
def test_the_gate_knows_live_text(text: str):
    [problem, *_] = live(parse(f"A line.\n\n{text}\n"))
    assert problem.severity == "error"
    assert problem.line == 3


def test_the_table_is_long_enough():
    assert len(TABLE) >= 127


@pytest.mark.parametrize("payload", TABLE)
def test_no_payload_is_live_wherever_it_stands(payload: str):
    places = (
        escape(payload), f"- {escape(payload)}", f"- [ ] {escape(payload)}", f"> - [ ] {escape(payload)} ^ng-1a",
        f"> [!note] {escape(payload)}", f"So ({escape(payload)}) it is.", f"## {heading_text(payload)}",
        f"[[Book.pdf#page=3|{label(payload)}]]", f"![[a.png|{label(payload)}]]", highlight(payload, ["evil"]),
        *table([["Term"], [payload]]).split("\n"),
    )  # fmt: skip
    for line in places:
        assert not list(live(parse(line))), line
        assert not acts(line), line
    fenced = code_fence(payload, "dataviewjs")
    assert not list(live(parse(fenced)))
    assert "<%" not in fenced


@pytest.mark.parametrize("text", ["`a = b` and 10:30", "C++ and std: x", "```python\na[::2]\n```", "- [ ] What is it?"])
def test_ordinary_text_is_not_live(text: str):
    assert not list(live(parse(text)))


def test_what_the_learners_own_templates_say_is_meant():
    own = "mood:: {{ x }}\n#log\n`$= dv.current()`"
    assert not list(live(parse("mood:: good\n\n#log\n\n`$= dv.current()`"), own))
    assert list(live(parse("due:: now"), own))
