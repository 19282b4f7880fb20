"""Reading where somebody lives, or whose time is theirs, as they say it: “im in utrecht”, “my time zone is amsterdam”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.people.countries import zones_of, zones_within
from core.people.zones import WORDS_OF_A_PLACE, zones_meant

LETTERS_AT_MOST = 120
SHORTENED = 3
"""Letters at most of a name such as USA or CET."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was said; without a `name` they say that their time is wrong. `zone`: its IANA name, "" where it is not known.
    `several`: it is a country with more than one. `short`: it is EST or UTC+2, which does not say when clocks change.

    `sure`: the words are about their time, and about nothing else. `plain`: only a question for it makes them so.
    """

    name: str
    zone: str = ""
    several: bool = False
    short: bool = False
    sure: bool = False
    plain: bool = False


_PLACE = r"(?P<place>(?:utc|gmt) ?[+-] ?\d{1,2}(?::\d\d)?|[^\W\d](?:[^\d?!:;]*[^\W\d_.,])?)"
_WE = r"(?:i|we)(?:'m|'re|m| am| are)?"
_MINE = r"(?:my|our|the|your)"
_TIME = r"(?:local |own )?time(?: ?-?zone)?"
_SURE = (
    rf"(?:{_MINE} )?(?:current )?time ?-?zone(?: here)?(?:'s| is| should be|:|,)?(?: the one of| that of| in)? {_PLACE}",
    rf"(?:please |can you |could you )*(?:set|change|switch|put|make) (?:{_MINE} )?{_TIME} (?:to|as) {_PLACE}",
)
_LIVES = (
    rf"{_WE}(?: (?:all|both|actually|currently|now|here|still|really))* (?:live|living|stay|staying|based|located|sit|sitting)"
    rf"(?: here| now)? (?:in|near|at|outside) {_PLACE}",
    rf"based in {_PLACE}",
)
_KNOWN = (
    rf"{_WE}(?: (?:all|both|actually|currently|now|here|still|working|writing))* (?:in|from|on|near|use|at) {_PLACE}",
    rf"(?:please |can you |could you )*(?:use|take) {_PLACE}",
    rf"(?:it'?s|it is|that is|that's|{_MINE} (?:local )?time is(?: that of)?|here it'?s) {_PLACE}",
)
_IS_IN = re.compile(rf"{_WE} (?:(?:now|here|actually|currently) )*(?:in |on .* time)", re.IGNORECASE)
"""So a place is said that is not known; with other words it may be anything."""
_FROM = re.compile(rf"{_WE}(?: \w+)*? (?:in|from|near) ", re.IGNORECASE)
"""What is said after that is a place also where it is called like a person or a thing."""
_THINGS = re.compile(
    r"(?:bath|bend|bury|como|flint|hue|la|lens|male|mesa|mobile|mold|nice|orange|perm|queens|reading|"
    r"rugby|ruse|solo|split|swords)"
)
"""Cities by words that say something else more often: no place is heard in the word alone."""
_PEOPLE = re.compile(
    r"(?:aba|adelaide|aix|alexandria|arlington|aspen|aurora|austin|barry|beverly|blenheim|brandon|bristol|"
    r"brooklyn|buffalo|camden|carlisle|centurion|chad|chandler|charlotte|chelsea|chester|clare|cork|"
    r"dallas|dc|denver|derby|devon|ely|essen|eugene|fez|florence|frisco|garland|georgia|gilbert|goa|"
    r"halle|hamilton|harrow|henderson|houston|hull|india|irving|israel|jackson|jersey|jordan|jos|kent|"
    r"kerry|kimberley|kingston|kl|kota|laredo|lexington|lima|lincoln|madison|memphis|milan|mons|"
    r"montgomery|nancy|napier|natal|nelson|norfolk|nyc|odessa|orlando|paris|parma|pereira|phoenix|pisa|"
    r"poole|preston|princeton|regina|rio|riverside|rochester|salem|salvador|santiago|santos|savannah|sf|"
    r"sienna|sofia|stoke|sucre|surrey|sydney|tema|trinidad|troy|valence|valencia|venice|victoria|vienna|"
    r"virginia|warwick|washington|wellington|wels|wick|windsor|zug)"
)
"""Places by the first names of people, or by names of things: “it's Charlotte” tells who writes."""
_HEAD = re.compile(
    r"(?:(?:hi|hello|hey|no|nope|not so|sorry|actually|well|ok|okay|oh|um|yes|thanks|thank you|but|and|so|btw|by the way|please|"
    r"that is not so|that's not so|that's not right|that's wrong|that is wrong|it's not|not utc|i'm not in utc|i'm not on utc)"
    r"(?!\w)[\s,.:!–-]*)+"
)
_TAIL = re.compile(
    r"(?:[\s,.!–-]*\b(?:please|so|and|thanks|thank you|not utc|btw|by the way|now|here|actually|instead|for me|right now|"
    r"(?:use|take|go by|write at|set)(?: it to)? (?:our|my|that|this)(?: local| own)?"
    r" ?(?:time(?: ?-?zone)?)?))+$"
)
_OUR_TIME = re.compile(r"\b(?:use|take|go by|write at) (?:our|my)(?: local| own)? time(?: ?-?zone)?\b")
_NO_PLACE = re.compile(
    r"(?:a|an|my|the(?! hague)|our|two|not|wrong|different|off|set|same|fine|ok|correct|right|"
    r"your|this|that|these|bed|trouble|love|class|school|work|town|touch|charge|need|doubt|progress|pain|stock|"
    r"business|module|meetings?|time|it|between|general|fact|total|hook|fear|debt|late|early|limited|short|precious)\b"
)
_GOES_ON = re.compile(
    r"\b(?:i|we|my|our|you|your|what|how|which|when|where|while|who|why|should|can|could|would|is|are|was|do|have|need|want|like|"
    r"sell|selling|ship|shipping|make|making|run|open|post|until|till|this|next|for|with|to|because|but|so)\b",
    re.IGNORECASE,
)
"""What no place is called by, and tells more of them or asks something: that is for somebody who answers."""
_SHORT = re.compile(r"(?:utc|gmt) ?[+-] ?\d{1,2}(?::\d\d)?|[ecmp][sd]t", re.IGNORECASE)
_WRONG = re.compile(
    rf"{_MINE} time ?-?zone (?:is|seems|looks) (?:wrong|not right|not correct|incorrect|off|different|another(?: one)?|not utc)"
    rf"|(?:please |can you |how do i |i want to |i'd like to )*(?:change|set|correct|fix) my time ?-?zone"
)
_TIMED = re.compile(r"(?:'s)?(?: local)?(?: time(?: ?-?zone)?)$", re.IGNORECASE)
_OTHER_AREAS = ("Etc", "US", "Brazil", "Canada", "Chile", "Mexico")
_OTHER_NAMES = frozenset(f"Australia/{each}" for each in ("ACT", "LHI", "NSW", "North", "South", "West"))
"""Zones that are called like no place, or by a word that says something else more often."""


