"""What a map was before its last change, which versions there are, and what a copy says: told a second time.

Nothing here asks the interview's own modules what a change, a version or a copy is.
"""

from dataclasses import dataclass, field, replace

from conversations import acting
from conversations.events import Chose, Event
from conversations.replies import Key, Question
from conversations.requests import BeginAfresh, DropEvidence, HideNumbers, KeepVersion, SaveMap
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Turn
from conversations.undoing import UNDO
from journey.document import JsonValue, dump_map, read_map
from journey.model import JourneyMap, Status
from journey.translation import translated
from tests.content import the_knowledge

_NO_WORDS = (
    *("id", "status", "created", "changed", "finished", "skipped", "accepted"),
    *("plans", "meanings", "checkins"),
)
_WHAT_BECAME = (StepId.ACTION_STAGE, StepId.ACTION_FEELING, StepId.ACTION_PAIN)
_NO_NEWS = (*_NO_WORDS, "language", "speed", "preset")
EDITING = (
    *(StepId.REVIEW, StepId.REVIEW_SHOP, StepId.REVIEW_PERSONA, StepId.REVIEW_STAGE),
    *(StepId.REVIEW_CELL, StepId.ENTRY, StepId.STAGES, StepId.STAGE_EDIT),
)
"""The screens on which a map is edited."""


@dataclass
class Model:
    """What is expected of steps back and versions, from nothing but the maps that were seen."""

    earlier: dict[str, JourneyMap] = field(default_factory=dict)
    versions: dict[str, list[JourneyMap]] = field(default_factory=dict)
    became: set[str] = field(default_factory=set)
    """The maps that were changed since it is asked what became of an action."""

    def sees(
        self,
        before: JourneyMap | None,
        saved: JourneyMap | None,
        event: Event,
        turn: Turn,
        session: Session,
    ) -> None:
        """Follow a turn, and check the versions it keeps; ``saved`` is another map before it was saved."""
        for request in turn.requests:
            match request:
                case SaveMap(journey_map=other) if saved is not None and saved.id == other.id:
                    self.earlier[saved.id] = saved
                case HideNumbers(map_id=map_id):
                    self.earlier.pop(map_id, None)
                case DropEvidence() if before is not None:
                    self.earlier.pop(before.id, None)
        hidden = any(isinstance(request, HideNumbers | DropEvidence) for request in turn.requests)
        after = turn.journey_map
        if before is not None and after is not None and before.id == after.id and not hidden:
            same_language = before.language is after.language
            if same_language and _said(before, _NO_WORDS) != _said(after, _NO_WORDS):
                self.earlier[after.id] = before
                if not is_looked_after(before, after, turn.session):
                    check_reopened(before, after, event)
        kept = [request for request in turn.requests if isinstance(request, KeepVersion)]
        asked, asks = asks_what_became(session), asks_what_became(turn.session)
        if asked and before and after and before.id == after.id and before.language is after.language:
            named = (*_NO_WORDS, "title")
            if _said(before, named) != _said(after, named):
                self.became.add(after.id)
        if asks or any(isinstance(request, BeginAfresh) for request in turn.requests):
            expected = []
        elif asked and before is not None:
            expected = self._expected_in_the_end(before, after) if before.id in self.became else []
            self.became.discard(before.id)
        else:
            expected = self._expected_version(before, after, event)
        if is_looked_after(before, after, turn.session) and before and not self.versions.get(before.id):
            expected = [(1, before), *((number + 1, version) for number, version in expected)]
        assert [(request.number, request.journey_map) for request in kept] == expected
        for _, version in expected:
            self.versions.setdefault(version.id, []).append(version)

    def _expected_version(
        self, before: JourneyMap | None, after: JourneyMap | None, event: Event
    ) -> list[tuple[int, JourneyMap]]:
        """Return the version that a turn makes: of a map finished anew, or of one that had none till now."""
        if before is None or after is None or before.id != after.id:
            return []
        versions = self.versions.get(after.id, [])
        taken_back = isinstance(event, Chose) and event.option == UNDO
        if after.status is Status.FINISHED and after.finished != before.finished and not taken_back:
            latest = versions[-1] if versions else None
            if latest is None or _said(latest, _NO_NEWS) != _said(after, _NO_NEWS):
                return [(len(versions) + 1, after)]
        if before.status is Status.FINISHED and after.status is Status.OPEN and not versions:
            return [(1, before)]
        return []

    def _expected_in_the_end(
        self, before: JourneyMap, after: JourneyMap | None
    ) -> list[tuple[int, JourneyMap]]:
        """Return the version of a map of which nothing more is asked about what became of an action."""
        versions = self.versions.get(before.id, [])
        stays = after is not None and after.id == before.id and after.status is Status.FINISHED
        final = after if after is not None and stays else before
        if final.status is not Status.FINISHED:
            return []
        if _said(versions[-1] if versions else before, _NO_NEWS) == _said(final, _NO_NEWS):
            return []
        return [(len(versions) + 1, final)]

    def taken_back(self, changed: JourneyMap) -> JourneyMap:
        """Return what one step back leads to: the map of before, with what was decided since."""
        back = replace(
            self.earlier[changed.id],
            plans=changed.plans,
            meanings=changed.meanings,
            checkins=changed.checkins,
        )
        if back.language is changed.language:
            return back
        return translated(back, changed.language, the_knowledge())

    def check_offer(self, session: Session, journey_map: JourneyMap | None, asked: Question) -> None:
        """Check that the step back is offered where a map is edited, if there is one, and where it leads."""
        known = journey_map is not None and journey_map.id in self.earlier
        expected = known and session.side is None and session.step in EDITING
        buttons = {option.id: option.label for option in asked.controls}
        assert (UNDO in buttons) == expected
        if expected and journey_map is not None:
            ahead = self.earlier[journey_map.id].changed > journey_map.changed
            assert buttons[UNDO] == Key("button.redo" if ahead else "button.undo")


