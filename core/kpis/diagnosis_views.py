"""How the weakest link looks: what it is, why, where to look and what to run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.course.steps import Step
from core.kpis import told
from core.kpis.findings import Diagnosis, Finding, Verdict
from core.kpis.periods import Span
from core.ui import Button, Buttons, Call, Card, Element, Facts, Link, Message, Text, Tone

PROMPTS_SHOWN = 2
"""As buttons, beside the cells and the module: five stand in a row everywhere."""


@dataclass(frozen=True, slots=True)
class Look:
    """A cell of the Foundation to look at."""

    title: str
    empty: bool


def diagnosis(found: Diagnosis, looks: Mapping[str, Look], span: Span | None, period: str) -> Message:
    """The whole of it; `looks` by the cells' fields."""
    head: list[Element] = [Text(" ".join(filter(None, (f"**{told.headline(found)}**", told.because(found)))))]
    if found.judged and found.findings:
        fine = [each.value for each in found.judged if each not in _weak(found)]
        head += [Text(f"In order: {', '.join(fine)}.")] if fine else []
    if found.weak:
        head.append(Text(f"Weak as well, for later: {', '.join(each.value for each in found.weak)}."))
    tone = Tone.GOOD if found.verdict is Verdict.GOOD else Tone.CAREFUL
    cards = [Card(f"Your weakest link, {period}", tuple(head), tone)]
    cards += _doubts(found)
    cards += [finding(each, looks, at if len(found.findings) > 1 else 0) for at, each in enumerate(found.findings, start=1)]
    cards += _rest(found, span)
    return Message(cards=tuple(cards), private=True)


def summary(found: Diagnosis) -> Card:
    """The short of it, at the end of the report."""
    lines = [f"**{told.headline(found)}** {told.because(found)}".strip()]
    lines += [f"- {each.symptom.step.value}: {each.symptom.says} {each.symptom.cause}" for each in found.findings]
    lines += [f"- {each}" for each in told.too_thin(found)]
    label = "What to do about it" if found.findings else "What I looked at"
    ways = Buttons((Button(label, Call("kpi diagnosis"), primary=True),))
    return Card("Your weakest link", (Text("\n".join(lines)), ways))


def finding(found: Finding, looks: Mapping[str, Look], place: int) -> Card:
    """A weak link; `place` counts them, and is 0 where there is one."""
    symptom = found.symptom
    title = f"{place}. {symptom.step.value}" if place else symptom.step.value
    cells = [(field, looks[field]) for field in symptom.cells if field in looks]
    facts = [("You see it in", told.seen_in(found)), ("Likely cause", symptom.cause.strip())]
    facts += [("Look at", ", ".join(f"{each.title} (still empty)" if each.empty else each.title for _, each in cells))]
    facts += [("Then run", ", ".join(symptom.prompts))]
    before = [Text("\n".join(f"- {each}" for each in told.suspicions(found)))] if told.suspicions(found) else []
    buttons: list[Button | Link] = [
        Button(f"Run {code}", Call("run", {"code": code}), primary=at == 0)
        for at, code in enumerate(symptom.prompts[:PROMPTS_SHOWN])
    ]
    buttons += [Button(each.title, Call("foundation edit", {"cell": field})) for field, each in cells]
    buttons.append(Button(f"Module {symptom.step.value}", Call("module show", {"module": symptom.step.value})))
    return Card(title, (Text(symptom.says), Facts(tuple(facts)), *before, Buttons(tuple(buttons))), Tone.CAREFUL)


def _doubts(found: Diagnosis) -> Sequence[Card]:
    if not found.doubts:
        return ()
    words = "These figures do not fit together, so I left them out. Check them first:\n" + _listed(found.doubts)
    ways = Buttons((Button("Correct them", Call("kpi history")),))
    return (Card("Check first", (Text(words), ways), Tone.CAREFUL),)


def _rest(found: Diagnosis, span: Span | None) -> list[Card]:
    """The money, what to log next, and how to go on."""
    cards = []
    if found.remarks:
        cards.append(Card("What a customer costs and brings", (Text(_listed([each.says for each in found.remarks])),)))
    following = told.next_steps(found, span)
    if following:
        log = Buttons((Button("Log figures", Call("kpi log")), Button("The report", Call("kpi report"))))
        cards.append(Card("To see more", (Text(_listed(following)), log)))
    if found.findings and found.verdict is Verdict.WEAK:
        plan = Buttons((Button("Plan a test with O2", _o2()),))
        cards.append(Card("How to go on", (Text(told.HOW_TO_GO_ON), plan)))
    if found.room:
        step = found.room.metric.step.value
        words = f"Nearest the money there is most room in {step}: {found.room.metric.title} {found.room.value} is fair, not good."
        ways = (Button(f"Module {step}", Call("module show", {"module": step})), Button("Plan a test with O2", _o2()))
        cards.append(Card("If you want to go on", (Text(words), Buttons(ways))))
    return cards


def _o2() -> Call:
    return Call("run", {"code": "O2"})


def _weak(found: Diagnosis) -> set[Step]:
    return {*(each.symptom.step for each in found.findings), *found.weak}


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"- {each}" for each in lines)
