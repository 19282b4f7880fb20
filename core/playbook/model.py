"""A run of a prompt, as it is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Self

from core.feedback.model import Rating
from core.playbook.prompts import Prompt
from core.playbook.rocket import Filling
from core.record import Kept


class Status(StrEnum):
    """How a run stands, in the schema's words."""

    PENDING = "Pending"
    SUCCESS = "Success"
    ERROR = "Error"


class Order(StrEnum):
    """What a list of runs is sorted by."""

    NEWEST = "newest first"
    OLDEST = "oldest first"
    PROMPT = "prompt"


class PublishedPrompt(Kept):
    """A prompt as the record holds it. Ours: `digest`, by which a change is seen."""

    step: str
    prompt_code: str
    title: str
    description: str
    rocket_template: str
    required_context: tuple[str, ...]
    output_type: str
    digest: str = ""

    @classmethod
    def from_file(cls, prompt: Prompt) -> Self:
        """The document of a prompt; its id is made of its code."""
        made = cls(
            id=f"prm_{prompt.code.lower()}",
            step=prompt.step,
            prompt_code=prompt.code,
            title=prompt.title,
            description=prompt.description,
            rocket_template=prompt.body,
            required_context=prompt.requires,
            output_type=prompt.output,
        )
        text = json.dumps(made.model_dump(mode="json"), sort_keys=True)
        return made.model_copy(update={"digest": hashlib.sha256(text.encode()).hexdigest()[:16]})


class Execution(Kept):
    """One run of a prompt.

    `input_context_snapshot` holds the Foundation data and answers that were used, by the placeholders' names with their dots as
    levels. Ours: `prompt` (the filled template), `prompt_digest` (which version of the prompt's file that was: its published copy
    has the same), `foundation_version` (which version of the Foundation was read), `model`, `error` (what the person was told),
    `refines` (the run that this one reworks), `input_tokens` and `output_tokens` as the model counted them, `cost_micros` (what
    that cost when it was run, in millionths of a US dollar; None where the model has no price), `feedback` (what the person said
    of it), `organization_id`.
    """

    user_id: str
    organization_id: str
    prompt_code: str
    elevate_step: str
    input_context_snapshot: Mapping[str, Filling | Mapping[str, Filling]]
    ai_request_timestamp: datetime
    ai_response: str | None = None
    ai_response_timestamp: datetime | None = None
    status: Status = Status.PENDING
    refined_output_asset_id: str | None = None
    prompt: str = ""
    prompt_digest: str = ""
    foundation_version: int | None = None
    model: str = ""
    error: str | None = None
    refines: str | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cost_micros: int | None = None
    feedback: Rating | None = None

    def used(self, name: str) -> bool:
        """Whether the run was given a value for this placeholder."""
        level, _, rest = name.partition(".")
        value = self.input_context_snapshot.get(level, "")
        return bool(value.get(rest) if rest and isinstance(value, Mapping) else value)

    @property
    def answers(self) -> Mapping[str, str]:
        """What the student answered when running, by question."""
        asked = self.input_context_snapshot.get("ask", {})
        assert isinstance(asked, Mapping)
        return {name: value if isinstance(value, str) else "\n".join(value) for name, value in asked.items()}


def nested(values: Mapping[str, Filling]) -> dict[str, Filling | Mapping[str, Filling]]:
    """Values by dotted names as levels, since no key of the record may hold a dot."""
    levels: dict[str, Filling | dict[str, Filling]] = {}
    for name, value in values.items():
        level, _, rest = name.partition(".")
        if not rest:
            levels[level] = value
            continue
        inner = levels.setdefault(level, {})
        assert isinstance(inner, dict)
        inner[rest] = value
    return dict(levels)
