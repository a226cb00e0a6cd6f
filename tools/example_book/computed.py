"""Every number of the example book, computed. The text writes «cos paris rome» and gets what `evaluate` returns."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

Vector = tuple[float, ...]

WORDS: dict[str, Vector] = {  # city, French, Italian, animal: chosen by hand, so that a reader can check them by hand
    "paris": (0.8, 0.7, 0.1, 0.0),
    "france": (0.1, 0.8, 0.1, 0.0),
    "rome": (0.8, 0.1, 0.7, 0.0),
    "italy": (0.1, 0.1, 0.8, 0.0),
    "cat": (0.1, 0.1, 0.2, 0.9),
    "dog": (0.2, 0.1, 0.1, 0.9),
}
QUERY: Vector = (0.2, 0.0, 0.1, 0.8)
CORPUS = (
    "the cat drinks milk",
    "the dog drinks water",
    "the cat chases the mouse",
    "the dog chases the cat",
    "the king rules the land",
    "the queen rules the land",
)
SOURCE = ("the", "cat", "sleeps")
SCORES: dict[str, Vector] = {  # how well each French word, about to be written, matches each English one
    "le": (2.2, 0.6, 0.2),
    "chat": (0.2, 2.0, 0.8),
    "dort": (0.1, 0.8, 2.5),
}
TOKENS = ("the", "cat", "sat", "down", "there")
QUERIES: tuple[Vector, ...] = ((0.4, 1.2), (1.6, 0.3), (1.1, 1.4), (0.2, 2.1), (1.6, 1.0))
KEYS: tuple[Vector, ...] = ((0.9, 0.2), (1.8, 0.4), (0.5, 1.6), (0.3, 1.4), (1.2, 1.1))


def dot(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def norm(a: Sequence[float]) -> float:
    return math.sqrt(dot(a, a))


def cosine(a: Sequence[float], b: Sequence[float]) -> float:
    return dot(a, b) / (norm(a) * norm(b))


def softmax(scores: Sequence[float]) -> Vector:
    powers = [math.exp(score - max(scores)) for score in scores]
    return tuple(power / sum(powers) for power in powers)


def angle_between(word: str, other: str) -> float:
    """In radians."""
    return math.acos(min(1.0, cosine(WORDS[word], WORDS[other])))


def analogy() -> Vector:
    """Paris − France + Italy, coordinate by coordinate."""
    columns = zip(WORDS["paris"], WORDS["france"], WORDS["italy"], strict=True)
    return tuple(round(p - f + i, 9) + 0.0 for p, f, i in columns)  # rounded, so that nothing is −0.0


def together(word: str, other: str) -> int:
    """In how many sentences of the toy corpus both words stand."""
    return sum(word in sentence.split() and other in sentence.split() for sentence in CORPUS)


def self_attention(*, masked: bool) -> tuple[Vector, ...]:
    """Weights of the five tokens on each other; masked, a token sees only itself and the tokens before it."""
    rows: list[Vector] = []
    for i, query in enumerate(QUERIES):
        seen = KEYS[: i + 1] if masked else KEYS
        weights = softmax([dot(query, key) / math.sqrt(len(key)) for key in seen])
        rows.append(weights + (0.0,) * (len(KEYS) - len(weights)))
    return tuple(rows)


def position(index: int, width: int) -> Vector:
    """The sinusoidal position vector of Vaswani et al. 2017, section 3.5."""
    angles = [index / 10_000 ** (2 * (k // 2) / width) for k in range(width)]
    return tuple(math.cos(angle) if k % 2 else math.sin(angle) for k, angle in enumerate(angles))


def _vector(name: str) -> Vector:
    special = {"query": QUERY, "analogy": analogy()}
    return special[name] if name in special else WORDS[name]


def _number(value: float, digits: int = 2) -> str:
    return f"{value:.{digits}f}".replace("-", "−")


def _tuple(values: Sequence[float], digits: int = 2) -> str:
    return "(" + ",\u00a0".join(_number(value, digits) for value in values) + ")"


FUNCTIONS: dict[str, Callable[..., str]] = {
    "dot": lambda a, b: _number(dot(_vector(a), _vector(b))),
    "norm": lambda a: _number(norm(_vector(a))),
    "cos": lambda a, b: _number(cosine(_vector(a), _vector(b))),
    "angle": lambda a, b: _number(math.degrees(angle_between(a, b)), 0),
    "vector": lambda a: _tuple(_vector(a), 1),
    "together": lambda a, b: str(together(a, b)),
    "score": lambda word, source: _number(SCORES[word][SOURCE.index(source)], 1),
    "exp": lambda x: _number(math.exp(float(x))),
    "weight": lambda word, source: _number(softmax(SCORES[word])[SOURCE.index(source)]),
    "weights": lambda word: _tuple(softmax(SCORES[word])),
    "expsum": lambda word: _number(sum(math.exp(score) for score in SCORES[word])),
    "stretched": lambda factor, k: _number(softmax([float(factor) * score for score in (0, 1, 2)])[int(k)], 3),
}


def evaluate(call: str) -> str:
    """What stands between « and »: a function of FUNCTIONS and its arguments. Raises KeyError for an unknown one."""
    name, *arguments = call.split()
    return FUNCTIONS[name](*arguments)
