"""Calls leave in the order of their chat, each until Telegram took it."""

from collections.abc import Mapping

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.records import (
    AlreadyDone,
    Call,
    CallRole,
    FileKind,
    JsonValue,
    StoredPicture,
    UploadedFile,
)
from storage.tables import outbox
from tests.storage.rows import plain_engine
from tests.storage.samples import BUDI, LATER, NOW, SITI, edit, message, session


def put(database: Database, *calls: Call, chat_id: int = SITI, update_id: int | None = None) -> None:
    database.write_now(lambda kept: kept.outbox.put(chat_id, calls, NOW, update_id))


def drain(database: Database, chat_id: int = SITI) -> list[JsonValue]:
    """Send everything that waits for a chat and return the texts in their order."""
    texts: list[JsonValue] = []
    while heads := [
        row for row in database.read_now(lambda kept: kept.outbox.heads(LATER, 100)) if row.chat_id == chat_id
    ]:
        (row,) = heads
        texts.append(row.call.params["text"])
        send(database, row.id)
    return texts


def send(database: Database, row_id: int) -> None:
    database.write_now(lambda kept: kept.outbox.sent(row_id, LATER))


def head_id(database: Database) -> int:
    (row,) = database.read_now(lambda kept: kept.outbox.heads(LATER, 100))
    return row.id


def test_a_call_comes_back_as_it_was_put(database: Database) -> None:
    """Method, parameters, role and pictures survive."""
    call = Call(
        "sendPhoto", {"caption": "Peta 🗺", "nested": {"a": [1, None]}}, CallRole.PICTURES, ("d1", "d2")
    )

    put(database, call)

    (row,) = database.read_now(lambda kept: kept.outbox.heads(NOW, 10))
    assert row.call == call
    assert (row.chat_id, row.attempts, row.created) == (SITI, 0, NOW)


def test_calls_of_a_chat_keep_their_order(database: Database) -> None:
    """Only the oldest call of a chat is a head; the next one is after it was sent."""
    put(database, message("1"), message("2"))
    put(database, message("3"))

    assert drain(database) == ["1", "2", "3"]


def test_every_chat_has_a_head(database: Database) -> None:
    """A chat with many calls doesn't keep another waiting."""
    put(database, *(message(str(number)) for number in range(5)))
    put(database, message("Budi's"), chat_id=BUDI)

    heads = database.read_now(lambda kept: kept.outbox.heads(NOW, 2))

    assert [(row.chat_id, row.call.params["text"]) for row in heads] == [(SITI, "0"), (BUDI, "Budi's")]


def test_heads_are_limited(database: Database) -> None:
    """No more calls come at once than asked for, the longest waiting first."""
    put(database, message(), chat_id=BUDI)
    put(database, message())

    heads = database.read_now(lambda kept: kept.outbox.heads(NOW, 1))

    assert [row.chat_id for row in heads] == [BUDI]


def test_a_call_to_be_tried_later_holds_its_chat_back(database: Database) -> None:
    """While a chat waits out a refusal nothing overtakes in it; other chats go on."""
    put(database, message("first"), message("second"))
    put(database, message("Budi's"), chat_id=BUDI)
    siti = database.read_now(lambda kept: kept.outbox.heads(NOW, 10))[0]

    database.write_now(lambda kept: kept.outbox.again(siti.id, LATER, "429"))

    assert [row.chat_id for row in database.read_now(lambda kept: kept.outbox.heads(NOW, 10))] == [BUDI]
    due = database.read_now(lambda kept: kept.outbox.heads(LATER, 10))
    assert [(row.call.params["text"], row.attempts) for row in due] == [("first", 1), ("Budi's", 0)]


def test_a_parked_call_lets_the_next_one_go(database: Database) -> None:
    """What Telegram refuses for good doesn't stop its chat."""
    put(database, message("too long"), message("fine"))

    refused = head_id(database)
    database.write_now(lambda kept: kept.outbox.park(refused, "400", NOW))

    assert drain(database) == ["fine"]


