"""Simpan jadi bukti?: a photo, a voice note or a forwarded chat comes to back what was said of a stage."""

from collections.abc import Iterator
from dataclasses import replace

from conversations.attachments import Attachment, EvidenceKind, Offered
from conversations.blocks import (
    BACK,
    PAGE,
    STAGE_PREFIX,
    page_options,
    plain_question,
    progress_of,
    shown,
)
from conversations.events import Occasion, Sent
from conversations.replies import Key, Option, Question, Words
from conversations.requests import KeepEvidence
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, beside
from journey.entries import Spot, found_at, room_for_evidence, with_evidence
from journey.limits import CAPTION_LENGTH, EVIDENCE_PER_ENTRY
from journey.model import Element, Entry, JourneyMap, Stage
from journey.private_numbers import private_numbers, without_numbers
from journey.titles import shortened
from journey.wording import clean

_SOUND = (EvidenceKind.VOICE, EvidenceKind.AUDIO)
SCREENS = (StepId.EVIDENCE, StepId.EVIDENCE_ENTRY)
DECLINE = "evidence_no"
ENTRY_PREFIX = "backs."
_TELLING = (Element.PAINS, Element.THOUGHTS, Element.ACTIONS, Element.TOUCHPOINTS)
"""What customers could show; ideas are the owner's, and feelings have no standing."""
_WAITING_FOR_AN_ANSWER = frozenset(
    {
        *(StepId.FEEDBACK, StepId.MAP_RENAME, StepId.IMPORT),
        *(StepId.ACTION_OWN, StepId.ACTION_DATE),
    }
)
"""Side screens that ask for words or a yes: what is sent there is meant as the answer, or would lose it."""
_QUOTE = 60
"""Characters of an entry that are enough to recognise it by."""
_BYTES_A_UNIT = 2


def received(session: Session, journey_map: JourneyMap | None, event: Sent) -> Outcome:
    """Offer to keep what was sent as evidence; where it can back nothing, answer it kindly.

    What comes while the screen is open joins what waits there: albums and forwarded chats come in pieces.
    """
    piece, hides = _without_numbers(event.attachment)
    if piece is None or journey_map is None or not _can_offer(session, journey_map):
        return Outcome(session, journey_map, lead=(Key(f"medium.{event.medium}"),))
    if session.offered is None:
        first = Offered((piece,), hides_numbers=hides)
        return Outcome(replace(beside(session, StepId.EVIDENCE), offered=first), journey_map)
    pieces = session.offered.pieces
    if len(pieces) >= EVIDENCE_PER_ENTRY:
        enough = Key("evidence.enough", {"most": EVIDENCE_PER_ENTRY})
        return Outcome(session, journey_map, lead=(enough,))
    hides = hides or session.offered.hides_numbers
    more = replace(session.offered, pieces=(*pieces, piece), hides_numbers=hides)
    return Outcome(replace(session, offered=more), journey_map)


