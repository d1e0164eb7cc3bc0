"""Every remark that kg can make on a digest: its code, how much it matters, why, and what to do.

Codes are stable; `kg check --explain CODE` prints a row of this table.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.diagnostics import Diagnostic, Severity
from kg.errors import UnknownName

__all__ = ["RULES", "Rule", "remark"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of remark: what it says in general, why it matters, and how to mend it."""

    severity: Severity
    why: str
    mend: str


_W, _I = Severity.WARNING, Severity.INFO

RULES: dict[str, Rule] = {
    # the input
    "empty-input": Rule(
        _W, "There is nothing but white space in the file.", "Is it the right file?"
    ),
    "lone-surrogates": Rule(
        _W,
        "Half of a UTF-16 pair stands alone; no encoding can write it, so it was replaced.",
        "Write the character anew.",
    ),
    "deep-list": Rule(
        _W,
        "Lists of HTML are read only so deep within each other; those still deeper stand beside the innermost.",
        "Write the list in Markdown, or less deep.",
    ),
    # what became of the text
    "not-understood": Rule(
        _W,
        "A run of text became neither a fact of the graph nor is it layout: it is lost.",
        "Move it where a reader knows it: below a topic, into an entry, behind a label.",
    ),
    "identifier-lost": Rule(
        _W,
        "An identifier is written in the text, and the graph has no mention of it there.",
        "This is a fault of kg; please report it.",
    ),
    "hidden-identifier": Rule(
        _I,
        "An identifier stands in a comment: no reader sees it, so it is not in the graph.",
        "Nothing to do, if it was meant; else take it out of the comment.",
    ),
    # sections
    "no-sections": Rule(
        _W,
        "Sections are told by their headings; without one, only papers can be read.",
        "Head the sections with names that ontology/lexicon.toml has, such as TOPIC_TREE.",
    ),
    "unknown-section": Rule(
        _W,
        "A heading of the shape that sections have in this file names none that is known; its papers "
        "are in the graph, its other words are not.",
        "Correct the heading, or add its name to ontology/lexicon.toml.",
    ),
    "likely-section": Rule(
        _I,
        "A heading says the name of a section in other words than those that are known, and no other "
        "heading names that section.",
        "Nothing to do, if it is right; else add the name to ontology/lexicon.toml.",
    ),
    "section-by-contents": Rule(
        _W,
        "A heading names no section that is known, but labels, columns or a tree stand below it that only "
        "one section has, which no other heading names.",
        "If it is right, add the name to ontology/lexicon.toml; else head it as another section.",
    ),
    # identifiers
    "impossible-id": Rule(
        _W,
        "arXiv identifiers are YYMM.NNNNN with a month from 01 to 12 (four digits at the end until "
        "2014); this one cannot exist.",
        "Look it up on arxiv.org; it was left out of the graph.",
    ),
    "unread-identifier": Rule(
        _I,
        "Digits look like an arXiv identifier, but are not written as one: full-width digits, a comma for "
        "the dot, a letter or another number right before or behind.",
        "Write it as YYMM.NNNNN, with a space around it.",
    ),
    # the topic tree
    "paper-without-topic": Rule(
        _W, "A paper stands in the tree above any topic.", "Indent it below a topic."
    ),
    "paper-beside-topic": Rule(
        _W,
        "A paper stands beside the topic above it, not below it, and in no other: it was placed in that topic.",
        "Indent it below its topic.",
    ),
    "prose-in-tree": Rule(
        _I,
        "Words in the tree that belong to no topic are not in the graph.",
        "Indent them below a topic, or move them out of the tree.",
    ),
    "unresolved-duplicate": Rule(
        _W,
        "“Duplicate of A > B” should lead to one other topic of the tree.",
        "Write the path with the labels of the tree.",
    ),
    "placeholder": Rule(
        _I, "Words such as “(none)” stand for something that is not there.", "Nothing to do."
    ),
    # entries
    "entry-without-paper": Rule(
        _W,
        "An entry of this section is about a paper, and no identifier is written in it.",
        "Add the identifier.",
    ),
    "unknown-label": Rule(
        _I,
        "A label that is not known stands where that of an assessment does; it was taken for one.",
        "Name it as ontology/lexicon.toml does, or add its name there.",
    ),
    "no-assessment": Rule(
        _I, "A contribution says no more than its technique.", "Add “– Assessment: …” behind it."
    ),
    "no-opportunity": Rule(
        _I, "A gap says nothing of what could be done.", "Add “Opportunity: …” behind it."
    ),
    "paired-opportunities": Rule(
        _I,
        "Gaps and opportunities stand in two lists of one length; the first was read as the answer to "
        "the first, and so on.",
        "Write each opportunity below its gap.",
    ),
    "unpaired-opportunities": Rule(
        _W,
        "Gaps and opportunities stand in two lists of different lengths: nothing tells which belong "
        "together.",
        "Write each opportunity below its gap.",
    ),
    "missing-field": Rule(
        _I,
        "An idea has five fields: motivation, key novelty, approach, dataset and metrics, risk.",
        "Add the field, or name it as ontology/lexicon.toml does.",
    ),
    "unknown-field": Rule(
        _W,
        "A label that looks like those of an idea's fields names none of them; its words are in the "
        "idea's text, its papers are cited without saying what for.",
        "Call it motivation, key novelty, approach, dataset and metrics or risk, or add its name to "
        "ontology/lexicon.toml.",
    ),
    "unknown-risk-level": Rule(
        _I,
        "A risk opens with few words, as with a level such as “high”, and they name none that is known.",
        "Name a level that ontology/lexicon.toml has, or add its word there.",
    ),
    "stray-words": Rule(
        _I, "Words that belong to no entry are not in the graph.", "Move them into an entry."
    ),
    "named-in-passing": Rule(
        _I,
        "A reading list in sentences names a paper in what it says of another; nothing tells that it is "
        "to be read as well.",
        "Begin a sentence with it (“Then read Name (ID)”), or write the list as one.",
    ),
    "group-label": Rule(
        _I,
        "A line that heads a group of entries, or a box around them, says nothing of one of them; it is "
        "layout, not a fact.",
        "Nothing to do.",
    ),
    "two-values": Rule(
        _W,
        "Two entries are one by their title or paper, but say different things; the graph keeps one "
        "value.",
        "Give the entries different titles, or drop one.",
    ),
    "too-many-together": Rule(
        _W,
        "Where an entry cites very many papers, that two of them are cited together says little, and "
        "all pairs would be more edges than the rest of the graph has; none is made.",
        "Split the entry, if some of its papers belong together.",
    ),
    # the table of highlights
    "unknown-column": Rule(
        _W,
        "Columns are told by their heads; this one was taken for the one field that has no column, or "
        "its cells were added to the last field.",
        "Name the column as ontology/lexicon.toml does.",
    ),
    "guessed-columns": Rule(
        _I,
        "Bars part the words of an entry as the columns of a table, but nothing says which is which.",
        "Label the parts, or write a table with a header.",
    ),
    "too-many-cells": Rule(
        _W,
        "A row has more cells than the table has columns; the surplus was joined to the last one.",
        "Write a bar inside a cell as \\|.",
    ),
    "empty-cell": Rule(
        _W, "A highlight lacks something its table has a column for.", "Fill the cell."
    ),
    # what a careful editor would notice
    "name-of-two-papers": Rule(
        _W,
        "Language models invent identifiers: where one name stands beside two of them, one is "
        "probably wrong.",
        "Look both up on arxiv.org.",
    ),
    "two-names": Rule(
        _W,
        "An identifier stands beside a name that nothing else connects with its paper; names and "
        "identifiers may have been mixed up.",
        "Look the identifier up on arxiv.org.",
    ),
    "future-id": Rule(
        _W,
        "A paper is younger than the issue that cites it.",
        "Check the identifier, and the period of the issue.",
    ),
    "other-month": Rule(
        _I, "A paper is of an earlier month than the issue.", "Nothing to do, if it was meant."
    ),
    "unplaced-paper": Rule(
        _I,
        "A paper is cited, but the topic tree has no place for it.",
        "Add it to the tree, or check its identifier.",
    ),
    "repeated-label": Rule(
        _I,
        "One label under two parents makes two topics.",
        "Say “(Duplicate of A > B)” if they are one.",
    ),
    "paper-in-several-places": Rule(
        _I, "A paper stands in several places of the tree.", "Nothing to do, if it was meant."
    ),
    "rank-missing": Rule(_W, "Ranks count from 1 without holes.", "Number the highlights anew."),
    "rank-repeated": Rule(_W, "Each rank is given once.", "Number the highlights anew."),
    "mixed-script": Rule(
        _W,
        "A word has letters of another script; language models slip into one, and look-alikes "
        "hide from every search.",
        "Write the word in the script of its neighbours.",
    ),
    "empty-topic": Rule(
        _I,
        "A topic has no papers and no topics below it.",
        "Fill it, drop it, or say why it is empty.",
    ),
    "broken-emphasis": Rule(
        _I,
        "Two asterisks that make nothing bold stay in the text.",
        "Add their partner, or drop them.",
    ),
    "idea-without-citation": Rule(
        _W, "An idea that cites no paper hangs in the air.", "Cite what it builds on."
    ),
}


def remark(
    code: str, message: str, file: str = "", line: int = 0, column: int = 0, hint: str = ""
) -> Diagnostic:
    """A diagnostic of a code that the table has; the hint is the rule's own unless one is given."""
    rule = RULES.get(code)
    if rule is None:
        raise UnknownName("rule", code, list(RULES))
    return Diagnostic(
        code=code,
        severity=rule.severity,
        message=message,
        file=file,
        line=line,
        column=column,
        hint=hint or rule.mend,
    )
