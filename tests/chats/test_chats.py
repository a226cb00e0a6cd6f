"""Chats as programs export them and as people paste them become questions with their answers."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from notegen.chats.chat import Turn
from notegen.chats.questions import Questions, questions_of
from notegen.chats.reading import read_chats
from notegen.errors import UsageError
from notegen.language.mojibake import damage
from notegen.markdown.foreign_writing import written

ASKED = "What does a cell of a honeycomb hold?"
SAID = "A cell of a honeycomb holds **honey** or brood.\n\n- It has six sides.\n- Its wall is thin."


def questions(text: str | bytes) -> Questions:
    [chat] = read_chats(text.encode() if isinstance(text, str) else text, "chat").chats
    return questions_of(chat)


def told(found: Questions) -> list[tuple[str, list[str]]]:
    return [(each.text, [written(answer) for answer in each.answers]) for each in found.questions]


def node(key: str, parent: str | None, role: str, text: str) -> dict[str, Any]:
    message = {"author": {"role": role}, "content": {"content_type": "text", "parts": [text]}, "recipient": "all"}
    return {"id": key, "parent": parent, "children": [], "message": message if text else None}


def chatgpt() -> list[dict[str, Any]]:
    """As chatgpt-export-parser (mitkury) describes the format, and as chatgpt-exporter (pionxzh) writes it."""
    nodes = [
        node("root", None, "system", ""),
        node("old", "root", "user", "An edited question?"),
        node("q", "root", "user", ASKED),
        node("thought", "q", "tool", "searching"),
        node("a", "thought", "assistant", SAID),
    ]
    chat = {"title": "Bees", "create_time": 1767600000.5, "id": "c-1", "current_node": "a"}
    return [{**chat, "mapping": {each["id"]: each for each in nodes}}]


def claude() -> list[dict[str, Any]]:
    """As in the schema that polylogue (Sinity) and claude-convo-converter (ejm554) read."""
    blocks = [{"type": "thinking", "thinking": "…"}, {"type": "text", "text": SAID}]
    messages = [
        {"sender": "human", "text": ASKED, "created_at": "2026-01-05T10:00:00Z"},
        {"sender": "assistant", "text": "", "content": blocks},
    ]
    return [{"uuid": "u-1", "name": "Bees", "created_at": "2026-01-05T09:59:00Z", "chat_messages": messages}]


ROLES = [{"role": "user", "content": ASKED}, {"role": "assistant", "content": SAID}]
SHAPES = {
    "chatgpt": chatgpt(),
    "claude": claude(),
    "claude, wrapped": {"conversations": claude()},
    "messages": {"messages": ROLES},
    "bare list": [{"role": "system", "content": "Be kind."}, *ROLES],
    "sharegpt": [{"id": "s", "conversations": [{"from": "human", "value": ASKED}, {"from": "gpt", "value": SAID}]}],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_an_export_of_a_chat_program_is_read(shape: str):
    assert told(questions(json.dumps(SHAPES[shape]))) == [(ASKED, [SAID])]


def test_an_archive_is_read_as_the_program_sends_it():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("export/conversations.json", json.dumps(chatgpt()))
    [chat] = read_chats(archive.getvalue(), "export.zip").chats
    assert (chat.title, chat.id, chat.date) == ("Bees", "c-1", "2026-01-05")
    assert told(questions_of(chat)) == [(ASKED, [SAID])]


@pytest.mark.parametrize(
    ("learner", "assistant"),
    [
        ("#### You:\n", "#### ChatGPT:\n"),
        ("##### You said:\n\n", "###### ChatGPT said:\n\n"),
        ("You said:\n", "ChatGPT said:\n"),
        ("## 👤 User\n\n", "## 🤖 Claude\n\n"),
        ("### Prompt:\n", "### Response:\n"),
        ("**User:** ", "**Assistant:** "),
        ("**You** (2026-01-05 10:00):\n", "**Gemini** (2026-01-05 10:01):\n"),
        ("User: ", "Assistant: "),
        ("Q: ", "A: "),
        ("Du hast gesagt:\n", "ChatGPT hat gesagt:\n"),
        ("Vous avez dit :\n", "ChatGPT a dit :\n"),
    ],
)
def test_text_whose_lines_say_who_speaks_is_read(learner: str, assistant: str):
    """As pionxzh/chatgpt-exporter, ryanschiang/chatgpt-export, copied pages of the programs and transcripts have it."""
    text = f"# Bees\n\n{learner}{ASKED}\n\n{assistant}{SAID}\n\n{learner}And a queen's?\n\n{assistant}It hangs down.\n"
    assert told(questions(text)) == [(ASKED, [SAID]), ("And a queen's?", ["It hangs down."])]


PLAIN = """# User Q1


**5.**
Do bees dance?
I think they do:
→ **a bee returns**

---

**6.**
If that is so, why?

---

### 🔍 A Beekeeper's Explanation (expanded)

