"""What is kept of a ground changes no answer: who asks second hears what would have been said had nobody asked."""

import random
from collections.abc import Iterator
from typing import Any

from sync.approvals import approves
from sync.evidence import Interval
from sync.form import form
from sync.ops import Op
from sync.rules import Case, judge
from sync.verdicts import Reason
from tests.pure.test_vectors import RULES, facts_with, load

DAY = 86_400_000


def neighbours(given: dict[str, Any]) -> Iterator[tuple[Case, Interval]]:
    """The case of a vector, and what differs from it in the moment, the arrival, the author or what stands already."""
    op = Op(1, given["kind"], given["key"], given["set"], given["written"])
    found = form(op)
    assert not isinstance(found, Reason), found
    after, before = given["after"], given["before"]
    for person in {given["person"], "deputy"}:
        for values in (given["values"], {}, {"given": after - 14 * DAY + 1}, {"given": before - 14 * DAY}):
            for arrived in (given["arrived"], given["arrived"] + 4 * DAY):
                target = approves(op.kind, op.set, values, given.get("matters", {}).__getitem__)
                case = Case(op, *found, person, values, arrived, target)
                for written in {after, after + 1, before}:
                    yield case, Interval(after, before, written, given["consistent"])
                yield case, Interval(after - 90 * DAY, before, before, given["consistent"])


def test_the_order_in_which_entries_are_judged_changes_no_verdict() -> None:
    groups: dict[str, list[dict[str, Any]]] = {}
    for vector in [*RULES["cases"], *load("edges")]:
        groups.setdefault(str(vector["case"].get("facts", [])), []).append(vector["case"])
    for cases in groups.values():
        facts = facts_with(cases[0].get("facts", []))
        asked = [one for given in cases for one in neighbours(given)]
        random.Random(1).shuffle(asked)
        asked.sort(key=lambda one: (one[0].op.key, one[0].person, one[1].before))  # stable: alike together
        kept = [judge(case, facts, evidence) for case, evidence in asked]
        for (case, evidence), told in zip(asked, kept, strict=True):
            facts.follows = {}
            assert judge(case, facts, evidence) == told, (case, evidence)
