"""Whatever the Anthropic SDK raises, as a trouble of ours: the one place where its errors stop.

Importing this imports the SDK, which takes about a second: `core.llm.claude` does so at its first use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import anthropic
import httpx2
import structlog

from core.errors import (
    ModelBrokeOff,
    ModelBusy,
    ModelDeclined,
    ModelKeyRefused,
    ModelOutOfCredit,
    ModelRequestRefused,
    ModelTooLong,
    ModelTrouble,
    ModelUnreachable,
    ModelWithoutWeb,
)
from core.llm.model import Brief

log = structlog.get_logger()

RAISED = (
    anthropic.AnthropicError,
    httpx2.HTTPError,  # a socket that drops in mid-stream is no `anthropic.APIError`
    httpx2.InvalidURL,
    httpx2.StreamError,
    TimeoutError,
    # What follows is raised by the SDK over a malformed stream, not by anything of ours: only its own calls are asked.
    OverflowError,  # a port beyond 65,535
    ValueError,
    RuntimeError,
    LookupError,
    AttributeError,
    TypeError,
)
"""What asking the SDK for the next event may raise."""

BY_TYPE: dict[str, type[ModelTrouble]] = {
    "authentication_error": ModelKeyRefused,
    "billing_error": ModelOutOfCredit,
    "rate_limit_error": ModelBusy,
    "overloaded_error": ModelBusy,
    "timeout_error": ModelBusy,
    "invalid_request_error": ModelRequestRefused,
    "request_too_large": ModelTooLong,
}
"""By the error's own word (https://docs.claude.com/en/api/errors), which an `error` event in mid-stream has as well."""

BY_STATUS: dict[int, type[ModelTrouble]] = {
    400: ModelRequestRefused,
    401: ModelKeyRefused,
    402: ModelOutOfCredit,
    408: ModelBusy,
    409: ModelBusy,
    413: ModelTooLong,
    422: ModelRequestRefused,
    429: ModelBusy,
    431: ModelRequestRefused,
}


TOO_LONG = ("prompt is too long", "exceed context limit")
"""How the API words it that what it was sent fits no window: its type is that of any request that it refuses."""


WEB = re.compile(r"\bweb[ _-]?(?:search|fetch)", re.IGNORECASE)
"""What the API speaks of where the organization that the key belongs to may not search or read the web."""


def trouble_of(raised: BaseException, *, model: str, began: bool, brief: Brief | None = None) -> ModelTrouble:
    """The trouble that one of `RAISED` means. `began`: words had come already. `brief`: what was refused as a whole.

    Logged without what was said.
    """
    found = _trouble(raised, model, began)
    if brief is not None and isinstance(raised, anthropic.APIStatusError):
        if brief.pictures and raised.status_code == 413:
            found = ModelRequestRefused("The pictures are too much at once for Claude. Send fewer of them, or smaller ones.")
        elif brief.served and raised.status_code in {400, 403} and WEB.search(raised.message):
            found = ModelWithoutWeb()
    if began and isinstance(found, ModelBusy):
        found = ModelBusy("Claude became too busy to finish this. What came is kept; try for the rest in a minute.")
    log.warning(
        "model failed",
        trouble=type(found).__name__,
        raised=type(raised).__name__,
        status=getattr(raised, "status_code", None),
        code=getattr(raised, "error_code", None),
        request=getattr(raised, "request_id", None),
        began=began,
    )
    return found


def in_stream(event: Mapping[str, Any], response: httpx2.Response) -> anthropic.APIStatusError:
    """What the SDK raises for an event that tells of an error in the midst of an answer."""
    return anthropic.APIStatusError(str(event.get("error")), response=response, body=dict(event))


def stopped(stop: str, *, words: bool) -> ModelTrouble | None:
    """The trouble that a reason to stop means; None for the good end."""
    match stop:
        case "end_turn" | "stop_sequence":
            return None if words else ModelBrokeOff("Claude had nothing to say to this. Try putting it another way.")
        case "refusal":
            return ModelDeclined()
        case "max_tokens":
            return ModelBrokeOff("The answer reached the longest an answer may be. What came is kept; the rest can follow.")
        case "model_context_window_exceeded":
            return ModelTooLong()
        case _:
            return ModelBrokeOff()


def _trouble(raised: BaseException, model: str, began: bool) -> ModelTrouble:
    if isinstance(raised, anthropic.APIStatusError):
        return _refused(raised, model, began)
    if isinstance(raised, anthropic.APIResponseValidationError):
        return ModelBrokeOff()
    if began:
        return ModelBrokeOff()
    why = raised.__cause__ if isinstance(raised, anthropic.APIConnectionError) else raised
    if isinstance(why, httpx2.InvalidURL | httpx2.UnsupportedProtocol | OverflowError):
        return ModelUnreachable("The address of Claude is not one. Whoever runs this bot needs to check ANTHROPIC_BASE_URL.")
    if isinstance(why, UnicodeEncodeError | httpx2.LocalProtocolError):
        return ModelKeyRefused()
    if isinstance(raised, anthropic.APIConnectionError | httpx2.HTTPError | TimeoutError):
        return ModelUnreachable()
    return ModelBrokeOff("Claude's answer could not be read. Please try again.")


def _refused(raised: anthropic.APIStatusError, model: str, began: bool) -> ModelTrouble:
    if raised.status_code == 404:
        return ModelRequestRefused(
            f"Claude knows no model called {model}. Whoever runs this bot needs to check ELEVATE_MODEL, then try again."
        )
    if raised.status_code == 403:
        return ModelKeyRefused(
            "The key for Claude may not be used for this. Whoever runs this bot needs to check ANTHROPIC_API_KEY, then try again."
        )
    if raised.status_code == 400 and any(words in str(raised.message).casefold() for words in TOO_LONG):
        return ModelTooLong()
    kind = BY_TYPE.get(raised.type or "") or BY_STATUS.get(raised.status_code)
    if kind is not None:
        return kind()
    if raised.status_code >= 500:
        return ModelBusy()
    return ModelBrokeOff() if began or raised.status_code == 200 else ModelRequestRefused()
