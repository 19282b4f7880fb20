"""A cohort meets in a channel: who is there or comes is taken in on Slack, on Discord one press is enough."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.request import Actor, Platform
from tests.servers.slack import Channel, Person
from tests.stories.cohort import becomes_coach
from tests.stories.discord import DiscordStudent, Server
from tests.stories.slack import Office, SlackStudent

SEVERAL_PAGES = 405
"""People in a channel: three pages of 200, of its members and of everybody."""


class Community:
    """Cora coaches; the others are in no cohort yet."""

    def __init__(self, office: Office, cora: Person) -> None:
        self.office = office
        self.server = office.server
        self.cora = cora

    def person(self, name: str) -> Person:
        return self.server.person(name)

    async def asks(self, person: Person, command: str, words: str, channel: Channel | None = None) -> str:
        """What somebody is answered to a command."""
        await person.commands(command, words, channel)
        await self.office.settled()
        return person.last.text.replace("**", "").replace("*", "")

    async def finds(self, person: Person, command: str, words: str, wanted: str) -> str:
        """The same, asked until it has the wanted words: what nobody waits for is done by a worker."""
        for _ in range(50):
            said = await self.asks(person, command, words)
            if wanted in said:
                return said
        raise AssertionError(f"“{wanted}” is not in:\n{said}")

    async def told(self, words: str) -> str:
        """What Cora is told by direct message, with these words in it."""
        await self.office.settled(lambda: any(words in each.text for each in self.cora.answers))
        return next(each.text for each in self.cora.answers if words in each.text)


@pytest.fixture
async def community(office: Office, tmp_path: Path) -> Community:
    cora = office.server.person("Cora")
    await office.closes()
    await becomes_coach(tmp_path, Actor(Platform.SLACK, office.server.team.id, cora.id, "Cora"))
    await office.opens()
    return Community(office, cora)


async def test_those_in_the_channel_are_taken_in_and_whoever_comes_later(community: Community) -> None:
    server, cora = community.server, community.cora
    nora, ola, petra, early, ana = (community.person(name) for name in ("Nora", "Ola", "Petra", "Early", "Ana"))
    room, other = server.channel("spring", cora, nora, ola, ana), server.channel("lounge", cora)
    room.members.add(server.world.user(server.team, "Another program", bot_id="B0OTHER").id)
    early.joins(room)
    early.joins(other)
    await community.office.settled()
    assert "belong to no cohort" in await community.asks(early, "/cohort", "show"), "nobody had said where it meets"
    await community.asks(nora, "/cohort", "show")
    await community.asks(cora, "/cohort", "new Autumn")
    await community.asks(cora, "/cohort", "place Ana Autumn")  # she has not written, so nobody is called so
    await community.asks(ana, "/cohort", "show")
    assert "Ana belongs to Autumn" in await community.asks(cora, "/cohort", "place Ana Autumn")
    await community.asks(cora, "/cohort", "new Spring")
    said = await community.asks(cora, "/cohort", "here", room)
    assert "3 joined" in said
    assert "1 of them has not written to me yet" in said
    assert "1 was in Autumn already and stays there" in said
    server.deliveries.copies = 1
    petra.joins(room)
    ana.joins(other)
    await community.office.settled()
    assert ola.answers == petra.answers == [], "nobody is written to who has not written first"
    waiting = await community.finds(cora, "/cohort", "expected", "Petra")
    for words in ("2 people.", "Ola: in the channel since", "the code"):
        assert words in waiting
    assert "Nora" not in waiting
    assert "Not seen yet (2)" in await community.asks(cora, "/cohort", "members")
    assert "2 are expected, and have not written to me yet" in await community.asks(cora, "/cohort", "show")
    for each in (nora, early, ola, petra):
        assert "Spring" in await community.asks(each, "/cohort", "show"), each.user.name
    assert "Autumn" in await community.asks(ana, "/cohort", "show")
    assert "4 were in it already" in await community.asks(cora, "/cohort", "here", room)


async def test_a_large_channel_is_taken_in_page_by_page_however_often_slack_asks_for_a_pause(community: Community) -> None:
    server, cora = community.server, community.cora
    people = [server.person(f"Person {number}") for number in range(SEVERAL_PAGES)]
    room = server.channel("spring", cora, *people)
    await community.asks(cora, "/cohort", "new Spring")
    community.office.refuses.add("ratelimited")
    server.fail("conversations.members", status=429, retry_after=0, when=lambda args: bool(args.get("cursor")))
    server.fail("users.list", status=429, retry_after=0, times=2)
    said = await community.asks(cora, "/cohort", "here", room)
    assert "407 people are in it" in said
    told = await community.told("Done: everybody in the channel was looked at")
    assert "405 joined" in told
    assert [len(server.called(each)) for each in ("conversations.members", "users.list")] == [3, 3]
    assert not any(each.answers for each in people)
    assert "Spring" in await community.asks(people[-1], "/cohort", "show")


async def test_what_slack_will_not_say_is_told_with_what_to_do(community: Community) -> None:
    server, cora = community.server, community.cora
    await community.asks(cora, "/cohort", "new Spring")
    outside = server.channel("outside", cora, bot=False)
    assert "/invite @Elevate" in await community.asks(cora, "/cohort", "here", outside)
    room = server.channel("spring", cora)
    community.office.refuses.add("missing_scope")
    server.world.grant(server.team, "chat:write users:read commands im:write dnd:read")
    server.fail("conversations.info", error="missing_scope channels:read")
    assert "lacks the scope channels:read" in await community.asks(cora, "/cohort", "here", room)


async def test_guests_of_another_workspace_and_events_of_one_take_in_nobody(community: Community) -> None:
    server, cora = community.server, community.cora
    partners = server.another_team("Partners")
    guest, stranger = server.person("Guest", team=partners), server.person("Stranger", team=partners)
    room = server.channel("spring", cora)
    await community.asks(cora, "/cohort", "new Spring")
    room.members.add(guest.id)
    assert "Nobody is new" in await community.asks(cora, "/cohort", "here", room)
    stranger.joins(room)
    theirs = server.world.channel(partners, "spring", members={stranger.id, partners.bot_user})
    stranger.joins(theirs)
    await community.office.settled()
    assert guest.answers == stranger.answers == []
    assert "Nobody is expected just now" in await community.asks(cora, "/cohort", "expected")


async def test_a_list_of_addresses_is_enough_in_slack_and_each_row_is_told_of(community: Community) -> None:
    server, cora = community.server, community.cora
    dan = server.person("Dan Daly")
    await community.asks(cora, "/cohort", "new Spring")
    assert "Email or Account" in await community.asks(cora, "/cohort", "import")
    community.office.refuses |= {"users_not_found", "missing_scope"}
    file = {"students.csv": b"Name,E-mail\n,dan.daly@example.com\nOle,ole@example.com\n"}
    cora.uploads("", file)
    said = await community.told("1 new, 0 known, 1 row with a problem")
    assert "Nobody here has the address ole@example.com" in said
    await cora.presses("Keep the others")
    await community.told("Done. 1 expected")
    assert dan.answers == []
    assert "Spring" in await community.asks(dan, "/cohort", "show")
    server.fail("users.lookupByEmail", error="missing_scope users:read.email")
    cora.uploads("", file)
    assert "lacks the scope users:read.email" in await community.told("0 new, 0 known, 2 rows with problems")


async def test_cohorts_are_begun_archived_and_taken_back_and_people_change_by_code_and_by_hand(community: Community) -> None:
    cora, nora = community.cora, community.person("Nora")
    room = community.server.channel("autumn", cora, nora)
    asks = community.asks
    await asks(nora, "/cohort", "show")
    await asks(cora, "/cohort", "new Spring")
    shown = await asks(cora, "/cohort", "show")
    [code] = re.findall(r"[0-9a-z]{4}-[0-9a-z]{4}", shown)
    assert "You belong to Spring now" in await asks(nora, "/cohort", f"join {code}")
    assert "That is for coaches" in await asks(nora, "/cohort", "archive Spring")
    student = SlackStudent(community.office, nora)
    await student.types("/nudges")
    await student.presses("Weekdays at 9")
    assert "Spring is archived" in await asks(cora, "/cohort", "archive Spring")
    assert "No cohort here has that code" in await asks(nora, "/cohort", f"join {code}")
    assert "This cohort is over" in await asks(nora, "/cohort", "show")
    await student.types("/nudges")
    student.sees("Nothing but what you ask me for: your cohort is over")
    await asks(cora, "/cohort", "new Autumn")
    assert "1 joined" in await asks(cora, "/cohort", "here", room)
    assert "Autumn" in await asks(nora, "/cohort", "show"), "what is over holds nobody back"
    coach = SlackStudent(community.office, cora)
    await coach.types("/cohort list")
    coach.sees("Spring", "archived", "Autumn")
    await coach.presses("Spring")
    coach.sees("Spring goes on")
    assert "Nora belongs to Spring now" in await asks(cora, "/cohort", "place Nora “Spring”")
    assert "1 was in Spring already" in await asks(cora, "/cohort", "here", room)
    await coach.types("/cohort list")
    await coach.presses("Spring")
    coach.sees("You look after Spring now", "those of Autumn no more", "Back to Autumn")
    assert "Autumn meets in this channel already" in await asks(cora, "/cohort", "here", room)


async def test_in_discord_one_press_on_a_card_in_the_channel_is_enough(guild: Server, tmp_path: Path) -> None:
    cora, maria = (guild.server.person(name) for name in ("Cora", "Maria"))
    room = guild.server.channel("cohort-7")
    await guild.closes()
    await becomes_coach(tmp_path, Actor(Platform.DISCORD, str(guild.server.guild.id), str(cora.id), "Cora"))
    await guild.opens()
    coach, student = DiscordStudent(guild, cora), DiscordStudent(guild, maria)
    await coach.types("/cohort new Spring")
    await cora.commands("cohort here", room)
    await guild.settled()
    assert "I am not told who can see it" in cora.last.text
    await cora.presses("Post a way in")
    await guild.settled(lambda: any("I take part" in each.text for each in maria.messages(channel=room)))
    [card] = [each for each in maria.messages(channel=room) if "I take part" in each.text]
    await maria.presses("I take part", on=card)
    await guild.settled()
    assert "You belong to Spring now" in maria.last.text
    await student.types("/cohort show")
    student.sees("Spring", "The course plan")
