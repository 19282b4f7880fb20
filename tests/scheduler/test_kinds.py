"""Jobs find their handlers."""

from __future__ import annotations

import pytest

from core.jobs import Job, new_job
from scheduler.kinds import Kinds, UnknownKind
from tests.records import NOON


async def test_a_job_goes_to_the_handler_of_its_kind() -> None:
    async def greet(job: Job) -> str:
        return f"hello {job.payload['name']}"

    job = new_job("greet", {"name": "Nora"}, organization_id="org_one", at=NOON)
    assert await Kinds({"greet": greet})(job) == "hello Nora"


async def test_a_kind_that_this_version_does_not_know_is_named() -> None:
    with pytest.raises(UnknownKind, match="digest"):
        await Kinds({})(new_job("digest", {}, organization_id="org_one", at=NOON))
