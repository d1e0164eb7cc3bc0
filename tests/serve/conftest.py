"""A server for all tests that leave it as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from digests import SAMPLE
from serving import Server, served


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The sample digest, served."""
    with served(SAMPLE, "--timeout", 20, "--limit", 5000) as running:
        yield running
