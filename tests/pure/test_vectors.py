"""The vectors in tests/vectors, run against the law in Python. The tablet runs the same files (pwa/test/rules)."""

import json
import runpy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from sync.approvals import approves
from sync.evidence import Contact, gap, gap_sealed
from sync.facts import Facts
from sync.form import form
from sync.marks import Weighted, floor_of, proposal, weighted_mean
from sync.merge import Head, blank, conflicts, put
from sync.model import KINDS
from sync.ops import Op
from sync.rules import Case, judge
from sync.verdicts import Reason

VECTORS = Path(__file__).parent.parent / "vectors"


def load(name: str) -> Any:
    return json.loads((VECTORS / f"{name}.json").read_text())


def by_words(vectors: list[dict[str, Any]]) -> Any:
    assert len({v["says"] for v in vectors}) == len(vectors), "each vector says something of its own"
    return pytest.mark.parametrize("vector", vectors, ids=[v["says"] for v in vectors])


RULES = load("rules")


def facts_with(extra: list[list[Any]]) -> Facts:
    facts = Facts()
    for kind, key, values in [*RULES["facts"], *extra]:
        facts.put(kind, key, values)
    return facts


@by_words([*RULES["cases"], *load("edges")])
def test_rules(vector: dict[str, Any]) -> None:
    from sync.evidence import Interval

    given = vector["case"]
    op = Op(1, given["kind"], given["key"], given["set"], given["written"])
    found = form(op)
    assert not isinstance(found, Reason), found
    kind, parts = found
    target = approves(op.kind, op.set, given["values"], given.get("matters", {}).__getitem__)
    case = Case(op, kind, parts, given["person"], given["values"], given["arrived"], target)
    evidence = Interval(given["after"], given["before"], given["written"], given["consistent"])
    decision = judge(case, facts_with(given.get("facts", [])), evidence)
    assert (decision.verdict, decision.reason) == (vector["verdict"], vector["reason"])
    if "authority" in vector:
        assert decision.authority == vector["authority"]


@by_words(load("form"))
def test_form(vector: dict[str, Any]) -> None:
    given = vector["case"]
    found = form(Op(given["n"], given["kind"], given["key"], given["set"], given["at"], tuple(given["seen"])))
    assert (found if isinstance(found, Reason) else "") == vector["reason"]


@by_words(load("merge"))
def test_merge(vector: dict[str, Any]) -> None:
    row = blank("8b-alg/2026-11-20/2/p1/1", "journal:8b-alg")
    lost = []
    for seq, op in enumerate(vector["case"], start=1):
        head = Head(None, op["device"], op["written"], op["device"], op["n"], op["authority"], seq)
        lost.append(bool(put(row, {"value": op["value"]}, head, op["seen"])))
    torn = (conflicts(row) or {}).get("value", [])
    assert row.values["value"] == vector["shown"]
    assert [h.value for h in torn] == vector["conflict"]
    assert lost == vector["lost"]


@by_words(load("evidence"))
def test_evidence(vector: dict[str, Any]) -> None:
    given, expected = vector["case"], vector["interval"]
    contacts, n = [Contact(*c) for c in given["contacts"]], given["n"]
    since = gap_sealed(contacts, n, given["sealed"]) if "sealed" in given else gap(contacts, n)
    found = since.interval(given["at"], given["latest_claim"])
    assert (found.after, found.before, found.written, found.consistent) == (
        expected["after"], expected["before"], expected["written"], expected["consistent"],
    )  # fmt: skip


@by_words(load("marks"))
def test_marks(vector: dict[str, Any]) -> None:
    mean = weighted_mean([Weighted(value, weight) for value, weight in vector["case"]])
    assert mean == (Fraction(*vector["mean"]) if vector["mean"] else None)
    assert (proposal(mean, vector.get("thresholds")) if mean is not None else None) == vector["proposal"]


@by_words(load("floors"))
def test_floors(vector: dict[str, Any]) -> None:
    assert floor_of(vector["case"]["hours"], vector["case"].get("floors")) == vector["least"]


def test_every_reason_that_a_rule_can_give_has_a_vector() -> None:
    told = {v["reason"] for v in [*RULES["cases"], *load("edges"), *load("form")]}
    elsewhere = {Reason.LOST}  # merge tells it
    assert {str(r) for r in Reason} - told == {str(r) for r in elsewhere}


def test_every_kind_of_the_model_has_a_lawful_scope() -> None:
    for kind in KINDS.values():
        key = "/".join({"date": "2026-11-20", "starts": "2026-09-01"}.get(p, "1") for p in kind.key)
        assert kind.parts(key) is not None
        assert "{" not in kind.scope_of(key)


def test_edges_are_those_that_the_script_makes() -> None:
    made = runpy.run_path(str(VECTORS / "make_edges.py"))
    cases = made["every"]()
    assert cases == load("edges")
    assert len(cases) + len(RULES["cases"]) >= 300
