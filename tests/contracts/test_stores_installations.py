"""Installations of the bot and their states, on both databases, with validators that hold."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from core.installations import STATE_LIFE, OAuthState, SlackInstallation, state_id
from persistence.installations import InstallationRecord
from tests.contracts.strict import Strict
from tests.records import NOON

MINUTE = timedelta(minutes=1)


def installed(number: int, team: str | None = "T1", enterprise: str | None = None) -> SlackInstallation:
    """The installation of so many minutes after noon."""
    return SlackInstallation(
        id=f"ins_{number}",
        enterprise_id=enterprise,
        team_id=team,
        name="Jars",
        app_id="A1",
        bot_id="B1",
        bot_user_id="U1",
        bot_token=f"sealed {number}",
        scopes=("chat:write", "commands"),
        installed_at=NOON + number * MINUTE,
    )


async def test_the_newest_installation_holds_and_those_of_before_are_kept(strict: Strict) -> None:
    record = InstallationRecord(strict)
    for number in (2, 1):
        await record.add(installed(number))
    await record.add(installed(3, "T2"))
    assert await record.newest(None, "T1") == installed(2)
    assert await record.covering("T1") == installed(2)
    assert await record.newest(None, "T9") is None
    assert await record.covering("T9") is None
    assert await record.newest(None, None) is None
    assert await strict.collection("slackInstallations").count({}) == 3


async def test_a_workspace_that_joins_an_organization_keeps_its_installation(strict: Strict) -> None:
    record = InstallationRecord(strict)
    await record.add(installed(1))
    assert await record.newest("E1", "T1") == installed(1)


async def test_an_organizations_installation_reaches_the_workspaces_that_it_was_met_in(strict: Strict) -> None:
    record = InstallationRecord(strict)
    await record.add(installed(1, "T1", "E1"))
    await record.add(installed(2, None, "E1"))
    await record.add(installed(3, None, "E2"))
    whole = await record.newest("E1", None)
    assert whole == installed(2, None, "E1")
    assert await record.covering("T7") is None
    for _ in range(2):
        await record.met(whole, "T7")
    found = await record.covering("T7")
    assert found is not None
    assert (found.id, found.workspaces) == ("ins_2", ("T7",))
    await record.add(installed(4, None, "E1"))
    assert await record.covering("T7") == installed(4, None, "E1"), "installed again, it reaches as far as before"
    assert await record.covering("T1") == installed(1, "T1", "E1"), "nobody met the organization's there"
    await record.met(installed(4, None, "E1"), "T1")
    assert (await record.covering("T1") or whole).id == "ins_4", "the newer of the two"


async def test_uninstalling_removes_what_was_installed_until_then_and_nobody_elses(strict: Strict) -> None:
    record = InstallationRecord(strict)
    for number in (1, 2, 5):
        await record.add(installed(number))
    await record.add(installed(6, "T2"))
    await record.add(installed(7, None, "E1"))
    await record.add(installed(8, "T3", "E1"))
    assert await record.remove(None, "T1", NOON + 2 * MINUTE) == 2
    assert await record.newest(None, "T1") == installed(5), "it was installed again before the word of its end came"
    assert await record.remove("E1", None, NOON + 60 * MINUTE) == 1
    assert await record.newest("E1", None) is None
    assert await record.newest("E1", "T3") == installed(8, "T3", "E1")
    assert await record.newest(None, "T2") == installed(6, "T2")
    assert await record.remove(None, None, NOON + 60 * MINUTE) == 0


async def test_a_state_is_used_once_and_within_ten_minutes(strict: Strict) -> None:
    record = InstallationRecord(strict)
    for state in ("first", "second"):
        await record.begin(OAuthState.begun(state, NOON))
    assert await record.use(state_id("first"), NOON + 9 * MINUTE)
    assert not await record.use(state_id("first"), NOON + 9 * MINUTE)
    assert not await record.use(state_id("second"), NOON + STATE_LIFE)
    assert not await record.use("second", NOON)


async def test_of_many_who_bring_one_state_at_once_one_uses_it(strict: Strict) -> None:
    record = InstallationRecord(strict)
    await record.begin(OAuthState.begun("state", NOON))
    used = await asyncio.gather(*(record.use(state_id("state"), NOON) for _ in range(8)))
    assert sorted(used) == [*[False] * 7, True]
