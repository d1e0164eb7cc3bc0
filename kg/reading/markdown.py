"""Markdown into blocks, with pyromark (pulldown-cmark) for the grammar.

CommonMark is followed except where digests written by people and language models lose content
by it: code that holds identifiers or was never closed is read as Markdown again, a line that
stands left of its list item leaves it, a line that opens with a bullet character or a bold label,
or belongs to a text whose lines are too long to have been wrapped, begins a block of its own, and
a row keeps the cells that its header has no room for.
"""

from __future__ import annotations

import re
from typing import Any

from kg.ids import find_ids
from kg.reading import boxes
from kg.reading.ascii_tables import with_tables
from kg.reading.compose import composed
from kg.reading.document import Document, Piece
from kg.reading.draft import Draft
from kg.reading.events import events, named
from kg.reading.hidden import definitions_apart, outside_comments, unhidden
from kg.reading.html_lists import with_bullets
from kg.reading.items import Item, List
from kg.reading.lines import BULLET, OPENS, WIDE, Margins, label_or_title, leaves
from kg.reading.outline import Block, Outline
from kg.reading.seams import Seams
from kg.reading.tables import ended_row

__all__ = ["read_outline"]

_NESTING = 3
_INLINE = ("Strong", "Emphasis", "Strikethrough", "Link", "Image")


def read_outline(document: Document) -> Outline:
    """Reads a document into its blocks, in order, each with exact positions."""
    data = document.data[document.start :]
    reader = _Reader(Seams(document, [(0, document.start, 1)]), 0, _NESTING)
    return Outline(document, *definitions_apart(document, reader.read(data.decode())))


