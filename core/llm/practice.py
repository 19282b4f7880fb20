"""The practice model: it answers where no key is set, from the course's own text, and says so first."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable, Iterable
from dataclasses import dataclass

from core.llm.asides import BACK, HOME, PERSON, WHERE_NOW, aside, plain
from core.llm.excerpt import excerpt
from core.llm.for_coaches import FOR_COACHES, coaches, for_coach
from core.llm.model import Brief, Chunk, Finish, Words
from core.llm.ports import Own, OwnCell, OwnRun, Passage, Passages, Pointed
from core.llm.spoken_to import said_to_us
from core.people.model import Person
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
_TRY = "Try the words that the course uses, such as hook, gift or customer."
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
    "If it was meant for your Foundation: the interview keeps answers while it goes on, and a command about anything else ends "
    "it. /foundation interview takes it up again. What has become of something that you said you would do goes to /commitments."
)
_INTERVIEW = ("Interview me", "foundation interview")
_PROMPTS = ("The prompts", "run")
_SAID_SO = ("What I said I would do", "commitments")
_SHOWN_FIRST = ("commit", "cohort write", "cohort announce")
"""Commands whose form is opened with the words that go with them: they keep or send at once what is given to them."""

_SIGNS = re.compile(r"[\\`*_\[\]<>#~|]")
"""What Markdown would take for its own, in words that are told as they stand."""
_FOUNDATION = ("My Foundation", "foundation show")
_RUNS, _ADD = ("My runs", "runs"), ("Add an asset", "assets add")
_KEEPING = {command for _, command in (_RUNS, _ADD)}
"""What is pointed to where somebody says to keep what a run gave them (`core.help.wishes`)."""
_YOURS_ALONE = "What you wrote into your Foundation is not shown where others read along: /foundation shows it to you alone."

NO_EYES = "can see pictures: say in words what is in yours."


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is said, and the commands that it names, by what their buttons say, the likeliest first; `does` stands before them."""

    pieces: tuple[str, ...]
    ways: tuple[tuple[str, str], ...] = ()
    does: tuple[Button, ...] = ()

    @property
    def buttons(self) -> tuple[Button, ...]:
        """As many as fit a phone, each command once."""
        by_line = {line: label for label, line in reversed(self.ways)}
        lines = dict.fromkeys(line for _, line in self.ways)
        return (*self.does, *(Button(by_line[line], _call(line)) for line in lines))[:BUTTONS_AT_MOST]


class Practice:
    """Implements `core.llm.model.Model` without any model."""

    name = "practice"
    practice = True

    def __init__(self, passages: Passages, pointed: Callable[[str], Pointed], own: Own | None = None) -> None:
        """`pointed` names the commands that a question may have meant, each with what it does; `own` knows of those who ask."""
        self._passages = passages
        self._pointed = pointed
        self._own = own or Own()

    async def answer(self, brief: Brief) -> AsyncGenerator[Chunk, None]:
        """The best passages for a question, or the complete prompt of a run, then `Finish`."""
        sees = any(turn.images for turn in brief.turns)
        answer = _run(brief.question) if brief.kind == "run" else await self._ask(brief, sees=sees)
        for number, piece in enumerate(answer.pieces):
            yield Words(f"\n\n{piece}" if number else piece)
        yield Finish("end_turn", offers=answer.buttons)

    async def check(self) -> str:
        """What answers, in words."""
        return "practice model: no ANTHROPIC_API_KEY, so questions are answered from the course's own text"

    async def _ask(self, brief: Brief, *, sees: bool) -> _Answer:
        if sees and not brief.question.strip():
            return _Answer((f"{FIRST_LINE}, and without Claude nobody here {NO_EYES} {WAY_OUT}",))
        answer = await self._kept(brief.question, brief.payer.person, shared=brief.shared)
        answer = answer or await self._found(brief.question, brief.payer.person, shared=brief.shared)
        return _Answer((*answer.pieces, f"Without Claude, nobody here {NO_EYES}"), answer.ways) if sees else answer

    async def _kept(self, question: str, person: Person, *, shared: bool) -> _Answer | None:
        """What they wrote themselves, where that is what they ask for."""
        cell = await self._own.cells.asked_for(question, person) if self._own.cells else None
        if cell is None:
            return None
        first = f"{FIRST_LINE}. {WAY_OUT}"
        return _Answer((first, _YOURS_ALONE), (_FOUNDATION,)) if shared else _own(cell, first)

    async def _found(self, question: str, person: Person, *, shared: bool) -> _Answer:
        pointed, coaching = self._pointed(question), coaches(person)
        if pointed.alone and pointed.commands.keys() == _KEEPING and self._own.runs and not shared:
            run = await self._own.runs.last(person)
            if run is not None:
                return _to_keep(run)
        said = aside(question) or said_to_us(question, led=pointed.alone)
        if coaching and not pointed.alone:
            said = for_coach(question, said)
        if said in (WHERE_NOW, BACK) and self._own.places and not (coaching or shared):
            ahead = await self._own.places.ahead(person)
            return _Answer((f"{FIRST_LINE}. {WAY_OUT}", ahead.text, said.told(coaching=coaching)), (HOME,), ahead.ways)
        if said:
            return _Answer((f"{FIRST_LINE}. {WAY_OUT}", said.told(coaching=coaching)), said.offered(coaching=coaching))
        meant = [f"/{name}: {summary}" for name, summary in pointed.commands.items()]
        commands = ["\n".join((_IF_ALONE if pointed.alone else _IF, "", *(f"- {each}" for each in meant)))] if meant else []
        ways = tuple((_label(summary), name) for name, summary in pointed.commands.items())
        if not commands and _WRITE.match(plain(question)):
            return await self._not_written(question)
        if not commands and pointed.told:
            return _not_asked(coaching=coaching, shared=shared)
        found = () if pointed.alone or pointed.told else await self._passages.search(question, PASSAGES_AT_MOST)
        if found:
            shown = [_shown(each, question) for each in found]
            first = f"{FIRST_LINE}: it is what the course's own text says. {WAY_OUT}"
            return _Answer((first, *commands, *shown), (*ways, *_opening(found)))
        if commands:
            return _Answer((f"{FIRST_LINE}, and cannot do it for you. {WAY_OUT}", *commands), ways)
        return _nothing_fits(coaching=coaching)

    async def _not_written(self, question: str) -> _Answer:
        """What is said to whoever wants something written: the prompts for it, and no lesson that shares a word with it."""
        found = await self._passages.search(question, PROMPTS_AMONG)
        prompts = [each for each in found if each.command.startswith("/run ")][:PASSAGES_AT_MOST]
        first = f"{FIRST_LINE}, and cannot write for you. {WAY_OUT}"
        return _Answer((first, _NOT_WRITTEN, *(_shown(each, question) for each in prompts)), (*_opening(prompts), _PROMPTS))


