"""One question at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.foundation.interview import Interview
from core.foundation.service import Foundations
from core.ids import new_id
from core.leases import LEASE
from core.people.model import Person
from core.plain import message as plain
from core.request import Actor, Address, Asked, Platform, Reworded, Said
from core.ui import Answer, Button, Buttons, Call, Message
from persistence.drafts import FormDraftRecord
from persistence.outbox import OutboxRecord
from tests.core.conftest import ADDRESS, AT, actor

OFFERS = "companyContext.coreOffers"
MECHANISM = "companyContext.uniqueMechanism"


def said(text: str, address: Address = ADDRESS) -> Said:
    return Said(id=new_id("evt"), actor=actor(), address=address, at=AT, text=text)


def asked(*, direct: bool = True) -> Asked:
    return Asked(id=new_id("evt"), actor=actor(), address=ADDRESS, at=AT, command="foundation interview", direct=direct)


def pressed(answer: Answer) -> list[Call]:
    assert isinstance(answer, Message)
    rows = [element for card in answer.cards for element in card.body if isinstance(element, Buttons)]
    return [each.call for row in rows for each in row.items if isinstance(each, Button)]


def text_of(answer: Answer) -> str:
    assert isinstance(answer, Message)
    return plain(answer)


async def test_an_answer_is_saved_mirrored_and_followed_by_the_next_question(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    begun = await interview.begin(asked(), nora)
    assert isinstance(begun, Message)
    assert begun.asks, "a number alone is an answer to it"
    first = text_of(begun)
    cells = foundations.cells.by_key
    assert cells[OFFERS].question in first
    second = text_of(await interview.hear(said("A starter kit at €59 and spice packs at €9 each"), nora))
    assert "Saved under" in second
    assert "“A starter kit at €59 and spice packs at €9 each”" in second
    assert cells[MECHANISM].question in second
    assert (await foundations.of(nora, AT)).value(OFFERS) == "A starter kit at €59 and spice packs at €9 each"


async def test_a_thin_answer_is_saved_and_dug_into_once(interview: Interview, foundations: Foundations, nora: Person) -> None:
    await interview.begin(asked(), nora)
    dug = text_of(await interview.hear(said("Starter kits"), nora))
    assert foundations.cells.by_key[OFFERS].dig in dug
    following = text_of(await interview.hear(said("€59 each"), nora))
    assert foundations.cells.by_key[MECHANISM].question in following
    assert (await foundations.of(nora, AT)).value(OFFERS) == "Starter kits\n€59 each"


BLUEPRINT = "# Core offers\nA starter kit at 59 pounds\n\n# Voice\nwarm, plain, patient\n\n# Fears\nMaking the family ill"


@pytest.mark.parametrize("pasted", [BLUEPRINT, "We sell jars to people who cook. " * 50])
async def test_more_than_an_answer_is_offered_to_be_sorted_and_waits_for_that(
    interview: Interview, foundations: Foundations, drafts: FormDraftRecord, nora: Person, pasted: str
) -> None:
    await interview.begin(asked(), nora)
    shown = await interview.hear(said(pasted), nora)
    assert "That is more than one answer" in text_of(shown)
    assert foundations.cells.by_key[OFFERS].question in text_of(shown)
    assert Call("foundation paste", form=True) in pressed(shown)
    assert (await drafts.find(nora, "foundation paste"))["text"] == pasted.strip()
    assert not (await foundations.of(nora, AT)).value(OFFERS)
    assert "Saved under" in text_of(await interview.hear(said("A starter kit at £59: jar, press and card"), nora))


async def test_it_can_be_left_and_taken_up_where_it_was(interview: Interview, foundations: Foundations, nora: Person) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said("A starter kit that ferments the first jar"), nora)
    assert "saved" in text_of(await interview.hear(said("stop"), nora))
    assert await interview.hear(said("this is for the agents"), nora) is None
    assert foundations.cells.by_key[MECHANISM].question in text_of(await interview.begin(asked(), nora))


async def test_a_question_can_be_skipped_and_comes_back_at_the_end(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    assert foundations.cells.by_key[MECHANISM].question in text_of(await interview.hear(said("Skip."), nora))
    await interview.hear(said("ok skip this one pls"), nora)
    assert (await foundations.of(nora, AT)).value(MECHANISM) is None
    assert (await foundations.of(nora, AT)).value(OFFERS) is None


@pytest.mark.parametrize(
    "words",
    [
        *("I don't know", "I don’t know yet.", "no idea", "not sure", "I'm not sure…", "nothing yet", "No.", "n/a"),
        *("no idea tbh", "hm, not sure sorry", "well I really don't know", "idk what to write here lol", "no thanks"),
        *("sorry I'm not sure about this one", "I don't have an answer yet"),
    ],
)
async def test_who_does_not_know_is_let_off_and_nothing_is_saved(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await interview.begin(asked(), nora)
    told = text_of(await interview.hear(said(words), nora))
    assert "it stays open for now" in told
    assert foundations.cells.by_key[MECHANISM].question in told
    assert (await foundations.of(nora, AT)).value(OFFERS) is None


@pytest.mark.parametrize(
    "words",
    [
        "I have to go now",
        "Sorry, a customer came. I'll be back later!",
        "Can I continue later?",
        "stop",
        "I would like to stop now",
        "That's enough for today.",
        *("ok bye", "hm, enough for today thanks", "stop pls", "leave it for now", "cancel", "thats enough for today"),
        *("not now sorry", "not right now", "no time right now", "for now thats it", "ok for now", "back in an hour"),
    ],
)
async def test_who_has_to_go_is_let_go_and_nothing_is_saved(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await interview.begin(asked(), nora)
    assert "We stop here" in text_of(await interview.hear(said(words), nora))
    assert (await foundations.of(nora, AT)).value(OFFERS) is None


@pytest.mark.parametrize(
    "words",
    [
        *("Tired, stressed, no time", "Too expensive, not now", "Thanks, come back soon!", "Lavender: good night"),
        *("Not now sorry they say", "No time right now to cook", "For now we sell soap", "Leave it for now on the skin"),
        *("Not right now, they say, it is too dear", "Come back another time, they say"),
    ],
)
async def test_what_customers_say_and_feel_is_an_answer_also_where_it_ends_like_a_goodbye(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said(words), nora)
    assert (await foundations.of(nora, AT)).value(OFFERS) == words


@pytest.mark.parametrize(
    "words",
    [
        *("no wait, not forged, they are bought", "Sorry, I meant rye", "go back", "Wrong."),
        *("no wait, rakes", "Wait, no… hand-made garden rakes.", "oops", "Sorry", "Oops, sorry!"),
        *("oops i meant 3 days drying", "i mean 3 days", "wait, 3 days drying", "*3 days", "oh no, 3 days i meant"),
        *("oh wait thats wrong, i meant 15 to 55 euro", "sorry its 15 not 18", "no thats wrong its 15", "oops 15 not 18"),
        *("change that to 3 days", "can i change the last one?", "go back one", "wrong, change that"),
        *("sorry the last one was wrong, that was how it works", "oops that was for the last question", "Sorry, wrong question!"),
        *("that was meant for the previous question, sorry", "I want to change my answer"),
        *("sorry, 49 euro each", "sorry 49", "Sorry, i meant 49", "oops, 49 each", "sorry, it's €49 for the kit"),
    ],
)
async def test_a_change_of_the_last_answer_is_no_answer_to_the_next_question(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await interview.begin(asked(), nora)
    first = "Sourdough starters that are forged in rye, with a booklet of the first ten days"
    await interview.hear(said(first), nora)
    before = await foundations.of(nora, AT)
    told = text_of(await interview.hear(said(words), nora))
    assert "a change of your last answer" in told
    assert "Change that answer" in told
    assert (await foundations.of(nora, AT)).version == before.version


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Not sure yet, maybe gifts",
            "Example boxes for florists",
            "I don't get up before nine",
            "So soft that it needs no cream",
        ),
        *("Well water and lye, nothing else", "Thank you cards", "Thank-you notes for weddings", "Candles, thanks"),
        *("Okra pickles", "Actually useful gifts", "I don't follow trends", "No idea what to give her"),
        *(
            "Sorry cards and get well cards",
            "What you see is what you get",
            "Please no more plastic",
            "They don't know what is in it",
        ),
        *(
            "Right angles for picture frames",
            "I don't get orders from abroad",
            "Nothing yet works for her skin",
            "Hey Jude prints",
        ),
        *("Explain the dose in words", "Thanks to my grandmother's recipe", "Lost in the post", "So what if it is dear"),
        *(
            "We ask why people buy candles",
            "Why it matters: clean water",
            "why we bake",
            "5 years",
            "12 jars",
        ),
        *("I need help with fermenting", "Back to basics soap"),
    ],
)
async def test_what_begins_or_ends_like_small_talk_is_an_answer_where_it_says_more(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said(words), nora)
    assert (await foundations.of(nora, AT)).value(OFFERS) == words


@pytest.mark.parametrize(
    "words",
    [
        *("No wait, no fuss: we ship the same day, Wrong size or not", "No wait, same day", "Wait times are too long"),
        *("No wait, the rake is on your doorstep tomorrow", "No waiting, rakes in stock"),
        *("Sorry seems to be what we say most", "Sorry, too expensive for what it is", "Oops moments at children's parties"),
        *("back to basics soap", "Go back to nature", "The last one was wrong for my skin", "Change it up every season"),
        *(
            "Fix it kits for bikes, for parents",
            "That was for the last 20 years my trade",
            "They go back to the last shop they knew",
        ),
        *(
            "No, the last one broke",
            "Undo the damage of winter",
            "Sorry the last one was sold out",
            "I go back to my mother's kitchen",
        ),
        *("Where am I going wrong with my loaf, they ask", "Ok cooks who want more", "I don't understand why mine never rises"),
    ],
)
async def test_an_answer_may_begin_like_a_change_of_the_last(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said("Sourdough starters that are forged in rye, with a booklet of the first ten days"), nora)
    await interview.hear(said(words), nora)
    assert (await foundations.of(nora, AT)).value(MECHANISM) == words


async def test_a_slip_is_put_right_by_its_form_also_after_a_skip_or_once_it_is_taken_up_again(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    saved = await interview.hear(said("A spring press keeps the leaves under the brine"), nora)
    change = Call("foundation edit", {"cell": foundations.cells.by_key[OFFERS].title})
    assert pressed(saved)[0] == change, "the card itself has a way back"
    await interview.hear(said("skip"), nora)
    skipped = await interview.hear(said("wrong, change that"), nora)
    assert pressed(skipped)[0] == change
    await interview.leave(nora, AT)
    await interview.begin(asked(), nora)
    resumed = await interview.hear(said("sorry the last one was wrong, that was how it works"), nora)
    assert pressed(resumed)[0] == change
    assert "[Skip]" in text_of(resumed), "and a question is still open"
    assert "Saved under" in text_of(await interview.hear(said("Each jar is pressed by hand, twice"), nora))
    assert "Each jar is pressed by hand, twice" in (await foundations.of(nora, AT)).company_context.values()


@pytest.mark.parametrize("words", ["5", "#3", "2.", " 12 "])
async def test_a_number_that_no_button_has_is_asked_about_and_not_saved(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await interview.begin(asked(), nora)
    again = await interview.hear(said(words), nora)
    assert f"“{words.strip()}” alone tells me too little" in text_of(again)
    assert foundations.cells.by_key[OFFERS].question in text_of(again)
    assert Call("foundation skip") in pressed(again)
    assert (await foundations.of(nora, AT)).value(OFFERS) is None


async def test_a_number_below_a_question_that_asks_for_one_is_its_answer(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said("Starter kits"), nora)
    assert "what does it cost" in foundations.cells.by_key[OFFERS].dig
    await interview.hear(said("59"), nora)
    assert (await foundations.of(nora, AT)).value(OFFERS) == "Starter kits\n59"


async def test_a_question_of_days_ago_takes_no_words_that_are_meant_for_somebody_else(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    late = replace(said("sorry, I was ill"), at=AT + timedelta(days=3))
    assert await interview.hear(late, nora) is None
    assert await interview.hear(said("Rye starters"), nora) is None, "it is over"
    assert (await foundations.of(nora, AT)).value(OFFERS) is None


@pytest.mark.parametrize(
    "words",
    [
        *(
            "what does main promise mean",
            "what does the mechanism mean here",
            "help",
            "Help me.",
            "what do you mean?",
            "an example",
            "what do you mean",
            "can you give me an example",
        ),
        *(
            "Please give me an example",
            "can you explain please",
            "i don’t understand",
            "I don't get the question.",
            "sorry, what do you mean",
        ),
        *("hmm not sure what you mean by that", "give me an example pls", "what do you mean pls", "i dont get this one"),
        *("ok so what do you mean by mechanism", "no idea what you mean tbh", "sorry, I'm a bit confused by this", "example pls"),
        *(
            "why do you ask that",
            "why do you need this",
            "Why",
            "what for",
            "sorry but why do you need to know that",
            "why u asking",
        ),
        *("what should i write", "What should I put here please", "how should I answer this", "what am i supposed to write"),
        *("what kind of answer do you want", "can you help me with this one", "I need help", "what is this for"),
        *("what do you mean by that? give me an example", "Hm. What is this for? Can you explain?", "i dont get it. example pls"),
    ],
)
async def test_who_asks_is_told_what_is_meant_and_nothing_is_saved(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await interview.begin(asked(), nora)
    assert "For example" in text_of(await interview.hear(said(words), nora))
    assert (await foundations.of(nora, AT)).value(OFFERS) is None


@pytest.mark.parametrize("words", ["Hm. Soap with a story", "Huh? They love the smell.", "Why. Why not."])
async def test_what_asks_back_in_one_sentence_alone_is_an_answer(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said(words), nora)
    assert (await foundations.of(nora, AT)).value(OFFERS) == words


@pytest.mark.parametrize(
    ("words", "told"),
    [
        *((each, "I saved nothing of that") for each in ("ok", "Hm", "hmm…", "Okay, let me think.", "oops", "?!…")),
        *(
            (each, "I saved nothing of that")
            for each in ("thx hanna", "ok thanks", "Thank you so much, Hanna!", "well… ok", "Hello")
        ),
        *((each, "You are in the interview of your Foundation") for each in ("where am i", "Where are we?")),
    ],
)
async def test_who_says_nothing_or_is_lost_is_asked_once_more_and_nothing_is_saved(
    interview: Interview, foundations: Foundations, nora: Person, words: str, told: str
) -> None:
    await interview.begin(asked(), nora)
    shown = text_of(await interview.hear(said(words), nora))
    assert told in shown
    assert foundations.cells.by_key[OFFERS].question in shown
    assert (await foundations.of(nora, AT)).value(OFFERS) is None
    await interview.hear(said("Starter kits"), nora)
    assert foundations.cells.by_key[OFFERS].dig in text_of(await interview.hear(said("ok"), nora)), "what was asked last"


async def test_who_changes_what_they_wrote_changes_the_cell_of_their_last_answer(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    def reworded(of: Said, text: str) -> Reworded:
        return Reworded(id=new_id("evt"), actor=actor(), address=ADDRESS, at=AT, of=of.id, text=text)

    async def offers() -> object:
        return (await foundations.of(nora, AT)).value(OFFERS)

    await interview.begin(asked(), nora)
    first, deeper, further = said("Startr kits"), said("59 each"), said("A spring press keeps it under the brine")
    await interview.hear(first, nora)
    await interview.reworded(reworded(first, "Starter kits"), nora)
    assert await offers() == "Starter kits"
    await interview.hear(deeper, nora)
    await interview.reworded(reworded(deeper, "€59 each"), nora)
    assert await offers() == "Starter kits\n€59 each"
    assert "Saved under" in text_of(await interview.hear(further, nora)), "the next answer is not held up by it"
    await interview.reworded(reworded(first, "Too late"), nora)
    assert await offers() == "Starter kits\n€59 each"


async def test_a_command_in_between_ends_it_so_that_nothing_else_is_taken_for_an_answer(
    interview: Interview, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    progress = Asked(id=new_id("evt"), actor=actor(), address=ADDRESS, at=AT, command="progress")
    await interview.passed_by(replace(progress, command="person not"), nora)
    assert await interview.hear(said("skip"), nora) is not None, "so it is said whose answer some words are"
    await interview.passed_by(progress, nora)
    assert await interview.hear(said("How do I write a hook"), nora) is None


async def test_words_to_an_agent_and_words_elsewhere_are_not_answers(interview: Interview, nora: Person) -> None:
    await interview.begin(asked(), nora)
    assert await interview.hear(said("@Teacher what do you mean"), nora) is None
    assert await interview.hear(replace(said("A starter kit at €59"), direct=False), nora) is None
    on_slack = replace(said("A starter kit at €59"), actor=Actor(Platform.SLACK, "T1", "nora", "Nora"))
    assert await interview.hear(on_slack, nora) is None


async def test_every_thread_of_a_direct_conversation_is_the_one_place(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    threads = [replace(ADDRESS, channel="D1", thread=thread) for thread in ("1.1", "2.2")]
    second = text_of(await interview.hear(said("A starter kit at €59 and more", threads[0]), nora))
    assert foundations.cells.by_key[MECHANISM].question in second
    assert "Saved under" in text_of(await interview.hear(said("A spring press keeps it under", threads[1]), nora))


async def test_asked_for_among_others_it_goes_on_in_direct_messages(
    interview: Interview, foundations: Foundations, outbox: OutboxRecord, nora: Person
) -> None:
    question = foundations.cells.by_key[OFFERS].question
    answer = await interview.begin(asked(direct=False), nora)
    assert isinstance(answer, Message)
    assert answer.private
    assert "direct messages" in plain(answer)
    assert question not in plain(answer)
    [letter] = await outbox.claim("one", AT, LEASE, 5)
    assert letter.address == actor().direct
    assert question in plain(letter.read())
    assert await interview.hear(replace(said("A starter kit at €59"), direct=False), nora) is None
    assert "Saved under" in text_of(await interview.hear(said("A starter kit at €59 and more"), nora))


async def test_a_question_back_is_explained_and_not_saved(interview: Interview, foundations: Foundations, nora: Person) -> None:
    await interview.begin(asked(), nora)
    explained = text_of(await interview.hear(said("What do you mean by that?"), nora))
    assert foundations.cells.by_key[OFFERS].meaning in explained
    assert (await foundations.of(nora, AT)).value(OFFERS) is None


async def test_an_answer_that_cannot_be_read_is_explained_and_asked_again(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await foundations.save(nora, {cell.key: "x y z w v" for cell in foundations.cells.grids[0].cells}, AT)
    await interview.begin(asked(), nora)
    answer = text_of(await interview.hear(said("Jar lids; Jar lids"), nora))
    assert "“Jar lids” stands there twice" in answer
    assert foundations.cells.by_key["marketAwareness.competitors.name"].question in answer


async def test_when_every_cell_is_filled_it_says_so_and_what_is_next(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    for cell in foundations.cells.in_order:
        await foundations.save(nora, {cell.key: "Lids: leak" if cell.kind == "pairs" else "a b c d e"}, AT)
    assert "Every cell of your Foundation is filled" in text_of(await interview.begin(asked(), nora))
