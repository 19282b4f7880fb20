"""What is shown, as content and not as layout: each surface has a renderer that decides how."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias

from core.charts import Band as Band  # noqa: PLC0414 - a chart is a part of what is shown
from core.charts import Chart as Chart  # noqa: PLC0414
from core.charts import Mark as Mark  # noqa: PLC0414
from core.charts import Series as Series  # noqa: PLC0414
from core.plans import Plan, Step
from core.request import File, Typed


class Tone(StrEnum):
    """How a card is meant."""

    PLAIN = "plain"
    GOOD = "good"
    CAREFUL = "careful"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Call:
    """What pressing something does: a command by name, with values; with `form`, its form is opened with them first.

    `words` is for a command as it was typed. Keep it small: a Discord button carries 100 characters, and more has to be kept.
    """

    command: str
    values: Mapping[str, Typed] = field(default_factory=dict)
    form: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Standard Markdown (CommonMark with tables)."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with their values, a few words each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column heads; `numeric` names the columns (from 0) that are set to the right."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Meter:
    """How much of something is done: `done` of `total`, both counts."""

    label: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Picture:
    """An image, and the words that stand for it where it cannot be seen."""

    alt: str
    file: File


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press. `primary` marks the one that most people want next."""

    label: str
    call: Call
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Something to open."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of things to press or open."""

    items: tuple[Button | Link, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """One of several, chosen from a list that is too long for buttons."""

    label: str
    options: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """Whether an answer helped: two things to press, which a surface shows in its own way."""

    good: Call
    bad: Call

    @property
    def buttons(self) -> Buttons:
        """The same as ordinary buttons."""
        return Buttons((Button("This helped", self.good), Button("It did not", self.bad)))


Element: TypeAlias = Text | Facts | Table | Meter | Chart | Picture | Buttons | Menu | Feedback | Plan


@dataclass(frozen=True, slots=True)
class Card:
    """A titled piece of an answer."""

    title: str = ""
    body: tuple[Element, ...] = ()
    tone: Tone = Tone.PLAIN
    image: Picture | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """The agent who talks: every surface shows its name and face.

    `avatar` is the name of a file in the course's content. `emoji` is the face where no picture can be shown: a name that Slack
    and Discord both know, without colons.
    """

    name: str
    avatar: str = ""
    emoji: str = ""


Reaction: TypeAlias = Literal["heart", "white_check_mark"]  # by the name that Slack has for it


@dataclass(frozen=True, slots=True)
class Message:
    """An answer in words and cards. `private`: for the asker alone, wherever it was asked. `reaction`: where a surface can, it
    puts this sign on what the asker said, and leaves the words away. `asks`: it is answered in free words, of which a number
    alone may be one.
    """

    text: str = ""
    cards: tuple[Card, ...] = ()
    files: tuple[File, ...] = ()
    private: bool = False
    speaker: Speaker | None = None
    reaction: Reaction | None = None
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One of the choices of a field: the value that is sent, and the label that is read."""

    value: str
    label: str


class Kind(StrEnum):
    """What a field takes; it decides the input that a surface shows. What is typed stays a string until the core reads it."""

    LINE = "line"
    LONG = "long"
    LIST = "list"  # several items, one a line
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. `label` is at most 45 characters: Discord's modal allows no more. `hint` is a sentence or two.

    `completes`: a surface that can, asks the core (`Suggesting`) for matches while the person types. `figure`: a number is
    expected, though words around it are understood too; a phone that can shows its keys for numbers.
    """

    name: str
    label: str
    kind: Kind = Kind.LINE
    hint: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()
    max_length: int = 300
    completes: bool = False
    figure: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """Questions to be answered. Sending it asks `command` with every value.

    `values` holds what is already known: of the fields, to be shown in them, and of others, to be sent along unseen.
    `problems` says for a field's name what is wrong with its value. `asks` names the fields that are still open where the others
    were said already: who asks one question after the other asks these alone. All of them where it is empty.
    """

    command: str
    title: str
    fields: tuple[Field, ...]
    values: Mapping[str, Typed] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    intro: str = ""
    submit: str = "Save"
    asks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page of cards, such as the home page."""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Began:
    """From here on, `speaker` talks."""

    speaker: Speaker | None


@dataclass(frozen=True, slots=True)
class Grew:
    """The speaker's text goes on with these words."""

    text: str


@dataclass(frozen=True, slots=True)
class Planned:
    """How far `speaker`'s plan is, between two who talk: shown once by itself, and changed whenever it comes again."""

    plan: Plan
    speaker: Speaker | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """The speaker is done. `message.text` is all that grew; its cards and files are what comes with it."""

    message: Message


Update: TypeAlias = Began | Grew | Step | Planned | Ended


@dataclass(frozen=True, slots=True)
class Live:
    """An answer that grows. Closing `updates` early stops the work; what came until then is kept by whoever made it. `kept`: a
    job of its own finishes the work should this process die, so that the request itself need not be answered again.
    `private`: for the asker alone, wherever it was asked.
    """

    updates: AsyncGenerator[Update, None]
    kept: bool = False
    private: bool = False


Answer: TypeAlias = Message | Form | Page | Live | None
