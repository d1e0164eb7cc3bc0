"""The body of an annotation: what an entry that is one says of the paper that it assesses.

That a class is an `oa:Annotation`, and its motivation, stand in the ontology;
its target is the paper (https://www.w3.org/TR/annotation-vocab/).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.export.iris import body_iri
from kg.export.terms import Names, Pair, dc, oa, rdf, tagged, text

if TYPE_CHECKING:
    from kg.export.cells import Losses
    from kg.model import Node

__all__ = ["bodies"]

_BODY = "assessment"
"""The attribute whose words are the body."""


def bodies(
    node: Node, subject: ox.NamedNode, names: Names, losses: Losses
) -> Iterator[tuple[ox.NamedNode, list[Pair]]]:
    """The body as a subject of its own; none where the node is no annotation, or has no words."""
    words = node.attributes.get(_BODY)
    if isinstance(words, str) and words and oa("Annotation") in names.all(node.type):
        said: list[Pair] = [
            (rdf("type"), oa("TextualBody")),
            (rdf("value"), plain := text(words, node.id, losses)),
            (dc("format"), ox.Literal("text/plain")),
        ]
        if language := tagged(plain).language:
            said.append((dc("language"), ox.Literal(language)))
        yield ox.NamedNode(body_iri(subject.value)), said
