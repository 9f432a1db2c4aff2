"""Sharing a map: the links to it in force, a new one for the whole or one stage, and taking one back.

A link is all it takes to look: whoever has it sees the map as it is now, without what is the owner's alone
(``journey.sharing``), until it expires or the owner revokes it.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from conversations import collection, shelving
from conversations.asides import leave
from conversations.blocks import BACK, LABEL, STAGE_PREFIX, plain_question, shown
from conversations.events import MapSummary, Occasion, Share
from conversations.offers import Shelf
from conversations.replies import Key, Option, Parameter, Question
from conversations.requests import Drawing, DrawPicture, Request, RevokeShare, ShareMap
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, beside
from journey.drafts import whatsapp_link
from journey.knowledge import Knowledge
from journey.limits import SHARES_PER_MAP
from journey.model import JourneyMap
from journey.sharing import invitation, same_stage, shared_view
from journey.titles import shortened, title_of
from journey.translation import translated

SCREENS = (StepId.SHARE, StepId.SHARE_STAGE, StepId.SHARE_TERM, StepId.SHARE_LINK)
LINK_PREFIX = "link."
TERM_PREFIX = "term."
START_PREFIX = "s_"
"""How the payload of a link begins; Telegram allows 64 of A-Z, a-z, 0-9, _ and - behind ``start=``."""
_TERMS = (0, 7, 30)
"""Days that a new link can be in force; 0 is until it is revoked."""
_MARK = 10
"""Characters that the mark, the number and the word for a stage take of a button."""
_COPY, _OPEN, _REVOKE = "copy_link", "open_whatsapp", "revoke"


@dataclass(frozen=True, slots=True)
class Sharing:
    """What the screens of sharing need besides session and map: the picked map, links, the bot's address."""

    picked: JourneyMap | None = None
    shares: tuple[Share, ...] = ()
    address: str = ""

    def subject(self, session: Session, journey_map: JourneyMap | None) -> JourneyMap | None:
        """Return the map to be shared: the one whose menu led here, else the open one; None when gone."""
        if session.picked is None or (journey_map is not None and journey_map.id == session.picked):
            return journey_map
        return self.picked if self.picked is not None and self.picked.id == session.picked else None

    def shares_of(self, subject: JourneyMap) -> tuple[Share, ...]:
        """Return the links to a map, the oldest first."""
        return tuple(share for share in self.shares if share.map_id == subject.id)

    def screen(self, session: Session, subject: JourneyMap) -> StepId:
        """Return the screen that can be shown: without its link or its stage it is the list of links."""
        if session.screen is StepId.SHARE_LINK and self.on_screen(session) is None:
            return StepId.SHARE
        if session.screen is StepId.SHARE_TERM and session.share and subject.stage(session.share) is None:
            return StepId.SHARE
        return session.screen if subject.stages else StepId.SHARE

    def on_screen(self, session: Session) -> Share | None:
        """Return the link on the screen."""
        return next((share for share in self.shares if share.token == session.share), None)


NOTHING_SHARED = Sharing()


def at_hand(occasion: Occasion) -> Sharing:
    """Return what can be shared as the turn begins; links whose time is over are none."""
    shares = (share for share in occasion.shares if share.expires is None or share.expires > occasion.now)
    return Sharing(occasion.opened, tuple(shares), occasion.address)


def left_after(occasion: Occasion, requests: tuple[Request, ...]) -> Sharing:
    """Return what can be shared as this turn leaves it."""
    sharing = at_hand(occasion)
    for request in requests:
        match request:
            case ShareMap(share=share):
                sharing = replace(sharing, shares=(*sharing.shares, share))
            case RevokeShare(token=token):
                kept = tuple(share for share in sharing.shares if share.token != token)
                sharing = replace(sharing, shares=kept)
            case _:
                pass
    return sharing


