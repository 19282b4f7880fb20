"""The weakest link of a funnel, worked out by the rules of the course: pure, and the same for the same figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.course.steps import Step
from core.kpis.crosschecks import Logged, remarks
from core.kpis.figures import amount_of
from core.kpis.findings import Diagnosis, Finding, Thin, Verdict, Why
from core.kpis.lights import Colour, Place, gain_of, least_typical, place_of
from core.kpis.lines import Line
from core.kpis.metrics import JudgedBy, Metric, Metrics
from core.kpis.rules import Link, Ratio, Remark, Rules, Symptom

MARKED_AT_MOST = 2
LOG_NEXT_AT_MOST = 3
TELLS_MORE = frozenset({"attract_LeadsTotal", "grow_CLTV_Estimate"})
"""Remarks on these say that something else is true as well (orders without leads, a customer who costs too much), not that one of
the figures must be wrong."""


def diagnose(metrics: Metrics, lines: Sequence[Line], meanings: Mapping[str, str]) -> Diagnosis:
    """Judge the lines of a period, each beside the equal period before; `meanings` are the choices they were logged under."""
    look = _Look(metrics, {each.metric.field: each for each in lines}, meanings)
    doubts, doubtful = look.contradictions()
    states = [look.state(link, doubtful) for link in look.rules.steps]
    found = [each for state in states for each in state.findings[:1]]
    weak = {each.symptom.step for each in found}
    found = [look.explained(each, weak) for each in found]
    marked = sorted(found, key=lambda each: each.severity, reverse=True)[:MARKED_AT_MOST]
    ordered, why = look.ordered(marked, thin=any(each.thin for each in states))
    judged = tuple(each.link.step for each in states if each.judged)
    thin = tuple(each.thin for each in states if each.thin)
    enough = len(judged) >= look.rules.at_least
    if found:
        verdict = Verdict.WEAK if enough else Verdict.TOO_FEW
    elif doubts and not enough:
        verdict = Verdict.CONTRADICTORY
    elif enough:
        verdict = Verdict.GOOD
    else:
        verdict = Verdict.TOO_LITTLE if thin else Verdict.TOO_FEW
    return Diagnosis(
        verdict=verdict,
        findings=ordered,
        why=why,
        weak=tuple(each.symptom.step for each in found if each not in marked),
        judged=judged,
        thin=thin,
        doubts=doubts,
        remarks=look.remarks(),
        log_next=look.log_next(states, ordered),
        log_again=tuple(metric for state in states for metric in state.unlit),
        room=look.room() if verdict is Verdict.GOOD else None,
    )


@dataclass(frozen=True, slots=True)
class _State:
    """What is known of a step: its weak figures, the worst first; those that nothing can be said about yet."""

    link: Link
    findings: tuple[Finding, ...]
    unlit: tuple[Metric, ...]
    judged: bool
    thin: Thin | None


@dataclass(frozen=True, slots=True)
class _Look:
    """A look at the figures of a period."""

    metrics: Metrics
    lines: Mapping[str, Line]
    meanings: Mapping[str, str]

    @property
    def rules(self) -> Rules:
        """The course's."""
        return self.metrics.rules

    def contradictions(self) -> tuple[tuple[str, ...], frozenset[str]]:
        """What does not fit together, in words, and the figures without which it would."""
        kept = {name: each.kept for name, each in self.lines.items() if each.kept is not None}
        currency = next((each.currency for each in self.lines.values()), "")

        def said(figures: Mapping[str, int | float]) -> tuple[str, ...]:
            return remarks(self.metrics, Logged(figures, figures.keys(), self.meanings, currency, {}))

        doubts, doubtful = [], set()
        for each in said(kept):
            behind = {name for name in kept if each not in said({other: kept[other] for other in kept if other != name})}
            if not behind & TELLS_MORE:
                doubts.append(each)
                doubtful |= behind
        return tuple(doubts), frozenset(doubtful)

    def state(self, link: Link, doubtful: frozenset[str]) -> _State:
        """What the figures say of a step."""
        here = [each for each in self.rules.symptoms if each.step is link.step]
        names = dict.fromkeys(each.weak for each in here if each.weak and self.metrics.by_field[each.weak].step is link.step)
        logged = [self.lines[name] for name in names if name in self.lines and self.lines[name].kept is not None]
        sure = [each for each in logged if each.metric.field not in doubtful]
        ratios = [each.ratio for each in here if each.ratio and not {*each.figures} & doubtful]
        lit = any(each.light for each in sure) or any(self.ratio(each) is not None for each in ratios)
        count, words, enough = self.behind(link, doubtful)
        thin = self.thin(link, doubtful) if lit else None
        weak = [] if thin else [found for each in here if (found := self.finding(each, doubtful))]
        unseen = f"{enough} {words}" if count is None and words else ""
        findings = [Finding(each.symptom, each.lines, each.severity, (), unseen) for each in weak]
        unlit = tuple(each.metric for each in sure if not each.light and each.metric.judged_by is not JudgedBy.NOTHING)
        return _State(
            link,
            tuple(sorted(findings, key=lambda each: each.severity, reverse=True)),
            unlit,
            lit and thin is None,
            thin,
        )

    def finding(self, symptom: Symptom, doubtful: frozenset[str]) -> Finding | None:
        """The symptom, where it shows and no earlier one tells more about the same figure."""
        if {*symptom.figures} & doubtful or not self.fits(symptom):
            return None
        lines = tuple(self.lines[each] for each in symptom.figures if each in self.lines)
        if symptom.ratio:
            value = self.ratio(symptom.ratio)
            short = value is not None and value < symptom.ratio.least
            return Finding(symptom, lines, 1 - value / symptom.ratio.least) if short and value is not None else None
        if not lines or not self.is_weak(lines[0].metric.field) or self.first(symptom.weak) is not symptom:
            return None
        return Finding(symptom, lines, severity(lines[0]))

    def first(self, field: str | None) -> Symptom | None:
        """The first symptom that fits the weak figure."""
        fitting = (each for each in self.rules.symptoms if each.weak == field)
        return next((each for each in fitting if self.fits(each)), None)

    def fits(self, symptom: Symptom) -> bool:
        """The other figures are as the symptom has them."""
        return all(self.in_order(each) for each in symptom.others) and not any(self.is_weak(each) for each in symptom.unless)

    def in_order(self, field: str) -> bool:
        """The figure is there, enough lies behind it, and it is not weak."""
        line = self.lines.get(field)
        if line is None or line.light is None or self.is_weak(field):
            return False
        return line.metric.step is Step.FOUNDATION or self.thin(self.link(line.metric.step), frozenset()) is None

    def is_weak(self, field: str) -> bool:
        """The light is red."""
        line = self.lines.get(field)
        return line is not None and line.light is not None and line.light.colour is Colour.RED

    def thin(self, link: Link, doubtful: frozenset[str]) -> Thin | None:
        """Too few lie behind the step's rates; None where enough do, or nobody knows."""
        count, words, enough = self.behind(link, doubtful)
        return Thin(link.step, words, int(count), enough) if count is not None and count < enough else None

    def amount(self, field: str) -> Decimal | None:
        """A figure in its main unit, or None where it was not logged."""
        line = self.lines.get(field)
        return None if line is None or line.kept is None else amount_of(line.metric, line.kept, line.currency)

    def ratio(self, ratio: Ratio) -> Decimal | None:
        """One figure over the other; None where one is missing, or means something else here."""
        top, bottom = self.amount(ratio.top), self.amount(ratio.bottom)
        if top is None or not bottom or not self.applies(ratio.when):
            return None
        return top / bottom

    def applies(self, when: Mapping[str, str]) -> bool:
        """The figures were logged under these choices."""
        return when.items() <= self.meanings.items()

    def behind(self, link: Link, doubtful: frozenset[str]) -> tuple[Decimal | None, str, int]:
        """How many lie behind the step's rates, or None where nobody knows; their name, and how many would be enough."""
        words, enough = "", 0
        for each in (volume for name in link.rests_on for volume in self.rules.volumes if volume.key == name):
            if not self.applies(each.when):
                continue
            top, bottom = self.amount(each.top), self.amount(each.bottom) if each.bottom else Decimal(100)
            words, enough = each.words, each.enough
            if top is not None and bottom and {each.top, each.bottom}.isdisjoint(doubtful):
                return top * 100 / bottom, words, enough
        return None, words, enough

    def explained(self, finding: Finding, weak: set[Step]) -> Finding:
        """The finding with those earlier steps that are weak too and may be behind it."""
        link = self.link(finding.symptom.step)
        suspects = tuple(each for each in link.earlier if each.step in weak)
        return Finding(finding.symptom, finding.lines, finding.severity, suspects, finding.unseen)

    def link(self, step: Step) -> Link:
        """The step as a link."""
        return next(each for each in self.rules.steps if each.step is step)

    def ordered(self, marked: Sequence[Finding], *, thin: bool) -> tuple[tuple[Finding, ...], Why]:
        """Nearest the money first, unless an earlier one lets too few through for what follows."""
        if not marked:
            return (), Why.ONLY
        by_money = sorted(marked, key=lambda each: self.link(each.symptom.step).money)
        first = min(marked, key=lambda each: each.symptom.step.number)
        starving = first.severity >= self.rules.starved
        if len(marked) == 1:
            return tuple(marked), Why.STARVED if starving and thin else Why.ONLY
        if starving and first is not by_money[0] and first.symptom.step.number < by_money[0].symptom.step.number:
            return (first, *(each for each in by_money if each is not first)), Why.STARVED
        return tuple(by_money), Why.MONEY

    def remarks(self) -> tuple[Remark, ...]:
        """What ratios say of the whole, each pair of figures once, and the strongest first."""
        told: dict[tuple[str, str], Remark] = {}
        for each in self.rules.remarks:
            value = self.ratio(each.ratio)
            if value is not None and value < each.ratio.least:
                told.setdefault((each.ratio.top, each.ratio.bottom), each)
        return tuple(told.values())

    def log_next(self, states: Sequence[_State], findings: Sequence[Finding]) -> tuple[Metric, ...]:
        """What would tell more: first how many lie behind what was found, then the steps of which nothing is known."""
        wanted: list[str] = []
        for link in (self.link(each.symptom.step) for each in findings if each.unseen):
            wanted += [each.top for each in self.rules.volumes if each.key in link.rests_on and self.applies(each.when)]
        blank = [each.link for each in states if not (each.judged or each.thin or each.unlit)]
        wanted += [each.main for each in sorted(blank, key=lambda each: (self.metrics.by_field[each.main].extra, each.money))]
        missing = [each for each in dict.fromkeys(wanted) if self.amount(each) is None]
        return tuple(self.metrics.by_field[each] for each in missing[:LOG_NEXT_AT_MOST])

    def room(self) -> Line | None:
        """Where nothing is weak, the main figure nearest the money that is no more than fair."""
        mains = (self.lines.get(each.main) for each in sorted(self.rules.steps, key=lambda each: each.money))
        return next((each for each in mains if each and each.light and each.light.colour is Colour.YELLOW), None)


def severity(line: Line) -> Decimal:
    """By which share the figure falls short of the typical range's near end, or fell: the larger of the two."""
    if line.kept is None:
        return Decimal(0)
    gain = gain_of(line.metric, line.kept, line.before)
    fell = max(Decimal(0), -gain) if gain is not None else Decimal(0)
    bench = line.metric.benchmark
    apart = line.metric.judged_by is not JudgedBy.BOTH or place_of(line.metric, line.kept, line.currency) is not Place.SHORT
    if bench is None or apart:
        return min(fell, Decimal(1))
    near, value = least_typical(line.metric, bench), amount_of(line.metric, line.kept, line.currency)
    small, large = (value, near) if line.metric.better == "higher" else (near, value)
    short = 1 - small / large if large > 0 else Decimal(1)
    return min(max(fell, short), Decimal(1))
