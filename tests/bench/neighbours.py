"""Who else uses the machine: processor time of all processes but the bench and what it started."""

import time

import psutil


class Neighbours:
    """Watches the other processes from its making on."""

    def __init__(self) -> None:
        """Start watching."""
        self._busy, self._own, self._started = _busy(), tree_seconds(), time.perf_counter()

    def processors(self) -> float:
        """Return how many processors the others kept busy on average since then."""
        elapsed = time.perf_counter() - self._started
        others = (_busy() - self._busy) - (tree_seconds() - self._own)
        return max(0.0, others / elapsed)


def tree_seconds(process: psutil.Process | None = None) -> float:
    """Return the CPU time of a process (default: this one) and of all that it started, ended ones too.

    The kernel counts in ticks of 10 ms.
    """
    root = process or psutil.Process()
    total = 0.0
    for member in (root, *root.children(recursive=True)):
        try:
            times = member.cpu_times()
        except psutil.NoSuchProcess:  # ended meanwhile; its parent counts it from now on
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def _busy() -> float:
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - times.iowait - times.guest - times.guest_nice)
