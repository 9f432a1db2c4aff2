"""What holds for links to maps, whatever else an owner does: a part of the conversation."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from conversations.commands import Command
from conversations.events import Commanded, Share, SharedMap
from conversations.replies import MapText
from conversations.requests import CountOpening, ShowShared
from conversations.session import Session
from conversations.steps import StepId
from journey.limits import SHARES_PER_MAP
from journey.model import JourneyMap, Language
from journey.private_numbers import private_numbers
from tests.conversations.away import made_way
from tests.conversations.editing import Editing
from tests.conversations.owner import MORNING, Owner
from tests.conversations.promises import check_turn
from tests.strategies import journey_maps


def at_a_link() -> Owner:
    """Return an owner who has just made a link to one stage of an unfinished map."""
    owner = Owner.at_review()
    owner.commands(Command.SHARE)
    owner.chooses("share_stage", f"stage.{owner.stage(2).id}", "term.7")
    return owner


class Visiting(Editing):
    """The rules of links: whoever opens one looks, and that is all."""

    @rule(data=st.data())
    def follows_a_link(self, data: st.DataObject) -> None:
        """Open a link, one's own or one that shows nothing: nothing of one's own changes."""
        token = data.draw(st.sampled_from((*self.owner.links.made, "unknown")))
        before, map_before = self.owner.session, self.owner.journey_map

        turn = self.happens(Commanded(Command.START, f"s_{token}"))

        assert turn.journey_map == map_before
        if before.side is not StepId.RETENTION:
            assert turn.session == made_way(before, map_before)
        assert not any(isinstance(request, CountOpening) for request in turn.requests)

    @rule(language=st.sampled_from(Language), theirs=journey_maps(most_stages=2))
    def is_visited(self, language: Language, theirs: JourneyMap) -> None:
        """A stranger opens every link there is, and one of somebody else: they see, and keep nothing."""
        links = self.owner.links
        reader = Owner(session=Session(owner=8, language=language))
        for share in links.made.values():
            shared = self.owner.maps.get(share.map_id)
            if shared is not None:
                reader.links.others[share.token] = SharedMap(share, shared, own=False)
        foreign = Share("theirs", theirs.id, theirs.stages[-1].id, MORNING)
        reader.links.others["theirs"] = SharedMap(foreign, theirs, own=False)

        for token, found in reader.links.others.copy().items():
            before = reader.session
            turn = reader.does(Commanded(Command.START, f"s_{token}"))

            check_turn(turn, before)
            assert (turn.session, turn.journey_map) == (before, None)
            view = next(reply.journey_map for reply in turn.replies if isinstance(reply, MapText))
            assert turn.requests == (CountOpening(token), ShowShared(token, view))
            assert found.share.stage is None or [stage.id for stage in view.stages] == [found.share.stage]
            assert not (view.plans or view.meanings or view.skipped or view.accepted)
            assert not private_numbers(repr(replace(view.persona)))

    @invariant()
    def has_links_to_what_is_there(self) -> None:
        made = self.owner.links.made.values()
        for share in made:
            shared = self.owner.maps.get(share.map_id)
            assert shared is not None
            assert share.stage is None or shared.stage(share.stage) is not None
            assert sum(other.map_id == share.map_id for other in made) <= SHARES_PER_MAP
