"""Who publishes: credentials from the environment, sent as the store asks for them.

They are neither an argument nor part of the address: both would stand in the
history of a shell and in the list of processes.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import KgError

if TYPE_CHECKING:
    import httpx

__all__ = ["Login", "login_from"]

USER, PASSWORD, TOKEN = "KG_PUBLISH_USER", "KG_PUBLISH_PASSWORD", "KG_PUBLISH_TOKEN"


@dataclass(frozen=True, slots=True)
class Login:
    """A user with a password, or a bearer token (RFC 6750); `repr` shows no secret."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def hidden(self, text: str) -> str:
        """A text without what is secret here, should a server have repeated it."""
        for secret in (self.password, self.token):
            text = text.replace(secret, "***") if secret else text
        return text

    def headers(self) -> dict[str, str]:
        """What each request says of its own accord."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def sender(self) -> httpx.Auth | None:
        """What answers a store that asks for a password; None where there is none."""
        return _asked_for(self.user, self.password) if self.user else None


def login_from(environment: Mapping[str, str]) -> Login | None:
    """What the variables say; None if they say nothing, `KgError` if they say half."""
    user, password, token = (environment.get(name, "") for name in (USER, PASSWORD, TOKEN))
    if token and (user or password):
        raise KgError(f"set either {TOKEN} or {USER} and {PASSWORD}, not both")
    if bool(user) != bool(password):
        missing, there = (PASSWORD, USER) if user else (USER, PASSWORD)
        raise KgError(f"{there} is set, {missing} is not")
    if token and not re.fullmatch("[!-~]+", token):
        raise KgError(f"{TOKEN} has a character in it that no token has, such as a blank")
    return Login(user, password, token) if user or token else None


def _asked_for(user: str, password: str) -> httpx.Auth:
    """Digest (RFC 7616) where a store offers it, else Basic (RFC 7617), and nothing unasked."""
    import httpx

    class AsAsked(httpx.Auth):
        def __init__(self) -> None:
            self._chosen: httpx.Auth | None = None

        def auth_flow(
            self, request: httpx.Request
        ) -> Generator[httpx.Request, httpx.Response, None]:
            if self._chosen is None:
                response = yield request
                if response.status_code != 401:
                    return
                offers = response.headers.get_list("www-authenticate", split_commas=True)
                schemes = {offer.strip().partition(" ")[0].lower() for offer in offers}
                if "digest" in schemes:
                    self._chosen = httpx.DigestAuth(user, password)
                elif "basic" in schemes:
                    self._chosen = httpx.BasicAuth(user, password)
                else:
                    return
            yield from self._chosen.auth_flow(request)

    return AsAsked()