def _own(cell: OwnCell, first: str) -> _Answer:
    """A cell as it stands; an empty one is an answer too, and an example is not what was asked for."""
    edit = f"foundation edit {cell.title}"
    if not cell.text.strip():
        told = f"**{cell.title}** is still empty: nothing of yours stands there yet. /{edit} fills it."
        return _Answer((first, told), (("Fill it", edit), _INTERVIEW))
    escaped = _SIGNS.sub(r"\\\g<0>", cell.text)
    quoted = "\n".join(f"> {line}" for line in escaped.splitlines())
    where = f"*Your Foundation, {cell.grid}. Change it with /{edit}*"
    return _Answer((first, f"**{cell.title}**, as it stands:\n\n{quoted}\n\n{where}"), (("Change it", edit), _FOUNDATION))


def _to_keep(run: OwnRun) -> _Answer:
    """The very button of the run: what came of it is where they took the prompt."""
    told = f"Your last run is **{run.title}**. Press the button, paste what your assistant wrote, and it is saved as a draft."
    return _Answer((f"{FIRST_LINE}, and cannot do it for you. {WAY_OUT}", told), (_RUNS, _ADD), (run.save,))


def _not_asked(*, coaching: bool, shared: bool) -> _Answer:
    """What is said to words that ask for nothing: whom they may have been for is more than can be told from them."""
    first = f"{FIRST_LINE}, and cannot talk it over with you. {WAY_OUT}"
    if coaching:
        return _Answer((first, f"{_ASK} {FOR_COACHES.text}"), FOR_COACHES.ways)
    where = f"{_ASK} {WHERE_NOW.told(coaching=False)}"
    if shared:  # the interview is held in direct messages
        return _Answer((first, where), WHERE_NOW.ways)
    return _Answer((first, _FOR_A_CELL, where), (_INTERVIEW, _SAID_SO, PERSON))


def _nothing_fits(*, coaching: bool) -> _Answer:
    first = f"{FIRST_LINE}, and nothing in the course's own text fits that. {WAY_OUT}"
    if coaching:
        return _Answer((first, f"{_TRY} {FOR_COACHES.text}"), FOR_COACHES.ways)
    where = "/module lists the modules, /run the prompts, and /foundation shows what belongs in each cell."
    return _Answer(
        (first, f"{_TRY} {where} /person reaches somebody who coaches."), (("The modules", "module"), _PROMPTS, PERSON)
    )


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
    shown = next((each for each in _SHOWN_FIRST if line.startswith(f"{each} ")), None)
    if shown:
        return Call(shown, words=line.removeprefix(f"{shown} "), form=True)
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
