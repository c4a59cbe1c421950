"""`device list` and `device revoke`: which devices a school has, and one that may hold nothing any more. A server that
runs notices within a second or so."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from server.accounts import Accounts
from server.commands.folders import need_a_school, schools
from server.commands.times import zone_in
from server.commands.words import Trouble, out
from server.house import wall_clock

COMMAND = "the command line"


def show(data: Path, school: str) -> None:
    """Print the devices of a school, the newest last: id, first sign-in, person, name, and whether it is revoked."""
    accounts = accounts_of(data, school)
    try:
        found = accounts.devices(school)
    finally:
        accounts.close()
    if not found:
        out.print(f"No device has signed in to the school {school} yet.", soft_wrap=True, markup=False)
    where = zone_in(data)
    for device in found:
        stands = f"revoked {_day(device.revoked, where)} by {device.by}: {device.reason}" if device.revoked else ""
        line = f"{device.id}  {_day(device.created, where)}  {device.person:12}  {device.name:24}  {stands}"
        out.print(line.rstrip(), soft_wrap=True, markup=False)


def revoke(data: Path, school: str, device: str, reason: str) -> None:
    """Revoke a device for good."""
    if not reason.strip():
        raise Trouble("A revoked device wants a reason.", "Say it: --reason 'left on the bus on 20 November'.", 2)
    accounts = accounts_of(data, school)
    try:
        new = accounts.revoke(school, device, reason.strip(), COMMAND)
    except KeyError as unknown:
        raise Trouble(
            f"There is no device {device!r} in the school {school}.", f"Look it up: zvonok device list {school}.", 2
        ) from unknown
    finally:
        accounts.close()
    stands = "is revoked" if new else "had been revoked before"
    out.print(
        f"The device {device} {stands}. At its next contact it delivers what it holds sealed and forgets everything "
        "else. Who signs in on it again gets a new device.",
        soft_wrap=True, markup=False,
    )  # fmt: skip


def accounts_of(data: Path, school: str) -> Accounts:
    """The accounts, to be closed; raises Trouble when there is no such school."""
    need_a_school(data)
    if school not in (there := schools(data)):
        raise Trouble(f"There is no school {school!r} in {data}.", f"Schools here: {', '.join(there)}.", 2)
    return Accounts(data / "accounts.db", wall_clock)


def _day(moment: int, where: ZoneInfo) -> str:
    return datetime.fromtimestamp(moment / 1000, where).strftime("%Y-%m-%d %H:%M")