def ask(
    session: Session,
    journey_map: JourneyMap | None,
    maps: tuple[MapSummary, ...],
    sharing: Sharing,
    shelf: Shelf,
) -> Question:
    """Return the screen about sharing that the session stands at; the list of maps when the map is gone."""
    subject = sharing.subject(session, journey_map)
    if subject is None:
        return collection.ask(replace(session, side=StepId.MAPS), maps)
    session = replace(session, side=sharing.screen(session, subject))
    match session.screen:
        case StepId.SHARE_STAGE:
            return _stages(session, subject)
        case StepId.SHARE_TERM:
            options = tuple(
                Option(f"{TERM_PREFIX}{days}", Key("button.term", {"days": days}), alone=True)
                for days in _TERMS
            )
            return plain_question(session, (), options=options, stage=_stage_name(subject, session.share))
        case StepId.SHARE_LINK:
            return _card(session, subject, sharing, shelf)
        case _:
            return _menu(session, subject, sharing.shares_of(subject))


def chose(
    session: Session, journey_map: JourneyMap | None, option: str, knowledge: Knowledge, occasion: Occasion
) -> Outcome:
    """Follow a button of these screens."""
    sharing = at_hand(occasion)
    subject = sharing.subject(session, journey_map)
    if subject is None:
        listed = replace(session, side=StepId.MAPS)
        return shelving.chose(listed, journey_map, option, knowledge, occasion)
    screen = sharing.screen(session, subject)
    if option == BACK:
        return _back(session, journey_map, screen)
    match screen:
        case StepId.SHARE_STAGE:
            chosen = option.removeprefix(STAGE_PREFIX)
            return Outcome(_at(session, StepId.SHARE_TERM, chosen), journey_map)
        case StepId.SHARE_TERM:
            return _made(session, journey_map, subject, int(option.removeprefix(TERM_PREFIX)), occasion)
        case StepId.SHARE_LINK if option == _REVOKE:
            return Outcome(
                _at(session, StepId.SHARE),
                journey_map,
                lead=(Key("lead.link_revoked"),),
                requests=(RevokeShare(session.share or ""),),
            )
        case StepId.SHARE_LINK:  # copying and opening is done by the phone, so words can't do it
            return Outcome(session, journey_map, lead=(Key("lead.tap_draft"),))
        case _:
            if option == "share_picture":
                said = translated(subject, session.language, knowledge)
                wanted = DrawPicture(Drawing.PORTRAIT, said)
                return Outcome(session, journey_map, lead=(Key("lead.drawing"),), requests=(wanted,))
            return _from_menu(session, journey_map, option, sharing.shares_of(subject))


def ended(before: JourneyMap | None, after: JourneyMap | None, occasion: Occasion) -> tuple[RevokeShare, ...]:
    """Revoke the links to stages that are gone: another stage may take the id, and nobody shared that."""
    if before is None or after is None or before.id != after.id or before.stages == after.stages:
        return ()
    kept = {
        stage.id
        for stage in before.stages
        if (now := after.stage(stage.id)) is not None and same_stage(stage, now)
    }
    return tuple(
        RevokeShare(share.token)
        for share in at_hand(occasion).shares
        if share.map_id == before.id and share.stage is not None and share.stage not in kept
    )


def _from_menu(
    session: Session, journey_map: JourneyMap | None, option: str, shares: tuple[Share, ...]
) -> Outcome:
    """Open a link of the list, or go on to a new one."""
    if option.startswith(LINK_PREFIX):
        return Outcome(_at(session, StepId.SHARE_LINK, option.removeprefix(LINK_PREFIX)), journey_map)
    if len(shares) >= SHARES_PER_MAP:
        return _full(session, journey_map)
    step = StepId.SHARE_STAGE if option == "share_stage" else StepId.SHARE_TERM
    return Outcome(_at(session, step), journey_map)


def _made(
    session: Session, journey_map: JourneyMap | None, subject: JourneyMap, days: int, occasion: Occasion
) -> Outcome:
    """Make a link and show it."""
    if len(at_hand(occasion).shares_of(subject)) >= SHARES_PER_MAP:
        return _full(_at(session, StepId.SHARE), journey_map)
    share = Share(
        token=occasion.fresh_token,
        map_id=subject.id,
        stage=session.share,
        created=occasion.now,
        expires=occasion.now + timedelta(days=days) if days else None,
    )
    return Outcome(
        _at(session, StepId.SHARE_LINK, share.token),
        journey_map,
        lead=(Key("lead.link_made"),),
        requests=(ShareMap(share),),
    )


