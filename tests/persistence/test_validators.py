"""Models as MongoDB's validators."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from persistence.validators import converted, validator


class Status(StrEnum):
    """A choice."""

    DRAFT = "Draft"
    DONE = "Done"


class Rival(BaseModel):
    """A part."""

    name: str
    weakness: str = ""


class Asset(BaseModel):
    """A whole."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(alias="_id", min_length=1, pattern="^ast_")
    user_id: str = Field(alias="userId")
    status: Status
    created_at: datetime = Field(alias="createdAt")
    score: float | None = Field(default=None, gt=0, le=10)
    count: int = Field(default=0, ge=0)
    private: bool = False
    tags: list[str] = Field(default=[], max_length=5)
    rivals: tuple[Rival, ...] = ()
    pair: tuple[int, str] = (1, "a")
    extra: dict[str, int] = {}


class Own(BaseModel):
    """One of two."""

    kind: Literal["user_agent"]
    owner: str


class Ours(BaseModel):
    """The other of two."""

    kind: Literal["system_agent"]
    role: str


class Tree(BaseModel):
    """A model within itself."""

    leaf: str
    branches: list[Tree] = []


def test_a_model_becomes_a_validator() -> None:
    text = {"bsonType": "string"}
    whole = {"bsonType": ["int", "long"]}
    assert validator(Asset) == {
        "bsonType": "object",
        "additionalProperties": False,
        "required": ["_id", "userId", "status", "createdAt"],
        "properties": {
            "_id": {"bsonType": "string", "minLength": 1, "pattern": "^ast_"},
            "userId": text,
            "status": {"bsonType": "string", "enum": ["Draft", "Done"]},
            "createdAt": {"bsonType": "date"},
            "score": {
                "anyOf": [
                    {
                        "bsonType": ["double", "int", "long"],
                        "minimum": 0,
                        "exclusiveMinimum": True,
                        "maximum": 10,
                    },
                    {"bsonType": "null"},
                ]
            },
            "count": {**whole, "minimum": 0},
            "private": {"bsonType": "bool"},
            "tags": {"bsonType": "array", "items": text, "maxItems": 5},
            "rivals": {
                "bsonType": "array",
                "items": {"bsonType": "object", "required": ["name"], "properties": {"name": text, "weakness": text}},
            },
            "pair": {"bsonType": "array", "items": [whole, text], "minItems": 2, "maxItems": 2},
            "extra": {"bsonType": "object", "additionalProperties": whole},
        },
    }


def test_a_union_becomes_one_of_its_members() -> None:
    union = Annotated[Own | Ours, Field(discriminator="kind")]
    text = {"bsonType": "string"}
    assert validator(union) == {
        "oneOf": [
            {
                "bsonType": "object",
                "required": ["kind", "owner"],
                "properties": {"kind": {"bsonType": "string", "enum": ["user_agent"]}, "owner": text},
            },
            {
                "bsonType": "object",
                "required": ["kind", "role"],
                "properties": {"kind": {"bsonType": "string", "enum": ["system_agent"]}, "role": text},
            },
        ]
    }


def test_a_model_within_itself_is_taken_as_it_comes() -> None:
    tree = validator(Tree)
    assert tree["properties"]["branches"] == {"bsonType": "array", "items": {}}


def test_several_types_are_all_allowed() -> None:
    assert converted({"type": ["integer", "null"]}) == {"bsonType": ["int", "long", "null"]}


@pytest.mark.parametrize("model", [Asset, Tree, Annotated[Own | Ours, Field(discriminator="kind")]])
def test_no_word_is_left_that_mongodb_does_not_know(model: Any) -> None:
    known = {
        *("bsonType", "enum", "required", "properties", "additionalProperties", "items", "anyOf", "oneOf", "pattern"),
        *("minLength", "minimum", "maximum", "exclusiveMinimum", "minItems", "maxItems"),
    }
    assert _words(validator(model)) <= known


def _words(schema: dict[str, Any]) -> set[str]:
    found = set(schema)
    for word, value in schema.items():
        if word == "properties":
            for each in value.values():
                found |= _words(each)
        elif isinstance(value, dict):
            found |= _words(value)
        elif isinstance(value, list):
            found |= {word for each in value if isinstance(each, dict) for word in _words(each)}
    return found
