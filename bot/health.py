"""The facts by which one sees whether the bot still does its work."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from storage.database import Database
from storage.transactions import Transaction

LONGEST_SILENCE = timedelta(seconds=90)
"""More than three long polls without a good answer: Telegram can't be reached."""
LONGEST_WAIT = timedelta(seconds=60)
"""The promise: what was sent to us is answered within 60 s of a restart."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was true at one moment; a missing time means never, or nothing waits."""

    healthy: bool
    last_poll: datetime | None
    inbox_oldest: datetime | None
    outbox_oldest: datetime | None

    def document(self) -> dict[str, str | bool | None]:
        """Return the facts for JSON."""
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in asdict(self).items()
        }


class Health:
    """Collects the facts. ``polls`` says whether silence of getUpdates means trouble."""

    def __init__(self, database: Database, clock: Clock, *, polls: bool) -> None:
        self._database = database
        self._clock = clock
        self._polls = polls
        self._since = clock.now()
        self.last_poll: datetime | None = None

    def polled(self) -> None:
        """Note a good answer to getUpdates."""
        self.last_poll = self._clock.now()

    async def facts(self) -> Facts:
        """Return the facts of this moment; raises what the database raises."""

        def oldest(transaction: Transaction) -> tuple[datetime | None, datetime | None]:
            return transaction.inbox.oldest(), transaction.outbox.oldest()

        inbox_oldest, outbox_oldest = await self._database.read(oldest)
        now = self._clock.now()
        silent = self._polls and now - (self.last_poll or self._since) > LONGEST_SILENCE
        # The outbox isn't judged: that Telegram told us to leave a chat alone for an hour is no trouble.
        late = inbox_oldest is not None and now - inbox_oldest > LONGEST_WAIT
        return Facts(
            healthy=not (silent or late),
            last_poll=self.last_poll,
            inbox_oldest=inbox_oldest,
            outbox_oldest=outbox_oldest,
        )
