"""How quick Jejak is, as ratios to something trivial measured in the same run, so that machines compare."""
