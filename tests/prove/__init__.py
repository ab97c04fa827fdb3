"""The long proofs: hundreds of people at random, real processes, and the books compared with what truly happened.

    python -m tests.prove [NAME] [--short] [--kill | --no-kill] [--seed N]

Each proof prints one JSON line, and each violation it found as a sentence; one violation is enough to fail.
"""
