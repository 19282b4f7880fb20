"""A real MongoDB refuses what does not fit a collection's model: no collection of the schema may be without one."""

from __future__ import annotations

from persistence.indexes import INDEXES
from persistence.models import MODELS

SCHEMA = """playbookPrompts courseModules users persons organizations userFoundations userPromptExecutions
userGeneratedAssets userModuleProgress userFunnelSnapshots agents conversations conversationParticipants
conversationMessages"""


def test_every_collection_of_the_schema_has_a_model() -> None:
    assert set(SCHEMA.split()) <= set(MODELS)


def test_every_model_has_a_collection() -> None:
    assert set(MODELS) <= set(INDEXES)
