"""The names papers go by, and which paper a name means.

Claims come from all sections of all digests. A name's weight for a paper is the
sum over the distinct places that claim it; the heaviest becomes the paper's
`name`, the others its aliases. A name means a paper only where no other paper
may be meant and it is no ordinary word of the texts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.claims import Hearsay, NameClaim, in_passing, shortest
from kg.diagnostics import Diagnostic
from kg.ids import artifact_id, fold
from kg.lexicon import Lexicon
from kg.model import Edge, Node, Value
from kg.rules import remark
from kg.shapes import is_distinctive

__all__ = ["NameBook"]

_WORD = re.compile(r"[\w-]+")
_DENSE = re.compile(
    "^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+(?=[A-Za-z])|(?<=[\\w+])[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+$"
)
"""Words of a writing without spaces, right before or behind a name in Latin letters."""
_WEIGHT_OF_A_NAME = 2
_WEIGHT_TO_CITE = 3


class NameBook:
    """Weighs claims; answers which name a paper has and which paper a name means."""

    def __init__(
        self,
        heard: Hearsay,
        topics: Iterable[str],
        lexicon: Lexicon,
    ) -> None:
        self._lexicon = lexicon
        self._texts = tuple(f" {text}" for text in lexicon.names["texts"])
        self._words = heard.words
        self._mentions = heard.mentions
        self._nouns = heard.nouns
        self._field = {
            token.rstrip("s")
            for label in topics
            for token in _WORD.findall(label)
            if is_distinctive(token)
        }
        by_paper: dict[str, dict[str, list[NameClaim]]] = defaultdict(lambda: defaultdict(list))
        for claim in heard.claims:
            claim = self._trimmed(claim)
            if not self._generic(claim.name) and not self._concept(claim):
                by_paper[claim.paper][fold(claim.name)].append(claim)
        self._claims = by_paper
        self._drop_shared()
        self.names = {
            paper: name for paper, known in by_paper.items() if (name := self._best(known))
        }
        self.owners = self._unambiguous()
        """The names that mean one paper, as they are spelled."""

    # -- weighing --------------------------------------------------------------

    def _trimmed(self, claim: NameClaim) -> NameClaim:
        """Without a word in front that only opens the sentence, and what a text is called behind.

        So `Using GaLore` and `Qwen3 Technical Report` are `GaLore` and `Qwen3`, as is `使用Qwen3`.
        Where all nouns have a capital, plain words beside an identifier are a hint.
        """
        if not claim.name.isascii() and (bare := _DENSE.sub("", _DENSE.sub("", claim.name))):
            claim = claim._replace(name=bare)
        tokens, folded = claim.name.split(), fold(claim.name)
        beside = claim.kind == "beside" and claim.place.file in self._nouns
        if beside and not any(map(is_distinctive, tokens)):
            claim = claim._replace(kind="noun", weight=1)
        if folded.endswith(self._texts):
            behind = max(len(text.split()) for text in self._texts if folded.endswith(text))
            tokens = tokens[: len(tokens) - behind]
        whole = len(tokens)
        while len(tokens) > 1 and self._opens(tokens[0]) and is_distinctive(tokens[1]):
            if claim.kind not in ("beside", "used", "leads"):
                break
            tokens = tokens[1:]
        name = " ".join(tokens)
        if name == claim.name:
            return claim
        weight = 1 if claim.kind == "leads" and len(tokens) < whole else claim.weight
        return NameClaim(claim.paper, name, claim.kind, weight, claim.introduces, claim.place)

    def _opens(self, token: str) -> bool:
        return self._is_ordinary(token) or fold(token) in self._lexicon.names["openers"]

    def _is_ordinary(self, token: str) -> bool:
        """Whether a word also stands in the texts in lower case, so that its capital says nothing."""
        return not is_distinctive(token) and len(token) > 1 and token.lower() in self._words

    def _concept(self, claim: NameClaim) -> bool:
        """Whether an abbreviation is of a thing spoken of far more often than of the paper."""
        return (
            claim.kind == "abbreviates"
            and self._words[claim.name] > 2 * self._mentions[claim.paper]
        )

    def _generic(self, name: str) -> bool:
        """Whether a name is one of the field's common words rather than a paper's."""
        return all(
            token in self._lexicon.names["common"] or token.rstrip("s") in self._field
            for token in re.split(r"[\s/&]+|\+(?=\w)", name)
            if token
        )

    def _weight(self, claims: list[NameClaim]) -> float:
        """The sum over distinct places; plain words weigh less, a hint never makes a name by itself."""
        places = {(c.place.file, c.place.section, c.kind): c.weight for c in claims}
        total = float(sum(places.values()))
        tokens = claims[0].name.split()
        if not any(is_distinctive(token) for token in tokens):
            ordinary = sum(self._is_ordinary(token) for token in tokens)
            if ordinary == len(tokens):
                total /= 3
        else:
            total += 0.5
        return total

    def _drop_shared(self) -> None:
        """A name claimed for three papers or more is a word of the field; letters may stand beside one in passing."""
        owners = Counter(name for known in self._claims.values() for name in known)
        for known in self._claims.values():
            for name in [n for n in known if owners[n] > 2 or in_passing(n, known)]:
                del known[name]

    def _best(self, known: dict[str, list[NameClaim]]) -> str:
        ranked = sorted(
            (
                (
                    -self._weight(claims),
                    not any(c.introduces for c in claims),
                    -len({(c.place.section, c.kind) for c in claims}),
                    len(name),
                    name,
                )
                for name, claims in known.items()
                if any(c.kind != "keyword" for c in claims) and not self._mere_opening(claims)
            )
        )
        if not ranked:
            return ""
        weight, *_, name = ranked[0]
        kinds = {c.kind for c in known[name]}
        alone = kinds <= {"towards"} and len(ranked) == 1
        if -weight < _WEIGHT_OF_A_NAME and not alone:
            return ""
        return self._spelling(known[name])

    @staticmethod
    def _mere_opening(claims: list[NameClaim]) -> bool:
        """Whether nothing speaks for a name but that a text opens with the word, or that it is a noun."""
        kinds = {(c.kind, c.weight) for c in claims}
        return kinds <= {("leads", 1)} or kinds <= {("noun", 1)}

    @staticmethod
    def _spelling(claims: list[NameClaim]) -> str:
        counts = Counter(claim.name for claim in claims)
        return min(counts, key=lambda name: (-counts[name], name))

    def _unambiguous(self) -> dict[str, str]:
        """Names (as spelled) that mean one paper."""
        owners: dict[str, set[str]] = defaultdict(set)
        spellings: dict[str, set[str]] = defaultdict(set)
        for paper, known in self._claims.items():
            for name, claims in known.items():
                if all(c.kind == "used" for c in claims):
                    continue
                if self._weight(claims) >= _WEIGHT_TO_CITE or self.names.get(paper, "") in {
                    c.name for c in claims
                }:
                    owners[name].add(paper)
                    spellings[name] |= {c.name for c in claims}
        return {
            spelling: next(iter(papers))
            for name, papers in owners.items()
            if len(papers) == 1
            for spelling in spellings[name]
            if not all(self._is_ordinary(token) for token in spelling.split())
        }

    # -- facts -----------------------------------------------------------------

    def facts(
        self, papers: Iterable[Node], said: Mapping[str, list[str]], digests: Mapping[str, str]
    ) -> Iterator[Node | Edge]:
        """For each paper its label, name and aliases; for what it introduces, artifacts.

        `said` has what entries say of a paper, for those without name, title and
        summary; `digests` maps the names of files to the node ids of their digests.
        """
        for paper in sorted(papers, key=lambda node: node.id):
            name = self.names.get(paper.id, "")
            known = (
                paper.attributes.get("title"),
                paper.attributes.get("summary"),
                tuple(said.get(paper.id, ())[:1]),
            )
            label = name or next(
                filter(None, map(shortest, known)), str(paper.attributes["identifier"])
            )
            values: dict[str, Value] = {}
            if name:
                values["name"] = name
            aliases = sorted(
                {
                    self._spelling(claims)
                    for claims in self._claims.get(paper.id, {}).values()
                    if self._weight(claims) >= _WEIGHT_OF_A_NAME
                    and any(c.kind not in ("keyword", "used", "noun") for c in claims)
                }
                - {name}
            )
            if aliases:
                values["alias"] = tuple(aliases)
            yield Node(id=paper.id, type="Paper", label=label, attributes=values)
            yield from self._artifacts(paper.id, digests)

    def remarks(self, said: Mapping[str, list[str]]) -> Iterator[Diagnostic]:
        """Names beside two identifiers, and identifiers beside names that nothing connects with them.

        `said` has all that the digests say of each paper.
        """
        beside: dict[str, dict[str, NameClaim]] = defaultdict(dict)
        own = {fold(name) for name in self.names.values()}
        for paper, known in sorted(self._claims.items()):
            for name, claims in known.items():
                for claim in claims:
                    plain = claim.kind in ("beside", "title") and claim.weight > 1
                    its_own = name == fold(self.names.get(paper, "")) and claim.kind != "keyword"
                    if plain or its_own or (claim.kind == "used" and name in own):
                        beside[name].setdefault(paper, claim)
        for owners in beside.values():
            for paper, claim in list(owners.items())[1:]:
                other = next(iter(owners))
                message = f"{claim.name} is the name of {paper[6:]} here, of {other[6:]} elsewhere"
                yield _at(claim, "name-of-two-papers", message)
        for name, owners in beside.items():
            for paper, claim in owners.items():
                called = fold(self.names.get(paper, ""))
                if (
                    claim.kind != "used"
                    and called
                    and name not in called
                    and called not in name
                    and name not in fold(" ".join(said.get(paper, ())))
                    and not self._akin(claim.name, self.names[paper])
                ):
                    message = (
                        f"{paper[6:]} is called {claim.name} here, {self.names[paper]} elsewhere"
                    )
                    yield _at(claim, "two-names", message)

    def _akin(self, one: str, other: str) -> bool:
        """Whether one name is the initials of the other, or both begin with or have a telling word."""
        short, long = sorted((one, other), key=len)
        first, second = ([fold(word) for word in name.split()] for name in (one, other))
        initials = "".join(word[0] for word in re.findall(r"\w+", long))
        same = {word for word in one.split() if is_distinctive(word) and fold(word) in second}
        begun = (
            first[0] == second[0] and len(first[0]) > 1 and not self._is_ordinary(one.split()[0])
        )
        return fold(short) == fold(initials) or begun or bool(same - self._lexicon.names["common"])

    def _artifacts(self, paper: str, digests: Mapping[str, str]) -> Iterator[Node | Edge]:
        for _, claims in sorted(self._claims.get(paper, {}).items()):
            introduced = [c for c in claims if c.introduces and c.weight >= _WEIGHT_OF_A_NAME]
            if not introduced:
                continue
            name = self._spelling(claims)
            node = artifact_id(paper, name)
            for claim in introduced:
                yield Node(id=node, type="Artifact", label=name, sources=(claim.place,))
                yield Edge(
                    source=paper,
                    type="introduces",
                    target=node,
                    digest=digests[claim.place.file],
                    section=claim.place.section,
                    sources=(claim.place,),
                )


def _at(claim: NameClaim, code: str, message: str) -> Diagnostic:
    return remark(code, message, claim.place.file, claim.place.line, claim.place.column)