def ask(session: Session, journey_map: JourneyMap) -> Question:
    """Ask for the stage, the one being asked about first, then for the entry, complaints first."""
    offered = session.offered or Offered(())
    count = len(offered.pieces)
    lead = (Key("evidence.numbers_hidden"),) if offered.hides_numbers else ()
    decline = Option(DECLINE, Key("button.evidence_no"), alone=True)
    stage = _chosen_stage(session, journey_map)
    if session.side is StepId.EVIDENCE or stage is None:
        options = tuple(
            Option(f"{STAGE_PREFIX}{each.id}", shown(f"{journey_map.stages.index(each) + 1}. {each.name}"))
            for each in _fitting_stages(session, journey_map)
        )
        filed = any(piece.file_id for piece in offered.pieces)
        sound = all(piece.kind in _SOUND for piece in offered.pieces)
        asked = plain_question(
            session, (), options=options, back=False, count=count, filed=filed, sound=sound
        )
        return replace(asked, lead=lead, controls=(decline,))
    spots = tuple(_spots(stage))
    page = min(session.page, max(0, (len(spots) - 1) // PAGE))
    options = tuple(_entry_option(stage, spot) for spot in spots[page * PAGE : (page + 1) * PAGE])
    asked = plain_question(
        session, (), options=(*options, *page_options(page, len(spots))), count=count, stage=stage.name
    )
    controls = (decline, *asked.controls)
    return replace(asked, lead=lead, controls=controls, progress=progress_of(journey_map, stage))


def chose(session: Session, journey_map: JourneyMap, option: str, occasion: Occasion) -> Outcome:
    """Follow a button of these screens: all of them come back to the question that waits."""
    offered = session.offered
    if option == DECLINE or offered is None:
        left = replace(session, side=None, offered=None)
        return Outcome(left, journey_map, lead=(Key("evidence.declined"),))
    if option.startswith(STAGE_PREFIX):
        stage = option.removeprefix(STAGE_PREFIX)
        return Outcome(_at(session, StepId.EVIDENCE_ENTRY, replace(offered, stage=stage)), journey_map)
    if option == BACK:
        return Outcome(_at(session, StepId.EVIDENCE, replace(offered, stage=None)), journey_map)
    element, place = option.removeprefix(ENTRY_PREFIX).split(".")
    spot = Spot(offered.stage or "", Element(element), int(place))
    return _kept(session, journey_map, spot, offered, occasion)


def placed(session: Session, journey_map: JourneyMap | None) -> Session:
    """Return the session with its offer only as long as that is on screen, and can back something."""
    if session.side not in SCREENS:
        return session if session.offered is None else replace(session, offered=None)
    if session.offered is None or journey_map is None or not any(map(_has_room, journey_map.stages)):
        return replace(session, side=None, offered=None)
    if session.side is StepId.EVIDENCE_ENTRY and _chosen_stage(session, journey_map) is None:
        return replace(session, side=StepId.EVIDENCE)
    return session


def left_behind(before: Session, after: Session) -> tuple[Words, ...]:
    """Return the word on what was sent when the owner turned to something else."""
    return (Key("evidence.dropped"),) if before.offered is not None and after.offered is None else ()


def _can_offer(session: Session, journey_map: JourneyMap) -> bool:
    return session.side not in _WAITING_FOR_AN_ANSWER and any(map(_has_room, journey_map.stages))


def _has_room(stage: Stage) -> bool:
    return any(True for _ in _spots(stage))


def _spots(stage: Stage) -> Iterator[Spot]:
    """Yield where the entries of a stage stand that take another piece."""
    for element in _TELLING:
        for place, entry in enumerate(stage.entries(element)):
            if room_for_evidence(entry):
                yield Spot(stage.id, element, place)


def _fitting_stages(session: Session, journey_map: JourneyMap) -> tuple[Stage, ...]:
    found = [stage for stage in journey_map.stages if _has_room(stage)]
    return tuple(sorted(found, key=lambda stage: stage.id != session.stage))


def _chosen_stage(session: Session, journey_map: JourneyMap) -> Stage | None:
    stage = journey_map.stage((session.offered.stage if session.offered else None) or "")
    return stage if stage is not None and _has_room(stage) else None


def _entry_option(stage: Stage, spot: Spot) -> Option:
    text = stage.entries(spot.element)[spot.place].text
    label = Key(f"line.{spot.element}", {"prefix": "", "answer": text})
    return Option(f"{ENTRY_PREFIX}{spot.element}.{spot.place}", label, alone=True)


def _kept(
    session: Session, journey_map: JourneyMap, spot: Spot, offered: Offered, occasion: Occasion
) -> Outcome:
    entry = found_at(journey_map, spot)
    assert isinstance(entry, Entry)  # offered on this screen, and repaired before every turn
    kept = offered.pieces[: room_for_evidence(entry)]
    pieces = tuple(f"{occasion.fresh_id}-{number}" for number in range(1, len(kept) + 1))
    told = Key(
        "evidence.kept",
        {
            "text": shortened(entry.text, _QUOTE),
            "count": len(kept),
            "left": len(offered.pieces) - len(kept),
            "most": EVIDENCE_PER_ENTRY,
        },
    )
    return Outcome(
        replace(session, side=None, offered=None),
        with_evidence(journey_map, spot, pieces),
        lead=(told,),
        requests=tuple(
            KeepEvidence(journey_map.id, piece, attachment)
            for piece, attachment in zip(pieces, kept, strict=True)
        ),
    )


def _at(session: Session, side: StepId, offered: Offered) -> Session:
    return replace(session, side=side, page=0, offered=offered)


def _without_numbers(attachment: Attachment | None) -> tuple[Attachment | None, bool]:
    """Return what was sent with its words as they may be kept, and whether they held private numbers."""
    if attachment is None:
        return None, False
    words = clean(attachment.caption)
    numbers = private_numbers(words)
    caption = _cut(without_numbers(words, numbers))
    if attachment.kind is EvidenceKind.WORDS and not caption:
        return None, False
    return replace(attachment, caption=caption), bool(numbers)


def _cut(text: str) -> str:
    """Return the words in as much as a caption holds."""
    units = text.encode("utf-16-le")
    if len(units) <= CAPTION_LENGTH * _BYTES_A_UNIT:
        return text
    return units[: (CAPTION_LENGTH - 1) * _BYTES_A_UNIT].decode("utf-16-le", "ignore").rstrip() + "…"
