"""The one door in."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated

import pytest

from core.app import App
from core.catalog import Catalog
from core.command import Arg, Command, Pace, form_of
from core.errors import ModelBusy, Refusal, StoreFull
from core.home.model import Opener
from core.home.service import Home
from core.ids import new_id
from core.inbox import row_of
from core.people.model import Person
from core.people.service import People
from core.request import Asked, Left, Opened, Reworded, Said, Suggesting, Typed, Withdrawn
from core.roles import Role
from core.services import Services
from core.sharing import commands as sharing_commands
from core.sharing.carrying import is_small
from core.sharing.model import Shown
from core.sharing.ports import ShownStore
from core.sharing.service import Sharing, to_share
from core.ui import (
    Answer,
    Button,
    Buttons,
    Call,
    Card,
    Ended,
    Form,
    Grew,
    Live,
    Menu,
    Message,
    Option,
    Page,
    Update,
)
from persistence.documents import Database
from persistence.drafts import FormDraftRecord
from persistence.shown import ShownRecord
from tests.core.conftest import ADDRESS, AT, actor
from tests.next_card import NextCard


class Till:
    """A service that a handler needs."""

    def __init__(self) -> None:
        self.sold: list[tuple[str, int]] = []


async def goods(typed: str) -> Sequence[Option]:
    return [Option(str(n), f"{typed} {n}") for n in range(40)]


@dataclass(frozen=True)
class Sale:
    what: Annotated[str, Arg("What", suggest=goods)]
    count: Annotated[int, Arg("How many")]


@dataclass(frozen=True)
class Loose:
    answers: Mapping[str, Typed] = field(default_factory=dict)


async def sell(asked: Asked, person: Person, args: Sale, till: Till) -> Answer:
    if args.what == "nothing":
        raise Refusal("Sell something.")
    if args.what == "dear":
        return form_of(SELL, {"what": "dear", "count": "1"}, {"what": "Too dear."})
    till.sold.append((args.what, args.count))
    return Message(f"Sold to {person.name}.")


async def busy() -> Answer:
    raise ModelBusy()


async def secret() -> Answer:
    return Message("For coaches.")


async def for_whom(asked: Asked) -> str:
    """What stands above the form."""
    return f"Nora asked for {asked.values.get('what', 'something')}."


SELL = Command(name="sell", summary="Sell something", args=Sale, handler=sell, begins=for_whom)


@dataclass(frozen=True, slots=True)
class Label:
    """What to write on which jar."""

    jar: Annotated[str, Arg("Jar", hidden=True)]
    note: Annotated[str, Arg("Note")]
    seen: Annotated[str, Arg("Seen", hidden=True)] = ""


async def tell() -> Answer:
    """An answer that grows."""

    async def words() -> AsyncGenerator[Update, None]:
        yield Grew("and ")

    return Live(words())


async def label(args: Label) -> Answer:
    """Write on a jar."""
    return Message("Written.", private=True)


@dataclass(frozen=True, slots=True)
class Advice:
    """What to sell."""

    what: Annotated[str, Arg("What")]


def advised(what: str, command: str = "sell") -> tuple[Card, ...]:
    call = Call(command, {"what": what, "count": "1"})
    return (
        Card("Sell", (Buttons((Button("Sell it", call),)), Menu("Or", (Button("Sell", call), Button("Look", Call("shelf")))))),
    )


async def advise(args: Advice) -> Answer:
    """A message with something to press."""
    return Message(cards=advised(args.what))


async def advise_page(args: Advice) -> Answer:
    """The same as a page."""
    return Page("Advice", advised(args.what))


async def advise_live(args: Advice) -> Answer:
    """The same, growing."""

    async def words() -> AsyncGenerator[Update, None]:
        yield Grew("Sell ")
        yield Ended(Message("Sell ", advised(args.what)))

    return Live(words())


async def advise_secret(args: Advice) -> Answer:
    """A button that is not for everybody."""
    return Message(cards=advised(args.what, "secret"))


async def shelf() -> Answer:
    """Where the jars stand."""
    return Page("Shelf", ())


async def whisper() -> Answer:
    """For one."""
    return Message("Between us.")


class Echo:
    """A listener that hears what begins with its word."""

    def __init__(self, word: str) -> None:
        self.word = word

    async def hear(self, said: Said, person: Person) -> Answer:
        return Message(f"{self.word}: {said.text}") if said.text.startswith(self.word) else None


class OneOpener:
    """Implements `core.home.ports.Beginnings`: there is one way to begin."""

    async def openers(self, person: Person) -> tuple[Opener, ...]:
        return (Opener("Hello", f"hello from {person.name}"),)

    async def begun(self, person: Person) -> bool:
        return True


class Notes:
    """Implements `core.ports.Corrections`: what was corrected, by the event that had brought it."""

    def __init__(self) -> None:
        self.corrected: dict[str, str | None] = {}

    async def reworded(self, change: Reworded, person: Person) -> None:
        self.corrected[change.of] = change.text

    async def withdrawn(self, change: Withdrawn, person: Person) -> None:
        self.corrected[change.of] = None


class Looking:
    """Implements `core.ports.Onlooker`: the commands that passed by."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    async def passed_by(self, asked: Asked, person: Person) -> None:
        self.seen.append(asked.command)


