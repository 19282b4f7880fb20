"""Modals: opened while their trigger is good, filled in later where the form took its time, and kept so that they can be read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from bots.payload import inner
from bots.slack import forms
from bots.slack.api import Api
from bots.slack.arrived import Origin
from bots.slack.payload import ident
from bots.slack.sheet import Sheet
from bots.slack.troubles import SlackRefused
from bots.slack.wording import reserved, worded_form
from core.ids import new_id
from core.parcels import pack_form, unpack_form
from core.request import Actor
from core.sharing.model import Shown
from core.sharing.ports import ShownStore
from core.ui import Form

log = structlog.get_logger()

IN_TIME_SECONDS = 1.5
"""A trigger opens a modal for 3 seconds: a form that is not there by half of it finds one that waits for it."""
USED_UP = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged", "invalid_trigger_id"})


class Modals:
    """The modals of everybody. `groups` are the names of the catalog's commands: Slack keeps some for itself."""

    def __init__(self, shown: ShownStore, api: Api, *, now: Callable[[], datetime], groups: frozenset[str] = frozenset()) -> None:
        self._shown = shown
        self._api = api
        self._now = now
        self._kept = reserved(groups)

    def worded(self, form: Form) -> Form:
        """The form as it is read in Slack; what is kept of it stays as it was."""
        return worded_form(form, self._kept)

    def view(self, form: Form, sheet: Sheet) -> forms.View:
        """The modal that shows a page of the form."""
        return forms.view(self.worded(form), sheet)

    async def form(self, actor: Actor, sheet: Sheet) -> Form | None:
        """The form that a modal of theirs shows, or None where it is too old."""
        found = await self._shown.find(actor.identity, sheet.form)
        return unpack_form(found.parcel) if found else None

    async def keep(self, form: Form, actor: Actor, sheet: Sheet | None = None) -> str:
        """Keep the form that is shown next, in place of the sheet's where there is one; returns its id."""
        kept = sheet.form if sheet else new_id("shn")
        await self._shown.keep(Shown(id=kept, identity=actor.identity, parcel=pack_form(form), shown_at=self._now()))
        return kept

    async def sheet(self, form: Form, origin: Origin, actor: Actor) -> Sheet:
        """Keep the form, and say where its answer goes."""
        kept = await self.keep(form, actor)
        page = forms.first_wrong(form)
        return Sheet(kept, page, channel=origin.channel, thread=origin.thread, response_url=origin.response_url)

    async def open(self, form: Form, origin: Origin, actor: Actor) -> bool:
        """Open the form; False where the trigger is used up."""
        if not origin.trigger_id:
            return False
        view = self.view(form, await self.sheet(form, origin, actor))
        return bool(await self._open(view, origin))

    async def fill(self, view_id: str, form: Form, origin: Origin, actor: Actor) -> None:
        """Put the form into a modal that waits for it."""
        await self.put(view_id, self.view(form, await self.sheet(form, origin, actor)), origin)

    async def say(self, view_id: str, words: str, origin: Origin) -> None:
        """Put words into a modal that waits for a form which did not come."""
        await self.put(view_id, forms.told("Elevate", words), origin)

    async def put(self, view_id: str, view: forms.View, origin: Origin) -> None:
        """Change what an open modal shows; where it was closed meanwhile, that is that."""
        try:
            await self._api.call(origin.team, "views.update", view_id=view_id, view=view)
        except SlackRefused as refused:
            if refused.code != "not_found":
                raise
            log.info("modal closed")

    async def wait_for_form(self, origin: Origin) -> str:
        """Open a modal that holds the place; returns its id, or "" where the trigger is used up."""
        return await self._open(forms.loading("Elevate"), origin)

    async def _open(self, view: forms.View, origin: Origin) -> str:
        try:
            opened = await self._api.call(origin.team, "views.open", trigger_id=origin.trigger_id, view=view)
        except SlackRefused as refused:
            if refused.code not in USED_UP:
                raise
            log.info("modal not opened", error=refused.code)
            return ""
        return ident(inner(opened, "view"), "id")


class Waiting:
    """A modal that is opened when a form does not come in time."""

    def __init__(self, modals: Modals, origin: Origin, wait: Callable[[float], Awaitable[object]]) -> None:
        self._modals = modals
        self._origin = origin
        self._wait = wait
        self._opening = False
        self._task = asyncio.create_task(self._open())

    async def view(self) -> str:
        """The id of the modal that waits, or "" where none is needed: none will be opened then."""
        if not self._opening:
            self._task.cancel()
            return ""
        return await self._task

    async def _open(self) -> str:
        await self._wait(IN_TIME_SECONDS)
        self._opening = True
        return await self._modals.wait_for_form(self._origin)
