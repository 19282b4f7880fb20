"""Asking Slack and Discord whether they know us, with a few cheap calls, and what a refusal means for whoever set it up.

Plain HTTP, not the services' own clients: slack_sdk fails with AttributeError on an answer that is not Slack's and sends even
loopback calls through HTTPS_PROXY; discord.py repeats a failing call for half a minute.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from core.errors import Trouble

SLACK_REMEDIES = {
    "invalid_auth": "Slack does not know this token. Copy it again from the app's page at api.slack.com",
    "not_authed": "Slack got no token. Copy it again from the app's page at api.slack.com",
    "account_inactive": "Slack has switched this token off. Install the app again",
    "token_revoked": "this token was revoked. Install the app again",
    "token_expired": "this token has expired. Copy a new one from the app's page at api.slack.com",
    "not_allowed_token_type": "this is a token of another kind. Copy the right one from the app's page at api.slack.com",
    "missing_scope": "this token lacks a scope. Add it at api.slack.com and install the app again",
    "app_not_found": "Slack finds no such app. Make the token in the workspace that the app was made in",
    "invalid_app_id": "it belongs to another app. Make the token in the workspace that the app was made in",
    "ratelimited": "Slack is asked too often just now. Try again in a minute",
}

PASSING = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Errors of Slack's own that say nothing of what was sent."""


GUILDS_A_PAGE, GUILD_PAGES = 200, 5
"""Discord hands over no more at once: https://docs.discord.com/developers/resources/user#get-current-user-guilds"""


class NotAnswered(Trouble):
    """The service says neither yes nor no just now. Try again in a minute."""


@dataclass(frozen=True, slots=True)
class SlackBot:
    """Who a bot token belongs to. `scopes`: what it may do, None where Slack did not say."""

    user: str
    team: str
    bot_id: str
    scopes: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class DiscordApp:
    """An application. `flags`: https://docs.discord.com/developers/resources/application#application-object-application-flags"""

    id: int
    flags: int


@dataclass(frozen=True, slots=True)
class DiscordGuild:
    """A guild that the bot is in, and what it may do there, as the bits of its permissions."""

    id: str
    name: str
    permissions: int


async def slack_bot(token: str, api_url: str) -> SlackBot:
    """Who the bot token belongs to.

    Raises:
        Trouble: with what is wrong and what to do.
    """
    answer = await _slack("auth.test", "SLACK_BOT_TOKEN", token, api_url)
    named = answer.headers.get("X-OAuth-Scopes")
    scopes = None if named is None else tuple(each.strip() for each in named.split(","))
    user, team, bot_id = (str(answer.body.get(name) or "") for name in ("user", "team", "bot_id"))
    return SlackBot(user or "the bot", team or "the workspace", bot_id, scopes)


async def slack_app(token: str, api_url: str) -> str:
    """Whether a socket could be opened with the app token, in words.

    Raises:
        Trouble: with what is wrong and what to do.
    """
    await _slack("apps.connections.open", "SLACK_APP_TOKEN", token, api_url)
    return "the socket opens"


async def slack_app_id(token: str, bot_id: str, api_url: str) -> str:
    """The id of the app that a bot belongs to.

    Raises:
        Trouble: with what is wrong and what to do.
    """
    answer = await _slack("bots.info", "SLACK_BOT_TOKEN", token, api_url, bot=bot_id)
    bot = answer.body.get("bot")
    return str(bot.get("app_id") or "") if isinstance(bot, dict) else ""


async def slack_client(client_id: str, client_secret: str, api_url: str) -> str:
    """Whether Slack knows the client: it is asked for a code that nobody was given, and refuses that alone.

    Raises:
        Trouble: with what is wrong and what to do.
    """
    sent = {"client_id": client_id, "client_secret": client_secret, "code": "none"}
    answer = await _answer("POST", "Slack", api_url, "oauth.v2.access", "", sent)
    match answer.body.get("error"):
        case "invalid_code" | "code_already_used":
            return "workspaces can add it"
        case "invalid_client_id":
            raise Trouble("SLACK_CLIENT_ID: Slack does not know this client. Copy it again from the app's page at api.slack.com.")
        case "bad_client_secret":
            raise Trouble("SLACK_CLIENT_SECRET: it is not this client's. Copy it again from the app's page at api.slack.com.")
        case str() as error:
            raise Trouble(f"SLACK_CLIENT_ID: Slack refused it with {error[:60]!r}.")
        case _:
            raise _somebody_else("Slack", api_url)


async def slack_manifest(token: str, app_id: str, api_url: str) -> Mapping[str, object]:
    """The manifest of the installed app.

    Raises:
        Trouble: with what is wrong and what to do.
    """
    answer = await _slack("apps.manifest.export", "SLACK_CONFIG_TOKEN", token, api_url, app_id=app_id)
    manifest = answer.body.get("manifest")
    if not isinstance(manifest, dict):
        raise _somebody_else("Slack", api_url)
    return manifest


