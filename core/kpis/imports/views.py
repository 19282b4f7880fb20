"""Figures from elsewhere as people see them: offered, read back period by period, and saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.kpis.figures import shown
from core.kpis.imports.exports import Exports
from core.kpis.imports.found import Found
from core.kpis.imports.grid import LIMITS
from core.kpis.imports.spans import Marks
from core.kpis.metrics import Metrics
from core.kpis.model import Snapshot
from core.kpis.periods import DAYS, MONTHS, Period, Span, day
from core.kpis.reading import Checked, Reading
from core.ui import Button, Buttons, Call, Card, Element, Menu, Message, Text, Tone

UNKNOWN_AT_MOST = 10
LINES_AT_MOST = 26
MENU_AT_MOST = 25
LABEL_AT_MOST = 75


@dataclass(frozen=True, slots=True)
class Each:
    """A period that was found, what its figures come to, and the version of what is logged for it already; None: nothing is."""

    reading: Reading
    checked: Checked
    version: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of saving all: what was kept; what was left out, with the reason; and the periods, by their numbers among those
    that were found, for which something was saved since, which stays.
    """

    kept: Sequence[Snapshot]
    left: Sequence[str]
    newer: Mapping[int, Period]


def offered(found: Found, token: str) -> Message:
    """What was sent looks like figures; nothing is read until the student says so."""
    periods = [each.period for each in found.readings]
    when = "for a period that it does not name" if found.undated else f"for {periods[0].said}"
    if len(periods) > 1:
        when = f"for {_counted(periods)}, from {_across(periods)}"
    words = f"That looks like figures from {found.source}, {when}. Shall I read them to you? Nothing is saved before you say so."
    return _message(Card("Figures?", (Text(words), Buttons((_read(token), Button("How this works", Call("kpi import")))))))


def picture_offered(token: str) -> Message:
    """A picture may show figures; looking at it costs something."""
    words = (
        "Does that picture show figures, such as a dashboard? I can have Claude read them, which counts towards your budget, and "
        "read them back to you before anything is saved. To talk about the picture instead, send it again with a question."
    )
    return _message(Card("Figures in a picture?", (Text(words), Buttons((_read(token),)))))


def several(metrics: Metrics, found: Found, parts: Sequence[Each], token: str) -> Message:
    """Every period with its figures, and the button that saves them all."""
    body: list[Element] = [Text("\n".join(_line(metrics, each) for each in parts[-LINES_AT_MOST:]))]
    body += _remarks(found)
    if any(each.version is not None for each in parts):
        body.append(
            Text("A * marks what is logged already: these figures take the place of the same ones there, the others stay.")
        )
    good = [each for each in parts if each.checked.taken]
    body.append(_ways(found, len(good), token))
    looks = [_look(each.reading.period, token, at) for at, each in enumerate(parts, start=1)]
    body.append(Menu("Look at one by itself", tuple(looks[-MENU_AT_MOST:])))
    careful = any(each.checked.refused or each.checked.odd or each.checked.unclear for each in parts)
    return _message(
        Card(f"I read {len(parts)} periods from {found.source}", tuple(body), Tone.CAREFUL if careful else Tone.PLAIN)
    )


def not_saved_yet(found: Found, token: str) -> Message:
    """What was read back of a table still waits."""
    words = "Nothing of that is saved yet. Save it as I read it to you, or put the table right and send it again."
    return _message(Card(body=(Text(words), _ways(found, len(found.readings), token))))


def _ways(found: Found, count: int, token: str) -> Buttons:
    """To save all of them, and to turn their weeks round where they may be others."""
    ways = [Button(f"Save all {count}", Call("kpi take", {"held": token, "which": "all"}), primary=True)]
    if found.taken is not Marks.EITHER:
        other = "last" if found.taken is Marks.FIRST else "first"
        ways.append(Button(f"These are {other} days", Call("kpi shift", {"held": token})))
    return Buttons(tuple(ways))


def saved(done: Outcome, token: str) -> Message:
    """What was kept of several periods, and what was not, with the reason; where newer figures stayed, a way to the table's."""
    periods = [each.period for each in done.kept if each.period]
    lines = [f"From {_across(periods)}."] if len(periods) > 1 else [short(each) for each in periods]
    lines += [f"- {each}" for each in done.left]
    lines += [f"- {short(each)} was saved after I read you this; it stays as it was saved." for each in done.newer.values()]
    none = "Nothing could be saved" if done.left else "Nothing was saved"
    title = {0: none, 1: "One period saved"}.get(len(done.kept), f"{len(done.kept)} periods saved")
    body: list[Element] = [Text("\n".join(lines)), Buttons((Button("See the report", Call("kpi report"), primary=True),))]
    if done.newer:
        looks = [_look(period, token, number) for number, period in done.newer.items()]
        body.append(Menu("Look at what I read instead", tuple(looks[-MENU_AT_MOST:])))
    return _message(Card(title, tuple(body), Tone.CAREFUL if done.left else Tone.GOOD))


