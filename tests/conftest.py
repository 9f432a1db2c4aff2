"""How much Hypothesis tries: the same in every run, more on demand (``HYPOTHESIS_PROFILE``)."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("default", deadline=None, derandomize=True, print_blob=True)
settings.register_profile(
    "explore",
    deadline=None,
    max_examples=1000,
    stateful_step_count=60,
    suppress_health_check=[HealthCheck.too_slow],
)
os.environ.setdefault("PTB_TIMEDELTA", "1")  # PTB: else each RetryAfter raises a deprecation warning
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
