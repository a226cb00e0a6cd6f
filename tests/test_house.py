"""The house rules: a room imports only rooms below it, and each heavy library has one door."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "notegen"

FLOORS = [
    {"__main__"},
    {"cli"},
    {"watch", "serve"},
    {"run"},
    {"kinds"},
    {"desk"},
    {"learner", "compose", "library"},
    {"link", "figures"},
    {"draft"},
    {"reading", "chats", "claims"},
    {"vault", "extract", "embed"},
    {"language", "llm"},
    {"config"},
    {"markdown", "store"},
    {"errors", "disk", "stopping"},
]
"""From the top. Names are those of packages and modules right under notegen/."""

DOORS = {
    "pymupdf": {"extract"},
    "pypdfium2": {"extract"},
    "jinja2": {"compose"},
    "markdown_it": {"markdown"},
    "ruamel": {"vault"},
    "sqlite3": {"store"},
    "click": {"cli"},
    "rich": {"cli"},
    "onnxruntime": {"embed"},
    "tokenizers": {"embed"},
    "watchdog": {"watch"},
    "mcp": {"serve"},
    "mcp_types": {"serve"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "pydantic": {"extract", "draft", "serve"},
    "openai": {"llm"},
    "genai_prices": {"llm"},
    "matplotlib": {"figures"},
    "snowballstemmer": {"language"},
    "merge3": {"vault"},
    "fsrs": {"learner"},
    "genanki": {"learner"},
    "dask": {"library"},
    "distributed": {"library"},
    "psycopg": {"library"},
}


def rooms_and_imports() -> list[tuple[str, Path, str]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found += [(parts[0], path, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                inside = ["notegen", *parts[:-1]]
                base = inside[: len(inside) - (node.level - 1)] if node.level else []
                found.append((parts[0], path, ".".join([*base, *([node.module] if node.module else [])])))
    return found


def floor(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def test_a_room_imports_only_rooms_below_it():
    wrong = []
    for room, path, imported in rooms_and_imports():
        parts = imported.split(".")
        if parts[0] != "notegen" or len(parts) == 1 or room == "__init__" or parts[1] == room:
            continue
        if floor(parts[1]) <= floor(room):
            wrong.append(f"{path.relative_to(PACKAGE)} imports {imported}")
    assert not wrong


def test_every_room_has_a_floor():
    rooms = {path.relative_to(PACKAGE).with_suffix("").parts[0] for path in PACKAGE.rglob("*.py")} - {"__init__"}
    assert rooms == set().union(*FLOORS)


def test_a_heavy_library_has_one_door():
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {imported}"
        for room, path, imported in rooms_and_imports()
        if imported.split(".")[0] in DOORS and room not in DOORS[imported.split(".")[0]]
    ]
    assert not wrong


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]):
    heavy = (
        "pymupdf",
        "pypdfium2",
        "numpy",
        "matplotlib",
        "openai",
        "onnxruntime",
        "tokenizers",
        "jinja2",
        "markdown_it",
        "ruamel",
        "pydantic",
        "genai_prices",
        "rich",
        "watchdog",
        "snowballstemmer",
        "fsrs",
        "genanki",
        "distributed",
        "psycopg",
    )
    code = (
        "import sys; from notegen.cli.main import cli\n"
        f"try: cli.main({arguments!r}, prog_name='notegen')\n"
        "except SystemExit: pass\n"
        f"print('LOADED', [name for name in {heavy!r} if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert result.stdout.strip().endswith("LOADED []")


def test_files_of_a_vault_are_changed_through_disk_alone():
    """So that tests can put a crash before every change. `adopt` only makes what is not there, and `memory` changes
    nothing but copies of its own."""
    changing = {"mkdir", "unlink", "write_bytes", "write_text", "touch", "rename", "symlink_to", "hardlink_to", "rmdir"}
    of_os = {"replace", "rename", "link", "symlink", "unlink", "remove", "mkdir", "makedirs", "open", "chmod"}
    wrong = []
    for path in sorted(path for room in ("vault", "watch") for path in (PACKAGE / room).rglob("*.py")):
        if path.name in ("adopt.py", "memory.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
                name = node.func.attr
                if owner != "disk" and (name in changing or (owner == "os" and name in of_os)):
                    wrong.append(f"{path.relative_to(PACKAGE)}, line {node.lineno}: {owner}.{name}")
    assert not wrong


def test_nobody_but_what_holds_a_vaults_files_knows_its_folder():
    """All others ask the port (`vault/files.py`), so that memory or another program can hold a vault, too."""
    wrong = [
        f"{path.relative_to(PACKAGE)}, line {node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and (node.attr == "root" or (node.attr == "_root" and path.parts[-2:] != ("vault", "folder.py")))
    ]
    assert not wrong


def test_sqlite_is_opened_in_one_place():
    opening = [path.name for path in PACKAGE.rglob("*.py") if "sqlite3.connect(" in path.read_text(encoding="utf-8")]
    assert opening == ["database.py"]


def test_tests_share_nothing_through_conftest():
    """There are several of that name, and which one a process imports depends on what ran in it before."""
    tests = Path(__file__).parent
    importing = [
        each for each in tests.rglob("*.py") if "from conftest " + "import" in each.read_text(encoding="utf-8")
    ]
    assert importing == []
