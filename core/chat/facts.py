"""Facts of a talk that a summary may not lose: those that it lacks are kept word for word, whatever else the model wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

SENTENCE_AT_MOST = 160
"""Characters of one sentence that are kept around a fact."""
SENTENCES_AT_MOST = 4_500
"""Characters of all sentences that are kept, the newest first: about 1,100 tokens."""
BARE_AT_MOST = 1_500
"""Characters of facts beyond, kept without their sentences."""
SAME = 0.6
"""Part of a decision's own words that a summary which tells it has at least."""

_ENDS = re.compile(r"(?<=[.!?…])[\"”’)*_]*\s+|\n+")
_FACT = re.compile(
    r"""
      (?P<link>https?://[^\s<>"]+)
    | (?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    | [“„"«](?P<quoted>[^“”„"«»\n]{2,80})[”“"»]
    | (?P<figure>[$€£¥]?[ ]?\d+(?:[.,:/-]\d+)*(?:[ ]?[%‰€£$¥])?)
    | (?P<code>\b[A-Z]{1,4}-?\d{1,5}\b)
    | (?P<name>\b[^\W\d_a-z][\w’'&-]*[\w])
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"\w+(?:[.,:/-]\d+)*")
_DECIDES = re.compile(
    r"\b(?:decide|decision|agree|promise|commit|chose|choose|chosen|settled on|go(?:ing)? with|will\b|’ll\b|'ll\b|deadline|"
    r"never again|from now on|beschlossen|entschieden|verspreche|werde\b|décid|promets|decidi|prometo)",
    re.IGNORECASE,
)
_COMMON_WORDS = """
a about after all also am an and any are as at be because before but by can could do does for from give good great had has
have hello here hi how however i i'd i'll i'm i’d i’ll i’m if in into is it it's it’s its just let let's let’s like make
maybe me my next no not now of ok okay on once one only or our please she so some sure take thank thanks that that's that’s
the their then there these they this those to too try two until use very was we well were what what's what’s when where
which while who why will with would write yes yet you your
"""
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words that begin sentences, and name nobody."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something said: by whom, and whether that was a person. `name` is "" for what was kept before."""

    name: str
    text: str = field(repr=False)
    person: bool = True


class _Words:
    """What a text holds, by its words and figures, in whatever case."""

    def __init__(self, text: str) -> None:
        self._text = " ".join(text.casefold().split())
        self._words = set(_WORD.findall(self._text))

    def holds(self, fact: str) -> bool:
        """Whether the fact stands there: as words and figures of its own, or, where it is more than that, letter for letter."""
        flat = " ".join(fact.casefold().split())
        if "://" in flat or "@" in flat:
            return flat in self._text
        words = _WORD.findall(flat)
        return flat in self._text if len(words) > 1 else all(word in self._words for word in words)

    def tells(self, sentence: str) -> bool:
        """Whether most of the sentence's own words are there."""
        words = [word for word in _WORD.findall(sentence.casefold()) if len(word) > 4]
        return bool(words) and sum(word in self._words for word in words) >= SAME * len(words)

    def add(self, text: str) -> None:
        """What stands beside it from now on."""
        more = " ".join(text.casefold().split())
        self._text = f"{self._text}\n{more}"
        self._words.update(_WORD.findall(more))


@dataclass(frozen=True, slots=True)
class _Found:
    """A sentence that holds facts which a summary lacks, or a decision. `order`: its place among all of them."""

    order: int
    sentence: str
    facts: tuple[str, ...]
    person: bool
    decides: bool

    def is_told(self, there: _Words) -> bool:
        """Whether nothing of it is lacking any more."""
        return all(there.holds(fact) for fact in self.facts) and not (self.decides and not there.tells(self.sentence))


def facts_of(sentence: str, *, person: bool = True) -> tuple[str, ...]:
    """Figures, sums, dates, codes, names, quotations and addresses in it, as they are written, each once.

    A capital at the beginning is taken for a name where a person wrote it: agents write many sentences, and few names there.
    """
    found = (_fact(each) for each in _FACT.finditer(sentence) if person or each.start() or each.lastgroup != "name")
    return tuple(dict.fromkeys(each for each in found if each))


def kept_word_for_word(sources: Iterable[Source], summary: str) -> tuple[str, ...]:
    """What the sources hold and the summary lacks, oldest first.

    Sentences with a fact, or a decision, that the summary does not have: as many as fit, what people said before what agents
    wrote, and the newest before the older. Of the rest the bare facts, as many as fit.
    """
    there = _Words(summary)
    found = list(_missing(sources, there))
    first = sorted(found, key=lambda each: (not each.person, -each.order))
    room, kept, rest = SENTENCES_AT_MOST, list[_Found](), list[_Found]()
    for each in first:
        if each.is_told(there):
            continue
        if len(each.sentence) > room:
            rest.append(each)
            continue
        room -= len(each.sentence)
        kept.append(each)
        there.add(each.sentence)
    bare = _bare(rest, there)
    sentences = [each.sentence for each in sorted(kept, key=lambda each: each.order)]
    return tuple(dict.fromkeys([*bare, *sentences]))


def _missing(sources: Iterable[Source], there: _Words) -> Iterator[_Found]:
    order = 0
    for source in sources:
        for sentence in filter(None, (each.strip(" -*#>\t") for each in _ENDS.split(source.text))):
            lacking = tuple(fact for fact in facts_of(sentence, person=source.person) if not there.holds(fact))
            decided = bool(_DECIDES.search(sentence)) and not there.tells(sentence)
            if not lacking and not decided:
                continue
            order += 1
            begin = f"{source.name}: " if source.name else ""
            yield _Found(order, f"{begin}{_around(sentence, lacking)}", lacking, source.person, decided)


def _bare(rest: Sequence[_Found], there: _Words) -> list[str]:
    """Facts without their sentences, while there is room for them."""
    room, bare = BARE_AT_MOST, list[str]()
    for each in rest:
        for fact in each.facts:
            if len(fact) + 2 <= room and not there.holds(fact):
                room -= len(fact) + 2
                bare.append(fact)
                there.add(fact)
    return ["; ".join(reversed(bare))] if bare else []


def _fact(match: re.Match[str]) -> str:
    """The fact, or "" for a word that only begins a sentence."""
    kind, text = match.lastgroup, match[match.lastgroup or 0].strip()
    if kind == "link":
        return text.rstrip(".,;:!?)”’")
    return "" if kind == "name" and text.casefold() in _COMMON else text


def _around(sentence: str, facts: Sequence[str]) -> str:
    """The sentence, or the part of one that is long in which its facts begin."""
    flat = " ".join(sentence.split())
    if len(flat) <= SENTENCE_AT_MOST:
        return flat
    last = max((flat.find(fact) + len(fact) for fact in facts), default=0)
    if last <= SENTENCE_AT_MOST:
        return f"{flat[:SENTENCE_AT_MOST]}…"
    first = min((at for fact in facts if (at := flat.find(fact)) >= 0), default=0)
    begin = max(0, min(first - 40, len(flat) - SENTENCE_AT_MOST))
    part = flat[begin : begin + SENTENCE_AT_MOST]
    lost = [fact for fact in facts if fact not in part and len(fact) <= SENTENCE_AT_MOST]
    return "; ".join([f"…{part}…", *lost[:8]])
