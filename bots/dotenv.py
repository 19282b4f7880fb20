"""Reading `.env` with the eyes of a person: what is wrong with the file is said in a line each."""

from __future__ import annotations

import io
from pathlib import Path

from core.errors import SettingTrouble

DOTENV = ".env"


def check_dotenv(path: Path) -> None:
    """Refuse a file that pydantic-settings would pass over, or that it would fail on in words of its own.

    Raises:
        SettingTrouble: the file is a folder, cannot be read, is not UTF-8, or has lines that are not NAME=value: each is told.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return
    except IsADirectoryError:
        raise SettingTrouble(f"{path}: this is a folder; it should be a file of lines like NAME=value.") from None
    except UnicodeDecodeError as trouble:
        line = trouble.object.count(b"\n", 0, trouble.start) + 1
        raise SettingTrouble(f"{path}: line {line} is not UTF-8. Save the file as UTF-8.") from None
    except OSError as trouble:
        raise SettingTrouble(f"{path}: cannot be read ({trouble.strerror}).") from None
    _check_lines(path, text)


def _check_lines(path: Path, text: str) -> None:
    from dotenv.parser import parse_stream  # noqa: PLC0415 - most machines have no .env

    wrong = [
        # The line itself is not shown: it may hold a secret.
        f"{path}: line {binding.original.line} is not of the form NAME=value."
        for binding in parse_stream(io.StringIO(text))
        if binding.error or (binding.key is not None and binding.value is None)
    ]
    if wrong:
        raise SettingTrouble("\n".join(wrong))
