"""The command line `zvonok`: its verbs and their options. What they do is in `server.commands`, imported when wanted.

Exit codes: 0 done, 1 a trouble that was said in words, 2 a wrong option, 130 interrupted.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from server.commands.words import spoken

PORT = 8032

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="Zvonok, an electronic school journal that works where the wifi does not.",
)  # fmt: skip
imports = typer.Typer(add_completion=False, no_args_is_help=True, help="Bring a school in from another system.")
app.add_typer(imports, name="import")
audit = typer.Typer(add_completion=False, no_args_is_help=True, help="Read the ledger: is it whole, who wrote what.")
app.add_typer(audit, name="audit")
device = typer.Typer(add_completion=False, no_args_is_help=True, help="The devices of a school.")
app.add_typer(device, name="device")
parcels = typer.Typer(add_completion=False, no_args_is_help=True, help="Sealed entries of a locked or lost tablet.")
app.add_typer(parcels, name="parcels")

Data = Annotated[Path, typer.Option("--data", envvar="ZVONOK_DATA", help="Where the schools live.")]
Backups = Annotated[Path, typer.Option("--backups", envvar="ZVONOK_BACKUPS", help="Where the backup goes.")]
Port = Annotated[int, typer.Option("--port", envvar="ZVONOK_PORT", min=1, max=65_535, help="Where the server listens.")]
Host = Annotated[str, typer.Option("--host", envvar="ZVONOK_HOST", help="127.0.0.1: this machine; 0.0.0.0: everybody.")]

DATA, BACKUPS, HOST = Path("data"), Path("backups"), "127.0.0.1"


@app.command()
@spoken
def run(host: Host = HOST, port: Port = PORT, data: Data = DATA, backups: Backups = BACKUPS) -> None:
    """Serve the journal; when there is no school yet, make the demo school first. Ctrl-C ends."""
    from server.commands import serving

    serving.run(host, port, data.absolute(), backups.absolute())


@app.command()
@spoken
def serve(host: Host = HOST, port: Port = PORT, data: Data = DATA, backups: Backups = BACKUPS) -> None:
    """Serve the schools that are there, with the backup under way."""
    from server.commands import serving

    serving.serve(host, port, data.absolute(), backups.absolute())


@app.command()
@spoken
def demo(
    data: Data = DATA,
    backups: Annotated[
        Path | None, typer.Option("--backups", envvar="ZVONOK_BACKUPS", help="Where its backup will go.")
    ] = None,
) -> None:
    """Make the demo school in an empty data folder; not over a backup that holds a school."""
    from server.commands import demo as making

    if backups is None and data == DATA:
        backups = BACKUPS
    making.demo(data.absolute(), backups.absolute() if backups else None)


@imports.command()
@spoken
def oneroster(
    path: Annotated[Path, typer.Argument(help="A OneRoster 1.1 CSV bundle: a zip file or a folder.")],
    school: Annotated[str, typer.Option("--school", help="The school's id here, such as 32.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be imported.")] = False,
    listing: Annotated[Path | None, typer.Option("--list", help="Write what was not imported to a file.")] = None,
    data: Data = DATA,
) -> None:
    """Import a school from OneRoster 1.1: people, classes, subjects, terms. Every row is imported or listed."""
    from server.commands import importing

    importing.oneroster(path.absolute(), school, data.absolute(), listing, dry_run=dry_run)


@app.command()
@spoken
def consent(
    school: Annotated[str, typer.Argument(help="The school's id here, such as 32.")],
    pupil: Annotated[str, typer.Argument(help="The pupil's id; after an import the sourcedId of users.csv.")],
    given: Annotated[bool, typer.Option("--given/--withdrawn", help="What the parents' paper says.")],
    reason: Annotated[str, typer.Option("--reason", help="The paper; wanted when it is withdrawn.")] = "",
    data: Data = DATA,
) -> None:
    """Note the parents' consent to the diary of a pupil. The server must not be running."""
    from server.commands import consenting

    consenting.consent(data.absolute(), school, pupil, reason, given=given)


