"""An answer of a given shape, asked for through the real client."""

from __future__ import annotations

import json
from contextlib import aclosing

from core.llm.claude import Claude
from core.llm.model import Brief, Payer, Turn, Use, Words
from tests.scheduler.people import NORA
from tests.servers.claude import ClaudeServer

SCHEMA = {
    "type": "object",
    "properties": {"cells": {"type": "array", "items": {"type": "string"}}},
    "required": ["cells"],
    "additionalProperties": False,
}


async def test_the_shape_is_asked_for_and_its_document_comes_as_words() -> None:
    async with ClaudeServer() as server:
        claude = Claude("sk-ant-test", base_url=server.url)
        brief = Brief(
            turns=(Turn("person", "Sort this."),),
            question="Sort this.",
            payer=Payer(NORA, Use.SORTING),
            kind="run",
            schema=SCHEMA,
        )
        async with aclosing(claude.answer(brief)) as chunks:
            said = "".join([chunk.text async for chunk in chunks if isinstance(chunk, Words)])
        await claude.close()
    assert json.loads(said) == {"cells": []}
    assert server.requests[0]["output_config"]["format"] == {"type": "json_schema", "schema": SCHEMA}
    assert server.requests[0]["output_config"]["effort"]