class _Reader:
    """One pass over the events of pyromark, for a text whose place in the document `seams` knows."""

    def __init__(self, seams: Seams, depth: int, nesting: int) -> None:
        self._seams = seams
        self._nesting = nesting
        self._blocks: list[Block] = []
        self._draft: Draft | None = None
        self._cells: list[Block] = []
        self._base = depth
        self._items: list[Item] = []
        self._lists: list[List] = []
        self._styles: list[int] = []
        self._links: list[tuple[int, str]] = []
        self._kind = ("text", 0)
        self._broken = self._skip = -1
        self._code: list[tuple[int, int]] | None = None
        self._row: Block | None = None
        self._commented = self._apart = self._fenced = False
        self._margins = Margins(depth)

    def read(self, text: str) -> list[Block]:
        """All blocks of the text."""
        text, self._seams = with_tables(*with_bullets(unhidden(text), self._seams))
        for tag, value, start, end in events(text):
            if start < self._skip:
                continue
            if tag == "Text" or tag == "Code":
                self._add(value, start, end, code=tag == "Code")
            elif tag == "Start":
                self._open(value, start, end)
            elif tag == "End":
                self._close(value, start, end)
            elif tag in ("SoftBreak", "HardBreak"):
                self._broken = start
            elif tag in ("InlineHtml", "Html"):
                self._add_html(value, start)
        self._flush()
        return self._blocks

    # -- inline ----------------------------------------------------------------

    def _add(self, value: str, start: int, end: int, code: bool = False) -> None:
        if self._code is not None:
            self._code.append((start, end))
            return
        if self._broken >= 0:
            self._break(value, start)
        if self._draft is None:
            bullet = None if code or self._row else BULLET.match(value)
            block = self._begin(start, bullet, not code and OPENS.match(value) is not None)
            if bullet and (value[0] != "(" or block.marker == bullet[0].strip()):
                value, start = value[bullet.end() :], start + len(bullet[0].encode())
        assert self._draft is not None
        if code:
            # pulldown-cmark strips one space beside the backticks; the rest is the content itself
            width = len(value.encode())
            ticks = (end - start - width) // 2
            start, end = start + ticks, start + ticks + width
        begin = self._draft.length
        self._put(value, start, end)
        if code:
            self._draft.ranges["code"].append((begin, self._draft.length))

    def _put(self, value: str, start: int, end: int) -> None:
        assert self._draft is not None
        for text, width in composed(value, end - start):
            span = self._seams.span(start, start + width)
            self._draft.put(text, Piece(self._draft.length, *span))
            start += width

    def _add_html(self, value: str, start: int) -> None:
        for line in value.splitlines(keepends=True):
            text = line.rstrip("\r\n")
            for begin, end, commented in outside_comments(text, self._commented):
                self._commented = commented and not text[begin:end].endswith("-->")
                if not commented:
                    first = start + len(text[:begin].encode())
                    self._add(text[begin:end], first, first + len(text[begin:end].encode()))
            start += len(line.encode())
            if line != text:
                self._broken = start - 1

    def _break(self, value: str, start: int, bold: int = 0) -> None:
        """Decides whether a new line of a paragraph goes on or begins a block of its own."""
        where, self._broken = self._broken, -1
        draft = self._draft
        if draft is None:
            return
        column = self._seams.column(start) + max(0, len(value) - len(value.lstrip("-")) - 1)
        left = bool(self._items) and leaves(value, bold, column, self._items[-1].column)
        above = sum(map(len, draft.parts[draft.line :]))
        unwrapped = above > WIDE or self._seams.line_length(start) > WIDE
        apart = left or bold or self._apart or draft.is_strong() or unwrapped or OPENS.match(value)
        if apart and not self._row:
            self._flush()
            narrow = self._lists and self._lists[-1].narrow and BULLET.match(value)
            depth = (self._lists[-1].depth_at if narrow else self._margins.depth)(column)
            if left:
                depth = self._base + sum(column >= it.content for it in self._items)
            self._kind = ("text", depth)
            return
        self._put("\n", where, where + 1)
        draft.line = len(draft.parts)

    # -- blocks ----------------------------------------------------------------

    def _begin(self, start: int, bullet: re.Match[str] | None = None, opens: bool = False) -> Block:
        kind, depth = self._kind
        item = self._items[-1] if self._items else None
        if self._row is not None:
            block = Block("cell", depth)
        elif item is not None and not item.filled and kind == "text":
            block = Block("item", item.depth, marker=item.marker)
            item.content = self._seams.column(start)
            self._margins = Margins(item.depth + 1, (item.column, item.depth))
        else:
            level = depth if kind == "heading" else 0
            at = self._depth() if kind == "heading" or depth < 0 else depth
            block = Block("heading" if kind == "heading" else "text", at, level)
            if kind == "heading" or depth < 0:
                column = self._seams.column(start)
                self._margins = Margins(at, *([(column, at)] if opens else []))
        if bullet and block.kind == "text":
            block.kind, block.marker = "item", bullet[0].strip()
        if item is not None:
            item.filled = True
        self._draft = Draft(block)
        return block

    def _depth(self) -> int:
        return self._items[-1].depth + 1 if self._items else self._base

    def _flush(self) -> None:
        if self._draft is None:
            return
        block, self._draft = self._draft.finished(), None
        self._broken = -1
        self._styles.clear()
        if self._row is not None:
            self._cells.append(block)
        elif block.text.strip():
            self._blocks.append(block)

    def _open(self, value: Any, start: int, end: int) -> None:
        tag, detail = named(value)
        if tag in _INLINE:
            self._open_inline(tag, detail, start, end)
            return
        self._apart = False
        if tag == "Item":
            self._flush()
            self._items.append(Item(self._seams, start, end, self._lists[-1]))
            self._kind = ("text", -1)
        elif tag == "List":
            self._flush()
            item = self._items[-1] if self._items else None
            self._lists.append(List(self._base, item, self._lists[-1] if self._lists else None))
            if item is None or item.marker[:1].isdigit():
                self._lists[-1].measure(self._seams, start, end)
        elif tag == "Heading":
            self._flush()
            self._kind = ("heading", int(str(detail["level"]).lstrip("Hh")))
        elif tag in ("CodeBlock", "MetadataBlock"):
            self._flush()
            self._code, self._fenced = [], detail != "Indented"
        elif tag in ("TableHead", "TableRow"):
            self._row = Block("row", self._depth(), header=tag == "TableHead")
            self._cells = []
            self._kind = ("text", self._depth())
        elif tag == "TableCell":
            self._kind = ("text", self._depth())
            self._begin(start)
        else:
            self._flush()
            self._kind = ("text", -1)
            content = self._seams.text(start, end) if tag == "Paragraph" else ""
            self._apart = not self._items and boxes.lists_papers(content)
            if "\n" in content and not self._items and boxes.draws_outline(content, 2):
                seams, _ = self._seams.within([(start, end)])
                self._blocks += boxes.drawn_items(content, seams, self._base)
                self._skip = end

    def _open_inline(self, tag: str, detail: Any, start: int, end: int) -> None:
        if self._broken >= 0:
            self._break("", start, label_or_title(self._seams, start, end, tag))
        if self._draft is None:
            self._begin(start)
        assert self._draft is not None
        self._styles.append(self._draft.length)
        if tag in ("Link", "Image"):
            url = f"{detail['dest_url']} {detail['title']}".strip()
            self._links.append((self._draft.length, url))

    def _close(self, value: Any, start: int, end: int) -> None:
        tag, _ = named(value)
        if tag in _INLINE:
            self._close_inline(tag, start, end)
        elif tag in ("CodeBlock", "MetadataBlock"):
            self._end_code()
        elif tag in ("TableHead", "TableRow"):
            self._end_row(start, end)
        else:
            self._flush()
            if tag == "Item":
                self._items.pop()
            elif tag == "List":
                self._lists.pop()
            self._kind = ("text", -1)

    def _close_inline(self, tag: str, start: int, end: int) -> None:
        begin, url = self._styles.pop() if self._styles else 0, ""
        if tag in ("Link", "Image") and self._links:
            begin, url = self._links.pop()
        draft = self._draft
        if draft is None:
            return
        if url and begin == draft.length:
            self._put(url.strip(), start, end)
        span = min(begin, draft.length), draft.length
        if tag in ("Strong", "Emphasis"):
            draft.ranges[tag.lower()].append(span)
        elif tag in ("Link", "Image"):
            draft.links.append((*span, url))

    def _end_code(self) -> None:
        """Code is Markdown in disguise where it holds identifiers or is a list; else it is text.

        Indented below an item whose bullet CommonMark does not know, it stands in that.
        """
        spans, self._code = self._code or [], None
        seams, content = self._seams.within(spans)
        if not content.strip():
            return
        if self._items:
            self._items[-1].filled = True
        if boxes.draws_tree(content) or boxes.draws_outline(content):
            self._blocks += boxes.drawn_items(content, seams, self._depth())
            return
        if self._nesting and (find_ids(content) or boxes.draws_list(content)):
            above = self._blocks[-1:] if not (self._items or self._fenced) else []
            depth = next((one.depth + 1 for one in above if one.kind == "item"), self._depth())
            self._blocks += _Reader(seams, depth, self._nesting - 1).read(content)
            return
        self._draft = Draft(Block("code", self._depth()))
        for start, end in spans:
            self._put(self._seams.text(start, end), start, end)
        self._flush()

    def _end_row(self, start: int, end: int) -> None:
        row, self._row, self._draft = self._row, None, None
        if row is None:
            return
        first, last = self._seams.byte(start), self._seams.byte(end)
        row.cells, document = self._cells, self._seams.document
        row.pieces = (Piece(0, first, last),)
        made = self._seams.is_made(start)
        self._blocks += [row] if made else ended_row(row, self._blocks, document)
