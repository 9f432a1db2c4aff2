"""Versions: which finish of a map makes one, and the way to the picture of before and after."""

from collections.abc import Sequence
from dataclasses import replace

from conversations.blocks import PAGE, page_options, plain_question
from conversations.events import Occasion, VersionSummary
from conversations.replies import Key, Option, Question
from conversations.requests import CompareVersions, KeepVersion, Request
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, at
from journey.compare import says_the_same
from journey.limits import VERSIONS_PER_MAP
from journey.model import JourneyMap, Status

COMPARE = "compare"
VERSION_PREFIX = "version."


def versions_of(journey_map: JourneyMap, versions: Sequence[VersionSummary]) -> tuple[VersionSummary, ...]:
    """Return the versions of one map, the oldest first."""
    return tuple(version for version in versions if version.map_id == journey_map.id)


def kept(finished: JourneyMap, occasion: Occasion) -> tuple[KeepVersion, ...]:
    """Return what keeps a finished map as a version, nothing when it says the same as its latest one."""
    latest = occasion.latest
    if latest is not None and latest.id == finished.id and says_the_same(latest, finished):
        return ()
    return (KeepVersion(_next_number(finished, occasion), finished),)


def kept_again(before: JourneyMap, finished: JourneyMap, occasion: Occasion) -> tuple[KeepVersion, ...]:
    """Return what keeps a map that was changed and finished again without its owner going through it.

    One that was finished by an earlier release or elsewhere has no version yet: as it was becomes the first,
    once it is changed.
    """
    if before.status is not Status.FINISHED or versions_of(finished, occasion.versions):
        return kept(finished, occasion)
    if says_the_same(before, finished):
        return ()
    return KeepVersion(1, before), KeepVersion(2, finished)


def kept_before_change(
    before: JourneyMap | None, after: JourneyMap | None, occasion: Occasion
) -> tuple[KeepVersion, ...]:
    """Return what keeps a finished map that is being changed, where it has no version yet.

    A map that was finished by an earlier release or elsewhere has none.
    """
    if before is None or after is None or before.id != after.id or versions_of(before, occasion.versions):
        return ()
    says_more = before.language is after.language and before.stages != after.stages
    changes = before.status is Status.FINISHED and (after.status is Status.OPEN or says_more)
    return (KeepVersion(1, before),) if changes else ()


def versions_after(occasion: Occasion, requests: Sequence[Request]) -> tuple[VersionSummary, ...]:
    """Return the versions there are when this turn is done."""
    added = tuple(
        VersionSummary(request.journey_map.id, request.number, request.journey_map.finished or occasion.now)
        for request in requests
        if isinstance(request, KeepVersion)
    )
    found = (*occasion.versions, *added)
    latest = {version.map_id: version.number for version in found}
    return tuple(version for version in found if version.number > latest[version.map_id] - VERSIONS_PER_MAP)


def with_comparing(question: Question, versions: Sequence[VersionSummary]) -> Question:
    """Return the question with the button to before and after, once there are two versions."""
    if len(versions) <= 1:
        return question
    first, *others = question.options
    compare = Option(COMPARE, Key("button.compare"), alone=True)
    return replace(question, options=(first, compare, *others))


def versions_list(session: Session, versions: Sequence[VersionSummary]) -> Question:
    """Offer the versions that the latest one can be compared with, the latest of them first."""
    earlier = tuple(reversed(versions[:-1]))
    page = min(session.page, max(0, (len(earlier) - 1) // PAGE))
    options = tuple(
        Option(
            f"{VERSION_PREFIX}{version.number}",
            Key("button.version", {"number": version.number, "finished": version.finished}),
            alone=True,
        )
        for version in earlier[page * PAGE : (page + 1) * PAGE]
    )
    return plain_question(
        session, (), options=(*options, *page_options(page, len(earlier))), count=len(earlier)
    )


def choose(session: Session, journey_map: JourneyMap, option: str, occasion: Occasion) -> Outcome:
    """Compare the latest version with the one before it or with the one that was chosen.

    With more than two, the others are a tap away below the picture.
    """
    *earlier_ones, last = versions_of(journey_map, occasion.versions)
    latest = last.number
    if option != COMPARE:
        earlier = int(option.removeprefix(VERSION_PREFIX))
    else:
        earlier = earlier_ones[-1].number
        session = at(session, StepId.VERSIONS) if len(earlier_ones) > 1 else session
    wanted = CompareVersions(journey_map.id, earlier, latest)
    return Outcome(session, journey_map, lead=(Key("lead.drawing"),), requests=(wanted,))


def _next_number(journey_map: JourneyMap, occasion: Occasion) -> int:
    versions = versions_of(journey_map, occasion.versions)
    return versions[-1].number + 1 if versions else 1
