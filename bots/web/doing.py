"""`/do/<command>`: every command of the catalog, by the same door as in chat; reading by GET, and doing by POST, once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace

from aiohttp import web
from markupsafe import Markup

from bots.boundary import complete, refused, serve
from bots.reception import Reception
from bots.web.brief import handed, in_brief, in_full
from bots.web.growing import Growing, heading_of
from bots.web.layout import html
from bots.web.pages import Visit
from bots.web.sending import SAY, SENDING, form, sent
from bots.web.sessions import NOTE, Guard, Posted, here
from bots.web.tags import joined, tag
from bots.web.ways import ABOUT, FILE, FORM, NONCE, NOTED, PAGES, SENT, WORDS, read, shows
from core.catalog import Catalog
from core.command import Command, parameters
from core.drafts import SEEN
from core.errors import Trouble, UnknownCommand
from core.ids import made_id, new_id
from core.request import Asked, Event, Left, Said, Suggesting, Typed
from core.ui import Answer, Button, Call, Facts, Form, Live, Message, Page, Tone

TEXT = "text"
IN_PLACE = "X-In-Place"
"""By this header our script says that it shows what is wrong where it was typed: to a browser that is no error."""
SAID_AT_MOST = 8_000
ASKING = frozenset({"foundation interview", "foundation skip", "foundation back", "foundation keep"})
"""Commands that ask a question, which is answered in one's own words."""
NONCES = re.compile(r"[A-Za-z0-9_-]{16,64}")
ENDING = frozenset({"mydata delete"})
"""Commands after which there may be nobody left who is signed in."""
INSTEAD: Mapping[str, str] = {**PAGES, "dashboard": "/"}
"""Commands in whose place a page is shown."""


@dataclass(frozen=True, slots=True)
class About:
    """What an answer is about. `talks`: words are waited for, so there is room for them. `hands`: its file is wanted alone.
    `ends`: nobody may be signed in after it. `takes`: a file can be sent (`SENDING`). `command`: what was asked for.
    """

    title: str
    talks: bool = False
    hands: bool = False
    ends: bool = False
    takes: tuple[str, str] | None = None
    command: str = ""


