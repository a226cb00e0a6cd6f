"""Words for counting and comparing: tokens, stop words, a light stemmer. Nothing here reads a model or a file."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")

_STOP = {
    "en": """a about above after again against all almost also although always am among an and another any are aren't
    as at be because been before being below between both but by can cannot could did do does doing down
    during each either else enough ever every few for from further had has have having he her here hers
    him his how however i if in indeed instead into is it its itself just least less let like made make
    makes many may maybe me might more most much must my neither never next no nor not now of off often
    on once one only onto or other others otherwise our ours out over own per perhaps quite rather really
    same shall she should since so some such than that the their theirs them then there therefore these
    they this those though through thus to together too toward towards under until unless up upon us use
    used uses using usually very was we well were what when where whereas whether which while who whom
    whose why will with within without would yet you your yours""",
    "de": """ab aber alle allem allen aller alles als also am an andere anderen auch auf aus bei bin bis bist da damit
    dann das dass dem den denn der des die dies diese diesem diesen dieser dieses doch dort du durch ein
    eine einem einen einer eines er es etwas für gegen hat hatte haben hier hin ich ihm ihn ihr ihre
    ihren im in indem ins ist ja jede jeder jedes jetzt kann kein keine können man mehr mein mit muss
    nach nicht nichts noch nun nur ob oder ohne sehr sein seine sich sie sind so solche soll sondern
    sonst über um und uns unter vom von vor war waren was weil welche wenn werden wie wieder will wir
    wird wo zu zum zur zwischen""",
    "fr": """à au aussi autre aux avec car ce ces cet cette comme dans de des donc du elle elles en est et été être
    eux fait il ils je la le les leur leurs lui mais me même ne nos notre nous on ont ou où par pas peut
    plus pour qu que qui sa sans se ses si son sont sur tous tout très tu un une vos votre vous y""",
    "es": """a al algo como con cual cuando de del desde donde el ella ellas ellos en entre era es esa ese eso esta
    este esto están fue ha hay la las le les lo los más me mi muy no nos o para pero por porque que se
    ser si sin sobre son su sus también te tiene todo todos tu un una uno y ya""",
    "it": """a ad al alla alle anche che chi ci come con cui da dal dalla degli dei del della delle di dove e è ed
    essere gli ha i il in la le lo ma nei nel nella non o per più può quando quello questa questo se si
    sono su sul sulla tra un una uno""",
}
STOP_WORDS_OF = {code: frozenset(words.split()) for code, words in _STOP.items()}
"""By ISO 639-1 code."""
ENGLISH_STOP_WORDS = STOP_WORDS_OF["en"]
STOP_WORDS = frozenset(word for words in STOP_WORDS_OF.values() for word in words)

GENERIC = frozenset(
    """abstract algorithm's answer appendix approach bit book case cases chapter choice chosen common consider
    considered corresponding course current data day describe described detail details different easy end
    equal equation etc example examples exercise exercises fact few figure figures final find first five
    following follows form four function's general get give given gives go good great group hand hard
    help high idea important information input instance interesting introduction item items key kind know
    known large larger last later left less let level line lines list long look lot low main matter mean
    means method methods name names necessary need needs new non note notes number numbers obtain
    obtained old output page pages pair paper paragraph part particular parts people piece place point
    points possible previous problem problems process program property proof provide provided question
    questions reader real really reason remaining remark require required requires respectively result
    results right run same say second section sections see seem sense set sets several show shown shows
    similar simple simply single six size small solution sometimes special specific standard start step
    steps still summary table tables take task ten term terms text thing things think third three time
    times together total try turn two type types typical understand usual value values various version
    want way ways word work works world write writing written year years zero better best bigger big
    short whole able actually already allow allows become becomes begin called contain contains define
    defined definition denote denoted denotes discuss discussed exactly keep learn learned measure
    particularly present produce produces
    represent represents read run print please return returns call calls take takes find finds""".split()
)
"""Words too general to be a concept by themselves."""

_SUFFIXES = (
    "ations",
    "ation",
    "ings",
    "ing",
    "ities",
    "ity",
    "ies",
    "ied",
    "ness",
    "ments",
    "ment",
    "edly",
    "ed",
    "ly",
    "es",
    "s",
)


def tokens(text: str) -> list[str]:
    """Words of a text, letter case kept, numbers left out."""
    return WORD.findall(text)


def stem(word: str) -> str:
    """A short form that joins inflections ("embeddings" and "embedding"); for comparing only, never shown."""
    plain = fold(word).removesuffix("'s").removesuffix("’s")
    for suffix in _SUFFIXES:
        if plain.endswith(suffix) and len(plain) - len(suffix) >= 4:
            return plain[: -len(suffix)]
    return plain[:-1] if plain.endswith("e") and len(plain) > 4 else plain


def fold(text: str) -> str:
    """One letter case and no accents: "Naïve" and "naive" are the same word."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def is_content(word: str) -> bool:
    """Not a stop word and more than two letters (or an acronym)."""
    return word.casefold() not in STOP_WORDS and (len(word) > 2 or (len(word) == 2 and word.isupper()))


def content_stems(text: str) -> frozenset[str]:
    """Stems of the words that carry the meaning of a text."""
    return frozenset(stem(word) for word in tokens(text) if is_content(word))
