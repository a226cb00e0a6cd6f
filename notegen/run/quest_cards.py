"""A quest on cards to cut out: one for each stage, one for practice, one to guess and one with what was measured."""

from __future__ import annotations

from collections.abc import Iterator

from notegen.desk import Desk
from notegen.extract.printed_cards import PrintedCard, print_cards
from notegen.kinds.quest import QuestSubject
from notegen.language.names import code_of

ASKS = {
    "what": "What does “{concept}” mean?",
    "making": "How does “{concept}” come about?",
    "uses": "Where is “{concept}” used?",
    "why": "Why does “{concept}” matter?",
    "types": "Which kinds of “{concept}” are there?",
}


def quest_cards(quest: QuestSubject, desk: Desk) -> bytes:
    """The PDF of a quest's cards."""
    return print_cards(list(_cards(quest, desk)))


def _cards(quest: QuestSubject, desk: Desk) -> Iterator[PrintedCard]:
    said = desk.templates.catalogue(code_of(desk.settings.learner.language) or quest.language).said
    head = f"{said('Learning Quest')}: {quest.title}"
    for number, stage in enumerate(quest.stages, 1):
        asked = said(ASKS[stage.side], concept=stage.subject) if stage.side in ASKS else stage.title
        lines = tuple((each.text, said("p. {page}", page=each.page)) for each in stage.reads)
        yield PrintedCard(head=head, title=f"{said('Stage {number}', number=str(number))}: {asked}", lines=lines)
    exercises = tuple((each.text, said("p. {page}", page=each.page)) for each in quest.exercises)
    own = said("Make up a case of your own, or find one in your own work, and write down what it shows.")
    yield PrintedCard(head=head, title=said("Practice"), lines=(*exercises, (own, "")))
    if guess := quest.measures.guess:
        title = said("Bonus: guess before you look")
        yield PrintedCard(head=head, title=title, lines=tuple((each, "") for each in guess.options))
        yield PrintedCard(head=head, title=said("Measured"), lines=tuple((f"{a}: {b}", "") for a, b in guess.measured))
