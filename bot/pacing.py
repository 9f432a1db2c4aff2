"""How fast we may send, as numbers: no clock and no waiting in here."""

CHAT_RATE = 1.0
"""Telegram: about one message a second to one chat; short bursts pass."""
CHAT_BURST = 4.0
TOTAL_RATE = 30.0
"""Telegram: about 30 messages a second to all chats."""
FORGET_ABOVE = 1000
"""Chats whose buckets are kept before the full ones, which say nothing, are forgotten."""
ALBUM_MESSAGES = 2
"""Telegram asks for a message a second and lets short bursts pass; what is too much it refuses with 429."""


class Bucket:
    """A token bucket: fills at ``rate`` a second up to ``burst``; starts full. ``now`` is in seconds."""

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._tokens = burst
        self._at = now

    def wait(self, now: float) -> float:
        """Return how many seconds to wait until one token is there; 0 when it is."""
        self._fill(now)
        # a hair less than one: after waiting exactly as long as told, rounding must not ask for more
        return 0.0 if self._tokens >= 1 - 1e-9 else (1 - self._tokens) / self._rate

    def take(self, now: float, tokens: int) -> None:
        """Take tokens, below zero if need be: an album is one call and counts as many messages."""
        self._fill(now)
        self._tokens -= tokens

    def full(self, now: float) -> bool:
        """Tell whether nothing was taken for so long that the bucket might as well be new."""
        self._fill(now)
        return self._tokens >= self._burst

    def _fill(self, now: float) -> None:
        self._tokens = min(self._burst, self._tokens + max(0.0, now - self._at) * self._rate)
        self._at = now


class Pacing:
    """Telegram's limits for each chat and for all chats together; ``burst`` and ``total`` are messages."""

    def __init__(self, now: float, *, burst: float = CHAT_BURST, total: float = TOTAL_RATE) -> None:
        self._all = Bucket(total, total, now)
        self._burst = burst
        self._chats: dict[int, Bucket] = {}

    def wait_for_all(self, now: float) -> float:
        """Return how many seconds nobody may be sent anything."""
        return self._all.wait(now)

    def wait_for(self, chat_id: int, now: float) -> float:
        """Return how many seconds this chat may not be sent anything."""
        bucket = self._chats.get(chat_id)
        return 0.0 if bucket is None else bucket.wait(now)

    def take(self, chat_id: int, messages: int, now: float) -> None:
        """Count messages to a chat; an album counts as two, or the next answer would wait for seconds."""
        if len(self._chats) > FORGET_ABOVE:
            self._chats = {known: bucket for known, bucket in self._chats.items() if not bucket.full(now)}
        self._chats.setdefault(chat_id, Bucket(CHAT_RATE, self._burst, now)).take(
            now, min(messages, ALBUM_MESSAGES)
        )
        self._all.take(now, messages)
