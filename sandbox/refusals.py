"""What Telegram says no with: an error code, its own wording, and sometimes parameters."""

from sandbox.shapes import JsonObject


class RefusalError(Exception):
    """A call that Telegram would answer with `ok: false`."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> JsonObject:
        """Return the answer's JSON as Telegram shapes it."""
        answer: JsonObject = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


def bad_request(reason: str) -> RefusalError:
    """Return a 400 with Telegram's prefix."""
    return RefusalError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> RefusalError:
    """Return a 403 with Telegram's prefix."""
    return RefusalError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> RefusalError:
    """Return a 409 with Telegram's prefix."""
    return RefusalError(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> RefusalError:
    """Return a 429 that asks to wait this many seconds."""
    description = f"Too Many Requests: retry after {retry_after}"
    return RefusalError(429, description, retry_after=retry_after)