class Full:
    """Implements `core.sharing.ports.ShownStore` on a disk that is full."""

    async def add(self, shown: Shown) -> None:
        raise StoreFull()

    async def keep(self, shown: Shown) -> None:
        raise StoreFull()

    async def find(self, identity: str, shown_id: str) -> Shown | None:
        return None


class Door:
    """An app with a till, and a way to knock."""

    def __init__(self, people: People, database: Database, shown: ShownStore | None = None) -> None:
        self.till = Till()
        self.notes = Notes()
        self.onlooker = Looking()
        self.shown = shown or ShownRecord(database)
        sharing = Sharing(self.shown)
        catalog = Catalog(
            [
                SELL,
                Command(name="tell", summary="Tell", handler=tell),
                Command(name="tell all", summary="Tell all", handler=tell, private=False),
                Command(name="whisper", summary="Whisper", handler=whisper),
                Command(name="home", summary="Home", handler=whisper),
                Command(name="label", summary="Label", args=Label, handler=label),
                Command(name="shelf", summary="Shelf", handler=shelf),
                Command(name="advise", summary="Advise", args=Advice, handler=advise),
                Command(name="advise page", summary="Advise", args=Advice, handler=advise_page),
                Command(name="advise live", summary="Advise", args=Advice, handler=advise_live),
                Command(name="advise secret", summary="Advise", args=Advice, handler=advise_secret),
                *sharing_commands.COMMANDS,
                Command(name="busy", summary="Busy", handler=busy),
                Command(name="secret", summary="Secret", handler=secret, needs=frozenset({Role.COACH})),
            ]
        )
        self.app = App(
            catalog=catalog,
            services=Services(self.till, sharing),
            people=people,
            home=Home(NextCard(), (), OneOpener()),
            listeners=(Echo("one"), Echo("two")),
            onlookers=(self.onlooker,),
            drafts=FormDraftRecord(database),
            corrections=self.notes,
            sharing=sharing,
        )

    def pace(self, call: Call) -> Pace:
        """As surfaces see it, before anything is done."""
        return Pace.FORM if call.form else self.app.catalog.find(call.command, call.words)[0].pace

    async def press(self, call: Call, by: str = "nora") -> Answer:
        return await self.app.handle(
            Asked(
                id=new_id("evt"),
                actor=actor(by),
                address=ADDRESS,
                at=AT,
                command=call.command,
                words=call.words,
                values=call.values,
                form=call.form,
            )
        )

    async def ask(self, command: str, words: str = "", *, submitted: bool = False, form: bool = False, **values: str) -> Answer:
        return await self.app.handle(
            Asked(
                id=new_id("evt"),
                actor=actor(),
                address=ADDRESS,
                at=AT,
                command=command,
                words=words,
                values=values,
                submitted=submitted,
                form=form,
            )
        )


@pytest.fixture
async def door(people: People, database: Database) -> Door:
    return Door(people, database)


