"""One declaration a command: from its annotated arguments come the options, forms, help and validation of every surface."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from core.dates import day_read
from core.request import Typed
from core.roles import Role
from core.typed_values import READERS
from core.ui import Answer, Field, Form, Kind, Option


class Pace(StrEnum):
    """How soon a command answers; known before any work, because platforms want an acknowledgement within 3 seconds."""

    NOW = "now"
    LATER = "later"
    FORM = "form"


Known = Callable[..., Awaitable[Mapping[str, Typed]]]
"""Says what stands in a command's form before anything is typed, by field; takes what it names by type, as handlers do."""
Begins = Callable[..., Awaitable[str]]
"""Says what stands above a command's form, or ""; takes what it names by type, as handlers do."""
FOR_COACHES, FOR_ADMINS = "For coaches: ", "For Admins: "
"""What the summary of a command begins with that only they may use."""
Suggest = Callable[..., Awaitable[Sequence[Option]]]
"""Finds matches for what is being typed; takes `typed: str` and whatever services it names by type, as handlers do."""


@dataclass(frozen=True, slots=True)
class Arg:
    """What an argument looks like to a person: the hinge from which every surface makes its input.

    `label` is at most 45 characters (Discord's modals allow no more). `hidden` arguments, such as the id behind a button, go
    along with a form and are shown nowhere. `gone`: of a day, one that is over is meant. `lasts`: of a day, “3 days” or “a week”
    is so far ahead.
    """

    label: str
    hint: str = ""
    kind: Kind | None = None
    max_length: int = 300
    options: tuple[Option, ...] = ()
    suggest: Suggest | None = None
    hidden: bool = False
    gone: bool = False
    lasts: bool = False


@dataclass(frozen=True, slots=True)
class Nothing:
    """The arguments of a command that takes none."""


@dataclass(frozen=True, slots=True)
class OnMessage:
    """The command can be asked for on a message that somebody wrote: its text goes into the field of that name.

    `label` is at most 24 characters: Slack's message shortcuts have no longer names. The form is opened, with the text in it.
    """

    label: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A thing that people can ask for, by one name everywhere. Two words (`kpi log`) make a group with its parts.

    Handlers say by type what they need: `Person`, `Asked`, the class of `args`, or any service that wiring built; the
    catalog hands it to them, and refuses at start-up what it does not have. A handler returns its answer and sends nothing.
    `listed` is false for what only buttons do. A bare group name asks for the group's first command.
    `private`: the answer is for the asker alone, wherever it was asked. `known`: its form opens with this in it; `begins`: these
    words stand above it.
    `reads`: asking for it changes nothing of anybody's, whatever is asked; so it may be asked again wherever an answer was lost.
    `submit`: what the button below its form says, where neither "Save" nor "Go on" tells what it does.
    """

    name: str
    summary: str
    handler: Callable[..., Awaitable[Answer]]
    args: type[Any] = Nothing
    pace: Pace = Pace.NOW
    private: bool = True
    needs: frozenset[Role] = frozenset()
    listed: bool = True
    on_message: OnMessage | None = None
    known: Known | None = None
    begins: Begins | None = None
    reads: bool = False
    submit: str = ""

    @property
    def title(self) -> str:
        """What stands above its form and its answer: lists of commands say whom it is for, too."""
        said = self.summary.removeprefix(FOR_COACHES).removeprefix(FOR_ADMINS)
        return said[:1].upper() + said[1:]

    @property
    def group(self) -> str:
        """The first word of the name."""
        return self.name.split(" ", 1)[0]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a command, with the type its words are read as."""

    name: str
    reads: Any
    arg: Arg
    required: bool

    @property
    def kind(self) -> Kind:
        """The input that surfaces show."""
        if self.arg.kind:
            return self.arg.kind
        if self.options():
            return Kind.CHOICE
        kinds = {bool: Kind.YES_NO, int: Kind.NUMBER, Decimal: Kind.NUMBER, date: Kind.DATE}
        return Kind.LIST if typing.get_origin(self.reads) is tuple else kinds.get(self.reads, Kind.LINE)

    def options(self) -> tuple[Option, ...]:
        """The choices, where only some values exist."""
        if self.arg.options:
            return self.arg.options
        if isinstance(self.reads, type) and issubclass(self.reads, StrEnum):
            return tuple(Option(each.value, each.value) for each in self.reads)
        if typing.get_origin(self.reads) is Literal:
            return tuple(Option(each, each) for each in typing.get_args(self.reads))
        return ()

    def field(self) -> Field:
        """This argument as a question of a form."""
        return Field(
            name=self.name,
            label=self.arg.label,
            kind=self.kind,
            hint=self.arg.hint,
            required=self.required,
            options=self.options(),
            max_length=self.arg.max_length,
            completes=self.arg.suggest is not None,
        )


def parameters(args: type[Any]) -> tuple[Parameter, ...]:
    """The arguments of a command, in order. A field of type `Mapping[str, Typed]` is no parameter: it takes the rest."""
    return _known(args)[0]


def rest_of(args: type[Any]) -> str | None:
    """The name of the field that takes every value no parameter is named for, or None."""
    return _known(args)[1]


