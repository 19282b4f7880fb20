"""Filling in a modal as Discord's own client lets one: by the labels of its fields, within their limits.

https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from tests.servers.discord.shapes import Impossible, Json
from tests.servers.discord.things import Interaction

Filled: TypeAlias = str | bool | Sequence[str]
"""What a person puts into a field: words, the label of an option or of several, or whether a box is ticked."""

Value: TypeAlias = str | bool | tuple[str, ...] | None
"""What stands in a field: words, a box's state, the value of the chosen radio button, or the values of the chosen options."""

ROW, SELECT, TEXT, PLAIN, LABEL, RADIO, CHECKS, CHECK = 1, 3, 4, 10, 18, 21, 22, 23
KINDS: Mapping[int, str] = {SELECT: "select", TEXT: "text", RADIO: "radio", CHECKS: "checks", CHECK: "check"}
SHORT = 1
LONGEST = 4000
REQUIRED = "This field is required."


@dataclass(slots=True)
class Modal:
    """A form that is open before a person; `typed` is what stands in its fields, by custom_id.

    `token` is the interaction's that was answered with it, `place` and `message` are the ids of where that was.
    """

    token: str
    place: str
    message: str | None
    custom_id: str
    title: str
    components: list[Json]
    typed: dict[str, Value] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class SeenField:
    """A field of a form: what stands in it, and what is said about it. `value` names options by their labels."""

    label: str
    kind: str
    value: str
    description: str
    placeholder: str
    required: bool
    options: tuple[str, ...]
    error: str


@dataclass(frozen=True, slots=True)
class SeenModal:
    """A form as a person sees it. `trouble`: what Discord says when it could not be sent."""

    title: str
    text: str
    fields: tuple[SeenField, ...]
    trouble: str

    def field(self, label: str) -> SeenField:
        """The field with this label."""
        found = [each for each in self.fields if each.label == label]
        assert found, f"no field {label!r} among {[each.label for each in self.fields]}"
        return found[0]


def opened(asked: Interaction) -> Modal:
    """The form that an interaction was answered with, with what stands in it from the beginning."""
    data = asked.modal
    assert data is not None
    modal = Modal(asked.token, asked.channel, asked.message, data["custom_id"], data["title"], list(data["components"]))
    for _, inner in _fields(modal):
        modal.typed[inner["custom_id"]] = _first(inner)
    return modal


def _first(inner: Json) -> Value:
    chosen = tuple(str(each["value"]) for each in inner.get("options", []) if each.get("default"))
    match inner["type"]:
        case 4:
            return str(inner.get("value") or "")
        case 21:
            return chosen[0] if chosen else None
        case 23:
            return bool(inner.get("default"))
        case _:
            return chosen


def _fields(modal: Modal) -> Iterator[tuple[Json, Json]]:
    """Each field with what stands around it, which has its label and description."""
    for outer in modal.components:
        if outer["type"] == LABEL:
            yield outer, outer["component"]
        elif outer["type"] == ROW:
            for inner in outer["components"]:
                yield inner, inner


def fill(modal: Modal, label: str, given: Filled) -> None:
    """Put something into a field. Raises Impossible where the field does not let one."""
    found = [inner for outer, inner in _fields(modal) if outer["label"] == label]
    if not found:
        raise Impossible(f"no field {label!r}; there are {[outer['label'] for outer, _ in _fields(modal)]}")
    modal.typed[found[0]["custom_id"]] = _entered(found[0], given)


def _entered(inner: Json, given: Filled) -> Value:
    if inner["type"] == CHECK:
        if isinstance(given, bool) or given in {"yes", "no"}:
            return given is True or given == "yes"
        raise Impossible(f"a box is ticked or not: True or False, not {given!r}")
    if isinstance(given, bool):
        raise Impossible("only a box is ticked")
    if inner["type"] == TEXT:
        return _words(inner, given)
    several = [given] if isinstance(given, str) else list(given)
    values = tuple(_option(inner, each) for each in several if each)
    if inner["type"] == RADIO:
        return values[0] if values else None
    if inner["type"] not in KINDS:
        raise Impossible(f"this person cannot fill in a component of type {inner['type']}")
    most = inner.get("max_values") or (len(inner["options"]) if inner["type"] == CHECKS else 1)
    if len(values) > most:
        raise Impossible(f"at most {most} of these can be chosen")
    return values


