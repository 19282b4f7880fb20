"""Reading the day that somebody wishes for what they promised: alone, or beside words that it is not done, and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from core.dates import DAYS, Days

Read: TypeAlias = Callable[[str], Days]
"""The days that words mean which may name one."""

_ABOUT = r"(?:it|that|this|them|these|both(?: of them)?|all(?: of (?:it|them))?|everything)"
_MOVE = r"(?:move|push|shift|postpone|delay|bump|change|reschedule)"
_WISH_BEGINS = (
    r"(?:(?:can|could|may|shall) (?:i|we|you|it) (?:just |maybe |perhaps )?"
    rf"(?:say|make|do it|be|get it|have (?:it|until|till|more time)|{_MOVE})|"
    r"(?:let's|lets) (?:say|make it|do)|give me (?:until|till|to|more time)|how about)\b"
)
NEXT_PART = re.compile(
    r"[,.;:!…–—]+|\s-+\s|(?<=\?)\s+|\b(?:but|and|so)\b|"
    rf"(?<!\bwhen)(?<!\bhow)(?<!\bwhat)(?<!\bwhy)(?<!\bwhere)(?<!\bthen)\s+(?={_WISH_BEGINS})"
)
"""Where another part of the words begins: at a mark, or where a wish does."""
ASKS_BESIDE = re.compile(
    r"\?|\b(?:i|we)(?:'d| would)? (?:(?:really|just|also|now) )*(?:want|like to|need|wonder)\b|"
    r"\b(?:help|talk to|speak to|should i|should we|how (?:do|can|to|should|much|many)|"
    r"(?:can|could|would|will) (?:you|i|we|somebody|someone))\b|"
    r"(?:^|[,.;:!…–—]\s*|\b(?:and|but|so)\s+)(?:now )?(?:what|how|why|which|where|who)\b"
)
"""Customers want something too; what the writer wants, and what is asked, is for somebody who answers."""
_NEEDS_TIME = re.compile(
    r"\b(?:i|we) need (?:(?:an?|a bit|a little|some) )?(?:new\b|more\b|longer\b|another\b|to (?!know|talk|speak|ask|see))"
)
"""Why it takes longer, which asks for nothing."""
_WANTS = re.compile(
    r"\b(?:remind|show|send|tell|give|write|explain|suggest|draft|find|help|let) (?:me|us)\b|"
    r"^\s*(?:now )?(?:write|draft|check|explain|show|send|tell|suggest|help|remind|look|fix|find|or|if|unless|otherwise|else)\b"
)
"""A task beside the wish, or another day instead of it."""
POLITE = re.compile(r"[, ]*\b(?:please|pls|plz)\b[, ]*")
_DAY = re.compile(
    r"(?:(?:not yet|not quite|nearly|almost|nope|no|sorry|ok|okay|better|rather|maybe|perhaps|then)[,.! ]+)*"
    r"(?:(?:can|could|may|shall) (?:we|you|i|it) (?:just |maybe |perhaps )?|let's |lets |(?:i|we)'ll |(?:(?:i|we) )?will |i can |"
    r"(?:it )?needs |i need )?"
    r"(?:(?:is it|would it be|is that) (?:ok|okay|fine|possible|alright) (?:if (?:i|we) |to )|how about )?"
    rf"(?:(?:{_MOVE}|make|set|put|do|finish|have|get|say|be|give me)"
    rf"(?: (?:{_ABOUT}|the (?:rest|others?|last (?:bit|few|one|two|three)|date|day|deadline)|(?:a bit |some )?more time|longer))?"
    r"(?: (?:done|ready|finished|back))? )?"
    r"(?:(?:a )?new (?:date|day)[:,]? |the (?:rest|others?|last (?:bit|few|one|two|three)) )?(?:to |for |until |till |by |on )?"
    r"(?P<day>(?=.*(?:[a-z]|\d[/-]\d)).+?)(?: (?:then|instead|(?:ok|okay|fine|alright)(?: (?:with|for|by) you)?))*"
)
_SUITS = re.compile(
    r"(?:(?:ok|okay|then|maybe|perhaps)[, ]+)?(?:is|would) (?P<day>\S+(?: \S+){0,2}?)(?: be)?"
    r" (?:ok|okay|fine|alright|possible|better|good|work)(?: (?:for|with|by) (?:you|me))?(?: (?:then|instead|too))*"
)
"""A question that says in its end what the day is for: “is friday” alone asks which day it is."""
_OF_DAY = re.compile(r"(?<=day|row) (?:morning|lunchtime|afternoon|evening|night)$")
_LIKELY = re.compile(
    r"^(?:(?:oh|well|hm+|probably|maybe|perhaps|likely|most likely|hopefully|i think|i guess|i hope|i'd say|say|more like|"
    r"it'?s|it will be|it'll be|because|since|as|more time|give me(?: until| till)?)\s+)+|"
    r"(?:\s+(?:probably|maybe|perhaps|hopefully|i think|i guess|i hope|thanks|thank you|at the latest|"
    r"(?:works|should work|would work|is (?:likely|better|fine|ok|okay|good|realistic|more likely))(?: better)?(?: for me)?))+$"
)
"""How sure somebody is of the day changes nothing: they were asked when it is likely."""
_WISH = re.compile(
    rf"\s*(?:then |maybe |perhaps |so )?(?:{_WISH_BEGINS}|(?:can|could|may) (?:i|we|you)\b|make it\b|"
    rf"{_MOVE} (?:{_ABOUT} )?(?:back )?(?:to|until|till)\b|"
    r"(?:is it|would it be|is that) (?:ok|okay|fine|possible|alright)\b)|"
    r".*\b(?:instead|then|ok|okay|fine|alright|possible|work)\s*\?*\s*$|\s*(?:is|would) (?:\w+ ){1,3}be\b"
)
"""It asks for the day, and does not only name it."""

_BEFORE = (
    r"(?:(?:no|nope|nah|so sorry|sorry|oh|ah|argh|ugh|oops|well|hm+|hi|hello|hey|ok|okay|honestly|to be honest|tbh|afraid|"
    r"i'm afraid|unfortunately|sadly|it's|it is|it|that|this|i'm|i am|i have|i|we|just|really|totally|completely|simply|still|"
    r"both(?: of (?:it|them))?|all(?: of (?:it|them))?|they|they're|are|is|was|were)[,! ]+)*"
)
_AFTER = (
    r"(?:[,! ]+(?:yet|sorry|today|yesterday|tonight|last night|this (?:week|morning|evening|time|weekend)|in time|on time|at all|"
    r"again|either|unfortunately|sadly|i'm afraid|after all|completely|honestly))*"
)
_THING = (
    r"(?: (?:it|this|that|them|everything|anything|all of (?:it|them)|both|any of (?:it|them)|"
    r"(?:the|my|those|these)(?: [\w'-]+){1,4}?))?"
)
_IS_NOT = (
    r"(?:not (?:yet|done|finished|ready|quite|happening|happened|possible|there yet)|"
    rf"(?:did|could|have|has)(?:n't| not)(?: (?:yet|even|really|quite|fully|completely|actually))?"
    r"(?: (?:(?:managed?|do(?:ne)?|finish(?:ed)?|completed?|start(?:ed)?|make|made|happen|happened|been able to)"
    r"(?: to (?:do|finish))?|"
    rf"(?:get|got) (?:a?round )?to){_THING}(?: in)?| (?:get|got){_THING} (?:done|finished|ready))?|"
    r"(?:was|were|is|are)n't (?:possible|done|finished|ready)|"
    r"(?:did|could|have)(?:n't| not) (?:(?:have|had|find|found|get|got) )?(?:the |any |enough |a )*(?:time|chance)|"
    r"(?:had )?(?:no|not enough|zero) (?:time|chance|energy|luck|way)(?: to (?:do|finish) it)?|"
    r"(?:(?:ran|run) )?out of time|"
    rf"forgot(?: (?:all )?about)?(?: to (?:do|finish))?{_THING}|missed (?:it|this|that|the day|my day)|"
    r"failed(?: (?:it|this|at it))?|"
    r"(?:won't|will not|not going to|not gonna) (?:happen|make it|manage(?: it)?|finish(?: it)?|be (?:done|ready|finished))|"
    r"(?:neither|none)(?: of (?:them|it))?(?: (?:is|are|was|were))?(?: (?:done|finished|ready))?|"
    r"still (?:open|on it|working on it|to do)|working on it|half (?:done|finished|way|of (?:it|them))|"
    r"halfway(?: (?:there|through))?|(?:nearly|almost)(?: (?:there|done|finished|ready))?|not all(?: of (?:it|them))?)"
)
_BECAUSE = r"(?:\s+(?:because|bc|since|as|cos|coz|due to|with)\b.*)?"
_NOT = re.compile(f"{_BEFORE}{_IS_NOT}{_AFTER}{_BECAUSE}")
_BARE_NO = re.compile(
    r"(?:(?:sorry|so sorry|honestly|well|oh|ah|hm+|afraid|unfortunately|i'm afraid)[,! ]+)*(?:no|nope|nah)(?: sorry)?"
)
"""What follows such a no may be about anything, but for a wish."""


def plain_day(words: str) -> str:
    """The words that may name a day, without those that ask for it; "" where there are none."""
    found = _SUITS.fullmatch(words) or _DAY.fullmatch(words)
    return _OF_DAY.sub("", found["day"]) if found else ""


def likely_day(words: str, read: Read) -> Days:
    """The day that the words name, however sure somebody is of it."""
    plain = plain_day(_LIKELY.sub("", POLITE.sub(" ", words).strip(" .!…,:;")))
    return read(plain) if plain else Days()


def asks_besides(part: str) -> bool:
    """Whether a part of the words asks for something; that more time is needed asks for nothing."""
    return bool(ASKS_BESIDE.search(_NEEDS_TIME.sub("", part)))


def wished_day(words: str, read: Read) -> Days:
    """The day in a part of the words that asks whether it may be that one, where the rest asks for nothing."""
    part, days = _only_day(words, read)
    return days if _WISH.match(part) else Days()


def not_done_but(words: str, read: Read) -> Days:
    """The one day that is wished in words that say that it is not done, whatever the reasons around; none where they name several
    or ask for anything else.
    """
    part, days = _only_day(words, read)
    others = [each.strip(" ?") for each in _parts(words) if each != part]
    if not days.found or not others:
        return Days()
    refused = any(_NOT.fullmatch(each) for each in others)
    return days if refused or (_WISH.match(part) and any(_BARE_NO.fullmatch(each) for each in others)) else Days()


def one_day(words: str, read: Read) -> Days:
    """The one day that they name, where they ask for nothing."""
    return _only_day(words, read)[1]


def wants(words: str) -> bool:
    """Whether they set somebody a task."""
    return bool(_WANTS.search(words))


def begins_with_not(words: str) -> bool:
    """Whether they say first that it is not done, and go on."""
    first, *others = _parts(words) or [""]
    return bool(others) and bool(_NOT.fullmatch(first.strip(" ?")))


def _parts(words: str) -> list[str]:
    return [each for each in NEXT_PART.split(POLITE.sub(" ", words)) if each.strip(" ?")]


def _only_day(words: str, read: Read) -> tuple[str, Days]:
    """The part that names a day, and that day; "" where several do, none does, or another part asks for something."""
    parts = [(each, each.strip(" ?")) for each in _parts(words)]
    found = [(each, Days() if _NOT.fullmatch(bare) else likely_day(bare, read)) for each, bare in parts]
    named = [(part, days) for part, days in found if days.found or days.past]
    rest = [part for part, days in found if not days.found]
    if len(named) != 1 or any(asks_besides(each) or _WANTS.search(each) or _has_choice(each) for each in rest):
        return "", Days()
    return named[0]


def _has_choice(part: str) -> bool:
    """Whether a day is named beside another, or refused beside it."""
    return bool(re.search(rf"\b(?:{'|'.join(DAYS)}|tomorrow) (?:or|and|to) (?:{'|'.join(DAYS)}|tomorrow)\b", part))
