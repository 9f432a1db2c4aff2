"""What holds of versions wherever an owner goes."""

from collections.abc import Iterable

from conversations.requests import CompareVersions, KeepVersion, Request
from conversations.session import Session
from conversations.turns import Turn
from journey.compare import says_the_same
from journey.model import Status


def check_comparing(request: Request, turn: Turn, before: Session) -> None:
    """Check that two versions of the open map are compared, and that a double tap is an old one."""
    if isinstance(request, CompareVersions):
        assert turn.journey_map is not None
        assert request.map_id == turn.journey_map.id
        assert request.earlier < request.later
        assert turn.session.revision == before.revision + 1


def check_versions(versions: Iterable[KeepVersion]) -> None:
    """Check that the versions of a map are finished maps, numbered one by one, each saying something new."""
    latest: dict[str, KeepVersion] = {}
    for version in versions:
        before = latest.get(version.journey_map.id)
        assert version.journey_map.status is Status.FINISHED
        assert version.number == (before.number + 1 if before else 1)
        assert before is None or not says_the_same(before.journey_map, version.journey_map)
        latest[version.journey_map.id] = version
