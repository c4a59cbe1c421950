"""The live channel against a running server: who is poked for what, and when a line ends."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Iterator

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from server import live
from server.accounts import Session
from server.exchange import Draft
from server.live import Line
from sync.messages import Poke
from sync.scopes import Entitlement
from tests.edge.served import Guest, Served, poke


@contextlib.contextmanager
def line_of(guest: Guest, **headers: str) -> Iterator[ClientConnection]:
    """A line on which the first poke, that tells where the school stands, has been heard."""
    with guest.live(**headers) as line:
        poke(line)
        yield line


def until_closed(line: ClientConnection) -> None:
    """Raises ConnectionClosed; a poke of what others wrote before may still come first."""
    while True:
        poke(line)


def scopes(line: ClientConnection, until: str, timeout: float = 5) -> set[str]:
    """Scopes of the pokes up to the one that names `until`."""
    found: set[str] = set()
    while until not in found:
        found |= set(poke(line, timeout)["scopes"])
    return found


def heard(line: ClientConnection, seconds: float) -> set[str]:
    """Scopes of all pokes in the next moments."""
    found: set[str] = set()
    ends = time.monotonic() + seconds
    with contextlib.suppress(TimeoutError):
        while (left := ends - time.monotonic()) > 0:
            found |= set(poke(line, left)["scopes"])
    return found


def write(guest: Guest, number: int = 2) -> None:
    guest.verdicts(guest.op("mark", f"8b-alg/2026-11-20/{number}/p1/1", value="5"))


def test_a_second_tablet_hears_of_an_entry_within_a_second(served: Served) -> None:
    anna, deputy = served.sign_in("t1"), served.sign_in("tutor")
    with line_of(deputy) as line:
        began = time.monotonic()
        write(anna)
        found = poke(line)
        assert time.monotonic() - began < 1
        assert found["scopes"]["journal:8b-alg"] > 0
        assert found["applied_seq"] >= found["scopes"]["journal:8b-alg"]


def test_the_first_poke_tells_where_the_school_stands(served: Served) -> None:
    anna = served.sign_in("t1")
    with anna.live() as line:
        found = poke(line)
    assert found["scopes"] == {}
    assert 0 < found["applied_seq"] <= served.exchange.applied_seq


def test_a_family_hears_of_its_diary_alone(served: Served) -> None:
    anna, parent = served.sign_in("t1"), served.sign_in("guardian")
    with line_of(parent) as line:
        anna.verdicts(
            anna.op("mark", "8b-alg/2026-11-20/6/p1/2", value="4"),
            anna.op("lesson", "8b-alg/2026-11-20/6", topic="Дроби"),
        )
        assert scopes(line, "diary:p1") <= {"diary:p1", "bulletin:8b"}


def test_a_pupil_without_consent_hears_nothing(served: Served) -> None:
    anna, pupil = served.sign_in("t1"), served.sign_in("p2")
    with line_of(pupil) as line:
        write(anna)
        assert heard(line, 0.6) == set()


def test_a_deputy_head_hears_of_journals_that_may_be_opened(served: Served) -> None:
    anna, deputy = served.sign_in("t1"), served.sign_in("deputy")
    with line_of(deputy) as line:
        write(anna)
        assert "journal:8b-alg" in scopes(line, "journal:8b-alg")


def test_a_deputy_head_hears_nothing_of_others_inboxes_and_diaries(served: Served) -> None:
    anna, parent, deputy = served.sign_in("t1"), served.sign_in("guardian"), served.sign_in("deputy")
    with line_of(deputy) as line, line_of(parent) as family:
        anna.verdicts(
            anna.op("mark", "8b-alg/2026-11-20/7/p1/2", value="5"),
            anna.op("mark", "8b-alg/2026-11-20/2/p1/1", value="17"),
        )
        scopes(family, "diary:p1")
        found = heard(line, 0.3)
    assert "office" in found
    assert not [scope for scope in found if scope.startswith(("inbox:t1", "diary:", "bulletin:"))]


def test_a_teacher_hears_nothing_of_the_office(served: Served) -> None:
    admin, anna = served.sign_in("admin"), served.sign_in("t1")
    with line_of(anna) as line:
        admin.verdicts(admin.op("pupil", "p3", middle_name="Олегович"))
        assert "office" not in heard(line, 0.6)


def test_many_entries_at_once_make_few_pokes(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "GATHER", 1.0)  # what is at once here, a busy machine writes in seconds
    anna, tutor = served.sign_in("t1"), served.sign_in("tutor")
    with line_of(tutor) as line:
        for n in range(40):
            write(anna, n % 7 + 1)
        last = served.exchange.applied_seq
        pokes = []
        while not pokes or pokes[-1]["applied_seq"] < last:
            pokes.append(poke(line))
    assert len(pokes) < 30
    assert [p["applied_seq"] for p in pokes] == sorted(p["applied_seq"] for p in pokes)


def test_the_backups_receipt_goes_to_the_staff_and_not_to_families(served: Served) -> None:
    anna, parent = served.sign_in("t1"), served.sign_in("guardian")
    write(anna)
    with line_of(anna) as staff, line_of(parent) as family:
        seq = served.exchange.applied_seq
        served.exchange.mark_durable(seq)
        while poke(staff)["durable_seq"] < seq:
            pass
        with contextlib.suppress(TimeoutError):
            while True:
                assert poke(family, 0.4)["durable_seq"] == 0


def test_a_tablet_that_does_not_listen_keeps_one_poke_and_holds_up_nobody(served: Served) -> None:
    anna, deaf, tutor = served.sign_in("t1"), served.sign_in("deputy"), served.sign_in("tutor")
    with deaf.live() as _, line_of(tutor) as line:
        for n in range(20):
            write(anna, n % 7 + 1)
        last = served.exchange.applied_seq
        while poke(line)["applied_seq"] < last:
            pass


def test_signing_out_ends_the_line(served: Served) -> None:
    anna = served.sign_in("t1")
    with line_of(anna) as line:
        anna.http.post("/api/32/sign-out")
        with pytest.raises(ConnectionClosed) as told:
            until_closed(line)
    assert told.value.rcvd is not None
    assert (told.value.rcvd.code, told.value.rcvd.reason) == (4401, "signed_out")


def test_closing_the_account_ends_the_line(served: Served) -> None:
    served.house.accounts.create("32", "leaver", "t2", "leaver-secret", demo=True)
    leaver = served.sign_in("leaver")
    with line_of(leaver) as line:
        served.house.accounts.disable("32", "leaver")
        with pytest.raises(ConnectionClosed):
            until_closed(line)


def test_an_expired_session_ends_the_line(served: Served) -> None:
    anna = served.sign_in("t1")
    with line_of(anna) as line:
        before = served.clock.now
        served.clock.now += 12 * 3_600_000
        try:
            served.exchange.load("import", [Draft("subject", "geo", {"name": "Геометрия"}, served.clock(), "admin")])
            with pytest.raises(ConnectionClosed) as told:
                while True:
                    poke(line)
        finally:
            served.clock.now = before
    assert told.value.rcvd is not None and told.value.rcvd.code == 4401


async def turns() -> None:
    """Let everybody on the loop who can go on go on."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_pokes_that_nobody_took_grow_into_one() -> None:
    async def story() -> None:
        said: list[Poke | None] = []
        listening = asyncio.Event()

        async def say(line: Line) -> None:
            await listening.wait()
            while (found := line.take()) is not None:
                said.append(found)
            said.append(None)

        line = Line(Session(b"", "32", "t1", "t1", "d1", 0, 0, 0), Entitlement(("school", "journal:a")), say)
        for seq in range(1, 1_000):
            line.offer({"journal:a": seq, f"class:{seq % 3}": seq}, seq, seq - 1)
            await asyncio.sleep(0)
        listening.set()
        await turns()
        line.offer({}, 1_000, 1_000)
        await turns()
        line.end()
        await turns()
        last = {"journal:a": 999, "class:0": 999, "class:1": 997, "class:2": 998}
        assert said == [Poke(last, 999, 998), None, Poke({}, 1_000, 1_000), None, None]
        assert line.over

    asyncio.run(story())


