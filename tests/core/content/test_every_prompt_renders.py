"""Every prompt, as it is sent for the example shop."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.content_check import ROCKET
from core.foundation.typed import write_cell
from core.playbook.rocket import placeholders
from tests.core.content.shop import CELLS, PROMPTS, Rendered, answer

HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)
UNRESOLVED = re.compile(r"[{}]|\[\[|\]\]")
NOTHING_QUOTED = re.compile(r'(?<!")""$', re.MULTILINE)

Prompts = Mapping[str, Rendered]


def test_the_example_shop_has_an_answer_for_every_cell() -> None:
    assert [key for key, cell in CELLS.by_key.items() if not write_cell(cell, cell.example)] == []


def test_every_placeholder_resolves_for_the_example_shop(prompts: Prompts) -> None:
    assert len(prompts) == len(PROMPTS)
    for code, each in prompts.items():
        for name in placeholders(each.prompt.body):
            cell = CELLS.by_field.get(name)
            if cell is None or cell.kind != "text":
                continue
            assert write_cell(cell, cell.example) in each.full, (code, name)
        assert [ask.name for ask in each.prompt.ask if answer(ask) not in each.full] == [], code


def test_no_prompt_is_sent_with_a_brace_that_nothing_filled(prompts: Prompts) -> None:
    for code, each in prompts.items():
        for text in (each.full, each.bare):
            assert UNRESOLVED.findall(text) == [], code


def test_no_prompt_is_sent_with_a_heading_that_nothing_follows(prompts: Prompts) -> None:
    for code, each in prompts.items():
        for text in (each.full, each.bare):
            assert tuple(HEADING.findall(text)) == ROCKET, code
            assert all(part.strip() for part in HEADING.split(text)[1:]), code


def test_what_is_optional_falls_away_and_leaves_no_gap(prompts: Prompts) -> None:
    for code, each in prompts.items():
        optional = bool(each.prompt.uses) or any(not ask.required for ask in each.prompt.ask)
        assert optional == (len(each.bare) < len(each.full)), code
        assert "\n\n\n" not in each.bare + each.full, code
        assert not NOTHING_QUOTED.search(each.bare), code


def test_a_prompt_names_every_cell_that_it_requires_and_does_not_find(prompts: Prompts) -> None:
    for code, each in prompts.items():
        required = [name for name in each.prompt.requires if name in CELLS.by_field]
        assert [cell.field for cell in each.needs.cells] == required, code
        assert all(cell.title and cell.question for cell in each.needs.cells), code
        assert each.needs.sources == tuple(name for name in each.prompt.requires if name not in required), code
        assert each.needs.asks == tuple(ask for ask in each.prompt.ask if ask.required), code
