"""Words that need no model: thanks, calls without a question, and texts that are too long."""

from __future__ import annotations

import re

from core.agents.agent import Agent
from core.errors import Refusal
from core.ui import Message

LONG = 20_000
"""Characters that an agent reads of one message: more is kept, but not answered."""
TOO_LONG = 200_000
"""Characters that are kept of one message; a document of the record takes less than a million bytes."""


class TextTooLong(Refusal):
    """That text is too long to keep. Send it in parts, each under 20,000 characters."""


def too_long(text: str) -> TextTooLong:
    """The refusal of a text that is not kept."""
    return TextTooLong(
        f"That is {len(text):,} characters, and I keep at most {TOO_LONG:,} of one message, so it was not saved. "
        f"Send the part that matters, under {LONG:,} characters, and say what you want done with it."
    )


_THANKS = (
    r"thanks|thank you|thank u|thankyou|thx|tx|ty|tysm|cheers|much appreciated|appreciate it|ta|danke|dankeschön|danke dir|"
    r"vielen dank|merci|gracias|grazie|obrigad[oa]|bedankt|dziękuję|takk|tack|kiitos|спасибо|дякую|"
    r"ありがとう(?:ございます)?|谢谢|謝謝|감사합니다"
)
_AROUND = (
    r"ok|okay|great|perfect|super|lovely|nice|good|brilliant|wonderful|awesome|cool|yes|will do|sure|sounds good|alright|"
    r"noted|got it|all clear|that helps|that helped|"
    r"so much|very much|a lot|a million|again|for that|for this|for your help|for the help|everyone|all|both|you|team|schön|sehr|"
    r"beaucoup|muchas|mucho|mille"
)
_ONLY_THANKS = re.compile(rf"(?:(?:{_AROUND})\s+)*(?:{_THANKS})(?:\s+(?:{_AROUND}|{_THANKS}))*")
_TO_SOMEBODY = re.compile(r"(?<=\w),? [A-ZÀ-Þ][\w'’-]+[\s.!]*$")
"""A name at the end: thanks Ida."""
_SIGNS = ("👍", "🙏", "❤", "🎉", "👏", "💯")
_NOT_WORDS = re.compile(r"[^\w]+|_")


def is_only_thanks(rest: str) -> bool:
    """Whether a text, without the names in it, says nothing but thanks."""
    if len(rest) > 100 or "?" in rest:
        return False
    words = _plain(rest)
    if not words:
        return any(sign in rest for sign in _SIGNS)
    return any(_ONLY_THANKS.fullmatch(each) for each in (words, _plain(_TO_SOMEBODY.sub("", rest))))


def _plain(text: str) -> str:
    return " ".join(_NOT_WORDS.sub(" ", text.casefold()).split())


def says_nothing(rest: str) -> bool:
    """Whether a text, without the names in it, asks nothing: no letter and no digit is left."""
    return not _NOT_WORDS.sub("", rest.replace("’s", "").replace("'s", "")) and not any(sign in rest for sign in _SIGNS)


CANNOT_READ = "I could not read what you sent."


def welcome(agent: Agent) -> Message:
    """What an agent answers to thanks: a sign on them where one can be set, else a word."""
    return Message("You are welcome.", speaker=agent.speaker, reaction="heart")


def introduction(agent: Agent) -> str:
    """What an agent says who was called without a question."""
    return f"{agent.description}\n\nWhat is your question?"


def too_long_to_read(text: str) -> str:
    """What an agent says to a text that it does not read."""
    return (
        f"That is {len(text):,} characters; I read at most {LONG:,} at a time. Yours is kept as it is. "
        "Send the part that matters, and say what you want done with it."
    )
