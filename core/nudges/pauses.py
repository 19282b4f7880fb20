"""A pause of reminders in words, with its end: “no reminders till monday, on vacation”, “pause for two weeks please”."""

from __future__ import annotations

import re
from datetime import date

from core.dates import DAY, day_read, day_said
from core.day_parts import OF_DAY
from core.shorthand import spelled_out

LETTERS_AT_MOST = 120
"""Of what is looked at: more is a story."""
_THEM = r"(?: (?:my|the|all|your|any))*(?: (?:reminders|messages|nudges))"
_WISH = (
    rf"(?:pause(?:{_THEM}| me| it)?|(?:stop|hold|mute){_THEM}|no(?: more)?(?: (?:reminders|messages|nudges))|"
    r"(?:do not|don't|dont|stop) (?:remind(?:ing)?|message|messaging|(?:write|writing)(?: to)?|text(?:ing)?|nudge|nudging) me"
    r"(?: (?:again|anything|any more))?|leave me (?:alone|in peace|be))"
)
_END = (
    r"(?:(?:until|till|til|before) (?P<day>[^,.;:!?()]+?)|"
    r"for (?P<span>(?:an?|one|two|three|four|five|six|\d{1,2}|the next \w+) (?:days?|weeks?|fortnights?|months?)))"
)
_BEFORE = r"(?:(?!.*\bnot\b.*[,.;])[^,.;:?!]{1,60}[,.;:!] ?)?"
"""Why, said first; what is not so is no reason."""
_WHY = r"(?:\s*[,.;:!()–-]+.*|\s+(?:because|as|since|while|cos|i'm|im|i am|we're|we are)\b.*)?"
_BUSY = (
    r"(?: for (?:a (?:bit|while|few days)|now))?[ ,.;:!–-]+(?:because |as |since |cos )?"
    r"(?:i'm|i am|i've|i have|we're|we are|we've|my) (?!not\b)[^,.;:!?]{1,40}?"
)
"""What goes on until then, where the wish itself names no end: “stop reminding me for a bit, I'm flat out till Tuesday”."""
_SAID = re.compile(
    rf"{_BEFORE}(?:(?:ok|okay|hi|hello|and|please|can you|could you|would you)[ ,]+)*{_WISH}(?:{_BUSY} |[ ,]+(?:please )?){_END}"
    rf"(?: (?:please|thanks|thank you))*{_WHY}"
)

_LATE = re.compile(rf"(?: at| in the)? (?!(?:early )?(?:morning|am)$){OF_DAY}$")
"""What is left of the day after it is less than a day: we write on the next."""


def pause_said(text: str, today: date) -> date | None:
    """The first day on which we may write again, for somebody for whom it is `today`; None where the words say anything else, or
    their day may be two.
    """
    words = " ".join(spelled_out(text).casefold().replace("’", "'").split()).rstrip(" ?.!")
    if len(words) > LETTERS_AT_MOST or "?" in words:
        return None
    found = _SAID.fullmatch(words)
    if found is None:
        return None
    end = found["day"] or found["span"].replace("the next ", "")
    if later := _LATE.search(end):  # the day itself is quiet too
        ahead = [each for each in day_said(end[: later.start()], today).found if each >= today]
        return ahead[0] + DAY if len(ahead) == 1 else None
    try:
        return day_read(end, today, lasts=True)
    except ValueError:  # on a Monday, until Monday is until the next
        ahead = [each for each in day_said(end, today).found if each > today]
        return ahead[0] if len(ahead) == 1 else None
