"""SPARQL text: its tokens with their places, what it would change, and what is wrong with it.

Oxigraph parses queries; but its messages name a grammar's rules rather than a
mistake, and it would follow a SERVICE out into the net. So the text is read here
too, as tokens only: enough to refuse, to explain, and to put terms in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from kg.errors import BadQuery

__all__ = ["Token", "check_terms", "explain", "place", "refuse_changes", "tokens"]

_LOCAL = r"(?:[\w:-]|\.(?=[\w:.%\\-])|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])*"
_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n\r]*)
      | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
      | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
                  |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
      | (?P<variable>[?$]\w+)
      | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
      | (?P<blank>_:[\w.-]*)
      | (?P<prefixed>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:"""
    + _LOCAL
    + r""")
      | (?P<word>[^\W\d_]\w*)
      | (?P<number>[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)

_CHANGES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
)
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        SELECT ASK CONSTRUCT DESCRIBE
        a true false PREFIX BASE DISTINCT REDUCED AS FROM NAMED WHERE ORDER BY ASC DESC LIMIT
        OFFSET GROUP HAVING VALUES UNDEF OPTIONAL GRAPH UNION MINUS FILTER BIND SERVICE SILENT
        IN NOT EXISTS COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES
        DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE
        ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS
        MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF
        STRLANG STRDT sameTerm isIRI isURI isBLANK isLITERAL isNUMERIC REGEX SUBSTR REPLACE
        TRIPLE SUBJECT PREDICATE OBJECT isTRIPLE LATERAL ADJUST
        """,
    )
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_DEEPEST = 60
_LONGEST = 10_000
_CLOSING = {"{": "}", "(": ")", "[": "]"}


