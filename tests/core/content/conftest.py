"""The prompts, rendered once for all tests of the course's words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from core.foundation.service import Foundations
from core.people.service import People
from persistence.embedded import open_embedded
from persistence.foundation import FoundationRecord
from persistence.people import PeopleRecord
from tests.core.conftest import actor
from tests.core.content.shop import CELLS, NOON, Rendered, fill_in, rendered


@pytest.fixture(scope="session")
async def prompts(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Rendered]:
    """Every prompt, for the example shop and for somebody who has written nothing yet."""
    database = await open_embedded(tmp_path_factory.mktemp("shop"))
    await database.prepare()
    people, foundations = People(PeopleRecord(database)), Foundations(FoundationRecord(database), CELLS)
    shop, newcomer = await people.meet(actor("aoife"), NOON), await people.meet(actor("nora"), NOON)
    await fill_in(foundations, shop)
    found = await rendered(foundations, shop, newcomer)
    await database.close()
    return found
