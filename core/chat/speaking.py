"""An agent's answer as it comes: words, calls of tools, what came of these, and on, until it is whole."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from core.agents.agent import Agent
from core.chat.plan import Relay
from core.chat.ports import Asker, Tools, Used
from core.chat.prompt import found
from core.chat.sources import listed, not_searched
from core.errors import ModelBrokeOff, ModelWithoutWeb, Trouble
from core.links import Allowed, Links, cleaned
from core.llm.calls import Round, ToolCall, ToolResult
from core.llm.model import Brief, Cited, Counted, Finish, Model, Words, Working
from core.llm.web import web_tools
from core.plans import State, Step
from core.ui import Began, Buttons, Card, Ended, Grew, Message, Update

ROUNDS_AT_MOST = 8
"""Times in one answer that a model may call tools, several at once if it likes."""
CALL_SECONDS = 20.0
LAST_ROUND = "That was the last time that you could use tools for this answer. Answer now with what you have."
GARBLED = "The arguments did not come whole, so nothing was done. Call it again, or answer without it."
TOO_SLOW = "That took too long, and nothing came of it. Answer without it, and say so."
WITHOUT_WORDS = "Here is what I suggest."
"""What an agent says that only proposes something."""


class NoEndFound(Trouble):
    """I kept looking things up and came to no end. What came is kept; ask for less at once."""


@dataclass(slots=True)
class Spoken:
    """What has come of an answer so far.

    `shared`: others read along. `apart`: from here on it is for the asker alone, since it is made of what is theirs; `openly` is
    how much of the text everybody saw before that. `note`: what the asker is to be told of their budget. `model`: the one that
    answers, where it has said so. `said`: how it ended what it last said. `sources`: the pages that it cited. `web`: those may be
    looked for, as far as is known.
    """

    shared: bool
    text: str = ""
    openly: int = 0
    apart: bool = False
    note: str = ""
    model: str = ""
    said: Finish | None = None
    sources: list[Cited] = field(default_factory=list)
    web: bool = True
    cards: list[Card] = field(default_factory=list)
    used: dict[str, None] = field(default_factory=dict)

    @property
    def rest(self) -> str:
        """The text of the message that is still to be ended."""
        return self.text[self.openly :].lstrip("\n") if self.openly else self.text

    def go_apart(self) -> None:
        """What follows is for the asker alone."""
        self.apart, self.openly = True, len(self.text)


class Speaking:
    """Has a model answer, and does for the asker what it asks to have done."""

    def __init__(self, model: Model, tools: Tools) -> None:
        self._model = model
        self._tools = tools

    async def updates(self, brief: Brief, agent: Agent, asker: Asker, spoken: Spoken) -> AsyncGenerator[Update, None]:
        """The answer to the brief, collected in `spoken` too. Closing it early stops whatever is under way.

        Raises:
            ModelTrouble: the model cannot answer, or not to the end.
            NoEndFound: it called tools again after the last round.
        """
        brief = replace(brief, tools=(*self._tools.of(agent.tools, asker.relay.names), *web_tools(agent.tools)))
        while True:
            async with aclosing(self._heard(brief, spoken)) as updates:
                async for update in updates:
                    yield update
            said = spoken.said
            if said is None or not (said.calls or said.paused):
                break
            calls = said.calls
            if len(brief.rounds) == ROUNDS_AT_MOST:
                raise NoEndFound()
            if said.paused:
                brief = replace(brief, rounds=(*brief.rounds, Round(said.said, (), said.model)))
                continue
            for update in self._apart(agent, calls, spoken):
                yield update
            for step in self._steps(((call, "running") for call in calls), spoken):
                yield step
            used = await asyncio.gather(*(self._used(asker, agent, call, brief.links) for call in calls))
            for step in self._steps(zip(calls, map(_state, used), strict=True), spoken):
                yield step
            spoken.used |= dict.fromkeys(call.name for call in calls)
            spoken.cards += [card for each in used for card in each.cards]
            brief = replace(
                brief, rounds=(*brief.rounds, _round(said, calls, used, last=len(brief.rounds) + 1 == ROUNDS_AT_MOST))
            )
        for words in (*self._last_words(spoken, asker.relay), *_sources(spoken)):
            spoken.text += words
            if not spoken.apart:
                yield Grew(words)

    async def _heard(self, brief: Brief, spoken: Spoken) -> AsyncGenerator[Update, None]:
        """What the model says in one go; where it may not search the web, without that, and the asker is told."""
        while True:
            tools = brief.tools if spoken.web else tuple(each for each in brief.tools if each not in brief.served)
            try:
                async with aclosing(self._said(replace(brief, tools=tools), spoken)) as updates:
                    async for update in updates:
                        yield update
            except ModelWithoutWeb as trouble:
                if not spoken.web:
                    raise
                spoken.web = False
                spoken.cards.append(not_searched(trouble))
            else:
                return

    async def _said(self, brief: Brief, spoken: Spoken) -> AsyncGenerator[Update, None]:
        """To its end, or until it wants something done (`spoken.said`); links that nobody gave it come as plain words."""
        spoken.said, links, before = None, Links(brief.links), len(spoken.text)
        try:
            async with aclosing(self._model.answer(brief)) as chunks:
                async for chunk in chunks:
                    match chunk:
                        case Words(text):
                            for words in _grown(spoken, links.fed(text), before):
                                yield words
                        case Working(key, title, state):
                            if not spoken.apart:
                                yield Step(key, title, state)
                        case Cited(url):
                            spoken.sources.append(chunk)
                            brief.links.learn(url)
                        case Counted():
                            spoken.model = chunk.model
                        case Finish():
                            spoken.said, spoken.note = chunk, chunk.note or spoken.note
                            spoken.cards += [Card(body=(Buttons(chunk.offers),))] if chunk.offers else []
        except Trouble:
            for words in _grown(spoken, links.rest(), before):
                yield words
            raise
        for words in _grown(spoken, links.rest(), before):
            yield words

    def _apart(self, agent: Agent, calls: Sequence[ToolCall], spoken: Spoken) -> Sequence[Update]:
        """Where others read along, what is made of the asker's own records is for them alone: what was said openly ends here."""
        if not spoken.shared or spoken.apart or not any(self._tools.is_personal(call.name) for call in calls):
            return ()
        spoken.go_apart()
        if not spoken.text.strip():
            return ()
        return Ended(Message(spoken.text, speaker=agent.speaker)), Began(agent.speaker)

    async def _used(self, asker: Asker, agent: Agent, call: ToolCall, links: Allowed) -> Used:
        """What comes of the call. What it would save or show is cleaned of links too; those of the asker's own records count."""
        if call.garbled:
            return Used(GARBLED, failed=True)
        try:
            async with asyncio.timeout(CALL_SECONDS):
                used = await self._tools.use(asker, agent.tools, replace(call, arguments=cleaned(call.arguments, links)))
        except TimeoutError:
            return Used(TOO_SLOW, failed=True)
        if not used.failed and self._tools.is_personal(call.name):
            links.learn(used.text, without=json.dumps(call.arguments))
        return used

    def _steps(self, calls: Iterable[tuple[ToolCall, State]], spoken: Spoken) -> Iterator[Step]:
        """How the calls stand, as far as that is shown."""
        for call, state in () if spoken.apart else calls:
            if title := self._tools.title(call.name):
                yield Step(call.id, title, state)

    def _last_words(self, spoken: Spoken, relay: Relay) -> tuple[str, ...]:
        """What stands for words where none came.

        Raises:
            ModelBrokeOff: nothing came at all.
        """
        if spoken.text.strip():
            return ()
        if relay.named:
            return (f"Over to {' and '.join(relay.named)}.",)
        if not spoken.cards:
            raise ModelBrokeOff("Claude had nothing to say to this. Try putting it another way.")
        return (WITHOUT_WORDS,)


def _grown(spoken: Spoken, words: str, before: int) -> tuple[Grew, ...]:
    """The answer goes on with these words, apart from what it said before it used tools: so many characters."""
    if not words:
        return ()
    if len(spoken.text) == before and spoken.text.strip():
        words = f"\n\n{words}"
    spoken.text += words
    return () if spoken.apart else (Grew(words),)


def _state(used: Used) -> State:
    return "failed" if used.failed else "done"


def _sources(spoken: Spoken) -> tuple[str, ...]:
    """The pages that were cited, below the words."""
    pages = listed(spoken.sources, spoken.text)
    return (f"\n\n{pages}",) if pages else ()


def _round(said: Finish, calls: Sequence[ToolCall], used: Sequence[Used], *, last: bool) -> Round:
    texts = [found(call.name, each.text) for call, each in zip(calls, used, strict=True)]
    if last:
        texts[-1] = f"{texts[-1]}\n\n{LAST_ROUND}"
    results = (ToolResult(call.id, text, each.failed) for call, each, text in zip(calls, used, texts, strict=True))
    return Round(said.said, tuple(results), said.model)
