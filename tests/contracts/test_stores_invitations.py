"""Invitations, the same on both databases."""

from __future__ import annotations

from core.people.invitation import Invitation
from persistence.invitations import InvitationRecord
from tests.contracts.strict import Strict
from tests.students import NOON, OMAR, SLACK, met


async def test_an_invitation_is_the_organizations_and_the_last_one_counts(strict: Strict) -> None:
    store, slack, omar = InvitationRecord(strict), await met(strict, SLACK), await met(strict, OMAR)
    first = Invitation(id="discord:G1:D9", organization_id="org_forged", name="Ana", cohort_id="coh_1", created_at=NOON)
    await store.keep(omar, first)
    again = first.model_copy(update={"name": "Ana Byrne", "cohort_id": None, "timezone": "Europe/Dublin"})
    await store.keep(omar, again)
    wanted = again.model_copy(update={"organization_id": omar.organization_id})
    assert await store.find("discord:G1:D9") == wanted
    assert list(await store.of_organization(omar)) == [wanted]
    assert list(await store.of_organization(slack)) == []
    await store.keep(omar, first.model_copy(update={"id": "discord:G1:D8"}))
    assert (await store.counted(omar), await store.counted(slack)) == ({"": 1, "coh_1": 1}, {})
    await store.came("discord:G1:D8")
    seen = again.model_copy(update={"channel": "C7"})
    await store.expect(omar.organization_id, seen)
    await store.expect(omar.organization_id, again)
    assert await store.find("discord:G1:D9") == wanted, "the channel is gone with the one before"
    await store.came("discord:G1:D9")
    assert await store.find("discord:G1:D9") is None
