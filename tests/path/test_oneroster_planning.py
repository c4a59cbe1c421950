"""What the rows of a bundle mean: every row has one outcome, and says why when it is not imported."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from server.interop import Bundle, Why, plan_import, read_bundle
from server.interop.ids import ident
from server.interop.plan import Plan, Standing
from server.interop.run import prove
from sync.facts import Facts
from tests.school import moment

SAMPLE = Path(__file__).parents[1] / "fixtures" / "oneroster" / "school"
REAL = Path(__file__).parents[3] / "shared" / "data" / "oneroster-1.1"
TODAY = date(2026, 11, 23)
AT = moment("2026-11-23T12:00")

HEADS = {
    "orgs": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
    "academicSessions": ("sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear"),
    "courses": "sourcedId,status,dateLastModified,title,courseCode,orgSourcedId",
    "classes": (
        "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classType,schoolSourcedId,termSourcedIds"
    ),
    "users": (
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,familyName,"
        "agentSourcedIds,password"
    ),
    "enrollments": (
        "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate"
    ),
}
BASE = {
    "orgs": ["s,,,Школа,school,,"],
    "academicSessions": [
        "y,,,2026/2027,schoolYear,2026-09-01,2027-05-31,,2027",
        "q1,,,I,term,2026-09-01,2026-10-23,y,2027",
        "q2,,,II,term,2026-11-02,2026-12-30,y,2027",
    ],
    "courses": ["alg,,,Алгебра,А,s"],
    "classes": ["8b,,,8 «Б»,08,alg,homeroom,s,y"],
    "users": [
        "boss,,,true,s,administrator,boss,Мария,Львова,,secret-secret",
        "t,,,true,s,teacher,petrova,Анна,Петрова,,",
        "p,,,true,s,student,abramov,Илья,Абрамов,,",
    ],
    "enrollments": ["e1,,,8b,s,t,teacher,true,,", "e2,,,8b,s,p,student,,,"],
}


def bundle(path: Path, **more: list[str]) -> Bundle:
    """The base bundle, with these rows added to its files."""
    path.mkdir()
    for table, head in HEADS.items():
        (path / f"{table}.csv").write_text("\n".join([head, *BASE[table], *more.get(table, ())]) + "\n")
    return read_bundle(path)


def planned(read: Bundle, facts: Facts | None = None) -> Plan:
    """The plan, proven: every row settled once, every entry acceptable."""
    facts = facts or Facts()
    plan = plan_import(read, Standing(facts, {}), "5", TODAY, AT)
    rows = [(row.file, row.line) for table in read.tables.values() for row in table.rows]
    assert sorted(plan.fates) == sorted(rows + [(x.file, x.line) for x in read.listed])
    assert sorted((x.file, x.line) for x in plan.listed) == sorted(k for k, f in plan.fates.items() if f == "listed")
    assert all(x.words for x in plan.listed)
    prove(facts, plan.drafts)
    return plan


def why(plan: Plan, file: str) -> list[tuple[int, Why]]:
    return [(x.line, x.why) for x in plan.listed if x.file == f"{file}.csv"]


def written(plan: Plan, kind: str) -> dict[str, dict[str, Any]]:
    return {d.key: d.set for d in plan.drafts if d.kind == kind}


def said(plan: Plan, file: str) -> str:
    return " ".join(r.words for r in plan.remarks if r.file == (f"{file}.csv" if file else ""))


def test_a_clean_bundle_is_imported_to_the_last_row(tmp_path: Path) -> None:
    plan = planned(bundle(tmp_path / "b"))
    assert plan.listed == []
    assert written(plan, "class") == {"8b": {"name": "8 «Б»", "grade": 8}}
    assert written(plan, "journal")["8b"] == {"class_id": "8b", "subject": "alg", "year": "y", "subgroup": None}
    assert written(plan, "teaching") == {"8b/t/2026-09-01": {"ends": "2027-06-01", "active": True}}
    assert written(plan, "enrolment") == {"8b/p/2026-09-01": {"name": "Абрамов Илья", "ends": "2027-06-01"}}
    assert written(plan, "term")["q1"]["ends"] == "2026-10-24"  # the last day is inside
    assert {g["role"] for g in written(plan, "grant").values()} == {"admin", "class_teacher"}
    assert [x.login for x in plan.logins] == ["boss", "petrova", "abramov"]
    assert written(plan, "school")["5"]["window_days"] == 14
    assert len(written(plan, "bell")) == 8


def test_the_sample_school_is_imported_as_its_journal_needs_it() -> None:
    plan = planned(read_bundle(SAMPLE))
    journals = {k: (j["class_id"], j["subgroup"]) for k, j in written(plan, "journal").items()}
    assert journals == {
        "8b": ("8b", None),
        "8b-alg": ("8b", None),  # everybody of 8 «Б» is in it
        "8b-eng-1": ("8b", "8b-eng-1"),
        "8b-eng-2": ("8b", "8b-eng-2"),
        "chess": ("chess", None),  # one common pupil proves nothing
    }
    assert set(written(plan, "class")) == {"8b", "chess"}
    assert set(written(plan, "member")) == {"8b/8b-eng-1/p2", "8b/8b-eng-1/p4", "8b/8b-eng-2/p1", "8b/8b-eng-2/p3"}
    assert set(written(plan, "family")) == {"m1/p1", "f2/p2"}
    assert [t["name"] for t in written(plan, "term").values()] == [f"{n} четверть" for n in ("I", "II", "III", "IV")]
    assert written(plan, "school")["5"]["name"] == "Школа № 5"
    assert Counter(x.why for x in plan.listed) == {
        Why.OVERLAPS: 2, Why.NOT_THE_SCHOOL: 3, Why.OTHER_SCHOOL: 4, Why.WRONG_ROLE: 1, Why.NO_RIGHT: 1,
    }  # fmt: skip


def test_status_decides_before_anything_else(tmp_path: Path) -> None:
    rows = ["c1,inactive,,a,8,,,s,y", "c2,tobedeleted,,b,8,,,s,y", "c3,gone,,c,8,,,s,y", "c4,ACTIVE,,d,8,,,s,y"]
    plan = planned(bundle(tmp_path / "b", classes=rows))
    assert why(plan, "classes") == [(3, Why.INACTIVE), (4, Why.NOTHING_TO_END), (5, Why.BAD_STATUS)]
    assert set(written(plan, "class")) == {"8b", "c4"}


def test_a_doubled_or_missing_id_is_listed_and_the_first_row_stands(tmp_path: Path) -> None:
    rows = ["p,,,true,s,student,other,Пётр,Другой,,", ",,,true,s,student,x,Без,Номера,,"]
    plan = planned(bundle(tmp_path / "b", users=rows))
    assert why(plan, "users") == [(5, Why.TWICE), (6, Why.NO_ID)]
    assert written(plan, "pupil")["p"]["last_name"] == "Абрамов"


def test_users_are_taken_by_their_role(tmp_path: Path) -> None:
    rows = [
        "a,,,true,s,aide,a,Вера,Помощница,,",
        "w,,,true,s,wizard,w,Мерлин,Неизвестный,,",
        "n,,,true,s,teacher,n,,,,",
        "m,,,true,s,relative,m,Нина,Бабушкина,p,",
        "q,,,true,s,parent,q,Олег,Одинокий,nobody,",
        "o,,,true,elsewhere,teacher,o,Яков,Дальний,,",
    ]
    plan = planned(bundle(tmp_path / "b", users=rows))
    assert why(plan, "users") == [(6, Why.UNKNOWN_ROLE), (7, Why.MISSING)]
    assert written(plan, "person")["a"]["position"] == "помощник учителя"
    assert written(plan, "person")["o"]  # an unknown org is no reason to leave people out
    assert written(plan, "family") == {"m/p": {"starts": "2026-09-01"}}
    assert "'nobody', who was not imported" in said(plan, "users")
    assert "belongs to no pupil" in said(plan, "users")
    assert "consent" in said(plan, "")


def test_enrolments_are_only_of_those_who_are_there_in_the_role_they_have(tmp_path: Path) -> None:
    rows = [
        "x1,,,8b,s,nobody,student,,,",
        "x2,,,nowhere,s,p,student,,,",
        "x3,,,8b,s,t,student,,,",
        "x4,,,8b,s,p,teacher,,,",
        "x5,,,8b,s,t,proctor,,,",
        "x6,,,8b,s,t,king,,,",
        "x7,,,8b,s,p,student,,,",
        "x8,,,8b,s,p,student,,2026-13-01,",
        "x9,,,8b,s,p,student,,2026-12-01,2026-11-01",
        "x10,,,,s,p,student,,,",
        "x11,,,gone,s,p,student,,,",
    ]
    classes = ["gone,inactive,,a,8,,,s,y"]
    plan = planned(bundle(tmp_path / "b", enrollments=rows, classes=classes))
    assert why(plan, "enrollments") == [
        (4, Why.NO_SUCH), (5, Why.NO_SUCH), (6, Why.WRONG_ROLE), (7, Why.WRONG_ROLE), (8, Why.NO_RIGHT),
        (9, Why.UNKNOWN_ROLE), (11, Why.BAD_DATE), (12, Why.BACKWARDS), (13, Why.MISSING), (14, Why.NOT_TAKEN),
        (10, Why.SAME),
    ]  # fmt: skip
    assert set(written(plan, "enrolment")) == {"8b/p/2026-09-01"}


def test_an_end_date_is_the_last_day_inside_and_a_moment_counts_as_its_day(tmp_path: Path) -> None:
    rows = ["x1,,2026-09-01T08:00:00.000Z,8b,s,p,student,,2026-09-07T00:00:00Z,2026-11-13"]
    plan = planned(bundle(tmp_path / "b", enrollments=rows))
    assert written(plan, "enrolment")["8b/p/2026-09-07"]["ends"] == "2026-11-14"


def test_overlapping_sessions_leave_one_row_of_terms(tmp_path: Path) -> None:
    rows = [
        "h,,,полугодие,semester,2026-09-01,2026-12-30,y,2027",
        "t2,,,то же,term,2026-09-01,2026-10-23,y,2027",
        "t3,,,III,term,2026-12-31,2027-03-20,y,2027",  # begins when another ends
        "w,,,каникулы,holiday,2026-10-24,2026-11-01,y,2027",
        "n,,,без конца,term,2027-04-01,,y,2027",
    ]
    plan = planned(bundle(tmp_path / "b", academicSessions=rows))
    assert why(plan, "academicSessions") == [
        (8, Why.UNKNOWN_TYPE), (9, Why.MISSING), (5, Why.OVERLAPS), (6, Why.OVERLAPS),
    ]  # fmt: skip
    assert [(t["number"], t["name"]) for t in written(plan, "term").values()] == [(1, "I"), (2, "II"), (3, "III")]


def test_a_session_that_ends_on_the_day_the_next_begins_does_not_overlap(tmp_path: Path) -> None:
    rows = ["t3,,,III,term,2026-12-30,2027-03-20,y,2027"]
    plan = planned(bundle(tmp_path / "b", academicSessions=rows))
    assert why(plan, "academicSessions") == []
    assert written(plan, "term")["q2"]["ends"] == written(plan, "term")["t3"]["starts"] == "2026-12-30"


def test_terms_outside_of_their_year_widen_it_and_terms_without_a_year_make_one(tmp_path: Path) -> None:
    rows = ["t3,,,III,term,2027-06-01,2027-06-20,y,2027", "old,,,старый,term,2024-09-01,2024-12-20,lost,2025"]
    plan = planned(bundle(tmp_path / "b", academicSessions=rows))
    assert written(plan, "year")["y"]["ends"] == "2027-06-21"
    assert written(plan, "year")["2024-2025"]["starts"] == "2024-09-01"
    assert "widened" in said(plan, "academicSessions") and "2024-2025 was made" in said(plan, "academicSessions")


def test_without_any_session_the_present_year_is_made(tmp_path: Path) -> None:
    read = bundle(tmp_path / "b")
    del read.tables["academicSessions"]
    plan = planned(read)
    assert written(plan, "year")["2026-2027"]["starts"] == "2026-09-01"
    assert written(plan, "teaching")["8b/t/2026-09-01"]["ends"] == "2027-06-01"


def test_terms_that_lie_in_the_past_are_kept_and_said(tmp_path: Path) -> None:
    read = bundle(tmp_path / "b")
    for row in read.rows("academicSessions"):
        for column in ("startdate", "enddate"):
            row.cells[column] = f"{int(row.cells[column][:4]) - 3}{row.cells[column][4:]}"
    plan = planned(read)
    assert written(plan, "term")["q1"]["starts"] == "2023-09-01"
    assert "in the past" in said(plan, "")


def test_a_class_without_a_course_is_its_own_subject_and_several_grades_are_none(tmp_path: Path) -> None:
    rows = ['c1,,,Физика с нуля,"09,10",lost,scheduled,s,y', "c2,,,1 «А»,01,alg,homeroom,s,unknown"]
    plan = planned(bundle(tmp_path / "b", classes=rows))
    assert written(plan, "subject")["c1"]["name"] == "Физика с нуля"
    assert written(plan, "class")["c1"]["grade"] is None
    assert "no marks" in said(plan, "classes") and "unknown" in said(plan, "classes")


def test_somebody_can_always_give_rights(tmp_path: Path) -> None:
    read = bundle(tmp_path / "b")
    read.rows("users")[0].cells["enableduser"] = "false"
    plan = planned(read)
    assert [(x.login, x.password) for x in plan.logins if x.staff] == [("petrova", None), ("admin", None)]
    assert "the account 'admin' is made" in said(plan, "users")


def test_two_who_want_one_sign_in_both_get_one(tmp_path: Path) -> None:
    rows = ["t2,,,true,s,teacher, PETROVA,Ольга,Петрова,,", "t3,,,true,s,teacher,,Олег,Безымянный,,"]
    plan = planned(bundle(tmp_path / "b", users=rows))
    assert [x.login for x in plan.logins] == ["boss", "petrova", "abramov", "petrova2", "t3"]


def test_ids_that_the_journal_cannot_hold_are_changed_and_stay_apart(tmp_path: Path) -> None:
    rows = [
        f"{source},,,true,s,student,u{n},Имя,Фамилия,," for n, source in enumerate(("a/b", "a b", "Иванов", "ы" * 300))
    ]
    plan = planned(bundle(tmp_path / "b", users=rows))
    assert len(written(plan, "pupil")) == 5
    assert ident("a/b") != ident("a b") and ident("a/b") == ident("a/b")
    assert ident(ident("a/b")) != ident("a/b")  # nobody takes another's id by guessing it
    assert ident("usr-222-123456") == "usr-222-123456"


def test_what_cannot_be_stored_is_listed_with_its_column(tmp_path: Path) -> None:
    long = "я" * 600
    plan = planned(
        bundle(
            tmp_path / "b",
            users=[f"x,,,true,s,student,x,{long},Длинный,,"],
            classes=[f"c,,,{long},8,alg,homeroom,s,y"],
            academicSessions=[f"t9,,,{long},term,2027-01-11,2027-03-20,y,2027"],
            courses=[f"k,,,{long},,s"],
            enrollments=["e9,,,c,s,t,teacher,,,"],
        )
    )
    assert [x.why for x in plan.listed] == [Why.BAD_VALUE, Why.BAD_VALUE, Why.BAD_VALUE, Why.BAD_VALUE, Why.NOT_TAKEN]
    assert "first_name" in next(x.words for x in plan.listed if x.file == "users.csv")


def test_a_file_without_a_needed_column_is_listed_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "b"
    read = bundle(path)
    (path / "users.csv").write_text("sourcedId,givenName,familyName\nt,Анна,Петрова\n")
    read = read_bundle(path)
    plan = planned(read)
    assert why(plan, "users") == [(2, Why.NO_COLUMN)]
    assert [w for _, w in why(plan, "enrollments")] == [Why.NOT_TAKEN, Why.NO_SUCH]
    assert "no column role" in said(plan, "users")


def test_files_that_a_journal_has_no_use_for_are_listed_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "b"
    bundle(path)
    (path / "demographics.csv").write_text("sourcedId,status,dateLastModified,birthDate\np,,,2012-01-01\nq,,,\n")
    assert why(planned(read_bundle(path)), "demographics") == [(2, Why.UNUSED_FILE), (3, Why.UNUSED_FILE)]


def test_a_row_to_be_deleted_ends_what_stands_and_nothing_else(tmp_path: Path) -> None:
    first = planned(bundle(tmp_path / "a", users=["p2,,,true,s,student,q,Софья,Белова,,"]))
    facts = Facts()
    prove(facts, first.drafts)
    read = bundle(tmp_path / "b", users=["p2,tobedeleted,2026-11-20,true,s,student,q,Софья,Белова,,"])
    for row in read.rows("enrollments"):
        row.cells.update(status="tobedeleted", datelastmodified="2026-11-10T10:00:00Z")
    plan = planned(read, facts)
    assert Counter(plan.fates.values())["ended"] == 3
    assert written(plan, "enrolment") == {"8b/p/2026-09-01": {"ends": "2026-11-10"}}
    assert written(plan, "teaching") == {"8b/t/2026-09-01": {"ends": "2026-11-10"}}
    again = planned(read, facts)
    assert not written(again, "enrolment") and Counter(again.fates.values())["ended"] == 3


def test_a_row_to_be_deleted_yields_to_one_that_stands(tmp_path: Path) -> None:
    facts = Facts()
    prove(facts, planned(bundle(tmp_path / "a")).drafts)
    rows = ["e8,tobedeleted,2026-11-10,8b,s,p,student,,,", "e9,tobedeleted,,8b,s,u,student,,,"]
    plan = planned(bundle(tmp_path / "b", enrollments=rows), facts)
    assert why(plan, "enrollments") == [(4, Why.STANDS), (5, Why.NOTHING_TO_END)]
    assert written(plan, "enrolment")["8b/p/2026-09-01"]["ends"] == "2027-06-01"


def test_a_user_to_be_deleted_loses_every_right(tmp_path: Path) -> None:
    facts = Facts()
    prove(facts, planned(bundle(tmp_path / "a")).drafts)
    read = bundle(tmp_path / "b")
    read.rows("users")[1].cells.update(status="tobedeleted", datelastmodified="2026-11-20")
    plan = planned(read, facts)
    assert written(plan, "teaching") == {"8b/t/2026-09-01": {"ends": "2026-11-20"}}
    assert [g["ends"] for g in written(plan, "grant").values()] == ["2026-11-20"]
    assert why(plan, "enrollments") == [(2, Why.NOT_TAKEN)]


def test_a_journal_stays_with_its_class_when_pupils_move(tmp_path: Path) -> None:
    facts = Facts()
    prove(facts, planned(read_bundle(SAMPLE)).drafts)
    read = read_bundle(SAMPLE)
    read.tables["enrollments"].rows = [r for r in read.rows("enrollments") if r.get("sourcedId") != "e6"]
    journals = {k: (j["class_id"], j["subgroup"]) for k, j in written(planned(read, facts), "journal").items()}
    assert journals["8b-alg"] == ("8b", None)


def test_what_the_admin_has_set_up_is_left_alone(tmp_path: Path) -> None:
    facts = Facts()
    prove(facts, planned(bundle(tmp_path / "a")).drafts)
    facts.put("school", "5", facts.school | {"name": "Гимназия", "window_days": 7})
    plan = planned(bundle(tmp_path / "b"), facts)
    assert not any(written(plan, kind) for kind in ("school", "bell", "grant", "family"))


@pytest.mark.parametrize(
    ("name", "rows", "listed"), [("Test_full_data_set.zip", 20, 8), ("Test_minimal_data_set.zip", 20, 5)]
)
def test_the_bundles_of_others_are_settled_to_the_last_row(name: str, rows: int, listed: int) -> None:
    if not (REAL / name).exists():
        pytest.skip(f"{REAL / name} is not there: it belongs to others and is not part of this repository")
    plan = planned(read_bundle(REAL / name))
    assert (len(plan.fates), len(plan.listed)) == (rows, listed)
    assert "in the past" in said(plan, "")
