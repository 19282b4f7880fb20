"""Asking Slack and Discord whether they know us: one cheap call each, and what a refusal means for whoever set it up.

Plain HTTP, not the services' own clients: slack_sdk fails with AttributeError on an answer that is not Slack's and sends even
loopback calls through HTTPS_PROXY; discord.py repeats a failing call for half a minute.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from core.errors import Trouble

SCOPE = "chat:write"
"""Without it the bot is mute. Slack names a token's scopes in a header, which may be missing."""

SLACK_REMEDIES = {
    "invalid_auth": "Slack does not know this token. Copy it again from the app's page at api.slack.com",
    "not_authed": "Slack got no token. Copy it again from the app's page at api.slack.com",
    "account_inactive": "Slack has switched this token off. Install the app again",
    "token_revoked": "this token was revoked. Install the app again",
    "token_expired": "this token has expired. Copy a new one from the app's page at api.slack.com",
    "not_allowed_token_type": "this is a token of another kind. Copy the right one from the app's page at api.slack.com",
    "missing_scope": "this token lacks a scope. Add it at api.slack.com and install the app again",
    "ratelimited": "Slack is asked too often just now. Try again in a minute",
}


async def slack_bot(token: str, api_url: str) -> str:
    """Who the bot token belongs to, in words.

    Raises:
        Trouble: with what is wrong and what to do.
    """
    answer = await _slack("auth.test", "SLACK_BOT_TOKEN", token, api_url)
    scopes = answer.headers.get("X-OAuth-Scopes")
    if scopes is not None and SCOPE not in [scope.strip() for scope in scopes.split(",")]:
        raise Trouble(f"SLACK_BOT_TOKEN: this token lacks the scope {SCOPE}. Add it and install the app again.")
    return f"{answer.body.get('user', 'the bot')} in {answer.body.get('team', 'the workspace')}"


async def slack_app(token: str, api_url: str) -> str:
    """Whether a socket could be opened with the app token, in words.

    Raises:
        Trouble: with what is wrong and what to do.
    """
    await _slack("apps.connections.open", "SLACK_APP_TOKEN", token, api_url)
    return "the socket opens"


async def discord(token: str, api_url: str) -> str:
    """Who the token belongs to, in words.

    Raises:
        Trouble: with what is wrong and what to do.
    """
    answer = await _answer("GET", "Discord", api_url, "users/@me", f"Bot {token}")
    if answer.status in (401, 403):
        raise Trouble("DISCORD_BOT_TOKEN: Discord does not know this token. Reset it on the app's Bot page and copy it again.")
    if answer.status == 429:
        raise Trouble("Discord is asked too often just now. Try again in a minute.")
    if answer.status != 200 or "username" not in answer.body:
        raise _somebody_else("Discord", api_url)
    return str(answer.body["username"])


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a server said; an empty body where it was no JSON object."""

    status: int
    headers: Mapping[str, str]
    body: Mapping[str, object]


async def _slack(method: str, setting: str, token: str, api_url: str) -> _Answer:
    answer = await _answer("POST", "Slack", api_url, method, f"Bearer {token}")
    if answer.body.get("ok") is True:
        return answer
    error = "ratelimited" if answer.status == 429 else answer.body.get("error")
    if not isinstance(error, str):
        raise _somebody_else("Slack", api_url)
    raise Trouble(f"{setting}: {SLACK_REMEDIES.get(error, f'Slack refused it with {error[:60]!r}')}.")


async def _answer(verb: str, service: str, api_url: str, path: str, authorization: str) -> _Answer:
    headers = {"Authorization": authorization, "User-Agent": "DiscordBot (elevate, 1)"}
    try:
        async with (
            aiohttp.ClientSession(trust_env=True) as session,
            session.request(verb, f"{api_url}/{path}", headers=headers) as answer,
        ):
            return _Answer(answer.status, answer.headers, _object(await answer.read()))
    except (aiohttp.ClientError, OSError) as trouble:
        reason = getattr(trouble, "strerror", None) or type(trouble).__name__
        raise Trouble(f"{service} cannot be reached at {api_url} ({reason}). Check the connection.") from None


def _object(body: bytes) -> Mapping[str, object]:
    try:
        read = json.loads(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _somebody_else(service: str, api_url: str) -> Trouble:
    return Trouble(f"Something else than {service} answers at {api_url}. Check {service.upper()}_API_URL.")
