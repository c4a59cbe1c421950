"""Troubles: what goes wrong, as one word of the wire's closed list with the right status, and one line of log."""

from server.accounts import Busy, TooManyTries, WrongSignIn
from server.exchange import Rejected
from server.log import log
from server.storage.sqlite import DatabaseError
from sync.messages import Trouble

STATUS = {
    "bad_json": 400,
    "bad_op": 400,
    "too_large": 413,
    "signed_out": 401,
    "wrong_sign_in": 401,
    "too_many_tries": 429,
    "wrong_school": 404,
    "wrong_device": 409,
    "revoked": 403,
    "old_protocol": 426,
    "forbidden": 403,
    "not_found": 404,
    "overloaded": 503,
    "disk_full": 507,
    "internal": 500,
}
AGAIN = 2  # seconds after which an overloaded server may be asked again


def refuse(error: str, *, status: int = 0, limit: int | None = None, retry_after: int | None = None) -> Rejected:
    """The exception that answers a request with this trouble."""
    rejected = Rejected(status or STATUS[error], error, limit=limit)
    if retry_after is not None:
        rejected.trouble.retry_after = retry_after
    return rejected


def in_words(bug: Exception) -> Rejected:
    """Any exception as a refusal; one that nobody expected is `internal`, and the log has its place."""
    match bug:
        case Rejected():
            return bug
        case WrongSignIn():
            return refuse("wrong_sign_in")
        case TooManyTries(retry_after=wait):
            return refuse("too_many_tries", retry_after=wait)
        case Busy(retry_after=wait):
            return refuse("overloaded", retry_after=wait)
        case DatabaseError():
            full = "full" in str(bug) or "disk I/O" in str(bug)
            log.error("the database refuses", said=str(bug), hint="make room on the disk" if full else "see `said`")
            return refuse("disk_full") if full else refuse("overloaded", retry_after=AGAIN)
        case _:
            log.error("a bug", exc_info=bug)
            return refuse("internal")


def note(rejected: Rejected, *, route: str, school: str = "", device: str = "") -> None:
    """The one line that a refused request leaves in the log."""
    trouble: Trouble = rejected.trouble
    said = {k: v for k, v in (("n", trouble.n), ("limit", trouble.limit), ("school", school), ("device", device)) if v}
    log.info("refused", route=route, status=rejected.status, error=trouble.error, **said)