class Token(NamedTuple):
    """`kind` is the name of a group of the pattern; `text[start:end]` is the token."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """All tokens but white space and comments; any text has some, so this never fails."""
    for found in _TOKEN.finditer(text):
        if found.lastgroup != "space":
            yield Token(found.lastgroup or "", found[0], *found.span())


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of a character, both from 1."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def refuse_changes(text: str) -> None:
    """Raises `BadQuery` for anything but a question: updates, and SERVICE, which asks elsewhere.

    So is what is nested so deep that Oxigraph's parser would take the process down with it.
    A parser may take `trueSERVICE` for two words, and an escaped letter for a letter.
    """
    _refuse(text)
    plain = _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16) % 0x110000), text)
    if plain != text:
        _refuse(plain)


def _refuse(text: str) -> None:
    started = False
    depth = run = 0
    for number, token in enumerate(tokens(text)):
        if number >= _LONGEST:
            raise _bad(text, token, f"longer than {_LONGEST} words and signs")
        depth += (token.text in _CLOSING) - (token.text in _CLOSING.values())
        run = run + 1 if token.text in ("!", "^", "-", "+") else 0
        if depth > _DEEPEST or run > _DEEPEST:
            raise _bad(text, token, f"nested more than {_DEEPEST} deep")
        word = token.text.upper() if token.kind == "word" else ""
        if "SERVICE" in word:
            raise _bad(text, token, "SERVICE is off: kg asks nobody but this graph")
        if word in _CHANGES and not started:
            raise _bad(text, token, f"{word} would change the graph; kg only reads")
        started = started or word in _FORMS


def check_terms(
    text: str,
    prefixes: Mapping[str, str],
    namespace: str,
    known: Iterable[str],
    in_use: Callable[[str], bool] = lambda iri: False,
) -> None:
    """Raises `BadQuery` for a name in our namespace that is neither declared nor `in_use`."""
    names = sorted(known)
    declared = {**prefixes, **_declared(text)}
    for token, skipped in _terms(text):
        if skipped:
            continue
        if token.kind == "iri":
            iri, shown = token.text[1:-1], "<{}>"
        else:
            prefix, _, local = token.text.partition(":")
            iri, shown = declared.get(prefix, "") + local.replace("\\", ""), f"{prefix}:{{}}"
        name = iri.removeprefix(namespace)
        if name == iri or not name or name in names or in_use(iri):
            continue
        close = [shown.format(n if shown[0] != "<" else namespace + n) for n in _close(name, names)]
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        raise _bad(text, token, f"unknown {token.text}{hint}")


def explain(text: str, said: str, prefixes: Mapping[str, str]) -> BadQuery:
    """What is wrong with a query that the parser refused, saying `said`."""
    return (
        _wrong_quote(text)
        or _wrong_prefix(text, prefixes)
        or (_wrong_place(text, said) if "IRI parsing failed" in said else None)
        or _wrong_word(text)
        or _wrong_bracket(text)
        or _wrong_place(text, said)
    )


def _wrong_quote(text: str) -> BadQuery | None:
    for token in tokens(text):
        if token.kind == "other" and token.text in ("'", '"'):
            return _bad(text, token, f"the text that {token.text} opens is not closed on its line")
    return None


def _wrong_prefix(text: str, prefixes: Mapping[str, str]) -> BadQuery | None:
    declared = {**prefixes, **_declared(text)}
    for token, skipped in _terms(text):
        prefix, colon, local = token.text.partition(":")
        if token.kind != "iri" and colon and not skipped and prefix not in declared:
            near = [f"{name}:{local}" for name in _close(prefix, list(declared))]
            hint = (
                f"did you mean {' or '.join(near)}?"
                if near
                else f"declare it: PREFIX {prefix}: <…>"
            )
            return _bad(text, token, f"unknown prefix {prefix}: in {token.text}; {hint}")
    return None


def _wrong_word(text: str) -> BadQuery | None:
    small = {word.lower(): word for word in _WORDS}
    started = False
    for token in tokens(text):
        if token.kind != "word":
            continue
        if not started and token.text.upper() not in ("PREFIX", "BASE"):
            started = True
            if token.text.upper() not in _FORMS:
                near = _close(token.text.upper(), _FORMS) or _FORMS
                return _bad(
                    text, token, f"a query does not begin with {token.text}; {_offer(near)}"
                )
        if token.text.lower() not in small:
            near = [small[word] for word in _close(token.text.lower(), list(small))]
            offer = _offer(near) if near else "a variable begins with ?, a text stands in quotes"
            return _bad(text, token, f"{token.text} is no word of SPARQL; {offer}")
    return None


def _wrong_bracket(text: str) -> BadQuery | None:
    opened: list[Token] = []
    for token in tokens(text):
        if token.kind != "other":
            continue
        if token.text in _CLOSING:
            opened.append(token)
        elif token.text in _CLOSING.values() and (
            not opened or _CLOSING[opened.pop().text] != token.text
        ):
            return _bad(text, token, f"{token.text} closes nothing that is open")
    if opened:
        return _bad(text, opened[-1], f"{opened[-1].text} is never closed")
    return None


def _wrong_place(text: str, said: str) -> BadQuery:
    found = re.search(r"(\d+):(\d+): (?:expected )?(.*)", said, re.DOTALL)
    if not found:
        return BadQuery(f"the query cannot be read: {' '.join(said.split())}", 0, 0)
    line, column, wanted = int(found[1]), int(found[2]), " ".join(found[3].split())
    if "unbound" in wanted:
        reason = (
            "a variable of SELECT is bound nowhere, or is neither in GROUP BY nor in an aggregate"
        )
        return BadQuery(reason, line, column)
    rest = (text.splitlines() or [""])[min(line, len(text.splitlines()) or 1) - 1][column - 1 :]
    near = f"at {rest.split()[0][:40]}" if rest.split() else "at its end"
    words = re.findall(r'(?<![\w"])(?:"[^"]{1,3}"|[A-Z_]{2,})(?![\w"])', wanted)
    hint = f"; expected {', '.join(dict.fromkeys(words[:8]))}" if words else ""
    if "IRI parsing failed" in wanted:
        hint = "; an IRI has no blanks, quotes or braces"
    return BadQuery(f"the query cannot be read {near}{hint}", line, column)


def _declared(text: str) -> dict[str, str]:
    """The prefixes that a query declares itself."""
    found: dict[str, str] = {}
    before: list[Token] = []
    for token in tokens(text):
        if token.kind == "iri" and len(before) > 1 and before[-2].text.upper() == "PREFIX":
            found[before[-1].text.rstrip(":")] = token.text[1:-1]
        before = [*before[-1:], token]
    return found


def _terms(text: str) -> Iterator[tuple[Token, bool]]:
    """Tokens that name something, and whether they stand in a declaration."""
    before = ("", "")
    for token in tokens(text):
        if token.kind in ("iri", "prefixed"):
            yield token, "PREFIX" in before or before[1] == "BASE"
        before = (before[1], token.text.upper())


def _close(name: str, known: Iterable[str]) -> list[str]:
    """Close matches without regard to case."""
    small = {other.lower(): other for other in known}
    return [small[word] for word in get_close_matches(name.lower(), list(small), n=2, cutoff=0.6)]


def _offer(words: Iterable[str]) -> str:
    return f"did you mean {' or '.join(words)}?"


def _bad(text: str, token: Token, message: str) -> BadQuery:
    return BadQuery(message, *place(text, token.start))
