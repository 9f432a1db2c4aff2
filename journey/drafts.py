"""Messages an owner can copy into WhatsApp: which fit a map, and each with what the map knows filled in.

The bot sends none of them. What the map doesn't know stays in the text as a gap like "(nama)" and is named.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

from journey.knowledge import Bilingual, Knowledge
from journey.model import Business, Entry, JourneyMap, Language, Shop, Stage
from journey.phases import Phase

MOST_A_MONTH = 2
"""Promotional messages a customer should get a month at most (sources BAB, RSP, WAB)."""
COPIED_LENGTH = 256
"""Telegram: a button copies at most 256 characters; counted in UTF-16 units, which are never fewer."""
LINK_LENGTH = 2000
"""Telegram names no limit for a button's address; browsers and apps pass on 2000 characters for sure."""
_WHATSAPP = "https://wa.me/?text="
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")  # RFC 3986


class DraftKind(StrEnum):
    """What a message is for; a stored value is never respelled."""

    THANKS = "thanks"
    """Thanks after the arrival, with a question for feedback."""
    REVIEW = "review"
    APOLOGY = "apology"
    LATE = "late"
    COD = "cod"
    """The date and the sum of a parcel that is paid for at the door."""
    HOLIDAY = "holiday"
    RESTOCK = "restock"
    SECOND = "second"
    """An offer for a second purchase."""
    ANSWER = "answer"
    """The answer to a bad review."""
    ORDERS = "orders"
    """That orders are taken for a busy season."""


class Ingredient(StrEnum):
    """What a good message after a purchase brings (seed 003)."""

    THANKS = "thanks"
    FEEDBACK = "feedback"
    NEWS = "news"
    REASON = "reason"


class Slot(StrEnum):
    """What a text leaves open: a map may know the first two, knows the next two, and none of the rest.

    The last one is known where a message is for a season.
    """

    SHOP = "shop"
    PAIN = "pain"
    THING = "thing"
    TIP = "tip"
    CUSTOMER = "customer"
    PRODUCT = "product"
    NEWS = "news"
    PROMO = "promo"
    LINK = "link"
    SOLUTION = "solution"
    FIXED = "fixed"
    DATE = "date"
    UNTIL = "until"
    TIME = "time"
    AMOUNT = "amount"
    RECEIPT = "receipt"
    PLACE = "place"
    CLOSED = "closed"
    OPEN = "open"
    DEADLINE = "deadline"
    SEASON = "season"


