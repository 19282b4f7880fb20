"""Which of a student's assets a coach asks to see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from core.assets.model import Order
from core.command import Arg
from core.listing import Listing
from core.people.service import NAME_AT_MOST


@dataclass(frozen=True, slots=True)
class TheirAssets(Listing):
    """Whose, and which part of the list."""

    sought_at_most: ClassVar[int] = 14  # the student's id goes along

    student: Annotated[str, Arg("Who", hidden=True, max_length=NAME_AT_MOST)] = field(kw_only=True)
    order: Annotated[Order, Arg("Sorted by")] = Order.CHANGED
