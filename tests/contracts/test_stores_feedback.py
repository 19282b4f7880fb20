"""What people say of answers and runs, the same on both databases."""

from __future__ import annotations

from core.chat.model import Conversation, ParticipantMessage, participant_id, place
from core.feedback.model import Rating
from core.ids import new_id
from core.people.model import Person
from core.playbook.model import Execution
from core.request import Address, Platform
from persistence.conversations import ConversationsRecord
from persistence.documents import Database
from persistence.feedback import FeedbackRecord
from persistence.runs import ExecutionRecord
from tests.contracts.strict import Strict
from tests.students import HOUR, NOON, OMAR, SLACK, met

HELPED = Rating(helped=True, at=NOON)
DID_NOT = Rating(helped=False, reason="Too long.", at=NOON + HOUR)


async def answered(database: Database, person: Person) -> tuple[ParticipantMessage, ParticipantMessage]:
    """A question of the person's, and the answer to it."""
    chat = ConversationsRecord(database)
    made = Conversation(
        id=new_id("cnv"),
        title="Jars",
        created_by=person.user_id,
        last_message_time=NOON,
        organization_id=person.organization_id,
        **place(Address(Platform.SLACK, "T1", "C1")),
    )
    await chat.open(person, made)

    async def say(kind: str, member: str, number: int) -> ParticipantMessage:
        return await chat.say(
            person,
            ParticipantMessage(
                id=new_id("msg"),
                conversation_id=made.id,
                organization_id=person.organization_id,
                content="words",
                created_at=NOON,
                number=number,
                author_participant_id=participant_id(made.id, "agent" if kind == "agent" else "user", member),
                author_kind="agent" if kind == "agent" else "user",
                user_id=person.user_id,
            ),
        )

    return await say("user", person.user_id, 1), await say("agent", "agt_sage", 2)


async def test_an_answer_is_rated_by_who_asked_and_the_last_word_counts(strict: Strict) -> None:
    store, nora, omar = FeedbackRecord(strict), await met(strict, SLACK), await met(strict, OMAR)
    question, answer = await answered(strict, nora)
    assert await store.rate(nora, answer.id, HELPED)
    assert await store.rate(nora, answer.id, DID_NOT)
    assert not await store.rate(omar, answer.id, HELPED)
    assert not await store.rate(nora, question.id, HELPED), "a question is no answer"
    kept = {each.number: each for each in await ConversationsRecord(strict).recent(nora, answer.conversation_id, 5)}
    assert kept[2] == answer.model_copy(update={"feedback": DID_NOT})


async def test_a_run_is_rated_by_whose_it_is(strict: Strict) -> None:
    store, runs, nora, omar = FeedbackRecord(strict), ExecutionRecord(strict), await met(strict, SLACK), await met(strict, OMAR)
    run = Execution(
        id="run_1",
        user_id=nora.user_id,
        organization_id=nora.organization_id,
        prompt_code="H1",
        elevate_step="Hook",
        input_context_snapshot={},
        ai_request_timestamp=NOON,
    )
    await runs.add(nora, run)
    assert await store.rate(nora, "run_1", HELPED)
    assert not await store.rate(omar, "run_1", DID_NOT)
    assert not await store.rate(nora, "run_2", DID_NOT)
    assert await runs.find(nora, "run_1") == run.model_copy(update={"feedback": HELPED})
