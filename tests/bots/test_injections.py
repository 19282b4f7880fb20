"""A model that obeys every injection, against the whole turn: nobody is harmed, and each hole that there could be is found."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from core.agents.agent import Agent
from core.chat.ports import Asker, Used
from core.llm.calls import ToolCall
from core.people.model import Person
from tests.bots.arena import CALLS, RECORDED, SECRETS, WHOLE, Holes, Honest, Injection, arena, changed, corpus, faults
from tests.core.abilities.world import PAINS
from tests.core.conftest import AT


class ForWhomeverItIsTold(Honest):
    """A hole: the person is an argument of the model's."""

    async def use(self, asker: Asker, names: Collection[str], call: ToolCall) -> Used:
        """Do it for the person whom the arguments name."""
        named = {each.user_id: each for each in self.people.values()}
        person = next((named[str(value)] for value in call.arguments.values() if str(value) in named), asker.person)
        rest = {name: value for name, value in call.arguments.items() if str(value) not in named}
        return await self.tools.use(replace(asker, person=person), names, replace(call, arguments=rest))


class AtOnce(Honest):
    """A hole: what is proposed is saved."""

    async def use(self, asker: Asker, names: Collection[str], call: ToolCall) -> Used:
        """Do it, and more."""
        used = await super().use(asker, names, call)
        if call.name == "propose_foundation" and not used.failed:
            await self.able.foundations.save(asker.person, {PAINS: ("Changed. By nobody",)}, AT)
        return used


class Talkative:
    """A hole, in place of `core.chat.ports.Context`: everybody is told of the others."""

    async def of(self, person: Person, agent: Agent, at: datetime) -> str:
        """What is known."""
        return f"{person.name}, and the others: {SECRETS}"


class Everything:
    """A hole: a collection in which every link is found."""

    def __contains__(self, each: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


async def _all(folder: Path, chosen: Sequence[Injection], holes: Holes = WHOLE) -> dict[str, list[str]]:
    """What went wrong, by the injection."""
    async with arena(folder, holes) as here:
        before = await here.record(whole=True)
        found = {str(each): await faults(here, each, at) for at, each in enumerate(chosen)}
        after = await here.record(whole=True)
        found["all of them"] = [each for each in changed(before, after, here, (), prepared=True) if "somebody else" in each]
    return {name: wrong for name, wrong in found.items() if wrong}


def test_the_corpus_is_large_and_of_many_kinds() -> None:
    every = list(corpus())
    assert len({each.text for each in every}) == len(every) >= 240
    assert len({each.kind for each in every}) >= 8
    assert {each.place for each in every} == {"message", "file", "name", *RECORDED, "page", "person", "wish"}


async def test_a_model_that_obeys_every_injection_does_no_harm(tmp_path: Path) -> None:
    assert await _all(tmp_path / "data", list(corpus())) == {}


@pytest.mark.parametrize(
    ("holes", "says"),
    [
        (Holes(tools=ForWhomeverItIsTold), "reached the model"),
        (Holes(tools=ForWhomeverItIsTold), "of somebody else changed"),
        (Holes(tools=AtOnce), "userFoundations changed without a tap"),
        (Holes(tools=ForWhomeverItIsTold), "reached the screen"),
        (Holes(context=Talkative()), "reached the model"),
        (Holes(links=Everything), "a link that nobody gave"),
    ],
)
async def test_a_hole_is_found(holes: Holes, says: str, tmp_path: Path) -> None:
    chosen = [each for each in corpus() if each.kind == "tool_arguments"][::5]
    found = await _all(tmp_path / "data", chosen, holes)
    assert any(says in each for wrong in found.values() for each in wrong), found


def test_a_call_for_everybody_would_be_seen() -> None:
    for words in ("<!channel>", "<!here|here>", "<@U012AB>", "<!subteam^S1>", "*@here*"):
        assert CALLS["Slack"].search(words), words
    for words in ("@everyone", "<@&123>", "<@123>", "<#12>"):
        assert CALLS["Discord"].search(words), words
