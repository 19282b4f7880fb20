"""What is typed below figures that were read back: yes or save does what Save does, no says how to put them right, and the name
of a choice that is asked chooses it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.kpis.again import fresh
from core.kpis.metrics import Choice
from core.kpis.reading import Checked, Reading, check
from core.kpis.service import Snapshots
from core.kpis.tries import are_for_others, is_another_try
from core.kpis.typed import Chosen, Waiting, choose, save, shown_again
from core.kpis.yeses import agrees, doubts, in_plain, nods
from core.meanwhile import Meanwhile, Since
from core.people.model import Person
from core.request import Asked, Said, as_command
from core.ui import Answer, Button, Buttons, Call, Card, Message, Text

LETTERS_AT_MOST = 80
_BETWEEN = (
    "the my our please i we count it them against on of a an to use shop with by in is are it's that's for thanks say mean yes "
    "collect collected take would one ones"
)
_AROUND = frozenset(_BETWEEN.split())
"""Beside the name of a choice."""
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")


class ReadBackAnswered:
    """Implements `core.ports.Listener` for words in a direct message that answer the figures which were read back last, where
    nothing else happened since, and `core.ports.Onlooker`: with any other command it did.
    """

    def __init__(self, snapshots: Snapshots, meanwhile: Meanwhile, reminded: Since) -> None:
        """`reminded`: what the person was reminded of, to which the words may be an answer too."""
        self._snapshots = snapshots
        self._meanwhile = meanwhile
        self._reminded = reminded

    async def passed_by(self, asked: Asked, person: Person) -> None:
        """What waits is not what they answer plainly any more, unless it is read back anew."""
        await self._snapshots.pass_by(person, asked.at)

    async def hear(self, said: Said, person: Person) -> Answer:
        """What the buttons would have answered; None where the words are for somebody else. An agent that answered since may have
        asked something too: then nothing is saved, and they see once more what waits.
        """
        words = in_plain(said.text)
        if not said.direct or not said.addressed or said.files or not words or len(words) > LETTERS_AT_MOST or "?" in said.text:
            return None
        waiting = fresh(await self._snapshots.waiting(person), said.at)
        reading, since = (waiting[0], waiting[0].held_at) if waiting else (None, None)
        if reading is None or since is None or reading.passed:
            return None
        checked = check(self._snapshots.metrics, reading.typed, reading.currency, person.settings)
        answers = [each for choice in checked.asks[:1] for each in chosen_in(words, choice)]
        if not (answers or agrees(words) or doubts(words) or nods(words)):
            return None
        metrics, meanwhile = self._snapshots.metrics, self._meanwhile
        if await are_for_others(said, person, since, meanwhile, metrics) or await self._reminded(person, since):
            return None
        if not answers and not meanwhile.practice and await meanwhile.talked(said, person, since):
            if not agrees(words) and await meanwhile.talked(said, person, since, lambda each: is_another_try(each, metrics)):
                return None
            return await shown_again(as_command(said, "kpi log"), person, reading, self._snapshots)
        return await self._answered(said, person, words, reading, checked, answers)

    async def _answered(
        self, said: Said, person: Person, words: str, reading: Reading, checked: Checked, answers: Sequence[str]
    ) -> Answer:
        if answers:
            answer = answers[0] if len(answers) == 1 else ""
            return await choose(as_command(said, "kpi choose"), person, Chosen(reading.token, answer), self._snapshots)
        if agrees(words):
            return await save(as_command(said, "kpi save"), person, Waiting(reading.token), self._snapshots)
        return _to_put_right(reading) if doubts(words) else _not_saved_yet(reading, checked)


def chosen_in(words: str, choice: Choice) -> list[str]:
    """The values of the options that the words name: several, where they do not tell them apart."""
    said = {each for each in words.split() if each not in _AROUND}
    named = []
    for option in choice.options:
        head, colon, _ = option.label.partition(":")
        names = {*_words(option.value), *_words(head if colon else option.label)}
        if said and said <= names - _AROUND:
            named.append(option.value)
    return named


def _words(text: str) -> set[str]:
    return {each.casefold() for each in _PARTS.findall(text)}


def _to_put_right(reading: Reading) -> Message:
    words = (
        "Nothing of that is saved. Type here what it should be, such as “leads 204” or “204 not 240”, and I read them all back "
        "once more; or change them in the form."
    )
    ways = (_change(reading, primary=True), _save(reading, "Save them as they are"))
    return Message(cards=(Card(body=(Text(words), Buttons(ways))),), private=True)


def _not_saved_yet(reading: Reading, checked: Checked) -> Message:
    ways = (_save(reading, "Save", primary=True), _change(reading)) if checked.ready else (_change(reading, primary=True),)
    words = f"Your figures for {reading.period.said} are not saved yet."
    return Message(cards=(Card(body=(Text(words), Buttons(ways))),), private=True)


def _save(reading: Reading, label: str, *, primary: bool = False) -> Button:
    return Button(label, Call("kpi save", {"reading": reading.token}), primary=primary)


def _change(reading: Reading, *, primary: bool = False) -> Button:
    return Button("Change", Call("kpi figures", {"reading": reading.token}), primary=primary)
