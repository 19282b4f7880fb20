"""A real MongoDB refuses what does not fit a collection's model: no collection of the schema may be without one."""

from __future__ import annotations

from typing import get_args

from pydantic import BaseModel

from persistence.indexes import INDEXES
from persistence.models import MODELS

SCHEMA = """playbookPrompts courseModules users persons organizations userFoundations userPromptExecutions
userGeneratedAssets userModuleProgress userFunnelSnapshots agents conversations conversationParticipants
conversationMessages"""


def test_every_collection_of_the_schema_has_a_model() -> None:
    assert set(SCHEMA.split()) <= set(MODELS)


def test_every_model_has_a_collection() -> None:
    assert set(MODELS) <= set(INDEXES)


def test_what_is_left_out_since_it_is_none_is_read_back_as_none() -> None:
    wrong = [
        f"{model.__name__}.{name}"
        for union in MODELS.values()
        for model in get_args(union) or (union,)
        if isinstance(model, type) and issubclass(model, BaseModel)
        for name, field in model.model_fields.items()
        if type(None) in get_args(field.annotation) and not field.is_required() and field.get_default() is not None
    ]
    assert wrong == []
