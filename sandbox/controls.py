"""The sandbox's own switches over HTTP: its clock, troubles on purpose, and what the bot did wrong."""

from dataclasses import asdict

from aiohttp import web

from sandbox.calls import Violation
from sandbox.faults import Fault, Faults, Moment, Trouble
from sandbox.shapes import JsonObject, as_object, integer_in, number_in
from sandbox.state import World
from sandbox.updates import UpdateQueue


class Controls:
    """Serves /sandbox/clock, /sandbox/faults, /sandbox/updates and /sandbox/violations."""

    def __init__(
        self, world: World, updates: UpdateQueue, faults: Faults, violations: list[Violation]
    ) -> None:
        self._updates = updates
        self._world = world
        self._faults = faults
        self._violations = violations

    def add_routes(self, app: web.Application) -> None:
        """Put the switches into the application."""
        app.router.add_get("/sandbox/clock", self._clock)
        app.router.add_post("/sandbox/clock", self._move_clock)
        app.router.add_get("/sandbox/faults", self._list_faults)
        app.router.add_post("/sandbox/faults", self._add_fault)
        app.router.add_delete("/sandbox/faults", self._clear_faults)
        app.router.add_post("/sandbox/updates", self._queue_update)
        app.router.add_get("/sandbox/violations", self._list_violations)

    async def _clock(self, _request: web.Request) -> web.Response:
        return web.json_response({"offset_seconds": self._world.clock.offset_seconds})

    async def _move_clock(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        self._world.clock.advance(days=number_in(body, "days") or 0, seconds=number_in(body, "seconds") or 0)
        self._world.feed.publish({"kind": "clock", "offset_seconds": self._world.clock.offset_seconds})
        return await self._clock(request)

    async def _list_faults(self, _request: web.Request) -> web.Response:
        return web.json_response([asdict(fault) for fault in self._faults.waiting])

    async def _add_fault(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        try:
            self._faults.waiting.append(_fault(body))
        except ValueError as wrong:
            raise web.HTTPBadRequest(text=str(wrong)) from None
        return await self._list_faults(request)

    async def _clear_faults(self, request: web.Request) -> web.Response:
        self._faults.clear()
        return await self._list_faults(request)

    async def _queue_update(self, request: web.Request) -> web.Response:
        """Deliver an update again ({"repeat": update_id}) or one that can't be parsed ({"poison": {…}})."""
        body = await read_object(request)
        repeated = integer_in(body, "repeat")
        if repeated is None:
            poison = body.get("poison")
            return web.json_response(
                {"update_id": self._updates.poison(as_object(poison) if poison else None)}
            )
        try:
            self._updates.repeat(repeated)
        except LookupError as unknown:
            raise web.HTTPBadRequest(text=str(unknown)) from None
        return web.json_response({"update_id": repeated})

    async def _list_violations(self, _request: web.Request) -> web.Response:
        return web.json_response([asdict(violation) for violation in self._violations])


async def read_object(request: web.Request) -> JsonObject:
    """Return the request's JSON object; answer 400 when it is something else.

    Only application/json is read, so that no foreign web page can send it without asking first.
    """
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="send application/json")
    try:
        return as_object(await request.json())
    except (ValueError, TypeError):
        raise web.HTTPBadRequest(text="send a JSON object") from None


def _fault(body: JsonObject) -> Fault:
    return Fault(
        trouble=Trouble(str(body.get("trouble", "fail"))),
        method=str(body.get("method", "*")),
        times=integer_in(body, "times") or 1,
        moment=Moment(str(body.get("moment", "before"))),
        chat_id=integer_in(body, "chat_id"),
        status=integer_in(body, "status") or 500,
        retry_after=integer_in(body, "retry_after"),
        seconds=number_in(body, "seconds") or 0.0,
        html=body.get("html") is True,
    )
