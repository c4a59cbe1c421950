"""`parcels import`: a file of sealed ops that a tablet exported. While a server runs it is handed to it, as any tablet
would; else it is decided here."""

import asyncio
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from server.backup.locks import SERVER, Holder, holder_of
from server.commands.folders import held, need_a_school, schools
from server.commands.words import Trouble, out
from server.house import House
from server.parcels import open_and_decide
from sync.messages import MAX_OPS, PROTOCOL, Parcel, Parcels, Receipts
from sync.messages import Trouble as Refusal

BATCH = 300_000  # bytes of parcels sent at once; the server takes half a megabyte


class Exported(Struct):
    """A `*.zvonok` file. `zvonok`: the version of its form."""

    zvonok: int
    school: str
    device: str
    parcels: list[Parcel]
    name: str = ""


Deliver = Callable[[Parcels], Receipts]


def bring(data: Path, path: Path) -> bool:
    """Deliver the file and print what became of it; True when all of it has been decided."""
    need_a_school(data)
    file = _read(path)
    if file.school not in (there := schools(data)):
        raise Trouble(f"The file is of the school {file.school!r}.", f"Schools here: {', '.join(there)}.", 2)
    holder = holder_of(data / SERVER)
    if holder is not None and holder.port:
        found = _deliver(file, lambda said: _post(holder, file.school, said))
    else:
        with held(data, "parcels import"):
            house = House.open(data)
            try:
                found = _deliver(file, lambda said: _decide(house, file.school, said))
            finally:
                house.close()
    return _tell(file, found)


def _read(path: Path) -> Exported:
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Exported)
    except OSError as trouble:
        raise Trouble(f"{path} can't be read: {trouble.strerror}.", "Give the path of a *.zvonok file.", 2) from trouble
    except msgspec.DecodeError as trouble:
        raise Trouble(f"{path} is no file of sealed entries.", "Export it on the tablet once more.", 2) from trouble
    if found.zvonok != 1:
        raise Trouble(f"{path} was made by a newer version ({found.zvonok}).", "Update the server first.", 2)
    return found


def _batches(file: Exported) -> Iterator[list[Parcel]]:
    batch: list[Parcel] = []
    size = 0
    for parcel in sorted(file.parcels, key=lambda p: p.n):
        if batch and (len(batch) == MAX_OPS or size + len(parcel.box) > BATCH):
            yield batch
            batch, size = [], 0
        batch.append(parcel)
        size += len(parcel.box) + len(parcel.epk) + 64
    if batch:
        yield batch


def _deliver(file: Exported, deliver: Deliver) -> Receipts:
    """The receipts of all batches as one."""
    found = Receipts(PROTOCOL, 0, 0, [], False)
    highest = max((parcel.n for parcel in file.parcels), default=0)
    for batch in _batches(file):
        receipts = deliver(Parcels(PROTOCOL, file.device, highest, batch))
        found.known, found.missing = max(found.known, receipts.known), receipts.missing
        found.refused += receipts.refused
        found.revoked = found.revoked or receipts.revoked
    return found


def _decide(house: House, school: str, said: Parcels) -> Receipts:
    found = asyncio.run(open_and_decide(house, school, said))
    return found[0] if found else Receipts(PROTOCOL, 0, 0, sorted({p.n for p in said.parcels}), False)


def _post(holder: Holder, school: str, said: Parcels) -> Receipts:
    host = "127.0.0.1" if holder.host in ("", "0.0.0.0", "::") else holder.host
    address = f"http://{host}:{holder.port}/api/{school}/parcels"
    asked = urllib.request.Request(address, msgspec.json.encode(said), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return msgspec.json.decode(answer.read(), type=Receipts)
    except urllib.error.HTTPError as refused:
        trouble = msgspec.json.decode(refused.read(), type=Refusal)
        wait = f" in {trouble.retry_after} seconds" if trouble.retry_after else ""
        raise Trouble(
            f"The server refused the parcels: {trouble.error}.", f"Try again{wait}; nothing is lost."
        ) from None
    except OSError as trouble:
        raise Trouble(
            f"The server (process {holder.pid}) does not answer on {host}:{holder.port}: {trouble}.",
            "Look at its log; or stop it and import then.",
        ) from None


def _tell(file: Exported, found: Receipts) -> bool:
    numbers = {parcel.n for parcel in file.parcels}
    refused = numbers & set(found.refused)
    decided = {n for n in numbers - refused if n <= found.known}
    waiting = numbers - refused - decided
    said = [f"Device {file.device}{f' ({file.name})' if file.name else ''}: {len(numbers)} sealed entries in the file."]
    said.append(f"  {len(decided)} decided; the verdicts wait for their author at the next sign-in.")
    if waiting:
        said.append(f"  {len(waiting)} wait: entries after number {found.known} are missing before them.")
    if refused:
        said.append(
            f"  {len(refused)} refused: not sealed to this server by this device, or damaged. Nothing was written."
        )
    if found.revoked:
        said.append(
            "  The device or its person may hold nothing any more; what may be of later waits for the deputy head."
        )
    out.print("\n".join(said), soft_wrap=True, markup=False)
    return not waiting and not refused
