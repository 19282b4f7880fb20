"""A pydantic model's JSON schema as the `$jsonSchema` that MongoDB checks documents by.

MongoDB knows draft 4 with BSON's types, and no references, constants, defaults, formats or discriminators
(https://www.mongodb.com/docs/manual/reference/operator/query/jsonSchema/).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import TypeAdapter

_BSON: Final[dict[str, str | list[str]]] = {
    "array": "array",
    "boolean": "bool",
    "integer": ["int", "long"],
    "null": "null",
    "number": ["double", "int", "long"],
    "object": "object",
    "string": "string",
}
_KEPT = frozenset(
    {
        *("enum", "maxItems", "maxLength", "maxProperties", "maximum", "minItems", "minLength", "minProperties"),
        *("minimum", "multipleOf", "pattern", "required", "uniqueItems"),
    }
)
"""What means the same in both, and holds no schema."""
_CHOICES = frozenset({"allOf", "anyOf", "oneOf"})
_MAPS = frozenset({"patternProperties", "properties"})
_BOUNDS: Final = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


def validator(model: Any) -> dict[str, Any]:
    """The `$jsonSchema` of a model, or of a union of models, by its aliases."""
    return converted(TypeAdapter[Any](model).json_schema(by_alias=True))


def converted(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON schema as pydantic writes it, in MongoDB's terms. A model within itself is taken as it comes."""
    return _converted(schema, schema.get("$defs", {}), ())


def _converted(schema: Mapping[str, Any], models: Mapping[str, Any], inside: tuple[str, ...]) -> dict[str, Any]:
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        return {} if name in inside else _converted(models[name], models, (*inside, name))

    def inner(part: Mapping[str, Any] | bool) -> Any:
        return part if isinstance(part, bool) else _converted(part, models, inside)

    result: dict[str, Any] = {}
    for word, value in schema.items():
        if word in _KEPT:
            result[word] = value
        elif word == "const":
            result["enum"] = [value]
        elif word == "type":
            result["bsonType"] = _bson_type(value, schema.get("format"))
        elif word in _CHOICES:
            result[word] = [_told_apart(inner(each), schema) for each in value]
        elif word in _MAPS:
            result[word] = {name: inner(each) for name, each in value.items()}
        elif word in ("additionalProperties", "items", "not"):
            result[word] = inner(value)
        elif word == "prefixItems":
            result["items"] = [inner(each) for each in value]
        elif word in _BOUNDS:
            result |= {_BOUNDS[word]: value, word: True}
    return result


def _told_apart(choice: dict[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """One of several models, with the field that tells them apart: it must be there, since nothing else says how to read it."""
    name = schema.get("discriminator", {}).get("propertyName")
    required = choice.get("required", [])
    return choice if name is None or name in required else {**choice, "required": [*required, name]}


def _bson_type(kind: str | Sequence[str], shape: str | None) -> str | list[str]:
    if shape == "date-time":
        return "date"
    if isinstance(kind, str):
        return _BSON[kind]
    names: list[str] = []
    for each in kind:
        found = _BSON[each]
        names += [found] if isinstance(found, str) else found
    return names
