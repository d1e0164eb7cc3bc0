"""A subject with all that is said of it: what the RDF exports are written from.

Most of a graph are statements and sources, of which all of a kind say the same with
other values. So a block is a form, which its kind shares, and values of its own: a
writer lays a form out once, and then only fills it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.export.terms import Pair, integer

__all__ = ["Block", "Form", "block"]


class Form:
    """What blocks of a kind say: predicates in order, each with an object or the place of an own value.

    `terms` are the places of IRIs and of literals with a datatype; whole numbers
    and plain texts stand at the others.
    """

    __slots__ = ("said", "terms")

    def __init__(self, said: Iterable[tuple[str, str | int]], terms: Iterable[int] = ()) -> None:
        self.said = tuple(said)
        used = {value for _, value in self.said}
        self.terms = tuple(place for place in terms if place in used)


class Block(NamedTuple):
    """A subject, the form of what is said of it, and the values that stand at the form's places."""

    subject: str
    form: Form
    own: list[str | int]

    @property
    def said(self) -> list[Pair]:
        """Predicates and objects, those of a predicate side by side."""
        own = [integer(value) if isinstance(value, int) else value for value in self.own]
        return [
            (predicate, own[value] if isinstance(value, int) else value)
            for predicate, value in self.form.said
        ]


def block(subject: str, said: Sequence[Pair]) -> Block:
    """A subject with pairs of its own."""
    return Block(subject, _open_form(tuple([p for p, _ in said])), [value for _, value in said])


@lru_cache(2**10)
def _open_form(predicates: tuple[str, ...]) -> Form:
    """The form of these predicates with any objects."""
    return Form(
        ((predicate, place) for place, predicate in enumerate(predicates)), range(len(predicates))
    )