@app.command()
@spoken
def restore(
    source: Annotated[
        Path,
        typer.Option("--from", "--backups", envvar="ZVONOK_BACKUPS", help="The backup folder, or a backup.toml."),
    ] = BACKUPS,
    target: Annotated[
        Path,
        typer.Option("--to", "--data", envvar="ZVONOK_DATA", help="The data folder to fill."),
    ] = DATA,
    at: Annotated[
        str,
        typer.Option(
            "--at",
            help="As it was then, by the school's clock: '2026-11-20 14:00', '14:00' (today); or with an offset.",
        ),
    ] = "",
    daily: Annotated[str, typer.Option("--daily", help="From the whole copy of a day: 2026-11-20.")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Move aside what stands there.")] = False,
) -> None:
    """Bring the schools back from the backup, checked, into an empty folder."""
    from server.commands import restoring

    restoring.bring_back(source.absolute(), target.absolute(), at, daily, replace)


@app.command()
@spoken
def status(data: Data = DATA, backups: Backups = BACKUPS) -> None:
    """How things stand: server, schools, tablets, backup. Exit code 1 when something wants attention."""
    from server.commands import status as standing

    if not standing.status(data.absolute(), backups.absolute()):
        raise typer.Exit(1)


@app.command()
@spoken
def drill(
    data: Data = DATA,
    backups: Backups = BACKUPS,
    room: Annotated[Path | None, typer.Option("--room", help="Where to restore to for a moment.")] = None,
) -> None:
    """Rehearse a restore: bring the newest backup back to a temporary folder and compare it with the live data."""
    from server.commands import restoring

    restoring.drill(backups.absolute(), data.absolute(), room)


School = Annotated[str, typer.Option("--school", help="One school only.")]


@audit.command()
@spoken
def verify(school: School = "", data: Data = DATA) -> None:
    """Prove that each entry of the ledger follows from the one before, and that the rows agree with it."""
    from server.commands import auditing

    auditing.verify(data.absolute(), school)


@audit.command()
@spoken
def cell(
    key: Annotated[str, typer.Argument(help="The record's key: 8b-algebra/2026-11-24/5/p2301/1")],
    kind: Annotated[str, typer.Option("--kind", help="The record's type.")] = "mark",
    school: School = "",
    data: Data = DATA,
) -> None:
    """What happened to a record: who, when written, when arrived, from what to what, verdict, approver."""
    from server.commands import auditing

    auditing.cell(data.absolute(), school, kind, key)


SchoolId = Annotated[str, typer.Argument(metavar="SCHOOL", help="The school's id here, such as 32.")]


@device.command("list")
@spoken
def list_devices(school: SchoolId, data: Data = DATA) -> None:
    """Every device that has signed in: whose, since when, and whether it was revoked."""
    from server.commands import devices

    devices.show(data.absolute(), school)


@device.command("revoke")
@spoken
def revoke_device(
    school: SchoolId,
    device: Annotated[str, typer.Argument(metavar="DEVICE", help="The device's id, as `device list` shows it.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept with the device.")] = "",
    data: Data = DATA,
) -> None:
    """From now on a device may hold nothing. The server may be running."""
    from server.commands import devices

    devices.revoke(data.absolute(), school, device, reason)


@app.command()
@spoken
def password(
    school: SchoolId,
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="The person's login.")],
    opens: Annotated[bool, typer.Option("--open", help="Open a closed account: its person came back.")] = False,
    data: Data = DATA,
) -> None:
    """Give a person who forgot it a new password, shown once. The server may be running."""
    from server.commands import passwords

    passwords.renew(data.absolute(), school, login, opens)


@parcels.command("import")
@spoken
def import_parcels(
    path: Annotated[Path, typer.Argument(help="A *.zvonok file that a tablet exported.")], data: Data = DATA
) -> None:
    """Deliver a file of sealed entries. The server may be running. Exit code 1 when not all of it was decided."""
    from server.commands import delivering

    if not delivering.bring(data.absolute(), path.absolute()):
        raise typer.Exit(1)


def main() -> None:
    """The entry point. What it writes is for the owner of the data alone."""
    os.umask(0o077)
    app()


if __name__ == "__main__":
    main()
