"""How the bot is let in, and what whoever set the token up is told at the start."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discord
import pytest
from structlog.testing import capture_logs

from bots.discord.invite import intents_of, invite, missing, permissions
from bots.discord.proof import proved
from bots.settings import Settings
from core.errors import Trouble
from tests.bots.stand_ins import DISCORD, DISCORD_APP_ID, Manners, servers


def test_the_link_asks_for_just_what_is_needed() -> None:
    asked = parse_qs(urlsplit(invite(7)).query)
    assert asked == {"client_id": ["7"], "scope": ["bot applications.commands"], "permissions": [str(permissions().value)]}
    refused = discord.Permissions(administrator=True, manage_guild=True, manage_roles=True, manage_messages=True)
    assert not permissions().value & refused.value


def test_what_is_missing_has_the_names_of_discords_settings() -> None:
    assert missing(permissions().value) == ()
    assert missing(discord.Permissions(administrator=True).value) == ()
    lacking = discord.Permissions(send_messages_in_threads=True, read_messages=True, external_emojis=True)
    assert missing(permissions().value & ~lacking.value) == ("View Channels", "Send Messages in Threads", "Use External Emoji")


def test_the_content_of_messages_is_asked_for_only_where_it_is_given() -> None:
    with_content = discord.ApplicationFlags(gateway_message_content_limited=True)
    assert intents_of(with_content).message_content
    assert intents_of(discord.ApplicationFlags(gateway_message_content=True)).message_content
    without = intents_of(discord.ApplicationFlags(gateway_presence=True))
    assert without == discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


def settings_of(folder: Path, url: str, token: str = DISCORD) -> Settings:
    values = {"ELEVATE_DATA_DIR": folder, "DISCORD_BOT_TOKEN": token, "DISCORD_API_URL": url}
    return Settings.model_validate(values)


async def test_whoever_begins_is_told_how_the_bot_is_let_in_and_what_it_cannot_read(tmp_path: Path) -> None:
    said: list[str] = []
    async with servers(Manners()) as url:
        await proved(settings_of(tmp_path, url), said.append)
    assert [invite(DISCORD_APP_ID) in each for each in said] == [True]
    said.clear()
    async with servers(Manners(flags=0)) as url:
        await proved(settings_of(tmp_path, url), said.append)
    assert "the Message Content Intent is off" in said[1]


async def test_a_token_that_discord_does_not_know_is_told_with_what_to_do(tmp_path: Path) -> None:
    async with servers(Manners()) as url:
        with pytest.raises(Trouble, match=r"^DISCORD_BOT_TOKEN: Discord does not know this token. Reset it"):
            await proved(settings_of(tmp_path, url, "wrong"), print)


async def test_a_discord_that_is_away_or_silent_is_no_reason_not_to_begin(tmp_path: Path) -> None:
    with capture_logs() as logged:
        await proved(settings_of(tmp_path, "http://127.0.0.1:1/api/v10"), print)
        async with servers(Manners(garbage="<html>bad gateway</html>", status=502)) as url:
            await proved(settings_of(tmp_path, url), print)
        async with servers(Manners(silent=True)) as url:
            await proved(settings_of(tmp_path, url), print, seconds=0.05)
    assert [each["event"] for each in logged] == ["discord not reached"] * 3
    assert "Check the connection" in logged[0]["why"]
    assert "Check the connection" in logged[2]["why"]
