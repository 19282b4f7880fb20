"""The Slack app as Slack sets it up: made from the catalog of commands, and compared with what is installed.

https://docs.slack.dev/reference/app-manifest
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from bots.payload import Payload, inner, items, words
from bots.slack import names
from bots.slack.interactions import ON
from core.catalog import Catalog
from core.command import Command, Pace, parameters

Manifest: TypeAlias = dict[str, Any]
"""A manifest, as JSON has it."""

EVENTS_PATH, REDIRECT_PATH = "/slack/events", "/slack/oauth_redirect"

SCOPES: Mapping[str, str] = {
    "app_mentions:read": "hear @Elevate in a channel",
    "assistant:write": "be an agent: status, suggested prompts, Stop",
    "channels:history": "hear @Writer and the like in public channels",
    "channels:read": "know who is in the public channel where a cohort meets",
    "chat:write": "answer",
    "chat:write.customize": "answer under an agent's name and face",
    "commands": "take slash commands and shortcuts",
    "dnd:read": "leave people in quiet who asked Slack for it",
    "files:read": "read the files that people give to an agent",
    "files:write": "hand over files and charts",
    "groups:history": "hear @Writer and the like in private channels",
    "groups:read": "know who is in the private channel where a cohort meets",
    "im:history": "hear direct messages",
    "im:write": "begin a direct message",
    "mpim:history": "hear @Writer and the like in group messages",
    "reactions:write": "answer thanks with a sign",
    "users:read": "know people's names, time zones and languages",
    "users:read.email": "find the accounts of a list of students by their e-mail addresses",
}
"""What the bot's token is asked for, and what for."""

EVENTS = (
    "agent_session_stopped",
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "member_joined_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "tokens_revoked",
)

ABOUT = "Coaches you through the growth course, remembers your business and drafts with you."
LONG_ABOUT = (
    "Elevate coaches the students of a cohort course, from knowing their customer to customers who bring others. It keeps what "
    "they know about their business, runs the playbook's prompts on it, keeps what they make of the answers, and logs the "
    "funnel's figures. What is personal stays between a student and Elevate until they share it."
)
AGENT_ABOUT = "Ask about the course, have a draft written for your shop, or look at your figures. Call an agent by name: @Writer."
PROMPTS = (
    ("Where am I?", "@Guide where am I, and what comes next?"),
    ("Help me with my Foundation", "@Teacher which cell of my Foundation comes next, and what makes it good?"),
    ("Draft something", "@Writer draft something for my current step that I could use today"),
    ("What can you do?", "@Director what can you and the others do for me?"),
)
"""Ways to begin, until the bot knows who asks."""

DESCRIPTION, HINT, SHORTCUT = 2000, 1000, 150
WORDS_IN_A_FORM = 2
MARK = re.compile(r"Manifest ([0-9a-f]{12})\b")


@dataclass(frozen=True, slots=True)
class Differences:
    """What an installed app lacks, by name. `older`: it was made from another manifest than today's."""

    missing: tuple[str, ...]
    older: bool


def manifest(catalog: Catalog, url: str = "") -> Manifest:
    """The whole manifest; Slack speaks to us by sockets or, with the `https://…` address of our web server, by HTTP."""
    made = _content(catalog)
    mark = f"Manifest {digest(catalog)}"
    made["display_information"]["long_description"] = f"{LONG_ABOUT}\n\n{mark}"
    settings = made["settings"]
    settings["socket_mode_enabled"] = not url
    if url:
        hook = f"{url.rstrip('/')}{EVENTS_PATH}"
        settings["event_subscriptions"]["request_url"] = hook
        settings["interactivity"] |= {"request_url": hook, "message_menu_options_url": hook}
        made["oauth_config"]["redirect_urls"] = [f"{url.rstrip('/')}{REDIRECT_PATH}"]
        for command in made["features"]["slash_commands"]:
            command["url"] = hook
    return made


