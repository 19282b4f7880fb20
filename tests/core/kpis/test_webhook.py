"""A student's address for figures, over a real socket: what is taken, what is refused with which field, and who may."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import shlex
import shutil
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.web.ingest import A_MINUTE, figures
from bots.web.server import serving
from core.kpis.metrics import Metrics
from core.kpis.service import Snapshots
from core.kpis.webhook import BODY_BYTES, Connection, NotReachable, Webhooks
from core.kpis.webhook_body import BodyRefused, body_of
from core.kpis.webhook_commands import curl, how_it_stands, leads_to
from core.people.model import Person
from core.people.service import People
from persistence.documents import Database
from persistence.drafts import FormDraftRecord
from persistence.snapshots import SnapshotRecord
from persistence.webhooks import WebhookRecord
from tests.core.conftest import AT, actor

METRICS = Metrics()
KEY = b"k" * 32
WEEK = {"timePeriod": "Last 7 Days", "snapshotDate": "2026-03-01", "currency": "GBP"}


@dataclass
class World:
    """Nora, her address, and a program that sends to it."""

    webhooks: Webhooks
    snapshots: Snapshots
    nora: Person
    made: Connection
    session: aiohttp.ClientSession
    now: datetime = AT

    async def send(self, body: object, token: str | None = None, **headers: str) -> tuple[int, dict[str, Any]]:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        bearer = {"Authorization": f"Bearer {token or self.made.token}"} if token != "" else {}
        async with self.session.post(self.made.url, data=content, headers={**bearer, **headers}) as answer:
            return answer.status, await answer.json()

    async def kept(self) -> Mapping[str, float]:
        latest = await self.snapshots.latest(self.nora)
        return latest.figures if latest else {}


@pytest.fixture
async def world(database: Database, people: People, nora: Person) -> AsyncIterator[World]:
    snapshots = Snapshots(SnapshotRecord(database), METRICS, people, FormDraftRecord(database))
    late: list[World] = []
    unreached = Webhooks(WebhookRecord(database), people, snapshots, KEY, "http://127.0.0.1:1")
    async with serving([figures(unreached, lambda: late[0].now)], "127.0.0.1", 0) as address, aiohttp.ClientSession() as session:
        webhooks = Webhooks(WebhookRecord(database), people, snapshots, KEY, address)
        late.append(World(webhooks, snapshots, nora, await webhooks.connect(nora, AT), session))
        yield late[0]


async def test_figures_by_their_names_are_kept_as_if_typed(world: World) -> None:
    status, told = await world.send({**WEEK, "hook_AvgCTR": 2.125, "hook_CPC": 0.4, "attract_LeadsTotal": 240})
    assert (status, told["saved"], told["timePeriod"]) == (
        200,
        ["attract_LeadsTotal", "hook_AvgCTR", "hook_CPC"],
        "Last 7 Days",
    )
    assert await world.kept() == {"hook_AvgCTR": 2.125, "hook_CPC": 40, "attract_LeadsTotal": 240}
    assert "were kept" in how_it_stands(await world.webhooks.of(world.nora), world.nora)


@pytest.mark.parametrize(
    ("sent", "status", "field"),
    [
        ({**WEEK, "hook_AvgCTR": "2.1"}, 422, "hook_AvgCTR"),
        ({**WEEK, "hook_AvgCTR": True}, 422, "hook_AvgCTR"),
        ({**WEEK, "hook_AvgCTR": 240}, 422, "hook_AvgCTR"),
        ({**WEEK, "hook_AvgCTR": -1}, 422, "hook_AvgCTR"),
        ({**WEEK, "hook_AvgCTR": 1e300}, 422, "hook_AvgCTR"),
        ({**WEEK, "attract_LeadsTotal": 2.5}, 422, "attract_LeadsTotal"),
        ({**WEEK, "clickRate": 2.1}, 422, "clickRate"),
        ({**WEEK, "userId": "usr_1", "hook_AvgCTR": 2.1}, 422, "userId"),
        ({**WEEK, "currency": "XXQ", "hook_AvgCTR": 2.1}, 422, "currency"),
        ({**WEEK, "currency": 5, "hook_AvgCTR": 2.1}, 422, "currency"),
        ({**WEEK, "snapshotDate": "2026-03-09", "hook_AvgCTR": 2.1}, 422, "snapshotDate"),
        ({**WEEK, "snapshotDate": "yesterday", "hook_AvgCTR": 2.1}, 422, "snapshotDate"),
        ({**WEEK, "timePeriod": "A fortnight", "hook_AvgCTR": 2.1}, 422, "timePeriod"),
        ({**WEEK, "timePeriod": "Month of April", "hook_AvgCTR": 2.1}, 422, "snapshotDate"),
        ({**WEEK, "notes": "x" * 2_001, "hook_AvgCTR": 2.1}, 422, "notes"),
    ],
)
async def test_what_cannot_be_taken_names_its_field_and_keeps_nothing(
    world: World, sent: object, status: int, field: str
) -> None:
    answered, told = await world.send(sent)
    assert (answered, list(told["fields"])) == (status, [field])
    assert await world.kept() == {}
    assert field in how_it_stands(await world.webhooks.of(world.nora), world.nora)


async def test_a_page_shows_an_address_where_there_is_one_and_makes_one_where_there_can_be_one(
    world: World, database: Database, people: People
) -> None:
    held, webhooks = await world.webhooks.of(world.nora), world.webhooks
    assert leads_to(held, reachable=webhooks.reachable) == "Show my address"
    assert leads_to(None, reachable=webhooks.reachable) == "Make an address"
    hidden = Webhooks(WebhookRecord(database), people, world.snapshots, KEY, None)
    assert leads_to(held, reachable=hidden.reachable) == ""
    assert "cannot reach this bot" in how_it_stands(held, world.nora, reachable=hidden.reachable)


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'"x"', b'{"hook_AvgCTR": NaN}', b"\xff\xfe", b"[" * 60_000])
async def test_what_is_no_json_object_is_a_bad_request(world: World, body: bytes) -> None:
    status, told = await world.send(body)
    assert (status, "fields" in told and told["fields"]) == (400, {})
    assert "JSON" in told["error"]


async def test_a_month_needs_no_day_and_means_the_last_one_that_is_over(world: World) -> None:
    status, told = await world.send({"timePeriod": "Month of April", "hook_AvgCTR": 2.1})
    assert (status, told["timePeriod"]) == (200, "Month of April")
    latest = await world.snapshots.latest(world.nora)
    assert latest is not None
    assert latest.snapshot_date.date().isoformat() == "2025-04-30"


async def test_one_key_counts_once_and_does_not_stand_for_other_figures(world: World) -> None:
    first = await world.send({**WEEK, "hook_AvgCTR": 2.1}, **{"Idempotency-Key": "week-9"})
    await world.send({**WEEK, "hook_AvgCTR": 3.1})
    again = await world.send({**WEEK, "hook_AvgCTR": 2.1}, **{"Idempotency-Key": "week-9"})
    assert first == again
    assert await world.kept() == {"hook_AvgCTR": 3.1}, "the first is not kept a second time"
    other, told = await world.send({**WEEK, "hook_AvgCTR": 4.1}, **{"Idempotency-Key": "week-9"})
    assert (other, "Idempotency-Key" in told["error"]) == (422, True)


async def test_another_currency_for_the_same_period_is_refused(world: World) -> None:
    assert (await world.send({**WEEK, "hook_CPC": 0.4}))[0] == 200
    status, told = await world.send({**WEEK, "currency": "EUR", "hook_CPC": 0.5})
    assert (status, list(told["fields"])) == (409, ["currency"])


async def test_only_the_token_of_the_address_opens_it(world: World, people: People) -> None:
    leo = await people.meet(actor("leo"), AT)
    his = await world.webhooks.connect(leo, AT)
    for token in ("", "wrong", his.token, world.made.token + "x"):
        assert (await world.send({**WEEK, "hook_AvgCTR": 2.1}, token))[0] == 401
    assert await world.kept() == {}
    async with world.session.post(his.url.replace(his.webhook.id, "whk_nobody"), data=b"{}") as answer:
        assert (answer.status, (await answer.json())["error"]) == (401, (await world.send({}, "wrong"))[1]["error"])
    async with world.session.get(world.made.url) as answer:
        assert answer.status == 405


async def test_a_new_token_takes_the_place_of_the_old_one_and_a_removed_address_is_none(world: World) -> None:
    fresh = await world.webhooks.renew(world.nora, AT)
    assert fresh.url == world.made.url
    assert (await world.send({**WEEK, "hook_AvgCTR": 2.1}))[0] == 401
    assert (await world.send({**WEEK, "hook_AvgCTR": 2.1}, fresh.token))[0] == 200
    await world.webhooks.disconnect(world.nora)
    assert (await world.send({**WEEK, "hook_AvgCTR": 2.1}, fresh.token))[0] == 401


def _signed(token: str, body: bytes, at: datetime) -> str:
    when = int(at.timestamp())
    return f"t={when},v1={hmac.new(token.encode(), f'{when}.'.encode() + body, hashlib.sha256).hexdigest()}"


async def test_a_signature_serves_in_the_place_of_the_token_for_five_minutes(world: World) -> None:
    body = json.dumps({**WEEK, "hook_AvgCTR": 2.1}).encode()
    signed = _signed(world.made.token, body, AT)
    assert (await world.send(body, "", **{"X-Elevate-Signature": signed}))[0] == 200
    assert (await world.send(body + b" ", "", **{"X-Elevate-Signature": signed}))[0] == 401
    world.now = AT + timedelta(minutes=6)
    assert (await world.send(body, "", **{"X-Elevate-Signature": signed}))[0] == 401
    assert (await world.send(body, "", **{"X-Elevate-Signature": "t=x,v1="}))[0] == 401


async def test_too_much_at_once_and_too_often_is_refused(world: World) -> None:
    assert (await world.send(b" " * (BODY_BYTES + 1)))[0] == 413
    statuses = [(await world.send({}))[0] for _ in range(A_MINUTE)]
    assert (statuses[0], statuses[-1]) == (422, 429)


async def test_the_command_that_is_shown_works_as_it_stands(world: World) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    world.now = AT
    words = shlex.split(curl(world.made).replace("\\\n", " "))
    process = await asyncio.create_subprocess_exec(*words, "-s", stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    assert json.loads(out)["saved"] == ["attract_LeadsTotal", "hook_AvgCTR"]


async def test_without_a_public_address_it_is_said_who_can_help(database: Database, people: People, nora: Person) -> None:
    snapshots = Snapshots(SnapshotRecord(database), METRICS, people, FormDraftRecord(database))
    with pytest.raises(NotReachable, match="ELEVATE_PUBLIC_URL"):
        await Webhooks(WebhookRecord(database), people, snapshots, KEY, None).connect(nora, AT)


_VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.lists(st.integers(), max_size=2)
_NAMES = st.sampled_from([*sorted(METRICS.by_field), "snapshotDate", "timePeriod", "currency", "notes", "x"])


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(_NAMES, _VALUES, max_size=6) | st.binary(max_size=60))
def test_any_body_is_read_or_refused_in_words(sent: dict[str, object] | bytes) -> None:
    content = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    with contextlib.suppress(BodyRefused):
        assert body_of(content, METRICS, "GBP", AT.date()).typed.keys() <= METRICS.by_field.keys()
