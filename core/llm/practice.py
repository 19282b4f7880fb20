"""The practice model: it answers where no key is set, from the course's own text, and says so first."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable, Mapping

from core.llm.excerpt import excerpt
from core.llm.model import Brief, Chunk, Finish, Words
from core.llm.ports import Passage, Passages

PASSAGES_AT_MOST = 3
PASSAGE_AT_MOST = 320
"""Characters of one passage: about a third of a phone's screen."""

FIRST_LINE = "No key for Claude is set, so this is not Claude"
WAY_OUT = "*(Whoever runs this bot turns Claude on with ANTHROPIC_API_KEY.)*"

WHERE_NOW = (
    "/home shows where you are and what comes next. /module opens the lessons, /foundation what is known of your shop, /run the "
    "prompts, and /kpi log takes your figures. /person reaches somebody who coaches."
)
_WHERE = re.compile(
    r"(?:hi|hello|hey|good (?:morning|afternoon|evening)|hallo|hola|bonjour)"
    r"(?: there| again| elevate| director| guide| everyone)*|"
    r"(?:(?:so|and|ok|okay|hi|hello|hey) )?(?:"
    r"what(?: is|'s|s)?(?: (?:comes|should i do|do i do|can i do|to do))?(?: now| next| first| here| today| this week)|"
    r"what(?: am i supposed to| do i have to| should i) do(?: now| next| first| here| today| this week)?|"
    r"where am i(?: now)?(?: in the course)?(?: and what (?:comes|is) next)?|where do i (?:start|begin)|how do i (?:start|begin)|"
    r"i(?:'m| am)(?: a bit| so)? (?:lost|stuck|confused|new here)|ok|okay|yes|no|sure|fine|got it|"
    r"what(?: can|do) you (?:and the others )?(?:do|do for me))"
)
BACK = (
    "Good to have you back. Nothing is lost, and nothing has run away: /home shows where you left off and what comes next, /plan "
    "where the course is this week. If the weeks no longer fit, a person helps: /person."
)
_BACK = re.compile(
    r"(?:(?:hi|hello|hey|sorry|so|and) )*(?:"
    r"i(?:'m| am)(?: just| now)? back(?: again| now| here)?|"
    r"i(?: was| have been|'ve been) (?:ill|sick|away|busy|on holiday|on leave)(?: for .{1,30}| last week| all week)?"
    r"(?: (?:and|but|so)(?: now)? i(?:'m| am)(?: now)? back(?: again| now| here)?)?"
    r"(?: (?:so |and )?what (?:did|have) i miss(?:ed)?)?|"
    r"what (?:did|have) i miss(?:ed)?(?: last week| this week| so far)?)"
)
REMIND = (
    "Without Claude nobody here can note a reminder from your words. /commit takes what you want to do and its day, such as "
    "/commit call the printer by tomorrow, and I ask you about it on that day. /nudges says when I write to you."
)
_REMIND = re.compile(r"(?:please |can you |could you |will you )*(?:remind me|set (?:me )?a reminder)\b.*")

NO_EYES = "can see pictures: say in words what is in yours."


class Practice:
    """Implements `core.llm.model.Model` without any model."""

    name = "practice"
    practice = True

    def __init__(self, passages: Passages, pointed: Callable[[str], Mapping[str, str]]) -> None:
        """`pointed` names the commands that a question may have meant, each with what it does."""
        self._passages = passages
        self._pointed = pointed

    async def answer(self, brief: Brief) -> AsyncGenerator[Chunk, None]:
        """The best passages for a question, or the complete prompt of a run, then `Finish`."""
        sees = any(turn.images for turn in brief.turns)
        pieces = _run(brief.question) if brief.kind == "run" else await self._ask(brief.question, sees=sees)
        for number, piece in enumerate(pieces):
            yield Words(f"\n\n{piece}" if number else piece)
        yield Finish("end_turn")

    async def check(self) -> str:
        """What answers, in words."""
        return "practice model: no ANTHROPIC_API_KEY, so questions are answered from the course's own text"

    async def _ask(self, question: str, *, sees: bool) -> list[str]:
        if sees and not question.strip():
            return [f"{FIRST_LINE}, and without Claude nobody here {NO_EYES} {WAY_OUT}"]
        pieces = await self._found(question)
        return [*pieces, f"Without Claude, nobody here {NO_EYES}"] if sees else pieces

    async def _found(self, question: str) -> list[str]:
        if _WHERE.fullmatch(_plain(question)):
            return [f"{FIRST_LINE}. {WAY_OUT}", WHERE_NOW]
        if _BACK.fullmatch(_plain(question)):
            return [f"{FIRST_LINE}. {WAY_OUT}", BACK]
        if _REMIND.fullmatch(_plain(question)):
            return [f"{FIRST_LINE}. {WAY_OUT}", REMIND]
        pointed = self._pointed(question)
        meant = [f"/{name}: {summary}" for name, summary in pointed.items()]
        commands = ["\n".join(("If you meant a command:", "", *(f"- {each}" for each in meant)))] if meant else []
        called = any(_plain(name) == _plain(question) for name in pointed)  # nothing else was asked
        found = () if called else await self._passages.search(question, PASSAGES_AT_MOST)
        if found:
            shown = [_shown(each, question) for each in found]
            return [f"{FIRST_LINE}: it is what the course's own text says. {WAY_OUT}", *commands, *shown]
        if commands:
            return [f"{FIRST_LINE}, and cannot do it for you. {WAY_OUT}", *commands]
        return [
            f"{FIRST_LINE}, and nothing in the course's own text fits your question. {WAY_OUT}",
            "Try the words that the course uses, such as hook, gift or customer. /module lists the modules, "
            "/run the prompts, and /foundation shows what belongs in each cell.",
        ]


def _plain(question: str) -> str:
    """The question in small letters, without the signs around its words."""
    return " ".join(re.sub(r"[^\w' ]+", " ", question.casefold().replace("’", "'")).split())


def _shown(passage: Passage, question: str) -> str:
    text = excerpt(passage.text, question, PASSAGE_AT_MOST)
    where = f"{passage.place}. Open it with {passage.command}" if passage.command else passage.place
    return f"**{passage.title}.** {text}\n\n*{where}*"


def _run(prompt: str) -> list[str]:
    longest = max((len(run) for run in re.findall(r"`{3,}", prompt)), default=2)
    fence = "`" * (longest + 1)
    return [
        f"{FIRST_LINE}: it is the complete prompt, filled from your Foundation. Paste it into any assistant. {WAY_OUT}",
        f"{fence}text\n{prompt}\n{fence}",
        "When an answer comes back that you want to keep, bring it home with /assets add.",
    ]
