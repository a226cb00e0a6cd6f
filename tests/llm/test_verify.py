"""draft.verify = model: the model is shown its claims and their sentences alone, once, and can only take away."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from bench import Bench
from model_replies import as_text, good_answer
from model_server import ModelServer

from notegen.draft.draft import Draft
from notegen.draft.model.claim_changes import sourced_claims


def verdicts(draft: Draft) -> list[str]:
    added = [*(each.added for each in draft.sections), draft.added]
    return [claim.verdict for each in added if each for claim in sourced_claims(each)]


def doubting(server: ModelServer, says: str) -> None:
    def answer(prompt: str) -> str:
        claims = re.findall(r"^Claim (\d+): ", prompt, re.MULTILINE)
        if not claims:
            return as_text(good_answer(prompt))
        return json.dumps({"verdicts": [{"claim": int(each), "says": says} for each in claims]}) if says else "hm"

    server.answers["judge"] = answer


def test_what_the_model_does_not_stand_by_is_unverified(bench: Bench, server: ModelServer):
    doubting(server, "no")
    draft = bench.draft("judge", verify="model")
    assert draft.record.calls == server.count == 4
    assert "supported" not in verdicts(draft)
    assert "unverified" in bench.note(draft)
    asked = server.asked[-1]["messages"]
    assert len(asked) == 1
    assert "Claim 1: " in asked[0]["content"]
    assert bench.draft("judge", verify="model").record.calls == 0


def test_yes_or_no_usable_answer_changes_nothing(bench: Bench, server: ModelServer):
    doubting(server, "")
    without = verdicts(bench.draft("judge"))
    assert verdicts(bench.draft("judge", verify="model")) == without
    doubting(server, "yes")
    server.answers["other"] = server.answers["judge"]
    assert verdicts(bench.draft("other", verify="model")) == without
    assert "supported" in without


def test_a_model_of_inference_that_is_not_there_is_a_plain_error(
    tmp_path: Path, vault: Path, notegen: Any, server: ModelServer
):
    ran = notegen("day", "--vault", vault, "--model", "good", "--base-url", server.base_url,
                  NOTEGEN_DRAFT__NLI=str(tmp_path / "none"))  # fmt: skip
    assert ran.status == 2
    assert "draft.nli names no model" in ran.err
