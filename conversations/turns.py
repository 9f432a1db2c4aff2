"""What a turn of the conversation results in."""

from dataclasses import dataclass, replace

from conversations.replies import Key, Option, Reply, Words
from conversations.requests import Request
from conversations.session import Session, Waiting
from conversations.steps import StepId
from journey.model import JourneyMap, Status

ABOUT_PLANS = frozenset(
    {
        *(StepId.ACTION_OWN, StepId.ACTION_DATE, StepId.ACTION_KEPT),
        *(StepId.ACTION_STAGE, StepId.ACTION_FEELING, StepId.ACTION_PAIN),
    }
)
"""Side screens that are questions themselves: a side trip comes back to them."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The new state, what is said, and what the edge shall do."""

    session: Session
    journey_map: JourneyMap | None
    replies: tuple[Reply, ...]
    requests: tuple[Request, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a handler decided, before the engine asks the question that is due.

    ``lead`` acknowledges above the question, ``notes`` are messages of their own before it, ``toast`` answers
    the tap, ``extras`` are buttons of this one turn. With ``asks`` False no question follows: the screen
    stays as it is. With ``restores`` the map is one that was there before, its time of change included.
    """

    session: Session
    journey_map: JourneyMap | None
    lead: tuple[Words, ...] = ()
    notes: tuple[Reply, ...] = ()
    requests: tuple[Request, ...] = ()
    toast: Key | None = None
    fixes: tuple[str, ...] = ()
    extras: tuple[Option, ...] = ()
    asks: bool = True
    restores: bool = False


def at(session: Session, step: StepId, stage: str | None = None, *, returns: StepId | None = None) -> Session:
    """Return the session at another question, with all that belonged to the old one put away."""
    return replace(
        session,
        step=step,
        stage=stage,
        side=None,
        returns=returns,
        several=False,
        page=0,
        misses=0,
        retraces=False,
        pending=None,
        tip=None,
        just_said=(),
        picked=None,
        reminder=None,
        season=None,
        share=None,
        deed=None,
        waiting=None,
    )


def beside(session: Session, side: StepId) -> Session:
    """Return the session with a side screen before the question, which waits unchanged.

    So does a question about a plan: ``conversations.repair`` asks it again when the side screen is left.
    """
    return replace(
        session,
        side=side,
        page=0,
        misses=0,
        tip=None,
        picked=None,
        reminder=None,
        season=None,
        share=None,
        deed=None,
        waiting=_waiting(session),
    )


def too_late(session: Session, journey_map: JourneyMap | None, revision: int | None) -> Outcome | None:
    """Return the word for a button that belongs to a question that has moved on, None for a fresh one."""
    if revision is None or revision == session.revision:
        return None
    told = Key("toast.twice" if revision == session.revision - 1 else "toast.stale")
    return Outcome(session, journey_map, toast=told, asks=False)


def reopened(journey_map: JourneyMap) -> JourneyMap:
    """Return the map as one that is being worked on."""
    if journey_map.status is Status.OPEN:
        return journey_map
    return replace(journey_map, status=Status.OPEN)


def _waiting(session: Session) -> Waiting | None:
    if session.side not in ABOUT_PLANS:
        return session.waiting
    return Waiting(session.side, session.deed, session.reminder, session.picked)
