"""What a run of a prompt writes: links that the student did not bring into it are plain words, shown and kept."""

from __future__ import annotations

from contextlib import aclosing

from core.people.model import Person
from core.ui import Ended, Grew
from persistence.documents import Database
from tests.core.playbook.world import H1, desk


async def test_a_run_shows_the_students_links_and_nobody_elses(database: Database, nora: Person) -> None:
    here = desk(database, nora)
    execution, job = await here.begin()
    execution = execution.model_copy(update={"prompt": "Write headlines for https://lidandjar.co.uk/gift"})
    here.pen.hand("See [it](https://lidandjar.co", ".uk/gift) or [here](https://ev", "il.example/?d=fuzzy)", None)
    grown, ended = "", None
    async with aclosing(here.running.updates(nora, H1, execution, job)) as updates:
        async for update in updates:
            if isinstance(update, Grew):
                grown += update.text
            elif isinstance(update, Ended):
                ended = update.message
    words = "See [it](https://lidandjar.co.uk/gift) or [here] (https[:]//evil[.]example/?d=fuzzy)"
    assert grown == words
    assert ended is not None
    assert ended.text == words
    assert (await here.kept()).ai_response == words
