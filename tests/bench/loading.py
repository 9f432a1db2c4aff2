"""``python -m tests.bench.loading``: load the matcher in a fresh process, print CPU seconds and bytes taken.

That includes the knowledge the advice is drawn from, which is read on the way.
"""

import sys
import time

import psutil


def main() -> None:
    """Load, match once, and print."""
    process = psutil.Process()
    size, began = process.memory_info().rss, time.process_time()
    from bot.content import load_content

    load_content().matcher.topics_of("ongkirnya mahal")
    spent = time.process_time() - began
    sys.stdout.write(f"{spent} {process.memory_info().rss - size}\n")


if __name__ == "__main__":
    main()
