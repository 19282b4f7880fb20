"""What README.md has from the code: the commands, the parts of `elevate`, and the settings."""

from __future__ import annotations

import pytest

from bots.features import catalog
from bots.settings import described
from tests.house.readme import README, TABLES, written

AGAIN = "run: make readme"


@pytest.mark.parametrize("name", TABLES)
def test_each_table_is_as_the_code_has_it(name: str) -> None:
    readme = README.read_text(encoding="utf-8")
    assert readme.count(f"<!-- {name} -->\n") == readme.count(f"<!-- /{name} -->\n") == 1
    assert f"<!-- {name} -->\n{TABLES[name]()}<!-- /{name} -->\n" in readme, AGAIN


def test_writing_it_anew_changes_nothing_else() -> None:
    old = "# Elevate\n" + "".join(f"{name}:\n<!-- {name} -->\nstale words\n<!-- /{name} -->\nand more\n" for name in TABLES)
    again = written(old)
    assert "stale words" not in again
    assert again.count("and more") == len(TABLES)
    assert written(again) == again


def test_every_listed_command_and_every_setting_is_in_it() -> None:
    lines = TABLES["commands"]().splitlines()
    for group, parts in catalog().groups.items():
        for each in parts:
            part = each.name.removeprefix(group).strip()
            named = [line for line in lines if f"`/{each.name}`" in line or f"| `/{group}` |" in line]
            assert any(f"`/{each.name}`" in line or f"`{part}`" in line or each.summary in line for line in named), each.name
    assert all(f"`{name}`" in TABLES["settings"]() for name in described())
