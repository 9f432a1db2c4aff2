"""``python -m bot`` is ``jejak``."""

import sys

from bot.cli import main

if __name__ == "__main__":
    sys.exit(main())
