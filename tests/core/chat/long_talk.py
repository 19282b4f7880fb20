"""One student's long talk with two agents, over the wire: what was asked of Claude, and what its cache would have given."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from core.agents.own import OwnAgents
from core.chat.context import StudentContext
from core.chat.memory import Remembering
from core.chat.model import ParticipantMessage
from core.chat.service import Chat
from core.llm.claude import Claude
from core.people.model import Person
from core.people.service import People
from core.request import Address, Said
from persistence.conversations import ConversationsRecord
from persistence.documents import Database
from persistence.jobs import JobRecord
from persistence.own_agents import OwnAgentsRecord
from persistence.people import PeopleRecord
from scheduler.worker import Worker
from tests.core.abilities.world import CELLS, COURSE, PAINS, Hands, hands
from tests.core.chat.world import ROSTER, Shelf, listen
from tests.core.conftest import ADDRESS, AT, actor
from tests.servers.caching import PromptCache, Read
from tests.servers.claude import ClaudeServer, Reply, Says, calls

LARGE, SMALL = "claude-sonnet-5-5", "claude-haiku-5-5"
FORMER_LINES, FORMER_TALK = 40, 24_000
"""Of the layout that we had before: the newest 40 lines, at most 24,000 characters."""

FOUNDATION = {
    each.key: f"What Crock & Clover says of {each.title.lower()}: a kit with a spring press, for those who cook from scratch at "
    f"weekends and were let down by a fuzzy jar. {each.meaning}"
    for each in CELLS.in_order
    if each.kind == "text"
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One turn of the script: what is said, what Claude says to it, after how many minutes, and what has changed by then."""

    text: str
    replies: tuple[Reply, ...]
    minutes: float
    ticks: int | None = None
    pains: str = ""


@dataclass(slots=True)
class Figures:
    """What all requests of a talk read: as we send them, and as the layout of before would have sent them."""

    ours: Read = field(default_factory=Read)
    former: Read = field(default_factory=Read)
    requests: int = 0
    summaries: int = 0
    newest: list[Read] = field(default_factory=list)


@dataclass(slots=True)
class LongTalk:
    """The talk as it goes: a chat, its stand-in Claude, and the cache of the layout of before."""

    chat: Chat
    server: ClaudeServer
    store: ConversationsRecord
    context: StudentContext
    hands: Hands
    summing: Worker[Any]
    person: Person
    at: datetime = AT
    figures: Figures = field(default_factory=Figures)
    address: Address = ADDRESS
    said: int = 0
    _former_cache: PromptCache = field(init=False)

    def __post_init__(self) -> None:
        self._former_cache = PromptCache(lambda: self.at)

    async def play(self, script: Sequence[Asked]) -> Figures:
        """Every turn of it, in order; after each one the work that waits."""
        for each in script:
            await self.turn(each)
        return self.figures

    async def turn(self, asked: Asked) -> str:
        """One turn; returns what was answered."""
        self.at += timedelta(minutes=asked.minutes)
        if asked.ticks is not None:
            await self.hands.progress.tick(self.person, COURSE.modules()[0], asked.ticks, self.at)
        if asked.pains:
            await self.hands.foundations.save(self.person, {PAINS: (asked.pains,)}, self.at)
        self.server.replies.extend(asked.replies)
        before, seen = await self._lines(), len(self.server.requests)
        answer = await self.says(self.person, asked.text)
        for body, read in zip(self.server.requests[seen:], self.server.reads[seen:], strict=True):
            self.figures.newest.append(read)
            self._count(read)
            self.figures.former += self._former_cache.read(await self._former(body, before, asked.text))
        await self.sum_up()
        return answer

    async def says(self, person: Person, text: str, *, direct: bool = True, event: str = "") -> str:
        """Let the person say it; returns what was answered."""
        self.said += 1
        said = Said(
            id=event or f"ev{self.said}",
            actor=actor(person.name.casefold()),
            address=self.address,
            at=self.at,
            text=text,
            direct=direct,
            addressed=True,
        )
        return (await listen(await self.chat.hear(said, person))).text

    async def sum_up(self) -> None:
        """Do the work that waits, as a worker does."""
        seen = len(self.server.requests)
        await self.summing.once()
        for read in self.server.reads[seen:]:
            self.figures.summaries += 1
            self._count(read)

    def _count(self, read: Read) -> None:
        self.figures.ours += read
        self.figures.requests += 1

    async def _lines(self) -> list[ParticipantMessage]:
        talk = await self.store.conversation_at(self.person, self.address)
        said = await self.store.recent(self.person, talk.id, FORMER_LINES) if talk else ()
        return [each for each in said if isinstance(each, ParticipantMessage)]

    async def _former(self, body: dict[str, Any], before: Sequence[ParticipantMessage], question: str) -> dict[str, Any]:
        """The same request in the layout of before: date and place in the system, a window that slides line by line, turns of one
        side joined into one text, and one mark that the API sets by itself at the end.
        """
        agent = next(each for each in ROSTER.agents if each.instructions in body["system"][1]["text"])
        student = f"Today is {self.at:%A %d %B %Y}.\n\n{await self.context.of(self.person, agent, self.at)}"
        turns: list[tuple[str, str]] = []
        room = FORMER_TALK
        for each in reversed(before):
            room -= len(each.content)
            if room < 0:
                break
            own = each.agent_id == agent.id
            turns.append(("assistant", each.content) if own else ("user", f"<said>\n{each.content}\n</said>"))
        turns = [*turns[::-1], ("user", f"<said>\n{question}\n</said>")]
        while turns[0][0] == "assistant":
            turns.pop(0)
        messages: list[dict[str, Any]] = []
        for role, text in turns:
            if messages and messages[-1]["role"] == role:
                messages[-1]["content"][0]["text"] += f"\n\n{text}"
            else:
                messages.append({"role": role, "content": [{"type": "text", "text": text}]})
        asked = max(index for index, each in enumerate(body["messages"]) if "<now>" in str(each["content"]))
        rounds = [{**each, "content": [_unmarked(block) for block in each["content"]]} for each in body["messages"][asked + 1 :]]
        system = [*body["system"][:2], {"type": "text", "text": student}]
        mark = {"type": "ephemeral"}
        return {**body, "system": system, "messages": [*messages, *rounds], "cache_control": mark}


