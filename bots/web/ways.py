"""What pressing something leads to on the web: reading is a link, and everything else a form that is sent once."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlencode

from markupsafe import Markup

from bots.web.prose import prose
from bots.web.tags import isolated, joined, tag
from core.catalog import Catalog
from core.command import Command, Pace, parameters
from core.errors import UnknownCommand
from core.request import Typed
from core.ui import Button, Call

ONE, SEVERAL = "v:", "m:"
"""Before the name of a value in a form or an address: a single one, or one of several."""
CSRF, NONCE, BACK, FORM, WORDS, SENT, ABOUT = "_csrf", "_nonce", "_back", "_form", "_words", "_sent", "_about"
FILE = "_file"
"""Stands in a form that asks for an answer's file alone."""
NONCE_BYTES = 16
ADDRESS_AT_MOST = 1_500
"""Characters that an address may have; what is longer is sent as a form."""
PAGES: Mapping[str, str] = {
    "home": "/",
    "progress": "/",
    "module list": "/",
    "foundation show": "/foundation",
    "kpi report": "/kpis",
    "assets list": "/assets",
    "me show": "/settings",
    "cohort members": "/cohort/students",
    "cohort digest": "/cohort/week",
    "cohort nudges": "/cohort/reminders",
    "usage": "/cohort/usage",
}
"""Commands that have a page of their own here."""


LOOKED_AT = frozenset(
    {
        *("agents review", "announcement show", "foundation history", "me looks", "mydata show", "nudges change", "nudges show"),
        *("cohort announcements", "cohort asked", "cohort dates", "cohort expected", "cohort list", "cohort member"),
        *("cohort members", "cohort pairs", "student assets"),
        *("cohort import", "cohort see", "cohort show", "kpi import", "pair show", "person open", "person show", "staff show"),
    }
)
"""Commands that write at most that somebody looked, as pages do: a link opens them, so that the way back leads to them too."""

NOTED = frozenset({"cohort member", "cohort members", "cohort see", "student assets"})
"""Of those, the ones that write that a coach looked: an open page of theirs never loads itself anew, so that each is a look."""


def shows(command: Command) -> bool:
    """Whether a link may open it: it changes nothing, and what it writes is that it was looked at."""
    return command.reads or command.name in LOOKED_AT


