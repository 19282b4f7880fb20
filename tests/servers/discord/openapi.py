"""Discord's published description of its REST API: which routes there are, and whether a request or an answer is in shape.

The file is discord/discord-api-spec's, under the MIT licence.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import jsonschema_rs

from tests.servers.discord.shapes import Json, Refused, malformed

ANSWERS, REQUESTS = "discord:answers", "discord:requests"
METHODS = frozenset({"get", "post", "put", "patch", "delete"})
ENDS: Mapping[str, bool] = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Operation:
    """A method of a route: what the description calls it, and where it stands there."""

    id: str
    method: str
    template: str

    @property
    def described(self) -> Json:
        """As it stands in the description."""
        found: Json = spec()["paths"][self.template][self.method]
        return found

    @property
    def without_token(self) -> bool:
        """Whether it may be called without a bot's token, for the path carries a secret."""
        return {} in self.described.get("security", [])

    @property
    def status(self) -> int:
        """Of an answer with a body."""
        return int(next(each for each in ("200", "201", "204") if each in self.described["responses"]))


@cache
def spec() -> Json:
    """The whole of it."""
    found: Json = json.loads(Path(__file__).with_name("discord-openapi.json").read_text(encoding="utf-8"))
    return found


@cache
def _registry() -> jsonschema_rs.Registry:
    """As it is, and as it holds for requests: there Discord takes snowflakes as integers too."""
    components = spec()["components"]
    lenient = {"type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$"}
    schemas = {**components["schemas"], "SnowflakeType": lenient}
    asked = {**spec(), "components": {**components, "schemas": schemas}}
    return jsonschema_rs.Registry([(ANSWERS, spec()), (REQUESTS, asked)], draft=jsonschema_rs.Draft202012)


@cache
def validator(*where: str) -> jsonschema_rs.Validator:
    """The validator of a schema by the way to it in the description; made when it is first asked for."""
    pointer = quote("".join("/" + each.replace("~", "~0").replace("/", "~1") for each in where), safe="/~")
    name = ANSWERS if "responses" in where else REQUESTS
    return jsonschema_rs.validator_for({"$ref": f"{name}#{pointer}"}, registry=_registry())


@cache
def _routes() -> Mapping[int, list[tuple[list[str], str]]]:
    """The templates by their number of parts; those with fewer places to fill come first."""
    found: dict[int, list[tuple[list[str], str]]] = defaultdict(list)
    for template in sorted(spec()["paths"], key=lambda each: each.count("{")):
        parts = template.strip("/").split("/")
        found[len(parts)].append((parts, template))
    return found


@cache
def operations() -> Mapping[tuple[str, str], Operation]:
    """All of them, by method and template."""
    return {
        (method, template): Operation(described["operationId"], method, template)
        for template, methods in spec()["paths"].items()
        for method, described in methods.items()
        if method in METHODS
    }


def find(method: str, path: str) -> tuple[Operation, dict[str, str]]:
    """Which operation a path means, with what stands in its places. Raises Refused where there is none."""
    parts = path.strip("/").split("/")
    there = False
    for pattern, template in _routes().get(len(parts), []):
        pairs = list(zip(pattern, parts, strict=True))
        if not all(mine.startswith("{") or mine == theirs for mine, theirs in pairs):
            continue
        there = True
        operation = operations().get((method.lower(), template))
        if operation is not None:
            params = {mine[1:-1]: unquote(theirs) for mine, theirs in pairs if mine.startswith("{")}
            _check_params(params)
            return operation, params
    if there:
        raise Refused(405, 0, "405: Method Not Allowed")
    raise Refused(404, 0, "404: Not Found")


def _check_params(params: Mapping[str, str]) -> None:
    for name, value in params.items():
        if name.endswith("_id") and not value.isdigit():
            raise malformed((name, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.'))


def query(operation: Operation, came: Mapping[str, str]) -> Json:
    """The query, as the types that the description names. Raises Refused where it is none of its."""
    parameters = operation.described.get("parameters", [])
    described = {each["name"]: (number, each["schema"]) for number, each in enumerate(parameters) if each["in"] == "query"}
    found: Json = {}
    for name, text in came.items():
        if name not in described:
            raise malformed((name, "UNKNOWN", "This route takes no such parameter."))
        number, schema = described[name]
        found[name] = _typed(schema, text)
        way = ("paths", operation.template, operation.method, "parameters", str(number), "schema")
        wrong = list(_wrong(validator(*way).iter_errors(found[name]), (name,)))
        if wrong:
            raise malformed(*wrong)
    return found


def _typed(schema: Json, text: str) -> object:
    if schema.get("type") == "boolean":
        return ENDS.get(text.lower(), text)
    if schema.get("type") == "integer" and text.lstrip("-").isdigit():
        return int(text)
    return text


def check_body(operation: Operation, body: object) -> None:
    """Raise Refused where a body is not in the shape of the description."""
    described = operation.described.get("requestBody")
    if described is None:
        if body is not None:
            raise malformed(("", "UNKNOWN", "This route takes no body."))
        return
    if body is None:
        if described.get("required"):
            raise malformed(("", "BASE_TYPE_REQUIRED", "This field is required"))
        return
    way = ("paths", operation.template, operation.method, "requestBody", "content", "application/json", "schema")
    wrong = list(_wrong(validator(*way).iter_errors(body), ()))
    if wrong:
        raise malformed(*wrong)


def check_answer(operation: Operation, status: int, body: object) -> list[str]:
    """What the description has against an answer of the stand-in."""
    content = operation.described["responses"].get(str(status), {}).get("content")
    if content is None:
        return [] if body is None else [f"{operation.id} answers {status} without a body"]
    way = ("paths", operation.template, operation.method, "responses", str(status), "content", "application/json", "schema")
    return [f"{where}: {message}" for where, _, message in _wrong(validator(*way).iter_errors(body), ())]


def _wrong(errors: Iterable[jsonschema_rs.ValidationError], before: tuple[str, ...]) -> Iterable[tuple[str, str, str]]:
    """Errors as (where, code, message); of a union, what the branch that comes nearest has against the value."""
    for each in errors:
        inner = _nearest(each)
        if inner is not None:
            yield from _wrong(inner, before)
        else:
            where = ".".join([*before, *(str(part) for part in each.instance_path)])
            yield where, f"SCHEMA_{each.kind.name.upper()}", str(each.message)[-200:]


def _nearest(error: jsonschema_rs.ValidationError) -> list[jsonschema_rs.ValidationError] | None:
    if error.kind.name not in {"anyOf", "oneOf", "oneOfNotValid"}:
        return None
    branches: list[list[jsonschema_rs.ValidationError]] = [list(each) for each in getattr(error.kind, "context", [])]
    return max((each for each in branches if each), key=_depth, default=None)


def _depth(branch: list[Any]) -> tuple[bool, int, int]:
    """How near a branch comes: first whether the type that it names is right, then how deep its errors lie."""
    by_type = not any([*each.instance_path][-1:] == ["type"] or each.kind.name == "type" for each in branch)
    return by_type, min(len(each.instance_path) for each in branch), -len(branch)
