"""The sandbox's HTTP server and its public door for tests and the command line."""

import asyncio
import itertools
import json
import re
import socket
import struct
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

from aiohttp import BodyPartReader, web

from sandbox.calls import ApiCall, CallRecord, Violation
from sandbox.chatpage import ChatPage
from sandbox.clock import Clock
from sandbox.controls import Controls
from sandbox.faults import Fault, Faults, Moment, Trouble
from sandbox.files import Upload
from sandbox.methods import METHODS, canonical, read_call
from sandbox.people import Person
from sandbox.refusals import RefusalError, bad_request, conflict, too_many_requests
from sandbox.shapes import JsonObject
from sandbox.state import Chat, Profile, World
from sandbox.updates import BATCH, WAIT_SECONDS, UpdateQueue
from sandbox.webhook import Courier

CALLS_KEPT = 50_000
# A little above Telegram's largest upload, 50 MB, so that our own 413 answers first.
BODY_BYTES = 64 * 1024 * 1024
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_HOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
# The people on the chat page: (id, name, language).
CAST = ((1001, "Sari", "id"), (1002, "Budi", "id"), (1003, "Emma", "en"))


class SandboxServer:
    """A Bot API server for one bot on loopback, with people who chat with it."""

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        token: str = "123:TEST",  # noqa: S107  no secret: it opens nothing but this sandbox
        username: str = "jejak_bot",
        first_update_id: int = 731_000_001,
    ) -> None:
        bot_id = int(token.partition(":")[0])
        self.world = World(bot=Profile(bot_id, "Jejak", is_bot=True, username=username))
        self.updates = UpdateQueue(self.world.clock, itertools.count(first_update_id))
        self.courier = Courier(self.updates, self.world.clock, self._perform_from_webhook)
        self.updates.on_arrival = self.courier.deliver
        self.faults = Faults()
        self.token = token
        self.calls: list[CallRecord] = []
        self.violations: list[Violation] = []
        self._host, self._port = host, port
        self._runner: web.AppRunner | None = None
        self._stopping = asyncio.Event()

    @property
    def url(self) -> str:
        """Where the server listens, without a slash at the end."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    @property
    def clock(self) -> Clock:
        """The sandbox's clock."""
        return self.world.clock

    @property
    def people(self) -> dict[int, Person]:
        """Everybody who has a private chat with the bot, by id."""
        world = self.world
        return {each.id: Person(each, world, self.updates) for each in world.people.values()}

    def person(
        self,
        person_id: int,
        *,
        first_name: str = "Sari",
        language_code: str | None = "id",
        username: str | None = None,
    ) -> Person:
        """Return the person with this id, who is made with a private chat when new."""
        profile = self.world.people.get(person_id)
        if profile is None:
            profile = Profile(person_id, first_name, username=username, language_code=language_code)
            self.world.people[person_id] = profile
            self.world.chats[person_id] = Chat(person_id, person=profile)
            self.world.feed.publish({"kind": "reload"})
        return Person(profile, self.world, self.updates)

    def messages_of(self, method: str) -> list[JsonObject]:
        """Return the parameters of every call of a method, oldest first."""
        return [record.params for record in self.calls if record.method == method]

    async def wait_for(self, condition: Callable[[], object], timeout: float = 10) -> None:  # noqa: ASYNC109  tests' words
        """Return when the condition holds; raise TimeoutError, naming the last calls, when it never does."""
        if not await self.world.feed.until(lambda: bool(condition()), timeout=timeout):
            last = [(record.method, record.params) for record in self.calls[-5:]]
            raise TimeoutError(f"not within {timeout} s; the last calls were {last}, {self.violations=}")

    async def start(self) -> "SandboxServer":
        """Listen; raise OSError when the port is taken."""
        app = web.Application(client_max_size=BODY_BYTES)
        app.router.add_route("*", "/bot{token}/{method}", self._method)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        Controls(self.world, self.updates, self.faults, self.violations).add_routes(app)
        ChatPage(self, self._stopping).add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        addresses: Sequence[tuple[str, int]] = self._runner.addresses
        self._port = addresses[0][1]
        return self

    async def stop(self) -> None:
        """Stop listening; everything in memory is gone with the object."""
        self._stopping.set()
        self.updates.interrupt("the sandbox is stopping")
        await self.courier.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def perform(self, call: ApiCall, alive: Callable[[], bool]) -> object:
        """Carry out a call that fits the schema; raise RefusalError for what Telegram refuses."""
        match call.method:
            case "getUpdates":
                return await self._get_updates(call, alive)
            case "setWebhook":
                return self.courier.set(call)
            case "deleteWebhook":
                return self.courier.delete(call)
            case "getWebhookInfo":
                return self.courier.info(call)
        method = METHODS.get(call.method)
        if method is None:
            raise RefusalError(501, f"Not Implemented: the sandbox has no {call.method}")
        return method(self.world, call)

    async def _get_updates(self, call: ApiCall, alive: Callable[[], bool]) -> object:
        if self.courier.hook is not None:
            raise conflict(_HOOK_ACTIVE)
        allowed = call.values.get("allowed_updates")
        if isinstance(allowed, list):
            self.updates.allowed = tuple(str(kind) for kind in allowed)
        self.updates.confirm(call.integer("offset"))
        limit = min(max(call.integer("limit") or BATCH, 1), BATCH)
        wait = min(max(call.integer("timeout") or 0, 0), WAIT_SECONDS)
        return await self.updates.poll(limit=limit, wait=wait, alive=alive)

    async def _perform_from_webhook(self, method: str, raw: JsonObject) -> object:
        try:
            call = self._noted(canonical(method), raw, {})
            return await self.perform(call, lambda: True)
        except RefusalError as refusal:
            return refusal.body()

    def _noted(self, method: str, raw: JsonObject, files: Mapping[str, Upload]) -> ApiCall:
        """Return the typed call, after it is on the record."""
        shown = raw | {name: f"<{len(upload.data)} bytes>" for name, upload in files.items()}
        record = CallRecord(method, shown, self.clock.now())
        self.calls.append(record)
        del self.calls[:-CALLS_KEPT]
        self.world.feed.wake()
        call = read_call(method, raw, files, self.violations)
        self.calls[-1] = record._replace(params=call.values | {name: shown[name] for name in files})
        return call

    async def _method(self, request: web.Request) -> web.StreamResponse:
        if not _TOKEN.fullmatch(request.match_info["token"]):
            return _json(RefusalError(404, "Not Found").body(), 404)
        try:
            method = canonical(request.match_info["method"])
            raw, files = await _parameters(request)
            call = self._noted(method, raw, files)
            return await self._answer(call, request)
        except RefusalError as refusal:
            return _json(refusal.body(), refusal.code)

    async def _answer(self, call: ApiCall, request: web.Request) -> web.StreamResponse:
        before = self.faults.next_for(call, Moment.BEFORE)
        if before is not None:
            troubled = await self._suffer(before, request)
            if troubled is not None:
                return troubled
        result = await self.perform(call, lambda: request.transport is not None)
        self.world.feed.wake()
        after = self.faults.next_for(call, Moment.AFTER)
        troubled = await self._suffer(after, request) if after is not None else None
        return troubled or _json({"ok": True, "result": result}, 200)

    async def _suffer(self, fault: Fault, request: web.Request) -> web.StreamResponse | None:
        """Return what the fault answers instead, or None when the call goes on after a delay."""
        match fault.trouble:
            case Trouble.FAIL:
                return _failure(fault)
            case Trouble.DELAY:
                await asyncio.sleep(fault.seconds)
                return None
            case Trouble.HANG:
                await self._stopping.wait()
            case Trouble.RESET:
                pass
        _reset(request)
        return web.Response(status=500)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        stored = self.world.files.at(request.match_info["path"])
        if stored is None or not _TOKEN.fullmatch(request.match_info["token"]):
            return _json(RefusalError(404, "Not Found").body(), 404)
        return web.Response(body=stored.data, content_type="application/octet-stream")


