"""The interview: where an owner is, what can happen, and what is said back; no I/O, no clock, no words."""
