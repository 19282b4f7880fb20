"""The numbers as Prometheus reads them: of what happened, and of nobody."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta

from prometheus_client.parser import text_string_to_metric_families

from bots.numbers import KEPT_SECONDS, Numbers
from bots.prometheus import Metrics
from bots.readiness import Readiness
from core.errors import StoreDown
from core.request import Platform
from core.signals import (
    Came,
    ChartDrawn,
    Depth,
    FiguresDelivered,
    LeaseMissed,
    LetterLeft,
    ModelPaid,
    PageServed,
    PlatformCalled,
    RequestServed,
    Signal,
    TurnTaken,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EACH: tuple[Signal, ...] = (
    RequestServed("said", "", Platform.SLACK, Came.ANSWERED, 2.0, first_words=0.5),
    RequestServed("asked", "kpi log", Platform.DISCORD, Came.REFUSED, 0.02),
    TurnTaken(Platform.SLACK, Came.ANSWERED),
    ModelPaid("claude-sonnet-5-5", "chat", {"read": 100, "written": 20}, 1_500_000),
    LetterLeft(Platform.SLACK, "sent", late=12.0),
    LetterLeft(Platform.SLACK, "too late"),
    LeaseMissed("job"),
    PlatformCalled(Platform.SLACK, 200),
    PlatformCalled(Platform.SLACK, 429, pause=3.0),
    PageServed("/faces/{name}.png", "GET", 200, 0.01),
    ChartDrawn(True, 0.4),
    FiguresDelivered(401),
)


def values(text: bytes) -> dict[str, float]:
    """Each sample's value, by its name and labels; read by Prometheus' own parser."""
    found = {}
    for family in text_string_to_metric_families(text.decode()):
        for each in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(each.labels.items()))
            found[f"{each.name}{{{labels}}}" if labels else each.name] = each.value
    return found


def counted(*signals: Signal) -> dict[str, float]:
    metrics = Metrics("1.2.3")
    for each in signals:
        metrics.note(each)
    return values(metrics.text())


def test_every_signal_is_counted() -> None:
    found = counted(*EACH)
    assert found["elevate_info{version=1.2.3}"] == 1
    assert found["elevate_requests_total{command=,kind=said,outcome=answered,platform=slack}"] == 1
    assert found["elevate_requests_total{command=kpi log,kind=asked,outcome=refused,platform=discord}"] == 1
    assert found["elevate_answer_seconds_sum{kind=said,platform=slack}"] == 2
    assert found["elevate_first_words_seconds_count{platform=slack}"] == 1
    assert found["elevate_turns_total{outcome=answered,platform=slack}"] == 1
    assert found["elevate_tokens_total{kind=written,model=claude-sonnet-5-5}"] == 20
    assert found["elevate_cost_dollars_total{model=claude-sonnet-5-5,use=chat}"] == 1.5
    assert found["elevate_messages_total{outcome=sent,platform=slack}"] == 1
    assert (found["elevate_nudge_lag_seconds_count"], found["elevate_nudge_lag_seconds_sum"]) == (1, 12)
    assert found["elevate_leases_lost_total{what=job}"] == 1
    assert found["elevate_platform_calls_total{platform=slack,status=4xx}"] == 1
    assert found["elevate_rate_limited_total{platform=slack}"] == 1
    assert found["elevate_rate_limit_wait_seconds_total{platform=slack}"] == 3
    assert found["elevate_web_requests_total{method=GET,route=/faces/{name}.png,status=200}"] == 1
    assert found["elevate_charts_total{outcome=drawn}"] == 1
    assert found["elevate_figure_deliveries_total{status=401}"] == 1


def test_two_programs_in_one_process_count_apart() -> None:
    assert counted(TurnTaken(Platform.SLACK, Came.ANSWERED)).keys() - counted().keys()
    assert not [name for name in counted() if "turns_total{" in name]


def test_series_do_not_tell_when_they_began() -> None:
    assert not [name for name in counted(*EACH) if "_created" in name]


def test_no_label_is_one_that_could_name_somebody() -> None:
    allowed = {"kind", "command", "platform", "outcome", "model", "use", "route", "method", "status", "queue", "state", "what"}
    metrics = Metrics("1.2.3")
    for each in EACH:
        metrics.note(each)
    metrics.show_depths({"inbox": Depth(1, 1, 0, 0, NOON)}, NOON)
    names = set(re.findall(r'[{,]([a-z_]+)="', metrics.text().decode()))
    assert names <= allowed | {"version", "le"}


def test_the_queues_have_numbers_only_where_the_record_told_them() -> None:
    metrics = Metrics("1.2.3")
    metrics.show_depths({"jobs": Depth(waiting=4, due=3, running=2, aside=1, due_since=NOON)}, NOON + timedelta(minutes=1))
    found = values(metrics.text())
    states = {"waiting": 4, "due": 3, "running": 2, "aside": 1}
    assert {state: found[f"elevate_queue_rows{{queue=jobs,state={state}}}"] for state in states} == states
    assert found["elevate_queue_oldest_due_seconds{queue=jobs}"] == 60
    assert found["elevate_queues_known"] == 1
    metrics.show_depths(None, NOON)
    found = values(metrics.text())
    assert found["elevate_queues_known"] == 0
    assert not [name for name in found if name.startswith("elevate_queue_")], "old numbers would look like new ones"


async def test_a_scrape_asks_the_record_once_in_a_few_seconds_and_outlives_its_absence() -> None:
    asked, away, at = [0], [False], [0.0]

    async def depths() -> dict[str, Depth]:
        asked[0] += 1
        if away[0]:
            raise StoreDown()
        return {"inbox": Depth(waiting=asked[0])}

    async def ping() -> None:
        if away[0]:
            raise StoreDown()

    readiness = Readiness(ping, lambda: NOON, kept_seconds=0)
    readiness.watch({"slack": lambda: ""}, lambda: {"clock": NOON})
    numbers = Numbers(Metrics("1.2.3"), depths, readiness, lambda: NOON, lambda: at[0])
    found = [values(await numbers.text()) for _ in range(3)]
    assert asked == [1]
    assert [each["elevate_queue_rows{queue=inbox,state=waiting}"] for each in found] == [1, 1, 1]
    assert (found[0]["elevate_ready"], found[0]["elevate_last_tick_timestamp_seconds"]) == (1, NOON.timestamp())
    at[0], away[0] = KEPT_SECONDS, True
    await asyncio.sleep(0.01)  # the last answer of the record is forgotten by then
    gone = values(await numbers.text())
    assert (gone["elevate_ready"], gone["elevate_queues_known"]) == (0, 0)