def _words(inner: Json, given: str | Sequence[str]) -> str:
    if not isinstance(given, str):
        raise Impossible("words belong here, not options")
    if inner["style"] == SHORT and "\n" in given:
        raise Impossible("this field has one line")
    most = inner.get("max_length") or LONGEST
    if len(given) > most:
        raise Impossible(f"the field takes no more than {most} characters")
    return given


def _option(inner: Json, label: str) -> str:
    """The value of the option with this label, or of the only one that begins so."""
    options = inner.get("options", [])
    same = [each for each in options if each["label"] == label]
    alike = same or [each for each in options if str(each["label"]).startswith(label)]
    if len(same) == 1 or len(alike) == 1:
        return str(alike[0]["value"])
    raise Impossible(f"no option {label!r}; there are {[each['label'] for each in options]}")


def complaints(modal: Modal) -> dict[str, str]:
    """What Discord's client has against the form as it is filled in: by label. Nothing is sent then."""
    found = {}
    for outer, inner in _fields(modal):
        wrong = _complaint(inner, modal.typed[inner["custom_id"]])
        if wrong:
            found[str(outer["label"])] = wrong
    return found


def _complaint(inner: Json, value: Value) -> str:
    if inner["type"] == CHECK:
        return ""
    if not value:
        return REQUIRED if _required(inner) else ""
    if isinstance(value, str) and inner["type"] == TEXT:
        least, most = inner.get("min_length") or 0, inner.get("max_length") or LONGEST
        return "" if least <= len(value) <= most else f"Must be between {least} and {most} in length."
    if isinstance(value, tuple):
        least = inner.get("min_values")
        least = 1 if least is None else least
        return "" if len(value) >= least else f"Choose at least {least}."
    return ""


def _required(inner: Json) -> bool:
    return bool(inner.get("required", True)) and inner["type"] != CHECK


def submitted(modal: Modal) -> list[Json]:
    """The components as they are sent with what stands in them.

    https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure
    """
    numbers = iter(range(1, 1000))
    found: list[Json] = []
    for outer in modal.components:
        one: Json = {"type": outer["type"], "id": outer.get("id") or next(numbers)}
        if outer["type"] == LABEL:
            one["component"] = _sent(modal, outer["component"], next(numbers))
        elif outer["type"] == ROW:
            one["components"] = [_sent(modal, each, next(numbers)) for each in outer["components"]]
        found.append(one)
    return found


def _sent(modal: Modal, inner: Json, number: int) -> Json:
    value = modal.typed[inner["custom_id"]]
    held = {"values": list(value)} if isinstance(value, tuple) else {"value": value}
    return {"type": inner["type"], "id": inner.get("id") or number, "custom_id": inner["custom_id"], **held}


def seen_modal(modal: Modal) -> SeenModal:
    """The form as it stands before a person."""
    fields = []
    for outer, inner in _fields(modal):
        kind = "paragraph" if inner["type"] == TEXT and inner["style"] != SHORT else KINDS.get(inner["type"], "other")
        fields.append(
            SeenField(
                outer["label"],
                kind,
                _read(inner, modal.typed[inner["custom_id"]]),
                outer.get("description") or "",
                inner.get("placeholder") or "",
                _required(inner),
                tuple(each["label"] for each in inner.get("options", [])),
                modal.errors.get(outer["label"], ""),
            )
        )
    text = "\n".join(each["content"] for each in modal.components if each["type"] == PLAIN)
    return SeenModal(modal.title, text, tuple(fields), modal.trouble)


def _read(inner: Json, value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if inner["type"] == TEXT:
        return str(value)
    chosen = {value} if isinstance(value, str) else set(value or ())
    return ", ".join(each["label"] for each in inner.get("options", []) if each["value"] in chosen)
