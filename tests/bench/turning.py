"""A whole turn, from the stored update to the queued answer: with one map, and with all an owner can have."""

import asyncio
import itertools
import json
import sqlite3
import statistics
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from bot.content import load_content
from bot.request import build_bot
from conversations.moves import resumed
from conversations.session import Session, dump_session
from journey.document import dump_map
from journey.limits import MAPS_PER_OWNER, SHARES_PER_MAP, VERSIONS_PER_MAP
from journey.model import JourneyMap, Language, Speed, Stage, Status
from sandbox.server import Sandbox
from storage import migration
from storage.records import RawUpdate, ShareRow
from storage.transactions import Transaction
from tests.bench.measuring import Figure, Variant, interleaved
from tests.bench.storing import bare, committing
from tests.bot.faketime import START, FakeTime
from tests.bot.flaky import FlakyDatabase
from tests.bot.keeper import Keeper, keeper_of

ONE_MAP, FULL = 7, 8
"""Two owners in one database."""
TURNS = 20
"""Turns in a round, as many as there are commits in a round of the trivial thing."""
ROUNDS = 15
STEPS = ("lewati",)
LIST = ("/peta",)
COMMIT_BOUND, STEP_BOUND = 120.0, 1.5
LIST_BOUND = 15.0
"""Each of a hundred maps is read whole, to say how far it is."""


@dataclass(frozen=True, slots=True)
class _Rig:
    """A bot that takes updates from its database, driven by hand."""

    keeper: Keeper
    loop: asyncio.AbstractEventLoop
    numbers: "itertools.count[int]"

    def begins_again(self, owner_id: int) -> None:
        """Put an owner back to the first question of the map that is open."""
        self.loop.run_until_complete(self.keeper.database.write(lambda kept: _begin(kept, owner_id)))

    def says(self, owner_id: int, words: Sequence[str]) -> None:
        """Handle as many messages of an owner as a round has, those words over and over."""
        for text in itertools.islice(itertools.cycle(words), TURNS):
            self.loop.run_until_complete(self._turn(owner_id, text))

    async def _turn(self, owner_id: int, text: str) -> None:
        number = next(self.numbers)
        payload = json.dumps(_message(number, owner_id, text))
        database, now = self.keeper.database, self.keeper.time.now()
        await database.write(lambda kept: kept.inbox.add([RawUpdate(number, owner_id, payload)], now))
        row = await database.read(lambda kept: kept.inbox.next(owner_id))
        assert row is not None
        await self.keeper.turns.handle(row)
        await self.keeper.told()  # the outbox is as empty as when the sender works


def measure() -> list[Figure]:
    """Compare a step and the list of maps of both owners, and the step with a bare commit of the same map."""
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as runner:
        url = f"sqlite:///{Path(folder) / 'jejak.sqlite3'}"
        migration.upgrade(url)
        database = FlakyDatabase.open(url)
        server = Sandbox.start(token="1:BENCH")
        sandbox = runner.run(server.__aenter__())
        telegram = build_bot("1:BENCH", sandbox.url)
        runner.run(telegram.initialize())
        try:
            rig = _Rig(keeper_of(database, telegram, FakeTime()), runner.get_loop(), itertools.count(1))
            runner.run(database.write(_fill))
            with closing(bare(Path(folder) / "bare.sqlite3")) as connection:
                return _figures(rig, connection)
        finally:
            runner.run(telegram.shutdown())
            runner.run(server.__aexit__(None, None, None))
            runner.run(database.close())


def _figures(rig: _Rig, connection: sqlite3.Connection) -> list[Figure]:
    def saying(owner_id: int, words: Sequence[str]) -> Variant:
        return Variant(lambda: rig.says(owner_id, words), prepare=lambda: rig.begins_again(owner_id))

    variants = {
        "commit": Variant(committing(connection, json.dumps(dump_map(_empty("m"))))),
        "step": saying(ONE_MAP, STEPS),
        "full step": saying(FULL, STEPS),
        "list": saying(ONE_MAP, LIST),
        "full list": saying(FULL, LIST),
    }
    found = interleaved(variants, rounds=ROUNDS)
    return [
        Figure("turning.step_to_commit_cpu", found.ratio("step", "commit"), "ratio", COMMIT_BOUND),
        Figure("turning.full_step_to_step", found.ratio("full step", "step"), "ratio", STEP_BOUND),
        Figure("turning.full_list_to_list", found.ratio("full list", "list"), "ratio", LIST_BOUND),
        Figure("turning.step_ms", 1000 * statistics.median(found.seconds["step"]) / TURNS, "ms"),
    ]


def _fill(transaction: Transaction) -> None:
    """Keep an owner of one map, and one with as much as an owner can have."""
    for owner_id, count in ((ONE_MAP, 1), (FULL, MAPS_PER_OWNER)):
        for number in range(count):
            transaction.maps.save(owner_id, dump_map(_empty(f"{owner_id}.{number}")), START)
        _begin(transaction, owner_id)
    for row in transaction.maps.list(FULL):
        for number in range(1, VERSIONS_PER_MAP + 1):
            transaction.versions.keep(FULL, number, row.document, START - timedelta(days=number))
        for number in range(SHARES_PER_MAP):
            transaction.shares.add(ShareRow(f"{row.map_id}-{number}", FULL, row.map_id, None, START))


def _begin(transaction: Transaction, owner_id: int) -> None:
    journey_map = _empty(f"{owner_id}.0")
    session = resumed(Session(owner_id, Language.ID, map_id=journey_map.id), journey_map)
    row = transaction.owners.load(owner_id)
    transaction.maps.save(owner_id, dump_map(journey_map), START)
    transaction.owners.save(
        owner_id, dump_session(session), expected=row.revision if row else None, now=START
    )


def _empty(map_id: str) -> JourneyMap:
    """Return the worked example with its stages still empty: more questions than a round has turns."""
    whole = load_content().example.as_map(Language.ID, id=map_id, now=START)
    stages = tuple(Stage(stage.id, stage.name, stage.phases, stage.chip) for stage in whole.stages)
    return replace(whole, stages=stages, speed=Speed.FULL, status=Status.OPEN, finished=None)


def _message(number: int, owner_id: int, text: str) -> dict[str, object]:
    """Return an update as Telegram sends it."""
    person = {"id": owner_id, "is_bot": False, "first_name": "Sari", "language_code": "id"}
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}] if text.startswith("/") else []
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": int(START.timestamp()),
            "chat": {"id": owner_id, "type": "private", "first_name": "Sari"},
            "from": person,
            "text": text,
            "entities": entities,
        },
    }