async def grown(answer: Answer) -> Answer:
    """The message that an answer grows into; others as they are."""
    if not isinstance(answer, Live):
        return answer
    (last,) = [each.message async for each in answer.updates if isinstance(each, Ended)]
    return last


def button_of(answer: Answer) -> Button:
    """The only button of an answer."""
    assert isinstance(answer, Message | Page)
    (found,) = [
        item
        for card in answer.cards
        for each in card.body
        if isinstance(each, Buttons)
        for item in each.items
        if isinstance(item, Button)
    ]
    return found


def menu_of(answer: Answer) -> list[Call]:
    """What its menu does."""
    assert isinstance(answer, Message | Page)
    return [option.call for card in answer.cards for each in card.body if isinstance(each, Menu) for option in each.options]


def text_of(answer: Answer) -> str:
    assert isinstance(answer, Message)
    return answer.text + " ".join(str(card) for card in answer.cards)


async def test_words_after_a_command_become_its_arguments(door: Door) -> None:
    assert await door.ask("sell", "jars 3") == Message("Sold to Nora.", private=True)
    assert door.till.sold == [("jars", 3)]


async def test_missing_arguments_are_asked_for_in_a_form(door: Door) -> None:
    form = await door.ask("sell", "jars")
    assert isinstance(form, Form)
    assert (form.command, form.values, form.problems) == ("sell", {"what": "jars"}, {})
    assert door.till.sold == []


async def test_a_wrong_word_is_explained_with_a_button_that_opens_the_form_filled(door: Door) -> None:
    answer = await door.ask("sell", "jars three")
    assert "“three” is not a whole number" in text_of(answer)
    assert isinstance(answer, Message)
    buttons = answer.cards[0].body[-1]
    assert isinstance(buttons, Buttons)
    fix = buttons.items[0]
    assert isinstance(fix, Button)
    assert fix.call.form
    form = await door.ask(fix.call.command, form=True, what=str(fix.call.values["what"]), count=str(fix.call.values["count"]))
    assert isinstance(form, Form)
    assert form.values == {"what": "jars", "count": "three"}
    assert form.intro.endswith("“three” is not a whole number."), "the message is out of sight behind the form"
    empty = await door.ask("sell", form=True, what="jars")
    assert isinstance(empty, Form)
    assert "needed" not in empty.intro


async def test_a_button_that_cannot_carry_what_was_typed_opens_the_form_with_it_all_the_same(door: Door) -> None:
    answer = await door.ask("sell", what="pans " * 40, count="many")
    fix = button_of(answer)
    assert is_small(fix.call)
    assert door.pace(fix.call) is Pace.FORM, "platforms open a form only while the press is fresh"
    form = await door.press(fix.call)
    assert isinstance(form, Form)
    assert (form.command, form.values) == ("sell", {"what": "pans " * 40, "count": "many"})


@pytest.mark.parametrize("command", ["advise", "advise page", "advise live"])
async def test_every_kind_of_answer_has_buttons_that_carry_what_they_can(door: Door, command: str) -> None:
    answer = await door.ask(command, what="x")
    assert is_small(button_of(answer := await grown(answer)).call)
    assert button_of(answer).call == Call("sell", {"what": "x", "count": "1"}), "what is small stays as it is"
    long = "jars " * 30
    answer = await grown(await door.ask(command, what=long))
    pressed = button_of(answer).call
    assert is_small(pressed)
    assert door.pace(pressed) is Pace.NOW
    assert await door.press(pressed) == Message("Sold to Nora.", private=True)
    assert door.till.sold == [(long.strip(), 1)]
    assert [is_small(each) for each in menu_of(answer)] == [True, True]
    assert menu_of(answer)[1] == Call("shelf")
    assert [door.onlooker.seen[-2:]] == [[command, "sell"]], "onlookers see what was meant"


async def test_nobody_presses_what_another_was_shown(door: Door) -> None:
    call = button_of(await door.ask("advise", what="jars " * 30)).call
    answer = await door.press(call, by="omar")
    assert "too old, or was meant for somebody else" in text_of(answer)
    assert "Only a button can ask for that" in text_of(await door.ask("press"))
    assert door.till.sold == []


