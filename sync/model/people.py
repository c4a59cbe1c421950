"""Pupils, their parents and the class list. Personal data lives here and nowhere else.

`class:` scopes hold what a teacher needs at a lesson (the list of names); the cards themselves are in `office`.
"""

from typing import Annotated

from msgspec import Struct

from sync.model.record import Cell, record

Admin = Cell("admin")
AdminDate = Cell("admin", text="date")
Deputy = Cell("deputy")


@record("pupil", key="pupil", scope="office", fact=True)
class Pupil(Struct):
    """A pupil's card."""

    last_name: Annotated[str | None, Admin] = None
    first_name: Annotated[str | None, Admin] = None
    middle_name: Annotated[str | None, Admin] = None


@record("guardian", key="guardian", scope="office")
class Guardian(Struct):
    """A parent or another lawful representative."""

    last_name: Annotated[str | None, Admin] = None
    first_name: Annotated[str | None, Admin] = None
    middle_name: Annotated[str | None, Admin] = None


@record("family", key="guardian/pupil", scope="office", fact=True)
class Family(Struct):
    """That a guardian may read a pupil's diary, from one day to another (regulation 3.1.2)."""

    starts: Annotated[str | None, AdminDate] = None
    ends: Annotated[str | None, AdminDate] = None


@record("consent", key="pupil", scope="office", fact=True)
class Consent(Struct):
    """The parents' written consent to publish a pupil's data in the diary (regulation 1.6)."""

    given: Annotated[bool | None, Admin] = None
    reason: Annotated[str | None, Admin] = None


@record("enrolment", key="class_id/pupil/starts", scope="class:{class_id}", fact=True)
class Enrolment(Struct):
    """A line of the class list: the pupil is of this class from the day in the key until `ends` (outside)."""

    name: Annotated[str | None, Admin] = None
    ends: Annotated[str | None, AdminDate] = None


@record("subgroup", key="class_id/subgroup", scope="class:{class_id}")
class Subgroup(Struct):
    """A part of a class for one subject (regulation 3.2.5)."""

    name: Annotated[str | None, Deputy] = None
    subject: Annotated[str | None, Deputy] = None


@record("member", key="class_id/subgroup/pupil", scope="class:{class_id}", fact=True)
class Member(Struct):
    """That a pupil belongs to a subgroup, or no longer does, from the day `since` on (always, when it is empty)."""

    active: Annotated[bool | None, Deputy] = None
    since: Annotated[str | None, Cell("deputy", text="date")] = None
