"""`demo`: the demo school into an empty data folder.

Holds always:
1. It is made in a folder beside and moved in when it is whole: one that was cut off leaves no half school.
"""

import shutil
from datetime import datetime
from pathlib import Path

from server.commands.folders import held, schools
from server.commands.progress import bar
from server.commands.words import Trouble, out

MAKING = ".making"


def demo(data: Path, backups: Path | None) -> None:
    """Make the demo school; refuses a folder that has a school in it, and one whose backup has."""
    with held(data, "demo"):
        if there := schools(data):
            raise Trouble(
                f"{data} has a school in it already ({', '.join(there)}); nothing was changed.",
                "Name another folder with --data, or move this one away first.",
            )
        if backups is not None:
            from server.commands.earlier import refuse

            refuse(data, backups)
        make(data)
        out.print(f"The demo school is in {data}. Start it: zvonok serve --data {data}", soft_wrap=True)


def make(data: Path) -> None:
    """Make the demo school in a data folder that is held and has no school in it."""
    from server.demo import make_demo
    from server.demo.calendar import TIMEZONE
    from server.demo.late import correct_late
    from server.house import House
    from sync.days import zone

    now = datetime.now(zone(TIMEZONE))
    making = data / MAKING
    if making.exists():  # cut off before: nothing in it was ever served
        shutil.rmtree(making)
    for path in data.glob("accounts.db*"):  # sign-ins to no school, and a log that belongs to another database
        path.unlink()
    making.mkdir(mode=0o700)
    try:
        with bar() as progress:
            house = House.open(making)
            try:
                report = make_demo(house, now.date(), progress.count, moment=int(now.timestamp() * 1000))
                correct_late(house.exchanges[report.school], now.date())
                house.publish(report.school)
            finally:
                house.close()
        # The schools come last: whoever finds a school finds everything else of it too.
        for path in sorted(making.iterdir(), key=lambda path: path.name == "schools"):
            path.rename(data / path.name)
        making.rmdir()
    except BaseException:
        if not schools(data):
            shutil.rmtree(making, ignore_errors=True)
        raise
    entries = sum(report.entries.values())
    out.print(f"Made a demo school: {entries:,} entries, {report.accounts:,} people, {report.seconds:.1f} s.")
