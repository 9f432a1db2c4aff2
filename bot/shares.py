"""Links to maps at the edge: what the interview is told of them, and what an opened one shows."""

import secrets
from datetime import datetime

from telegram import Bot

from bot.wishes import Wish, put_wish
from conversations.events import Event, Share, SharedMap
from conversations.requests import CountOpening, Drawing, RevokeShare, ShareMap, ShowShared
from conversations.session import Session
from conversations.visits import link_token
from journey.document import read_stored
from storage.records import ShareRow
from storage.transactions import Transaction

TOKEN_BYTES = 16
"""128 bits: 22 characters of base64, which nobody guesses and a start link has room for (64)."""


def fresh_token() -> str:
    """Return what a new link is known by."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def address_of(bot: Bot) -> str:
    """Return what leads to the bot with the payload that stands behind it."""
    return f"https://t.me/{bot.username}?start="


def shares_of(transaction: Transaction, owner_id: int, now: datetime, *maps: str | None) -> tuple[Share, ...]:
    """Return the links in force to some of an owner's maps, the oldest first."""
    wanted = {map_id for map_id in maps if map_id is not None}
    found = transaction.shares.of_owner(owner_id, wanted) if wanted else ()
    return tuple(_share(row) for row in found if not row.is_over(now))


def shared_by(transaction: Transaction, event: Event, reader: int, now: datetime) -> SharedMap | None:
    """Return what the link shows that an event opens, None where there is none or it shows nothing."""
    token = link_token(event)
    shown = transaction.shares.shown(token, now) if token else None
    if shown is None:
        return None
    row, document = shown
    return SharedMap(_share(row), read_stored(document), own=row.owner_id == reader)


def fulfil_share(
    transaction: Transaction,
    session: Session,
    request: ShareMap | RevokeShare | CountOpening | ShowShared,
    now: datetime,
) -> None:
    """Do what the interview asks for when an owner shares, or somebody opens a link."""
    match request:
        case ShareMap(share=share):
            row = ShareRow(
                share.token, session.owner, share.map_id, share.stage, share.created, share.expires
            )
            transaction.shares.add(row)
        case RevokeShare(token=token):
            transaction.shares.revoke(token, session.owner)
        case CountOpening(token=token):
            transaction.shares.count_opening(token)
        case ShowShared(token=token, journey_map=journey_map):
            wish = Wish(Drawing.SHARED, session.language, journey_map, link=token)
            put_wish(transaction, session.owner, wish, now)


def _share(row: ShareRow) -> Share:
    return Share(row.token, row.map_id, row.stage, row.created, row.expires, row.opened)
