"""The other commands, and what an installed notegen brings along."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from real_pdfs import EXAMPLE_PDF, ROOT


def test_init_makes_a_vault_and_changes_nothing_that_is_there(tmp_path: Path, notegen):
    vault = tmp_path / "mine"
    (vault / ".obsidian").mkdir(parents=True)
    (vault / ".obsidian" / "app.json").write_text("{}")
    (vault / "Note.md").write_text("My words")
    before = {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()}
    result = notegen("init", vault)
    assert result.status == 0
    assert (vault / "Inbox").is_dir()
    assert "max_pages = 15" in (vault / "notegen.toml").read_text(encoding="utf-8")
    assert {path: path.read_bytes() for path in before} == before
    (vault / "notegen.toml").write_text("[day]\nmax_pages = 3\n")
    assert notegen("init", vault).status == 0
    assert (vault / "notegen.toml").read_text() == "[day]\nmax_pages = 3\n"


def test_init_brings_the_plugin_and_keeps_its_settings(tmp_path: Path, notegen):
    plugin = tmp_path / "mine/.obsidian/plugins/notegen"
    assert notegen("init", tmp_path / "mine", "--plugin").status == 0
    assert {each.name for each in plugin.iterdir()} == {"main.js", "manifest.json", "styles.css"}
    (plugin / "data.json").write_text("{}")
    (plugin / "main.js").write_text("of an earlier version")
    result = notegen("init", tmp_path / "mine", "--plugin")
    assert "+ .obsidian/plugins/notegen/main.js" in result.out
    assert "styles.css" not in result.out
    assert (plugin / "data.json").read_text() == "{}"
    assert (plugin / "main.js").read_bytes() == (ROOT / "plugin/main.js").read_bytes()


def test_a_misspelt_setting_is_an_error_with_a_suggestion(vault: Path, notegen):
    (vault / "notegen.toml").write_text("[day]\nmax_page = 3\n")
    result = notegen("day", "--vault", vault)
    assert result.status == 2
    assert "Did you mean max_pages?" in result.err


def test_extract_as_data(notegen):
    data = notegen("extract", EXAMPLE_PDF, "--pages", "5-6", "--json").data
    assert [(page["index"], page["label"]) for page in data["pages"]] == [(7, "5"), (8, "6")]
    kinds = {block["kind"] for page in data["pages"] for block in page["blocks"]}
    assert {"heading", "paragraph", "formula"} <= kinds
    assert all(len(block["bbox"]) == 4 for page in data["pages"] for block in page["blocks"])
    [picture] = [picture for page in data["pages"] for picture in page["pictures"]]
    assert (picture["kind"], picture["label"]) == ("vector", "Figure 2.1")


def test_extract_as_text(notegen):
    result = notegen("extract", EXAMPLE_PDF, "--pages", "pdf:8")
    assert result.status == 0
    assert "dot product" in result.out
    assert "Dot Product and Length" in result.out


@pytest.mark.parametrize("arguments", [["--pages", "900"], ["--pages", "pdf:99"]])
def test_extract_outside_the_book(notegen, arguments: list[str]):
    result = notegen("extract", EXAMPLE_PDF, *arguments)
    assert result.status == 1
    assert "Traceback" not in result.err


def test_check_finds_what_is_broken(tmp_path: Path, notegen):
    note = tmp_path / "Bad.md"
    note.write_text("# Title\n\n![[gone.png]]\n\n```python\ndef (:\n```\n", encoding="utf-8")
    result = notegen("check", note)
    assert result.status == 1
    assert "gone.png" in result.out
    data = notegen("check", note, "--json").data
    assert not data["ok"]
    assert {3} <= {problem["line"] for problem in data["notes"][str(note)]}


def test_check_of_the_example_vault(notegen):
    result = notegen("check", "--vault", ROOT / "vault_example")
    assert result.status == 0
    assert " 0 errors, 0 warnings." in result.out


def test_check_without_a_note(notegen):
    assert notegen("check").status == 2


def test_doctor_needs_no_vault(notegen):
    result = notegen("doctor")
    assert result.status == 0
    assert "✓ pymupdf" in result.out
    data = notegen("doctor", "--vault", ROOT / "vault_example", "--json").data
    assert data["ok"]
    assert any(finding["what"] == "Vault" and "vault_example" in finding["found"] for finding in data["findings"])


def test_doctor_counts_the_pdfs_that_the_day_would_take(vault: Path, notegen):
    (vault / "Inbox" / "Book.pdf").write_bytes(b"%PDF-1.7")
    (vault / "Inbox" / "Book (conflicted copy 2026-01-05).pdf").write_bytes(b"%PDF-1.7")
    (vault / "Inbox" / "__MACOSX").mkdir()
    (vault / "Inbox" / "__MACOSX" / "Book.pdf").write_bytes(b"%PDF-1.7")
    findings = notegen("doctor", "--vault", vault, "--json").data["findings"]
    assert next(each["found"] for each in findings if each["what"] == "Inbox") == "Inbox, 1 PDF"


@pytest.mark.parametrize("command", [[], ["day"], ["init"], ["extract"], ["check"], ["doctor"]])
def test_every_command_has_help_with_an_example(notegen, command: list[str]):
    result = notegen(*command, "--help")
    assert result.status == 0
    assert "notegen " in result.out.split("Options:")[0].replace("Usage: python -m notegen", "")


def test_a_misspelt_command(notegen):
    result = notegen("dya")
    assert result.status == 2
    assert "Did you mean day?" in result.err


def test_the_wheel_holds_the_package_and_its_templates_and_works_elsewhere(tmp_path: Path):
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q", "-w", tmp_path, ROOT],
        check=True,
        capture_output=True,
    )
    [wheel] = tmp_path.glob("*.whl")
    place = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
        names = archive.namelist()
    templates = {path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.*")}
    assert {f"notegen/_templates/{name}" for name in templates} <= set(names)
    assert all(re.match(r"notegen/|notegen-[^/]*\.dist-info/", name) for name in names)
    assert {f"notegen/_plugin/{name}" for name in ("main.js", "manifest.json", "styles.css")} <= set(names)
    assert (place / "notegen/_plugin/main.js").stat().st_size <= 100_000
    vault = tmp_path / "vault"
    env = {**os.environ, "PYTHONPATH": str(place), "NOTEGEN_STATE": str(tmp_path / "state")}
    command = [sys.executable, "-c", "import notegen.cli.main as m; m.main()"]
    subprocess.run([*command, "init", vault, "--plugin"], cwd=tmp_path, env=env, check=True, capture_output=True)
    (vault / "Inbox" / "Book.pdf").write_bytes(EXAMPLE_PDF.read_bytes())
    day = [*command, "day", "--vault", vault, "--pages", "5-6", "Inbox/Book.pdf", "--json"]
    done = subprocess.run(day, cwd=vault, env=env, check=True, capture_output=True, encoding="utf-8")
    assert json.loads(done.stdout)["notes"][0]["status"] == "written"
