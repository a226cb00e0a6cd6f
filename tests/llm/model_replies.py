"""Answers of a model that understands its question: read from the prompt, in the form that it asks for."""

from __future__ import annotations

import json
import re
from typing import Any

NUMBERED = re.compile(r"^(S\d+): (.*)$", re.MULTILINE)
GOOD_CODE = "scores = [2.0, 1.0]\nprint(max(scores))\n"


def sentences_of(prompt: str) -> dict[str, str]:
    """The numbered sentences that the prompt shows."""
    return dict(NUMBERED.findall(prompt))


def said(sentences: dict[str, str], *ids: str) -> dict[str, Any]:
    """A statement that says what the first of its sources says."""
    text = sentences[ids[0]]
    return {"text": f"So {text[0].lower()}{text[1:]}", "sources": list(ids)}


def good_answer(prompt: str) -> dict[str, Any]:
    """What the good model answers to a prompt of notegen."""
    return good_whole(prompt) if '"tldr"' in prompt else good_section(prompt)


def good_section(prompt: str) -> dict[str, Any]:
    sentences = sentences_of(prompt)
    ids = list(sentences)
    stack = re.search(r'"bridge": \{"tool": "([^"]+)"', prompt)
    picture = re.search(r'"pictures": \[\{"name": "([^"]+)"', prompt)
    answer: dict[str, Any] = {
        "statements": [said(sentences, each) for each in ids[:3]],
        "example": {"language": "python", "code": GOOD_CODE},
        "happening": [{"text": "The program prints the larger of the two scores it was given.", "sources": []}],
        "table": {
            "title": "Two ways to count",
            "header": ["case", "a", "b", "sum"],
            "rows": [["first", "1", "2", "4"], ["second", "3", "4", "7"]],
            "sources": ids[:1],
        },
        "diagram": {
            "nodes": [{"id": "x", "label": "Input"}, {"id": "y", "label": "Weights"}, {"id": "z", "label": "Output"}],
            "edges": [
                {"start": "x", "end": "y", "label": "meets"},
                {"start": "y", "end": "z", "label": "gives"},
                {"start": "y", "end": "nowhere", "label": ""},
            ],
        },
        "bridge": {"tool": stack[1], "text": f"In {stack[1]} this is one step of a chain."} if stack else None,
        "mistakes": ["Many forget to scale the values $x_1$ first; scale them before anything else."],
        "questions": [{"question": "What does the section say first?", "answer": said(sentences, ids[0])["text"],
                       "sources": ids[:1]}],
    }  # fmt: skip
    if picture:
        answer["pictures"] = [{"name": picture[1], "description": "Several points and two arrows between them."}]
    return answer


def good_whole(prompt: str) -> dict[str, Any]:
    sentences = sentences_of(prompt)
    ids = list(sentences)
    names = re.search(r"Concepts that matter in it: (.*)\.$", prompt, re.MULTILINE)
    concepts = [each for each in (names[1].split(", ") if names else []) if each][:2]
    return {
        "tldr": {
            "core_idea": said(sentences, ids[0]),
            "why_it_matters": "With it one can build things that were out of reach before.",
            "key_takeaway": said(sentences, ids[-1]),
            "connects_to": "It belongs to the larger family of learning methods.",
            "watch_out": "It is easy to take the picture for the thing itself.",
        },
        "concepts": [
            {"name": name, "what": said(sentences, naming(sentences, name)),
             "why": "It comes back in all that follows.",
             "example": {"language": "python", "code": GOOD_CODE}, "bridge": None}
            for name in concepts
        ],
        "challenge": {
            "goal": "Build a tiny version by hand.",
            "steps": ["Write down three numbers.", "Scale them and compare."],
            "expected": ["say why scaling helps."],
            "starter": {"language": "python", "code": GOOD_CODE},
        },
        "mastery": [{"concept": name, "statement": said(sentences, naming(sentences, name))}
                    for name in concepts],
        "recap": [said(sentences, each) for each in ids[1:4]],
    }  # fmt: skip


def naming(sentences: dict[str, str], name: str) -> str:
    """The first sentence that names the concept."""
    return next((each for each, text in sentences.items() if name.lower() in text.lower()), next(iter(sentences)))


def as_text(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False)