async def test_what_a_kept_button_does_is_refused_to_whom_it_is_not_for(door: Door) -> None:
    call = button_of(await door.ask("advise secret", what="jars " * 30)).call
    assert "For coaches." not in text_of(await door.press(call))


async def test_a_button_that_cannot_be_kept_stays_as_it_is(people: People, database: Database) -> None:
    door = Door(people, database, shown=Full())
    assert button_of(await door.ask("advise", what="jars" * 30)).call.values["what"] == "jars" * 30


async def test_a_submitted_form_comes_back_with_its_problems_and_everything_typed(door: Door) -> None:
    form = await door.ask("sell", submitted=True, what="jars", count="three")
    assert isinstance(form, Form)
    assert form.values == {"what": "jars", "count": "three"}
    assert "three" in form.problems["count"]
    assert form.intro == "Nora asked for jars.", "what the form is about stands above it however often it comes back"


async def test_what_was_typed_into_a_form_that_was_left_is_there_when_it_is_opened_again(door: Door) -> None:
    left = Left(id=new_id("evt"), actor=actor(), address=ADDRESS, at=AT, command="sell", values={"what": "lids"})
    assert await door.app.handle(left) is None
    form = await door.ask("sell")
    assert isinstance(form, Form)
    assert form.values == {"what": "lids"}
    assert "still here" in form.intro

    await door.ask("sell", submitted=True, what="lids", count="2")
    again = await door.ask("sell")
    assert isinstance(again, Form)
    assert again.values == {}


async def test_what_was_typed_comes_back_in_the_form_about_the_same_thing_and_in_no_other(door: Door) -> None:
    async def shown(jar: str) -> Typed | None:
        form = await door.ask("label", jar=jar, form=True)
        assert isinstance(form, Form)
        return form.values.get("note")

    left = Left(id=new_id("evt"), actor=actor(), address=ADDRESS, at=AT, command="label")
    for jar, note in (("jar_1", "cracked"), ("jar_2", "full")):
        await door.app.handle(replace(left, values={"note": note}, about={"jar": jar}))
    assert [await shown(jar) for jar in ("jar_1", "jar_2", "jar_3")] == ["cracked", "full", None]
    await door.ask("label", submitted=True, jar="jar_1", note="mended", seen="2")
    assert [await shown(jar) for jar in ("jar_1", "jar_2")] == [None, "full"]


async def test_what_a_command_answers_for_one_is_private_and_a_page_among_others_is_a_message(door: Door) -> None:
    for direct, shown in ((True, Page("Shelf", ())), (False, Message("Shelf", (), private=True))):
        asked = Asked(id=new_id("evt"), actor=actor(), address=ADDRESS, at=AT, direct=direct, command="shelf")
        answer = await door.app.handle(asked)
        if isinstance(answer, Message):
            assert answer.cards, "it can be shared"
            answer = replace(answer, cards=())
        assert answer == shown


async def test_a_problem_that_the_handler_finds_is_not_papered_over_by_an_old_draft(door: Door) -> None:
    left = Left(id=new_id("evt"), actor=actor(), address=ADDRESS, at=AT, command="sell", values={"what": "lids"})
    await door.app.handle(left)
    form = await door.ask("sell", submitted=True, what="dear", count="1")
    assert isinstance(form, Form)
    assert form.values["what"] == "dear"


async def test_a_refusal_is_an_answer(door: Door) -> None:
    assert "Sell something." in text_of(await door.ask("sell", "nothing 1"))


async def test_trouble_with_the_model_offers_to_try_again(door: Door) -> None:
    answer = await door.ask("busy")
    assert "overloaded" in text_of(answer)
    assert "Try again" in text_of(answer)


async def test_an_unknown_command_is_answered_with_the_nearest(door: Door) -> None:
    assert "Did you mean /sell?" in text_of(await door.ask("sel"))


async def test_what_is_for_coaches_is_refused_to_students(door: Door) -> None:
    assert "for coaches" in text_of(await door.ask("secret"))


async def test_free_words_go_to_the_first_listener_that_takes_them(door: Door) -> None:
    async def say(text: str) -> Answer:
        return await door.app.handle(Said(id=new_id("evt"), actor=actor(), address=ADDRESS, at=AT, text=text))

    assert await say("two \x07sheep\r\n") == Message("two: two sheep\n")
    assert await say("three sheep") is None