def _full(session: Session, journey_map: JourneyMap | None) -> Outcome:
    return Outcome(session, journey_map, lead=(Key("lead.links_full", {"most": SHARES_PER_MAP}),))


def _back(session: Session, journey_map: JourneyMap | None, screen: StepId) -> Outcome:
    """Leave a screen for the one it was reached from: the links, a map's menu, or the question behind."""
    if screen is StepId.SHARE_TERM and session.share:
        return Outcome(_at(session, StepId.SHARE_STAGE), journey_map)
    if screen is not StepId.SHARE:
        return Outcome(_at(session, StepId.SHARE), journey_map)
    return leave(session, journey_map) if session.picked is None else shelving.kept(session, journey_map)


def _at(session: Session, step: StepId, share: str | None = None) -> Session:
    """Return the session at another of these screens, still about the same map."""
    return replace(beside(session, step), picked=session.picked, share=share)


def _menu(session: Session, subject: JourneyMap, shares: tuple[Share, ...]) -> Question:
    """List the links in force, and offer a new one and the picture."""
    offers = ("share_map", *(("share_stage",) if len(subject.stages) > 1 else ()), "share_picture")
    asked = plain_question(session, offers if subject.stages else ())
    told = [_speaks_of(share, subject, place) for place, share in enumerate(shares, start=1)]
    buttons = tuple(
        Option(f"{LINK_PREFIX}{share.token}", Key("button.link", speaks_of), alone=True)
        for share, speaks_of in zip(shares, told, strict=True)
    )
    told_of_map: dict[str, Parameter] = {
        "title": title_of(subject, untitled="…"),
        "count": len(shares),
        "stages": len(subject.stages),
    }
    return replace(
        asked,
        key=Key("ask.share", told_of_map),
        options=(*asked.options, *buttons),
        lead=tuple(Key("share.line", speaks_of) for speaks_of in told),
    )


def _stages(session: Session, subject: JourneyMap) -> Question:
    options = tuple(
        Option(f"{STAGE_PREFIX}{stage.id}", shown(f"{place}. {stage.name}"), alone=True)
        for place, stage in enumerate(subject.stages, start=1)
    )
    return plain_question(session, (), options=options)


def _card(session: Session, subject: JourneyMap, sharing: Sharing, shelf: Shelf) -> Question:
    """Show a link with the message that goes with it, to copy and to open in WhatsApp."""
    share = sharing.on_screen(session)
    view = shared_view(subject, share.stage) if share else None
    address = f"{sharing.address}{START_PREFIX}{session.share}"
    text = ""
    if view is not None:
        stage = view.stages[0] if share and share.stage else None
        text = invitation(view, stage, link=address, drafts=shelf.drafts, language=session.language)
    opening = Option(_OPEN, Key("button.open_whatsapp"), alone=True, url=whatsapp_link(text))
    copy = Option(_COPY, Key("button.copy_link"), alone=True, copies=address)
    revoke = Option(_REVOKE, Key("button.revoke"), alone=True)
    speaks_of = _speaks_of(share, subject) if share else {}
    return Question(
        key=Key("ask.share_link", {**speaks_of, "link": address, "text": text}),
        revision=session.revision,
        options=(*((opening, copy) if text else ()), revoke),
        controls=(Option(BACK, Key("button.back")),),
    )


def _speaks_of(share: Share, subject: JourneyMap, place: int = 0) -> dict[str, Parameter]:
    """Return what is said of a link: what it shows, since and until when, and how often it was opened."""
    stage = _stage_name(subject, share.stage)
    return {
        "place": place,
        "whole": share.stage is None,
        "stage": stage,
        "short": shortened(stage, LABEL - _MARK),
        "since": share.created,
        "until": share.expires or "",
        "opened": share.opened,
    }


def _stage_name(subject: JourneyMap, stage_id: str | None) -> str:
    stage = subject.stage(stage_id or "")
    return stage.name if stage else ""
