"""What an owner takes along is all there is of them."""

from dataclasses import replace
from datetime import timedelta

from bot.takeout import FORMAT, takeout_of
from conversations.schedule import ReminderKind, Reminding, Zone
from conversations.session import Consent, Session, dump_session
from conversations.steps import StepId
from journey.document import dump_map, read_map
from journey.model import JourneyMap, Language, Plan, PlanState
from storage.erasure import OWNER_COLUMNS
from storage.records import AnswerRow, EvidenceRow, JsonValue, ReminderRow, ShareRow
from storage.tables import metadata
from storage.transactions import Transaction
from tests.bot.faketime import START
from tests.bot.flaky import FlakyDatabase

OWNER = 7
TAKEN = {"owners", "maps", "versions", "shares", "answers", "evidence", "feedback", "reminders"}
PASSING = {
    "inbox": "what came from Telegram, blank once it was dealt with",
    "outbox": "what goes to Telegram, blank once it was sent",
    "jobs": "work to be done",
    "picture_chats": "the pictures are in the chat",
    "recipe_chats": "hashes of what was drawn",
}
"""Tables that know an owner and are no part of the file, with the reason."""


def deleted_map() -> JourneyMap:
    return JourneyMap("gone", Language.EN, START, START)


def before(journey_map: JourneyMap) -> JourneyMap:
    """Return the map as it was before its last change."""
    return replace(journey_map, title="Judul lama")


def session_of(journey_map: JourneyMap) -> Session:
    """Return where the owner stands: asked whether a map of a file shall be theirs."""
    said = Reminding(Zone.WITA).with_no(ReminderKind.ACTION)
    return Session(
        OWNER,
        Language.ID,
        side=StepId.IMPORT,
        consent=Consent("2026-11", START),
        shop=journey_map.shop,
        reminding=said,
        imported=replace(journey_map, title="Dari teman"),
    )


async def taken(database: FlakyDatabase, journey_map: JourneyMap) -> dict[str, JsonValue]:
    session, deleted = session_of(journey_map), deleted_map()

    def fill(transaction: Transaction) -> None:
        transaction.owners.save(OWNER, dump_session(session), expected=None, now=START)
        transaction.maps.save(OWNER, dump_map(before(journey_map)), START)
        transaction.maps.set_aside(journey_map.id, OWNER)
        transaction.maps.save(OWNER, dump_map(journey_map), START)
        transaction.maps.save(OWNER, dump_map(deleted), START)
        transaction.versions.keep(OWNER, 1, dump_map(deleted), START)
        transaction.shares.add(ShareRow("token", OWNER, journey_map.id, "s1", START))
        transaction.maps.delete("gone", OWNER, START + timedelta(days=30))
        transaction.answers.add([AnswerRow(OWNER, "m", "pains", "s1", ["lama"], START)])
        transaction.evidence.keep(EvidenceRow("e-1", OWNER, "gone", "photo", "AgAC", "Penyok", START))
        transaction.feedback.add(OWNER, "Bagus", START)
        transaction.reminders.put(ReminderRow(OWNER, "unfinished", "m", "", START, 1))
        transaction.reminders.put(ReminderRow(OWNER, "season", "", "lebaran", START, 0))

    await database.write(fill)

    def take(transaction: Transaction) -> dict[str, JsonValue]:
        row = transaction.owners.load(OWNER)
        assert row is not None
        return takeout_of(transaction, row, START)

    return await database.read(take)


async def test_everything_of_ones_own_is_in_the_file(database: FlakyDatabase, a_map: JourneyMap) -> None:
    """In a shape that is documented and stays as it is."""
    plan = Plan("Balas cepat", PlanState.PLANNED, START)
    journey_map = JourneyMap(
        **{**{name: getattr(a_map, name) for name in JourneyMap.__slots__}, "plans": (plan,)}
    )

    document = await taken(database, journey_map)

    since = START.isoformat()
    gone = document["deleted_maps"]
    assert document | {"deleted_maps": []} == {
        "format": FORMAT,
        "taken": since,
        "owner": OWNER,
        "first_seen": since,
        "last_seen": since,
        "language": "id",
        "consent": {"version": "2026-11", "given": since},
        "words": None,
        "reminding": {"zone": "wita", "wanted": [], "refused": ["action"]},
        "reminders": [
            {"kind": "season", "map": None, "subject": "lebaran", "due": since, "sent": 0},
            {"kind": "unfinished", "map": "m", "subject": "", "due": since, "sent": 1},
        ],
        "shop": {"business": "kopi", "name": journey_map.shop.name},
        "maps": [dump_map(journey_map)],
        "deleted_maps": [],
        "steps_back": [dump_map(before(journey_map))],
        "versions": [{"number": 1, "finished": since, "map": dump_map(deleted_map())}],
        "links": [
            {
                "token": "token",
                "map": journey_map.id,
                "stage": "s1",
                "created": since,
                "expires": None,
                "opened": 0,
            }
        ],
        "answers": [{"map": "m", "step": "pains", "stage": "s1", "value": ["lama"], "given": since}],
        "evidence": [
            {"id": "e-1", "map": "gone", "kind": "photo", "caption": "Penyok", "given": since},
        ],
        "feedback": [{"text": "Bagus", "given": since, "seen": None}],
        "place": dump_session(session_of(journey_map)),
    }
    assert isinstance(gone, list)
    assert len(gone) == 1


async def test_a_map_taken_along_is_a_map_again(database: FlakyDatabase, a_map: JourneyMap) -> None:
    """Each one can be imported as it is."""
    document = await taken(database, a_map)

    maps = document["maps"]
    assert isinstance(maps, list)
    assert [read_map(found) for found in maps] == [a_map]


def test_no_table_of_an_owner_is_forgotten() -> None:
    """A table added later goes into the file, or says here why not."""
    theirs = {name for name, table in metadata.tables.items() if {*OWNER_COLUMNS} & {*table.c.keys()}}

    assert theirs == TAKEN | set(PASSING)
