"""The words of reminders, as written in `core/content/nudges.yaml`, and the message that is made of them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from core.contents import SHIPPED, Flaw, Renewable, Source, Written, read_yaml
from core.kpis.periods import MONTHS
from core.nudges import times
from core.nudges.known import Known
from core.nudges.model import Kind, Nudge, Tone
from core.nudges.reasons import ONCE, PLACEHOLDERS, Reason, Theme, module_said
from core.nudges.times import Snooze
from core.nudges.views import presets
from core.ports import VIA
from core.ui import Button, Buttons, Call, Card, Facts, Message, Text

FILE = "nudges.yaml"
TEMPLATES = 4
"""A tone has at least so many for each theme that comes again."""
LINES, LINE = 2, 150
"""Lines of a template, and characters of a line: with the reason below, a phone shows it without scrolling."""
SNOOZES: Mapping[Snooze, str] = {
    Snooze.HOUR: "In 1 hour",
    Snooze.TONIGHT: "Tonight",
    Snooze.TOMORROW: "Tomorrow",
    Snooze.NEXT_WEEK: "Next week",
}

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_MARKS = re.compile(r"([\\*_`~\[\]<>|])")


class Tones(Written):
    """The templates of a theme, by their names, in each tone."""

    warm: Mapping[str, str]
    brief: Mapping[str, str]

    def of(self, tone: Tone) -> Mapping[str, str]:
        """Those of this tone."""
        return self.warm if tone is Tone.WARM else self.brief


class NudgeFile(Written):
    """The whole file."""

    themes: Mapping[Theme, Tones]


@dataclass(frozen=True, slots=True)
class Template:
    """One way to say it. The name is kept with the reminder, so that another comes next time."""

    name: str
    text: str


class Templates(Renewable):
    """The words of reminders. The file is read when it is first wanted."""

    def __init__(self, content_dir: Path = SHIPPED) -> None:
        self._path = content_dir / FILE

    @cached_property
    def file(self) -> NudgeFile:
        """What is written. Raises `Flawed` where it has mistakes."""
        return read_yaml(self._path, NudgeFile)

    def pick(self, theme: Theme, tone: Tone, sent: Sequence[Nudge]) -> Template:
        """The template that was used longest ago, or never; of several the first in the file. `sent`: latest first."""
        used = {each.template: each.created_at for each in reversed(sent)}
        unused = min((each.created_at for each in sent), default=None)
        names = self.file.themes[theme].of(tone)

        def last_use(name: str) -> tuple[bool, datetime | None]:
            return name in used, used.get(name, unused)

        fresh = [name for name in names if name not in used]
        name = fresh[0] if fresh else min(names, key=last_use)
        return Template(name, names[name])

    def begins(self, name: str, at_most: int) -> str:
        """What a template says, in one line of so many characters, with what is filled in named in brackets; "" where the file
        has it no more.
        """
        for tones in self.file.themes.values():
            if text := tones.warm.get(name) or tones.brief.get(name):
                return textwrap.shorten(_PLACEHOLDER.sub(r"[\1]", text), at_most, placeholder=" …")
        return ""

    def text(self, theme: Theme, name: str) -> str:
        """What a template said, whatever its tone; "" where the file has it no more."""
        tones = self.file.themes[theme]
        return tones.warm.get(name) or tones.brief.get(name, "")


def said(template: Template, reason: Reason) -> str:
    """The template with its words filled in. What people wrote themselves is shown as they wrote it, never as Markdown."""
    return _PLACEHOLDER.sub(lambda found: _MARKS.sub(r"\\\1", reason.values[found[1]]), template.text).strip()


def message(template: Template, reason: Reason, nudge_id: str, known: Known, at: datetime) -> Message:
    """The reminder: what it says, why it came, the step itself, and how to put it off or stop it."""
    steps = presets().items if reason.kind is Kind.WELCOME else reason.steps
    via = tuple(_marked(each, nudge_id, first=number == 0) for number, each in enumerate(steps) if isinstance(each, Button))
    tonight = times.tonight(known.wishes, known.zone, at)
    quiet = times.in_quiet_hours(known.wishes, known.zone, at + times.HOUR)
    not_so = {Snooze.TONIGHT: tonight is None, Snooze.HOUR: quiet}
    later = [
        Button(label, Call("nudges later", {"id": nudge_id, "until": until.value}))
        for until, label in SNOOZES.items()
        if not not_so.get(until)
    ]
    stop = Button("Stop these", Call("nudges stop", {"id": nudge_id}))
    why = _MARKS.sub(r"\\\1", reason.why)
    text = f"{said(template, reason)}\n\n_Why now: {why}._"
    plan = (_plan(known, at),) if reason.kind is Kind.WELCOME else ()
    return Message(text, (*plan, Card(body=(Buttons(via), Buttons((*later, stop))))))


def flaws(content: Path, templates: Templates) -> Iterator[Flaw]:
    """What is missing from the file, what no reminder fills in, and what is too long."""
    source = Source(content / FILE)
    yield from source.said_twice()
    names: set[str] = set()
    for theme in Theme:
        tones = templates.file.themes.get(theme)
        if tones is None:
            yield source.at(("themes",), f"the theme {theme} is missing")
            continue
        for tone in Tone:
            written = tones.of(tone)
            place = ("themes", theme.value, tone.value.lower())
            least = 1 if theme in ONCE else TEMPLATES
            if len(written) < least:
                yield source.at(
                    place, f"there are {len(written)} templates; there should be {least} or more, since they take turns"
                )
            for name, text in written.items():
                if name in names:
                    yield source.at((*place, name), f"two templates are called {name}")
                names.add(name)
                yield from (source.at((*place, name), each) for each in _wrong(theme, text))


def _wrong(theme: Theme, text: str) -> Iterator[str]:
    """What is wrong with one template."""
    found = set(_PLACEHOLDER.findall(text))
    for name in sorted(found - PLACEHOLDERS[theme]):
        yield f"{{{name}}} is nothing that {theme} fills in; it knows {', '.join(sorted(PLACEHOLDERS[theme]))}"
    if "{" in _PLACEHOLDER.sub("", text) or "}" in _PLACEHOLDER.sub("", text):
        yield "a { or } has no partner"
    lines = text.strip().splitlines()
    if not lines:
        yield "this template is empty"
    if len(lines) > LINES:
        yield f"{len(lines)} lines; a phone shows {LINES} at a glance"
    for line in lines:
        if len(line) > LINE:
            yield f"a line has {len(line)} characters; a phone shows {LINE} at a glance"


def _plan(known: Known, at: datetime) -> Card:
    """Each module with the first day of its week, and the weeks to catch up between them."""
    weeks: list[tuple[str, date]] = []
    for each in known.standings:
        weeks.append((module_said(each), known.timetable.opens_on(each.module.number)))
        if (free := known.timetable.free_after(each.module.number)) is not None:
            weeks.append(("A week to catch up", free))
    rows = tuple((what, f"from {day.day} {MONTHS[day.month - 1]}") for what, day in weeks)
    late = known.in_cohort and known.timetable.opens_on(1) <= known.today(at)
    begin = (Text("It has begun without you, and nothing of it has closed: begin with the first."),) if late else ()
    return Card("The course, week by week" if known.in_cohort else "A plan of one module a week", (*begin, Facts(rows)))


def _marked(button: Button, nudge_id: str, *, first: bool) -> Button:
    """The button so that it is known by which reminder they came; of several steps only the first stands out."""
    return replace(
        button, primary=button.primary and first, call=replace(button.call, values={**button.call.values, VIA: nudge_id})
    )