def test_calls_of_a_wish_are_set_aside_together(database: Database) -> None:
    """Only what waits, of this chat and with an equal wish; their pictures are named in order."""
    parts = [picture_of({"a": [1], "b": 2}, "d1", "d2"), picture_of({"b": 2, "a": [1]}, "d3")]
    put(database, *parts, picture_of({"a": [2]}, "d4"), message("fine"))
    put(database, *parts, chat_id=BUDI)

    parked = database.write_now(lambda kept: kept.outbox.park_wish(SITI, {"a": [1], "b": 2}, "lost", NOW))

    assert parked == ("d1", "d2", "d3")
    assert database.read_now(lambda kept: (kept.outbox.waiting(SITI), kept.outbox.waiting(BUDI))) == (2, 2)


def picture_of(wish: Mapping[str, JsonValue], *digests: str) -> Call:
    return Call("sendPhoto", {}, CallRole.PICTURES, digests, wish)


def test_an_update_queues_its_calls_once(database: Database) -> None:
    """A second run of the same update can't say everything twice."""
    put(database, message("1"), message("2"), update_id=7)

    with pytest.raises(AlreadyDone):
        put(database, message("again"), update_id=7)

    assert drain(database) == ["1", "2"]


def test_an_update_may_speak_to_two_chats(database: Database) -> None:
    """Feedback goes to the operator, its thanks to the owner."""
    put(database, message("thanks"), update_id=7)
    put(database, message("feedback"), chat_id=BUDI, update_id=7)

    assert database.read_now(lambda kept: kept.outbox.count()) == 2


def test_jobs_queue_as_often_as_they_like(database: Database) -> None:
    """Calls without an update have no number to be unique by."""
    put(database, message("1"))
    put(database, message("2"))

    assert drain(database) == ["1", "2"]


def test_a_newer_edit_of_the_question_supersedes_waiting_ones(database: Database) -> None:
    """Edits directly before it are never sent; those before another message are."""
    put(database, edit("old"), message("saved"), edit("newer"))

    put(database, edit("newest"), edit("very newest"))

    assert drain(database) == ["old", "saved", "very newest"]


def test_an_edit_supersedes_nothing_of_another_chat(database: Database) -> None:
    """Each chat has its own question."""
    put(database, edit("Siti's"))

    put(database, edit("Budi's"), chat_id=BUDI)

    assert drain(database) == ["Siti's"]
    assert drain(database, BUDI) == ["Budi's"]


def test_an_edit_superseded_under_way_may_still_be_sent(database: Database) -> None:
    """The sender's answer for a call that a newer one superseded meanwhile changes nothing else."""
    put(database, edit("old"))
    under_way = head_id(database)
    put(database, edit("new"))

    database.write_now(lambda kept: kept.outbox.sent(under_way, NOW, [5]))

    assert drain(database) == ["new"]


def test_the_trouble_of_a_superseded_edit_is_forgotten(database: Database) -> None:
    """A failed try of a superseded call neither revives nor parks it."""
    put(database, edit("old"))
    under_way = head_id(database)
    put(database, edit("new"))

    database.write_now(lambda kept: kept.outbox.again(under_way, LATER, "timeout"))
    database.write_now(lambda kept: kept.outbox.park(under_way, "400", LATER))

    assert drain(database) == ["new"]


def test_a_sent_question_becomes_the_current_one(database: Database) -> None:
    """The message that shows the question is known for later edits; of several, the last has the buttons."""
    database.write_now(lambda kept: kept.owners.save(SITI, session(), expected=None, now=NOW))
    put(database, message("Siapa?", CallRole.QUESTION))
    question = head_id(database)

    database.write_now(lambda kept: kept.outbox.sent(question, NOW, [70, 71]))

    owner = database.read_now(lambda kept: kept.owners.load(SITI))
    assert owner is not None
    assert owner.question_message_id == 71


