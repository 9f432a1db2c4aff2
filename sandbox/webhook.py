"""Webhook delivery: in order per chat, lanes side by side, retried with back-off until the update expires."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp

from sandbox.calls import ApiCall
from sandbox.clock import Clock
from sandbox.refusals import bad_request
from sandbox.shapes import JsonObject, present
from sandbox.updates import Pending, UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name, not a secret
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
# Telegram's server: the answer within 60 s; retried at once, then 1, 2, 4 … 60 s; Retry-After up to 3600 s.
ANSWER_SECONDS = 60
LONGEST_PAUSE = 60.0
LONGEST_ASKED_PAUSE = 3_600.0
CONNECTIONS = 40

Perform = Callable[[str, JsonObject], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Hook:
    """Where updates go."""

    url: str
    secret: str | None
    connections: int
    has_certificate: bool


@dataclass(slots=True)
class Courier:
    """Brings updates to the webhook. `first_pause` is the first back-off in seconds; tests make it short."""

    updates: UpdateQueue
    clock: Clock
    perform: Perform
    first_pause: float = 1.0
    hook: Hook | None = None
    last_error: tuple[int, str] | None = None
    _lanes: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(CONNECTIONS))
    _session: aiohttp.ClientSession | None = None

    def set(self, call: ApiCall) -> object:
        """Answer setWebhook; an empty url removes the webhook."""
        url = call.text("url") or ""
        if not url:
            return self.delete(call)
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        secret = call.text("secret_token")
        if secret is not None and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        self._forget_lanes()
        self._obey(call)
        connections = call.integer("max_connections") or CONNECTIONS
        self.hook = Hook(url, secret, connections, call.upload("certificate") is not None)
        self._slots = asyncio.Semaphore(connections)
        self.last_error = None
        self.updates.interrupt("terminated by setWebhook request")
        self.deliver()
        return True

    def delete(self, call: ApiCall) -> object:
        """Answer deleteWebhook."""
        self._forget_lanes()
        self.hook = None
        self._obey(call)
        return True

    def info(self, _call: ApiCall) -> object:
        """Answer getWebhookInfo."""
        hook, error = self.hook, self.last_error
        shape: JsonObject = {
            "url": hook.url if hook else "",
            "has_custom_certificate": bool(hook and hook.has_certificate),
            "pending_update_count": len(self.updates.live()),
        }
        return shape | present(
            max_connections=hook.connections if hook else None,
            last_error_date=error[0] if error else None,
            last_error_message=error[1] if error else None,
            allowed_updates=list(self.updates.allowed),
        )

    def deliver(self) -> None:
        """Start a lane for every chat that has something waiting."""
        if self.hook is None:
            return
        for entry in self.updates.live():
            if entry.lane not in self._lanes:
                self._lanes[entry.lane] = asyncio.create_task(self._lane(entry.lane))

    async def close(self) -> None:
        """Stop every delivery."""
        tasks = list(self._lanes.values())
        self._forget_lanes()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _forget_lanes(self) -> None:
        for task in self._lanes.values():
            task.cancel()
        self._lanes.clear()

    def _obey(self, call: ApiCall) -> None:
        allowed = call.values.get("allowed_updates")
        if isinstance(allowed, list):
            self.updates.allowed = tuple(str(kind) for kind in allowed)
        if call.flag("drop_pending_updates"):
            self.updates.pending.clear()

    async def _lane(self, lane: str) -> None:
        failures = 0
        while self.hook is not None:
            entry = next((each for each in self.updates.live() if each.lane == lane), None)
            if entry is None:
                break
            async with self._slots:
                asked = await self._deliver_one(self.hook, entry)
            if asked is None:
                self.updates.remove(entry)
                failures = 0
                continue
            # The first retry comes at once.
            pause = min(self.first_pause * 2 ** (failures - 1), LONGEST_PAUSE) if failures else 0.0
            failures += 1
            await asyncio.sleep(max(pause, min(asked, LONGEST_ASKED_PAUSE)))
        self._lanes.pop(lane, None)

    async def _deliver_one(self, hook: Hook, entry: Pending) -> float | None:
        """Return None when the update was taken, else how many seconds the receiver asks us to wait."""
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
            self._session = aiohttp.ClientSession(timeout=timeout)
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        try:
            async with self._session.post(hook.url, json=entry.update, headers=headers) as response:
                body = await response.text()
                if response.ok:
                    await self._called_back(body)
                    return None
                self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
                asked = response.headers.get("Retry-After", "0")
                return float(asked) if asked.isdecimal() else 0.0
        except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
            self._failed(f"Connection failed: {trouble}")
            return 0.0

    async def _called_back(self, body: str) -> None:
        """Make the one method call that a webhook's answer may carry; its result goes nowhere."""
        try:
            answer = json.loads(body)
        except ValueError:
            return
        if isinstance(answer, dict) and isinstance(answer.get("method"), str):
            method = str(answer.pop("method"))
            await self.perform(method, answer)

    def _failed(self, reason: str) -> None:
        self.last_error = (int(self.clock.now()), reason)
