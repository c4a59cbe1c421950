"""Many seeds: played on all cores, with progress, and for each failure the way to see it again."""

import gc
import os
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor

from tests.simulation.failure import Failure
from tests.simulation.host import founded
from tests.simulation.invariants import check
from tests.simulation.school import ZONES
from tests.simulation.world import World

SHARE = 25  # seeds a process takes at a time


def one(seed: int, tell: Callable[[str], None] | None = None, met: Counter[str] | None = None) -> str:
    """Play a seed; what failed, or nothing. `met`: gets one for each thing that the world has met, see `coverage`."""
    world = World(seed, tell)
    try:
        world.play()
        check(world)
    except Failure as failure:
        return f"seed {seed}: {failure}"
    except Exception as bug:
        where = traceback.extract_tb(bug.__traceback__)[-1]
        return f"seed {seed}: [bug] {bug!r} at {where.filename}:{where.lineno}"
    finally:
        world.close()
    if met is not None:
        met.update(name for name, times in world.met.items() if times)
    return ""


def share(seeds: list[int]) -> tuple[list[str], Counter[str]]:
    """Play a share of the seeds in this process; what failed, and in how many worlds what was met."""
    gc.disable()  # a world leaves little behind, and looking for it costs a tenth of the time
    met = Counter[str]()
    try:
        return [found for seed in seeds if (found := one(seed, met=met))], met
    finally:
        gc.enable()
        gc.collect()


def many(seeds: Iterable[int], tell: Callable[[str], None] | None = None) -> tuple[list[str], Counter[str]]:
    """Play seeds on all cores; what failed, and in how many worlds what was met."""
    wanted = list(seeds)
    for timezone in ZONES:
        founded(timezone)  # once, before the processes part
    shares = [wanted[at : at + SHARE] for at in range(0, len(wanted), SHARE)]
    began, done, failures, met = time.perf_counter(), 0, list[str](), Counter[str]()
    told = began
    with ProcessPoolExecutor(os.cpu_count() or 1) as pool:
        for played, (found, met_there) in zip(shares, pool.map(share, shares), strict=True):
            done += len(played)
            met += met_there
            failures += found
            now = time.perf_counter()
            if tell:
                for failure in found:
                    tell(f"{failure[:600]}\n    again: python -m tests.simulation {failure.split()[1].rstrip(':')}")
                if now - told > 5 or done == len(wanted):
                    told = now
                    tell(f"{done} of {len(wanted)} seeds, {done / (now - began):.1f}/s, {len(failures)} failed")
    return failures, met
