"""The links of an answer: those that it got from the student, the course or a source stay links; others become plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias

LONGEST = 2_048
"""Characters without a space between them that are looked at together."""

_UNSEEN = re.compile("[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]")
"""What is not seen, and only hides something; what joins letters and signs (U+200C, U+200D) has its place in words."""
_BETWEEN = re.compile(r"[\s<>\"`|]")
_TELLING = re.compile(r"[.:\]&\\]")
"""Nothing is ever changed before the first of these."""
_WITHIN = re.compile(r"[.:\]&\\](?![\s<>\"`|])")
"""The same where a run goes on after it: at a run's end, like a full stop, it changes nothing."""
_WHOLE_RUNS = re.compile(r".*[\s<>\"`|]", re.DOTALL)
_SCHEMES = r"https?|ftps?|file|mailto|javascript|vbscript|data|blob|tel|sms|callto|facetime|slack|discord|tg|whatsapp|ms-[a-z]+"
_PLACES = re.compile(
    r"com|org|net|info|biz|app|dev|shop|store|online|site|website|xyz|top|club|click|link|live|blog|news|"
    r"agency|digital|cloud|page|pro|mobi|tech|space|fun|icu|vip|today|world|life|email|studio|zone|media|"
    r"network|social|marketing|support|help|center|company|global|group|services|solutions|systems|tools|works|"
    r"wiki|win|loan|work|bid|men|date|review|trade|party|science|stream|download|racing|accountant|faith|"
    r"cricket|gov|edu|mil|int|asia|travel|jobs|museum|coop|aero|cat|post|buzz|monster|rest|cam|quest|sbs|"
    r"cyou|lol|bar|ninja|rocks|eco|art|beauty|hair|skin|makeup|baby|boutique|fashion|clothing|gift|gifts|"
    r"kitchen|coffee|pet|shopping|market|markets|sale|run|chat|team|community|education|academy|school|guru|"
    r"host|press|ink|one|xxx|zip|mov|рф",
    re.IGNORECASE,
)
"""What the names of hosts end with, besides the two letters of a country: in these Slack finds a link without any sign of one."""
_FILES = frozenset({"md", "py", "sh", "rs", "pl", "ps", "js", "ts", "gz", "db", "cs", "go", "vb"})
_PAGES = re.compile(
    r"html|htm|php|css|json|csv|txt|pdf|png|jpg|jpeg|gif|svg|xml|yaml|yml|liquid|docx|xlsx|pptx|webp", re.IGNORECASE
)
_FOUND = re.compile(
    rf"""
    (?P<opens>\]\()(?P<target>(?:[^()]|\([^()]*+\))*+)(?P<shut>(?=\)|\Z))?
  | (?P<address>(?<![a-z])(?:[a-z][a-z0-9+.-]*+://|(?:{_SCHEMES}):(?=[\w/])|www\.(?=\w))[^\]]*+)
  | (?P<name>(?<!\w)(?<!\w\.)(?:[\w.+%-]++@)?+(?:[\w-]++\.(?=\w))+(?P<ends>xn--[a-z0-9-]++|[^\W\d_]++)(?!\d)
      (?::\d++)?(?P<path>[/?\#][^\]]*+)?)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WEB = re.compile(r"\Ahttps?://", re.IGNORECASE)
_OTHERWISE = re.compile(rf"(?!https?://)(?:[a-z][a-z0-9+.-]*://|(?:{_SCHEMES}):)", re.IGNORECASE)
_PATH = re.compile(r"[/?#]")
_DOT = re.compile(r"(?<=[\w-])\.(?=[\w-])")
_COLON = re.compile(r":(?!\()")
_TRAILING = ".,:;!?'*_~。、，！？；：’”»）」』…"
_HIDDEN = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,31});|\\(?=[:/.@&])", re.IGNORECASE)
_PLAIN = re.compile(r"[a-z0-9:/.@]", re.IGNORECASE)


CourseLinks: TypeAlias = Callable[[], Collection[str]]
"""What the links of the course go by; asked for only where an answer has a link."""


class Allowed:
    """The links that an answer may show, as far as they were met: exactly these addresses, and the bare names of their hosts."""

    def __init__(self, *texts: str, course: CourseLinks = frozenset) -> None:
        self._keys: set[str] = set()
        self._course = course
        self._unread: list[tuple[str, str]] = [(text, "") for text in texts]

    def learn(self, text: str, *, without: str = "") -> None:
        """The links of this text may be shown from now on, but for those that are in `without` too."""
        self._unread.append((text, without))

    def __contains__(self, address: object) -> bool:
        for text, without in self._unread:  # read once there is a link to judge: most answers have none
            self._keys |= keys(text) - keys(without)
        self._unread.clear()
        return isinstance(address, str) and (_key(address) in self._keys or _key(address) in self._course())


class Links:
    """An answer's words on their way: what may be a link is held back until it is whole, and all else goes on at once.

    In whatever pieces the words come, what goes on is the same.
    """

    def __init__(self, allowed: Allowed) -> None:
        self.allowed = allowed
        self._run = ""
        self._gone = 0

    def fed(self, words: str) -> str:
        """What may go on now that these words have come."""
        return "".join(self._fed(_UNSEEN.sub("", words)))

    def rest(self) -> str:
        """What was held back: nothing more comes, or not for a while."""
        return self._ended()

    def _fed(self, words: str) -> Iterator[str]:
        at = 0
        if whole := _WHOLE_RUNS.match(words):
            runs = self._run + whole[0]
            if not _WITHIN.search(runs):  # as nearly always
                yield runs[self._gone :]
                self._run, self._gone, at = "", 0, whole.end()
        while at < len(words):
            room = LONGEST - len(self._run)
            between = _BETWEEN.search(words, at, at + room)
            upto = between.start() if between else min(len(words), at + room)
            self._run += words[at:upto]
            at = upto
            if between:
                yield self._ended()
                yield between[0]
                at += 1
            elif len(self._run) == LONGEST:
                yield self._ended()
            else:
                yield self._harmless()

    def _harmless(self) -> str:
        """Of what is under way, the part that stays as it is whatever follows."""
        telling = _TELLING.search(self._run, self._gone)
        upto = telling.start() if telling else len(self._run)
        begun, self._gone = self._gone, max(self._gone, upto)
        return self._run[begun : self._gone]

    def _ended(self) -> str:
        whole = _shown(self._run, self.allowed)[self._gone :] if _TELLING.search(self._run) else self._run[self._gone :]
        self._run, self._gone = "", 0
        return whole


def shown(text: str, allowed: Allowed) -> str:
    """The whole text, with every link that is not allowed as plain words."""
    links = Links(allowed)
    return links.fed(text) + links.rest()


def cleaned(values: Mapping[str, object], allowed: Allowed) -> dict[str, object]:
    """The same with every text in it so, however deep."""
    return {name: _cleaned(value, allowed) for name, value in values.items()}


def _cleaned(value: object, allowed: Allowed) -> object:
    match value:
        case str():
            return shown(value, allowed)
        case dict():
            return cleaned(value, allowed)
        case list():
            return [_cleaned(each, allowed) for each in value]
        case _:
            return value


def keys(text: str) -> set[str]:
    """What the links of a text go by."""
    found: set[str] = set()
    for run in _BETWEEN.split(_UNSEEN.sub("", text)):
        if "." not in run and ":" not in run:
            continue
        for each in _FOUND.finditer(run[:LONGEST]):
            if each["opens"]:
                found |= keys(each["target"])
            elif each["address"] or _is_host(each):
                found |= {_key(each[0]), _key(_apart(each[0])[0])}
    return found


def links_of(folder: Path) -> CourseLinks:
    """The links of the course in this folder, which is read once."""

    def read() -> frozenset[str]:
        files = (each for each in folder.rglob("*") if each.suffix in (".md", ".yaml"))
        return frozenset(key for each in files for key in keys(each.read_text(encoding="utf-8")))

    return cache(read)


def _shown(run: str, allowed: Allowed) -> str:
    """One run of signs without a space. What hides a link by its writing is written plainly first."""
    plainly = _HIDDEN.sub(_plainly, run)
    return _FOUND.sub(lambda found: _settled(found, allowed), plainly if _FOUND.search(plainly) else run)


def _settled(found: re.Match[str], allowed: Allowed) -> str:
    if found["opens"]:
        whole = found["target"]
        if found["shut"] is not None and whole in allowed:
            return found[0]
        next_opens = whole.endswith("]") and found.string[found.end() :].startswith("(")
        return f"] ({_shown(whole, allowed)}{' ' if next_opens else ''}"
    if found["name"] and not _is_host(found):
        return found[0]
    return found[0] if _trimmed(found[0]) in allowed else _COLON.sub("[:]", _DOT.sub("[.]", found[0]))


def _is_host(found: re.Match[str]) -> bool:
    """Whether words with dots between them would be taken for the name of a host."""
    ends = found["ends"]
    if found["path"]:
        return not _PAGES.fullmatch(ends)
    if not (ends.islower() or found[0].isupper()):
        return False
    return bool(_PLACES.fullmatch(ends)) or (len(ends) == 2 and ends.isascii() and ends.casefold() not in _FILES)


def _key(address: str) -> str:
    """What an address goes by: nothing of it may differ but the case of its host, `www.`, and the way to the same page."""
    trimmed = _trimmed(address)
    if _OTHERWISE.match(trimmed):
        return trimmed.removeprefix("mailto:")
    host, rest = _apart(trimmed)
    return host.casefold().removeprefix("www.") + rest.rstrip("/")


def _apart(address: str) -> tuple[str, str]:
    """The host of an address of the web, and what follows it."""
    bare = _WEB.sub("", address)
    ends = _PATH.search(bare)
    return (bare[: ends.start()], bare[ends.start() :]) if ends else (bare, "")


def _trimmed(address: str) -> str:
    """The address without the signs of the sentence around it."""
    while address and (address[-1] in _TRAILING or (address[-1] == ")" and address.count(")") > address.count("("))):
        address = address[:-1]
    return address


def _plainly(found: re.Match[str]) -> str:
    """The sign that is meant, if it can be part of an address."""
    if found[0] == "\\":
        return ""
    sign = html.unescape(found[0])
    return sign if _PLAIN.fullmatch(sign) else found[0]
