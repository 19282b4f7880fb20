"""What is typed below a letter to everybody is asked about for whoever wrote it."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.community.model import Announcement, To
from core.exchanges.model import Exchange
from core.outbox import new_letter
from core.people.model import Person
from core.plain import message
from core.ui import Message
from persistence.announcements import AnnouncementRecord
from persistence.outbox import OutboxRecord
from tests.core.conftest import AT, actor
from tests.core.exchanges.office import DAY, HOUR, MINUTE, SUGGESTED, Office, letters_to, sends


async def posted(office: Office, to: Person, key: str, at: datetime) -> None:
    """A letter of that kind went out to them; the platform's id of it is its key."""
    outbox, words, org = OutboxRecord(office.database), Message("On Thursday at five"), to.organization_id
    letter = new_letter(f"{key}:{to.id}", actor().direct, words, organization_id=org, person_id=to.id, at=at)
    await outbox.add(letter)
    row = next(each for each in await outbox.claim("test", at, DAY, 9) if each.key == letter.key)
    await outbox.done(row, at, key)


async def announced(office: Office, coach: Person, to: Person, number: int, at: datetime) -> str:
    """What the coach wrote to everybody came to them; returns the platform's id of it."""
    record, id = AnnouncementRecord(office.database), f"ann_{number}"
    said = Announcement(
        id=id,
        person_id=coach.id,
        organization_id=coach.organization_id,
        cohort_id="coh_1",
        by_name=coach.name,
        words="On Thursday at five",
        to=To.DIRECT,
        zone="Europe/Berlin",
        created_at=at,
        changed_at=at,
    )
    await record.add(coach, said)
    await posted(office, to, id, at)
    return id


async def test_a_reply_to_a_letter_to_everybody_is_for_who_wrote_it_and_told_as_that(
    office: Office, omar: Person, nora: Person
) -> None:
    ida = await office.coach("ida")
    letter = await announced(office, omar, nora, 1, AT)
    shown = await office.types(nora, "I can't on Thursday", AT + DAY, replies_to=letter)
    assert "Is this for Omar?" in shown
    assert "Sent to Omar." in await office.types(nora, "yes please", AT + DAY + MINUTE)
    assert await office.types(nora, "ok!", AT + DAY + MINUTE, replies_to=letter) == ""
    assert await letters_to(office, omar) == ["Nora answers your letter to everybody"]
    assert await letters_to(office, ida) == []
    [kept] = await office.exchanges.waiting(ida)
    assert not kept.waits, "it asks for nothing"
    await office.exchanges.answer(nora, kept.id, "Will it be recorded?", AT + DAY + HOUR)
    [kept] = await office.exchanges.waiting(ida)
    assert (kept.waits, kept.next_show_at) == (True, AT + 2 * DAY + HOUR)


@pytest.mark.parametrize(
    ("words", "waits"),
    [
        ("ill be there!", False), ("I can't on Thursday", False), ("cant make it", False), ("blue teacup. 14 sold", False),
        ("what should i bring if my headline is not live yet", True), ("i need help with my photos, they look dark", True),
        ("can i come later", True), ("Will it be recorded?", True),
    ],
)  # fmt: skip
async def test_an_answer_to_everybodys_letter_waits_where_it_asks_something(
    office: Office, omar: Person, nora: Person, words: str, waits: bool
) -> None:
    await announced(office, omar, nora, 1, AT)
    await sends(office, nora, words, AT + HOUR)
    [kept] = await office.exchanges.waiting(omar)
    assert kept.waits is waits
    assert (kept.next_show_at is not None) is waits


async def test_the_first_words_below_a_letter_to_everybody_are_asked_about_once(
    office: Office, omar: Person, nora: Person
) -> None:
    await announced(office, omar, nora, 1, AT)
    for words in ("write me a hook", "thanks a lot", "haha nice", "hello", "whats next", SUGGESTED, "@Teacher what is a hook?"):
        assert await office.types(nora, words, AT + MINUTE) == "", words
    await posted(office, omar, "ann_1", AT)
    assert await office.types(omar, "I can't on Thursday", AT + MINUTE) == "", "coaches have no coach"
    await announced(office, omar, nora, 2, AT + HOUR)
    shown = await office.types(nora, "I can't on Thursday " + "because I travel " * 5, AT + HOUR + MINUTE)
    assert "Is this for Omar?" in shown
    assert "**" not in shown, "it may as well be for the agents"
    assert await office.types(nora, "no", AT + HOUR + 2 * MINUTE) == "Heard."
    await office.store.answered(nora, await office.last(nora), "director")
    assert await office.types(nora, "So what is the week about?", AT + HOUR + 3 * MINUTE) == "", "they are asked once"
    await announced(office, omar, nora, 3, AT + DAY)
    assert await office.types(nora, "I can't on Thursday", AT + DAY + 12 * HOUR + MINUTE) == "", "it is long ago"
    await announced(office, omar, nora, 4, AT + 2 * DAY)
    await posted(office, nora, "nudge_1", AT + 2 * DAY + MINUTE)
    assert await office.types(nora, "I can't on Thursday", AT + 2 * DAY + HOUR) == "", "something else came since"


async def test_a_letter_to_everybody_that_came_after_a_coachs_own_is_thought_of_first(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    ida = await office.coach("ida")
    await announced(office, omar, nora, 9, AT + HOUR)
    assert "Sent to Omar." in message(await sends(office, nora, "We sold twelve", AT + 2 * HOUR))
    assert (await office.words(letter))[-1] == "We sold twelve", "he wrote both, and it may answer either"
    await office.exchanges.answer(omar, letter.id, "Lovely, and now?", AT + 3 * HOUR)
    await announced(office, ida, nora, 1, AT + DAY)
    assert "[Send it to Ida] [Send it to Omar] [No, it is for you]" in await office.types(nora, "cant make it", AT + DAY + MINUTE)
    assert "Sent to Ida." in await office.types(nora, "ida", AT + DAY + 2 * MINUTE)
    await office.exchanges.answer(omar, letter.id, "And the price?", AT + DAY + HOUR)
    assert "[Send it to Omar] [No, it is for you]" in await office.types(nora, "it is 22 now", AT + DAY + HOUR + MINUTE)
