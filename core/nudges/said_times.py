"""Reading when somebody works on the course as they say it, such as “evenings best for me, around 7”: plain words alone.

Every word has to be one that says a day, a part of the day, an hour, or how well that suits; with any other it may be about
anything, and nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from core.nudges.contract import DAYS
from core.nudges.spoken_times import DAY_NAMES, Spoken, as_read, spoken

LETTERS_AT_MOST = 100
EVERY_DAY, WEEKDAYS, WEEKENDS = tuple(range(1, 8)), tuple(range(1, 6)), (6, 7)
MORNING_FROM, AFTERNOON_UNTIL = 9, 4
"""An hour from nine on is the morning's, and one until four the afternoon's, where nobody says which: else it is asked."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day: the hour that is meant where none is said with it, and those that lie in it."""

    hour: int
    hours: range


PARTS: Mapping[str, Part] = {
    "morning": Part(9, range(4, 13)),
    "lunch": Part(12, range(11, 15)),
    "afternoon": Part(14, range(12, 19)),
    "evening": Part(18, range(16, 24)),
    "after work": Part(18, range(16, 24)),
    "night": Part(20, range(18, 24)),
}


@dataclass(frozen=True, slots=True)
class Times:
    """What was said. `days` are 1 (Monday) to 7, none where none were said, and so the `hours`; of several hours one is meant,
    and it is not clear which. `of_day`: a part of the day was named, such as evenings, which without days means all of them.
    `out`: days that are taken out of those that are meant. `corrects`: it is said instead of what it was.
    """

    days: tuple[int, ...]
    hours: tuple[int, ...]
    of_day: bool
    out: tuple[int, ...] = ()
    corrects: bool = False


_CLOCK = r"\d{1,2}(?:[:.]\d\d)?"
_HALF = r"(?:\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w))"
_SUITS = (
    r"(?:(?:it )?(?:would|will|should|could) (?:be|work|suit)|(?:is|are|it's|its|'s|works?|suits?)(?! on))"
    r"(?: (?:really|very|usually|just|me|you))*"
    r"(?: (?:good|best|better|great|fine|well|perfect|perfectly|ideal|nice|lovely|okay|ok|easiest|easier|most))*(?: for me)?"
)
_AROUND = (
    r"hi|hello|hey|ok|okay|well|hm+|so|yes|yeah|yep|no(?=\s?[,.!–-])|sure|please|thanks|thank you|cheers|maybe|probably|perhaps|"
    r"usually|mostly|normally|generally|actually|rather|instead|sorry|i think|i guess|i'd say|i would say|"
    r"(?:i(?:'d| would) )?(?:prefer|like|pick|choose)|i (?:prefer|like|pick|choose)|"
    r"(?:i(?:'d| would|'ll| will) )?(?:take|go (?:for|with))|"
    r"let's (?:do|say|take|make it|go (?:for|with))|make it|i work best|i can (?:do|make)|"
    r"i(?:'ll| will| can| could| usually| mostly)* (?:work|study) on (?:it|this|the course)|"
    r"i(?:'ve got| have) (?:some |the most |most )?time|i(?:'m| am) (?:usually |mostly )?(?:free|available)|write (?:to )?me|"
    r"for me|best|better|if possible|if that works|on|then|onwards?|or so|or later|my time|local time|something like|"
    r"only|from now(?: on)?"
)
_TOKEN = re.compile(
    rf"(?P<days>(?P<from>{DAY_NAMES})s? ?(?:-|–|to|till|until|through) ?(?P<to>{DAY_NAMES})s?"
    r"|every ?day|daily|each day|any day|all days|week ?days?|working days|during the week|(?:at )?(?:the )?week-?ends?"
    rf"|(?P<each>every |each )?(?P<name>{DAY_NAMES})(?P<names>s)?)(?!\w)"
    r"|(?P<part>(?P<often>in the |during the |every |each |at )?(?P<which>morning|lunch|afternoon|evening|night)"
    r"(?:[ -]?(?:time|break))?(?P<parts>s)?|(?P<work>(?:straight |right )?after work)|(?P<noon>(?:at )?(?:noon|midday)))(?!\w)"
    rf"|(?P<clock>(?:(?P<lead>at|around|after|~)|(?P<weak>about|from|between|circa|ca\.?))?\s*(?P<hour>{_CLOCK})(?P<half>{_HALF})?"
    rf"(?:h|[ -]?ish|\s?o'?clock)?(?:\s?(?:-|–|to|till|until|and) ?{_CLOCK}(?P<other>{_HALF})?)?)(?!\w)"
    rf"|(?P<suits>{_SUITS})(?!\w)|(?:{_AROUND})(?!\w)|[\s,.;:!&+–—-]+|and(?!\w)"
)

_FROM_NOW = re.compile(r"\bonly\b|\bfrom now\b")
"""With one of these a day and its part are no one day of this week."""


