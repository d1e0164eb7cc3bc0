"""The routes: `/` the map, `/sparql` the endpoint, and at the path of each IRI what is said of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg.ontology import load_ontology, ontology_folder
from kg.query import Answer
from kg.results import ROWS, TRIPLES
from kg.serving.asking import Asked, Refused, read_request
from kg.serving.data import Data, normal
from kg.serving.description import describe
from kg.serving.guard import Guard
from kg.serving.negotiation import choose
from kg.serving.nodes import about, address, view
from kg.serving.pages import (
    ASSETS,
    MAP_POLICY,
    ONTOLOGY_POLICY,
    POLICY,
    known_prefixes,
    language_of,
    page,
    questions,
)
from kg.serving.pool import Pool, Reply
from kg.serving.replies import (
    HTML,
    VARY,
    accept_of,
    answered,
    chosen_triples,
    refusal,
    wants_page,
)

__all__ = ["application"]

_CUT = "X-SPARQL-MaxRows"
"""The header of an answer that was cut, with the number of rows; Virtuoso calls it so."""


def application(data: Data, pool: Pool, *, cors: str, seconds: float, limit: int) -> Starlette:
    """The web application; `cors` is the origin that may ask from elsewhere, `*` for any."""
    site = _Site(data, pool, seconds, limit)
    middleware = [Middleware(Guard, cors=cors)]
    if cors:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=[cors],
                allow_methods=["GET", "POST", "HEAD"],
                allow_headers=["Accept", "Content-Type", "Prefer"],
                expose_headers=[_CUT],
                allow_private_network=True,
            )
        )
    return Starlette(
        middleware=middleware,
        exception_handlers={Refused: refusal},
        routes=[
            Route("/", site.map),
            Route("/sparql", site.sparql, methods=["GET", "POST"]),
            Route("/node", site.node),
            Route("/ontology", site.ontology),
            Route("/assets/{name}", site.asset),
            Route("/favicon.ico", site.icon),
            Route("/{path:path}", site.place),
        ],
    )


@dataclass(frozen=True, slots=True)
class _Site:
    """The answers to all requests."""

    data: Data
    pool: Pool
    seconds: float
    limit: int

    async def map(self, request: Request) -> Response:
        """The page that `kg build` writes as HTML."""
        if self.data.map is None:
            return self._page("nothing", request, request_iri="", heading="no_map")
        headers = {"Content-Security-Policy": MAP_POLICY, "Cache-Control": "no-cache"}
        return Response(self.data.map, media_type=HTML, headers=headers)

    async def sparql(self, request: Request) -> Response:
        """A query is answered; without one the endpoint is described, or its page shown."""
        asked = await read_request(request)
        accept = accept_of(request, asked.format)
        if request.method != "POST" and wants_page(accept, asked.query is not None):
            return self._query_page(request)
        if asked.query is None:
            return answered(describe(self.data, self._endpoint(request)), accept)
        rows, triples = choose(accept, ROWS), choose(accept, TRIPLES)
        if not rows and not triples:
            known = {
                media for format in (*ROWS.values(), *TRIPLES.values()) for media in format.media
            }
            raise Refused(406, f"answers are given as {', '.join(sorted(known))}")
        reply = await self._ask(request, asked, rows, triples)
        chosen = triples if reply.said["triples"] else rows
        assert chosen is not None
        headers = dict(VARY)
        if reply.said["cut"]:
            headers[_CUT] = str(reply.said["rows"])
        return Response(reply.body, media_type=chosen[1], headers=headers)

    async def node(self, request: Request) -> Response:
        """What is said of `?iri=…`; the path of the IRI, where it has one, is the better address."""
        iri = request.query_params.get("iri", "")
        better = address(iri, self.data)
        if (
            "format" not in request.query_params
            and better.startswith("/")
            and not better.startswith("/node?")
        ):
            return RedirectResponse(better, 303)
        return await self._about(request, iri)

    async def place(self, request: Request) -> Response:
        """What is said of the IRI that has the path of the request."""
        path = request.scope.get("raw_path", b"").partition(b"?")[0].decode("latin-1")
        query = request.scope["query_string"].decode("latin-1")
        format = ""
        iri = self.data.places.get(normal(f"{path}?{query}" if query else path), "")
        if not iri and query:  # `?format=ttl` is for the server
            format = request.query_params.get("format", "")
            iri = self.data.places.get(normal(path), "")
        return await self._about(request, iri or path, format)

    async def ontology(self, request: Request) -> Response:
        """The ontology as a page or as RDF."""
        accept = accept_of(request, request.query_params.get("format", ""))
        if wants_page(accept, False):
            text = (ontology_folder() / "index.html").read_bytes()
            headers = VARY | {"Content-Security-Policy": ONTOLOGY_POLICY}
            return Response(text, media_type=HTML, headers=headers)
        quads = ox.parse(path=ontology_folder() / "kg.ttl", format=ox.RdfFormat.TURTLE)
        rows: list[Any] = [tuple(quad.triple) for quad in quads]
        return answered(Answer(("subject", "predicate", "object"), rows, triples=True), accept)

    async def asset(self, request: Request) -> Response:
        """A script, a style or a picture."""
        name = request.path_params["name"]
        if name not in ASSETS:
            raise Refused(404, f"there is no {name}")
        path, media = ASSETS[name]
        return Response(path.read_bytes(), media_type=media, headers={"Cache-Control": "no-cache"})

    async def icon(self, request: Request) -> Response:
        """The picture on the tab."""
        path, media = ASSETS["icon.svg"]
        return Response(path.read_bytes(), media_type=media)

    # -- parts -----------------------------------------------------------------

    async def _about(self, request: Request, iri: str, format: str = "") -> Response:
        accept = accept_of(request, format or request.query_params.get("format", ""))
        html = wants_page(accept, False)
        if iri not in self.data.subjects:
            if html:
                return self._page("nothing", request, 404, request_iri=iri, heading="nothing")
            raise Refused(404, f"nothing is said of {iri or 'this'} here")
        if html:
            shown = await view(iri, self.data, self.pool, language_of(request))
            describing = quote(f"DESCRIBE <{iri}>", safe="")
            home = urlsplit(iri).hostname if iri.startswith(_HOMES) else ""
            return self._page(
                "node", request, view=shown, describing=describing, home=home, formats=_FORMATS
            )
        chosen = chosen_triples(accept)
        reply = await self._ask(request, about(iri), None, chosen)
        headers = VARY | {"Link": f'<{quote(iri, safe=_LINK)}>; rel="describes"'}
        return Response(reply.body, media_type=chosen[1], headers=headers)

    async def _ask(
        self, request: Request, asked: Asked, rows: tuple[str, str] | None,
        triples: tuple[str, str] | None,
    ) -> Reply:  # fmt: skip
        """Asks a worker, until the client goes away."""
        strict = "handling=strict" in request.headers.get("prefer", "")
        work = asyncio.ensure_future(
            self.pool.ask(
                asked,
                rows=rows[0] if rows else "",
                triples=triples[0] if triples else "",
                strict=strict,
            )
        )
        gone = asyncio.ensure_future(_gone(request))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise Refused(499, "the client has gone away")
            return work.result()
        finally:
            work.cancel()
            gone.cancel()

    def _query_page(self, request: Request) -> Response:
        language = language_of(request)
        known = {
            "prefixes": known_prefixes(), "questions": questions(language), "language": language,
            "namespace": load_ontology().namespace,
        }  # fmt: skip
        return self._page(
            "query", request, known=known, endpoint=self._endpoint(request),
            seconds=f"{self.seconds:g}", limit=_number(self.limit, language),
        )  # fmt: skip

    def _page(self, name: str, request: Request, status: int = 200, **values: Any) -> Response:
        count = _number(self.data.triples, language_of(request))
        text = page(
            name,
            request,
            self.data.title,
            triples=count,
            has_map=self.data.map is not None,
            **values,
        )
        headers = VARY | {"Content-Security-Policy": POLICY}
        return Response(text, status, media_type=HTML, headers=headers)

    def _endpoint(self, request: Request) -> str:
        return f"http://{request.headers['host']}/sparql"


_HOMES = ("https://arxiv.org/", "https://doi.org/")
"""The IRIs here that are addresses of the web; those of the instances are not."""
_FORMATS = (("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("nt", "N-Triples"), ("rdf", "RDF/XML"))
_LINK = "!#$%&'()*+,/:;=?@[]~"


def _number(value: int, language: str) -> str:
    """A number as people write it: 30,305 or 30.305."""
    return f"{value:,}".replace(",", "." if language == "vi" else ",")


async def _gone(request: Request) -> None:
    """Waits until the client has closed the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
