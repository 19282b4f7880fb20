"""Editing, linking and erasing do the same on both databases."""

from __future__ import annotations

import secrets
from dataclasses import replace

from core.course.model import ModuleStatus
from core.people.link import Linking
from core.people.link_model import SETTLING
from core.privacy.service import Privacy
from persistence.documents import Database
from persistence.links import LinkRecord
from persistence.privacy import PrivacyRecord
from persistence.progress import ProgressRecord
from persistence.snapshots import SnapshotRecord
from tests.students import (
    DISCORD,
    HOUR,
    NOON,
    OFFER,
    PAINS,
    SECRET,
    SLACK,
    everything,
    everything_of,
    foundations,
    met,
)

LATER = NOON + 10 * HOUR


async def test_an_account_is_filled_linked_and_erased(whole_record: Database) -> None:
    mark = f"norasecret{secrets.token_hex(6)}"
    slack_actor, discord_actor = (replace(each, workspace=f"{each.workspace}{mark}") for each in (SLACK, DISCORD))
    slack, discord = await met(whole_record, slack_actor), await met(whole_record, discord_actor, NOON + HOUR)
    service = foundations(whole_record)
    for number, person in enumerate((slack, discord)):
        at = NOON + number * HOUR
        await service.save(person, {OFFER: f"{mark} offer {number}", PAINS: "fuzzy; sour"}, at)
        await everything_of(whole_record, person, f"{mark}{number}", at)
    await ProgressRecord(whole_record).complete(discord, "mod_1", NOON + HOUR)

    linking = Linking(LinkRecord(whole_record), SECRET)
    await linking.confirm(discord, await linking.give_code(slack, LATER), LATER)
    while await linking.resume(LATER + SETTLING):
        pass
    nora = await met(whole_record, discord_actor)
    assert nora.user_id == slack.user_id
    assert (await service.of(nora, LATER)).value(OFFER) == f"{mark} offer 1"
    newest = (await service.changes(nora, 1))[0]
    await service.put_back(nora, newest.id, LATER + HOUR)
    assert (await service.of(nora, LATER)).value(OFFER) == f"{mark} offer 0"
    (module,) = await ProgressRecord(whole_record).of(nora)
    assert module.status is ModuleStatus.COMPLETED
    assert module.notes == f"note {mark}0\n\nnote {mark}1"
    assert len(await SnapshotRecord(whole_record).latest(nora, 10)) == 1

    privacy = Privacy(PrivacyRecord(whole_record), SECRET)
    assert (await privacy.counts(nora))["userGeneratedAssets"] == 2
    await privacy.erase(nora, LATER)
    while await privacy.resume(LATER + SETTLING):
        pass
    left = repr(await everything(whole_record))
    assert mark not in left
    assert nora.user_id not in left
    assert await privacy.was_erased(slack.identities[0])
