"""Patterns of keys, learnt from the keys alone: places that hold names, and places that hold one of many."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


STAND_IN = "a"
"""Stands in a shape for each text; no separator is a letter."""
RESTLESS = 3.0
"""Mean length of the words below which a long text is taken to be random, as base64 is; people write longer
ones. Words are runs of letters of one case, or of digits."""

# Compiled when first used: that takes 12 ms, and the first picture needs none of them.
_UUID = r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"
_TEXT = rf"{_UUID}|[0-9A-Za-z\x80-\U0010ffff]+"
_LONG = r"[0-9A-Za-z_+-]{16,}={0,2}"
_NAME_LONG_OR_TEXT = (
    rf"(?P<name>[a-z]{{3,}}|[A-Z]{{3,}}|(?<![_-])(?:[a-z]{{2}}|[A-Z]{{2}}))[_-]|(?P<long>{_LONG})|{_TEXT}"
)
_STEMMED = r"([^\W\d_]+)[0-9]+"
_HEX = r"[0-9a-f]+|[0-9A-F]+"
_WORDS = r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+"
_DIGIT = r"[0-9]"


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


class Kind(Enum):
    """The look of a text."""

    NUMBER = "n"
    STEMMED = "stem"
    """Letters with a number behind them."""
    MIXED = "id"
    WORD = "word"


def cut(key: str) -> tuple[str, tuple[str, ...]]:
    """The shape of a key, which is the key with a stand-in for each text, and the texts."""
    if _compiled(_LONG).search(key) is None:
        return _compiled(_TEXT).sub(STAND_IN, key), tuple(_compiled(_TEXT).findall(key))
    texts: list[str] = []

    def take(match: re.Match[str]) -> str:
        text = match.group()
        if match.lastgroup == "long" and not _is_random(text):
            return _compiled(_TEXT).sub(take, text)
        name = match.group("name") if match.re is _compiled(_NAME_LONG_OR_TEXT) else None
        texts.append(name or text)
        return STAND_IN + text[len(name) :] if name else STAND_IN

    return _compiled(_NAME_LONG_OR_TEXT).sub(take, key), tuple(texts)


def joined(shape: str, texts: tuple[str, ...]) -> str:
    """Put texts into a shape, the opposite of `cut`."""
    between = shape.split(STAND_IN)
    return between[0] + "".join(text + after for text, after in zip(texts, between[1:], strict=True))


def kind(text: str) -> Kind:
    """The look of a text."""
    if text.isascii() and text.isdecimal():
        return Kind.NUMBER
    if _compiled(_DIGIT).search(text) is None:
        return Kind.WORD
    return Kind.STEMMED if _compiled(_STEMMED).fullmatch(text) else Kind.MIXED


def stem(text: str) -> str:
    """The letters before the number; "" if it is not stemmed."""
    match = _compiled(_STEMMED).fullmatch(text)
    return match.group(1) if match else ""


def is_hexadecimal(text: str) -> bool:
    """Whether all of it is hexadecimal digits of one case."""
    return _compiled(_HEX).fullmatch(text) is not None


def is_uuid(text: str) -> bool:
    """Whether it is a UUID."""
    return _compiled(_UUID).fullmatch(text) is not None


def is_base64(text: str) -> bool:
    """Whether it is long and random in letters of both cases and digits."""
    return _compiled(_LONG).fullmatch(text) is not None and _is_random(text)


def _is_random(text: str) -> bool:
    """Whether it has letters of both cases and digits, and they take turns more often than in what people write."""
    if _compiled(_UUID).search(text) is not None:
        return is_uuid(text)
    words = _compiled(_WORDS).findall(text)
    mixed = not text.islower() and not text.isupper() and _compiled(_DIGIT).search(text) is not None
    return mixed and sum(map(len, words)) < RESTLESS * len(words)


LONGEST_KEY = 250
"""Bytes of the longest key that memcached knows; longer ones are like no other."""
LEAST = {Kind.NUMBER: 2, Kind.STEMMED: 2, Kind.MIXED: 2, Kind.WORD: 3}
"""Different texts of a kind that make a variety, at least: words more than others, for they are names as often."""
STEEPNESS = {Kind.NUMBER: 1, Kind.STEMMED: 2, Kind.MIXED: 2, Kind.WORD: 3}
"""Texts of a kind are many if their mean count to this power is no more than the count of all texts in the place."""
ALIKE = 8
"""Characters from which texts of the same length are taken to be of one kind, whatever they look like: a short hash is
as long, and names of the same length are mostly shorter."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """The common form of some keys: their text with `{n}`, `{hex}`, `{uuid}`, `{base64}`, `{id}` or `{word}` in it.

    A key that is like no other is its own pattern, with `variable` false.
    """

    text: str
    variable: bool = False


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns learnt from a set of keys."""

    by_key: Mapping[str, Pattern] = field(default_factory=dict)

    def of(self, key: str) -> Pattern:
        """The pattern of a key; the key itself if it was not among those learnt from."""
        return self.by_key.get(key) or Pattern(key)


