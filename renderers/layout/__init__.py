"""From a map to the numbers of a page: pure functions that return display lists."""
