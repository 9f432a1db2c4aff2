"""Trouble on purpose: the next calls of a method fail, hang, come late or lose their connection."""

from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.calls import ApiCall

ANY_METHOD = "*"


class Trouble(StrEnum):
    """What happens to a call."""

    FAIL = "fail"
    RESET = "reset"
    HANG = "hang"
    DELAY = "delay"


class Moment(StrEnum):
    """Whether the trouble comes before the call takes effect or after it did."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(slots=True)
class Fault:
    """The next `times` calls of a method (of one chat, if given) get this trouble."""

    trouble: Trouble
    method: str = ANY_METHOD
    times: int = 1
    moment: Moment = Moment.BEFORE
    chat_id: int | None = None
    status: int = 500
    retry_after: int | None = None
    seconds: float = 0.0
    html: bool = False

    def concerns(self, call: ApiCall) -> bool:
        """Return whether this call is one of those."""
        same_chat = self.chat_id is None or call.integer("chat_id") == self.chat_id
        return self.times > 0 and self.method in (ANY_METHOD, call.method) and same_chat


@dataclass(slots=True)
class Faults:
    """The faults that wait for their call, in the order they were set."""

    waiting: list[Fault] = field(default_factory=list)

    def fail(
        self,
        method: str,
        *,
        times: int = 1,
        status: int = 500,
        retry_after: int | None = None,
        chat_id: int | None = None,
        html: bool = False,
        moment: Moment = Moment.BEFORE,
    ) -> None:
        """Answer with an error status: 429 (with `retry_after` seconds), 500, or 502 (as `html`)."""
        self.waiting.append(
            Fault(
                Trouble.FAIL,
                method,
                times,
                moment,
                chat_id=chat_id,
                status=status,
                retry_after=retry_after,
                html=html,
            )
        )

    def reset(self, method: str, *, times: int = 1, moment: Moment = Moment.BEFORE) -> None:
        """Reset the connection before or after the call took effect."""
        self.waiting.append(Fault(Trouble.RESET, method, times, moment))

    def hang(self, method: str, *, times: int = 1, moment: Moment = Moment.BEFORE) -> None:
        """Never answer; the connection stays open until the sandbox stops."""
        self.waiting.append(Fault(Trouble.HANG, method, times, moment))

    def delay(self, method: str, seconds: float, *, times: int = 1) -> None:
        """Wait this long before the call."""
        self.waiting.append(Fault(Trouble.DELAY, method, times, seconds=seconds))

    def clear(self) -> None:
        """Forget every fault."""
        self.waiting.clear()

    def next_for(self, call: ApiCall, moment: Moment) -> Fault | None:
        """Return the trouble for this call at this moment, used up once."""
        for fault in self.waiting:
            if fault.moment is moment and fault.concerns(call):
                fault.times -= 1
                self.waiting = [each for each in self.waiting if each.times > 0]
                return fault
        return None
