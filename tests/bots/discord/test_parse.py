"""What Discord's gateway tells, in the shape of Discord's own pages, through discord.py's own objects, and what each comes to.

`tests/payloads/discord` holds one a file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.discord import interactions, messages
from bots.discord.arrived import Arrived
from bots.discord.messages import Unreadable
from bots.discord.payload import Junk
from core.request import Asked, Platform, Said, Withdrawn
from tests.bots.discord.heard import GUILD, HELP, MAYA, ME, ROLE, Heard

FOLDER = Path(__file__).parents[2] / "payloads" / "discord"
FILES = sorted(FOLDER.glob("*.json"))
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
HOME = "1400000000000000199"
ON_MESSAGE = {"Save as asset": ("assets add", "content")}

every = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


@pytest.fixture(scope="module")
async def heard() -> Heard:
    """discord.py, as it stands after it was told of the guild."""
    return Heard()


def kept(name: str) -> dict[str, Any]:
    """A file of the payloads."""
    read: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return read


def arrived(heard: Heard, event: str, payload: Mapping[str, object]) -> Arrived | Unreadable | None:
    """What the adapter would be given."""
    came = heard.came(event, payload)
    match came:
        case discord.Message():
            return messages.said(came, me=ME, roles={int(ROLE)}, home=HOME, at=AT)
        case discord.RawMessageUpdateEvent():
            return messages.reworded(came, me=ME, roles={int(ROLE)}, home=HOME, at=AT + timedelta(hours=1))
        case discord.Interaction():
            return wanted(came)
        case _:
            raise AssertionError(came)


def wanted(came: discord.Interaction) -> Arrived | None:
    """What somebody wants by what they used."""
    return interactions.interaction(came, home=HOME, on_message=ON_MESSAGE, at=AT)


def come_to(heard: Heard, event: str, payload: Mapping[str, object]) -> dict[str, Any] | None:
    """What a payload came to, as the files have it; what is empty is left out."""
    found = arrived(heard, event, payload)
    if not isinstance(found, Arrived):
        return {"unreadable": _full(asdict(found.origin))} if found else None
    wish = asdict(found.wish)
    place, who, at = wish.pop("address"), wish.pop("actor"), wish.pop("at")
    for each in (place, who):
        assert each.pop("platform") == Platform.DISCORD
    told = {
        "wish": type(found.wish).__name__,
        "actor": _full(who),
        "address": _full(place),
        "at": at.isoformat(),
        **{name: value for name, value in wish.items() if value not in ("", {}, (), False, None)},
        "origin": {name: value for name, value in asdict(found.origin).items() if value not in ("", False)},
    }
    read: dict[str, Any] = json.loads(json.dumps(told, default=str))
    return read


def _full(part: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if value}


@every
async def test_every_payload_comes_to_what_stands_beside_it(heard: Heard, file: Path) -> None:
    told = kept(file.stem)
    assert come_to(heard, told["event"], told["payload"]) == told["comes_to"]


async def test_what_somebody_deleted_is_theirs_as_far_as_anybody_knows(heard: Heard) -> None:
    gone = heard.came("MESSAGE_DELETE", {"id": "1400000000000001009", "channel_id": "1400000000000000301", "guild_id": GUILD})
    assert messages.withdrawn(gone, author="", home=GUILD, parent=HELP, at=AT) is None
    found = messages.withdrawn(gone, author=MAYA, home=GUILD, parent=HELP, at=AT)
    assert found is not None
    assert isinstance(found.wish, Withdrawn)
    assert (found.wish.id, found.wish.of) == ("1400000000000001009:gone", "1400000000000001009")
    said = arrived(heard, "MESSAGE_CREATE", kept("message_in_our_thread")["payload"])
    assert isinstance(said, Arrived)
    assert (found.wish.address, found.wish.actor.identity) == (said.wish.address, said.wish.actor.identity)


async def test_a_question_reads_as_it_was_written_without_our_name(heard: Heard) -> None:
    said = kept("message_mention")["payload"]
    words = {"content": f"<@{ME}> is <@{MAYA}> right about *jars* in <#{HELP}>?", "mentions": [said["author"]]}
    asked = heard.came("MESSAGE_CREATE", {**said, **words, "author": {**said["author"], "id": MAYA}})
    assert messages.question(asked, me=ME, roles=()) == f"is @{asked.mentions[0].display_name} right about *jars* in #help?"


async def test_nothing_happens_later_than_now(heard: Heard) -> None:
    payload = {**kept("message_direct")["payload"], "id": str(discord.utils.time_snowflake(AT + timedelta(minutes=2)))}
    said = arrived(heard, "MESSAGE_CREATE", payload)
    assert isinstance(said, Arrived)
    assert said.wish.at == AT


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("slash_run", {"type": 1}, "command without name"),
        ("slash_run", {"type": 1, "name": "module", "options": [{"type": 1}]}, "subcommand without name"),
        ("autocomplete", {"type": 1, "name": "run", "options": []}, "suggestions for no option"),
        ("button", {"component_type": 2, "custom_id": "run?keep"}, "a button that is none of ours"),
        ("button", {"component_type": 2, "custom_id": "form:shn_1:0"}, "a button that is none of ours"),
        ("button", {"component_type": 2, "custom_id": "page:shn_1:secret"}, "no page of a form"),
        ("button", {"component_type": 2}, "component without custom_id"),
        ("menu", {"component_type": 3, "custom_id": "menu", "values": []}, "a button that is none of ours"),
        ("modal", {"custom_id": "secret", "components": []}, "a modal that is none of ours"),
        ("modal", {"custom_id": "form:1", "components": []}, "no page of a form"),
        (
            "on_message_of_app",
            {"type": 3, "name": "Save as asset", "target_id": "1"},
            "a command on a message without the message",
        ),
    ],
)
async def test_junk_says_what_is_missing_and_nothing_that_came(
    heard: Heard, name: str, data: Mapping[str, object], says: str
) -> None:
    payload = {**kept(name)["payload"], "data": data}
    with pytest.raises(Junk, match=f"^{says}$"):
        wanted(heard.used(payload))


async def test_what_has_no_user_or_no_channel_is_junk(heard: Heard) -> None:
    for lost in ("user", "channel"):
        payload = {name: value for name, value in kept("slash_direct")["payload"].items() if name != lost}
        with pytest.raises(Junk, match="without a channel or a user"):
            wanted(heard.used(payload))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=8), inside, max_size=4),
    max_leaves=12,
)
USED = [told["payload"] for file in FILES if (told := kept(file.stem))["event"] == "INTERACTION_CREATE"]


@st.composite
def broken(draw: st.DrawFn) -> Any:
    """An interaction with something in what was used lost, or put in another's place."""
    payload = json.loads(json.dumps(draw(st.sampled_from(USED))))
    for _ in range(draw(st.integers(1, 3))):
        at: Any = payload["data"]
        while isinstance(at, dict | list) and at:
            key = draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
            if not isinstance(at[key], dict | list) or draw(st.booleans()):
                if draw(st.booleans()):
                    at[key] = draw(json_values)
                else:
                    del at[key]
                break
            at = at[key]
    return payload


@settings(max_examples=400)
@given(broken())
async def test_anything_is_a_wish_or_nothing_or_junk(heard: Heard, payload: Any) -> None:
    try:
        found = wanted(heard.used(payload))
    except Junk:
        return
    if found is not None:
        assert found.wish.id == payload["id"]
        assert found.wish.at.tzinfo is UTC
        assert found.wish.actor.workspace == found.origin.home
        assert found.wish.actor.user == found.origin.user == MAYA


WRITTEN = kept("message_mention")["payload"]


@given(st.text(alphabet="<>@#!&:t/`id140 \n^~=%") | st.text(), st.booleans())
async def test_whatever_is_written_is_read_to_the_end(heard: Heard, text: str, mentioned: bool) -> None:
    content = f"<@{ME}> {text}" if mentioned else text
    said = arrived(heard, "MESSAGE_CREATE", {**WRITTEN, "content": content})
    assert isinstance(said, Arrived)
    assert isinstance(said.wish, Said | Asked)
    assert str(ME) not in (said.wish.text if isinstance(said.wish, Said) else said.wish.words)
