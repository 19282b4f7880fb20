"""Tokens, installations and the app itself."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

from tests.servers.slack.method import Call, Method, method
from tests.servers.slack.shapes import Json, Refused, faults
from tests.servers.slack.things import Team, Token
from tests.servers.slack.workspace import Workspace


def _test(call: Call) -> Json:
    team = call.team
    bot = call.world.users[team.bot_user]
    about = {"url": f"https://{team.domain}.slack.com/", "team": team.name, "user": bot.handle, "team_id": team.id}
    return {**about, "user_id": bot.id, "bot_id": team.bot_id, "is_enterprise_install": False}


def _echo(call: Call) -> Json:
    if call.text("error"):
        raise Refused(call.text("error"), args=call.args)
    return {"args": call.args}


def _team(call: Call) -> Json:
    team = call.world.teams.get(call.text("team") or call.token.team)
    if team is None:
        raise Refused("team_not_found")
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": {}}}


def install(world: Workspace, team: Team, redirect_uri: str = "") -> str:
    """Somebody agreed to install the app: the code that Slack sends the app."""
    code = f"{team.id}.{secrets.token_hex(8)}"
    world.codes[code] = (team.id, redirect_uri)
    return code


def _access(call: Call) -> Json:
    world = call.world
    if call.text("client_id") != world.client_id:
        raise Refused("invalid_client_id")
    if call.text("client_secret") != world.client_secret:
        raise Refused("bad_client_secret")
    if call.text("grant_type") not in {"", "authorization_code"}:
        raise Refused("invalid_grant_type")
    found = world.codes.pop(call.text("code"), None)
    if found is None:
        raise Refused("invalid_code")
    if found[1] and call.text("redirect_uri") != found[1]:
        raise Refused("bad_redirect_uri")
    team = world.teams[found[0]]
    team.installed = True
    token = world.grant(team)
    person = next((each.id for each in world.users.values() if each.team == team.id and not each.bot_id), world.id("U"))
    return {
        "app_id": world.app_id,
        "authed_user": {"id": person},
        "scope": ",".join(token.scopes),
        "token_type": "bot",
        "access_token": token.value,
        "bot_user_id": team.bot_user,
        "team": {"id": team.id, "name": team.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _revoke(call: Call) -> Json:
    if call.flag("test"):
        return {"revoked": False}
    _take_back(call.world, call.token)
    return {"revoked": True}


def _take_back(world: Workspace, token: Token) -> None:
    team = world.teams[token.team]
    world.tell(team, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [team.bot_user]}})
    token.revoked = True


def uninstall(world: Workspace, team: Team) -> None:
    """The app is taken off a workspace: its tokens hold no longer, and it is told."""
    for token in world.tokens.values():
        if token.team == team.id and token.kind == "bot" and not token.revoked:
            _take_back(world, token)
    world.tell(team, {"type": "app_uninstalled"})
    team.installed = False


def _uninstall(call: Call) -> Json:
    if call.text("client_id") != call.world.client_id:
        raise Refused("invalid_client_id")
    if call.text("client_secret") != call.world.client_secret:
        raise Refused("bad_client_secret")
    uninstall(call.world, call.team)
    return {}


def _export(call: Call) -> Json:
    if call.text("app_id") != call.world.app_id:
        raise Refused("invalid_app_id")
    return {"manifest": call.world.manifest or {}}


def _validate(call: Call) -> Json:
    manifest = call.parsed("manifest")
    if not isinstance(manifest, dict):
        raise Refused("invalid_manifest", errors=[{"message": "must be an object", "pointer": "/"}])
    wrong = [{"message": what, "pointer": where or "/"} for where, what in manifest_faults(manifest)]
    if wrong:
        raise Refused("invalid_manifest", errors=wrong)
    return {"errors": []}


BUILT_IN = frozenset(
    {"/active", "/apps", "/archive", "/away", "/call", "/collapse", "/dm", "/dnd", "/expand", "/feed", "/huddle", "/invite"}
    | {"/join", "/kick", "/leave", "/me", "/msg", "/mute", "/open", "/part", "/prefs", "/pro", "/remind", "/remove", "/rename"}
    | {"/search", "/shortcuts", "/shrug", "/star", "/status", "/topic", "/who"}
)
"""Slack's own commands: a manifest that takes one of their names is refused whole."""


def manifest_faults(manifest: Json) -> list[tuple[str, str]]:
    """What Slack has against a manifest: (where, what); by the published description, and by what it is blind to."""
    from_schema = [(where, what) for where, what in faults("slack-manifest.v2", "", manifest)]
    if from_schema:
        return from_schema
    found = []
    settings, features = manifest.get("settings", {}), manifest.get("features", {})
    scopes = set(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", []))
    needed = {
        "app_mention": "app_mentions:read",
        "message.im": "im:history",
        "message.channels": "channels:history",
        "message.groups": "groups:history",
        "reaction_added": "reactions:read",
    }
    if not scopes & {"channels:read", "groups:read", "mpim:read"}:
        needed |= {"member_joined_channel": "channels:read"}
    for event in settings.get("event_subscriptions", {}).get("bot_events", []):
        if event in needed and needed[event] not in scopes:
            found.append(("/settings/event_subscriptions/bot_events", f"{event} needs the scope {needed[event]}"))
    commands = features.get("slash_commands", [])
    if commands and "commands" not in scopes:
        found.append(("/oauth_config/scopes/bot", "slash commands need the scope commands"))
    names = [each["command"] for each in commands]
    for name in names:
        if name in BUILT_IN or not re.fullmatch(r"/[a-z0-9_-]{1,31}", name):
            found.append(("/features/slash_commands", f"the slash command has an invalid name: {name}"))
    if len(set(names)) < len(names):
        found.append(("/features/slash_commands", "doubled commands"))
    if features.get("agent_view") and "assistant:write" not in scopes:
        found.append(("/oauth_config/scopes/bot", "agent_view needs the scope assistant:write"))
    if features.get("shortcuts") and not settings.get("interactivity", {}).get("is_enabled"):
        found.append(("/settings/interactivity", "shortcuts need interactivity"))
    subscribed = settings.get("event_subscriptions", {})
    if subscribed.get("bot_events") and not settings.get("socket_mode_enabled") and not subscribed.get("request_url"):
        found.append(("/settings/event_subscriptions", "a request_url, or Socket Mode"))
    return found


METHODS: Mapping[str, Method] = {
    "api.test": method(_echo, "error foo", tier=4, kind="none"),
    "auth.test": method(_test, tier=0),
    "auth.revoke": method(_revoke, "test", tier=3),
    "team.info": method(_team, "team domain include_slackbot_availability", "team:read", tier=3),
    "oauth.v2.access": method(_access, "client_id client_secret code redirect_uri grant_type refresh_token", tier=4, kind="none"),
    "apps.uninstall": method(_uninstall, "client_id* client_secret*", tier=1),
    "apps.manifest.export": method(_export, "app_id*", "", tier=3, kind="config"),
    "apps.manifest.validate": method(_validate, "manifest* app_id", "", tier=3, kind="config"),
}
