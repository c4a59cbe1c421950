"""`password`: a new one for a person who forgot it. A server that runs notices within a second or so."""

from pathlib import Path

from server.accounts.passwords import one_time
from server.commands.devices import accounts_of
from server.commands.words import Trouble, out


def renew(data: Path, school: str, login: str, opens: bool = False) -> None:
    """Set a one-time password and print it, the only place where it ever stands; the login's sessions end. A closed
    account gets none, unless it `opens` with it."""
    accounts = accounts_of(data, school)
    new = one_time()
    try:
        if accounts.is_closed(school, login) and not opens:
            raise Trouble(
                f"The account {login!r} is closed: its person has left the school, and no password opens it.",
                f"Somebody who came back gets it with: zvonok password {school} {login} --open",
            )
        if opens:
            accounts.disable(school, login, disabled=False)
        accounts.set_password(school, login, new)
    except KeyError as unknown:
        raise Trouble(
            f"There is no login {login!r} in the school {school}.",
            "Look at how it is written; case does not matter.",
            2,
        ) from unknown
    finally:
        accounts.close()
    out.print(
        f"The new password of {login} is: {new}\nIt is shown here only. Whoever was signed in with the old one has to "
        "sign in again; a tablet keeps what is unsent.",
        soft_wrap=True, markup=False,
    )  # fmt: skip