async def discord(token: str, api_url: str) -> str:
    """Who the token belongs to, in words.

    Raises:
        Trouble: with what is wrong and what to do.
    """
    answer = await _discord("users/@me", token, api_url)
    if "username" not in answer.body:
        raise _somebody_else("Discord", api_url)
    return str(answer.body["username"])


async def discord_app(token: str, api_url: str) -> DiscordApp:
    """The application that the token's bot belongs to.

    Raises:
        Trouble: with what is wrong and what to do.
    """
    told = (await _discord("applications/@me", token, api_url)).body
    id, flags = str(told.get("id")), told.get("flags")
    if not (id.isascii() and id.isdigit() and isinstance(flags, int)):
        raise _somebody_else("Discord", api_url)
    return DiscordApp(int(id), flags)


async def discord_guilds(token: str, api_url: str) -> tuple[DiscordGuild, ...]:
    """The guilds that the bot is in, the first thousand of them.

    Raises:
        Trouble: with what is wrong and what to do.
    """
    found: list[DiscordGuild] = []
    for _ in range(GUILD_PAGES):
        after = f"&after={found[-1].id}" if found else ""
        page = (await _discord(f"users/@me/guilds?limit={GUILDS_A_PAGE}{after}", token, api_url)).items
        found += [_guild(each, api_url) for each in page]
        if len(page) < GUILDS_A_PAGE:
            break
    return tuple(found)


async def discord_commands(token: str, application: int, api_url: str) -> tuple[Mapping[str, object], ...]:
    """The commands that are registered everywhere.

    Raises:
        Trouble: with what is wrong and what to do.
    """
    return (await _discord(f"applications/{application}/commands", token, api_url)).items


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a server said; an empty body where it was no JSON object, and no items where it was no list of them."""

    status: int
    headers: Mapping[str, str]
    body: Mapping[str, object]
    items: tuple[Mapping[str, object], ...]


async def _discord(path: str, token: str, api_url: str) -> _Answer:
    answer = await _answer("GET", "Discord", api_url, path, f"Bot {token}")
    if answer.status in (401, 403):
        raise Trouble("DISCORD_BOT_TOKEN: Discord does not know this token. Reset it on the app's Bot page and copy it again.")
    if answer.status == 429:
        raise NotAnswered("Discord is asked too often just now. Try again in a minute.")
    if answer.status != 200:
        trouble = _somebody_else("Discord", api_url)
        raise NotAnswered(trouble.message) if answer.status >= 500 else trouble
    return answer


def _guild(told: Mapping[str, object], api_url: str) -> DiscordGuild:
    permissions = str(told.get("permissions"))
    if not (permissions.isascii() and permissions.isdigit()):
        raise _somebody_else("Discord", api_url)
    return DiscordGuild(str(told.get("id")), str(told.get("name")), int(permissions))


async def _slack(method: str, setting: str, token: str, api_url: str, **sent: str) -> _Answer:
    answer = await _answer("POST", "Slack", api_url, method, f"Bearer {token}", sent)
    if answer.body.get("ok") is True:
        return answer
    error = "ratelimited" if answer.status == 429 else answer.body.get("error")
    if not isinstance(error, str):
        raise _somebody_else("Slack", api_url)
    kind = NotAnswered if error in PASSING else Trouble
    raise kind(f"{setting}: {SLACK_REMEDIES.get(error, f'Slack refused it with {error[:60]!r}')}.")


async def _answer(
    verb: str, service: str, api_url: str, path: str, authorization: str, sent: Mapping[str, str] | None = None
) -> _Answer:
    headers = {"User-Agent": "DiscordBot (elevate, 1)", **({"Authorization": authorization} if authorization else {})}
    try:
        async with (
            aiohttp.ClientSession(trust_env=True) as session,
            session.request(verb, f"{api_url}/{path}", headers=headers, data=sent or None) as answer,
        ):
            read = _parsed(await answer.read())
            body = read if isinstance(read, dict) else {}
            items = tuple(each for each in read if isinstance(each, dict)) if isinstance(read, list) else ()
            return _Answer(answer.status, answer.headers, body, items)
    except (aiohttp.ClientError, OSError) as trouble:
        reason = getattr(trouble, "strerror", None) or type(trouble).__name__
        raise NotAnswered(f"{service} cannot be reached at {api_url} ({reason}). Check the connection.") from None


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _somebody_else(service: str, api_url: str) -> Trouble:
    return Trouble(f"Something else than {service} answers at {api_url}. Check {service.upper()}_API_URL.")