_KNOWN: dict[type[Any], tuple[tuple[Parameter, ...], str | None]] = {}
"""What `parameters` and `rest_of` say: to read annotations takes a hundred times as long as to read arguments by them."""


def _known(args: type[Any]) -> tuple[tuple[Parameter, ...], str | None]:
    if args not in _KNOWN:
        _KNOWN[args] = (_parameters(args, _rest_of(args)), _rest_of(args))
    return _KNOWN[args]


def _parameters(args: type[Any], rest: str | None) -> tuple[Parameter, ...]:
    hints = typing.get_type_hints(args, include_extras=True)
    found = []
    for each in (field for field in dataclasses.fields(args) if field.name != rest):
        if typing.get_origin(hints[each.name]) is not Annotated:
            raise TypeError(f"{args.__name__}.{each.name} needs Annotated[…, Arg(…)]")
        reads, arg = typing.get_args(hints[each.name])[:2]
        required = each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
        found.append(Parameter(each.name, _without_none(reads), arg, required))
    return tuple(found)


def _rest_of(args: type[Any]) -> str | None:
    hints = typing.get_type_hints(args)
    origins = ((each.name, typing.get_origin(hints[each.name])) for each in dataclasses.fields(args))
    return next((name for name, origin in origins if isinstance(origin, type) and issubclass(origin, Mapping)), None)


def form_of(command: Command, values: Mapping[str, Typed], problems: Mapping[str, str] | None = None, intro: str = "") -> Form:
    """The command's arguments as a form: what it is for is kept, and what only lacked a word goes on."""
    fields = tuple(each.field() for each in parameters(command.args) if not each.arg.hidden)
    submit = command.submit or ("Save" if command.pace is Pace.FORM else "Go on")
    return Form(command.name, command.title, fields, dict(values), problems or {}, intro, submit)


@dataclass(frozen=True, slots=True)
class Problems:
    """What is wrong, by the name of the field; `missing` names those that only were not given."""

    found: Mapping[str, str]
    missing: frozenset[str]


def with_days(args: type[Any], values: Mapping[str, Typed], today: date) -> dict[str, Typed]:
    """The values, with every day that is clear written as a date input of any surface shows it: 2026-11-30."""
    made = dict(values)
    for each in parameters(args):
        typed = values.get(each.name)
        if each.kind is Kind.DATE and isinstance(typed, str) and typed.strip():
            with suppress(ValueError):
                made[each.name] = day_read(typed, today, gone=each.arg.gone, lasts=each.arg.lasts).isoformat()
    return made


def read(args: type[Any], values: Mapping[str, Typed], today: date | None = None) -> Any | Problems:
    """The arguments that the values stand for, or what is wrong with them; `today` is needed where one of them is a day."""
    named = {each.name: each for each in parameters(args)}
    rest = rest_of(args)
    made: dict[str, Any] = {}
    found: dict[str, str] = {}
    missing = set()
    for name, each in named.items():
        typed = values.get(name, "")
        given = tuple(item for item in typed if item.strip()) if isinstance(typed, tuple) else typed.strip()
        if not given:
            if each.required:
                found[name] = "This is needed."
                missing.add(name)
            continue
        try:
            made[name] = read_one(each, given, today)
        except ValueError as trouble:
            found[name] = str(trouble)
    if rest:
        made[rest] = {name: value for name, value in values.items() if name not in named}
    else:
        for name in values.keys() - named.keys():
            found[name] = "This command does not take that."
    return Problems(found, frozenset(missing)) if found else args(**made)


def read_one(parameter: Parameter, given: Typed, today: date | None) -> Any:
    """What was given for one parameter.

    Raises:
        ValueError: it cannot be read as that; says why.
        TypeError: it is a day, and nobody said what today is.
    """
    longest = max((len(item) for item in given), default=0) if isinstance(given, tuple) else len(given)
    if longest > parameter.arg.max_length:
        raise ValueError(f"That is {longest:,} characters; at most {parameter.arg.max_length:,} fit here.")
    if typing.get_origin(parameter.reads) is tuple:
        items = given if isinstance(given, tuple) else tuple(line.strip() for line in given.splitlines() if line.strip())
        return tuple(_read_choice(parameter, each.strip()) for each in items) if parameter.arg.options else items
    text = given if isinstance(given, str) else ", ".join(given)
    if parameter.reads is date:
        if today is None:
            raise TypeError(f"{parameter.name} is a day, which is read by what today is")
        return day_read(text, today, gone=parameter.arg.gone, lasts=parameter.arg.lasts)
    return _read_choice(parameter, text) if parameter.options() else READERS.get(parameter.reads, str)(text)


def _read_choice(parameter: Parameter, text: str) -> Any:
    for option in parameter.options():
        if text.casefold() in (option.value.casefold(), option.label.casefold()):
            is_enum = isinstance(parameter.reads, type) and issubclass(parameter.reads, StrEnum)
            return parameter.reads(option.value) if is_enum else option.value
    raise ValueError(f"“{text}” is not one of: {', '.join(option.label for option in parameter.options())}.")


def _without_none(reads: Any) -> Any:
    if typing.get_origin(reads) in (types.UnionType, typing.Union):
        return next(each for each in typing.get_args(reads) if each is not type(None))
    return reads
