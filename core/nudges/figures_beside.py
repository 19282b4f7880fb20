"""Figures that are told beside where a promise stands, such as “all done, visitors 310, leads 14”: both are heard."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from core.commitments import views
from core.kpis.aftersave import due_now, saved_lately
from core.kpis.again import fresh
from core.kpis.metrics import Metrics
from core.kpis.period_words import period_in
from core.kpis.service import Snapshots
from core.kpis.stated import Stated, stated
from core.kpis.typed import in_words
from core.kpis.yeses import agrees, doubts, in_plain, nods
from core.people.model import Person
from core.ports import Listener
from core.request import Said, as_command
from core.ui import Answer, Message

LETTERS_AT_MOST = 300
"""Of what is looked at: more is a story."""
_GAP = re.compile(r"\s+")
_JOINT = r"(?:and|also|plus|oh|btw|by the way|with)\b"
_ENDS = re.compile(rf"(?:[\s,.;:&+–—-]|(?<![\w']){_JOINT})+$", re.IGNORECASE)
_BEGINS = re.compile(rf"^(?:[\s,.;:&+–—-]|{_JOINT})+", re.IGNORECASE)
"""What joins the two, and is no part of either."""
_A_YES = re.compile(r"(?:yes+|yep|yeah|yup)\W*", re.IGNORECASE)
_ASKS_TO_LOG = re.compile(r"\W*(?:please|log|kpis?|save|record|here)\b", re.IGNORECASE)
"""A yes before this says yes to the figures, if to anything."""


class FiguresBeside:
    """Implements `core.ports.Listener` around the one who hears how promises stand: what they take is answered with the figures
    beside it, read back as /kpi log does and not saved.
    """

    def __init__(self, settling: Listener, snapshots: Snapshots) -> None:
        self._settling = settling
        self._snapshots = snapshots

    async def hear(self, said: Said, person: Person) -> Answer:
        """What is answered to both; to the promise alone where there are no figures; None where they are for somebody else."""
        metrics, today = self._snapshots.metrics, said.at.astimezone(person.zone).date()
        found = parted(said.text, metrics, today) if said.direct and said.addressed and not said.files else None
        if found is None or await self._may_be_about_figures(found[0], said, person):
            return await self._settling.hear(said, person)
        rest, figures = found
        settled = await self._settling.hear(replace(said, text=rest), person)
        if not isinstance(settled, Message):
            return settled or await self._settling.hear(said, person)
        due = await due_now(self._snapshots, person, said.at)
        read = await in_words(as_command(said, "kpi log"), person, figures.words, self._snapshots, asked_for=due)
        return views.together((settled, read))

    async def _may_be_about_figures(self, rest: str, said: Said, person: Person) -> bool:
        """Whether a yes or a no beside the figures may be for others that they were shown just now: “no, leads 14 orders 9”."""
        words = in_plain(rest)
        if not (agrees(words) or doubts(words) or nods(words)):
            return False
        read = fresh(await self._snapshots.waiting(person), said.at)
        return bool(read) or await saved_lately(self._snapshots, person, said.at) is not None


def parted(text: str, metrics: Metrics, today: date) -> tuple[str, Stated] | None:
    """What stands beside the figures, and these; None where the text has no such two parts, one of them nothing but figures: with
    their time, or several, so that no number of a story is taken for one.
    """
    if len(text) > LETTERS_AT_MOST or not any(sign.isdigit() for sign in text) or not metrics.mentions.search(text):
        return None
    whole = stated(text, metrics, today) is not None
    for rest, figures in _cuts(text):
        if whole and (not _A_YES.fullmatch(rest) or _ASKS_TO_LOG.match(figures)):
            continue
        found = stated(figures, metrics, today)
        if found is not None and (found.sure or (found.several and period_in(found.words, today).span is None)):
            return rest, found
    return None


def _cuts(text: str) -> list[tuple[str, str]]:
    """Each way to cut the text in two, what stands beside the figures first: those with the most numbers among the figures, and
    of these the ones at a mark or an “and”, come before the others.
    """
    words, found = text.strip(), []
    for start, end in (each.span() for each in _GAP.finditer(words)):
        before, after = words[:start], words[end:]
        at_mark = bool(_ENDS.search(before) or _BEGINS.search(after)) or "\n" in words[start:end]
        first, last = (_BEGINS.sub("", _ENDS.sub("", each)) for each in (before, after))
        for rest, figures in ((first, last), (last, first)):
            if rest and figures:
                digits = sum(sign.isdigit() for sign in figures)
                found.append(((-digits, not at_mark, -len(figures)), rest, figures))
    return [(rest, figures) for _, rest, figures in sorted(found)]