ALWAYS_FILLED = frozenset({Slot.THING, Slot.TIP})


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a message, and the ingredient it brings, if any."""

    text: Bilingual
    brings: Ingredient | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A kind of message: when to send it, what to mind, and where in a journey it fits.

    ``promotional`` messages are only for customers who agreed, and say how to stop them. ``instead`` holds
    the lines for lines of business that are spoken of in other words.
    """

    kind: DraftKind
    label: Bilingual
    when: Bilingual
    care: Bilingual
    promotional: bool
    phases: frozenset[Phase]
    topics: frozenset[str]
    lines: tuple[Line, ...]
    instead: Mapping[Business, tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Drafts:
    """All drafts in their order, and the words they are filled with.

    ``invitation`` goes with a link to a map, ``invitation_to_stage`` with one to a single stage.
    """

    drafts: Mapping[DraftKind, Draft]
    invitation: Bilingual
    invitation_to_stage: Bilingual
    stop: Bilingual
    gaps: Mapping[Slot, Bilingual]
    things: Mapping[Business, Bilingual]
    tips: Mapping[Business, Bilingual]
    pains: Mapping[str, Bilingual]


@dataclass(frozen=True, slots=True)
class Cause:
    """A complaint of the map that a draft answers, and the topic it is about."""

    stage: Stage
    pain: Entry
    topic: str


@dataclass(frozen=True, slots=True)
class Fitting:
    """A draft, and the complaint it would answer, None when the map has none for it."""

    draft: Draft
    cause: Cause | None


@dataclass(frozen=True, slots=True)
class FilledDraft:
    """A message in one language, and the gaps it still has, in their order."""

    text: str
    gaps: tuple[str, ...]

    @property
    def copied(self) -> str | None:
        """The text for a button that copies it, None when it is too long for one."""
        return self.text if len(self.text.encode("utf-16-le")) // 2 <= COPIED_LENGTH else None

    @property
    def link(self) -> str | None:
        """The address that opens WhatsApp with the text and no receiver, None when it would be too long."""
        return whatsapp_link(self.text)


def whatsapp_link(text: str) -> str | None:
    """Return the address that opens WhatsApp with a text and no receiver, None when it would be too long."""
    address = f"{_WHATSAPP}{_percent_encoded(text)}"
    return address if len(address) <= LINK_LENGTH else None


TopicsOf = Callable[[Entry, Stage], tuple[str, ...]]
"""Tells what a complaint is about."""


def fitting(
    drafts: Drafts, journey_map: JourneyMap, topics_of: TopicsOf, stage: Stage | None = None
) -> tuple[Fitting, ...]:
    """Return every draft, those first that answer a complaint, then those of the phases asked about.

    With a ``stage`` only its complaints and phases count. Of several complaints the one in the stage that
    feels worst is answered, of equals the later: a disappointed buyer is riskier than none (seed 001).
    """
    stages = journey_map.stages if stage is None else (stage,)
    causes = [cause for found in stages for cause in _causes(found, topics_of)]
    phases = {phase for found in stages for phase in found.phases} if stage else set()

    def fit(draft: Draft) -> Fitting:
        found = [cause for cause in reversed(causes) if cause.topic in draft.topics]
        return Fitting(draft, min(found, key=_height, default=None))

    fits = [fit(draft) for draft in drafts.drafts.values()]
    return tuple(sorted(fits, key=lambda found: (found.cause is None, not found.draft.phases & phases)))


def fill(
    found: Fitting,
    drafts: Drafts,
    shop: Shop,
    language: Language,
    knowledge: Knowledge,
    *,
    season: str | None = None,
) -> FilledDraft:
    """Return the draft with all that is known, its gaps named; ``season`` is what it is written for."""
    business = shop.business or Business.LAINNYA
    pain = drafts.pains.get(found.cause.topic) if found.cause else None
    known = {
        Slot.SHOP: shop_name(shop, knowledge),
        Slot.PAIN: pain.say(language) if pain else None,
        Slot.THING: drafts.things[business].say(language),
        Slot.TIP: drafts.tips[business].say(language),
        Slot.SEASON: season,
    }
    lines = [line.text.say(language) for line in found.draft.instead.get(business, found.draft.lines)]
    if found.draft.promotional:
        lines.append(drafts.stop.say(language))
    text = "\n\n".join(lines)
    used = dict.fromkeys(slots(text))
    gaps = {slot: drafts.gaps[slot].say(language) for slot in used if not known.get(slot)}
    words = {slot.value: gaps.get(slot) or str(known[slot]) for slot in used}
    return FilledDraft(text.format_map(words), tuple(gaps.values()))


def shop_name(shop: Shop, knowledge: Knowledge) -> str | None:
    """Return what the shop is called, None for a name that only stands in for one ("Toko saya")."""
    stand_ins = {
        name for facts in knowledge.businesses.values() for name in (facts.shop_name.id, facts.shop_name.en)
    }
    return None if shop.name in stand_ins else shop.name


def slots(text: str) -> Iterator[Slot]:
    """Yield the slots of a text; raises ValueError for anything else in braces."""
    for _, name, layout, conversion in Formatter().parse(text):
        if name is not None:
            if layout or conversion:
                raise ValueError(f"a slot is a plain name: {name!r}")
            yield Slot(name)


def _causes(stage: Stage, topics_of: TopicsOf) -> Iterator[Cause]:
    for pain in stage.pains:
        for topic in topics_of(pain, stage):
            yield Cause(stage, pain, topic)


_UNKNOWN_FEELING = 2.5  # a stage with a complaint but without a feeling: somewhat unhappy


def _percent_encoded(text: str) -> str:
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in text.encode())


def _height(cause: Cause) -> float:
    return _UNKNOWN_FEELING if cause.stage.score is None else cause.stage.score
