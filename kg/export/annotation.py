"""The body of an annotation: what an entry that is one says of the paper that it assesses.

That a class is an `oa:Annotation`, and its motivation, stand in the ontology;
its target is the paper (https://www.w3.org/TR/annotation-vocab/).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.export.iris import body_iri
from kg.export.terms import Names, Pair, dc, language_of, oa, rdf, text

if TYPE_CHECKING:
    from kg.export.cells import Losses
    from kg.model import Node

__all__ = ["bodies"]

_BODY = "assessment"
"""The attribute whose words are the body."""


def bodies(
    node: Node, subject: str, names: Names, losses: Losses
) -> Iterator[tuple[str, list[Pair]]]:
    """The body as a subject of its own; none where the node is no annotation, or has no words."""
    words = node.attributes.get(_BODY)
    if isinstance(words, str) and words and names.annotates(node.type):
        said: list[Pair] = [
            (rdf("type"), oa("TextualBody")),
            (rdf("value"), text(words, node.id, losses)),
            (dc("format"), '"text/plain"'),
        ]
        if language := language_of(words):
            said.append((dc("language"), text(language, node.id, losses)))
        yield body_iri(subject), said