def place_said(text: str) -> Place | None:
    """The place that the words name as theirs; None where they are about anything else."""
    words = " ".join(text.replace("’", "'").split()).strip(" .!,")
    if not words or len(words) > LETTERS_AT_MOST or "?" in words:
        return None
    sure = bool(_OUR_TIME.search(words.casefold()))
    head = _HEAD.match(words.casefold())
    words = words[head.end() :] if head else words
    tail = _TAIL.search(words.casefold())
    words = words[: tail.start()] if tail else words
    if _WRONG.fullmatch(words.casefold()):
        return Place("", sure=True)
    return (
        _named(words, _SURE, sure=True) or _named(words, _LIVES, sure=sure) or _named(words, _KNOWN, sure=sure) or _plain(words)
    )


def _named(words: str, patterns: Sequence[str], *, sure: bool) -> Place | None:
    for each in patterns:
        if found := re.fullmatch(each, words, re.IGNORECASE):
            timed = _TIMED.search(found["place"])
            said = found["place"][: timed.start()] if timed else found["place"]
            if not sure and _GOES_ON.search(said):
                return None
            known = _known(tuple(_ways(said)), sure=sure or timed is not None)
            if known and not (sure or timed) and patterns is _KNOWN and not _FROM.match(words) and _is_otherwise(said):
                return None
            if place := known:
                return place
            if patterns is not _KNOWN or _IS_IN.match(words):
                return _unknown(next(_ways(said), ""), sure=sure)
    return None


