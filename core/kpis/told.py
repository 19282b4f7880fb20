"""The figures and the diagnosis in words: what agents and prompts read, and what the views are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from core.kpis.figures import benchmark_range
from core.kpis.findings import Diagnosis, Finding, Verdict, Why
from core.kpis.lights import LevelStatus
from core.kpis.lines import Line
from core.kpis.model import Snapshot
from core.kpis.periods import Span

HOW_TO_GO_ON = (
    "Choose two or three fixes, test one or two of them against what you have now, and watch one figure for each. Then log a "
    "whole period again before you judge."
)


class Reported(Protocol):
    """A report, as far as it is told here."""

    @property
    def snapshot(self) -> Snapshot:
        """What was logged."""
        ...

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every figure in funnel order."""
        ...

    @property
    def levels(self) -> tuple[LevelStatus, ...]:
        """How each part of the funnel stands."""
        ...


def told(report: Reported, period: str, found: Diagnosis) -> str:
    """A report and its diagnosis in lines, for those who explain it: what is worked out here, they need not guess."""
    lines = [f"Period: {period}"]
    lines += [_figure(each) for each in report.lines if each.kept is not None]
    lines += [status(each) for each in report.levels if each.light]
    lines += [f"Notes: {report.snapshot.notes}"] if report.snapshot.notes else []
    return "\n".join([*lines, "Diagnosis, worked out by the course's rules:", *_findings(report, found)])


def status(level: LevelStatus) -> str:
    """How a part of the funnel stands: Attract: ✓ Good (Opt-in, 12% better than before)."""
    if level.light is None or level.main is None:
        return f"{level.level.value}: not enough is logged to say"
    return f"{level.level.value}: {level.light.text} ({level.main.short}: {level.light.why})"


def headline(found: Diagnosis) -> str:
    """What can be said, in one or two sentences."""
    steps = _and([each.value for each in found.judged])
    match found.verdict:
        case Verdict.WEAK if len(found.findings) == 1:
            return f"Your weakest link is {found.findings[0].symptom.step.value}."
        case Verdict.WEAK:
            first, second = (each.symptom.step.value for each in found.findings)
            return f"Your weakest links are {first} and {second}. Start with {first}."
        case Verdict.GOOD:
            thin = [each.step.value for each in found.thin]
            rest = f" {_and(thin)} {'rests' if len(thin) == 1 else 'rest'} on too few to be judged." if thin else ""
            return f"No weak link stands out. What could be judged: {steps}.{rest}"
        case Verdict.CONTRADICTORY:
            return "I cannot tell yet: some figures do not fit together. Put these right first."
        case Verdict.TOO_LITTLE:
            return "I cannot tell yet: too few people lie behind these rates, and a handful more or less would turn them over."
        case Verdict.TOO_FEW if found.findings:
            return f"I cannot tell your weakest link from {steps} alone, but something in it is weak."
        case Verdict.TOO_FEW if found.judged:
            return f"I cannot tell yet: {steps} alone can be judged, and a link is weak only beside others."
        case _:
            return "I cannot tell yet: of what is logged, nothing can be set beside what others reach, or beside a period before."


def because(found: Diagnosis) -> str:
    """Why to start with the first finding; "" where there is nothing to choose."""
    if not found.findings or found.verdict is not Verdict.WEAK:
        return ""
    first = found.findings[0].symptom.step.value
    match found.why:
        case Why.STARVED:
            return f"{first} comes first: it lets so few through that what follows has little to work with."
        case Why.MONEY:
            return f"{first} comes first: it is nearer the money, so a gain there pays soonest."
        case Why.ONLY:
            return ""


def seen_in(finding: Finding) -> str:
    """The figures that show it: Opt-in 1.2%, short of what others reach."""
    parts = []
    for each in finding.lines:
        why = f", {each.light.why}" if each.light and not finding.symptom.ratio else ""
        parts.append(f"{each.metric.short} {each.value}{why}")
    return "; ".join(parts)


def suspicions(finding: Finding) -> list[str]:
    """Which earlier weak steps may be behind it, and what it takes for granted."""
    lines = [f"{each.step.value} is weak too, and may be behind it. {each.why}" for each in finding.suspects]
    if finding.unseen:
        lines.append(f"This holds if at least about {finding.unseen} lie behind it.")
    return lines


def too_thin(found: Diagnosis) -> list[str]:
    """Why steps are not judged, those that rest on the same number together."""
    behind: dict[tuple[int, str, int], list[str]] = {}
    for each in found.thin:
        behind.setdefault((each.count, each.words, each.enough), []).append(each.step.value)
    return [
        f"{_and(steps)}: {count:,} {words} are too few to judge by. About {enough:,} say something."
        for (count, words, enough), steps in behind.items()
    ]


def next_steps(found: Diagnosis, span: Span | None) -> list[str]:
    """What to log so that more can be said."""
    lines = too_thin(found)
    if found.thin and span is Span.WEEK:
        lines.append("Log the last 30 days instead of 7: the same traffic then says more.")
    if found.log_next:
        lines.append(f"Log {_and([each.title for each in found.log_next])} as well.")
    if found.log_again and found.verdict not in (Verdict.WEAK, Verdict.GOOD):
        names = _and([each.title for each in found.log_again[:3]])
        lines.append(f"Of {names}, your own trend decides: log the next period of the same length too.")
    return lines


def _figure(line: Line) -> str:
    bench = line.metric.benchmark
    parts = [line.value, *([f"change: {line.change}"] if line.change else [])]
    parts += [f"benchmark: {benchmark_range(line.metric, bench)} ({bench.year})"] if bench else []
    parts += [f"light: {line.light.colour.word}, {line.light.why}"] if line.light else []
    return f"{line.metric.title}: {'; '.join(parts)}"


def _findings(report: Reported, found: Diagnosis) -> Iterator[str]:
    yield headline(found)
    if reason := because(found):
        yield reason
    for each in found.findings:
        symptom = each.symptom
        yield f"{symptom.step.value}: {symptom.says} ({seen_in(each)}). Likely cause: {symptom.cause}"
        yield from suspicions(each)
        yield f"Where to look: {', '.join(symptom.cells)}. Prompts: {', '.join(symptom.prompts)}."
    if found.weak:
        yield f"Weak as well: {_and([each.value for each in found.weak])}."
    for doubt in found.doubts:
        yield f"Does not fit together, so it was left out: {doubt}"
    for remark in found.remarks:
        yield remark.says
    if found.room:
        yield f"Most room, near the money: {found.room.metric.title}."
    yield from next_steps(found, report.snapshot.period.span if report.snapshot.period else None)


def _and(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "nothing"