@dataclass(frozen=True, slots=True)
class Ways:
    """How a page leads on. `root` stands before every address of ours, `csrf` is the session's own, and `back` is where an answer
    leads back to, "" where it is a page by itself. On a page that `shows` a command, other parts of the same, such as the next
    page of its list, lead back to where that page does, `out`: whoever turned ten pages goes back once."""

    catalog: Catalog
    root: str
    csrf: str
    back: str = ""
    shows: str = ""
    out: str = ""

    def url(self, path: str) -> str:
        """An address of ours."""
        return f"{self.root}{path}"

    def to(self, command: str) -> str:
        """Where a command is asked for."""
        return self.url(f"/do/{command.replace(' ', '/')}")

    def named(self, command: str) -> str:
        """Where a command is asked for that texts may name; "" for every other word."""
        return self.to(command) if command in _named_in(self.catalog) else ""

    def prose(self, markdown: str) -> Markup:
        """Markdown as HTML, with links to the commands that it names."""
        return prose(markdown, _named_in(self.catalog), self.root)

    def back_to(self, path: str) -> Ways:
        """The same, for a page to which its answers lead back."""
        return replace(self, back=path)

    def on(self, command: str, path: str) -> Ways:
        """The same, for the page at that path, which shows a command."""
        return replace(self, back=path, shows=command, out=self.back)

    def address_of(self, command: str, values: Mapping[str, Typed], back: str, *, form: bool = False, words: str = "") -> str:
        """Where a link to a command leads; "" where that is too long for one."""
        pairs = [*written(values), *([(FORM, "1")] if form else []), *([(WORDS, words)] if words else [])]
        pairs += [(BACK, back)] if back else []
        address = self.to(command) + (f"?{urlencode(pairs)}" if pairs else "")
        return address if len(address) <= ADDRESS_AT_MOST else ""

    def hidden(self, values: Mapping[str, Typed] | None = None, **more: str) -> Markup:
        """What a form sends along unseen: the values, and what makes it count, once."""
        named = {CSRF: self.csrf, NONCE: secrets.token_urlsafe(NONCE_BYTES), BACK: self.back, **more}
        pairs = [*((name, value) for name, value in named.items() if value), *written(values or {})]
        return joined(tag("input", type="hidden", name=name, value=value) for name, value in pairs)

    def press(
        self,
        label: str,
        command: str,
        values: Mapping[str, Typed] | None = None,
        *,
        primary: bool = False,
        form: bool = False,
        about: str = "",
    ) -> Markup:
        """Something to press, for templates; `form`: the form is opened though nothing in it is needed."""
        return self.pressed(Button(label, Call(command, values or {}, form=form), primary), about)

    def pressed(self, button: Button, about: str = "") -> Markup:
        """Something to press; `about`: what sets it apart for whoever only hears it, where several have the same label."""
        label = joined((isolated(button.label), tag("span", f": {about}", class_="hidden") if about else ""))
        label = tag("span", label) if "<" in label else label  # a button sets what it is made of side by side
        kind = "button primary" if button.primary else "button"
        address = self._address(button.call)
        if address:
            return tag("a", label, class_=kind, href=address)
        form = {FORM: "1"} if button.call.form else {}
        words = {WORDS: button.call.words} if button.call.words else {}
        inner = (
            self.hidden(button.call.values, **form, **words),
            tag("button", label, class_=kind, type="submit"),
        )
        return tag("form", *inner, method="post", action=self.to(self._name(button.call)), class_="press")

    def opened_by(self, call: Call) -> str:
        """Where it leads, if all that it does is to show something; else ""."""
        return self._address(call) if not call.form and self._reads(self._name(call)) else ""

    def _address(self, call: Call) -> str:
        """Where it leads by a link; "" where it does something, or is too long for one."""
        name = self._name(call)
        if not call.form and not call.values and not call.words and name in PAGES:
            return self.url(PAGES[name])
        form = call.form or self._asks(name, call)
        if not (form or self._reads(name)):
            return ""
        back = self.out if name == self.shows and not form else self.back
        return self.address_of(name, call.values, back, form=form, words=call.words)

    def _reads(self, name: str) -> bool:
        found = self.catalog.commands.get(name)
        return found is not None and shows(found)

    def _asks(self, name: str, call: Call) -> bool:
        """Whether it leads to a form, since nothing that the command asks for is known yet; so the way back leads to that too."""
        found = self.catalog.commands.get(name)
        if found is None or call.words or shows(found):
            return False
        asked = [each for each in parameters(found.args) if not each.arg.hidden]
        if any(each.name in call.values for each in asked):
            return False
        return bool(asked) and (found.pace is Pace.FORM or any(each.required for each in asked))

    def _name(self, call: Call) -> str:
        """The command's whole name: a bare group is its first command."""
        try:
            return self.catalog.find(call.command)[0].name
        except UnknownCommand:
            return call.command


@cache
def _named_in(catalog: Catalog) -> frozenset[str]:
    """What texts may name: the listed commands, and the groups that they make."""
    return frozenset((*catalog.groups, *(each.name for each in catalog.commands.values() if each.listed))) - {"dashboard"}


def written(values: Mapping[str, Typed]) -> Iterator[tuple[str, str]]:
    """Values as a form or an address carries them."""
    for name, value in values.items():
        if isinstance(value, str):
            yield ONE + name, value
        else:
            yield from ((SEVERAL + name, each) for each in value or ("",))


def read(pairs: Iterable[tuple[str, str]]) -> dict[str, Typed]:
    """The values that came with a form or an address."""
    found: dict[str, Typed] = {}
    for key, value in pairs:
        text = value.replace("\r\n", "\n")
        if key.startswith(ONE):
            found[key.removeprefix(ONE)] = text
        elif key.startswith(SEVERAL):
            name = key.removeprefix(SEVERAL)
            before = found.get(name, ())
            found[name] = (*(before if isinstance(before, tuple) else ()), *((text,) if text else ()))
    return found
