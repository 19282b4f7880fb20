"""Every collection has a model, from which a real MongoDB's validator is made."""

from __future__ import annotations

from persistence.indexes import INDEXES
from persistence.models import MODELS
from persistence.validators import validator


def test_every_collection_has_a_model_and_no_model_is_without_one() -> None:
    assert set(MODELS) == set(INDEXES)


def test_every_validator_demands_what_the_model_demands() -> None:
    for name, model in MODELS.items():
        made = validator(model)
        text = str(made)
        assert "_id" in text, name
        assert "required" in text, name
