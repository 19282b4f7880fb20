"""What Discord asks of components beyond its published description, in messages and in forms.

https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tests.servers.discord.openapi import spec
from tests.servers.discord.shapes import Json

ROW, BUTTON, STRING_SELECT, TEXT_INPUT, SECTION, TEXT, THUMBNAIL, GALLERY, FILE = 1, 2, 3, 4, 9, 10, 11, 12, 13
SEPARATOR, CONTAINER, LABEL, FILE_UPLOAD, RADIOS, CHECKS, CHECK = 14, 17, 18, 19, 21, 22, 23
SELECTS = frozenset({3, 5, 6, 7, 8})
NEW = frozenset({SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER})
"""Those that need IS_COMPONENTS_V2."""
LINK, PREMIUM = 5, 6

COMPONENTS_AT_MOST, TEXT_AT_MOST, OLD_ROWS_AT_MOST, CUSTOM_ID_AT_MOST = 40, 4000, 5, 100
FIELDS_AT_MOST = 5

NAMES = {
    ROW: "ActionRow",
    BUTTON: "Button",
    STRING_SELECT: "StringSelect",
    TEXT_INPUT: "TextInput",
    5: "UserSelect",
    6: "RoleSelect",
    7: "MentionableSelect",
    8: "ChannelSelect",
    SECTION: "Section",
    TEXT: "TextDisplay",
    THUMBNAIL: "Thumbnail",
    GALLERY: "MediaGallery",
    FILE: "File",
    SEPARATOR: "Separator",
    CONTAINER: "Container",
    LABEL: "Label",
    FILE_UPLOAD: "FileUpload",
    RADIOS: "RadioGroup",
    CHECKS: "CheckboxGroup",
    CHECK: "Checkbox",
}

Wrong = tuple[str, str, str]


def every(components: Iterable[Json], where: str = "components") -> Iterator[tuple[str, Json]]:
    """Every component with its place, those within others too."""
    for number, each in enumerate(components):
        place = f"{where}.{number}"
        yield place, each
        yield from every(each.get("components") or [], f"{place}.components")
        for inner in ("accessory", "component"):
            if each.get(inner):
                yield from _one(each[inner], f"{place}.{inner}")


def _one(component: Json, place: str) -> Iterator[tuple[str, Json]]:
    yield place, component
    yield from every(component.get("components") or [], f"{place}.components")


def media(component: Json) -> list[Json]:
    """What a component shows that lies elsewhere."""
    match component["type"]:
        case 11:
            return [component["media"]]
        case 12:
            return [each["media"] for each in component["items"]]
        case 13:
            return [component["file"]]
        case _:
            return []


def in_message(components: Sequence[Json], *, v2: bool) -> Iterator[Wrong]:
    """What is wrong with a message's components."""
    found = list(every(components))
    yield from _alike(found)
    for place, each in found:
        yield from _unknown(place, each, "Message")
        yield from _each(place, each)
        if not v2 and each["type"] in NEW:
            yield place, "UNION_TYPE_CHOICES", "This component needs the flag IS_COMPONENTS_V2"
    if v2 and len(found) > COMPONENTS_AT_MOST:
        yield "components", "BASE_TYPE_BAD_LENGTH", f"{len(found)} components, at most {COMPONENTS_AT_MOST} in total"
    if not v2 and len(components) > OLD_ROWS_AT_MOST:
        yield "components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length."
    length = sum(len(each["content"]) for _, each in found if each["type"] == TEXT)
    if length > TEXT_AT_MOST:
        yield "components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", f"{length} characters shown, at most {TEXT_AT_MOST}"


def in_modal(modal: Json) -> Iterator[Wrong]:
    """What is wrong with a form."""
    components = modal["components"]
    found = list(every(components))
    yield from _alike(found)
    if not 1 <= len(components) <= FIELDS_AT_MOST:
        yield "components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length."
    if not modal["title"].strip():
        yield "title", "BASE_TYPE_REQUIRED", "This field is required"
    for place, each in found:
        yield from _unknown(place, each, "Modal")
        yield from _each(place, each)
        yield from _field(place, each)


def _alike(found: Sequence[tuple[str, Json]]) -> Iterator[Wrong]:
    """Custom ids and ids that stand there twice."""
    custom = Counter(each["custom_id"] for _, each in found if each.get("custom_id"))
    numbers = Counter(each["id"] for _, each in found if each.get("id"))
    for place, each in found:
        if custom[each.get("custom_id")] > 1:
            yield f"{place}.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
        if numbers[each.get("id")] > 1:
            yield f"{place}.id", "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated"


