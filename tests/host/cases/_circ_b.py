import _circ_a
saw = (hasattr(_circ_a, "first"), hasattr(_circ_a, "done"))
