"""Reading what is not said plainly of when somebody works on the course, such as “evenings after the kids are in bed”, to ask
about it, and what answers such a question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.nudges.said_times import EVERY_DAY, Times, comes_again, days_of, days_out, hours_of, part_of, token_at, tokens
from core.nudges.spoken_times import as_read, spoken

LETTERS_AT_MOST = 160
HOURS_AT_MOST = 4
ALL_DAY = range(24)

_BEGINS = re.compile(r"(?:after|before|once|when(?:ever)?|while|with|over|as soon as|if|as)(?!\w)")
"""What follows up to a comma, or to the next time, tells of their day, and may be anything."""
_BETWEEN = re.compile(
    r"(?:early|late|quiet|only|just|the|in|a bit|ideally|say|or|either|mainly|always|often|sometimes|typically|really|quite|most|"
    r"i|i'm|am|can|could|do|be|my|it|(?:the |my )?(?:kids|baby|family))(?!\w)"
)
_ANY = re.compile(r"[^\W\d]+(?:['-][^\W\d]+)*")
_OTHERWISE = re.compile(
    r"\b(?:by|until|till|done|due|deadline|not|no|never|except|today|tonight|tomorrow|remind)\b|"
    r"\bi(?:'m| am)? work(?:ing)?(?! on| best)\b|n't\b|\?"
)
"""Words that make a day an end, a time one of this week, or the whole a question or its contrary."""
_SURE = re.compile(r".*(?:ish|o'?clock)", re.DOTALL)
_TIMES = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|week ?days?|weekends?|mornings?|afternoons?|evenings?|nights?|lunch\w*|"
    r"after work|half past|quarter (?:past|to)|o'?clock|every ?day|\d{1,2}(?:[:.]\d\d)? ?[ap]m|\d{1,2}:\d\d|\d{1,2} ?ish|"
    r"(?:instead of|rather than) \d{1,2})\b"
)
_BUSINESS = re.compile(
    r"\b(?:shops?|stores?|stalls?|markets?|customers?|orders?|sold|sells?|selling|sales?|post(?:s|ed|ing)?|launch\w*|e?mails?|ads?|"
    r"prices?|opens?|opened|closes?|closed|photo\w*|by|done|deadline|today|tomorrow|yesterday)\b|[?£$€%]"
)

_AROUND = (
    r"(?:ok|okay|yes|yeah|yep|no|hm+|well|so|please|thanks|thank you|then|for me|"
    r"i'd (?:say|take|prefer)|i(?:'ll)? take|[\s,.!-])*"
)
_WHICH = re.compile(
    rf"{_AROUND}(?:the )?(?:(?P<first>first|earlier|earliest)|(?P<second>second)|(?P<last>last|later|latest))"
    rf"(?: (?:one|1|time|hour))?(?: is (?:fine|good|best|better|great|ok|okay))?{_AROUND}"
)
_YES = re.compile(
    rf"{_AROUND}(?:yes|yeah|yep|sure|ok|okay|right|exactly|correct|perfect|that's (?:it|right)|that is right){_AROUND}"
)


def likely_times(text: str) -> Times | None:
    """What the words likely say: plain times, and what else tells of the day around them; None where they may be about anything.

    Several `hours` may be meant then also because several were said.
    """
    said = spoken(text)
    words = said.words
    found = [] if len(words) > LETTERS_AT_MOST or said.corrects or said.asked or _OTHERWISE.search(words) else _skimmed(words)
    days = [each for each in found if each["days"]]
    parts, clocks = [each for each in found if each["part"]], [each for each in found if each["clock"]]
    chosen = tuple(sorted({number for each in days for number in days_of(each)}))
    if not clocks and not parts and not comes_again(days, chosen, None, suits=False):
        return None  # one day may be of this week
    if not days and not any(comes_again([], (), each, suits=False) for each in parts) and not (parts and len(found) > 1):
        return None  # a figure, or a greeting
    within = {hour for each in parts for hour in part_of(each).hours}
    hours = {hour for each in clocks for hour in hours_of(each, within if parts else None)}
    if clocks and not hours:
        return None
    out = days_out(said)
    if not set(chosen or EVERY_DAY) - set(out):
        return None
    of_parts = {part_of(each).hour for each in parts}
    return Times(chosen, tuple(sorted(hours or of_parts))[:HOURS_AT_MOST], bool(parts), out)


def _skimmed(words: str) -> list[re.Match[str]]:
    """The times in the words, and how well they suit; none where they are among words of which it is not known what these say."""
    at, aside, found = 0, False, []
    while at < len(words):
        each = token_at(words, at)
        if each is not None and (each["days"] or each["part"] or each["clock"]):
            if aside and each["clock"] and not _is_hour(each):
                return []
            found.append(each)
            aside = False
        elif each is not None:
            aside = aside and not re.search("[,.;:!]", each[0])
        elif each := _BEGINS.match(words, at):
            aside = True
        else:
            each = (_ANY if aside else _BETWEEN).match(words, at)
        if each is None:
            return []
        at = each.end()
    return found


def _is_hour(clock: re.Match[str]) -> bool:
    """Whether it can be no figure."""
    return bool(clock["lead"] or clock["half"] or clock["other"] or ":" in clock["hour"] or _SURE.fullmatch(clock[0]))


def speaks_of_times(text: str) -> bool:
    """Whether words that were not understood were likely meant to say when somebody works, and nothing of their business."""
    words = as_read(text)
    return len(words) <= LETTERS_AT_MOST and bool(_TIMES.search(words)) and not _BUSINESS.search(words)


def hours_chosen(text: str, hours: Sequence[int]) -> tuple[int, ...]:
    """The hour that the words say below a question which of these `hours` is meant: one of them, or another one, or several where
    it is not clear; none where they say no hour.
    """
    words = as_read(text)
    if found := _WHICH.fullmatch(words):
        place = 0 if found["first"] else 1 if found["second"] else len(hours) - 1
        return (hours[place],) if place < len(hours) else ()
    if len(hours) == 1 and _YES.fullmatch(words):
        return (hours[0],)
    said = tokens(text)
    parts, clocks = [each for each in said if each["part"]], [each for each in said if each["clock"]]
    if any(each["days"] for each in said) or len(parts) > 1 or len(clocks) > 1 or not (parts or clocks):
        return ()
    within = part_of(parts[0]).hours if parts else ALL_DAY
    if not clocks:
        one = tuple(each for each in hours if each in within)
        return one if len(one) == 1 else ()
    may = hours_of(clocks[0], within)
    return tuple(each for each in hours if each in may) or hours_of(clocks[0], within if parts else None)
