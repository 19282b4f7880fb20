"""Answers that grow: what stands in Discord on the way and in the end, whatever happens in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime
from functools import partial
from typing import cast

import pytest

from bots.charts.pictures import Charts
from bots.discord.arrived import Origin
from bots.discord.drawn import Drawn
from bots.discord.edited import Drawing
from bots.discord.growing import STOPPED, Growing
from bots.discord.marks import Mark
from bots.discord.replies import Reply
from bots.discord.troubles import DiscordUnreachable
from bots.pace import Pace
from core.plans import Step
from core.ui import Began, Card, Ended, Grew, Live, Message, Text, Update
from tests.bots.discord.screens import GONE, SAGE, WRITER, Discord, PlainDrawing, origin
from tests.bots.passing import Time, live, until

NO_ACCESS = 50001
REPLY = cast(Reply, object())
"""A reply is handed on to the sender, and never looked into."""
CARD = Card("", (Text("card"),))


def _said(*words: str, cards: tuple[Card, ...] = ()) -> tuple[Update, ...]:
    return (Began(WRITER), *map(Grew, words), Ended(Message("".join(words), cards, speaker=WRITER)))


def _growing(discord: Discord, time: Time, draw: Drawing | None = None, leaving: Callable[[], bool] = lambda: False) -> Growing:
    return Growing(discord, draw or PlainDrawing(), now=time.now, wait=time.wait, leaving=leaving)


async def _shown(discord: Discord, live: Live, time: Time | None = None, asked: Origin | None = None) -> list[str]:
    return await _growing(discord, time or Time()).grow(asked or origin(), live, "evt", None)


def _typed(discord: Discord, times: int) -> bool:
    return discord.calls.count("typing") == times


async def _turns() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


# -- on the way


async def test_the_first_words_are_there_at_once_with_a_button_and_the_speakers_face() -> None:
    discord, time = Discord(), Time(flies=False)

    async def updates() -> AsyncGenerator[Update, None]:
        yield Began(WRITER)
        yield Grew("Fresh ")
        await until(lambda: bool(discord.there))
        assert (discord.there[0].text, discord.there[0].face, discord.there[0].button) == ("Fresh ", "Writer", "stop:evt")
        assert discord.there[0].mark is None
        yield Ended(Message("Fresh bread.", (CARD,), speaker=WRITER))

    posted = await _shown(discord, Live(updates()), time)
    assert discord.texts == ["Fresh bread.", "[card]"]
    assert [each.mark for each in discord.there] == [Mark("evt:1", 1, 2), Mark("evt:1", 2, 2)]
    assert [each.button for each in discord.there] == ["", ""]
    assert posted == [each.id for each in discord.there]


async def test_changes_come_no_faster_than_discord_likes_them_and_the_latest_text_wins() -> None:
    discord, time = Discord(), Time(flies=False)

    async def updates() -> AsyncGenerator[Update, None]:
        yield Began(WRITER)
        for number in range(30):
            yield Grew(f"w{number} ")
            await _turns()
        assert discord.calls.count("change") == 0
        assert discord.texts == ["w0 "]
        time.passes(1.2)
        await until(lambda: discord.there[0].text.endswith("w29 "))
        assert discord.calls.count("change") == 1
        yield Grew("last ")
        await _turns()
        time.passes(1.1)
        await _turns()
        assert discord.calls.count("change") == 1
        yield Ended(Message("All.", speaker=WRITER))

    await _shown(discord, Live(updates()), time)
    assert discord.texts == ["All."]


async def test_one_change_is_under_way_at_a_time_however_slow_discord_is() -> None:
    discord, time = Discord(), Time(flies=False)

    async def updates() -> AsyncGenerator[Update, None]:
        yield Grew("one ")
        await until(lambda: bool(discord.there))
        discord.held = asyncio.Event()
        time.passes(2)
        for number in range(10):
            yield Grew(f"w{number} ")
            await _turns()
            time.passes(2)
        assert discord.under_way == 1
        discord.held.set()
        discord.held = None
        yield Ended(Message("Done."))

    await _shown(discord, Live(updates()), time)
    assert discord.texts == ["Done."]


async def test_what_is_refused_just_now_is_shown_less_and_less_often() -> None:
    now = [0.0]
    pace = Pace(lambda: datetime.fromtimestamp(now[0], UTC), 1.2)
    assert pace.due() == 0
    pauses = []
    for _ in range(7):
        pace.begun()
        pace.failed()
        pauses.append(round(pace.due(), 1))
    assert pauses == [2.4, 4.8, 9.6, 19.2, 30, 30, 30]
    pace.begun()
    pace.made()
    assert round(pace.due(), 1) == 1.2
    pace.begun()
    now[0] += 1.5
    pace.made()
    assert round(pace.due(), 1) == 0.9


async def test_somebody_is_seen_typing_until_the_first_words() -> None:
    discord, time = Discord(), Time(flies=False)

    async def updates() -> AsyncGenerator[Update, None]:
        yield Began(WRITER)
        for times in (1, 2, 3):
            await until(partial(_typed, discord, times))
            await until(lambda: bool(time.sleepers))
            time.passes(8)
        await until(lambda: discord.calls.count("typing") == 4)
        yield Grew("Fresh bread.\n")
        await until(lambda: bool(discord.there))
        await _turns()
        time.passes(8)
        await _turns()
        assert discord.calls.count("typing") == 4
        yield Ended(Message("Fresh bread."))

    await _shown(discord, Live(updates()), time)


async def test_steps_are_lines_and_one_quiet_line_in_the_end() -> None:
    discord, time = Discord(), Time(flies=False)

    async def updates() -> AsyncGenerator[Update, None]:
        yield Began(WRITER)
        yield Step("s1", "Read your Foundation", "running")
        await until(lambda: bool(discord.there))
        assert discord.texts == ["• Read your Foundation"]
        yield Step("s1", "Read your Foundation", "done")
        yield Step("s2", "Count", "failed")
        await _turns()
        time.passes(2)
        await until(lambda: "Count" in discord.there[0].text)
        assert discord.texts == ["✓ Read your Foundation\n✗ Count"]
        yield Ended(Message("Done.", speaker=WRITER))

    await _shown(discord, Live(updates()), time)
    assert discord.texts == ["Done.\n\n✓ Read your Foundation  ✗ Count"]


async def test_where_no_face_is_shown_the_first_message_names_the_speaker() -> None:
    discord = Discord(faceless=True)
    await _shown(discord, live(*_said("Fresh ", "bread.\n\n" * 700)))
    assert discord.texts[0].startswith("**Writer**\n\nFresh bread.")
    assert len(discord.texts) == 2
    assert "Writer" not in discord.texts[1]


async def test_the_real_drawing_shows_what_grows() -> None:
    discord, draw = Discord(), Drawn(Charts())
    table = "| a | b |\n|---|---|\n" + "| one | two |\n" * 400
    await _growing(discord, Time(), draw).grow(origin(), live(*_said("Here:\n\n", table, "\n\nThat is all.")), "evt", None)
    assert "That is all." in discord.texts[-1]


# -- more than one message


async def test_a_text_that_outgrows_a_message_goes_on_in_the_next_after_a_whole_block() -> None:
    discord, time = Discord(), Time(flies=False)
    paragraphs = [f"Paragraph {number}. " + "word " * 120 + "\n\n" for number in range(12)]

    async def updates() -> AsyncGenerator[Update, None]:
        yield Began(WRITER)
        for number, each in enumerate(paragraphs, start=1):
            yield Grew(each)
            await until(partial(lambda text: any(text in shown for shown in discord.texts), f"Paragraph {number - 1}."))
            time.passes(1.2)
        assert len(discord.there) == 3
        assert all(each.text.startswith("Paragraph") and len(each.text) <= 3_500 for each in discord.there)
        assert "".join(discord.texts) == "".join(paragraphs)
        assert [each.button for each in discord.there] == ["", "", "stop:evt"]
        yield Ended(Message("".join(paragraphs), (CARD,), speaker=WRITER))

    async def ticking() -> None:
        while True:
            await asyncio.sleep(0)
            time.passes(0.01)

    ticks = asyncio.create_task(ticking())
    await _shown(discord, Live(updates()), time)
    ticks.cancel()
    assert " ".join(discord.texts).split() == [*"".join(paragraphs).split(), "[card]"]
    assert [each.id for each in discord.there][:3] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("opens", "line", "closes"),
    [("```python\n", "x = 'yyyyyyyyyyyyyyyyyyyy'\n", "```\n"), ("| a | b |\n|---|---|\n", "| one | two |\n", "")],
)
async def test_a_fence_and_a_table_go_on_with_their_beginning(opens: str, line: str, closes: str) -> None:
    discord, time, rows = Discord(), Time(flies=False), 5_000 // len(line)

    async def updates() -> AsyncGenerator[Update, None]:
        yield Grew(opens + line * rows)
        await until(lambda: len(discord.there) >= 2)
        assert all(each.text.startswith(opens) for each in discord.there)
        assert sum(each.text.count(line.strip()) for each in discord.there) == rows
        if closes:
            assert all(each.text.rstrip().endswith("```") for each in discord.there)
        yield Ended(Message("Done."))

    await _shown(discord, Live(updates()), time)
    assert discord.texts == ["Done."]


async def test_each_speaker_has_a_message_under_their_own_face() -> None:
    discord = Discord()
    second = (Began(SAGE), Grew("You said so."), Ended(Message("You said so.", speaker=SAGE)))
    await _shown(discord, live(*_said("Fresh bread."), *second))
    assert [(each.face, each.text) for each in discord.there] == [("Writer", "Fresh bread."), ("Sage", "You said so.")]
    assert [each.mark and each.mark.key for each in discord.there] == ["evt:1", "evt:2"]


async def test_a_speaker_who_says_nothing_is_not_shown() -> None:
    discord = Discord()
    await _shown(discord, live(Began(WRITER), *_said("Fresh bread.")[1:], Began(SAGE)))
    assert discord.texts == ["Fresh bread."]


async def test_cards_alone_are_an_answer_of_their_own() -> None:
    discord = Discord()
    posted = await _shown(discord, live(Began(WRITER), Ended(Message(cards=(CARD,), speaker=WRITER))))
    assert (discord.texts, posted) == (["[card]"], ["1"])
    assert "change" not in discord.calls


# -- stopping


async def _stopped_midway(discord: Discord, time: Time, *, leaving: bool = False, private: bool = False) -> list[str]:
    closed: list[str] = []

    async def updates() -> AsyncGenerator[Update, None]:
        try:
            yield Began(WRITER)
            yield Grew("```\nWhat came ")
            await until(lambda: bool(discord.there))
            yield Grew("until then")
            await asyncio.Event().wait()
        finally:
            closed.append("closed")

    growing = _growing(discord, time, leaving=lambda: leaving)
    reply = REPLY if private else None
    task = asyncio.create_task(growing.grow(origin(), Live(updates(), private=private), "evt", reply))
    await until(lambda: bool(discord.there))
    await _turns()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    return closed


@pytest.mark.parametrize("private", [False, True])
async def test_whoever_stops_it_keeps_what_came(private: bool) -> None:
    discord = Discord()
    assert await _stopped_midway(discord, Time(flies=False), private=private) == ["closed"]
    assert discord.texts == [f"```\nWhat came until then\n```\n\n{STOPPED}"]
    assert discord.there[0].button == ""
    assert discord.there[0].mark == Mark("evt:1")


async def test_at_the_end_of_the_process_nothing_is_said_of_stopping_and_it_goes_by_no_key() -> None:
    discord = Discord()
    await _stopped_midway(discord, Time(flies=False), leaving=True)
    assert discord.texts == ["```\nWhat came until then\n```"]
    assert (discord.there[0].button, discord.there[0].mark) == ("", None)


async def test_what_is_stopped_before_the_first_word_says_so() -> None:
    discord = Discord()

    async def updates() -> AsyncGenerator[Update, None]:
        yield Began(WRITER)
        await asyncio.Event().wait()

    task = asyncio.create_task(_shown(discord, Live(updates()), Time(flies=False)))
    await until(lambda: "typing" in discord.calls)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert discord.texts == [STOPPED]


# -- to one person's eyes


async def test_a_private_answer_grows_as_the_reply() -> None:
    discord = Discord()
    await _growing(discord, Time()).grow(origin(), Live(live(*_said("One ", "two.")).updates, private=True), "evt", REPLY)
    assert [(each.place, each.text) for each in discord.there] == [("reply", "One two.")]


async def test_without_a_reply_a_private_answer_grows_in_the_direct_messages() -> None:
    discord = Discord()
    await _shown(discord, live(*_said("One ", "two."), private=True))
    assert [(each.place, each.text) for each in discord.there] == [(f"@{origin().user}", "One two.")]


async def test_an_answer_that_outlives_its_reply_goes_on_whole_in_messages() -> None:
    discord, time = Discord(), Time(flies=False)

    async def updates() -> AsyncGenerator[Update, None]:
        yield Began(WRITER)
        yield Grew("One ")
        await until(lambda: bool(discord.there))
        discord.spends("reply")
        yield Grew("two ")
        await _turns()
        time.passes(2)
        await _turns()
        time.passes(2)
        await until(lambda: len(discord.there) == 2)
        yield Ended(Message("One two three.", speaker=WRITER))
        yield Began(SAGE)
        yield Ended(Message("And I.", speaker=SAGE))

    await _growing(discord, time).grow(origin(), Live(updates(), private=True), "evt", REPLY)
    direct = f"@{origin().user}"
    assert [(each.place, each.text) for each in discord.there[1:]] == [(direct, "One two three."), (direct, "And I.")]


async def test_what_turns_out_to_be_private_in_the_end_does_not_stay_in_public() -> None:
    discord = Discord()
    await _shown(discord, live(Began(WRITER), Grew("One "), Ended(Message("One two.", private=True))))
    assert [(each.place, each.text) for each in discord.there] == [(f"@{origin().user}", "One two.")]


# -- when Discord does not take it


async def test_while_discord_is_away_the_words_are_gathered_and_shown_when_it_is_back() -> None:
    discord, time = Discord(), Time()
    discord.fails(call="post", times=3)
    discord.is_busy(call="change", times=3)
    await _shown(discord, live(*_said("One ", "two ", "three.")), time)
    assert discord.texts == ["One two three."]


async def test_when_discord_stays_away_the_answer_is_left_for_later_after_two_minutes() -> None:
    discord, time = Discord(), Time()
    discord.fails(times=1_000)
    with pytest.raises(DiscordUnreachable):
        await _shown(discord, live(*_said("One ", "two.")), time)
    assert sum(time.waited[-9:]) == 120


async def test_a_message_that_somebody_deleted_is_posted_anew_once_in_its_order() -> None:
    discord, time = Discord(), Time(flies=False)
    first, second = "word " * 650, "more " * 200

    async def updates() -> AsyncGenerator[Update, None]:
        yield Began(WRITER)
        yield Grew(f"{first}\n\n{second}")
        await until(lambda: len(discord.there) == 2)
        discord.deletes(0)
        yield Ended(Message(f"{first}\n\n{second}\n\n" + "end " * 100, speaker=WRITER))

    posted = await _shown(discord, Live(updates()), time)
    assert [each.text.split()[0] for each in discord.there] == ["word", "more"]
    assert posted == [each.id for each in discord.there] == ["3", "4"]


async def test_who_deletes_it_twice_means_it() -> None:
    discord, time = Discord(), Time(flies=False)

    async def updates() -> AsyncGenerator[Update, None]:
        yield Began(WRITER)
        yield Grew("One ")
        for deleted in (1, 2):
            await until(lambda: bool(discord.there))
            discord.deletes(0)
            yield Grew(f"and {deleted} ")
            await _turns()
            time.passes(2)
            await _turns()
        yield Ended(Message("One and two.", speaker=WRITER))

    await _shown(discord, Live(updates()), time)
    assert discord.texts == []


@pytest.mark.parametrize("call", ["screen", "post", "change"])
async def test_where_we_may_not_write_the_whole_answer_goes_to_whom_it_is_for(call: str) -> None:
    discord = Discord()
    discord.refuses(NO_ACCESS, call=call, place=origin().spot, times=99)
    await _shown(discord, live(*_said("One ", "two.")))
    assert discord.texts == ["One two."]
    assert discord.there[0].place == (origin().spot if call != "post" else f"@{origin().user}")
    assert discord.there[0].mark == Mark("evt:1")


async def test_a_code_that_says_gone_of_what_was_never_posted_is_no_reason_to_post_again() -> None:
    discord = Discord()
    discord.refuses(GONE, call="post", times=1)
    await _shown(discord, live(*_said("One ", "two.")))
    assert discord.texts == ["One two."]


async def test_typing_that_is_refused_hinders_nothing() -> None:
    discord = Discord()
    discord.fails(call="screen", times=2)
    await _shown(discord, live(*_said("One ", "two.")))
    assert discord.texts == ["One two."]


async def test_what_breaks_the_answer_off_is_raised() -> None:
    async def updates() -> AsyncGenerator[Update, None]:
        yield Grew("One ")
        raise DiscordUnreachable(perhaps_done=False)

    with pytest.raises(DiscordUnreachable):
        await _shown(Discord(), Live(updates()))
