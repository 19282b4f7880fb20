"""What every kept document has in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Kept(BaseModel):
    """A document of the record: snake_case here, the schema's camelCase in the database. Change is a new value (`model_copy`).

    Fields that a newer version wrote and this one does not know are ignored, so that two versions may run side by side.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        defer_build=True,  # of a hundred models a program needs a few in its first minutes, and some never
    )

    id: str = Field(alias="_id")

    def document(self) -> dict[str, Any]:
        """The document as it is kept; fields that are None are left out, since missing and null mean the same."""
        return self.model_dump(by_alias=True, exclude_none=True)

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Self:
        """The value that a kept document stands for."""
        return cls.model_validate(document)