def _plain(words: str) -> Place | None:
    """A place, with its country or without, and not a word more."""
    timed = _TIMED.search(words)
    parts = [each.strip() for each in (words[: timed.start()] if timed else words).split(",")]
    if any(not each or len(each.split()) > WORDS_OF_A_PLACE + 1 for each in parts):
        return None
    names = [re.sub(r"^(?:near|in) ", "", each, flags=re.IGNORECASE) for each in parts]
    if not timed and len(names) == 1 and _THINGS.fullmatch(names[0].casefold()):
        return None
    place = _known(names, sure=False)
    return replace(place, plain=True) if place else None


def _unknown(name: str, *, sure: bool) -> Place | None:
    words = name.casefold().split()
    if not words or len(words) > WORDS_OF_A_PLACE or "and" in words or _NO_PLACE.match(name.casefold()):
        return None
    return Place(_title(name), sure=sure)


def _ways(said: str) -> Iterator[str]:
    """What may be the place's name: the whole, and what stands before and after a comma, or “in”, or “near”."""
    whole = re.sub(
        r"^(?:the (?:city|town|village) of|a (?:city|town|village|place) (?:near|in|close to)|near|in) ", "", said.strip()
    )
    parts = [each.strip(" ()") for each in re.split(r"\s*[,(/]\s*|\s+(?:in|near)\s+|\s+-\s+", whole)]
    yield from dict.fromkeys(each for each in (*(parts[:1] if len(parts) > 1 else ()), whole, *parts) if each)


def _known(names: Sequence[str], *, sure: bool) -> Place | None:
    """The first of these that is known as a place; where the words are `sure`, also what is a time and no place, such as UTC. Of
    a country with several times, a city is meant that is named beside it.
    """
    cities = [each for each in names if not set(",(/") & set(each)] if "/" not in "".join(names) else []
    if len(cities) > 1 and len(together := zones_meant(", ".join(cities))) == 1 and _is_place(together[0]):
        return Place(_title(next((each for each in cities if not zones_within(_bare(each))), cities[0])), together[0], sure=sure)
    for name in names:
        if _SHORT.fullmatch(name):
            return Place(name.upper(), short=True, sure=sure) if sure else None
        there = zones_of(_bare(name)) or zones_meant(name)
        if len(there) > 1:
            return Place(_title(_bare(name)), several=True, sure=sure)
        if there and (sure or _is_place(there[0])):
            return Place(_title(name), there[0], sure=sure)
    return None


def _is_otherwise(name: str) -> bool:
    return bool(_THINGS.fullmatch(name.casefold()) or _PEOPLE.fullmatch(name.casefold()))


def _is_place(zone: str) -> bool:
    area, _, city = zone.partition("/")
    return bool(city) and area not in _OTHER_AREAS and zone not in _OTHER_NAMES


def _bare(name: str) -> str:
    return re.sub(r"^the ", "", name, flags=re.IGNORECASE)


def _title(name: str) -> str:
    if name != name.casefold():
        return name
    return name.upper() if len(name) <= SHORTENED else " ".join(each.capitalize() for each in name.split())
