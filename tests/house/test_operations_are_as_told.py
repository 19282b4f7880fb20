"""The page for whoever runs it: its queries ask for numbers that there are, and it tells of nothing that is not."""

from __future__ import annotations

import re

import pytest
import yaml

from bots.prometheus import Metrics
from bots.settings import described
from core.request import Platform
from core.signals import Came, Depth
from tests.bots.test_prometheus import EACH, NOON, values
from tests.house.tree import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
EXPRESSIONS = re.compile(r"elevate_[a-z_]+(?:\{[^}]*\})?")
LABELS = re.compile(r'([a-z_]+)(?:=|!=|=~|!~)"')


def samples() -> dict[str, set[str]]:
    """The labels of every number there is, by its name."""
    metrics = Metrics("1.2.3")
    for each in EACH:
        metrics.note(each)
    metrics.show_depths({"inbox": Depth()}, NOON)
    found: dict[str, set[str]] = {}
    for sample in values(metrics.text()):
        name, _, labels = sample.partition("{")
        found.setdefault(name, set()).update(re.findall(r"(?:^|,)([a-z]+)=", labels.removesuffix("}")))
    return found


def test_every_number_that_the_page_asks_for_is_there_with_its_labels() -> None:
    there, asked = samples(), EXPRESSIONS.findall(PAGE)
    assert len(asked) > 20
    for each in asked:
        name = each.partition("{")[0]
        assert name in there or f"{name}_count" in there, f"{name} is no number of ours"
        labels = there.get(name, set())
        assert set(LABELS.findall(each)) <= labels, f"{each}: it has the labels {sorted(labels)}"


def test_every_number_is_told_of_on_the_page() -> None:
    names = {re.sub(r"_(sum|count|bucket)$", "", name) for name in samples() if name.startswith("elevate_")}
    assert [name for name in sorted(names) if name not in PAGE] == []


def test_every_value_of_a_label_that_the_page_asks_for_can_be() -> None:
    can = {
        "outcome": {each.value for each in Came} | {"sent", "drawn", "failed"},
        "platform": {each.value for each in Platform},
        "kind": {"asked", "read", "cached", "written"},
        "state": {"waiting", "due", "running", "aside"},
    }
    for label, value in re.findall(r'(outcome|platform|kind|state)!?=~?"([^"]*)"', PAGE):
        assert set(value.replace("\\|", "|").split("|")) <= can[label], f"{label}={value}"


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
def test_what_is_to_be_pasted_is_yaml(block: str) -> None:
    assert isinstance(yaml.safe_load(block), dict)


def test_every_setting_that_the_page_names_is_one() -> None:
    named = set(re.findall(r"\b(?:ELEVATE|SLACK|DISCORD|ANTHROPIC)_[A-Z_]+[A-Z]\b", PAGE))
    assert named <= described().keys()
