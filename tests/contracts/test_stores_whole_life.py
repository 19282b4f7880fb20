"""Two accounts that did everything are linked, handed out and erased, while the validators of a real MongoDB hold."""

from __future__ import annotations

from core.assets.model import AssetStatus
from core.assets.service import Assets
from core.course.steps import Step
from core.foundation.model import OpenInterview
from core.kpis.model import Snapshot
from core.people.link import Linking
from core.people.link_model import SETTLING
from core.people.model import Person
from core.playbook.model import Execution, Status
from core.privacy.service import Privacy
from core.request import Address
from persistence.assets import AssetRecord
from persistence.drafts import FormDraftRecord
from persistence.foundation import FoundationRecord
from persistence.links import LinkRecord
from persistence.privacy import PrivacyRecord
from persistence.progress import ProgressRecord
from persistence.runs import ExecutionRecord
from persistence.snapshots import SnapshotRecord
from tests.contracts.strict import Strict
from tests.students import DISCORD, HOUR, NOON, OFFER, PAINS, SECRET, SLACK, april, everything, foundations, met, said

LATER = NOON + 10 * HOUR


async def _lived(strict: Strict, person: Person, number: int) -> None:
    """The person does everything, an hour after the one before."""
    at = NOON + number * HOUR
    await foundations(strict).save(person, {OFFER: f"offer {number}", PAINS: "fuzzy; sour"}, at)
    await FoundationRecord(strict).interview(person, OpenInterview(cell=OFFER, place="here"), at)
    progress = ProgressRecord(strict)
    await progress.tick(person, "mod_1", number + 1, at)
    await progress.note(person, "mod_1", f"note {number}", at)
    await progress.answer(person, "mod_1", {"who": f"answer {number}"}, at)
    await progress.complete(person, "mod_2", at)
    figures = {"hook_AvgCTR": 2.0 + number, "convert_TotalSales": 90_000}
    await SnapshotRecord(strict).put(person, april(person, figures, at, f"notes {number}", "GBP"))
    asset = await Assets(AssetRecord(strict)).keep(
        person, step=Step.HOOK, asset_type="Headlines", content=f"Fuzzy jar {number}?", channel="Instagram", at=at
    )
    await AssetRecord(strict).move(person, asset.id, to=AssetStatus.IMPLEMENTED, out_of=[AssetStatus.DRAFT], at=at)
    run = Execution(
        id=f"run_{number}",
        user_id=person.user_id,
        organization_id=person.organization_id,
        prompt_code="H1",
        elevate_step="Hook",
        input_context_snapshot={"companyContext": {"coreOffers": "jars"}},
        ai_request_timestamp=at,
    )
    await ExecutionRecord(strict).add(person, run)
    await ExecutionRecord(strict).finish(person, run.id, status=Status.SUCCESS, response="Fuzzy jar?", at=at)
    await ExecutionRecord(strict).link(person, run.id, asset.id)
    await FormDraftRecord(strict).keep(person, "snapshot", {"hook_AvgCTR": "2"}, at)
    platform = (SLACK, DISCORD)[number]
    await said(strict, person, Address(platform.platform, platform.workspace, "general"), f"words {number}", at)


async def test_everything_of_two_accounts_comes_together_and_goes(strict: Strict) -> None:
    slack, discord = await met(strict, SLACK), await met(strict, DISCORD, NOON + HOUR)
    for number, person in enumerate((slack, discord)):
        await _lived(strict, person, number)
    assert strict.took > 30, "what was written was looked at"

    linking = Linking(LinkRecord(strict), SECRET)
    await linking.confirm(discord, await linking.give_code(slack, LATER), LATER)
    while await linking.resume(LATER + 2 * SETTLING):
        pass
    nora = await met(strict, DISCORD)
    assert nora.user_id == slack.user_id
    (snapshot,) = await strict.collection("userFunnelSnapshots").find({})
    assert Snapshot.of(snapshot).figures["hook_AvgCTR"] == 3.0
    merged = {each.module_id: each for each in await ProgressRecord(strict).of(nora)}
    assert set(merged["mod_1"].ticked_items) == {1, 2}
    assert merged["mod_1"].worksheet == {"who": "answer 1"}
    assert merged.keys() == {"mod_1", "mod_2"}
    assert {each.id for each in await ExecutionRecord(strict).listed(nora, 10)} == {"run_0", "run_1"}
    assert len(await AssetRecord(strict).headings(nora)) == 2
    assert (await foundations(strict).of(nora, LATER)).value(OFFER) == "offer 1"

    privacy = Privacy(PrivacyRecord(strict), SECRET)
    assert (await privacy.export(nora, LATER)).content.startswith(b"PK")
    await privacy.erase(nora, LATER)
    while await privacy.resume(LATER + 2 * SETTLING):
        pass
    left = {name: some for name, some in (await everything(strict)).items() if some}
    assert set(left) == {"tombstones"}
    assert nora.user_id not in repr(left)
