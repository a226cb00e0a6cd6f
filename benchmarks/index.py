"""What the index of a vault costs: reading it whole, one changed note, one query, memory; obsidiantools beside it.

    python -m pip install obsidiantools      # for the peer
    python benchmarks/index.py 1000 10000 100000

The vaults are made here of sentences from Python's own reference, 12 a note, with 4 links each. Every measurement runs
in a process of its own, so that its memory is its own. obsidiantools is asked up to 10,000 notes (it needs minutes).
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from pydoc_data.topics import topics

SENTENCES, LINKS = 12, 4
PEER_LIMIT = 10_000
MB = 1024 if sys.platform != "darwin" else 1024 * 1024


def write_vault(root: Path, count: int) -> None:
    """Write `count` notes of prose with links."""
    chance = random.Random(1)
    prose = re.sub(r"[*`_|\[\]<>#=~$%\\-]+", " ", " ".join(topics.values()))
    sentences = [" ".join(each.split()) for each in re.split(r"(?<=[.!?])\s+", prose)]
    sentences = [each for each in sentences if 6 <= len(each.split()) <= 40]
    for number in range(count):
        chosen = chance.sample(sentences, SENTENCES)
        for at in range(LINKS):
            chosen[at] += f" See [[Note {chance.randrange(count)}]]."
        folder = root / f"{number // 1000}"
        folder.mkdir(parents=True, exist_ok=True)
        text = f"# Note {number}\n\n" + "\n\n".join(" ".join(chosen[at : at + 4]) for at in range(0, SENTENCES, 4))
        (folder / f"Note {number}.md").write_text(text, encoding="utf-8")


def measure_notegen(root: Path) -> dict[str, float]:
    """Costs of notegen's index, in this process."""
    import resource

    from notegen.link.note_facts import READER
    from notegen.link.ranking import rank
    from notegen.link.refresh import read_notes
    from notegen.link.vault_index import VaultIndex
    from notegen.store.note_rows import NoteRows
    from notegen.vault.vault import Vault

    def peak() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB

    found: dict[str, float] = {}
    cpu = time.process_time()
    rows = NoteRows.of_vault(str(root), READER)
    notes, _ = read_notes(Vault(root), rows)
    found["read all, CPU s"] = time.process_time() - cpu
    found["read all, peak MB"] = peak()
    cpu = time.process_time()
    read_notes(Vault(root), rows)
    found["look again, CPU s"] = time.process_time() - cpu
    (root / "0" / "Note 0.md").write_text("Something else.", encoding="utf-8")
    os.utime(root / "0" / "Note 0.md", (1_700_000_000, 1_700_000_000))
    cpu = time.process_time()
    _, read = read_notes(Vault(root), rows)
    assert read == 1
    found["one change, ms more"] = max(0.0, time.process_time() - cpu - found["look again, CPU s"]) * 1000
    rows.close()
    cpu = time.process_time()
    index = VaultIndex(notes, Vault(root).files)
    found["index in memory, CPU s"] = time.process_time() - cpu
    cpu = time.process_time()
    for place in range(10):
        rank(index, index.query_of(place), 10)
    found["one query, ms"] = (time.process_time() - cpu) * 100
    found["index, peak MB"] = peak()
    return found


def measure_peer(root: Path) -> dict[str, float]:
    """Costs of obsidiantools reading the same vault, in this process."""
    import resource

    import obsidiantools.api as otools

    cpu = time.process_time()
    otools.Vault(root).connect().gather()
    return {
        "obsidiantools, CPU s": time.process_time() - cpu,
        "obsidiantools, peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB,
    }


def in_a_process(what: str, root: Path, state: Path) -> dict[str, float]:
    """Run a measurement of this file in a process of its own; {} where it cannot run."""
    env = {**os.environ, "NOTEGEN_STATE": str(state)}
    command = [sys.executable, __file__, what, str(root)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", env=env)
    return json.loads(result.stdout) if result.returncode == 0 else {}


def main() -> None:
    """Print one table, a column for each size."""
    if sys.argv[1:2] in (["notegen"], ["peer"]):
        measured = (measure_notegen if sys.argv[1] == "notegen" else measure_peer)(Path(sys.argv[2]))
        print(json.dumps(measured))
        return
    sizes = [int(each) for each in sys.argv[1:]] or [1_000, 10_000]
    columns: list[dict[str, float]] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root, state = Path(folder) / "vault", Path(folder) / "state"
            write_vault(root, size)
            peer = in_a_process("peer", root, state) if size <= PEER_LIMIT else {}
            columns.append({**in_a_process("notegen", root, state), **peer})
            print(f"{size:,} notes measured", file=sys.stderr)
    print("| | " + " | ".join(f"{size:,} notes" for size in sizes) + " |")
    print("|---|" + "---|" * len(sizes))
    for name in dict.fromkeys(name for column in columns for name in column):
        cells = [f"{column[name]:,.1f}" if name in column else "–" for column in columns]
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
