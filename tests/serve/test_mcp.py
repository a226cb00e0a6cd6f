"""The face for assistants, asked by the official package's own client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from faces import McpFace

from notegen.serve.methods import METHODS


@pytest.fixture
def mcp(book: Path, env: dict[str, str]) -> Iterator[McpFace]:
    face = McpFace(book.parent.parent, env)
    yield face
    face.close()


def test_each_method_is_a_tool_that_says_whether_it_writes(mcp: McpFace):
    tools = {tool.name: tool for tool in mcp.portal.call(mcp.client.list_tools).tools}
    assert {name.replace("_", ".") for name in tools} == set(METHODS)
    for name, tool in tools.items():
        method = METHODS[name.replace("_", ".")]
        assert tool.annotations.read_only_hint is not (method.writes or "dry_run" in method.request.model_fields)
        assert "vault" not in tool.input_schema["properties"]


def test_what_writes_only_says_so_first(mcp: McpFace, vault: Path):
    said = mcp.portal.call(lambda: mcp.client.call_tool("day", {"date": "2026-03-01"})).structured_content
    assert said["dry_run"]
    assert not list(vault.glob("Logs/*.md"))
    done = mcp.ask("day", date="2026-03-01", dry_run=False)
    assert [note["path"] for note in done["notes"]] == [note["path"] for note in said["notes"]]
    assert (vault / done["notes"][0]["path"]).is_file()
    assert {"done": 4, "total": 4} in [{"done": each["done"], "total": each["total"]} for each in mcp.progress]


def test_an_answer_is_saved_only_on_a_second_word(mcp: McpFace, vault: Path):
    asked = {"question": "Why does high water come later?", "offline": True, "save": True}
    said = mcp.portal.call(lambda: mcp.client.call_tool("ask", asked)).structured_content
    assert said["found"]
    assert not list(vault.rglob("Questions and Answers.md"))
    assert mcp.ask("ask", **asked, dry_run=False)["answer"] == said["answer"]
    assert list(vault.rglob("Questions and Answers.md"))


def test_the_status_and_each_note_are_resources(mcp: McpFace):
    [status] = mcp.portal.call(mcp.client.read_resource, "notegen://status").contents
    assert json.loads(status.text)["counts"]["waiting"] == 1
    [moon] = mcp.portal.call(mcp.client.read_resource, "notegen://note/Moon.md").contents
    assert moon.text.startswith("# Moon")


@pytest.mark.parametrize("path", ["../secret.md", "notegen.toml", "%2e%2e/secret.md", "/etc/passwd", ""])
def test_nothing_but_notes_of_the_vault_is_read(mcp: McpFace, vault: Path, path: str):
    (vault.parent / "secret.md").write_text("secret", encoding="utf-8")
    with pytest.raises(Exception, match=r"no note|error") as refused:
        mcp.portal.call(mcp.client.read_resource, f"notegen://note/{path}")
    assert "secret" not in str(refused.value).replace("secret.md", "")


def test_no_other_vault_and_no_file_outside_is_served(mcp: McpFace, vault: Path):
    (vault.parent / "Outside.pdf").write_bytes((vault / "Inbox/Tides.pdf").read_bytes())
    for params in (
        {"vault": str(vault.parent)},
        {"pdfs": ["../Outside.pdf"]},
        {"pdfs": [str(vault.parent / "Outside.pdf")]},
    ):
        result = mcp.portal.call(lambda given=params: mcp.client.call_tool("day", given))
        assert result.is_error
    assert not (vault / "Sources").exists()
