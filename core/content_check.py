"""Checking the whole course: that every file can be read, and that the files fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from core import content_limits as limits
from core import content_parts as parts
from core.abilities.toolbox import ABILITIES
from core.agents.roster import read_roster
from core.contents import Flaw, Flawed, Source
from core.course.modules import Course
from core.course.steps import Step
from core.foundation.cells import Cells
from core.foundation.model import SUMMARY
from core.kpis.imports.exports import Exports
from core.kpis.metrics import Metrics
from core.llm.prices import Prices
from core.llm.web import WEB
from core.nudges import words
from core.playbook.prompts import Playbook, Prompt
from core.playbook.rocket import placeholders, required_placeholders

ROCKET = ("## Role", "## Objective", "## Context", "## Key instructions", "## Examples", "## Tone and format")
OTHER_SOURCES = frozenset({*(f"assets.{step}" for step in Step), "kpis.latest", "progress.current", SUMMARY})
UNLOCKING = 11


def check(content: Path) -> list[Flaw]:
    """Everything that is wrong with the course in this folder; empty when it is in order.

    What stands in files that cannot be read is held against no other file: where there are such, more may be found once they can.
    """
    flaws: list[Flaw] = []
    cells = Cells(content)
    try:
        course = Course(content)
    except Flawed as trouble:
        return list(trouble.flaws)
    playbook = Playbook(content)
    metrics = Metrics(content)
    has_cells = _read(lambda: cells.file, flaws)
    has_figures = _read(lambda: metrics.file.metrics, flaws)
    has_rules = _read(lambda: metrics.rules, flaws)
    has_prices = _read(lambda: Prices(content).file, flaws)
    templates = words.Templates(content)
    has_templates = _read(lambda: templates.file, flaws)
    has_prompts = _read(lambda: playbook.by_code, flaws)
    has_agents = _read(lambda: read_roster(content / "agents"), flaws)
    has_modules = False not in [_read(partial(course.module, number), flaws) for number in course.numbers]
    flaws += parts.missing_modules(course.numbers)
    if has_cells:
        flaws += _foundation(content, cells)
    if has_figures:
        flaws += _figures(content, metrics)
    if has_prices:
        flaws += Source(content / "prices.yaml").said_twice()
    exports = Exports(content)
    if _read(lambda: exports.file, flaws) and has_figures:
        flaws += _exports(content, exports, metrics)
    if has_templates:
        flaws += words.flaws(content, templates)
    if has_cells and has_prompts:
        flaws += _prompts(content, cells, playbook)
    if has_rules and has_cells and has_figures and has_prompts:
        flaws += _rules(content, metrics, cells, playbook)
    if has_cells and has_figures and has_prompts and has_modules:
        flaws += _modules(content, cells, course, playbook, metrics)
    if has_agents:
        flaws += _agents(content)
    return flaws


def _read(reading: Callable[[], object], flaws: list[Flaw]) -> bool:
    try:
        reading()
    except Flawed as trouble:
        flaws += trouble.flaws
        return False
    return True


def _foundation(content: Path, cells: Cells) -> Iterator[Flaw]:
    source = Source(content / "foundation.yaml")
    yield from source.said_twice()
    yield from parts.empty_parts(cells.file, source)
    yield from parts.in_foundation(cells.file, source)
    yield from _too_long(limits.in_foundation(cells.file), source)
    for grid in cells.grids:
        for cell in (*grid.cells, *grid.extras):
            if cell.grid != grid.key:
                yield source.flaw(f"field: {cell.field}", f"this cell stands in the grid {grid.key}")
    unlocking = sum(cell.unlocks for cell in cells.in_order)
    if unlocking != UNLOCKING:
        yield Flaw(source.name, 0, f"{unlocking} cells unlock Hook; the course says {UNLOCKING}")
    alignment = cells.file.alignment
    looked_at = [field for each in alignment.cells for field in each.looks_at]
    looked_at += [field for each in alignment.checks for field in each.looks_at]
    for field in dict.fromkeys(looked_at):
        if field not in cells.by_field:
            yield source.flaw(field, f"there is no cell for {field}")


def _figures(content: Path, metrics: Metrics) -> Iterator[Flaw]:
    source = Source(content / "kpis.yaml")
    yield from source.said_twice()
    yield from parts.empty_parts(metrics.file, source)
    yield from _too_long(limits.in_figures(metrics.file), source)


def _exports(content: Path, exports: Exports, metrics: Metrics) -> Iterator[Flaw]:
    source = Source(content / "exports.yaml")
    yield from source.said_twice()
    named = [way.figure for each in exports.file.sources for way in each.figures]
    yield from _unknown(source, named, metrics.by_field, "figure")


def _rules(content: Path, metrics: Metrics, cells: Cells, playbook: Playbook) -> Iterator[Flaw]:
    source, rules = Source(content / "diagnosis.yaml"), metrics.rules
    yield from source.said_twice()
    yield from parts.empty_parts(rules, source)
    yield from _too_long(limits.in_rules(rules), source)
    yield from _unknown(source, sorted(rules.fields), metrics.by_field, "figure")
    yield from _unknown(source, [name for each in rules.symptoms for name in each.cells], cells.by_field, "cell")
    codes = [code for each in rules.symptoms for code in each.prompts]
    codes += [code for each in rules.remarks for code in each.prompts]
    yield from _unknown(source, codes, playbook.by_code, "prompt")


def _prompts(content: Path, cells: Cells, playbook: Playbook) -> Iterator[Flaw]:
    for prompt in playbook.by_code.values():
        source = Source(content / "prompts" / prompt.step / f"{prompt.code}.md")
        if not source.text:
            yield Flaw(source.name, 0, "this prompt's file belongs there, by its step and code")
            continue
        yield from source.said_twice()
        yield from parts.empty_parts(prompt, source)
        yield from parts.in_prompt(prompt, source)
        yield from _too_long(limits.in_prompt(prompt), source)
        yield from _context(source, prompt, cells)
        headings = tuple(line for line in prompt.body.splitlines() if line.startswith("## "))
        if headings != ROCKET:
            yield source.flaw("## ", f"the headings must be {', '.join(ROCKET)}, in this order")


def _context(source: Source, prompt: Prompt, cells: Cells) -> Iterator[Flaw]:
    optional = {*prompt.uses, *(each.key for each in prompt.ask if not each.required)}
    listed = {*prompt.requires, *prompt.uses, *(each.key for each in prompt.ask)}
    standing = placeholders(prompt.body)
    for name in sorted(standing - listed):
        yield source.flaw(f"{{{name}}}", f"{{{name}}} stands in the text, and neither in requires nor uses nor ask")
    for name in sorted(listed - standing):
        yield source.flaw(name, f"{name} is listed, and never used in the text")
    for name in sorted(optional & required_placeholders(prompt.body)):
        yield source.flaw(f"{{{name}}}", f"{{{name}}} may be empty, so it must stand inside [[ ]]")
    for name in (*prompt.requires, *prompt.uses):
        if name not in cells.by_field and name not in OTHER_SOURCES:
            yield source.flaw(name, f"no cell and no record provides {name}")
    if prompt.body.count("[[") != prompt.body.count("]]"):
        yield source.flaw("[[", "a [[ or ]] has no partner")


def _modules(content: Path, cells: Cells, course: Course, playbook: Playbook, metrics: Metrics) -> Iterator[Flaw]:
    fields = {metric.field for metric in metrics.file.metrics}
    for module in course.modules():
        source = Source(next((content / "modules").glob(f"{module.number}-*.yaml")))
        yield from source.said_twice()
        yield from parts.empty_parts(module, source)
        yield from parts.in_module(module, source)
        yield from _too_long(limits.in_module(module), source)
        codes = [*module.prompts, *(code for item in module.checklist for code in item.prompts)]
        yield from _unknown(source, codes, playbook.by_code, "prompt")
        yield from _unknown(source, module.kpis, dict.fromkeys(fields), "figure")
        filled = [question.foundation for question in module.worksheet.fields if question.foundation]
        yield from _unknown(source, filled, {**cells.by_field, SUMMARY: None}, "cell")
        for at, question in enumerate(module.worksheet.fields):
            cell = cells.by_field.get(question.foundation or "")
            if cell and (cell.kind == "text") == (question.kind == "list"):
                kind = "text, long, number or choice" if cell.kind == "text" else "list"
                what = f"{question.name} fills {cell.field}, so its kind must be {kind}"
                yield source.at(("worksheet", "fields", at), what)


def _too_long(sized: Iterable[limits.Sized], source: Source) -> Iterator[Flaw]:
    for each in sized:
        if each.size > each.most:
            what = f"{'.'.join(map(str, each.location))}: {each.size} {each.unit}; not every platform shows more than {each.most}"
            yield source.at(each.location, what)


def _unknown(source: Source, names: Iterable[str], known: Mapping[str, object], noun: str) -> Iterator[Flaw]:
    for name in dict.fromkeys(names):
        if name not in known:
            yield source.flaw(name, f"there is no {noun} {name}")


def _agents(content: Path) -> Iterator[Flaw]:
    for agent in read_roster(content / "agents").agents:
        source = Source(content / "agents" / f"{agent.role.lower()}.md")
        yield from source.said_twice()
        yield from _too_long(limits.in_agent(agent), source)
        yield from _unknown(source, agent.tools, {**ABILITIES, **WEB}, "tool")
