"""Named things, such as rivals: told apart from what is said of them, and known again by a part of their name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.alike import folded, words_in

NAME_WORDS = 3
"""What stands before a colon and has more words is the beginning of a sentence."""
LISTED_AT_LEAST, DESCRIBED_WORDS = 3, 6
"""So many parts are a list for sure, in which some may be described: “the old lady at the market”."""
DISTINCTIVE = 4
"""Letters of a word that says which is meant although words stand beside it that are not in the name."""
_SMALL = frozenset(
    {
        *("the", "a", "an", "of", "in", "on", "at", "and", "or", "to", "for"),
        *("from", "with", "my", "our", "their", "its", "one", "s"),
    }
)
_TELL = (
    "it its they their is are has have cheap cheaper near nearer fast faster everything good better best big bigger free nice "
    "low lower price prices quality service delivery shipping choice more very new quick easy"
)
_TELLING = frozenset(_TELL.split())
"""What is told of a shop, and no part of a name in a list."""
_COLON = re.compile(r"\s*:(?!//)\s*")
_DASH = re.compile(r"\s+[-–—]+\s+")
_COMMA = re.compile(r"\s*,\s+")


@dataclass(frozen=True, slots=True)
class UnknownName(Exception):
    """“nivea” is none of the names."""

    name: str
    among: tuple[str, ...]
    """Those that it may mean; none where it is like no name."""


def short(name: str) -> str:
    """The name without what stands behind it in brackets, such as what people are told there."""
    return name.partition(" (")[0].strip() or name


def named(item: str, *, of_several: bool) -> str:
    """The name that a line begins with; what follows is what they are told there, and goes into brackets behind it.

    A comma is a part of a name that stands alone: it may as well part two names.
    """
    before, bracket, _ = item.partition("(")
    signs = (_COLON, _DASH, _COMMA) if of_several else (_COLON, _DASH)
    found = min((each for sign in signs if (each := sign.search(before))), key=lambda each: each.start(), default=None)
    if found is None:
        return item.strip()
    name, told = item[: found.start()].strip(), item[found.end() :].strip()
    if bracket and not told.strip(" ()"):
        return item.strip()
    return f"{name} ({told})" if name and told else name


def sentences_of(typed: str) -> tuple[str, ...]:
    """“Decathlon, it is near. Bike24, has everything.”: names with what is told there, a sentence each; else none."""
    parts = tuple(each.strip(" .!") for each in re.split(r"[.!]\s+", typed.strip()) if each.strip(" .!"))
    begin = [each.partition(",")[0].split() for each in parts if _COMMA.search(each)]
    fit = len(parts) > 1 and len(begin) == len(parts) and all(0 < len(each) <= NAME_WORDS for each in begin)
    return parts if fit and not re.search(r"[\n;]", typed.strip()) else ()


def listed(typed: str) -> tuple[str, ...]:
    """“Woolbro, Etsy sellers and H&M”: names in one sentence; none where words in it tell of one of them."""
    if re.search(r"[\n;:.!?]\s|[\n;]", typed.strip()) or "," not in typed or " and " not in typed.rpartition(",")[2]:
        return ()
    parts = tuple(each.strip(" .") for each in re.split(r"\s*,\s+(?:and\s+)?|\s+and\s+", typed.strip()) if each.strip(" ."))
    at_most = NAME_WORDS if len(parts) < LISTED_AT_LEAST else DESCRIBED_WORDS
    short_ones = all(len(each.split()) <= at_most for each in parts)
    return parts if short_ones and not _TELLING & set(words_in(folded(typed))) else ()


def meant(typed: str, names: Iterable[str], *, wholly: bool = False) -> tuple[str, ...]:
    """The names that somebody may mean by a part of one; `wholly`: with no word that is in none."""
    names, said = tuple(names), folded(typed).strip()
    same = tuple(each for each in names if said in (folded(each), folded(short(each))))
    words = _words(typed)
    if same or not words:
        return same
    held = {each: _words(short(each)) for each in names}
    exactly = tuple(each for each in names if held[each] == words)
    within = exactly or tuple(each for each in names if words <= held[each])
    if within or wholly or len(words) > NAME_WORDS:
        return within
    return tuple(each for each in names if any(len(word) >= DISTINCTIVE for word in words & held[each]))


def begun(item: str, names: Sequence[str]) -> tuple[tuple[str, ...], str, str]:
    """The names that a line may begin with, the words that stand there for it, and what is said of it.

    Without a colon it begins with a name only where that is known, so that a sentence may have commas and dashes.
    """
    for name in sorted({form for each in names for form in (each, short(each))}, key=len, reverse=True):
        rest = item[len(name) :]
        if item.casefold().startswith(name.casefold()) and (after := re.match(r"\s*:\s*|\s+[-–—]+\s+|\s*,\s+", rest)):
            return meant(name, names), name, rest[after.end() :].strip()
    for sign in (_COLON, _DASH, _COMMA):
        found = sign.search(item)
        if found is None:
            continue
        head, said = item[: found.start()].strip(), item[found.end() :].strip()
        known = meant(head, names, wholly=sign is not _COLON)
        if known and said:
            return known, head, said
        if sign is _COLON and head:
            return (), head, said
    return (), "", item.strip()


def said_of_each(words: str, names: Sequence[str], about: str, *, sure: bool = False) -> Mapping[str, str]:
    """What the words say of which name: of the one that was asked about, but where a line begins with another.

    `sure`: whoever typed them says that nothing in them is a name which is not known.

    Raises:
        UnknownName: a line begins with what looks like a name, and is none or could be several.
    """
    lines: dict[str, list[str]] = {}
    now = about
    for item in (part.strip() for part in re.split(r"[;\n]+", words)):
        if not item:
            continue
        known, head, said = begun(item, names)
        if len(known) == 1:
            now = known[0]
        elif head and not sure and (known or len(head.split()) <= NAME_WORDS):
            raise UnknownName(head, known)
        lines.setdefault(now, []).append(said if len(known) == 1 else item)
    return {name: "; ".join(said) for name, said in lines.items()}


def _words(text: str) -> frozenset[str]:
    """The words that tell names apart."""
    found = frozenset(each for each in words_in(folded(text)) if each not in _SMALL)
    return frozenset(each.removesuffix("s") if len(each) > DISTINCTIVE else each for each in found)
