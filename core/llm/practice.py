"""The practice model: it answers where no key is set, from the course's own text, and says so first."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable, Iterable
from dataclasses import dataclass

from core.llm.asides import HOME, PERSON, WHERE_NOW, aside, plain
from core.llm.excerpt import excerpt
from core.llm.model import Brief, Chunk, Finish, Words
from core.llm.ports import Passage, Passages, Pointed
from core.llm.spoken_to import said_to_us
from core.ui import Button, Call

PASSAGES_AT_MOST = 3
PASSAGE_AT_MOST = 320
"""Characters of one passage: about a third of a phone's screen."""
BUTTONS_AT_MOST = 3
"""What stands below an answer to be pressed, the likeliest first."""
LABEL_AT_MOST = 40
"""Characters of a button's words: a phone shows about so many in a line."""
PROMPTS_AMONG = 12
"""Passages that are looked through for prompts that write what is wanted."""

FIRST_LINE = "No key for Claude is set, so this is not Claude"
WAY_OUT = "*(Whoever runs this bot turns Claude on with ANTHROPIC_API_KEY.)*"

_IF, _IF_ALONE = "If you meant a command:", "This is for it:"
_ASK = "Ask me about the course, such as “What is a hook?”, and I look it up."

_WRITE = re.compile(
    r"^(?:(?:please|hi|hello|can|could|would|will|you|i want you to|i need you to) )*"
    r"(?:write|draft|compose|create|generate|translate|design|rewrite|do|prepare|fill in) "
    r"(?:me|us|my|our|something|a|an|the|some|this|it|two|three|four|five|ten|\d+)\b"
)
_NOT_WRITTEN = (
    "/run lists the prompts of your step, which have such things written: each comes filled from your Foundation, to be pasted "
    "into any assistant."
)
_FOR_A_CELL = (
    "If it was meant for your Foundation: the interview keeps answers while it goes on, and any other command ends it. "
    "/foundation interview takes it up again."
)
_INTERVIEW = ("Interview me", "foundation interview")
_PROMPTS = ("The prompts", "run")

NO_EYES = "can see pictures: say in words what is in yours."


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is said, and the commands that it names, by what their buttons say, the likeliest first."""

    pieces: tuple[str, ...]
    ways: tuple[tuple[str, str], ...] = ()

    @property
    def buttons(self) -> tuple[Button, ...]:
        """As many as fit a phone, each command once."""
        by_line = {line: label for label, line in reversed(self.ways)}
        lines = list(dict.fromkeys(line for _, line in self.ways))[:BUTTONS_AT_MOST]
        return tuple(Button(by_line[line], _call(line)) for line in lines)


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
        answer = _run(brief.question) if brief.kind == "run" else await self._ask(brief.question, sees=sees)
        for number, piece in enumerate(answer.pieces):
            yield Words(f"\n\n{piece}" if number else piece)
        yield Finish("end_turn", offers=answer.buttons)

    async def check(self) -> str:
        """What answers, in words."""
        return "practice model: no ANTHROPIC_API_KEY, so questions are answered from the course's own text"

    async def _ask(self, question: str, *, sees: bool) -> _Answer:
        if sees and not question.strip():
            return _Answer((f"{FIRST_LINE}, and without Claude nobody here {NO_EYES} {WAY_OUT}",))
        answer = await self._found(question)
        return _Answer((*answer.pieces, f"Without Claude, nobody here {NO_EYES}"), answer.ways) if sees else answer

    async def _found(self, question: str) -> _Answer:
        pointed = self._pointed(question)
        said = aside(question) or said_to_us(question, led=pointed.alone)
        if said:
            return _Answer((f"{FIRST_LINE}. {WAY_OUT}", said.text), said.ways)
        meant = [f"/{name}: {summary}" for name, summary in pointed.commands.items()]
        commands = ["\n".join((_IF_ALONE if pointed.alone else _IF, "", *(f"- {each}" for each in meant)))] if meant else []
        ways = tuple((_label(summary), name) for name, summary in pointed.commands.items())
        if not commands and _WRITE.match(plain(question)):
            return await self._not_written(question)
        if not commands and pointed.told:
            pieces = (f"{FIRST_LINE}, and cannot talk it over with you. {WAY_OUT}", _FOR_A_CELL, f"{_ASK} {WHERE_NOW.text}")
            return _Answer(pieces, (_INTERVIEW, HOME, PERSON))
        found = () if pointed.alone or pointed.told else await self._passages.search(question, PASSAGES_AT_MOST)
        if found:
            shown = [_shown(each, question) for each in found]
            first = f"{FIRST_LINE}: it is what the course's own text says. {WAY_OUT}"
            return _Answer((first, *commands, *shown), (*ways, *_opening(found)))
        if commands:
            return _Answer((f"{FIRST_LINE}, and cannot do it for you. {WAY_OUT}", *commands), ways)
        return _Answer(
            (
                f"{FIRST_LINE}, and nothing in the course's own text fits your question. {WAY_OUT}",
                "Try the words that the course uses, such as hook, gift or customer. /module lists the modules, "
                "/run the prompts, and /foundation shows what belongs in each cell. /person reaches somebody who coaches.",
            ),
            (("The modules", "module"), _PROMPTS, ("Talk to a person", "person")),
        )

    async def _not_written(self, question: str) -> _Answer:
        """What is said to whoever wants something written: the prompts for it, and no lesson that shares a word with it."""
        found = await self._passages.search(question, PROMPTS_AMONG)
        prompts = [each for each in found if each.command.startswith("/run ")][:PASSAGES_AT_MOST]
        first = f"{FIRST_LINE}, and cannot write for you. {WAY_OUT}"
        return _Answer((first, _NOT_WRITTEN, *(_shown(each, question) for each in prompts)), (*_opening(prompts), _PROMPTS))


def _opening(found: Iterable[Passage]) -> tuple[tuple[str, str], ...]:
    """What opens the passages; a figure or a cell is told from others by its own name."""
    opens = ((each.title if each.command.startswith(("/kpi", "/foundation")) else each.place, each.command) for each in found)
    return tuple((label, command.removeprefix("/")) for label, command in opens if command)


def _label(summary: str) -> str:
    """A command's summary in as many words as a button shows."""
    short = summary.partition(":")[0]
    return short if len(short) <= LABEL_AT_MOST else short.partition(",")[0]


def _call(line: str) -> Call:
    """The command as it would be typed."""
    name, _, words = line.partition(" ")
    return Call(name, words=words)


def _shown(passage: Passage, question: str) -> str:
    text = excerpt(passage.text, question, PASSAGE_AT_MOST)
    where = f"{passage.place}. Open it with {passage.command}" if passage.command else passage.place
    return f"**{passage.title}.** {text}\n\n*{where}*"


def _run(prompt: str) -> _Answer:
    longest = max((len(run) for run in re.findall(r"`{3,}", prompt)), default=2)
    fence = "`" * (longest + 1)
    return _Answer(
        (
            f"{FIRST_LINE}: it is the complete prompt, filled from your Foundation. Paste it into any assistant. {WAY_OUT}",
            f"{fence}text\n{prompt}\n{fence}",
            "When an answer comes back that you want to keep, bring it home with /assets add.",
        )
    )
