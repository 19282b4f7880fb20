"""The log: one JSON line an event, to a file while the terminal is in use and to standard error otherwise, never with a token."""

from __future__ import annotations

import logging
import os
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bots.secrets import redact
from core.errors import SettingTrouble

FILE = "elevate.log"
BYTES_AT_MOST = 2_000_000
OLD_FILES = 2
QUIET = (
    *("slack_bolt", "slack_sdk", "discord", "anthropic", "httpx", "httpx2", "httpcore2", "aiohttp", "asyncio", "apscheduler"),
    "markdown_it",
)
"""Libraries whose everyday news nobody needs; their warnings stay."""


def log_to_file(folder: Path, level: str) -> Path:
    """Log into a file in the folder, which is made where it is missing; returns the file.

    Raises:
        SettingTrouble: the folder cannot be written.
    """
    path = folder / FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = _PrivateFile(path, maxBytes=BYTES_AT_MOST, backupCount=OLD_FILES, encoding="utf-8", errors="replace")
    except OSError as trouble:
        raise SettingTrouble(
            f"The data folder {folder} cannot be written ({trouble.strerror}). Set ELEVATE_DATA_DIR to one that can."
        ) from None
    _set_up(handler, level)
    return path


def log_to_stderr(level: str) -> None:
    """Log to standard error."""
    _set_up(logging.StreamHandler(sys.stderr), level)


class _PrivateFile(RotatingFileHandler):
    """Files that only their owner can read."""

    def _open(self) -> TextIOWrapper:
        os.close(os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        return super()._open()


def _set_up(handler: logging.Handler, level: str) -> None:
    # A full disk must not fill the screen with tracebacks about logging.
    logging.raiseExceptions = False
    shared: tuple[Processor, ...] = (
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    )
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=(
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(default=str, ensure_ascii=False),
                _redacted,
            ),
        )
    )
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    structlog.configure(
        processors=[  # a list, as structlog copies and changes it in place
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _redacted(logger: WrappedLogger, name: str, event: EventDict | str) -> str:
    return redact(str(event))