def learn(keys: Iterable[str]) -> Patterns:
    """Learn the patterns of a set of keys; neither their order nor their number of times matters."""
    shapes: defaultdict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    patterns: dict[str, Pattern] = {}
    for key in set(keys):
        if len(key) > LONGEST_KEY:
            patterns[key] = Pattern(key)
            continue
        shape, texts = cut(key)
        shapes[shape].append((key, texts))
    for shape, members in shapes.items():
        for group, labels in _divided(members):
            variable = len(group) > 1
            text = joined(_escaped(shape), labels) if variable else group[0]
            patterns.update(dict.fromkeys(group, Pattern(text, variable)))
    return Patterns(patterns)


def _divided(members: list[tuple[str, tuple[str, ...]]]) -> Iterable[tuple[list[str], tuple[str, ...]]]:
    """The keys of one shape by the labels of their texts, decided from the left: each label narrows what follows."""
    waiting: list[tuple[tuple[str, ...], list[tuple[str, tuple[str, ...]]]]] = [((), members)]
    while waiting:
        labels, group = waiting.pop()
        place = len(labels)
        if place == len(group[0][1]):
            yield [key for key, _ in group], labels
            continue
        label_of = labelled(Counter(texts[place] for _, texts in group), first=place == 0)
        parts: defaultdict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for member in group:
            parts[label_of[member[1][place]]].append(member)
        waiting.extend(((*labels, label), part) for label, part in parts.items())


def labelled(texts: Counter[str], *, first: bool) -> dict[str, str]:
    """The label of each text in one place: itself where it is a name, a placeholder where it is one of many.

    The first word of a key is always a name.
    """
    labels = {text: text for text in texts}
    if len(texts) == 1:
        return labels
    looking: defaultdict[Kind, list[str]] = defaultdict(list)
    stems = Counter(map(stem, texts))
    for text in texts:
        looks = kind(text)
        if looks is Kind.STEMMED and stems[stem(text)] == 1:
            looks = Kind.MIXED
        looking[looks].append(text)
    kinds = {looks: _many(looks, looking[looks], texts) for looks in Kind}
    ids = _with_their_like(kinds)
    if len(ids) >= LEAST[Kind.MIXED]:
        labels.update(dict.fromkeys(ids, _name(ids)))
    for stemmed, many in _by_stem(set(kinds[Kind.STEMMED]) - ids).items():
        if len(many) >= LEAST[Kind.STEMMED]:
            labels.update(dict.fromkeys(many, f"{stemmed}{{n}}"))
    for looks in (Kind.NUMBER,) if first else (Kind.NUMBER, Kind.WORD):
        many = set(kinds[looks]) - ids
        if len(many) >= LEAST[looks]:
            labels.update(dict.fromkeys(many, f"{{{looks.value}}}"))
    return labels


def _many(looks: Kind, alike: list[str], texts: Counter[str]) -> list[str]:
    """Those texts of a kind that are one of many; what most keys share is a name, unless it is a number."""
    total, power = texts.total(), STEEPNESS[looks]
    if sum(texts[text] for text in alike) ** power > total * len(alike) ** power:
        return []
    return [text for text in alike if power == 1 or 2 * texts[text] <= total]


def _with_their_like(kinds: Mapping[Kind, list[str]]) -> set[str]:
    """The mixed texts, and those others that could as well be of them: as long, and in the same characters."""
    ids = set(kinds[Kind.MIXED])
    if not ids:
        return ids
    lengths = set(map(len, ids))
    hexadecimal = all(map(is_hexadecimal, ids))
    alike = len(lengths) == 1 and min(lengths) >= ALIKE
    others = (text for looks, texts in kinds.items() if looks is not Kind.MIXED for text in texts)
    return ids | {text for text in others if len(text) in lengths and (is_hexadecimal(text) if hexadecimal else alike)}


def _by_stem(texts: set[str]) -> Mapping[str, set[str]]:
    stems: defaultdict[str, set[str]] = defaultdict(set)
    for text in texts:
        stems[stem(text)].add(text)
    return stems


def _name(ids: set[str]) -> str:
    """The placeholder that says most about them; some base64 looks like words by chance."""
    for name, fits, share in (("{hex}", is_hexadecimal, 1.0), ("{uuid}", is_uuid, 1.0), ("{base64}", is_base64, 0.7)):
        if sum(map(fits, ids)) >= share * len(ids):
            return name
    return "{id}"


def _escaped(shape: str) -> str:
    """The shape with its own braces doubled, so that none looks like a placeholder's."""
    return shape.replace("{", "{{").replace("}", "}}")
