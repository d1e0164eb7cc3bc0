"""Where a text calls a paper by name: general rules, each giving claims of some weight.

What the rules say is weighed in `kg.names`; what a name looks like is in
`kg.shapes`; no rule knows a paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from kg.claims import Call, NameClaim
from kg.ids import PaperId, fold, normalise
from kg.lexicon import Lexicon
from kg.model import Source
from kg.reading import Block
from kg.shapes import TOKEN, abbreviates, is_distinctive, name_before, name_from, shape

__all__ = ["Scribe"]

_BRACKET = re.compile(r"\s*[(（]([^()（）]{2,40})[)）]")
_REMARK = re.compile(r"\s*[(（][^()（）]{2,}")
_MOST = 4
"""Words that a name has at most."""
_LONG = 45
_REACH = 24
"""Characters of a remark that explains a name; a shorter one may explain a word."""
_CLOSING = re.compile(r"[(（]([^()（）]{2,60})[)）][\s.,:;*…。，；]*$")
_AND = re.compile(r",?\s*(?:&|và|and|y|et|und)\s+")
_COLON = re.compile(r"\s*(?:\([^()]*\))?\s*[:：]\s*")
_COLON_OR_DASH = re.compile(r"\s*(?:\([^()]*\))?\s*(?:[:：]|[–—-]\s)")
_BEHIND = re.compile(r"[`*\])）】]*\s*[(（]")
_END = re.compile(r"\s*(?:$|[:：–—(（,，;；.|·]|-\s)")
_PAIR = re.compile(r"\S+\s+\S+")
_PAIR_BEFORE = re.compile(r"[(（\[;；]\s*([^()（）\[\];；,，:：]+)[,，:：][\s`*\[]*\Z")
_LONG_NAME = 80
_PLAIN_WORD = re.compile(r"[\w-]+")
_OTHERS = re.compile(r"\s*[^,.;:()|]{2,40}?\bet al\.?,?\s+")
_APPOSITION = re.compile(r"\s*,\s*")


class Scribe(NamedTuple):
    """Reads names off one block, for papers whose identifiers stand there."""

    block: Block
    lexicon: Lexicon
    locate: Callable[[Block, int, int], Source]

    # -- the rules ---------------------------------------------------------------

    def beside_ids(self, start: int, end: int) -> Iterator[NameClaim]:
        """`Name (ID)`, `Name ID`, `Name [ID]`, `(Name, ID; Name, ID)`, else `ID (Name)`."""
        plain = Call("beside", 3, introduces=False)
        text = self.block.text
        for mention in self.block.mentions_between(start, end):
            if mention.paper is None or mention.end > end:
                continue
            span = name_before(text, start, mention.start)
            if span is None and not mention.linked:
                span = self._paired(start, mention.start)
            if span:
                if self._opens(span):
                    call = Call("leads", 1, introduces=False)
                elif self._follows_preposition(span):
                    call = Call("used", 2, introduces=False)
                else:
                    call = plain
                yield from self._claim(span, mention.paper, call)
                continue
            opened = _BEHIND.match(text, mention.end, end)
            run = name_from(text, opened.end(), end) if opened else None
            if run and text[run[1] : run[1] + 1] in (")", "）"):
                yield from self._claim(run, mention.paper, plain)

    def links(self) -> Iterator[NameClaim]:
        """`[Name](address of the paper)`, `[Name: what it is](address)`."""
        for mention in self.block.mentions():
            if mention.linked and mention.paper:
                yield from self.front(mention.start, mention.end, mention.paper)
                run = name_from(self.block.text, mention.start, mention.end)
                if run and any(map(is_distinctive, self.block.text[slice(*run)].split())):
                    yield from self.colon(mention.start, mention.paper)

    def summary(self, start: int, paper: PaperId, end: int | None = None) -> Iterator[NameClaim]:
        """A tree leaf: `Proposes Name, …`, `Name proposes …`, `… (NAME), …`, `… (Name)`, `… for Name`."""
        other = next((m.start for m in self.block.mentions_between(start + 1, end)), None)
        alone = other is None
        text = self.block.text[: end if alone else other]
        begin, verb = self._past_words(self._past_agent(start))
        run = name_from(text, begin, len(text))
        apposed = _APPOSITION.match(text, begin) if verb and not run else None
        if apposed:
            run = name_from(text, apposed.end(), len(text))
        call = Call("proposes", 3) if verb else Call("leads", self._weight_of_lead(run))
        if run and not verb and _COLON_OR_DASH.match(text, run[1]):
            call = Call("colon", 2)
        sure = run is not None and call.weight > 1 and is_distinctive(text[slice(*run)])
        weak = run is None or call.weight < 2
        while run:
            yield from self._named(run, paper, call)
            bracket = _BRACKET.match(text, run[1])
            after = _AND.match(text, bracket.end() if bracket else run[1])
            if not (verb and after):
                break
            run = name_from(text, self._past_words(after.end())[0], len(text))
            call = Call("also", 2)
        if not sure and alone:
            yield from self._closing(start, len(text), paper, 3)
        if weak and alone:
            yield from self._towards(start, len(text), paper)
            yield from self._abbreviation(start, len(text), paper)

    def technique(self, start: int, end: int, paper: PaperId) -> Iterator[NameClaim]:
        """A contribution: `technique (Name)`, `Name: technique`, `model Name (…)`, `… for Name`."""
        text = self.block.text
        end = start + len(text[start:end].rstrip(" –—-:*|·•\n"))
        yield from self.colon(start, paper)
        begin, verb = self._past_words(start)
        run = name_from(text, begin, end)
        told = verb or text[start:begin].islower()
        if run and begin > start and (told or is_distinctive(text[slice(*run)].split()[0])):
            yield from self._named(run, paper, Call("proposes", 3))
        elif run and (bracket := _REMARK.match(text, run[1], end)):
            words = text[slice(*run)].split()
            likely = len(words) > 1 or is_distinctive(words[0]) or len(bracket[0]) > _LONG
            yield from self._named(run, paper, Call("leads", 2 if likely else 1))
        yield from self._closing(start, end, paper, 3)
        yield from self._towards(start, end, paper)

    def title(self, start: int, end: int, paper: PaperId) -> Iterator[NameClaim]:
        """A reading list's title: a name as a whole, two names, or a name and what it is for."""
        text = self.block.text
        run = name_from(text, start, end)
        if run is None:
            return
        rest = text[run[1] : end].strip(" .*_:")
        whole = not rest or re.fullmatch(r"\([^()]*\)", rest) is not None
        distinct = list(filter(is_distinctive, text[slice(*run)].split()))
        own, words = not all(map(self.lexicon.is_common, distinct)), rest.split()
        goes_on = not (_END.match(text, run[1], end) or _AND.match(text, run[1], end)) and not (
            words and fold(words[0]) in self.lexicon.names["prepositions"]
        )
        if whole or (distinct and not goes_on and (own or _END.match(text, run[1], end))):
            yield from self._named(run, paper, Call("title", 3 if whole and distinct else 2))
        also = _AND.match(text, run[1], end)
        second = name_from(text, also.end(), end) if also else None
        if second:
            yield from self._named(second, paper, Call("title", 2))

    def front(self, start: int, end: int, paper: PaperId) -> Iterator[NameClaim]:
        """`Name (ID): text`: the words before the identifier, if all of them have a name's shape."""
        stop = start + len(self.block.text[start:end].rstrip("([`*_ –—-:,，.|｜/"))
        run = name_from(self.block.text, start, stop)
        if run and run[1] == stop:
            yield from self._named(run, paper, Call("beside", 3))

    def colon(self, start: int, paper: PaperId, introduces: bool = True) -> Iterator[NameClaim]:
        """`Name: text` or `Name (…): text`."""
        run = name_from(self.block.text, start, len(self.block.text))
        if run and _COLON.match(self.block.text, run[1]):
            yield from self._named(run, paper, Call("colon", 2, introduces))

    def keyword(self, start: int, end: int, paper: PaperId) -> Iterator[NameClaim]:
        """A keyword of a name's shape: it never names a paper alone, but it supports a name."""
        words = self.block.text[start:end].split()
        if words and (len(words) == 1 or any(map(is_distinctive, words))):
            yield from self._claim((start, end), paper, Call("keyword", 1, introduces=False))

    def _paired(self, start: int, end: int) -> tuple[int, int] | None:
        """The name in a bracket of pairs, `(Name, ID; Name, ID)`; one of plain letters may be an author's."""
        text = self.block.text
        if text[max(start, end - 4) : end].rstrip(" `*[")[-1:] not in (",", ":", "，", "："):
            return None
        pair = _PAIR_BEFORE.search(text[max(start, end - _LONG_NAME) : end])
        place = max(start, end - _LONG_NAME) + pair.start(1) if pair else 0
        run = name_from(text, place, place + len(pair[1])) if pair else None
        whole = pair and run == (place, place + len(pair[1]))
        named = whole and run and any(map(is_distinctive, text[slice(*run)].split()))
        near = self.block.mentions_between(place - _LONG_NAME, end) if named else ()
        own = run and any(m.linked and m.end == run[1] for m in near)
        return run if named and not own else None

    def _opens(self, span: tuple[int, int]) -> bool:
        """Whether a name is one plain word at the start of a sentence, where a capital says nothing."""
        word = self.block.text[slice(*span)]
        before = self.block.text[: span[0]].rstrip(' \n*_"“(')
        return " " not in word and shape(word) == 1 and (not before or before[-1] in ".!?:…–—|")

    def _follows_preposition(self, span: tuple[int, int]) -> bool:
        """Whether a name may be of what something is done on, with or for."""
        words = self.block.text[max(0, span[0] - _LONG) : span[0]].split()[-1:]
        return bool(words) and fold(words[0]) in self.lexicon.names["prepositions"]

    def _is_of_others(self, start: int) -> bool:
        """Whether what stands before a name says that it is of a language, a place, a firm or a person."""
        words = self.block.text[max(0, start - _REACH) : start].casefold().split()[-2:]
        return not self.lexicon.names["elsewhere"].isdisjoint((*words[-1:], " ".join(words)))

    # -- parts of rules ------------------------------------------------------------

    def _claim(self, span: tuple[int, int], paper: PaperId, call: Call) -> Iterator[NameClaim]:
        """One claim, unless the words are too many, or the field's common ones."""
        if self.block.writes_id(*span) or self._is_of_others(span[0]):
            return
        name = normalise(self.block.text[slice(*span)]).strip(" .'’\"“”`")
        words = name.split()
        known = all(self.lexicon.is_common(word) or not shape(word) for word in words)
        label = not any(map(is_distinctive, words)) and self.lexicon.is_label(name)
        spoken_of = known or label or self.lexicon.is_compound(name)
        if len(words) <= _MOST and len(name) > 1 and not spoken_of:
            place = self.locate(self.block, *span)
            yield NameClaim(paper.node, name, call.kind, call.weight, call.introduces, place)

    def _named(self, run: tuple[int, int], paper: PaperId, call: Call) -> Iterator[NameClaim]:
        """A name, or where its abbreviation follows in brackets, that one before it."""
        text = self.block.text
        bracket = _BRACKET.match(text, run[1])
        short = bracket is not None and abbreviates(bracket[1], text[slice(*run)])
        if bracket and short:
            yield from self._claim(bracket.span(1), paper, call)
            call = Call(call.kind, max(call.weight - 1, 1), call.introduces)
        yield from self._claim(run, paper, call)

    def _past_agent(self, start: int) -> int:
        """Past who presents the work, where a verb follows: `We`, `The authors`, `Alice et al.`."""
        text, names = self.block.text, self.lexicon.names
        agents, verbs = names["agents"], names["proposes"]
        others = _OTHERS.match(text, start)
        if others:
            return others.end()
        words = [match.span() for match in islice(_PLAIN_WORD.finditer(text, start), 5)]
        for count in range(min(3, len(words) - 1), 0, -1):
            if fold(text[words[0][0] : words[count - 1][1]]) not in agents:
                continue
            begin = words[count][0]
            if any(fold(text[begin:end]) in verbs for _, end in words[count : count + 2]):
                return begin
        return start

    def _past_words(self, start: int) -> tuple[int, bool]:
        """Past the verbs and nouns that may stand before a name; whether there was a verb."""
        text, names = self.block.text, self.lexicon.names
        place, verb = start, False
        while match := TOKEN.search(text, place):
            if text[place : match.start()].strip():
                break
            pair = _PAIR.match(text, match.start())
            lower = match[0].islower()
            if pair and fold(pair[0]) in names["proposes"]:
                place, verb = pair.end(), True
            elif fold(match[0]) in names["proposes"] and (lower or not verb):
                place, verb = match.end(), True
            elif self.lexicon.is_compound(match[0]) or (
                fold(match[0]) in names["between"] and (lower or not verb)
            ):
                place = match.end()
            else:
                break
        return place, verb

    def _weight_of_lead(self, run: tuple[int, int] | None) -> int:
        """A text that opens with a name: likely if it looks like one, a verb or a comma follows, else a hint."""
        if run is None:
            return 0
        behind = fold(self.block.text[run[1] : run[1] + 24]).split()
        verb = not {*behind[:1], " ".join(behind[:2])}.isdisjoint(self.lexicon.names["proposes"])
        words, mark = self.block.text[slice(*run)].split(), self.block.text[run[1] : run[1] + 1]
        listed = mark in ("、", "，") or (mark == "," and any(map(is_distinctive, words)))
        return 1 + (verb or listed or is_distinctive(words[0]))

    def _closing(self, start: int, end: int, paper: PaperId, weight: int) -> Iterator[NameClaim]:
        """`… (Name)` at the end; an abbreviation of the words before it is theirs rather than the paper's."""
        text = self.block.text
        bracket = _CLOSING.search(text[:end], start)
        run = name_from(text, *bracket.span(1)) if bracket else None
        if bracket and run and run[1] == bracket.end(1) and not set(bracket[1]) & set(",;+="):
            before = name_before(text, start, bracket.start())
            own = before is not None and abbreviates(bracket[1], text[slice(*before)])
            yield from self._claim(run, paper, Call("closing", weight - own))

    def _towards(self, start: int, end: int, paper: PaperId) -> Iterator[NameClaim]:
        """`… for Name` at the end, of several words: a hint. One alone is what most methods are for."""
        text = self.block.text
        end = start + len(text[start:end].rstrip(" .*_"))
        run = name_before(text, start, end)
        words = text[start : run[0]].split()[-1:] if run else []
        several = run is not None and " " in text[slice(*run)]
        if run and several and words and words[0] in self.lexicon.names["towards"]:
            yield from self._claim(run, paper, Call("towards", 1, introduces=False))

    def _abbreviation(self, start: int, end: int, paper: PaperId) -> Iterator[NameClaim]:
        """`stepwise DPO (sDPO), …`: the first word in brackets that abbreviates what stands before it."""
        stop = self.block.text.find(". ", start, end)
        stop = end if stop < 0 else stop
        for match in _BRACKET.finditer(self.block.text, start, stop):
            if abbreviates(match[1], self.block.text[start : match.start()]):
                yield from self._claim(match.span(1), paper, Call("abbreviates", 2))
                return