@dataclass(frozen=True, slots=True)
class Doing:
    """Asks for commands in the name of whoever is signed in: as in their direct messages with the bot, so that whatever is to be
    told them later, because this process died with it, is told them there."""

    guard: Guard
    reception: Reception
    new_stream: Callable[[], Growing]

    @property
    def catalog(self) -> Catalog:
        """All the commands."""
        return self.reception.door.catalog

    def routes(self) -> list[web.RouteDef]:
        """The routes."""
        return [
            web.get("/do/{command:.+}", self.guard.reads(self._shown)),
            web.post("/do/{command:.+}", self.guard.writes(self._done)),
            web.post("/left/{command:.+}", self.guard.writes(self._left)),
            web.get("/suggest/{command:.+}/{field}", self.guard.reads(self._suggested)),
            web.post(SAY, self.guard.writes(self._said)),
        ]

    async def _shown(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        """What a command shows that only reads; of another, its form, or the question whether to do it."""
        command = self._command(request)
        if command.name in INSTEAD and not request.query_string:
            return web.Response(status=303, headers={"Location": visit.draw.ways.url(INSTEAD[command.name])})
        values, words = read(request.query.items()), request.query.get(WORDS, "")
        wants_form = FORM in request.query or (not shows(command) and _asks(command) and not values and not words)
        if not (shows(command) or wants_form):
            inner = self._question(visit, command, values, words) + self._onward(visit, _about(command))
            return html(self.guard.layout.framed(visit, inner, request, command.title))
        asked = self._asked(visit, command.name, values, new_id("evt"), words=words, form=wants_form)
        return await self._answered(request, visit, await serve(self.reception.door, asked), _about(command))

    async def _done(self, request: web.Request, visit: Visit, posted: Posted) -> web.StreamResponse:
        """Do it. The same form sent twice does it once."""
        given, command = dict(posted), self._command(request)
        event_id = _event_id(visit, given)
        if event_id is None:
            return self.guard.refused(request)
        wants_form = FORM in given
        if SENT in given and shows(command) and not wants_form and (shown := self._address(visit, command, posted)):
            return web.Response(status=303, headers={"Location": shown, "Cache-Control": "no-store"})
        asked = self._asked(visit, command.name, read(posted), event_id, words=given.get(WORDS, ""), form=wants_form)
        about = replace(_about(command), hands=FILE in given)
        return await self._once(request, visit, replace(asked, submitted=SENT in given), about)

    @staticmethod
    def _address(visit: Visit, command: Command, posted: Posted) -> str:
        """Where a form that only looks for something leads: to a page that can be loaded anew, and gone back to."""
        values = {name: value for name, value in read(posted).items() if value}
        return visit.draw.ways.address_of(command.name, values, visit.draw.ways.back)

    async def _said(self, request: web.Request, visit: Visit, posted: Posted) -> web.StreamResponse:
        """Free words or a file: the answer to what was asked for on a page, as in their direct messages."""
        given, files = dict(posted), sent(await request.post())
        event_id, text = _event_id(visit, given), given.get(TEXT, "").replace("\r\n", "\n").strip()
        if event_id is None:
            return self.guard.refused(request)
        if not (text or files):
            return self.guard.told(
                request, "Nothing was sent", "Go back, write a few words or choose a file, and send that.", 422
            )
        event = self._event(visit, event_id)
        said = Said(id=event.id, actor=event.actor, address=event.address, at=event.at, text=text[:SAID_AT_MOST], files=files)
        about = About("What you sent") if files else About("Your answer", talks=True)
        return await self._once(request, visit, said, about)

    async def _once(self, request: web.Request, visit: Visit, event: Asked | Said, about: About) -> web.StreamResponse:
        """Answer an event; one that came before is not answered again."""
        try:
            received = await self.reception.receive(event)
        except Trouble as trouble:
            return await self._answered(request, visit, refused(trouble, event), about)
        if received is None:
            return await self._answered(request, visit, Message("This was sent already. It was done once."), about)
        async with self.reception.answered(received) as answer:
            return await self._answered(request, visit, answer, about)

    async def _left(self, request: web.Request, visit: Visit, posted: Posted) -> web.StreamResponse:
        """A form was left: what was typed into it is kept until it is opened again."""
        command, values, about = self._command(request), read(posted), dict(posted).get(ABOUT, "").split()
        event = self._event(visit, new_id("evt"))
        left = Left(
            id=event.id,
            actor=event.actor,
            address=event.address,
            at=event.at,
            command=command.name,
            values={name: value for name, value in values.items() if name not in about and name != SEEN},
            about={name: value for name, value in values.items() if name in about},
        )
        await serve(self.reception.door, left)
        return web.Response(status=204)

    async def _suggested(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        """What could complete a field, as JSON."""
        event = self._event(visit, new_id("evt"))
        asked = Suggesting(
            id=event.id,
            actor=event.actor,
            address=event.address,
            at=event.at,
            command=self._command(request).name,
            field=request.match_info["field"],
            typed=request.query.get("typed", "")[:100],
        )
        found = await complete(self.reception.door, asked)
        options = [{"value": each.value, "label": each.label} for each in found]
        return web.json_response(options, headers={"Cache-Control": "no-store"})

    async def _answered(self, request: web.Request, visit: Visit, answer: Answer, about: About) -> web.StreamResponse:
        match answer:
            case None:
                return self._back(visit, "Done.", Tone.GOOD)
            case Live(updates):
                async with aclosing(updates):
                    return await self.new_stream().follow(request, visit, updates, about.title, self._onward(visit, about))
            case Message(files=(file, *_)) if about.hands:
                return handed(file)
            case Message() if about.ends and not await self.guard.dashboard.still(visit.entered.session, visit.at):
                response = self.guard.told(request, *in_full(answer), 200)
                self.guard.let_out(response)
                return response
            case Message() if request.method == "POST" and visit.draw.ways.back and (told := in_brief(answer)):
                return self._back(visit, *told)
            case Form() | Message() | Page():
                return self._page(request, visit, answer, about)

    def _page(self, request: web.Request, visit: Visit, answer: Form | Message | Page, about: About) -> web.Response:
        """A page of its own. What is pressed on one that a link opened leads back to it, and its way back to the link."""
        onward = self._onward(visit, about)
        if request.method == "GET" and not isinstance(answer, Form):
            visit.draw.ways = visit.draw.ways.on(about.command, here(request, self.guard.placed().root))
        wrong = isinstance(answer, Form) and bool(answer.problems)
        status = 422 if wrong and IN_PLACE not in request.headers else 200
        heading = heading_of(about.title, seen=not _titled(answer)) if isinstance(answer, Message) else Markup("")
        whole = joined((heading, visit.draw.answer(answer), onward))
        cookie = request.cookies.get(NOTE)
        note = self.guard.signing.noted(cookie) if cookie else None
        alive = request.method == "GET" and not isinstance(answer, Form) and about.command not in NOTED
        response = html(self.guard.layout.framed(visit, whole, request, about.title, note=note, alive=alive), status)
        if cookie:
            response.del_cookie(NOTE, path="/")
        return response

    def _back(self, visit: Visit, words: str, tone: Tone) -> web.StreamResponse:
        """To the page that it was asked on, which says what came of it."""
        ways = visit.draw.ways
        response = web.Response(status=303, headers={"Location": ways.url(ways.back or "/"), "Cache-Control": "no-store"})
        place = self.guard.placed()
        note = self.guard.signing.note(words, tone.value)
        response.set_cookie(NOTE, note, max_age=60, httponly=True, samesite="Lax", secure=place.secure, path="/")
        return response

    def _onward(self, visit: Visit, about: About) -> Markup:
        """What stands under an answer: room for words where a question was asked, and the way back."""
        ways = visit.draw.ways
        back = tag("p", tag("a", "Back", href=ways.url(ways.back or "/")), class_="back")
        if about.takes:
            return form(ways, *about.takes) + back
        if not about.talks:
            return back
        field = tag("textarea", name=TEXT, id="reply", rows=4, required=True, maxlength=SAID_AT_MOST)
        send = tag("p", tag("button", "Send", class_="button primary", type="submit"), class_="actions")
        inner = (ways.hidden(), tag("label", "Your answer", for_="reply"), field, send)
        return tag("form", *inner, method="post", action=ways.url(SAY), class_="form reply") + back

    def _question(self, visit: Visit, command: Command, values: Mapping[str, Typed], words: str) -> Markup:
        """A link must not do anything by itself."""
        button = Button("Go on", Call(command.name, values, words=words), primary=True)
        labels = {each.name: each.arg.label for each in parameters(command.args) if not each.arg.hidden}
        rows = tuple((labels[name], _flat(value)) for name, value in values.items() if name in labels)
        about = [visit.draw.element(Facts(rows))] if rows else []
        return tag("section", tag("h1", command.title), *about, visit.draw.ways.pressed(button), class_="card")

    def _command(self, request: web.Request) -> Command:
        name = request.match_info["command"].replace("/", " ")
        found = self.catalog.commands.get(name)
        if found is None:
            if name in self.catalog.groups:
                return self.catalog.groups[name][0]
            raise UnknownCommand(f"There is no page for {name[:60]}.")
        return found

    def _event(self, visit: Visit, event_id: str) -> Event:
        return Event(id=event_id, actor=visit.actor, address=visit.actor.direct, at=visit.at)

    def _asked(self, visit: Visit, command: str, values: Mapping[str, Typed], event_id: str, *, words: str, form: bool) -> Asked:
        event = self._event(visit, event_id)
        return Asked(
            id=event.id,
            actor=event.actor,
            address=event.address,
            at=event.at,
            command=command,
            values=values,
            words=words,
            form=form,
            page=True,
        )


def _about(command: Command) -> About:
    takes = SENDING.get(command.name)
    return About(command.title, talks=command.name in ASKING, ends=command.name in ENDING, takes=takes, command=command.name)


def _event_id(visit: Visit, given: Mapping[str, str]) -> str | None:
    """The id of what a form does, the same whenever that form is sent; None where the form is none of ours."""
    nonce = given.get(NONCE, "")
    return made_id("web", f"{visit.entered.session.id}:{nonce}") if NONCES.fullmatch(nonce) else None


def _flat(value: Typed) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _asks(command: Command) -> bool:
    return any(not each.arg.hidden for each in parameters(command.args))


def _titled(answer: Message) -> bool:
    """Whether it begins with a title of its own."""
    return not answer.text and bool(answer.cards) and bool(answer.cards[0].title)