async def test_suggestions_are_at_most_what_discord_shows(door: Door) -> None:
    asking = Suggesting(id=new_id("evt"), actor=actor(), address=ADDRESS, at=AT, command="sell", field="what", typed="jar")
    found = await door.app.suggest(asking)
    assert len(found) == 25
    assert found[0] == Option("0", "jar 0")


async def test_the_home_page_greets_by_name_and_by_the_persons_own_clock(door: Door) -> None:
    page = await door.app.handle(Opened(id=new_id("evt"), actor=actor(), address=ADDRESS, at=AT))
    assert isinstance(page, Page)
    assert (page.title, [each.title for each in page.cards]) == ("Good morning, Nora", ["What comes next"])


async def test_a_change_of_what_was_said_goes_to_who_keeps_it_and_is_not_answered(door: Door) -> None:
    other_words = Reworded(id="ev2", actor=actor(), address=ADDRESS, at=AT, of="ev1", text="a \x07hook\r\n")
    assert await door.app.handle(other_words) is None
    assert await door.app.handle(Withdrawn(id="ev4", actor=actor(), address=ADDRESS, at=AT, of="ev3")) is None
    assert door.notes.corrected == {"ev1": "a hook\n", "ev3": None}


async def test_openers_are_those_of_the_person(door: Door) -> None:
    opened = Opened(id=new_id("evt"), actor=actor(), address=ADDRESS, at=AT)
    assert await door.app.openers(opened) == (Opener("Hello", "hello from Nora"),)


async def test_an_answer_that_grows_is_as_private_as_its_command(door: Door) -> None:
    for command, private in (("tell", True), ("tell all", False)):
        live = await door.ask(command)
        assert isinstance(live, Live)
        assert live.private == private
        await live.updates.aclose()


async def test_what_is_asked_as_a_coach_is_never_one_tap_away_from_the_channel(
    door: Door, people: People, database: Database
) -> None:
    coach = await people.meet(actor("ida"), AT)
    await database.collection("persons").update({"_id": coach.id}, {"$set": {"role": Role.COACH.value}})
    for command in ("secret", "home"):
        asked = Asked(id="ev1", actor=actor("ida"), address=ADDRESS, at=AT, direct=False, command=command)
        answer = await door.app.handle(asked)
        assert isinstance(answer, Message)
        assert (answer.private, answer.cards) == (True, ())
    assert isinstance(theirs := await door.app.handle(replace(asked, actor=actor())), Message)
    assert theirs.cards, "a student's page is their own to share"


async def test_a_private_answer_among_others_can_be_shared_by_its_command(door: Door) -> None:
    whisper = Asked(id="ev1", actor=actor(), address=ADDRESS, at=AT, direct=False, command="whisper")
    answer = await door.app.handle(whisper)
    assert isinstance(answer, Message)
    (offer,) = answer.cards[-1].body
    assert isinstance(offer, Buttons)
    (share,) = offer.items
    assert isinstance(share, Button)
    kept = Shown(id=row_of(actor().platform, "ev1"), identity=actor().identity, parcel=to_share(answer) or "", shown_at=AT)
    await door.shown.keep(kept)  # as whoever settles the event does
    pressed = replace(whisper, id="ev2", command=share.call.command, values=share.call.values)
    shared = await door.app.handle(pressed)
    assert shared == Message("Shared by Nora\n\nBetween us.")
    refused = await door.app.handle(replace(pressed, id="ev3", actor=actor("omar")))
    assert "any more" in text_of(refused)


def test_a_handler_that_needs_what_nobody_built_is_found_at_the_start(people: People, database: Database) -> None:
    with pytest.raises(LookupError, match=r"sell\(till: Till\)"):
        App(
            catalog=Catalog([SELL]),
            services=Services(),
            people=people,
            home=Home(NextCard(), (), OneOpener()),
            listeners=(),
            onlookers=(),
            drafts=FormDraftRecord(database),
            corrections=Notes(),
            sharing=Sharing(ShownRecord(database)),
        )
