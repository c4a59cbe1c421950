"""Accounts: who may sign in, which sessions are open, which device is whose. Secrets live here and nowhere else.

passwords: argon2, bounded · tries: how often one may guess · sessions: who is signed in on which device
secrets: the keys of parcels · schema: tables · accounts: the whole, as routes and the command line use it
"""

from server.accounts.accounts import Account, Accounts, LoginTaken, WrongSignIn
from server.accounts.passwords import CHEAP, COST, Busy, Cost
from server.accounts.sessions import Device, Naming, Session
from server.accounts.tries import TooManyTries

__all__ = [
    "CHEAP", "COST", "Account", "Accounts", "Busy", "Cost", "Device", "LoginTaken", "Naming", "Session", "TooManyTries",
    "WrongSignIn",
]  # fmt: skip
