"""Forms that are filled in: page by page, with what is wrong beside the field, and what was typed kept whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from slack_bolt.response import BoltResponse

from bots.desk import Desk
from bots.reception import Received, Reception
from bots.slack import forms
from bots.slack.arrived import Closed, Origin, Submitted
from bots.slack.home import Homes
from bots.slack.modals import Modals
from bots.slack.posts import Block
from bots.slack.sheet import Sheet
from bots.slack.showing import Showing
from core.errors import Trouble
from core.request import Asked
from core.ui import Form

log = structlog.get_logger()

ANSWER_SECONDS = 2.0
"""Of Slack's three: a form that takes longer to be read is acknowledged with a modal that waits."""
TOO_OLD = "This form has been open for too long. Close it and ask for it again."
DONE = "Done. The answer is in your messages."


class Filling:
    """What is sent with modals, and what was in those that were closed."""

    def __init__(
        self,
        reception: Reception,
        *,
        desk: Desk,
        homes: Homes,
        modals: Modals,
        showing: Showing,
        names: Callable[[str, Asked], tuple[str, ...]],
        seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._reception = reception
        self._desk = desk
        self._homes = homes
        self._modals = modals
        self._showing = showing
        self._names = names
        self._seconds = seconds

    async def sent(self, page: Submitted, origin: Origin) -> BoltResponse:
        """Take in a page; returns the acknowledgement, which may show the next one, or what is wrong."""
        try:
            form = await self._modals.form(page.actor, page.sheet)
            if form is None:
                return _acknowledged("update", view=forms.told("Elevate", TOO_OLD))
            if not forms.is_last(form, page.sheet):
                return await self._turned(form, page)
            asked = forms.asked(form, page)
            received = await self._reception.receive(asked)
        except Trouble as trouble:
            log.warning("form not kept", trouble=type(trouble).__name__)
            return _acknowledged("errors", errors={next(iter(page.state), ""): trouble.message})
        if received is None:
            return _acknowledged()
        answer = _Acknowledging()
        names = self._names(received.arrival.id, asked)
        self._desk.begin(self._answer(received, form, page, origin, answer, names))
        return await answer.within(self._seconds)

    async def left(self, page: Closed) -> None:
        """Keep what was typed into a modal that was closed."""
        form = await self._modals.form(page.actor, page.sheet)
        request = forms.left(form, page) if form else None
        if request is not None and request.values:
            async with self._reception.answering(request):
                pass

    async def _turned(self, form: Form, page: Submitted) -> BoltResponse:
        """The next page; what was typed so far is kept with the form."""
        form = forms.filled(form, page)
        await self._modals.keep(form, page.actor, page.sheet)
        sheet = Sheet(
            page.sheet.form,
            page.sheet.page + 1,
            page.sheet.again,
            page.sheet.channel,
            page.sheet.thread,
            page.sheet.response_url,
        )
        return _acknowledged("update", view=self._modals.view(form, sheet))

    async def _answer(
        self,
        received: Received,
        form: Form,
        page: Submitted,
        origin: Origin,
        acknowledging: _Acknowledging,
        names: tuple[str, ...],
    ) -> None:
        try:
            async with self._reception.answered(received) as answer:
                if isinstance(answer, Form):
                    await self._again(form, answer, page, origin, acknowledging)
                else:
                    if not acknowledging.give(_acknowledged()):
                        await self._modals.say(origin.view, DONE, origin)
                    with self._desk.going_by(*names):
                        await self._showing.show(answer, origin, page, key=received.arrival.id)
        finally:
            acknowledging.give(_acknowledged())
        self._homes.changed(page.actor)

    async def _again(self, before: Form, form: Form, page: Submitted, origin: Origin, acknowledging: _Acknowledging) -> None:
        """A form answers a form: what is wrong beside its fields, or another form in its place."""
        is_same = form.command == before.command and form.fields == before.fields
        beside = forms.errors(self._modals.worded(form), page.sheet) if is_same else None
        if beside is not None and acknowledging.give(_acknowledged("errors", errors=dict(beside))):
            return
        kept = await self._modals.keep(form, page.actor)
        again = page.sheet.again + 1
        sheet = Sheet(kept, forms.first_wrong(form), again, page.sheet.channel, page.sheet.thread, page.sheet.response_url)
        view = self._modals.view(form, sheet)
        if not acknowledging.give(_acknowledged("update", view=view)):
            await self._modals.put(origin.view, view, origin)


class _Acknowledging:
    """An acknowledgement that is made elsewhere, if in time."""

    def __init__(self) -> None:
        self._given: asyncio.Future[BoltResponse] = asyncio.get_running_loop().create_future()

    def give(self, response: BoltResponse) -> bool:
        """Acknowledge so; False where that was done already."""
        if self._given.done():
            return False
        self._given.set_result(response)
        return True

    async def within(self, seconds: float) -> BoltResponse:
        """The acknowledgement, or a modal that waits for what is still being made."""
        await asyncio.wait({self._given}, timeout=seconds)
        self.give(_acknowledged("update", view=forms.loading("Elevate")))
        return self._given.result()


def _acknowledged(action: str = "", **what: Block) -> BoltResponse:
    """Without an action, the modal closes."""
    return BoltResponse(status=200, body={"response_action": action, **what} if action else "")
