"""Who sits at this terminal: the account of the machine."""

from __future__ import annotations

import getpass
import os
import warnings

from core.request import Actor, Address, Platform

WORKSPACE = "terminal"


def account() -> Actor:
    """The system's account, with the name and time zone that the machine knows."""
    login = _login()
    return Actor(Platform.TERMINAL, WORKSPACE, login, _real_name() or login, timezone=_timezone(), installer=True)


def place(actor: Actor) -> Address:
    """Where the account talks: each in a place of its own, also where several share a database."""
    return Address(Platform.TERMINAL, actor.workspace, actor.user)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        # A container may run under a number that has no name.
        return f"user{os.getuid()}" if hasattr(os, "getuid") else "user"


def _real_name() -> str:
    try:
        import pwd  # noqa: PLC0415 - not on every system

        return pwd.getpwuid(os.getuid()).pw_gecos.split(",")[0].strip()
    except (ImportError, KeyError):
        return ""


def _timezone() -> str | None:
    from tzlocal import get_localzone_name  # noqa: PLC0415 - only this surface guesses

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return get_localzone_name()
    except (LookupError, ValueError, OSError):
        return None
