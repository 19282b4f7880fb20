"""The surfaces that are open: what is sent goes to the right one, and people are who their platform says they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bots.surfaces import Acquainted, Surface, Surfaces
from core.errors import ModelUnreachable, Trouble
from core.outbox import Undeliverable
from core.request import Actor, Address, Entered, File, Platform, Request, Suggesting
from core.ui import Answer, Message
from tests.bots.doors import HERE, MARIA, NOON, Says, Wall, opened, said

ELSEWHERE = Address(Platform.SLACK, "T1", "C1")
HOUR = timedelta(hours=1)
LETTER = File("letter.txt", "text/plain", source="F1", size=5)


class Hall:
    """Sees who comes in."""

    def __init__(self) -> None:
        self.seen: list[Entered] = []

    async def entered(self, event: Entered) -> None:
        self.seen.append(event)


async def with_zone(actor: Actor) -> Actor:
    return replace(actor, name="Maria Silva", timezone="Europe/Lisbon")


async def with_content(address: Address, file: File) -> File:
    return replace(file, content=f"{file.source} at {address.channel}".encode())


async def hello(request: Request) -> Answer:
    return Message(f"Hello, {request.actor.name}.")


async def test_a_message_goes_to_the_surface_of_its_place_and_to_no_other() -> None:
    surfaces, here, there = Surfaces(), Wall(), Wall()
    with surfaces.opened(Surface(Platform.TERMINAL, here)), surfaces.opened(Surface(Platform.SLACK, there)):
        await surfaces.post(HERE, Message("here"), "k1")
        await surfaces.post(ELSEWHERE, Message("there"), "k2")
        assert await surfaces.find(ELSEWHERE, "k2") == "at 1"
        assert await surfaces.find(HERE, "k2") is None
    assert (here.places, there.places) == ([HERE], [ELSEWHERE])


async def test_a_surface_that_is_not_open_takes_nothing() -> None:
    surfaces = Surfaces()
    with surfaces.opened(Surface(Platform.TERMINAL, Wall())), pytest.raises(Undeliverable, match="Slack is not open"):
        await surfaces.post(ELSEWHERE, Message("there"))
    with pytest.raises(Undeliverable, match="Terminal is not open"):
        await surfaces.find(HERE, "k")


async def test_whoever_knocks_is_who_their_platform_says() -> None:
    surfaces, door = Surfaces(), Says(hello)
    acquainted = Acquainted(door, surfaces, Hall())
    with surfaces.opened(Surface(Platform.TERMINAL, Wall(), acquaint=with_zone)):
        assert await acquainted.handle(said()) == Message("Hello, Maria Silva.")
        suggesting = Suggesting(id="ev2", actor=MARIA, address=HERE, at=NOON, command="note", field="a", typed="")
        assert await acquainted.suggest(suggesting) == ()
        assert await acquainted.openers(opened()) == ()
    assert await acquainted.handle(said()) == Message("Hello, Maria.")
    assert [each.actor.timezone for each in door.asked] == ["Europe/Lisbon", None]
    assert acquainted.catalog is door.catalog


async def test_a_platform_that_cannot_say_who_knocks_is_in_trouble() -> None:
    async def cannot(actor: Actor) -> Actor:
        raise ModelUnreachable()

    surfaces, door = Surfaces(), Says(hello)
    with surfaces.opened(Surface(Platform.TERMINAL, Wall(), acquaint=cannot)), pytest.raises(Trouble):
        await Acquainted(door, surfaces, Hall()).handle(said())
    assert not door.asked


async def test_whoever_comes_into_a_channel_does_not_come_to_the_door() -> None:
    surfaces, door, hall = Surfaces(), Says(hello), Hall()
    entered = Entered(id="ev3", actor=MARIA, address=HERE, at=NOON, direct=False)
    with surfaces.opened(Surface(Platform.TERMINAL, Wall(), acquaint=with_zone)):
        assert await Acquainted(door, surfaces, hall).handle(entered) is None
    assert (door.asked, hall.seen) == ([], [entered])


async def test_the_content_of_a_file_is_got_from_its_platform() -> None:
    surfaces = Surfaces()
    with surfaces.opened(Surface(Platform.SLACK, Wall(), fetch=with_content)):
        assert (await surfaces.fetch(ELSEWHERE, LETTER)).content == b"F1 at C1"
        sent = File("a.txt", "text/plain", b"x")
        assert await surfaces.fetch(ELSEWHERE, sent) is sent


async def test_the_platform_alone_says_who_is_not_to_be_disturbed() -> None:
    async def resting(to: Address, at: datetime) -> datetime | None:
        return at + HOUR if to == ELSEWHERE else None

    surfaces = Surfaces()
    with surfaces.opened(Surface(Platform.SLACK, Wall(), undisturbed_until=resting)):
        with surfaces.opened(Surface(Platform.TERMINAL, Wall())):
            assert await surfaces.undisturbed_until(HERE, NOON) is None
        assert await surfaces.undisturbed_until(ELSEWHERE, NOON) == NOON + HOUR
    assert await surfaces.undisturbed_until(ELSEWHERE, NOON) is None
