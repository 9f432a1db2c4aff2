"""The versions of maps as the interview sees them, and the picture of two of them that it asks for."""

from dataclasses import replace

from bot.wishes import Wish
from conversations.aftermath import is_under_way
from conversations.checkin_screens import NO_NEWS
from conversations.events import VersionSummary
from conversations.requests import CompareVersions, Drawing
from conversations.session import Session
from conversations.steps import StepId
from journey.document import read_stored
from journey.knowledge import Knowledge
from journey.model import JourneyMap, Language
from journey.translation import translated
from storage.transactions import Transaction

_FINISHING = {
    (StepId.REVIEW, "finish"),
    (StepId.FINISH_SURE, "anyway"),
    (StepId.CHECK_IN_NEWS, NO_NEWS),
}


def versions_of(transaction: Transaction, owner_id: int, *maps: str | None) -> tuple[VersionSummary, ...]:
    """Return the versions of an owner's maps, by map the oldest first."""
    return tuple(
        VersionSummary(map_id, row.number, row.finished)
        for map_id in dict.fromkeys(maps)
        if map_id is not None
        for row in transaction.versions.list(map_id, owner_id)
    )


def latest_of(
    transaction: Transaction, session: Session, option: str, versions: tuple[VersionSummary, ...]
) -> JourneyMap | None:
    """Return the latest version of the open map where a turn may finish it: reading one has its price."""
    own = [version.number for version in versions if version.map_id == session.map_id]
    finishes = is_under_way(session) or (session.step, option) in _FINISHING
    if not own or session.map_id is None or not finishes:
        return None
    return _version(transaction, session.owner, session.map_id, own[-1])


def comparison_wish(
    transaction: Transaction,
    owner_id: int,
    wanted: CompareVersions,
    language: Language,
    knowledge: Knowledge,
) -> Wish | None:
    """Return what is to be drawn of two versions, both said in one language; None when one is gone.

    What was carried out since the later version was finished counts, too: it makes no version of its own.
    """
    before, after = (
        _version(transaction, owner_id, wanted.map_id, number) for number in (wanted.earlier, wanted.later)
    )
    stored = transaction.maps.load(wanted.map_id, owner_id)
    if before is None or after is None or stored is None:
        return None
    after = replace(after, plans=read_stored(stored.document).plans)
    before, after = (translated(version, language, knowledge) for version in (before, after))
    return Wish(Drawing.COMPARISON, language, after, before=before)


def _version(transaction: Transaction, owner_id: int, map_id: str, number: int) -> JourneyMap | None:
    document = transaction.versions.load(map_id, owner_id, number)
    return None if document is None else read_stored(document)