def test_a_new_right_is_heard_of_without_asking(served: Served) -> None:
    boris = served.sign_in("t2")
    with line_of(boris) as line:
        served.exchange.load(
            "import", [Draft("teaching", "8b-alg/t2/2026-09-01", {"active": True}, served.clock(), "admin")]
        )
        assert "journal:8b-alg" in scopes(line, "journal:8b-alg")
        write(served.sign_in("t1"))
        assert "journal:8b-alg" in scopes(line, "journal:8b-alg")
        served.exchange.load(
            "import", [Draft("teaching", "8b-alg/t2/2026-09-01", {"active": False}, served.clock(), "admin")]
        )
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            write(served.sign_in("t1"))
            if "journal:8b-alg" not in heard(line, 1.2):
                return
    pytest.fail("the line is still poked for a journal that is no longer its person's")


def test_another_sites_page_gets_no_line(served: Served) -> None:
    anna = served.sign_in("t1")
    for origin in ("https://elsewhere.example", f"http://127.0.0.1:{served.port + 1}", "null"):
        with pytest.raises(InvalidStatus) as told:
            anna.live(Origin=origin)
        assert told.value.response.status_code == 403
    with line_of(anna, Origin=served.url):
        pass


def test_whatever_a_tablet_says_is_let_fall(served: Served) -> None:
    anna = served.sign_in("t1")
    with line_of(anna) as line:
        for said in ("hello", b"\x00\xff", "{}", "x" * 4000):
            line.send(said)
        write(served.sign_in("t1"))
        assert "journal:8b-alg" in scopes(line, "journal:8b-alg")


def test_a_tablet_that_says_too_much_is_hung_up_on(served: Served) -> None:
    with line_of(served.sign_in("t1")) as line:
        line.send("x" * 10_000)
        with pytest.raises(ConnectionClosed):
            for _ in range(100):
                poke(line)


def test_lines_that_are_gone_are_forgotten(served: Served) -> None:
    guests = [served.sign_in("t1") for _ in range(5)]

    def lines() -> float:
        text = served.client().get("/metrics").text
        return next(float(row.split()[1]) for row in text.splitlines() if row.startswith("zvonok_live_lines "))

    with contextlib.ExitStack() as stack:
        for guest in guests:
            stack.enter_context(line_of(guest))
        assert lines() >= 5
    deadline = time.monotonic() + 5
    while lines() > 0 and time.monotonic() < deadline:
        threading.Event().wait(0.02)
    assert lines() == 0
