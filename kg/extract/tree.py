"""TOPIC_TREE: topics to any depth, the papers in them, and what each paper brings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.diagnostics import Diagnostic
from kg.extract.context import Context, Extract, clip, plain
from kg.extract.labels import Lead, bold_head, lead_behind_title, lead_ids
from kg.extract.leaves import Leaf, leads_elsewhere, leaves, named_leaves, place
from kg.extract.parts import Part
from kg.extract.paths import TopicPaths
from kg.extract.placing import (
    name_at_end,
    place_leaf,
    placed,
    run_in,
    run_in_end,
    run_ins,
    title_over_id,
)
from kg.extract.siblings import names_beside, over_rows, titles_over_ids, titles_over_lists
from kg.extract.topics import (
    Open,
    Tree,
    counts_on,
    depth_of,
    duplicate,
    duplicate_path,
    is_path,
    is_title,
    says_nothing,
    topic,
)
from kg.extract.tree_tables import columns_of_tree, read_row
from kg.ids import normalise, topic_id
from kg.lexicon import strip_number
from kg.model import Node, Value
from kg.reading import Block
from kg.shapes import is_name

__all__ = ["read"]

_BRACKETED = re.compile(r"[(（\[‹<](.*)[)）\]›>]", re.DOTALL)
_HEAD = re.compile(r"\s*([^:：]{2,60})[:：]\s+")
_SAYS_MORE = re.compile(r"\s[–—-]\s|[:：|]\s")
_STEPS = re.compile(r"\s*[>›»]\s+\S")
_CITED = re.compile(r"(?:@[\w:.-]+[\s,;]*)+")
"""Keys of citations, as pandoc has them."""
_PROSE = 90


def read(part: Part, context: Context) -> Iterator[Extract]:
    """Topics by indentation (or heading level); a line with an identifier places papers."""
    if is_title(part.blocks, context):
        message = f"the title of the tree: {clip(part.blocks[0].text, 50)}"
        yield context.problem("group-label", message, part.blocks[0])
        part = replace(part, blocks=part.blocks[1:])
    names = names_beside(part.blocks, context.lexicon)
    tree = Tree(part.blocks, names, over_rows(part.blocks))
    inner = run_ins(part.blocks)
    titles, headings = titles_over_ids(part.blocks, context.lexicon), titles_over_lists(part.blocks)
    columns = list[str]()
    for number, block in enumerate(part.blocks):
        if block.kind == "row":
            if block.header:
                columns = columns_of_tree(block, context.lexicon)
            else:
                yield from read_row(block, columns, tree, context)
            continue
        depth = depth_of(block, id(block) in inner)
        beside = tree.open[-1] if tree.open and tree.open[-1].depth == depth else None
        parent = tree.parent(depth)
        following = part.blocks[number + 1] if number + 1 < len(part.blocks) else None
        nested = following is not None and following.depth > block.depth
        has_children = nested or number in headings
        if id(block) in inner:
            yield from run_in(block, parent, depth, tree, context)
            continue
        lines = block.lines(lambda line, _: lead_ids(line) is not None)
        below = following if number in titles and not block.mentions() else None
        over = [block, below] if below else lines * (not has_children)
        titled = title_over_id(over, number in titles, context)
        yield from titled
        for line in lines[1:] if titled else lines:
            lead = lead_ids(line)
            later = block.kind == "text" and line is not lines[0] and tree.open
            last = tree.open[-1] if later else None
            if last and last.depth == depth and not last.papers:
                parent = last  # a numbered topic on a line of the same paragraph
            if lead:
                if not parent.path and beside and beside.path:
                    parent = beside
                    yield context.problem(
                        "paper-beside-topic", f"placed in {' > '.join(beside.path)}", line
                    )
                yield from placed(line, parent.path, tree, context)
                tree.open.append(Open(depth, parent.path, [paper for _, _, paper in lead.papers]))
            elif any(mention.paper for mention in line.mentions()):
                yield from _mixed(line, parent, depth, has_children, tree, context)
            elif not (line.mentions() and not line.text[: line.mentions()[0].start].strip("[(`* ")):
                facts = list(_words(line, parent, depth, has_children, tree, context))
                yield from facts
                told = has_children or any(isinstance(fact, Diagnostic) for fact in facts)
                among = bool(parent.path and beside and beside.papers and not told)
                if among and tree.open[-1].depth == depth and _SAYS_MORE.search(line.text):
                    message = f"among papers, without an identifier; read as a topic: {clip(line.text, 50)}"
                    yield context.problem("entry-without-paper", message, line)
    paths = TopicPaths(tree.paths if tree.pending else ())
    for block, path, written, own in tree.pending:
        if own or tree.contents[path] < 2:
            yield from duplicate(block, path, written, paths, context)
        else:
            yield context.problem(
                "unresolved-duplicate",
                f"“{normalise(written)}” holds the same paper; this topic holds others too, so no topics were joined",
                block,
            )


def _mixed(
    line: Block,
    parent: Open,
    depth: tuple[int, int, int],
    has_children: bool,
    tree: Tree,
    context: Context,
) -> Iterator[Extract]:
    """A line with words before its first identifier: a topic, names, or what the paper brings."""
    first = next(mention for mention in line.mentions() if mention.paper)
    before = line.text[: first.start]
    if id(line) in tree.rows:
        end = tree.rows[id(line)]
        yield from topic(line, line.text[:end], parent, depth, tree, context, end=end)
        yield from placed(line, tree.open[-1].path, tree, context, first.start)
        return
    remark = _BRACKETED.fullmatch(strip_number(before.lstrip("*_`[ ").rstrip("*_`[( "))[1])
    written = duplicate_path(remark[1] if remark else before.strip("([*_`: "), context)
    if written and (remark or is_path(written)):
        yield from placed(line, parent.path, tree, context, first.start)
        tree.pending.append((line, parent.path, written, False))
        return
    end = run_in_end(line, first.start)
    if end:
        words = line.text[:end].rstrip(" *_.")
        yield from topic(line, words, parent, depth, tree, context, end=end)
        rest, opened = line.part(end, len(line.text)), tree.open[-1]
        if lead_ids(rest):
            yield from placed(rest, opened.path, tree, context)
        else:
            yield from _mixed(
                rest, opened, (depth[0], depth[1], depth[2] + 1), False, tree, context
            )
        return
    label = before.strip().rstrip("([（【`*_ ")
    pointer = label.rstrip(":：")
    if context.lexicon.field(pointer, ("paper",)):
        yield from placed(line, parent.path, tree, context, first.start)
        return
    head = _HEAD.match(before)
    behind = named_leaves(line, head.end()) if head else []
    if head and len(behind) == 1 and not 0 < bold_head(line) <= head.end():
        head, behind = None, []  # `Title: Subtitle (ID)`
    named = behind or named_leaves(line)
    if named and (len(named) > 1 or not has_children):
        begin = named[0].name[0] if named[0].name else 0
        path = parent.path
        if head and begin >= head.end():
            yield from topic(line, head[1], parent, depth, tree, context, end=begin)
            path = tree.open[-1].path
        for leaf in named:
            yield from place_leaf(line, leaf, path, tree, context)
        return
    lead = lead_behind_title(line)
    bracketed = lead is not None and lead.inside > (0, 0)
    if lead and line.text[slice(*lead.inside)].strip(" `*_"):
        label = line.text[: lead.begin].strip()  # `Words (arXiv: ID)`
    colon = label.endswith((":", "："))
    dashed = before.rstrip(" [(`*").endswith(("–", "—", "-")) and is_name(label.rstrip("–—- "))
    titled = colon or (bold_head(line) > 0 and not bracketed and not dashed)
    if (colon or parent.path) and not has_children and id(line) in tree.names:
        titled = False
    if (titled or has_children) and len(label) <= _PROSE:
        yield from topic(line, label, parent, depth, tree, context, end=first.start)
        if not has_children or titled:
            yield from placed(line, tree.open[-1].path, tree, context, first.start)
        return
    if len(label) > _PROSE:
        for mention in line.mentions():
            if mention.paper:
                one = Lead([(mention.start, mention.end, mention.paper)], "", 0, False)
                yield from place(line, Leaf(one, len(line.text)), parent.path, context)
        return
    found = leaves(line, first.start)
    if lead and bracketed:
        found[0] = Leaf(lead, found[0].end)
    for leaf in found:
        yield from place(line, leaf, parent.path, context, 0 if len(found) == 1 else None)
    papers = [paper for _, _, paper in found[0].lead.papers]
    end = lead.begin if lead and bracketed else first.start
    end, called = name_at_end(line, end)
    yield from context.scribe(line).front(*called, papers[0]) if called else ()
    label = plain(line.text[:end])
    claims = list(context.scribe(line).front(0, end, papers[0]))
    label = "" if _CITED.fullmatch(label) else label
    if len(found) == 1 and label and not (claims and is_name(label)):
        name = "title" if found[0].words(line).strip(" )].") else "summary"
        for paper in papers:
            spot = context.source(line, 0, end)
            values: dict[str, Value] = {name: label}
            yield Node(id=paper.node, type="Paper", attributes=values, sources=(spot,))
        yield from context.scribe(line).summary(0, papers[0], end)
    yield from claims


def _is_numbered(label: str, tree: Tree) -> bool:
    return bool(strip_number(label)[0]) or counts_on(label, tree)


def _words(
    line: Block,
    parent: Open,
    depth: tuple[int, int, int],
    has_children: bool,
    tree: Tree,
    context: Context,
) -> Iterator[Extract]:
    """A line without identifiers: a topic, a remark on the topic above, or more on the paper above."""
    text = normalise(line.text)
    bare = text.strip("*_` .")
    remark = bare[-1:] in ")）]›>" and _BRACKETED.fullmatch(strip_number(bare)[1])
    if remark:
        yield from _remark(line, remark[1], parent, tree, context)
        if has_children:
            tree.open.append(Open(depth, parent.path))
        return
    if not has_children and context.lexicon.is_placeholder(text):
        yield context.problem("placeholder", f"a placeholder, not a topic: {text}", line)
        return
    if parent.papers:
        for paper in parent.papers:
            yield Node(
                id=paper.node,
                type="Paper",
                attributes={"summary": text},
                sources=(context.source(line),),
            )
        return
    if not has_children and (leads_elsewhere(line) or context.lexicon.marked("unidentified", text)):
        message = f"a leaf without an identifier, not a topic: {clip(text, 50)}"
        yield context.problem("entry-without-paper", message, line)
        return
    told = line.kind not in ("text", "code") or line.styled(line.strong) or has_children
    if not told and not _is_numbered(plain(line.text), tree):
        yield from _note(line, text, parent, context)
        return
    end = bold_head(line)
    end = 0 if _STEPS.match(line.text, end) else end
    behind = normalise(line.text[end:]).strip(" .:–—-") if end else ""
    label = line.text[:end] if end and behind else line.text
    yield from topic(line, label, parent, depth, tree, context, end=end if behind else None)
    aside = _BRACKETED.fullmatch(behind)
    said = aside and (duplicate_path(aside[1], context) or says_nothing(aside[1], context))
    if aside and said:
        yield from _remark(line.part(end, len(line.text)), aside[1], tree.open[-1], tree, context)
    elif behind:
        yield from _note(line.part(end, len(line.text)), behind, tree.open[-1], context)


def _remark(
    line: Block, words: str, parent: Open, tree: Tree, context: Context
) -> Iterator[Extract]:
    written = duplicate_path(words, context)
    if written:
        tree.pending.append((line, parent.path, written, True))
        return
    if says_nothing(words, context):
        what = f"a placeholder, not a topic: ({normalise(words)})"
        yield context.problem("placeholder", what, line)
        return
    yield from _note(line, normalise(words), parent, context)


def _note(line: Block, text: str, parent: Open, context: Context) -> Iterator[Extract]:
    if context.lexicon.is_placeholder(text):
        yield context.problem("placeholder", f"a placeholder, not a topic: {text}", line)
        return
    if not parent.path:
        what = "words that belong to no topic were not used"
        yield context.problem("prose-in-tree", what, line)
        return
    yield Node(
        id=topic_id(parent.path),
        type="Topic",
        label=parent.path[-1],
        attributes={"scopeNote": text},
        sources=(context.source(line),),
    )