You are *very* close. Here’s a clearer breakdown:

---

### How they dance

Bees dance on the comb.

```
waggle -> turn
```

**Prompt 1:**

> "Where is it?"

# User Q2

> Where do they
dance?

Brilliant follow-up! On the comb, in the dark.

---

Would you like a picture of this, like:

* a comb
  or
* a dance

Let me know!

--------
Yes — you're exactly right, and your intuition is strong. Let me expand on it:

They dance where the others can feel it.

Would you like to see a table? Or a map?
"""


def test_plain_text_in_which_answers_follow_questions_unmarked_is_read():
    found = questions(PLAIN)
    dance = "### How they dance\n\nBees dance on the comb.\n\n```text\nwaggle -> turn\n```"
    assert told(found) == [
        (
            "Do bees dance?\nI think they do:\n→ **a bee returns**\n\n\nIf that is so, why?",
            [f'{dance}\n\n**Prompt 1:**\n\n> "Where is it?"'],
        ),
        ("Where do they\ndance?", ["On the comb, in the dark.", "They dance where the others can feel it."]),
    ]
    assert [each.number for each in found.questions] == [1, 2]
    assert found.dropped == 5


def test_questions_that_stand_on_lines_of_their_own_need_no_speakers():
    text = "Why do bees dance?\n\nTo tell the way.\n\nIs it dark?\n\nYes.\n"
    assert told(questions(text)) == [("Why do bees dance?", ["To tell the way."]), ("Is it dark?", ["Yes."])]


def test_a_question_that_is_asked_again_is_there_once_with_all_its_answers():
    said = [
        ("How do bees find their way?", "By the sun."),
        ("and then", "They dance."),
        ("how do bees find their way", "By landmarks."),
        ("How do bees find their way?", "By the sun."),
    ]
    again = "\n\n".join(f"User: {asked}\n\nAssistant: {answer}" for asked, answer in said)
    found = questions(again)
    assert told(found) == [
        ("How do bees find their way?", ["By the sun.", "By landmarks."]),
        ("and then", ["They dance."]),
    ]
    assert [each.times for each in found.questions] == [3, 1]


def test_an_offer_is_dropped_at_the_end_of_an_answer_alone_and_an_answer_is_no_greeting():
    answer = "Yes. Say “Would you like some tea?” and wait.\n\nWould you like to go on?\n\nIn a shop they say it too."
    assert told(questions(f"User: How does one invite?\n\nAI: {answer}\n")) == [("How does one invite?", [answer])]


@pytest.mark.parametrize(
    ("praise", "offer"),
    [
        ("Gute Frage!", "Möchtest du ein Beispiel sehen?"),
        ("Excellente question !", "Voulez-vous un exemple ?"),
        ("¡Excelente pregunta!", "¿Quieres que te muestre un ejemplo?"),
        ("Ottima domanda!", "Vuoi che ti mostri un esempio?"),
        ("Ótima pergunta!", "Você gostaria de ver um exemplo?"),
    ],
)
def test_greetings_and_offers_are_dropped_in_every_language(praise: str, offer: str):
    body = {"G": "Die Bienen tanzen auf der Wabe und zeigen so den anderen den Weg zu den Blüten.",
            "E": "Les abeilles dansent sur le rayon et montrent ainsi aux autres le chemin des fleurs.",
            "¡": "Las abejas bailan sobre el panal y así muestran a las otras el camino de las flores.",
            "O": "Le api danzano sul favo e così mostrano alle altre la strada che porta ai fiori.",
            "Ó": "As abelhas dançam sobre o favo e assim mostram às outras o caminho das flores."}[
        praise[0]
    ]  # fmt: skip
    assert told(questions(f"User: ?!\n\nAI: {praise} {body}\n\n{offer}\n"))[0][1] == [body]


def test_a_chat_that_was_damaged_on_its_way_is_repaired():
    pasted = read_chats(
        damage("User: Was heißt “Wabe” 🐝?\n\nAI: Ein Bau — aus Wachs.\n", ("mac_roman",)).encode(), "x"
    )
    assert pasted.repaired == ("mac_roman",)
    assert pasted.chats[0].turns == (Turn("learner", "Was heißt “Wabe” 🐝?"), Turn("assistant", "Ein Bau — aus Wachs."))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xd8", "no UTF-8 text"),
        (b"abc\x00def", "no text"),
        (b"  \n", "empty"),
        (b"A note about bees.\n\nThey dance.\n", "No question"),
        (b'{"a": [1, 2]}', "of no chat"),
        (b"PK\x03\x04broken", "archive"),
        ("caf\u00e9".encode("latin-1"), "no UTF-8 text"),
    ],
)
def test_what_is_no_chat_is_refused_in_plain_words(data: bytes, word: str):
    with pytest.raises(UsageError) as refused:
        read_chats(data, "bees.bin")
    assert word in refused.value.reason
    assert refused.value.next_step
