"""How the question whether an answer helped looks."""

from __future__ import annotations

from core.ui import Call, Card, Feedback, Field, Form, Kind

COMMAND = "feedback"
REASON = "What was missing or wrong?"


def asked(subject_id: str) -> Card:
    """The question under an answer or a run."""
    good, bad = (Call(COMMAND, {"of": subject_id, "helped": helped}) for helped in ("yes", "no"))
    return Card(body=(Feedback(good, bad),))


def why(subject_id: str, reason_at_most: int) -> Form:
    """The one question after an answer that did not help; it may stay empty."""
    field = Field("reason", REASON, Kind.LONG, "Leave it empty if you like", required=False, max_length=reason_at_most)
    return Form(COMMAND, "It did not help", (field,), {"of": subject_id, "helped": "no"}, submit="Send")
