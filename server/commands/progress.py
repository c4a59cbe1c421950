"""A progress bar for long work: what is under way, how much of it, for how long. Drawn on a terminal only."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from server.commands.words import err


class Bar:
    """One line for each thing that is under way."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def count(self, what: str, done: int, total: int) -> None:
        """`done` of `total`; a total of 0 is not known yet."""
        task = self._task(what)
        self._progress.update(task, completed=done, total=total or None, amount=f"{done:,}" if done else "")

    def weigh(self, what: str, size: int) -> None:
        """So many bytes so far, of nobody knows how many."""
        self._progress.update(self._task(what), amount=f"{size / 1e6:.1f} MB")

    def end(self) -> None:
        """Everything is done."""
        for task in self._tasks.values():
            self._progress.update(task, completed=1, total=1)

    def _task(self, what: str) -> TaskID:
        if what not in self._tasks:
            self._tasks[what] = self._progress.add_task(what, total=None, amount="")
        return self._tasks[what]


@contextmanager
def bar() -> Iterator[Bar]:
    """A bar for as long as the block runs."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[amount]}"))
    with Progress(*columns, TimeElapsedColumn(), console=err, transient=True, disable=not err.is_terminal) as progress:
        yield Bar(progress)
