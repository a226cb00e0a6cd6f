"""A note lives through any order of edits, new versions and decisions: nothing of the learner's is lost or doubled."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

sys.path.insert(0, str(Path(__file__).parents[2]))

from notegen.run.review import accept, reject
from notegen.vault.waiting import settle
from tests.reliability.edits import GENTLE, OWN, ROUGH, History, histories


class NoteMachine(RuleBasedStateMachine):
    """One store or two."""

    @initialize(seed=st.integers(0, 10_000), stores=st.sampled_from([1, 1, 2]))
    def begin(self, seed: int, stores: int) -> None:
        self.history = History(seed, stores=stores)

    @rule(kind=st.sampled_from(GENTLE + ROUGH))
    def edit(self, kind) -> None:  # type: ignore[no-untyped-def]
        self.history.edit(kind)

    @rule(share=st.sampled_from([0.1, 0.4, 1.0]))
    def arrive(self, share: float) -> None:
        self.history.arrive(share)

    @rule()
    def copy(self) -> None:
        self.history.conflict_copy()

    @rule(machine=st.integers(0, 1), place=st.integers(0, 5))
    def take(self, machine: int, place: int) -> None:
        vault = self.history.machines[machine % len(self.history.machines)]
        for each in settle(vault)[place : place + 1]:
            before = self.history.text
            done = accept([(each, each.new)], vault)
            given_up = set(OWN.findall(each.before)) - set(OWN.findall(each.new)) if done.accepted else set()
            gone = set(OWN.findall(before)) - set(OWN.findall(self.history.text))
            assert gone <= given_up
            assert done.accepted or self.history.text == before

    @rule(machine=st.integers(0, 1))
    def refuse(self, machine: int) -> None:
        vault = self.history.machines[machine % len(self.history.machines)]
        before = self.history.text
        reject(settle(vault)[:1], "", vault)
        assert self.history.text == before

    @invariant()
    def no_harm(self) -> None:
        if hasattr(self, "history"):
            assert not self.history.tally.seen


TestNoteMachine = NoteMachine.TestCase
TestNoteMachine.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)


@pytest.mark.parametrize("kind", [{}, {"gentle": True}, {"stores": 2}])
def test_most_of_a_new_version_arrives_and_nothing_of_the_learners_goes(kind: dict[str, object]) -> None:
    found = histories(1000, 8, **kind)
    assert found.seen == []
    assert found.edits > 100
    assert found.share >= 0.9 or "stores" in kind
