"""What the check of claims can be trusted with: precision and recall of "supported", kind by kind.

    python benchmarks/grounding.py                       near-copies and natural claims kept beside this script
    python benchmarks/grounding.py PAIRS.jsonl --json    pairs of one's own

A line of PAIRS.jsonl: {"claim": …, "evidence": ["…"], "label": 1 or 0, "kind": …, "domain": …}; the last two may be
missing. --nli FILE adds the veto of a model of inference (an ONNX file). Natural claims are held against their own
sentences and, as wrong ids, against the sentences of the claim before.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from notegen.draft.model.check.judge import Judgement, Veto, judge
from notegen.draft.model.check.veto import InferenceVeto

PAIRS = Path(__file__).parent / "pairs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    claim: str
    evidence: tuple[str, ...]
    label: bool
    kind: str
    domain: str


def pairs_in(path: Path) -> Iterator[Pair]:
    """The pairs of a JSON-lines file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            evidence = [row["evidence"]] if isinstance(row["evidence"], str) else row["evidence"]
            yield Pair(
                claim=row["claim"],
                evidence=tuple(evidence),
                label=bool(row["label"]),
                kind=str(row.get("kind") or ("true" if row["label"] else "wrong")),
                domain=str(row.get("domain") or ""),
            )


def near_copies() -> Iterator[Pair]:
    """Those beside this script."""
    evidence: tuple[str, ...] = ()
    for line in (PAIRS / "near_copies.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("E "):
            evidence = tuple(line[2:].split(" || "))
        elif line[:2] in ("+ ", "- "):
            kind = "true" if line[0] == "+" else "wrong"
            yield Pair(claim=line[2:], evidence=evidence, label=line[0] == "+", kind=kind, domain="near copies")


def natural() -> Iterator[Pair]:
    """What explainers say, with its own sentences and with a neighbour's."""
    said: list[str] = []
    claims: list[tuple[str, tuple[str, ...]]] = []
    for line in [*(PAIRS / "natural.txt").read_text(encoding="utf-8").splitlines(), "P end"]:
        if line.startswith("P "):
            for at, (claim, evidence) in enumerate(claims):
                yield Pair(claim=claim, evidence=evidence, label=True, kind="true", domain="natural")
                yield Pair(claim=claim, evidence=claims[at - 1][1], label=False, kind="wrong id", domain="natural")
            said, claims = [], []
        elif line.startswith("S "):
            said.append(line[2:])
        elif line.startswith("C "):
            ids, _, claim = line[2:].partition(" | ")
            claims.append((claim, tuple(said[int(each) - 1] for each in ids.split(","))))


def measured(pairs: Sequence[Pair], veto: Veto | None = None) -> dict[str, object]:
    """Precision and recall of "supported", and how many of each kind end how."""
    ends = [(each, judge(each.claim, each.evidence, veto)) for each in pairs]
    kinds: dict[str, Counter[str]] = {}
    for pair, end in ends:
        kinds.setdefault(pair.kind, Counter())[end.outcome] += 1
    return {
        "pairs": len(pairs),
        **_shares(ends),
        "domains": {
            name: _shares([end for end in ends if end[0].domain == name])
            for name in sorted({each.domain for each in pairs})
        },
        "kinds": {kind: dict(counts) for kind, counts in sorted(kinds.items())},
    }


def _shares(ends: Sequence[tuple[Pair, Judgement]]) -> dict[str, float | None]:
    right = sum(pair.label and end.holds for pair, end in ends)
    supported = sum(end.holds for _, end in ends)
    true = sum(pair.label for pair, _ in ends)
    wrong = len(ends) - true
    contradicted = sum(pair.label and end.outcome == "contradicted" for pair, end in ends)
    return {
        "precision": round(right / supported, 3) if supported else None,
        "recall": round(right / true, 3) if true else None,
        "wrong_accepted": round((supported - right) / wrong, 3) if wrong else None,
        "true_contradicted": round(contradicted / true, 3) if true else None,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="?", type=Path, metavar="PAIRS.jsonl")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--nli", type=Path, metavar="FILE", help="a model of inference that may veto")
    asked = parser.parse_args()
    veto = InferenceVeto(asked.nli, "") if asked.nli else None
    sets = {"pairs": list(pairs_in(asked.pairs))} if asked.pairs else {
        "near copies": list(near_copies()), "natural": list(natural())
    }  # fmt: skip
    results = {name: measured(pairs, veto) for name, pairs in sets.items()}
    if asked.json:
        print(json.dumps(results["pairs"] if asked.pairs else results, ensure_ascii=False, indent=1))
        return
    for name, result in results.items():
        shown = ("precision", "recall", "wrong_accepted", "true_contradicted")
        print(f"{name}: {result['pairs']} pairs, " + ", ".join(f"{each} {result[each]}" for each in shown))
        for kind, counts in result["kinds"].items():  # type: ignore[attr-defined]
            print(f"  {kind}: " + ", ".join(f"{count} {outcome}" for outcome, count in counts.items()))


if __name__ == "__main__":
    main()
