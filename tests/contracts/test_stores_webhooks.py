"""Addresses for figures and their deliveries, the same on both databases."""

from __future__ import annotations

from core.kpis.webhook_model import Delivery, Webhook
from persistence.webhooks import WebhookRecord
from tests.contracts.strict import Strict
from tests.students import DISCORD, HOUR, NOON, met


async def test_an_address_is_made_once_renewed_noted_and_dropped_with_its_deliveries(strict: Strict) -> None:
    store, nora = WebhookRecord(strict), await met(strict, DISCORD)
    fresh = Webhook(id="whk_1", person_id=nora.id, organization_id=nora.organization_id, created_at=NOON, changed_at=NOON)
    assert await store.renew(nora, NOON) is None, "there is none yet"
    assert await store.make(nora, fresh) == fresh
    assert await store.make(nora, fresh.model_copy(update={"id": "whk_2"})) == fresh
    renewed = await store.renew(nora, NOON + HOUR)
    assert renewed is not None
    assert (renewed.version, renewed.changed_at) == (2, NOON + HOUR)
    await store.note(nora, 422, ("hook_AvgCTR: no",), NOON)
    found = await store.by_id("whk_1")
    assert found == await store.of(nora)
    assert found is not None
    assert (found.received, found.last_status, found.last_problems, found.version) == (1, 422, ("hook_AvgCTR: no",), 2)
    delivery = Delivery(id="dlv_1", person_id=nora.id, webhook_id="whk_1", digest="d", at=NOON)
    assert await store.begin(nora, delivery) is None
    await store.end(nora, "dlv_1", 200, "{}")
    assert await store.begin(nora, delivery) == delivery.model_copy(update={"status": 200, "answer": "{}"})
    assert await store.drop(nora)
    assert await store.of(nora) is None
    assert not await store.drop(nora)
    assert await store.begin(nora, delivery) is None, "its deliveries went with it"