def test_a_question_that_was_refused_is_missing_until_one_arrives(database: Database) -> None:
    """What else is sent or refused makes no difference, nor does another chat."""

    def lost(chat_id: int = SITI) -> bool:
        return database.read_now(lambda kept: kept.outbox.lost_question(chat_id))

    put(database, message(role=CallRole.QUESTION), message())
    assert not lost()
    question = head_id(database)
    database.write_now(lambda kept: kept.outbox.park(question, "blocked", NOW))
    assert lost()
    assert not lost(BUDI)
    send(database, head_id(database))
    assert lost()

    put(database, edit("Lagi"))
    put(database, edit("Baru"))
    assert not lost()
    send(database, head_id(database))
    assert not lost()


def test_another_sent_message_leaves_the_question_alone(database: Database) -> None:
    """Only a question is the question."""
    database.write_now(lambda kept: kept.owners.save(SITI, session(), expected=None, now=NOW))
    put(database, message("Tersimpan"))
    row_id = head_id(database)

    database.write_now(lambda kept: kept.outbox.sent(row_id, NOW, [70]))

    owner = database.read_now(lambda kept: kept.owners.load(SITI))
    assert owner is not None
    assert owner.question_message_id is None


def test_the_file_ids_of_sent_pictures_are_kept(database: Database) -> None:
    """What Telegram has is not uploaded again."""
    kind = FileKind.PHOTO
    database.write_now(lambda kept: kept.pictures.keep("d1", "peta.png", b"png", kind, NOW))
    put(database, Call("sendPhoto", {}, CallRole.PICTURES, ("d1",)))
    row_id = head_id(database)

    database.write_now(lambda kept: kept.outbox.sent(row_id, NOW, [70], [UploadedFile("d1", kind, "f-1")]))

    picture = database.read_now(lambda kept: kept.pictures.get("d1"))
    assert picture == StoredPicture("d1", "peta.png", photo_id="f-1")


@pytest.mark.parametrize("outcome", ["sent", "parked"])
def test_a_call_knows_what_draws_its_pictures_anew_until_it_is_dealt_with(
    database: Database, url: str, outcome: str
) -> None:
    """The map in it is the owner's; afterwards it is forgotten."""
    put(database, Call("sendPhoto", {}, CallRole.PICTURES, ("d1",), {"map": {"title": "Kopi"}}))
    (row,) = database.read_now(lambda kept: kept.outbox.heads(NOW, 1))
    assert row.call.redraw == {"map": {"title": "Kopi"}}

    if outcome == "sent":
        database.write_now(lambda kept: kept.outbox.sent(row.id, NOW))
    else:
        database.write_now(lambda kept: kept.outbox.park(row.id, "400", NOW))

    engine = plain_engine(url)
    with engine.connect() as connection:
        assert connection.execute(select(outbox.c.redraw)).scalars().all() == [None]
    engine.dispose()


def test_the_outbox_counts_what_waits(database: Database) -> None:
    """Health reads the length of the queue and the age of its oldest call."""
    assert database.read_now(lambda kept: kept.outbox.oldest()) is None
    put(database, message(), message())
    put(database, message(), chat_id=BUDI)

    counts = database.read_now(lambda kept: (kept.outbox.count(), kept.outbox.waiting(SITI)))

    assert counts == (3, 2)
    assert database.read_now(lambda kept: kept.outbox.oldest()) == NOW


def test_pruning_forgets_only_calls_dealt_with_long_ago(database: Database) -> None:
    """What waits is never pruned."""
    put(database, message("sent"), message("parked"), message("waits"))
    for_good = head_id(database)
    database.write_now(lambda kept: kept.outbox.sent(for_good, NOW))
    refused = head_id(database)
    database.write_now(lambda kept: kept.outbox.park(refused, "400", NOW))

    too_early = database.write_now(lambda kept: kept.outbox.prune(before=NOW))
    in_time = database.write_now(lambda kept: kept.outbox.prune(before=LATER))

    assert (too_early, in_time) == (0, 2)
    assert drain(database) == ["waits"]