def is_looked_after(before: JourneyMap | None, after: JourneyMap | None, session: Session) -> bool:
    """Tell whether a finished map says something else and is finished still: nobody edits it.

    So it is when something was carried out and customers feel otherwise, or a check-in finds a new complaint.
    """
    if before is None or after is None or before.id != after.id or before.stages == after.stages:
        return False
    asked = session.checkin is not None or session.side in acting.SCREENS or session.waiting is not None
    return asked and before.status is after.status is Status.FINISHED


def asks_what_became(session: Session) -> bool:
    """Tell whether the owner of a finished map is asked what became of an action, or will be in a moment."""
    waiting = session.waiting
    side, deed = session.side, session.deed
    if waiting is not None:
        side, deed = waiting.side, waiting.deed
    return side in _WHAT_BECAME and deed is not None and deed.finished


def check_reopened(before: JourneyMap, after: JourneyMap, event: Event) -> None:
    """Check that a finished map that says something else is open again; another title is nothing else."""
    retitled = _said(before, (*_NO_WORDS, "title")) == _said(after, (*_NO_WORDS, "title"))
    taken_back = isinstance(event, Chose) and event.option == UNDO
    if before.finished == after.finished and not retitled and not taken_back:
        assert after.status is Status.OPEN


def copy_of(source: JourneyMap, turn: Turn) -> JourneyMap:
    """Return the map that a copy has to be: the source, less all that its kind of customer said."""
    assert turn.journey_map is not None
    copied = turn.journey_map
    document = dump_map(source)
    for name in ("plans", "meanings", "checkins"):
        document.pop(name, None)
    assert isinstance(document["persona"], dict)
    assert isinstance(document["stages"], list)
    times: dict[str, JsonValue] = {name: copied.created.isoformat() for name in ("created", "changed")}
    document |= {"id": copied.id, "status": "open", "finished": None, "title": None, **times}
    document |= {"persona": dict.fromkeys(document["persona"]), "skipped": [], "accepted": []}
    document["stages"] = [_shops_own(stage) for stage in document["stages"]]
    return translated(read_map(document), turn.session.language, the_knowledge())


def _shops_own(stage: JsonValue) -> JsonValue:
    assert isinstance(stage, dict)
    emptied: list[JsonValue] = []
    met = stage["touchpoints"]
    assert isinstance(met, list)
    guessed: list[JsonValue] = [
        {**{name: value for name, value in entry.items() if name != "evidence"}, "standing": "guess"}
        for entry in met
        if isinstance(entry, dict)
    ]
    asked_anew = ("actions", "thoughts", "feelings", "pains", "opportunities")
    return {**stage, **dict.fromkeys(asked_anew, emptied), "touchpoints": guessed}


def _said(journey_map: JourneyMap, left_out: tuple[str, ...]) -> JsonValue:
    """Return what a map says, chips by their ids where its language doesn't count."""
    document: dict[str, JsonValue] = {
        name: value for name, value in dump_map(journey_map).items() if name not in left_out
    }
    return _by_chips(document) if "language" in left_out else document


def _by_chips(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        said = "name" if "phases" in value else "text"
        kept = {name: inner for name, inner in value.items() if not (value.get("chip") and name == said)}
        return {name: _by_chips(inner) for name, inner in kept.items()}
    return [_by_chips(inner) for inner in value] if isinstance(value, list) else value
