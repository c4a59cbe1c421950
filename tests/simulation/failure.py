"""What a world says when something that must hold does not."""


class Failure(Exception):
    """`invariant`: its number in the README."""

    def __init__(self, invariant: str, what: str) -> None:
        super().__init__(f"[{invariant}] {what}")
        self.invariant = invariant