QUESTIONS = (
    "What is the weakest cell of my Foundation, and what would you ask a customer to fill it?",
    "Here is what three of them wrote to me, in their own words. Which of these pains comes up most, and is it the lid?",
    "I tried the line on the product page. Nobody wrote back yet; how long should I wait before I change it again?",
    "My neighbour says the press is too dear at 59. Is that an objection or a pain?",
    "Write me the next version, shorter, and say what you have left out.",
)
PARAGRAPH = (
    "Look at the words that your customers use, and not at those that you would like them to use. Two of the three speak of the "
    "lid, and none of them of taste; so the line begins with the lid. Leave the press for the second sentence, where it is the "
    "reason why. Put the line where the eye falls first, leave everything else as it is for a week, and note how many people "
    "go on to the page of the kit. "
)
"""What an agent says, several times over: about what a paragraph of Claude's takes."""


def script(turns: int = 30) -> list[Asked]:
    """A talk with Teacher and Writer: pauses of one to eight minutes and one of twenty, tools in every third turn, a tick
    in the tenth, and a cell that changes in the twentieth.
    """
    made = []
    for number in range(1, turns + 1):
        name = {1: "@Teacher ", 13: "@Writer ", 19: "@Teacher "}.get(number, "")
        words = Says((f"Answer {number}. ", PARAGRAPH * (2 + number % 3)))
        tool = calls("read_foundation", grid="customer") if number % 2 else calls("read_progress")
        made.append(
            Asked(
                f"{name}{QUESTIONS[number % len(QUESTIONS)]} ({number})",
                (tool, words) if number % 3 == 0 else (words,),
                minutes=20 if number == 16 else 1 + number * 5 % 8,
                ticks=1 if number == 10 else None,
                pains="The second batch went fuzzy as well" if number == 20 else "",
            )
        )
    return made


def _unmarked(block: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in block.items() if name != "cache_control"}


@asynccontextmanager
async def long_talk(database: Database, summary: Reply | None = None) -> AsyncGenerator[LongTalk]:
    """A student with a filled Foundation; `summary` is what the small model says of whatever is to be summed up."""
    people = People(PeopleRecord(database))
    person = await people.meet(actor(), AT)
    cache = PromptCache(lambda: talk.at)
    async with ClaudeServer(usual=summary, cache=cache) as server:
        large, small = Claude("key", LARGE, server.url), Claude("key", SMALL, server.url)
        able, store, jobs = hands(database, large), ConversationsRecord(database), JobRecord(database)
        context = StudentContext(able.foundations, able.progress, able.snapshots, able.runs, able.pending)
        remembering = Remembering(store, jobs, people, small)
        chat = Chat(
            roster=OwnAgents(ROSTER, OwnAgentsRecord(database)),
            store=store,
            model=large,
            small=small,
            context=context,
            attachments=Shelf(),
            tools=able.toolbox,
            remembering=remembering,
        )
        await able.foundations.save(person, FOUNDATION, AT)
        talk = LongTalk(
            chat, server, store, context, able, Worker(jobs, remembering.renew, owner="one", now=lambda: talk.at), person
        )
        try:
            yield talk
        finally:
            await large.close()
            await small.close()
