"""Figures that other programs send: whose address it is, whether they may, and what is taken of what they send."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.errors import Refusal
from core.ids import made_id, new_id
from core.kpis.history import Source
from core.kpis.reading import check
from core.kpis.service import AnotherCurrency, Snapshots
from core.kpis.webhook_body import Body, BodyRefused, body_of
from core.kpis.webhook_model import Delivery, Webhook
from core.kpis.webhook_ports import WebhookStore
from core.people.model import Person
from core.people.service import People

BODY_BYTES = 64_000
"""A snapshot with every figure is under 3,000."""
KEY_AT_MOST = 200
SIGNED_FOR = timedelta(minutes=5)
"""How far the time in a signature may be off: so long could it be sent again, to the same effect."""
PROBLEMS_AT_MOST = 10


class NoAddress(Refusal):
    """You have no address for figures yet. /kpi connect makes one."""


class NotReachable(Refusal):
    """Other programs cannot reach this bot yet. Whoever runs it needs to set ELEVATE_PUBLIC_URL; then try /kpi connect again."""


@dataclass(frozen=True, slots=True)
class Connection:
    """A person's address as they need it to set up a program: where, and with which token."""

    webhook: Webhook
    url: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Credentials:
    """How a request says that it may: `Authorization`'s bearer, or the time and the signature of `X-Elevate-Signature`."""

    bearer: str = field(default="", repr=False)
    signature: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to a request: an HTTP status, and what goes into its JSON body."""

    status: int
    body: Mapping[str, object]


NOBODY = Answered(401, {"error": "This address and token do not fit together. /kpi connect shows yours."})
"""Said in the same words where there is no such address, so that nobody learns which there are."""


class Webhooks:
    """The addresses of all students."""

    def __init__(self, store: WebhookStore, people: People, snapshots: Snapshots, key: bytes, public_url: str | None) -> None:
        self._store = store
        self._people = people
        self._snapshots = snapshots
        self._key = key
        self._url = public_url.rstrip("/") if public_url else None

    @property
    def reachable(self) -> bool:
        """Whether an address of this bot is known to the outside."""
        return self._url is not None

    async def connect(self, person: Person, at: datetime) -> Connection:
        """The person's address, made where there is none.

        Raises:
            NotReachable: no address of this bot is known to the outside.
        """
        if self._url is None:
            raise NotReachable()
        fresh = Webhook(
            id=new_id("whk"), person_id=person.id, organization_id=person.organization_id, created_at=at, changed_at=at
        )
        return self._connection(await self._store.make(person, fresh))

    async def renew(self, person: Person, at: datetime) -> Connection:
        """A new token; the old one is worth nothing from now on.

        Raises:
            NoAddress: there is none.
            NotReachable: no address of this bot is known to the outside.
        """
        webhook = await self._store.renew(person, at)
        if webhook is None:
            raise NoAddress()
        return self._connection(webhook)

    async def disconnect(self, person: Person) -> None:
        """Take the address away.

        Raises:
            NoAddress: there is none.
        """
        if not await self._store.drop(person):
            raise NoAddress()

    async def of(self, person: Person) -> Webhook | None:
        """The person's address as it stands, or None."""
        return await self._store.of(person)

    async def take(self, webhook_id: str, given: Credentials, body: bytes, key: str, at: datetime) -> Answered:
        """Keep the figures in a request's body.

        `key` names the delivery: with the same key the same body is answered as it was, and another is refused. Without one it
        is kept again, which changes nothing.

        Raises:
            StoreTrouble: it could not be kept, and should be sent again.
        """
        webhook = await self._store.by_id(webhook_id)
        if webhook is None or not self._may(webhook, given, body, at):
            return NOBODY
        person = await self._people.by_id(webhook.person_id)
        if person is None:
            return NOBODY
        answer = await (self._once(person, webhook, body, key, at) if key else self._taken(person, body, at))
        problems = answer.body.get("fields")
        lines = [f"{name}: {what}" for name, what in problems.items()] if isinstance(problems, Mapping) else []
        said = lines or ([str(answer.body["error"])] if "error" in answer.body else [])
        await self._store.note(person, answer.status, said[:PROBLEMS_AT_MOST], at)
        return answer

    async def _once(self, person: Person, webhook: Webhook, body: bytes, key: str, at: datetime) -> Answered:
        if len(key) > KEY_AT_MOST:
            return Answered(400, {"error": f"Idempotency-Key has more than {KEY_AT_MOST} characters."})
        digest = hashlib.sha256(body).hexdigest()
        fresh = Delivery(
            id=made_id("dlv", f"{webhook.id}:{key}"), person_id=person.id, webhook_id=webhook.id, digest=digest, at=at
        )
        before = await self._store.begin(person, fresh)
        if before is not None and before.digest != digest:
            return Answered(422, {"error": "This Idempotency-Key came before, with other figures. Use a new one."})
        if before is not None and before.status is not None:
            return Answered(before.status, json.loads(before.answer))
        answer = await self._taken(person, body, at)
        await self._store.end(person, fresh.id, answer.status, json.dumps(dict(answer.body)))
        return answer

    async def _taken(self, person: Person, body: bytes, at: datetime) -> Answered:
        try:
            read = body_of(body, self._snapshots.metrics, self._snapshots.currency(person), at.astimezone(person.zone).date())
            return await self._kept(person, read, at)
        except BodyRefused as refused:
            return Answered(refused.status, {"error": refused.message, "fields": dict(refused.fields)})
        except AnotherCurrency as refused:
            return Answered(409, {"error": refused.message, "fields": {"currency": refused.message}})

    async def _kept(self, person: Person, read: Body, at: datetime) -> Answered:
        checked = check(self._snapshots.metrics, read.typed, read.currency, person.settings)
        wrong = dict(checked.refused)
        wrong |= {name: f"{each.question} {each.remedy}" for name, each in checked.unclear.items()}
        for choice in checked.asks:
            asking = [name for name in read.typed if self._snapshots.metrics.by_field[name].choice == choice.key]
            wrong |= dict.fromkeys(asking, f"{choice.question} Answer it once with /kpi settings.")
        if wrong:
            raise BodyRefused("Nothing was kept. Mend these fields and send it again.", wrong)
        came = {"currency": read.currency, "notes": read.notes}
        kept = await self._snapshots.log(person, read.period, checked.taken, **came, at=at, source=Source.SENT)
        saved: dict[str, object] = {"snapshot": kept.id, "timePeriod": kept.time_period, "saved": sorted(checked.taken)}
        return Answered(200, {**saved, "warnings": dict(checked.odd)} if checked.odd else saved)

    def _connection(self, webhook: Webhook) -> Connection:
        if self._url is None:
            raise NotReachable()
        return Connection(webhook, f"{self._url}/in/kpi/{webhook.id}", self._token(webhook))

    def _token(self, webhook: Webhook) -> str:
        made = hmac.new(self._key, f"kpi-webhook:{webhook.id}:{webhook.version}".encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(made).decode().rstrip("=")

    def _may(self, webhook: Webhook, given: Credentials, body: bytes, at: datetime) -> bool:
        token = self._token(webhook)
        if given.bearer:
            return hmac.compare_digest(given.bearer.encode(), token.encode())
        parts = dict(each.strip().partition("=")[::2] for each in given.signature.split(","))
        try:
            signed_at = int(parts.get("t", ""))
        except ValueError:
            return False
        wanted = hmac.new(token.encode(), f"{signed_at}.".encode() + body, hashlib.sha256).hexdigest()
        fresh = abs(at.timestamp() - signed_at) <= SIGNED_FOR.total_seconds()
        return fresh and hmac.compare_digest(parts.get("v1", "").encode(), wanted.encode())
