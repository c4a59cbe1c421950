"""One server for each test module: tests use people and devices of their own, so that none stands in another's way."""

from collections.abc import Iterator

import pytest

from tests.edge.served import Served, serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served")) as running:
        yield running
