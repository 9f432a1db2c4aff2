"""The links that an owner made, and those of others that they may open: what the edge keeps of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from conversations.events import Event, Occasion, Share, SharedMap
from conversations.requests import CountOpening, EraseMap, Request, RevokeShare, ShareMap
from conversations.visits import link_token
from journey.model import JourneyMap

ADDRESS = "https://t.me/jejak_bot?start="


@dataclass
class Links:
    """Links by their tokens; ``others`` lead to maps of somebody else."""

    made: dict[str, Share] = field(default_factory=dict)
    others: dict[str, SharedMap] = field(default_factory=dict)

    def told(self, occasion: Occasion, event: Event | None, maps: Mapping[str, JourneyMap]) -> Occasion:
        """Return the occasion with the links, and with the map that an event opens."""
        token = link_token(event) if event is not None else None
        share = self.made.get(token or "")
        own = maps.get(share.map_id) if share else None
        shared = self.others.get(token or "")
        if share is not None and own is not None:
            shared = SharedMap(share, own, own=True)
        return replace(
            occasion,
            shares=tuple(self.made.values()),
            fresh_token=f"token{occasion.fresh_id}",
            address=ADDRESS,
            shared=shared,
        )

    def grants(self, request: Request) -> None:
        """Do what the edge does with a request about links."""
        match request:
            case ShareMap(share=share):
                self.made[share.token] = share
            case RevokeShare(token=token):
                self.made.pop(token, None)
            case EraseMap(map_id=map_id):
                self.made = {token: kept for token, kept in self.made.items() if kept.map_id != map_id}
            case CountOpening(token=token):
                found = self.others[token]
                share = replace(found.share, opened=found.share.opened + 1)
                self.others[token] = replace(found, share=share)
            case _:
                pass
