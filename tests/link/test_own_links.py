"""Only what the learner linked teaches and votes."""

from __future__ import annotations

from notegen.link.note_facts import read_facts

REGION = "%% notegen:begin related 000000000000 %%\n\n- [[Theirs]]\n\n%% notegen:end related %%"


def targets(text: str) -> list[str]:
    return [link.target for link in read_facts("N.md", "", text).links if link.is_own]


def test_a_link_in_a_region_of_notegens_is_none_of_the_learners():
    assert targets(f"---\ntags: [a]\n---\n[[Before]]\n\n{REGION}\n\n[[After]]\n") == ["Before", "After"]


def test_properties_that_notegen_wrote_are_none_either():
    assert targets('---\ntype: concept\nsource: "[[Book.pdf]]"\n---\n[[Mine]]\n') == ["Mine"]
    assert targets('---\nup: "[[Top]]"\n---\n[[Mine]]\n') == ["Top", "Mine"]


def test_properties_of_a_note_that_notegen_signed_are_none_either():
    quest = '---\ncomplete_when:\n  - "[[Theirs]]"\n---\n[[Mine]]\n\n%% notegen:properties complete_when=00000000 %%\n'
    assert targets(quest) == ["Mine"]
