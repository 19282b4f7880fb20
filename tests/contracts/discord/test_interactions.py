"""What the app is told when people use commands, buttons, menus and forms; and what Discord's client lets nobody do."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import discord
import pytest

from tests.contracts.discord.bare import COMMANDS, Bare, Json, running
from tests.servers.discord import DiscordServer, Impossible, Person
from tests.servers.discord.things import Channel, Kind


@pytest.fixture
async def bare(server: DiscordServer) -> AsyncGenerator[Bare]:
    one = Bare(server)
    async with running(server, one):
        assert one.application_id is not None
        await one.http.bulk_upsert_global_commands(one.application_id, COMMANDS)
        yield one


def _told(server: DiscordServer) -> Json:
    """The newest interaction as the gateway told it."""
    return [data for each in server.gateway.begun for name, data in each.sent if name == "INTERACTION_CREATE"][-1]


def _options(came: discord.Interaction) -> Any:
    return dict(came.data or {})["options"]


async def test_a_command_comes_with_its_options_of_their_own_types(
    server: DiscordServer, maria: Person, room: Channel, bare: Bare
) -> None:
    ben, file = server.person("Ben"), maria.attaches("a.txt", b"hello")
    await maria.commands("/say", room, words="2", times="3", tone="Very cold", loud=True, file=file, to=ben.id)
    assert [(each["name"], each["type"], each["value"]) for each in _options(bare.asked[0])] == [
        ("words", 3, "2"),
        ("times", 4, 3),
        ("tone", 3, "c"),
        ("loud", 5, True),
        ("file", 11, file),
        ("to", 6, ben.id),
    ]
    resolved = _told(server)["data"]["resolved"]
    assert resolved["attachments"][file]["filename"] == "a.txt"
    assert resolved["users"][ben.id]["global_name"] == "Ben"
    assert "user" not in resolved["members"][ben.id]
    maria.sees("'times': 3")
    assert maria.troubles == []


async def test_a_command_says_where_it_was_used_and_for_whom_the_app_is_there(
    server: DiscordServer, maria: Person, room: Channel, bare: Bare
) -> None:
    await maria.commands("/say hi", room)
    in_guild = _told(server)
    assert in_guild["context"] == 0
    assert in_guild["authorizing_integration_owners"] == {"0": server.guild.id}
    assert (in_guild["guild"]["id"], in_guild["channel"]["id"]) == (server.guild.id, room.id)
    assert in_guild["member"]["user"]["id"] == maria.id
    assert "user" not in in_guild
    assert (in_guild["locale"], in_guild["attachment_size_limit"]) == ("en-GB", 10 * 2**20)
    assert int(in_guild["app_permissions"]) & 1 << 11
    await maria.commands("/say hi")
    direct = _told(server)
    assert (direct["context"], direct["authorizing_integration_owners"]) == (1, {"0": "0"})
    assert direct["user"]["id"] == maria.id
    assert not {"guild", "guild_id", "member"} & set(direct)
    assert bare.asked[1].context.dm_channel
    assert [each.user.id for each in bare.asked] == [int(maria.id)] * 2


async def test_who_has_the_app_for_themselves_uses_it_where_the_bot_is_not(
    server: DiscordServer, maria: Person, bare: Bare
) -> None:
    foreign = server.world.guild("Foreign", joined=False)
    hall = next(each for each in server.world.channels.values() if each.guild == foreign.id)
    between = server.world.place(Channel(server.world.id(), Kind.DIRECT, "", members={maria.id: 0.0, server.world.bot.id: 0.0}))
    foreign.members[maria.id] = []
    with pytest.raises(Impossible, match="there is no command /say here"):
        await maria.commands("/say hi", hall)
    maria.installs()
    await maria.commands("/say hi", hall)
    assert _told(server)["authorizing_integration_owners"] == {"1": maria.id}
    assert bare.asked[-1].is_user_integration()
    await maria.commands("/say hi", between)
    assert bare.asked[-1].context.private_channel
    with pytest.raises(Impossible, match="there is no command /mute here"):
        await maria.commands("/mute", between)


async def test_a_subcommand_is_typed_in_one_line_and_suggests(maria: Person, room: Channel, bare: Bare) -> None:
    assert await maria.autocompletes("/kpi log", "metric", "t", room) == ["Time to market"]
    asked = _options(bare.asked[0])[0]
    assert (asked["name"], asked["type"]) == ("log", 1)
    assert asked["options"] == [{"type": 3, "name": "metric", "value": "t", "focused": True}]
    await maria.commands("/kpi log conversion 2.1", room)
    assert [each.type for each in bare.asked] == [discord.InteractionType.autocomplete] * 2 + [
        discord.InteractionType.application_command
    ]
    assert _options(bare.asked[-1])[0]["options"] == [
        {"type": 3, "name": "metric", "value": "conversion"},
        {"type": 10, "name": "value", "value": 2.1},
    ]
    await maria.commands("/kpi log value: 4 metric: something else", room)
    maria.sees("Logged something else: 4.0")
    assert maria.last.ephemeral


@pytest.mark.parametrize(
    ("line", "given", "why"),
    [
        ("/unknown", {}, "no command /unknown"),
        ("/say", {}, r"\['words'\] is required"),
        ("/say", {"words": "hi", "tone": "Lukewarm"}, "'Lukewarm' is none of"),
        ("/say", {"words": "hi", "times": "two"}, "'two' is no integer"),
        ("/say", {"words": "hi", "times": "2.5"}, "'2.5' is no integer"),
        ("/say", {"words": "hi", "times": 10}, "10 is not within 1 and 9"),
        ("/say", {"words": "x" * 21}, "it takes 0 to 20 characters"),
        ("/say", {"words": "hi", "volume": 3}, "no option 'volume'"),
        ("/say", {"words": "hi", "loud": "very"}, "neither True nor False"),
        ("/kpi", {}, r"goes on with one of \['log'\]"),
        ("/kpi log conversion much", {}, "'much' is no number"),
        ("/think harder", {}, "nothing takes 'harder'"),
        ("/say hi 2 Warm True", {"file": "", "to": "", "words": ""}, r"\['words'\] is required"),
    ],
)
async def test_the_client_lets_nobody_send_what_the_command_does_not_take(
    server: DiscordServer, maria: Person, bare: Bare, line: str, given: dict[str, Any], why: str
) -> None:
    with pytest.raises(Impossible, match=why):
        await maria.commands(line, **given)
    assert [each for each in bare.asked if each.type is discord.InteractionType.application_command] == []
    assert server.refusals == []


async def test_a_command_on_a_message_brings_the_message_with_its_words(maria: Person, room: Channel, bare: Bare) -> None:
    said = maria.says("keep this", room)
    await maria.message_command("Keep", said)
    maria.sees("Kept: keep this")
    assert dict(bare.asked[0].data or {})["target_id"] == said.id
    with pytest.raises(Impossible, match="only you see"):
        await maria.message_command("Keep", maria.last)
    with pytest.raises(Impossible, match="no 'Burn'"):
        await maria.message_command("Burn", said)


async def test_a_button_and_a_menu_come_with_the_message_that_they_stand_in(
    server: DiscordServer, maria: Person, room: Channel, bare: Bare
) -> None:
    await maria.commands("/card", room)
    maria.sees("# Shall we?", "[Yes]", "[Read on]", "[A colour ▾]")
    card = maria.last
    await maria.chooses("A colour", "Blue")
    pressed = _told(server)
    assert (pressed["type"], pressed["data"]["component_type"], pressed["data"]["values"]) == (3, 3, ["b"])
    assert pressed["message"]["components"][0]["components"][0]["content"] == "# Shall we?"
    maria.sees("['b'] it is")
    await maria.presses("Yes", on=card)
    assert _told(server)["data"]["custom_id"] == "yes"
    assert bare.asked[-1].message is not None
    assert bare.asked[-1].message.id == int(card.id)
    assert (maria.messages(room)[0].text, maria.messages(room)[0].edited) == ("Gladly", True)
    with pytest.raises(Impossible, match="nothing called 'Yes'"):
        await maria.presses("Yes")


@pytest.mark.usefixtures("bare")
async def test_what_is_disabled_leads_out_or_is_not_there_cannot_be_pressed(maria: Person, room: Channel) -> None:
    await maria.commands("/card", room)
    with pytest.raises(Impossible, match="disabled"):
        await maria.presses("Later")
    with pytest.raises(Impossible, match=r"link to https://example\.org/"):
        await maria.presses("Read on")
    with pytest.raises(Impossible, match=r"at hand: \['Yes', "):
        await maria.presses("No")
    with pytest.raises(Impossible, match="1 to 1 of them"):
        await maria.chooses("A colour", ["Red", "Blue"])
    with pytest.raises(Impossible, match="'Green'"):
        await maria.chooses("A colour", "Green")


async def test_a_form_is_sent_as_labels_with_what_stands_in_them(
    server: DiscordServer, maria: Person, room: Channel, bare: Bare
) -> None:
    await maria.commands("/card", room)
    await maria.presses("Form")
    assert maria.modal is not None
    assert (maria.modal.title, maria.modal.field("Name").description) == ("A form", "As on your door")
    filled: dict[str, str | bool] = {"Name": "Maria", "Story": "Two\nlines", "City": "London", "Way": "On foot", "Sure": False}
    assert await maria.submits(filled) == {}
    sent = _told(server)
    assert sent["type"] == 5
    assert sent["message"]["id"] == maria.messages(room)[0].id
    inner = [each["component"] for each in sent["data"]["components"]]
    assert [each["type"] for each in sent["data"]["components"]] == [18] * 5
    assert [(each["type"], each.get("value", each.get("values"))) for each in inner] == [
        (4, "Maria"),
        (4, "Two\nlines"),
        (3, ["l"]),
        (21, "f"),
        (23, False),
    ]
    await server.settled()
    maria.sees("Thank you: ['Maria', 'Two\\nlines', ['l'], 'f', False]")
    assert maria.modal is None
    assert bare.asked[-1].type is discord.InteractionType.modal_submit