def _unknown(place: str, component: Json, kind: str) -> Iterator[Wrong]:
    """What Discord passes over: here it is refused, since it can only be a slip."""
    described = spec()["components"]["schemas"].get(f"{NAMES.get(component['type'], '')}ComponentFor{kind}Request", {})
    for name in set(component) - set(described.get("properties", component)):
        yield f"{place}.{name}", "UNKNOWN", f"{NAMES[component['type']]} has no such field"


def _each(place: str, component: Json) -> Iterator[Wrong]:
    if component["type"] == ROW:
        yield from _row(place, component["components"])
    if component["type"] == BUTTON:
        yield from _button(place, component)
    if component["type"] in {*SELECTS, CHECKS, FILE_UPLOAD}:
        yield from _bounds(place, component)
    if component["type"] in {STRING_SELECT, RADIOS, CHECKS}:
        yield from _options(place, component)
    if component["type"] in {SECTION, CONTAINER} and not component["components"]:
        yield f"{place}.components", "BASE_TYPE_BAD_LENGTH", "Must be 1 or more in length."
    for each in media(component):
        if component["type"] == FILE and not each["url"].startswith("attachment://"):
            yield f"{place}.file.url", "URL_TYPE_INVALID_SCHEME", "A file component shows attachments alone"
        elif not each["url"].startswith(("attachment://", "http://", "https://")):
            yield f"{place}.media.url", "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('attachment', 'http', 'https')."


def _row(place: str, inner: Sequence[Json]) -> Iterator[Wrong]:
    buttons = sum(each["type"] == BUTTON for each in inner)
    if not inner or buttons > 5 or (buttons != len(inner) and len(inner) != 1):
        yield f"{place}.components", "BASE_TYPE_BAD_LENGTH", "A row holds one to five buttons, or one menu"


def _button(place: str, button: Json) -> Iterator[Wrong]:
    if button["style"] == LINK:
        if not button.get("url") or button.get("custom_id"):
            yield f"{place}.url", "BASE_TYPE_REQUIRED", "A link button has a URL and no custom id"
    elif button["style"] != PREMIUM and (not button.get("custom_id") or button.get("url")):
        yield f"{place}.custom_id", "BASE_TYPE_REQUIRED", "A button has a custom id and no URL"
    if button["style"] != PREMIUM and not button.get("label") and not button.get("emoji"):
        yield place, "BUTTON_COMPONENT_INVALID", "A button must have a label or an emoji"


def _bounds(place: str, component: Json) -> Iterator[Wrong]:
    least, most = component.get("min_values"), component.get("max_values")
    default = 1 if component["type"] != CHECKS else 0
    if (default if least is None else least) > (1 if most is None and component["type"] in SELECTS else most or 10):
        yield f"{place}.min_values", "BASE_TYPE_BAD_RANGE", "min_values is greater than max_values"
    given = component.get("options")
    if given is not None and max(least or 0, most or 0) > len(given):
        yield f"{place}.max_values", "BASE_TYPE_BAD_RANGE", "More values than options"


def _options(place: str, component: Json) -> Iterator[Wrong]:
    options = component["options"]
    values = Counter(each["value"] for each in options)
    for number, each in enumerate(options):
        if values[each["value"]] > 1:
            where = f"{place}.options.{number}.value"
            yield where, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used"
    chosen = sum(bool(each.get("default")) for each in options)
    most = {RADIOS: 1, CHECKS: component.get("max_values") or len(options)}.get(
        component["type"], component.get("max_values") or 1
    )
    if chosen > most:
        yield f"{place}.options", "SELECT_COMPONENT_TOO_MANY_DEFAULTS", "More defaults than may be chosen"


def _field(place: str, component: Json) -> Iterator[Wrong]:
    if component["type"] == TEXT_INPUT:
        least, most, value = component.get("min_length"), component.get("max_length"), component.get("value") or ""
        if least is not None and most is not None and least > most:
            yield f"{place}.min_length", "BASE_TYPE_BAD_RANGE", "min_length is greater than max_length"
        if value and not (least or 0) <= len(value) <= (4000 if most is None else most):
            yield f"{place}.value", "BASE_TYPE_BAD_LENGTH", "The value is shorter or longer than may be typed"
        if place.count(".") == 1:
            yield place, "UNION_TYPE_CHOICES", "A text input stands within a label"
    optional = component.get("required") is False
    if component["type"] in SELECTS and not optional and component.get("min_values") == 0:
        yield f"{place}.min_values", "BASE_TYPE_BAD_RANGE", "A menu that is required has at least one value"
    if component.get("disabled"):
        yield f"{place}.disabled", "MODAL_COMPONENT_DISABLED", "Fields of a form cannot be disabled"
