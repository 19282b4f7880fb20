"""Rows of a list that have an e-mail address and no account: whose it is, where the platform tells a bot that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.cohort.model import Cohort
from core.cohort.ports import CannotSee, Present, RosterAway, Rosters
from core.people.service import NAME_AT_MOST
from core.register.reading import Entry, Problem
from core.request import Address

NOBODYS = "Nobody here has these addresses. Invite them to the workspace, or give their account ids."


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that can be taken, each with its account, and what is wrong with others. `note`: why no address was looked up."""

    entries: Sequence[Entry]
    problems: Sequence[Problem] = ()
    note: str = ""


async def with_accounts(
    rosters: Rosters, place: Address, entries: Sequence[Entry], cohorts: Mapping[str, Cohort], own: Cohort | None
) -> Found:
    """The rows, those with an address alone by the account that has it. `cohorts` are those that go on, by their folded names:
    where no address can be looked up, people come in by their cohort's code."""
    asked = [each for each in entries if each.email]
    if not asked:
        return Found(entries)
    roster = rosters.at(place)
    if roster is None:
        return Found(
            [each for each in entries if not each.email],
            [Problem(each.row, _by_code(cohorts.get(each.cohort.casefold()) if each.cohort else own)) for each in asked],
        )
    try:
        accounts = await roster.accounts(place, [each.email for each in asked])
    except (CannotSee, RosterAway) as trouble:
        words = "Its address was not looked up; why is said above."
        rest = [each for each in entries if not each.email]
        return Found(rest, [Problem(each.row, words) for each in asked], trouble.message)
    return _named(entries, accounts)


def _named(entries: Sequence[Entry], accounts: Mapping[str, Present]) -> Found:
    taken: list[Entry] = []
    problems: list[Problem] = []
    seen = {each.account.casefold(): each.row for each in entries if each.account}
    for each in entries:
        present = accounts.get(each.email) if each.email else None
        if not each.email:
            taken.append(each)
        elif present is None:
            words = f"Nobody here has the address {each.email[:60]}. Invite them to the workspace, or give their account id."
            problems.append(Problem(each.row, words, NOBODYS))
        elif present.user.casefold() in seen:
            problems.append(Problem(each.row, f"It is the same account as in row {seen[present.user.casefold()]}."))
        else:
            seen[present.user.casefold()] = each.row
            name, zone = each.name or present.name[:NAME_AT_MOST], each.timezone or present.timezone or ""
            taken.append(replace(each, account=present.user, name=name, timezone=zone, email=""))
    return Found(taken, problems)


def _by_code(cohort: Cohort | None) -> str:
    way = f"Send them `/cohort join {cohort.code}`: with it they come in by themselves" if cohort else "Send them a cohort's code"
    return f"I cannot see e-mail addresses here, so I would not know them when they write. {way}. Or add their account id."
