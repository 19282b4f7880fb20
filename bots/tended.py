"""What looking after a cohort is built of: the members' list, what students open to their coaches, and who coaches."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bots.sheets import OwnProcess
from core.assets.service import Assets
from core.board.posting import BoardPosts
from core.board.service import Boards
from core.chat.caring import Care
from core.chat.loose import LooseTalk
from core.chat.shortly import Shortly
from core.cockpit.service import Cockpit
from core.cohort.arriving import Arrivals
from core.cohort.expected import Expected
from core.cohort.ports import Erased, Rosters
from core.cohort.service import Cohorts
from core.cohort.typed_codes import TypedCodes
from core.commitments.next_thing import note
from core.commitments.service import Commitments
from core.community.carrying import Carrying
from core.community.questions import Questions
from core.community.service import Announcements
from core.course.modules import Course
from core.course.service import Progress
from core.digest.service import Digests
from core.exchanges.addressees import Addressees
from core.exchanges.hearing import Replies, Wishes
from core.exchanges.panel import APerson
from core.exchanges.postponed import Postponed
from core.exchanges.rewording import Rewording
from core.exchanges.service import Exchanges
from core.exchanges.suggesting import Suggestions
from core.exchanges.unanswered import Unanswered
from core.exchanges.who_waits import WhoWaits
from core.foundation.service import Foundations
from core.home.ports import Panel
from core.jobs import JobStore
from core.kpis.service import Snapshots
from core.members.beside import Meanwhile
from core.members.panel import YourStudents
from core.members.rolling import Rolling, Touched
from core.members.service import Members
from core.nudges.hearing import Coaching
from core.nudges.offers import FIND_A_PARTNER, NOTE_IT, OfferTaken
from core.nudges.ports import Learners
from core.nudges.results import Outcomes
from core.nudges.service import Reminders
from core.openness.service import Openness
from core.openness.sights import Sights
from core.outbox import Outbox
from core.pairs.commands import find
from core.pairs.service import Pairs
from core.people.service import People
from core.ports import FormDrafts, Listener
from core.register.hearing import ListSent
from core.register.inviting import Inviting
from core.register.ports import SentFiles
from core.register.service import Register
from core.staff.service import Staff
from persistence.announcements import AnnouncementRecord
from persistence.boards import BoardRecord
from persistence.cohorts import CohortRecord
from persistence.conversations import ConversationsRecord
from persistence.deeds import DeedRecord
from persistence.documents import Database
from persistence.efforts import EffortRecord
from persistence.exchanges import ExchangeRecord
from persistence.invitations import InvitationRecord
from persistence.looks import LookRecord
from persistence.members import MemberRecord
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.outbox import OutboxRecord
from persistence.pairs import PairRecord
from persistence.people import PeopleRecord
from persistence.questions import QuestionRecord
from persistence.run_counts import RunCountRecord


@dataclass(frozen=True, slots=True)
class Tending:
    """What it is built of. `touched` notes of whom something was written in `database`, and not what is in `unseen`."""

    database: Database
    unseen: Database
    people: People
    cohorts: Cohorts
    learners: Learners
    touched: Touched
    outbox: Outbox
    reminders: Reminders
    progress: Progress
    commitments: Commitments
    drafts: FormDrafts
    sent: SentFiles
    rosters: Rosters
    jobs: JobStore
    erased: Erased


@dataclass(frozen=True, slots=True)
class Tended:
    """The services that handlers ask for, what hears direct messages, two cards of the home page, and what comes with time."""

    services: tuple[object, ...]
    exchanges: Exchanges
    rewording: Rewording
    loose: LooseTalk
    addressees: Addressees
    listeners: tuple[Listener, ...]
    panel: Panel
    students: YourStudents
    ticks: Mapping[str, Callable[[datetime], Awaitable[object]]]
    arrivals: Arrivals


def tended(given: Tending, foundations: Foundations, snapshots: Snapshots, assets: Assets, course: Course) -> Tended:
    """The services of coaches."""
    database, people = given.database, PeopleRecord(given.database)
    wishes, listed, letters = NudgePreferencesRecord(database), MemberRecord(given.unseen), OutboxRecord(database)
    openness, talks = Openness(LookRecord(database), given.people), ConversationsRecord(database)
    postponed = Postponed(given.commitments, openness)
    exchanges = Exchanges(ExchangeRecord(database), given.people, given.outbox, Shortly(talks), given.reminders, postponed)
    unanswered = Unanswered(ExchangeRecord(database), given.people, given.outbox)
    members, tallied = Members(listed, given.cohorts, WhoWaits(ExchangeRecord(database))), BoardRecord(given.unseen)
    meanwhile, announced = Meanwhile(members, given.cohorts, given.people), AnnouncementRecord(database)
    arrivals, expected = _arriving(given), Expected(given.people, given.cohorts)
    digests = Digests(members, meanwhile, given.cohorts, exchanges, given.people, given.outbox, openness, expected=expected)
    pairs = Pairs(PairRecord(database), given.people, given.cohorts, given.progress, given.commitments, given.outbox)
    carrying = Carrying(announced, given.people, given.cohorts, wishes, given.outbox)
    questions = Questions(QuestionRecord(database), given.cohorts, course, given.outbox)
    boards = Boards(tallied, DeedRecord(given.unseen), given.cohorts)
    posts = BoardPosts(tallied, boards, given.cohorts, given.outbox)
    register = Register(members, given.cohorts, given.people, openness, foundations, snapshots, assets)
    inviting = Inviting(given.people, given.cohorts, given.drafts, OwnProcess(), given.sent, given.rosters)
    services = (
        inviting,
        arrivals,
        expected,
        Cockpit(given.cohorts, members, exchanges, expected, meanwhile, given.people),
        register,
        Announcements(announced, given.cohorts, carrying),
        questions,
        boards,
        posts,
        pairs,
        given.cohorts,
        Care(talks, people, given.outbox),
        exchanges,
        Suggestions(exchanges, given.commitments, foundations, openness),
        digests,
        members,
        Outcomes(NudgeRecord(database), wishes),
        openness,
        Sights(openness, foundations, snapshots, assets),
        Staff(given.people, given.outbox),
    )
    ticks = {"members": _rolling(given, listed, boards).tick, "exchanges": unanswered.tick, "digests": digests.tick}
    ticks |= {"announcements": carrying.tick, "questions": questions.tick, "boards": posts.tick, "pairs": pairs.tick}
    coaches = Coaching(given.reminders, given.people, CohortRecord(database))
    loose, addressees = LooseTalk(talks), Addressees(exchanges, given.people, letters, announced.writer, foundations.cells)
    yours, replies = YourStudents(members, given.cohorts, expected, meanwhile), Replies(exchanges, given.people, letters, loose)
    offers = _offers(given, pairs, letters)
    listeners = (coaches, offers, ListSent(inviting), replies, Wishes(exchanges), TypedCodes(given.cohorts))
    rewording = Rewording(ExchangeRecord(database), given.people, given.outbox)
    return Tended(services, exchanges, rewording, loose, addressees, listeners, APerson(exchanges), yours, ticks, arrivals)


def _offers(given: Tending, pairs: Pairs, letters: OutboxRecord) -> OfferTaken:
    """What hears a yes to the last offer."""
    does = {NOTE_IT: partial(note, given.commitments), FIND_A_PARTNER: partial(find, pairs)}
    return OfferTaken(given.reminders.offers, letters.latest, does)


def _rolling(given: Tending, listed: MemberRecord, boards: Boards) -> Rolling:
    """What keeps the members' list, and the boards with it."""
    database = given.database
    people, wishes = PeopleRecord(database), NudgePreferencesRecord(database)
    runs, efforts = RunCountRecord(database), EffortRecord(database)
    return Rolling(listed, people, wishes, given.learners, runs, efforts, given.touched, counting=(boards,))


def _arriving(given: Tending) -> Arrivals:
    """Who comes into a cohort's channel."""
    database, people = given.database, PeopleRecord(given.database)
    return Arrivals(
        cohorts=CohortRecord(database),
        belonging=people,
        known=people,
        expecting=InvitationRecord(database),
        erased=given.erased,
        rosters=given.rosters,
        jobs=given.jobs,
        outbox=given.outbox,
    )
