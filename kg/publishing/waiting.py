"""When a request is tried again, and how long that waits.

PUT is idempotent (RFC 9110, 9.2.2), so a request without an answer may be sent
again, and so may one that the server says to send later. What a server refuses
(4xx) it would refuse again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["LONGEST", "PASSING", "asked_wait", "wait"]

PASSING = {429, 502, 503, 504}
"""Answers that may be another in a moment."""
LONGEST = 300.0
"""The seconds beyond which nobody is kept waiting: then it is an error."""
_MOST = 30.0


def wait(attempt: int, asked: float = 0) -> float:
    """Seconds before the next attempt: 1, 2, 4 … up to half a minute, or longer if asked for."""
    return max(asked, min(_MOST, 2.0 ** (attempt - 1)))


def asked_wait(value: str, now: datetime | None = None) -> float:
    """The seconds of a `Retry-After` header: a number, or a date (RFC 9110, 10.2.3); else 0."""
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return 0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())