def times_said(text: str) -> Times | None:
    """When the words say that somebody works on the course; None where they are about anything else, or say it twice."""
    said = spoken(text)
    found = list(_tokens(said.words)) if len(said.words) <= LETTERS_AT_MOST else []
    days = [each for each in found if each["days"]]
    parts, clocks = [each for each in found if each["part"]], [each for each in found if each["clock"]]
    if len(parts) > 1 or len(clocks) > 1 or not (days or parts or clocks):
        return None
    chosen = tuple(sorted({number for each in days for number in days_of(each)}))
    part, clock = next(iter(parts), None), next(iter(clocks), None)
    again = comes_again(days, chosen, part, suits=any(each["suits"] for each in found))
    if (clock is None or (said.asked and days)) and not again and not (_FROM_NOW.search(said.words) and (part or clock)):
        return None
    out = days_out(said)
    if out and not set(chosen or EVERY_DAY) - set(out):
        return None
    if clock is None:
        return Times(chosen, () if part is None else (part_of(part).hour,), part is not None, out)
    sure = clock["half"] or clock["other"]
    bare = not (clock["lead"] or sure or ":" in clock["hour"])
    if not (days or parts) and ((bare and not said.corrects) or ("." in clock["hour"] and not sure)):
        return None  # a figure
    hours = hours_of(clock, part_of(part).hours if part else range(24) if said.corrects and bare else None)
    return Times(chosen, hours, part is not None, out, said.corrects) if hours else None


def days_out(said: Spoken) -> tuple[int, ...]:
    """The numbers of the days that are taken out."""
    found = [_TOKEN.match(each) for each in said.out]
    return tuple(sorted({number for each in found if each for number in days_of(each)}))


def _tokens(words: str) -> Iterator[re.Match[str]]:
    """The words in their parts; none where one of them is no such part."""
    at, found = 0, []
    while at < len(words):
        each = token_at(words, at)
        if each is None:
            return
        found.append(each)
        at = each.end()
    yield from found


def token_at(words: str, at: int) -> re.Match[str] | None:
    """The part of the words that begins there: a day (`days`), a part of the day (`part`), an hour (`clock`), how well that suits
    (`suits`), or what stands around these; None where it is something else.
    """
    found = _TOKEN.match(words, at)
    return found if found and found.end() > at else None


def tokens(text: str) -> list[re.Match[str]]:
    """The parts of plain words; none where they are long, or one of them is no such part."""
    words = as_read(text)
    return list(_tokens(words)) if len(words) <= LETTERS_AT_MOST else []


def days_of(said: re.Match[str]) -> tuple[int, ...]:
    """The numbers of the days that were named."""
    if said["from"]:
        first, last = _number(said["from"]), _number(said["to"])
        return tuple((first - 1 + n) % 7 + 1 for n in range((last - first) % 7 + 1))
    if said["name"]:
        return (_number(said["name"]),)
    if "end" in said["days"]:
        return WEEKENDS
    return WEEKDAYS if re.match("week|work|during", said["days"]) else EVERY_DAY


def _number(name: str) -> int:
    return next(number for number, each in enumerate(DAYS, start=1) if each.casefold().startswith(name[:3]))


def comes_again(days: list[re.Match[str]], chosen: tuple[int, ...], part: re.Match[str] | None, *, suits: bool) -> bool:
    """Whether what has no hour is when they work, and neither a greeting nor one day of this week: it comes again each week."""
    if part is not None and (part["parts"] or part["work"] or part["noon"] or (part["often"] and not days)):
        return True
    if any(each["names"] or each["each"] for each in days) or len(chosen) > 1:
        return not any(each["days"].endswith("weekend") for each in days) or part is not None
    return part is not None and suits and not days


def part_of(said: re.Match[str]) -> Part:
    """The part of the day that was named."""
    return PARTS["after work" if said["work"] else "lunch" if said["noon"] else said["which"]]


def clock_hours(hour: str, minutes: str | None, half: str | None) -> set[int]:
    """The hours that such a time may be: in both halves of the day where nothing tells which; none where it is no time."""
    number, half = int(hour), (half or "").replace(".", "").strip()
    if number > 23 or int(minutes or 0) > 59 or (half and not 1 <= number <= 12):
        return set()
    if half:
        return {number % 12 + (12 if half == "pm" else 0)}
    if number > 12 or hour.startswith("0"):
        return {number}
    return {number, number + 12} if number < 12 else {12}


def hours_of(said: re.Match[str], of_day: Collection[int] | None) -> tuple[int, ...]:
    """The hours that may be meant, of those of the day, if they are said: the one before and the one after, where it is none that
    is full.
    """
    hour, _, minutes = said["hour"].replace(".", ":").partition(":")
    number, may = int(hour), clock_hours(hour, minutes, said["half"] or said["other"])
    if of_day is not None:
        may &= set(of_day)
    elif len(may) == 2 and (number >= MORNING_FROM or number <= AFTERNOON_UNTIL):
        may = {number if number >= MORNING_FROM else number + 12}
    after = {(each + 1) % 24 for each in may} if int(minutes or 0) else set()
    return tuple(sorted(may | after))
