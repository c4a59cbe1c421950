"""`python -m tests.simulation SEED` plays one seed and tells its history; `--seeds N` plays many on all cores."""

import argparse
import sys

from tests.simulation.coverage import table
from tests.simulation.seeds import many, one


def main() -> int:
    """The command."""
    words = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    words.add_argument("seed", nargs="?", type=int, help="the seed to play and tell")
    words.add_argument("--seeds", type=int, default=0, help="how many seeds to play, quietly, on all cores")
    words.add_argument("--first", type=int, default=0, help="the first of them")
    words.add_argument("--quiet", action="store_true", help="don't tell the history of a single seed")
    words.add_argument("--coverage", action="store_true", help="print in how many worlds what was met")
    given = words.parse_args()
    if given.seed is not None:
        failure = one(given.seed, None if given.quiet else print)
        print(failure or f"seed {given.seed}: all invariants hold")
        return 1 if failure else 0
    wanted = given.seeds or 1000
    failures, met = many(range(given.first, given.first + wanted), tell=print)
    if given.coverage:
        print(table(wanted, met))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
