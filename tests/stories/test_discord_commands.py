"""Slash commands, what they suggest, and forms: in a guild, between the two, and brought along into a guild without the bot."""

from __future__ import annotations

import pytest

from tests.servers.claude import ClaudeServer, Says
from tests.servers.discord.acts import come_in
from tests.servers.discord.person import Person
from tests.servers.discord.things import Channel
from tests.stories.discord import Server, open_form

CONVERT = "Convert: from lead to first order"
SHARE = "Share with everyone here"


@pytest.fixture
def maria(guild: Server) -> Person:
    return guild.server.person("Maria")


async def adds_an_asset(guild: Server, maria: Person, room: Channel) -> None:
    await maria.commands("/assets add", room, step="Hook", asset_type="Headline", content="Fuzzy jar? It was the lid.")
    await guild.settled()
    assert "Kept as a draft." in maria.last.text


@pytest.mark.parametrize("there", ["guild", "direct", "brought along"])
async def test_commands_suggest_what_fits_wherever_they_are_used(guild: Server, maria: Person, there: str) -> None:
    room = guild.server.channel("cohort-7") if there == "guild" else maria.direct
    if there == "brought along":
        maria.installs()
        elsewhere = guild.server.world.guild("Elsewhere", joined=False)
        come_in(guild.server.world, elsewhere, maria.user)
        room = guild.server.channel("lobby", guild=elsewhere)
    await adds_an_asset(guild, maria, room)
    assert any(each.startswith("H1") for each in await maria.autocompletes("/run", "code", "pain head", room))
    assert any("Hook" in each for each in await maria.autocompletes("/module show", "module", "ho", room))
    assert any("Fuzzy jar?" in each for each in await maria.autocompletes("/assets show", "asset", "jar", room))
    await maria.commands("/assets list", room, status="Draft")
    await guild.settled()
    assert "Fuzzy jar? It was the lid." in maria.last.text
    assert (maria.last.place, maria.last.ephemeral) == (room.id, there != "direct")
    assert maria.troubles == []


async def test_a_form_of_several_pages_is_sent_as_one(guild: Server, maria: Person) -> None:
    await maria.commands("/kpi log")
    await guild.settled()
    await maria.submits({"Which part of the funnel?": CONVERT})
    await guild.settled()
    left = {"Assisted orders (%)": "12", "Cost per new customer (GBP)": "31"}
    for number in (1, 2):
        await on(guild, maria)
        form = open_form(maria)
        assert form.title.endswith(f"{number} of 2")
        there = {each.label for each in form.fields}
        await maria.submits({name: left.pop(name) for name in sorted(left.keys() & there)})
        await guild.settled()
    assert left == {}
    assert "12%" in maria.last.text
    assert "£31" in maria.last.text


async def on(guild: Server, maria: Person) -> None:
    """Press what leads to the next page of a form, where it is not open yet."""
    if maria.modal is None:
        await maria.presses(next(each for each in maria.last.buttons if each.startswith(("Go on", "Fill it in", "Fix it"))))
        await guild.settled()


async def test_what_was_sent_with_a_page_is_kept_when_the_next_is_left(guild: Server, maria: Person) -> None:
    for _ in range(2):
        await maria.commands("/kpi log")
        await guild.settled()
        await maria.submits({"Which part of the funnel?": CONVERT})
        await guild.settled()
        await on(guild, maria)
        kept = open_form(maria).field("Assisted orders (%)").value
        await maria.submits({"Assisted orders (%)": "12"})
        await guild.settled()
        assert any(each.startswith("Go on") for each in maria.last.buttons)
    assert kept == "12"


async def test_what_is_wrong_is_said_and_fixed_with_everything_typed_still_there_after_a_restart(
    guild: Server, maria: Person
) -> None:
    room = guild.server.channel("cohort-7")
    await maria.commands("/me edit", room)
    await guild.settled()
    await maria.submits({"Your name": "Maria Ortiz", "Your time zone": "Atlantis"})
    await guild.settled()
    assert "I do not know that place. Name your country or the nearest big city" in maria.last.text
    assert maria.last.ephemeral
    await guild.closes()
    await guild.opens()
    await maria.presses("Fix it")
    await guild.settled()
    assert open_form(maria).field("Your name").value == "Maria Ortiz"
    await maria.submits({"Your time zone": "Europe/Lisbon"})
    await guild.settled()
    assert "Thank you, Maria Ortiz" in maria.last.text
    assert maria.troubles == []


async def test_buttons_menus_and_open_forms_still_work_after_a_restart(guild: Server, maria: Person) -> None:
    await maria.commands("/module list")
    await guild.settled()
    old = maria.last
    await maria.commands("/me edit")
    await guild.settled()
    await guild.closes()
    await guild.opens()
    await maria.submits({"Your name": "Maria Ortiz", "Your time zone": "Europe/London"})
    await guild.settled()
    assert "Maria Ortiz" in maria.last.text
    await maria.chooses(old.menus[0], "Gift", on=old)
    await guild.settled()
    assert "Module 2, Gift" in maria.last.text
    guild.server.clock.advance(3 * 7 * 24 * 3600)
    await maria.presses("Start Gift")
    await guild.settled()
    assert "In progress" in maria.last.text
    assert maria.troubles == []


async def test_home_is_a_page_of_its_own(guild: Server, maria: Person) -> None:
    await maria.commands("/home", guild.server.channel("cohort-7"))
    await guild.settled()
    assert maria.last.ephemeral
    assert ", Maria" in maria.last.text
    assert "Interview me" in maria.last.buttons
    await maria.presses("Interview me")
    await guild.settled(lambda: any("Company: What we sell" in each.text for each in maria.answers))


async def test_what_is_brought_along_into_a_guild_without_the_bot_is_answered_and_shared_there(
    guild: Server, maria: Person, claude: ClaudeServer
) -> None:
    claude.usual = Says(("It says nothing of the lid.",))
    guild.refuses = {10007}  # whether she is a member of one of our guilds is asked, and she is not
    maria.installs()
    elsewhere = guild.server.world.guild("Elsewhere", joined=False)
    come_in(guild.server.world, elsewhere, maria.user)
    nora = guild.server.person("Nora", guild=elsewhere)
    lobby = guild.server.channel("lobby", guild=elsewhere)
    await maria.commands("/module show 1", lobby)
    await guild.settled()
    assert maria.last.ephemeral
    await maria.presses(SHARE)
    await guild.settled()
    assert "Module 1, Hook" in nora.last.text
    written = nora.says("My first batch went fuzzy", channel=lobby)
    await maria.message_command("Ask an agent about this", on=written)
    await guild.settled()
    await maria.submits({"Agent": "Teacher"})
    await guild.settled()
    assert "It says nothing of the lid." in maria.last.text
    assert maria.troubles == []
