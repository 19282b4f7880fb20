"""Slack's payloads, in the shape of Slack's own pages, and what each comes to; `tests/payloads/slack` holds one a file."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.slack.parse import Arrived, Junk, Known, parse
from core.request import Address, Platform
from tests.servers.slack.shapes import faults

FOLDER = Path(__file__).parents[2] / "payloads" / "slack"
FILES = sorted(FOLDER.glob("*.json"))
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
KNOWN = Known("U0ELEVATE", {"assets add": "content"})

NOT_PUBLISHED = {"message_changed_tombstone"}
"""Slack deletes the first message of a thread so; its published types do not know the subtype."""

PAYLOADS = {each.stem: json.loads(each.read_text(encoding="utf-8"))["payload"] for each in FILES}
PUBLISHED = [
    pytest.param(payload["event"], id=name)
    for name, payload in PAYLOADS.items()
    if payload.get("type") == "event_callback" and name not in NOT_PUBLISHED
]

every = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def written(arrived: Arrived | None) -> dict[str, Any] | None:
    """What a payload came to, as the files have it; what is empty is left out."""
    if arrived is None:
        return None
    wish = asdict(arrived.wish)
    place, who, at = wish.pop("address"), wish.pop("actor"), wish.pop("at")
    for each in (place, who):
        assert each.pop("platform") == Platform.SLACK
    told = {
        "wish": type(arrived.wish).__name__,
        "actor": _full(who),
        "address": _full(place),
        "at": "now" if at == AT else at.isoformat(),
        **{name: value for name, value in wish.items() if value not in ("", {}, (), False, None)},
        "origin": _full(asdict(arrived.origin)),
    }
    read: dict[str, Any] = json.loads(json.dumps(told, default=str))
    return read


def _full(part: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if value}


@every
def test_every_payload_comes_to_what_stands_beside_it(file: Path) -> None:
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert written(parse(kept["payload"], AT, KNOWN)) == kept["comes_to"]


@pytest.mark.parametrize("event", PUBLISHED)
def test_every_event_has_the_shape_that_slack_publishes(event: object) -> None:
    assert faults("slack-events", "SlackEvent", event) == []


def test_a_message_and_the_mention_in_it_are_one_event() -> None:
    message, mention = (
        parse(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["payload"], AT, KNOWN)
        for name in ("message_mention", "app_mention")
    )
    assert message == mention
    assert message is not None


def test_a_place_is_direct_by_its_channel_alone() -> None:
    for name, direct in (("message_direct", True), ("message_mention", False), ("button_home", True), ("slash_kept_name", True)):
        arrived = parse(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["payload"], AT, KNOWN)
        assert arrived is not None
        assert arrived.wish.direct is direct


def test_a_form_that_was_asked_for_in_a_channel_is_answered_there() -> None:
    arrived = parse(json.loads((FOLDER / "view_submission.json").read_text(encoding="utf-8"))["payload"], AT, KNOWN)
    assert arrived is not None
    assert arrived.wish.address == Address(Platform.SLACK, "T0CROCK01", "C0FERMENT", "1795340001.000100")


KINDS = ("event_callback", "block_actions", "message_action", "shortcut", "view_submission", "view_closed", "block_suggestion")
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=8), inside, max_size=4),
    max_leaves=12,
)


@st.composite
def broken(draw: st.DrawFn) -> object:
    """One of the payloads with something in it lost, or put in another's place."""
    payload = json.loads(json.dumps(draw(st.sampled_from([*PAYLOADS.values()]))))
    for _ in range(draw(st.integers(1, 3))):
        at: Any = payload
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


@given(st.one_of(json_values, broken(), st.dictionaries(st.just("type"), st.sampled_from(KINDS), min_size=1)))
def test_anything_is_a_wish_or_nothing_or_junk(came: object) -> None:
    try:
        arrived = parse(came, AT, KNOWN)
    except Junk:
        return
    if arrived is not None:
        assert arrived.wish.id
        assert arrived.wish.at.tzinfo is UTC
        assert arrived.wish.actor.workspace == arrived.origin.team
        assert arrived.wish.actor.user == arrived.origin.user


@pytest.mark.parametrize(
    ("came", "says"),
    [
        ("hello", "no object"),
        ({"type": "event_callback", "event": {"type": "message", "text": "secret"}}, "payload without a team"),
        ({"type": "event_callback", "team_id": "T1", "event": {"type": "message", "text": "secret"}}, "message without channel"),
        ({"type": "block_actions", "team": {"id": "T1"}, "container": {"channel_id": "C1"}}, "user without id"),
        ({"command": "/run", "text": "secret", "team_id": "T1"}, "payload without user_id"),
    ],
)
def test_junk_says_what_is_missing_and_nothing_that_came(came: object, says: str) -> None:
    with pytest.raises(Junk, match=f"^{says}$"):
        parse(came, AT, KNOWN)