class Sandbox:
    """The short way to a running sandbox: `async with Sandbox.start() as server`."""

    @staticmethod
    @asynccontextmanager
    async def start(
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        token: str = "123:TEST",  # noqa: S107  no secret: it opens nothing but this sandbox
        username: str = "jejak_bot",
        first_update_id: int = 731_000_001,
        cast: bool = False,
    ) -> AsyncIterator[SandboxServer]:
        """Yield a listening server, with the page's people if `cast`; raise OSError for a taken port."""
        server = SandboxServer(
            host=host, port=port, token=token, username=username, first_update_id=first_update_id
        )
        await server.start()
        for person_id, first_name, language_code in CAST if cast else ():
            server.person(person_id, first_name=first_name, language_code=language_code)
        try:
            yield server
        finally:
            await server.stop()


async def run_sandbox(host: str, port: int, token: str) -> None:
    """Serve API and chat page until cancelled; raise OSError when the port is taken."""
    async with Sandbox.start(host=host, port=port, token=token, cast=True):
        await asyncio.Event().wait()


async def _parameters(request: web.Request) -> tuple[JsonObject, dict[str, Upload]]:
    """Return a request's raw parameters and uploads, from its query and its body."""
    raw: JsonObject = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except json.JSONDecodeError:
            raise bad_request("can't parse JSON object") from None
        return (raw | body if isinstance(body, dict) else raw), files
    if request.content_type.startswith("multipart/"):
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                continue
            if part.filename is None:
                raw[part.name] = await part.text()
            else:
                mime = part.headers.get("Content-Type", "application/octet-stream")
                files[part.name] = Upload(bytes(await part.read()), part.filename, mime)
        return raw, files
    form = await request.post()
    return raw | {name: value for name, value in form.items() if isinstance(value, str)}, files


def _failure(fault: Fault) -> web.Response:
    if fault.html:
        page = f"<html><head><title>{fault.status} Bad Gateway</title></head><body>nginx</body></html>"
        return web.Response(text=page, status=fault.status, content_type="text/html")
    if fault.retry_after is not None:
        return _json(too_many_requests(fault.retry_after).body(), fault.status)
    reason = {403: "Forbidden", 500: "Internal Server Error", 502: "Bad Gateway"}.get(fault.status, "Error")
    return _json(RefusalError(fault.status, reason).body(), fault.status)


def _reset(request: web.Request) -> None:
    """Cut the connection so that the caller sees a reset, not an orderly end."""
    transport = request.transport
    if transport is None:
        return
    linger = struct.pack("ii", 1, 0)
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    transport.abort()


def _json(body: JsonObject, status: int) -> web.Response:
    return web.json_response(body, status=status)
