"""What the hotline costs: measured on this machine against the plainest thing that does the same, and written down.

    python -m tests.bench [PART…]

Each part is a function that returns its figures. Ratios are of medians within one run, both sides taking turns, so
that a busy or a slow machine weighs on both. What was not measured is not in the file.
"""
