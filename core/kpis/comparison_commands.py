"""/kpi cohort and /kpi sharing: one's own figures among those of the cohort, for those who share theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from core.command import Arg, Command
from core.kpis import comparison_views
from core.kpis.comparisons import Comparisons
from core.people.model import Person
from core.request import Asked
from core.ui import Answer


@dataclass(frozen=True, slots=True)
class Consent:
    """Yes or no; neither asks what sharing means."""

    share: Annotated[
        bool | None, Arg("Share your figures with the cohort?", "Yes or no; leave it empty to read what it means")
    ] = None


async def cohort(asked: Asked, person: Person, comparisons: Comparisons) -> Answer:
    """Where the own figures stand."""
    return comparison_views.cohort(await comparisons.of(person, asked.at), person)


async def sharing(asked: Asked, person: Person, args: Consent, comparisons: Comparisons) -> Answer:
    """Say what is shared, and keep the choice."""
    if args.share is None:
        return comparison_views.sharing(person)
    kept = await comparisons.share(person, yes=args.share, at=asked.at)
    told = "Thank you. Your figures count from now on." if args.share else "Your figures are out of the comparison."
    return comparison_views.sharing(kept, told)


COMMANDS = (
    Command(name=comparison_views.COMMAND, summary="Your figures and the cohort's", handler=cohort, reads=True),
    Command(name=comparison_views.SHARING, summary="Share figures with the cohort", args=Consent, handler=sharing),
)
