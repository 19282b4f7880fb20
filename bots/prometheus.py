"""The program's signals as Prometheus reads them: each name, its labels, and the text of one scrape.

A registry of its own, so that two programs in one process count apart. No label says who or where; each has few values: names of
commands, models, routes and kinds that the program itself knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import assert_never

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as CONTENT_TYPE
from prometheus_client.metrics_core import Metric

from core.signals import (
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

__all__ = ["CONTENT_TYPE", "Metrics"]

MICROS = 1_000_000
AT_ONCE = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds in which a page or a picture is there."""
ANSWERING = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60, 120, 300)
"""Seconds of an answer: a command's in milliseconds, a model's in up to minutes."""
LATE = (1, 5, 15, 30, 60, 120, 300, 900, 3600, 4 * 3600, 24 * 3600)
"""Seconds by which a reminder may be late: a tick of the clock is 30 of them."""


class _Registry(CollectorRegistry):
    """Without the times at which each series began: nobody asks for them, and they are a third of the text."""

    def collect(self) -> Iterator[Metric]:
        """What is counted."""
        for metric in super().collect():
            metric.samples = [each for each in metric.samples if not each.name.endswith("_created")]
            yield metric


class Metrics:
    """Counts signals, and writes them out."""

    def __init__(self, version: str) -> None:
        self._registry = _Registry()
        ProcessCollector(registry=self._registry)
        self._about(version)
        self._count_answers()
        self._count_the_outside()
        self._count_work()

    def note(self, signal: Signal) -> None:
        """Count it."""
        match signal:
            case RequestServed():
                self._served(signal)
            case TurnTaken(platform, came):
                self._turns.labels(platform.value, came.value).inc()
            case ModelPaid():
                self._paid(signal)
            case LetterLeft(platform, came, late):
                self._letters.labels(platform.value, came).inc()
                if late is not None:
                    self._lag.observe(max(0.0, late))
            case LeaseMissed(what):
                self._leases.labels(what).inc()
            case PlatformCalled(platform, status, pause):
                self._calls.labels(platform.value, f"{status // 100}xx").inc()
                if pause is not None:
                    self._limited.labels(platform.value).inc()
                    self._pauses.labels(platform.value).inc(pause)
            case PageServed(route, method, status, seconds):
                self._pages.labels(route, method, str(status)).inc()
                self._page_seconds.labels(route).observe(seconds)
            case ChartDrawn(drawn, seconds):
                self._charts.labels("drawn" if drawn else "failed").inc()
                self._chart_seconds.observe(seconds)
            case FiguresDelivered(status):
                self._deliveries.labels(str(status)).inc()
            case _:
                assert_never(signal)

    def show_depths(self, depths: Mapping[str, Depth] | None, at: datetime) -> None:
        """How the queues stand; None where the record does not say, and then they have no numbers rather than old ones."""
        for gauge in (self._rows, self._oldest):
            gauge.clear()
        self._known.set(depths is not None)
        for queue, depth in (depths or {}).items():
            for state in ("waiting", "due", "running", "aside"):
                self._rows.labels(queue, state).set(getattr(depth, state))
            since = (at - depth.due_since).total_seconds() if depth.due_since else 0.0
            self._oldest.labels(queue).set(max(0.0, since))

    def show_ready(self, ready: bool, ticked_at: datetime | None) -> None:
        """What `/readyz` says just now, and when the clock last went round."""
        self._ready.set(ready)
        if ticked_at is not None:
            self._ticked.set(ticked_at.timestamp())

    def text(self) -> bytes:
        """All of it, in Prometheus' text format."""
        return generate_latest(self._registry)

    def _about(self, version: str) -> None:
        Info("elevate", "The program that runs.", registry=self._registry).info({"version": version})
        self._ready = Gauge("elevate_ready", "1 while /readyz answers 200.", registry=self._registry)
        self._ticked = Gauge(
            "elevate_last_tick_timestamp_seconds", "When the clock last went round, in Unix time.", registry=self._registry
        )

    def _count_answers(self) -> None:
        registry = self._registry
        self._requests = Counter(
            "elevate_requests",
            "Requests that came to their end, by what came of them.",
            ("kind", "command", "platform", "outcome"),
            registry=registry,
        )
        self._answer_seconds = Histogram(
            "elevate_answer_seconds",
            "From a request to the whole of its answer.",
            ("kind", "platform"),
            buckets=ANSWERING,
            registry=registry,
        )
        self._first_words = Histogram(
            "elevate_first_words_seconds",
            "From a request to the first words of an answer that grows.",
            ("platform",),
            buckets=ANSWERING,
            registry=registry,
        )
        self._turns = Counter(
            "elevate_turns", "Times that an agent spoke, by what came of it.", ("platform", "outcome"), registry=registry
        )
        self._tokens = Counter("elevate_tokens", "Tokens, as they are paid for.", ("model", "kind"), registry=registry)
        self._cost = Counter("elevate_cost_dollars", "What models cost, in US dollars.", ("model", "use"), registry=registry)

    def _count_the_outside(self) -> None:
        registry = self._registry
        self._calls = Counter(
            "elevate_platform_calls",
            "Answers of a platform's API, by class of status.",
            ("platform", "status"),
            registry=registry,
        )
        self._limited = Counter(
            "elevate_rate_limited", "Calls that a platform answered with 429.", ("platform",), registry=registry
        )
        self._pauses = Counter(
            "elevate_rate_limit_wait_seconds", "Seconds that platforms asked us to wait.", ("platform",), registry=registry
        )
        self._pages = Counter(
            "elevate_web_requests", "Requests to the web server.", ("route", "method", "status"), registry=registry
        )
        self._page_seconds = Histogram(
            "elevate_web_seconds", "Until the web server had answered.", ("route",), buckets=AT_ONCE, registry=registry
        )
        self._deliveries = Counter(
            "elevate_figure_deliveries", "Figures that other programs sent, by our answer.", ("status",), registry=registry
        )
        self._charts = Counter("elevate_charts", "Charts that were drawn as pictures.", ("outcome",), registry=registry)
        self._chart_seconds = Histogram(
            "elevate_chart_seconds", "Until a chart's picture was there.", buckets=AT_ONCE, registry=registry
        )

    def _count_work(self) -> None:
        registry = self._registry
        self._rows = Gauge("elevate_queue_rows", "Rows in the record's queues.", ("queue", "state"), registry=registry)
        self._oldest = Gauge(
            "elevate_queue_oldest_due_seconds", "For how long the longest due row has been due.", ("queue",), registry=registry
        )
        self._known = Gauge("elevate_queues_known", "1 where the record told how the queues stand.", registry=registry)
        self._letters = Counter(
            "elevate_messages", "Messages out of the outbox, by what came of them.", ("platform", "outcome"), registry=registry
        )
        self._lag = Histogram(
            "elevate_nudge_lag_seconds", "From when a reminder was due to when it was sent.", buckets=LATE, registry=registry
        )
        self._leases = Counter(
            "elevate_leases_lost", "Work that another process took over while this one was at it.", ("what",), registry=registry
        )

    def _served(self, signal: RequestServed) -> None:
        platform = signal.platform.value
        self._requests.labels(signal.kind, signal.command, platform, signal.came.value).inc()
        self._answer_seconds.labels(signal.kind, platform).observe(signal.seconds)
        if signal.first_words is not None:
            self._first_words.labels(platform).observe(signal.first_words)

    def _paid(self, signal: ModelPaid) -> None:
        for kind, count in signal.tokens.items():
            self._tokens.labels(signal.model, kind).inc(count)
        self._cost.labels(signal.model, signal.use).inc(signal.micros / MICROS)
