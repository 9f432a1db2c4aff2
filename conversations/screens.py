"""What each screen asks and offers, from the session and the map alone: ``ask`` changes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from conversations import (
    advice,
    announcing,
    checkin_screens,
    collection,
    due,
    evidence,
    exporting,
    importing,
    planning,
    preferences,
    reminders,
    seasons,
    sharing,
)
from conversations.blocks import (
    BACK,
    DONE,
    EMPTY,
    EXAMPLE,
    JOIN,
    KEEP,
    OWN_WORDS,
    PAGE,
    SEVERAL,
    SKIP,
    answer_words,
    page_options,
    plain_question,
    progress_of,
    shown,
)
from conversations.checkup import health_menu
from conversations.erasing import MAP_KEPT, leaving_question, restore_list
from conversations.events import DeletedMap, MapSummary, VersionSummary
from conversations.followups import QUOTE
from conversations.interview import CAN_BE_EMPTIED, ELEMENT_STEPS, TABLE
from conversations.menus import MENUS, erase_menu, map_name, welcome
from conversations.offers import Offer, Shelf
from conversations.privacy import privacy_question, retention_question
from conversations.replies import Key, Option, Question, Said, Words
from conversations.session import Session
from conversations.sharing import NOTHING_SHARED, Sharing
from conversations.steps import StepId
from conversations.undoing import with_undo
from conversations.versions import versions_list, versions_of, with_comparing
from journey import gaps
from journey.limits import STAGES
from journey.model import Business, Element, JourneyMap, Language, Speed, Stage
from journey.phases import Phase
from journey.presets import DEFAULT, Preset
from journey.stages import preset_stages
from journey.titles import shortened
from journey.wording import plain

_LINES_OF = (StepId.REVIEW_SHOP, StepId.REVIEW_PERSONA)
"""The parts of the review whose lines can be emptied as well: a step back is offered there."""


def is_several(session: Session, journey_map: JourneyMap) -> bool:
    """Tell whether the chips of the question are ticked (✅/⬜) instead of leading on at the first tap."""
    element = ELEMENT_STEPS.get(session.step)
    if element is None:
        return False
    stage = journey_map.stage(session.stage or "")
    if session.several or (stage is not None and len(stage.entries(element)) > 1):
        return True
    return journey_map.speed is Speed.FULL and element is not Element.FEELINGS


@dataclass(frozen=True, slots=True)
class Screens:
    """Builds the question for every screen; ``earlier_changed`` is of when the map is one step back.

    ``today`` is the owner's day. Without ``offers`` no screen asks for one thing more below.
    """

    shelf: Shelf
    now: datetime
    today: date
    versions: tuple[VersionSummary, ...] = ()
    earlier_changed: datetime | None = None
    deleted: tuple[DeletedMap, ...] = ()
    retention_days: int = 0
    sharing: Sharing = NOTHING_SHARED
    offers: bool = True

    def ask(
        self, session: Session, journey_map: JourneyMap | None, maps: tuple[MapSummary, ...] = ()
    ) -> Question:
        """Return the question the session stands at; the same state always asks the same."""
        screen = session.screen
        if TABLE[screen].side or journey_map is None:
            return self._side(session, journey_map, maps)
        own = versions_of(journey_map, self.versions)
        if screen is StepId.DONE:
            return self._done(session, with_comparing(MENUS[screen](self.shelf, session, journey_map), own))
        if screen in MENUS:
            asked = MENUS[screen](self.shelf, session, journey_map)
            if self.earlier_changed is None:
                return asked
            return with_undo(asked, session, journey_map, self.earlier_changed)
        match screen:
            case StepId.VERSIONS:
                return versions_list(session, own)
            case StepId.BUSINESS:
                return self._business(session, journey_map)
            case StepId.SHOP_NAME:
                return self._shop_name(session, journey_map)
            case StepId.SPEED:
                return _picks(
                    self.shelf,
                    session,
                    journey_map,
                    (Option(speed, Key(f"speed.{speed}"), alone=True) for speed in Speed),
                )
            case StepId.PRESET:
                return self._preset(session, journey_map)
            case StepId.HEALTH:
                return health_menu(self.shelf, session, journey_map, self.now)
            case StepId.PRESET_SURE:
                return plain_question(session, ("keep_it", "switch"))
            case StepId.STAGE_ADD:
                return self._stage_add(session, journey_map)
            case StepId.STAGE_PHASE:
                return self._stage_phase(session, journey_map)
            case _:
                return self._cell(session, journey_map)

    def _cell(self, session: Session, journey_map: JourneyMap) -> Question:
        """Ask for one cell: a line of the map or an element of a stage."""
        stage = journey_map.stage(session.stage or "")
        offers = self.shelf.offers(journey_map, session.cell)
        several = is_several(session, journey_map)
        chosen = {entry.text for entry in stage.entries(Element(session.step))} if stage else set()
        page = min(session.page, max(0, (len(offers) - 1) // PAGE))
        visible = offers[page * PAGE : (page + 1) * PAGE]
        options = tuple(self._chip(offer, session.language, chosen if several else None) for offer in visible)
        answered = gaps.is_answered(journey_map, session.cell)
        return Question(
            key=Key(f"ask.{session.step}", self._speaks_of(session, journey_map)),
            revision=session.revision,
            options=(*options, *page_options(page, len(offers)), *_own_words(offers)),
            controls=self._controls(session, journey_map, answered=answered, chosen=len(chosen)),
            lead=self._answers(session, journey_map),
            hint=self._hint(session, stage),
            progress=progress_of(journey_map, stage),
            answered=None
            if several or not answered
            else answer_words(self.shelf, journey_map, session.cell, session.language),
        )

    def _chip(self, offer: Offer, language: Language, chosen: set[str] | None) -> Option:
        label: Words = shown(offer.label.say(language))
        if offer.id.startswith("f."):
            feeling = self.shelf.face(offer.id)
            label = Said(f"{feeling.emoji} {offer.label.say(language)}") if feeling else label
        if chosen is None:
            return Option(offer.id, label)
        return Option(offer.id, label, chosen=offer.text.say(language) in chosen)

    def _controls(
        self, session: Session, journey_map: JourneyMap, *, answered: bool, chosen: int
    ) -> tuple[Option, ...]:
        """Return the buttons below the chips, the one that leads on first."""
        several = is_several(session, journey_map)
        controls = []
        if several and chosen:
            controls.append(Option(DONE, Key("button.done", {"count": chosen}), alone=True))
        if several and _can_join(session):
            controls.append(Option(JOIN, Key("button.join"), alone=True))
        if not several and session.step in ELEMENT_STEPS:
            two = session.step is StepId.FEELINGS
            controls.append(
                Option(SEVERAL, Key("button.two_feelings" if two else "button.several"), alone=True)
            )
        if answered and not several:
            controls.append(Option(KEEP, Key("button.keep"), alone=True))
        if answered and session.step in CAN_BE_EMPTIED and session.returns in _LINES_OF:
            controls.append(Option(EMPTY, Key("button.empty"), alone=True))
        if self.shelf.example(journey_map, session.cell):
            controls.append(Option(EXAMPLE, Key("button.example")))
        if TABLE[session.step].optional and not (answered or chosen):
            controls.append(Option(SKIP, Key("button.skip")))
        controls.append(Option(BACK, Key("button.back")))
        return tuple(controls)

    def _answers(self, session: Session, journey_map: JourneyMap) -> tuple[Words, ...]:
        """Say which complaints of the stage the first of the offered ideas are for."""
        stage = journey_map.stage(session.stage or "")
        if stage is None or session.step is not StepId.OPPORTUNITIES:
            return ()
        pains = {found.pain for found in self.shelf.suggestions(journey_map, stage)}
        texts = tuple(shortened(pain.text, QUOTE) for pain in stage.pains if pain.text in pains)
        return (Key("lead.ideas_for", {"texts": texts}),) if texts else ()

    def _hint(self, session: Session, stage: Stage | None) -> Words | None:
        """Return the expert hint of the phase, shown with the first question about a stage."""
        if stage is None or session.step not in (StepId.ACTIONS, StepId.TOUCHPOINTS):
            return None
        return Said(self.shelf.knowledge.phases[stage.phase].hint.say(session.language))

    def _speaks_of(self, session: Session, journey_map: JourneyMap) -> dict[str, str | int | bool]:
        stage = journey_map.stage(session.stage or "")
        persona = journey_map.persona.name
        return {
            "stage": stage.name if stage else "",
            "phase_id": stage.phase if stage else "",
            "phase": self.shelf.knowledge.phases[stage.phase].name.say(session.language) if stage else "",
            "persona": persona.text if persona else "",
            "several": is_several(session, journey_map),
        }

    def _business(self, session: Session, journey_map: JourneyMap) -> Question:
        names = self.shelf.knowledge.businesses
        options = (
            Option(business, Said(names[business].name.say(session.language))) for business in Business
        )
        return _picks(self.shelf, session, journey_map, options)

    def _shop_name(self, session: Session, journey_map: JourneyMap) -> Question:
        facts = self.shelf.knowledge.businesses[journey_map.shop.business or Business.LAINNYA]
        default = facts.shop_name.say(session.language)
        return _picks(self.shelf, session, journey_map, (Option("default", Said(default), alone=True),))

    def _preset(self, session: Session, journey_map: JourneyMap) -> Question:
        names = self.shelf.knowledge.preset_names
        ordered = (DEFAULT, *(preset for preset in Preset if preset is not DEFAULT))
        options = [
            Option(preset, Said(names[preset].say(session.language)), alone=True) for preset in ordered
        ]
        asked = _picks(
            self.shelf, session, journey_map, (*options, Option("own", Key("button.own_stages"), alone=True))
        )
        default = preset_stages(DEFAULT, self.shelf.knowledge, session.language)
        return replace(asked, key=Key("ask.preset", {"default": tuple(stage.name for stage in default)}))

    def _stage_add(self, session: Session, journey_map: JourneyMap) -> Question:
        taken = {plain(stage.name) for stage in journey_map.stages}
        names = {
            phase: facts.name.say(session.language) for phase, facts in self.shelf.knowledge.phases.items()
        }
        options = tuple(
            Option(phase, Said(name)) for phase, name in names.items() if plain(name) not in taken
        )
        return plain_question(session, (), options=options, stages=len(journey_map.stages), most=STAGES)

    def _stage_phase(self, session: Session, journey_map: JourneyMap) -> Question:
        stage = journey_map.stage(session.stage or "")
        options = tuple(
            Option(
                phase,
                Said(self.shelf.knowledge.phases[phase].name.say(session.language)),
                chosen=bool(stage and stage.phase is phase),
            )
            for phase in Phase
        )
        return plain_question(session, (), options=options, stage=stage.name if stage else "")

    def _done(self, session: Session, asked: Question) -> Question:
        """Return the last screen with the one offer that is due, if it may make one."""
        if not self.offers:
            return asked
        asked = checkin_screens.with_offer(asked, session)
        return announcing.with_offer(asked, session, self.shelf.seasons, self.today)

    def _side(
        self, session: Session, journey_map: JourneyMap | None, maps: tuple[MapSummary, ...]
    ) -> Question:
        match session.screen:
            case StepId.TIPS | StepId.TIP | StepId.UNCLEAR | StepId.KEEP_WORDS if journey_map is not None:
                return advice.ask(self.shelf, session, journey_map, self.today, offers=self.offers)
            case StepId.EVIDENCE | StepId.EVIDENCE_ENTRY if journey_map is not None:
                return evidence.ask(session, journey_map)
            case StepId.ACTION_DUE:
                return due.ask(session, journey_map, maps, self.shelf, self.today)
            case side if side in planning.SCREENS and journey_map is not None:
                own = versions_of(journey_map, self.versions)
                return planning.ask(session, journey_map, self.shelf, maps, own)
            case StepId.EXPORTS:
                return exporting.files_menu(session)
            case StepId.IMPORT:
                return importing.offer(session)
            case StepId.LANGUAGE:
                options = tuple(
                    Option(
                        f"lang.{language}", Key(f"language.{language}"), chosen=language is session.language
                    )
                    for language in Language
                )
                return plain_question(session, (), options=options)
            case StepId.MAPS | StepId.ARCHIVE | StepId.UNFINISHED | StepId.MAP_MENU | StepId.MAP_RENAME:
                return collection.ask(session, maps, len(self.deleted))
            case StepId.SHARE | StepId.SHARE_STAGE | StepId.SHARE_TERM | StepId.SHARE_LINK:
                return sharing.ask(session, journey_map, maps, self.sharing, self.shelf)
            case StepId.EXAMPLE:
                return plain_question(session, ("copy", "text"))
            case StepId.ERASE:
                return erase_menu(session, journey_map, len(self.deleted))
            case StepId.RESTORE:
                return restore_list(session, self.deleted)
            case StepId.LEAVING:
                return leaving_question(session)
            case StepId.PRIVACY:
                return privacy_question(session, self.retention_days)
            case StepId.RETENTION:
                return retention_question(session)
            case StepId.ERASE_MAP | StepId.ERASE_ALL:
                picked = collection.picked_of(session, maps)
                title = picked.title if picked else map_name(journey_map) if journey_map else ""
                return plain_question(
                    session, ("keep_it", "erase_yes"), back=False, title=title, days=MAP_KEPT.days
                )
            case StepId.SEASONS | StepId.SEASON | StepId.SEASON_DRAFT | StepId.SEASON_COMES:
                return seasons.ask(self.shelf, session, journey_map, self.today)
            case StepId.NUDGE:
                return reminders.nudge(session, maps)
            case StepId.REMINDERS:
                return preferences.question(session)
            case StepId.CHECK_IN_DUE:
                return checkin_screens.invitation(session, maps)
            case StepId.FEEDBACK:
                return plain_question(session, ())
            case _:
                return welcome(session, journey_map, maps)


def _picks(
    shelf: Shelf,
    session: Session,
    journey_map: JourneyMap,
    options: Iterable[Option],
) -> Question:
    """Ask for one of a fixed set of options, all on one page; one tap keeps the answer given before."""
    answered = gaps.is_answered(journey_map, session.cell)
    keep = (Option(KEEP, Key("button.keep"), alone=True),) if answered else ()
    return Question(
        key=Key(f"ask.{session.step}"),
        revision=session.revision,
        options=tuple(options),
        controls=(*keep, Option(BACK, Key("button.back"))),
        answered=answer_words(shelf, journey_map, session.cell, session.language),
    )


def _own_words(offers: Sequence[Offer]) -> tuple[Option, ...]:
    """Return the button that says that anything else may be typed; without offers the question says so."""
    return (Option(OWN_WORDS, Key("button.own_words")),) if offers else ()


def _can_join(session: Session) -> bool:
    """Tell whether the latest message was taken apart into several entries of this question."""
    latest = session.typings[-1] if session.typings else None
    return (
        latest is not None
        and (latest.step, latest.stage) == (session.step, session.stage)
        and len(latest.texts) > 1
    )