def digest(catalog: Catalog) -> str:
    """Twelve signs that stand for the manifest's content, whichever way Slack speaks to us."""
    content = json.dumps([_content(catalog), LONG_ABOUT], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def on_message(catalog: Catalog) -> Mapping[str, str]:
    """The field that takes a message's text, by the command that can be asked for on one."""
    return {each.name: each.on_message.field for each in catalog.commands.values() if each.on_message}


def missing_scopes(granted: Sequence[str]) -> tuple[str, ...]:
    """The scopes that a token lacks."""
    return tuple(scope for scope in SCOPES if scope not in granted)


def differences(catalog: Catalog, installed: Payload) -> Differences:
    """What an exported manifest lacks of today's: events, commands, shortcuts and scopes, and what has to be switched on."""
    wanted = manifest(catalog)
    missing = [f"the {kind} {name}" for kind, name in sorted(_parts(wanted) - _parts(installed))]
    marked = MARK.search(words(inner(installed, "display_information"), "long_description"))
    return Differences(tuple(missing), older=marked is not None and marked[1] != digest(catalog))


def _parts(of: Payload) -> frozenset[tuple[str, str]]:
    features, settings = inner(of, "features"), inner(of, "settings")
    home = inner(features, "app_home")
    switches = {
        "home tab": home.get("home_tab_enabled") is True,
        "messages tab": home.get("messages_tab_enabled") is True,
        "agent view": bool(inner(features, "agent_view")),
        "interactivity": inner(settings, "interactivity").get("is_enabled") is True,
    }
    return frozenset(
        {
            *(("event", each) for each in _texts(inner(settings, "event_subscriptions"), "bot_events")),
            *(("scope", each) for each in _texts(inner(of, "oauth_config", "scopes"), "bot")),
            *(("command", words(each, "command")) for each in items(features, "slash_commands")),
            *(("shortcut", words(each, "name")) for each in items(features, "shortcuts")),
            *(("setting", name) for name, is_on in switches.items() if is_on),
        }
    )


def _texts(of: Payload, name: str) -> Sequence[str]:
    found = of.get(name)
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _content(catalog: Catalog) -> Manifest:
    """The manifest without what differs between installations."""
    shortcuts = [
        {"type": "message", "name": each.on_message.label, "callback_id": ON + each.name, "description": each.summary[:SHORTCUT]}
        for each in catalog.commands.values()
        if each.on_message
    ]
    return {
        "_metadata": {"major_version": 2},
        "display_information": {"name": "Elevate", "description": ABOUT, "background_color": "#0b3d2e"},
        "features": {
            "agent_view": {
                "agent_description": AGENT_ABOUT,
                "suggested_prompts": [{"title": title, "message": message} for title, message in PROMPTS],
            },
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            "bot_user": {"display_name": "Elevate", "always_online": True},
            **({"shortcuts": shortcuts} if shortcuts else {}),
            "slash_commands": [
                _command(names.APP, "Everything that Elevate does", "run H1 | foundation edit pains | help"),
                *(_command(names.slash(group), parts[0].summary, _hint(parts)) for group, parts in catalog.groups.items()),
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "token_rotation_enabled": False,
        },
    }


def _command(name: str, description: str, hint: str) -> Manifest:
    made = {"command": f"/{name}", "description": description[:DESCRIPTION], "should_escape": True}
    return made | ({"usage_hint": hint[:HINT]} if hint else {})


def _hint(parts: Sequence[Command]) -> str:
    """What may be typed after a command's name: its parts, each with its words; those in brackets may be left out."""
    return " | ".join(filter(None, (" ".join((*each.name.split(" ")[1:], *_words(each))) for each in parts)))


def _words(command: Command) -> list[str]:
    """The command's words; none where it asks for many, which a form does better."""
    shown = [each for each in parameters(command.args) if not each.arg.hidden]
    if command.pace is Pace.FORM and len(shown) > WORDS_IN_A_FORM:
        return []
    return [each.name.replace("_", "-") if each.required else f"[{each.name.replace('_', '-')}]" for each in shown]