def how(exports: Exports, *, typed: bool = False, page: bool = False) -> Message:
    """The ways to bring figures here from elsewhere. `typed`: at a terminal, where a file is named and not sent; `page`: on the
    web, where one is chosen on this very page.
    """
    sent, here, pasted = "Send a file", "to me in a direct message", " or a direct message to me"
    if page:
        sent, here, pasted = "Choose a file", "below", ""
    elif typed:
        sent, here, pasted = "Type a file's path", "as your message", " or your message"
    ways = (
        f"- **Paste a table** into `/kpi log`{pasted}: with tabs, commas or |, a row or a column a period.\n"
        f"- **{sent}** {here}: CSV or XLSX.\n"
        f"- **{sent.replace('file', 'picture')}** of a dashboard, PNG or JPEG, in the same way: Claude reads it.\n\n"
        "I find the columns by their names, add days up to weeks or months, work rates out from the sums, and read everything "
        "back to you first. Nothing is saved before you say so."
    )
    tools = "\n".join(f"- **{sentence(each.name)}**: {each.how.strip()}" for each in exports.file.sources)
    log = Buttons((Button("Log figures", Call("kpi log"), primary=True), Button("A webhook instead", Call("kpi connect"))))
    return _message(
        Card("Figures from elsewhere", (Text(ways),)), Card("What I know by its own names", (Text(tools), Text(LIMITS), log))
    )


def nothing_found(unknown: Sequence[str]) -> str:
    """There is a table, but no figure in it."""
    heads = f" Its columns are {', '.join(each[:30] for each in unknown[:UNKNOWN_AT_MOST])}." if unknown else ""
    return f"I found no figure in that table.{heads} Name a column as I do, such as CTR or Leads; /kpi import says what I know."


def short(period: Period) -> str:
    """A period in few words: 7 days to 14 March 2026."""
    return period.said if period.span is Span.MONTH else f"{DAYS[period.span]} days to {day(period.end)}"


def _across(periods: Sequence[Period]) -> str:
    """From the first day to the last: 12 October to 22 November 2026."""
    first, last = periods[0].first, periods[-1].end
    begun = f"{first.day} {MONTHS[first.month - 1]}"
    return f"{begun}{'' if first.year == last.year else f' {first.year}'} to {day(last)}"


def _counted(periods: Sequence[Period]) -> str:
    """How many: 6 weeks, 3 months."""
    spans = {each.span for each in periods}
    word = {Span.WEEK: "weeks", Span.MONTH: "months"}.get(spans.pop(), "periods") if len(spans) == 1 else "periods"
    return f"{len(periods)} {word}"


def sentence(words: str) -> str:
    """The words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def remarks_of(found: Found) -> list[str]:
    """What is to be said of a table, beside its figures."""
    lines = list(found.remarks)
    if found.unknown:
        named = ", ".join(each[:40] for each in found.unknown[:UNKNOWN_AT_MOST])
        more = f" and {len(found.unknown) - UNKNOWN_AT_MOST} more" if len(found.unknown) > UNKNOWN_AT_MOST else ""
        lines.append(f"Columns that I did not use: {named}{more}.")
    return lines


def _line(metrics: Metrics, each: Each) -> str:
    """A period with its figures in a line, and below what is wrong with them."""
    figures = ", ".join(
        f"{metrics.by_field[name].short} {shown(metrics.by_field[name], kept, each.reading.currency)}"
        for name, kept in each.checked.taken.items()
    )
    lines = [f"- **{short(each.reading.period)}{'' if each.version is None else '*'}**: {figures or 'nothing that can be kept'}"]
    wrong = [*each.checked.refused.values(), *each.checked.odd.values(), *(one.question for one in each.checked.unclear.values())]
    return "\n".join([*lines, *(f"  - {why}" for why in wrong[:3])])


def _remarks(found: Found) -> list[Element]:
    lines = remarks_of(found)
    if found.taken is not Marks.EITHER:
        lines.insert(0, f"I took each day as the {found.taken} of its week.")
    return [Text("\n".join(f"- {each}" for each in lines))] if lines else []


def _look(period: Period, token: str, number: int) -> Button:
    return Button(short(period)[:LABEL_AT_MOST], Call("kpi take", {"held": token, "which": str(number)}))


def _read(token: str) -> Button:
    return Button("Read these figures", Call("kpi read", {"held": token}), primary=True)


def _message(*cards: Card) -> Message:
    return Message(cards=cards, private=True)
