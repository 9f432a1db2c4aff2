"""Evidence goes out as what it came in as, and a kind line says what is gone."""

import pytest
from telegram import Bot

from bot.evidence import METHODS, evidence_calls
from bot.refusals import INSTEAD
from conversations.attachments import EvidenceKind
from journey.model import Language
from locales.catalog import load_catalogs
from sandbox.server import SandboxServer
from storage.records import CallRole, EvidenceRow
from tests.bot.faketime import START, FakeTime
from tests.bot.flaky import FlakyDatabase
from tests.bot.post import OWNER, Post

CATALOG = load_catalogs()[Language.ID]


@pytest.fixture
def post(server: SandboxServer, telegram: Bot, database: FlakyDatabase) -> Post:
    server.person(OWNER)
    return Post(telegram, database, FakeTime())


def row(kind: EvidenceKind, file_id: str = "AgAC", caption: str = "Penyok <b>") -> EvidenceRow:
    return EvidenceRow("e-1", OWNER, "m", kind, file_id, caption, START)


@pytest.mark.parametrize("kind", METHODS)
def test_a_file_is_sent_as_its_kind(kind: EvidenceKind) -> None:
    """By its id, with its words as they are; a round video has none."""
    (call,) = evidence_calls((row(kind),), OWNER, CATALOG)

    assert (call.method, call.role, call.params[kind.value]) == (METHODS[kind], CallRole.EVIDENCE, "AgAC")
    assert call.params.get("caption") == (None if kind is EvidenceKind.VIDEO_NOTE else "Penyok <b>")
    assert "parse_mode" not in call.params


def test_every_kind_can_be_sent() -> None:
    """Mere words are a message."""
    assert set(METHODS) == set(EvidenceKind) - {EvidenceKind.WORDS}


def test_words_are_quoted() -> None:
    """As words, whatever they look like."""
    (call,) = evidence_calls((row(EvidenceKind.WORDS, "", "Lama <b>banget</b>"),), OWNER, CATALOG)

    assert call.method == "sendMessage"
    assert "<blockquote>Lama &lt;b&gt;banget&lt;/b&gt;</blockquote>" in str(call.params["text"])


def test_what_was_erased_is_spoken_of_by_its_number() -> None:
    """After a step back an entry can name what is no more."""
    rows = (row(EvidenceKind.PHOTO), None)

    _, gone = evidence_calls(rows, OWNER, CATALOG)

    assert gone.params["text"] == CATALOG.html("evidence.gone", number=2)


async def test_a_file_that_telegram_lost_is_told_in_its_place(post: Post, server: SandboxServer) -> None:
    """The call is made once; its refusal becomes a line, and what follows comes after it."""
    (call,) = evidence_calls((row(EvidenceKind.PHOTO, "AgAC-gone"),), OWNER, CATALOG)
    await post.knows()
    await post.put(call, *evidence_calls((row(EvidenceKind.WORDS, ""),), OWNER, CATALOG))

    async with post.running():
        await post.sender.idle()

    told, quoted = [message.text for message in server.people[OWNER].messages]
    assert told == CATALOG.html("evidence.lost", number=1)
    assert "Penyok" in quoted
    assert post.parked == []


async def test_what_would_be_said_instead_is_never_sent(post: Post, server: SandboxServer) -> None:
    """Telegram sees the documented parameters only."""
    person = server.people[OWNER]
    person.sends_photo()
    photo = person.messages[0].photo
    assert photo is not None
    await post.knows()
    await post.put(*evidence_calls((row(EvidenceKind.PHOTO, photo.file_id),), OWNER, CATALOG))

    async with post.running():
        await post.sender.idle()

    assert person.messages[-1].photo == photo
    assert INSTEAD not in str(server.calls)
