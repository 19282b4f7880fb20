"""`elevate check`, against stand-ins for Slack and Discord."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from discord import Permissions

from bots import pings
from bots.backing import record, unreached
from bots.check import Result, State, check
from bots.discord.invite import permissions
from bots.discord.register import commands
from bots.features import FEATURES
from bots.misnamed import misnamed
from bots.settings import Settings, described
from bots.slack.manifest import SCOPES, manifest
from bots.web.health import healthz
from bots.web.server import serving
from core.catalog import Catalog
from core.errors import Trouble
from tests.bots.stand_ins import (
    ALL_PERMISSIONS,
    DISCORD,
    DISCORD_APP_ID,
    SLACK_APP,
    SLACK_APP_ID,
    SLACK_BOT,
    SLACK_CLIENT,
    SLACK_CONFIG,
    Manners,
    servers,
)
from tests.bots.test_main import Run, elevated

CATALOG = Catalog(command for feature in FEATURES for command in feature.COMMANDS)
NOBODY = "http://127.0.0.1:1"


def settings_with(folder: Path, **values: str) -> Settings:
    return Settings.model_validate({"ELEVATE_DATA_DIR": folder / "data", **values})


async def found(settings: Settings, seconds: float = 10) -> dict[str, Result]:
    return {each.name: each for each in await check(settings, seconds)}


@asynccontextmanager
async def asking(folder: Path, manners: Manners, **values: str) -> AsyncGenerator[dict[str, Result], None]:
    """What is found against the stand-ins, with the right tokens where none are given."""
    async with servers(manners) as url:
        usual = {
            "SLACK_BOT_TOKEN": SLACK_BOT,
            "SLACK_APP_TOKEN": SLACK_APP,
            "DISCORD_BOT_TOKEN": DISCORD,
            "SLACK_API_URL": url,
            "DISCORD_API_URL": url,
        }
        yield await found(settings_with(folder, **{**usual, **values}))


async def test_nothing_set_is_nothing_wrong(tmp_path: Path) -> None:
    results = await found(settings_with(tmp_path))
    off = [name for name, each in results.items() if each.state is State.OFF]
    assert off == ["Claude", "Budget", "Slack", "Discord", "Secrets"]
    assert "opens beside the terminal, for this machine alone" in results["Web"].words
    assert not any(each.failed for each in results.values())
    assert "SLACK_BOT_TOKEN" in results["Slack"].words


async def test_one_at_a_terminal_lives_while_it_holds_its_record_and_where_none_runs_that_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

    async def healthy() -> Run:
        return await asyncio.to_thread(elevated, tmp_path, "healthy", ELEVATE_WEB_PORT=port)

    told = await healthy()
    assert told.returncode == 1
    assert told.stderr.startswith(f"No Elevate listens at 127.0.0.1, port {port} ")
    async with record(settings_with(tmp_path)):
        told = await healthy()
        assert told.returncode == 0
        assert told.stdout.startswith("It runs at a terminal: it holds its record")
    assert (await healthy()).returncode == 1


async def test_right_tokens_are_ok_with_who_they_belong_to(tmp_path: Path) -> None:
    manners = Manners()
    async with asking(tmp_path, manners) as results:
        assert (results["Slack"].state, results["Slack"].words) == (State.OK, "elevate in Crock & Clover, the socket opens")
        assert results["Discord"].state is State.OK
        assert results["Discord"].words.startswith("elevate in Crock & Clover, ")
    asked = sorted(each for each in manners.asked if not each.startswith(("/applications/", "/users/@me/")))
    assert asked == ["/apps.connections.open", "/auth.test", "/users/@me"]


@pytest.mark.parametrize(
    ("name", "setting", "value"),
    [
        ("Slack", "SLACK_BOT_TOKEN", "xoxb-wrong"),
        ("Slack", "SLACK_APP_TOKEN", "xapp-wrong"),
        ("Discord", "DISCORD_BOT_TOKEN", "wrong"),
    ],
)
async def test_a_wrong_token_fails_with_its_setting_and_a_remedy(tmp_path: Path, name: str, setting: str, value: str) -> None:
    async with asking(tmp_path, Manners(), **{setting: value}) as results:
        assert results[name].failed
        assert results[name].words.startswith(f"{setting}: ")
        assert value not in results[name].words


async def test_nobody_there_fails_and_says_where(tmp_path: Path) -> None:
    async with asking(tmp_path, Manners(), SLACK_API_URL=NOBODY, DISCORD_API_URL=NOBODY) as results:
        for name in ("Slack", "Discord"):
            assert results[name].failed
            assert f"{name} cannot be reached at {NOBODY}" in results[name].words


@pytest.mark.parametrize("status", [200, 404, 502])
@pytest.mark.parametrize("garbage", ["<html>hello</html>", "", "[]", "{}", '"ok"', "null", "\x00"])
async def test_an_answer_of_something_else_fails_and_names_the_address(garbage: str, status: int) -> None:
    async with servers(Manners(garbage=garbage, status=status)) as url:
        for ping, token, setting in (
            (pings.slack_bot, SLACK_BOT, "SLACK_API_URL"),
            (pings.slack_app, SLACK_APP, "SLACK_API_URL"),
            (partial(pings.slack_client, "12.34"), "secret", "SLACK_API_URL"),
            (pings.discord, DISCORD, "DISCORD_API_URL"),
        ):
            with pytest.raises(Trouble, match=f"Check {setting}"):
                await ping(token, url)


async def test_a_silent_server_fails_in_time(tmp_path: Path) -> None:
    async with servers(Manners(silent=True)) as url:
        settings = settings_with(tmp_path, DISCORD_API_URL=url, DISCORD_BOT_TOKEN=DISCORD)
        assert "no answer within 0.2 seconds" in (await found(settings, 0.2))["Discord"].words


async def test_a_missing_list_of_scopes_is_no_trouble_but_a_missing_scope_is(tmp_path: Path) -> None:
    async with asking(tmp_path, Manners(scopes=None)) as results:
        assert results["Slack"].state is State.OK
    async with asking(tmp_path, Manners(scopes=", ".join(each for each in SCOPES if each != "chat:write"))) as results:
        assert "lacks the scope chat:write. Print the manifest with `elevate slack manifest`" in results["Slack"].words
    async with asking(tmp_path, Manners(scopes="commands")) as results:
        assert "lacks the scopes app_mentions:read, assistant:write" in results["Slack"].words


async def test_a_proxy_is_not_asked_for_loopback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, NOBODY)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    async with asking(tmp_path, Manners()) as results:
        assert results["Slack"].state is State.OK
        assert results["Discord"].state is State.OK


async def test_an_installed_app_is_compared_with_todays_manifest(tmp_path: Path) -> None:
    token = {"SLACK_CONFIG_TOKEN": SLACK_CONFIG}
    manners = Manners(manifest=manifest(CATALOG))
    async with asking(tmp_path, manners, **token) as results:
        assert (results["Slack"].state, results["Slack"].words.split(", ")[-1]) == (
            State.OK,
            "the installed manifest is this Elevate's",
        )
    assert manners.sent["/apps.manifest.export"] == {"app_id": SLACK_APP_ID}
    about = manners.manifest["display_information"]
    assert isinstance(about, dict)
    about["long_description"] = "Manifest 0123456789ab"
    async with asking(tmp_path, manners, **token) as results:
        assert results["Slack"].state is State.OK
        assert "older than this Elevate's: print the new one with `elevate slack manifest`" in results["Slack"].words
    manners.manifest = manifest(CATALOG) | {"settings": {"event_subscriptions": {"bot_events": ["app_mention"]}}}
    manners.scopes = "chat:write"
    async with asking(tmp_path, manners, **token) as results:
        assert results["Slack"].failed
        for lacked in ("the event message.im", "the setting interactivity", "this token lacks the scopes app_mentions:read"):
            assert lacked in results["Slack"].words


async def test_an_app_token_names_the_app_that_is_compared(tmp_path: Path) -> None:
    manners = Manners(manifest=manifest(CATALOG))
    values = {"SLACK_CONFIG_TOKEN": SLACK_CONFIG, "SLACK_APP_TOKEN": "xapp-1-A0OTHER01-12-abc"}
    async with asking(tmp_path, manners, **values) as results:
        assert "SLACK_APP_TOKEN" in results["Slack"].words
    assert manners.sent["/apps.manifest.export"] == {"app_id": "A0OTHER01"}


async def test_a_configuration_token_that_has_ended_fails_with_a_remedy(tmp_path: Path) -> None:
    async with asking(tmp_path, Manners(), SLACK_CONFIG_TOKEN="xoxe.xoxp-1-old") as results:
        assert results["Slack"].words.startswith("SLACK_CONFIG_TOKEN: ")


@pytest.mark.parametrize(
    ("client", "secret", "says"),
    [
        (*SLACK_CLIENT, "workspaces can add it, the socket opens"),
        ("99.9", "right-secret", "SLACK_CLIENT_ID: Slack does not know this client"),
        ("12.34", "wrong-secret", "SLACK_CLIENT_SECRET: it is not this client's"),
    ],
)
async def test_a_client_for_several_workspaces_is_tried_too(tmp_path: Path, client: str, secret: str, says: str) -> None:
    values = {"SLACK_CLIENT_ID": client, "SLACK_CLIENT_SECRET": secret, "ELEVATE_SECRET_KEY": "k" * 32}
    async with asking(tmp_path, Manners(), **values) as results:
        assert says in results["Slack"].words
        assert secret not in results["Slack"].words


async def test_discord_says_what_is_registered_and_what_can_be_read(tmp_path: Path) -> None:
    manners = Manners(flags=0)
    async with asking(tmp_path, manners) as results:
        assert "the commands change at the next start" in results["Discord"].words
        assert "the Message Content Intent is off" in results["Discord"].words
    manners.commands, manners.flags = [{**each, "id": "1", "version": "2"} for each in commands(CATALOG)], 1 << 19
    async with asking(tmp_path, manners) as results:
        assert results["Discord"].words == "elevate in Crock & Clover, the commands are up to date, it reads whole threads"


async def test_a_guild_that_gives_too_few_permissions_is_named_with_what_is_missing(tmp_path: Path) -> None:
    lacking = str(permissions().value & ~(Permissions(manage_webhooks=True, read_messages=True).value))
    guilds = [{"id": str(number), "name": f"Guild {number}", "permissions": lacking} for number in range(1, 8)]
    administered = {"id": "9", "name": "Guild 9", "permissions": str(Permissions(administrator=True).value)}
    async with asking(tmp_path, Manners(guilds=[*guilds, administered])) as results:
        assert results["Discord"].failed
        assert "In Guild 1 the bot lacks View Channels, Manage Webhooks. In" in results["Discord"].words
        assert "Guild 5" in results["Discord"].words
        assert "So it is in 2 more." in results["Discord"].words
        assert f"client_id={DISCORD_APP_ID}&" in results["Discord"].words


async def test_a_bot_in_no_guild_gets_its_link_and_one_in_many_a_count(tmp_path: Path) -> None:
    async with asking(tmp_path, Manners(guilds=[])) as results:
        assert "elevate in no guild yet: let it in with https://discord.com/oauth2/authorize" in results["Discord"].words
    many = [{"id": str(number), "name": "Guild", "permissions": ALL_PERMISSIONS} for number in range(1, 412)]
    async with asking(tmp_path, Manners(guilds=many)) as results:
        assert results["Discord"].words.startswith("elevate in 411 guilds, ")


async def test_half_of_the_slack_settings_are_not_enough(tmp_path: Path) -> None:
    assert "SLACK_APP_TOKEN" in (await found(settings_with(tmp_path, SLACK_BOT_TOKEN=SLACK_BOT)))["Slack"].words
    assert "SLACK_BOT_TOKEN" in (await found(settings_with(tmp_path, SLACK_APP_TOKEN=SLACK_APP)))["Slack"].words
    assert "SLACK_CLIENT_SECRET" in (await found(settings_with(tmp_path, SLACK_CLIENT_ID="12.34")))["Slack"].words


async def test_data_that_a_running_elevate_holds_is_fine(tmp_path: Path) -> None:
    settings = settings_with(tmp_path)
    async with record(settings):
        assert "running" in (await found(settings))["Database"].words


async def test_a_folder_that_cannot_be_written_fails_twice(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    settings = Settings.model_construct(**{**dict(settings_with(tmp_path / "other")), "data_dir": tmp_path / "data"})
    results = await found(settings)
    assert results["Data folder"].failed
    assert results["Database"].failed


async def test_no_mongodb_fails(tmp_path: Path) -> None:
    settings = settings_with(tmp_path, ELEVATE_MONGODB_URI="mongodb://ann:hunter2@127.0.0.1:1/")
    result = (await found(settings, 0.5))["Database"]
    assert result.failed
    assert "hunter2" not in result.words
    assert unreached(settings) == (
        "The MongoDB at 127.0.0.1:1 does not answer. Check that it runs, and that ELEVATE_MONGODB_URI names it."
    )
    assert unreached(settings_with(tmp_path)) is None


async def test_a_key_for_nobody_fails(tmp_path: Path) -> None:
    result = (await found(settings_with(tmp_path, ANTHROPIC_API_KEY="sk-ant-hunter2", ANTHROPIC_BASE_URL=NOBODY)))["Claude"]
    assert result.failed
    assert "hunter2" not in result.words


async def test_a_port_of_another_program_fails_and_that_of_elevate_itself_does_not(tmp_path: Path) -> None:
    async def web(port: int) -> Result:
        there = {"DISCORD_BOT_TOKEN": DISCORD, "DISCORD_API_URL": NOBODY, "ELEVATE_WEB_PORT": str(port)}
        return (await found(settings_with(tmp_path, **there)))["Web"]

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        told = await web(port)
        assert told.failed
        assert told.words.startswith(f"Something else uses port {port} of 127.0.0.1 already. Set ELEVATE_WEB_PORT")
    assert (await web(port)).words.startswith(f"127.0.0.1, port {port}; /metrics")
    assert (await web(0)).state is State.OK
    async with serving([healthz()], "127.0.0.1", port):
        told = await web(port)
    assert (told.state, "where an Elevate listens already" in told.words) == (State.OK, True)


def test_a_setting_under_a_wrong_name_is_told_with_the_right_one(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("SLACK_BOT_TOKN=xoxb-hunter2\nDISCORD_BOT_TOKEN=x\nPATH=/bin\n")
    names = ("ELEVATE_MONTHLY_BUGDET", "ELEVATE_PORT", "ELEVATE_TEST_BURST", "SLACK_WEBHOOK", "ELEVATE_WEB_PORT")
    assert misnamed(names, described(), dotenv) == (
        "ELEVATE_MONTHLY_BUGDET is no setting. Did you mean ELEVATE_MONTHLY_BUDGET?",
        "ELEVATE_PORT is no setting. Did you mean ELEVATE_WEB_PORT?",
        "SLACK_BOT_TOKN is no setting. Did you mean SLACK_BOT_TOKEN?",
    )
    assert misnamed((), described(), tmp_path / "none") == ()
    linked = ("ELEVATE_SERVICE_HOST", "ELEVATE_SERVICE_PORT_HTTP", "ELEVATE_PORT", "ELEVATE_PORT_80_TCP_ADDR", "ELEVATE_MODL")
    found = misnamed(linked, described(), tmp_path / "none")
    assert found == ("ELEVATE_MODL is no setting. Did you mean ELEVATE_MODEL?",), "the rest is of a service called elevate"
