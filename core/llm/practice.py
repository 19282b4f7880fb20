"""The practice model: it answers where no key is set, from the course's own text, and says so first."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable

from core.llm.asides import WHERE_NOW, aside
from core.llm.excerpt import excerpt
from core.llm.model import Brief, Chunk, Finish, Words
from core.llm.ports import Passage, Passages, Pointed

PASSAGES_AT_MOST = 3
PASSAGE_AT_MOST = 320
"""Characters of one passage: about a third of a phone's screen."""

FIRST_LINE = "No key for Claude is set, so this is not Claude"
WAY_OUT = "*(Whoever runs this bot turns Claude on with ANTHROPIC_API_KEY.)*"

_IF, _IF_ALONE = "If you meant a command:", "This is for it:"
_ASK = "Ask me about the course, such as “What is a hook?”, and I look it up."

NO_EYES = "can see pictures: say in words what is in yours."


class Practice:
    """Implements `core.llm.model.Model` without any model."""

    name = "practice"
    practice = True

    def __init__(self, passages: Passages, pointed: Callable[[str], Pointed]) -> None:
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
        if said := aside(question):
            return [f"{FIRST_LINE}. {WAY_OUT}", said]
        pointed = self._pointed(question)
        meant = [f"/{name}: {summary}" for name, summary in pointed.commands.items()]
        commands = ["\n".join((_IF_ALONE if pointed.alone else _IF, "", *(f"- {each}" for each in meant)))] if meant else []
        if not commands and pointed.told:
            return [f"{FIRST_LINE}, and cannot talk it over with you. {WAY_OUT}", f"{_ASK} {WHERE_NOW}"]
        found = () if pointed.alone or pointed.told else await self._passages.search(question, PASSAGES_AT_MOST)
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
