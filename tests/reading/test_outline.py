"""Blocks of small and real documents, and the places of everything that comes of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from digests import PARAMS, SAMPLE
from places import build_text, check_places, line_and_column

import kg
from kg.reading import Block, Document, read_outline

ID = "2403.03507"
TREE = f"""\
# TOPIC_TREE

* Học máy (ML)
    * Tỉa — lớp
        * {ID} | Đề xuất GaLore, chiếu gradient.
        * `2403.17887` | ShortGPT

## FUTURE_IDEAS

✨ **Ý tưởng**
* Motivation: like GaLore ({ID}v2) &amp; \\*more\\*.
* Key novelty: [ShortGPT](https://arxiv.org/abs/2403.17887) and **GaLore**.
"""

TEXTS = {
    "lf": TREE,
    "crlf": TREE.replace("\n", "\r\n"),
    "cr": TREE.replace("\n", "\r"),
    "mixed": TREE.replace("\n\n", "\r\n\n"),
    "nfd": TREE.replace("Học", "Ho\u0323c").replace("Tỉa", "Ti\u0309a"),
    "tabs": TREE.replace("    ", "\t"),
    "no newline": TREE.rstrip("\n"),
    "entities": f"# TOPIC_TREE\n\n* A &amp; B &lt;C&gt; &#8212; &nbsp;D\n  * &#40;{ID}&#41; | x &eacute;y\n",
    "escapes": f"# TOPIC_TREE\n\n* A \\| B \\_c\\_ \\\\ d\n  * \\[{ID}\\] \\| x\n",
    "code spans": f"# TOPIC_TREE\n\n* `A` and ``b ` c``\n  * `{ID}` | `` `x` ``\n",
    "fence": f"## TOPIC_TREE\n\n```text\n* A\n    * Độ {ID} | x\n```\n",
    "fence in item": f"## TOPIC_TREE\n\n1. x\n\n    ```\n    * Đồ\n      * {ID} | đ\n    ```\n",
    "code in item": f"1.  TOPIC_TREE\n# é\n{' ' * 24}*   {ID} | éééééééé x\n{' ' * 24}*   2403.17887 | Đồ\n",
    "code with a bracket": f"# TOPIC_TREE\n\n    * [{ID}]: é\n",
    "nested fences": f"## TOPIC_TREE\n\n````\n* A\n  ```\n  * {ID}\n  ```\n````\n",
    "open fence": f"## TOPIC_TREE\n\n~~~\n* A\n  * {ID} | never closed\n",
    "table": f"# SOTA_HIGHLIGHTS\n\n|Rank|PaperID|Đột phá|\n|-|-|-|\n|1|`{ID}`|P(y|x) **é** |extra|\n|2|\n",
    "table escapes": f"# SOTA_HIGHLIGHTS\n\n| Rank | ID | Đột phá |\n|-|:-:|-|\n| 1 | {ID} | a \\| é |\n",
    "html": f"# TOPIC_TREE\n\n* <b>Độ</b> x<br>y\n  * <code>{ID}</code> | <i>é</i>\n\n<div>\n{ID} đ\n</div>\n",
    "links": f"# READING_LIST\n\n* [Độ](https://arxiv.org/pdf/{ID}v3.pdf) · é <https://arxiv.org/abs/{ID}>\n",
    "reference link": f"# READING_LIST\n\n* [Độ][1] · é\n\n[1]: https://arxiv.org/abs/{ID}\n",
    "lazy": f"# TOPIC_TREE\n\n* A\nlazy é {ID}\n    * B\n  left {ID}\n> quoted\nlazy {ID}\n",
    "hard breaks": f"# META_REFLECTION\n\n1. **Độ:** é  \n{ID}\\\nx {ID}\n",
    "setext": f"TOPIC_TREE\n===\n\n* é\n  * {ID}\n",
    "bullets": f"TOPIC_TREE\n\n· é {ID}\n  more\n• b {ID}\n– c {ID}\n",
    "labels": f"# GAPS\n\n**Độ:** a {ID}\n**Đồ** – b {ID}\n**Whole**\nc {ID}\n",
    "emoji": f"# TOPIC_TREE\n\n* 👩‍🔬 é\n  * 🧪 {ID} | 𝛼𝛽 Name\n",
    "front matter": f"---\ntitle: é\n---\n# TOPIC_TREE\n* é\n  * {ID}\n",
    "line separators": f"# TOPIC_TREE\n\n* a\u2028b\x0b\x0c\x85c\n  * {ID} | é\u2029x\n",
    "empty": "",
    "spaces": " \n\t\n",
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_places_in_small_texts(name: str) -> None:
    graph = build_text(TEXTS[name])
    if ID in TEXTS[name]:
        assert f"paper:{ID}" in graph


@pytest.mark.parametrize("name", TEXTS)
def test_a_byte_order_mark_takes_no_column_below_the_first_line(name: str) -> None:
    text = TEXTS[name]
    if text.startswith("---"):
        plain, marked = build_text(text), build_text("\ufeff" + text)
    else:
        plain, marked = build_text("\n" + text), build_text("\ufeff\n" + text)
    shifted = [(p.start + 3, p.line, p.column, p.text) for n in plain.nodes() for p in n.sources]
    assert shifted == [
        (p.start, p.line, p.column, p.text) for n in marked.nodes() for p in n.sources
    ]


def test_a_byte_order_mark_takes_no_column_in_the_first_line() -> None:
    build_text(f"\ufeff{ID} and {ID}\n")


def test_a_mark_further_down_is_a_character() -> None:
    build_text(f"a\n\ufeff{ID}\n")


@pytest.mark.parametrize("path", [*PARAMS, pytest.param(SAMPLE, id="sample")])
def test_places_in_digests(path: Path) -> None:
    assert check_places(kg.build(path), {path.name: path.read_bytes()}) > 500


@pytest.mark.parametrize("path", [*PARAMS, pytest.param(SAMPLE, id="sample")])
def test_every_character_of_every_block(path: Path) -> None:
    text = path.read_bytes().decode()
    for one in (text, text.replace("\r\n", "\n").replace("\n", "\r\n")):
        document = Document(one, path.name)
        for block in read_outline(document).blocks:
            for part in block.cells or (block,):
                _check_block(document, part)


def _check_block(document: Document, block: Block) -> None:
    """Each mention and each word of a block's text stands where `span` says."""
    begin = block.span(0, 1)[0]
    assert line_and_column(document.data, begin) == document.position(begin)
    for word in [(m.start, m.end) for m in block.mentions()] + _words(block.text):
        first, last = block.span(*word)
        written = document.data[first:last].decode()
        expected = block.text[slice(*word)]
        if any(mark in written for mark in "&\\*_`[\r\n"):
            assert expected[0] in written or "&" in written
        else:
            assert written == expected


def _words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[\w.-]+", text)]


# -- which blocks there are ----------------------------------------------------------


def blocks(text: str) -> list[str]:
    """Every block as `kind depth marker|text`, rows as their cells."""
    lines = []
    for block in read_outline(Document(text)).blocks:
        if block.kind == "row":
            head = "head" if block.header else "row"
            lines.append(f"{head} {block.depth} " + " / ".join(c.text for c in block.cells))
        else:
            depth = f"h{block.level}" if block.kind == "heading" else str(block.depth)
            marker = f"{block.marker} " if block.marker else ""
            lines.append(f"{block.kind} {depth} {marker}{block.text}".replace("\n", "⏎"))
    return lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# A\n\np\n\nB\n===\n\n### C\n",
                     ["heading h1 A", "text 0 p", "heading h1 B", "heading h3 C"], id="headings"),
        pytest.param("* A\n  * B\n    * C\n* D\n",
                     ["item 0 * A", "item 1 * B", "item 2 * C", "item 0 * D"], id="nested"),
        pytest.param("1. A\n   - B\n2) C\n",
                     ["item 0 1. A", "item 1 - B", "item 0 2) C"], id="numbers"),
        pytest.param("*\tA\n\t*\tB\n", ["item 0 * A", "item 1 * B"], id="tabs"),
        pytest.param("* A\n\n  more\n\n  again\n",
                     ["item 0 * A", "text 1 more", "text 1 again"], id="paragraphs of an item"),
        pytest.param("*   1. Label\n    *   B\n", ["item 0 1. Label", "item 1 * B"],
                     id="a number behind a bullet is one item"),
        pytest.param("- * + x\n", ["item 0 + x"], id="three bullets are one item"),
        pytest.param("a\nb\n\nc\n", ["text 0 a⏎b", "text 0 c"], id="lines of a paragraph"),
        pytest.param("· one\n· two\n  more\n• three\n",
                     ["item 0 · one", "item 0 · two⏎more", "item 0 • three"], id="pseudo bullets"),
        pytest.param("– one\n– two\n", ["item 0 – one", "item 0 – two"], id="dashes as bullets"),
        pytest.param("a – b\nc ·d\n", ["text 0 a – b⏎c ·d"], id="no bullets within a line"),
        pytest.param("text\n**Label:** a\n**Label** – b\n**Label**: c\n",
                     ["text 0 text", "text 0 Label: a", "text 0 Label – b", "text 0 Label: c"],
                     id="a bold label begins a block"),
        pytest.param("text\n**bold** goes on\n", ["text 0 text⏎bold goes on"],
                     id="bold words within a sentence do not"),
        pytest.param("a\n**Whole line**\nb\n", ["text 0 a", "text 0 Whole line", "text 0 b"],
                     id="a bold line stands alone"),
        pytest.param("* A\n  * B\nleft\n", ["item 0 * A", "item 1 * B", "text 0 left"],
                     id="a line left of its item leaves it"),
        pytest.param("* A\n    1.  B\n    2.  C\n  left\n",
                     ["item 0 * A", "item 1 1. B", "item 1 2. C", "text 1 left"],
                     id="and stays in the items it stands right of"),
        pytest.param("* A\nlazy\n", ["item 0 * A⏎lazy"], id="a lazy line below its item does not"),
        pytest.param("  * A\nleft\n", ["item 0 * A", "text 0 left"],
                     id="a line left of an indented item"),
        pytest.param("* A\n    * B\n", ["item 0 * A", "item 1 * B"], id="deep indentation"),
        pytest.param(f"```\n* A\n  * {ID}\n```\n", ["item 0 * A", f"item 1 * {ID}"],
                     id="a fence with identifiers is Markdown"),
        pytest.param(f"* A\n  ```md\n  * B\n    * {ID}\n  ```\n",
                     ["item 0 * A", "item 1 * B", f"item 2 * {ID}"], id="also below an item"),
        pytest.param(f"~~~\n# A\n{ID}\n", ["heading h1 A", f"text 0 {ID}"], id="never closed"),
        pytest.param(f"para\n\n    {ID}\n", ["text 0 para", f"text 0 {ID}"], id="indented code"),
        pytest.param("```py\n* x = 1\n```\n", ["code 0 * x = 1⏎"], id="other code is text"),
        pytest.param(f"````\n```\n* {ID}\n```\n````\n", [f"item 0 * {ID}"], id="fence in a fence"),
        pytest.param("|a|b|\n|-|-|\n|1|2|\n", ["head 0 a / b", "row 0 1 / 2"], id="table"),
        pytest.param("|a|b|\n|-|-|\n|1|2|3|4|\n", ["head 0 a / b", "row 0 1 / 2 / 3 / 4"],
                     id="surplus cells stay"),
        pytest.param("| a | b |\n|-|-|\n| P(y|x) | 2 |\n", ["head 0 a / b", "row 0 P(y|x) / 2"],
                     id="a bar within a cell"),
        pytest.param("|a|b|\n|-|-|\n|1|\n", ["head 0 a / b", "row 0 1 / "], id="missing cells"),
        pytest.param("|a|\n|-|\n|1|\nbelow\n", ["head 0 a", "row 0 1", "text 0 below"],
                     id="a line below a table is no row"),
        pytest.param("> a\nb\n", ["text 0 a⏎b"], id="quote"),
        pytest.param("a <!-- x --> b\n\n<!-- y -->\n\nc\n", ["text 0 a  b", "text 0 c"],
                     id="comments are left out"),
        pytest.param("<b>a</b><br>\nb\n", ["text 0 a", "text 0 b"], id="tags of HTML that only style are markup"),
        pytest.param("|a|\n|-|\n|**x**<br>y|\n", ["head 0 a", "row 0 x\ny"], id="a line break in a cell"),
        pytest.param("a &amp; \\*b\\* `c` [d](u) ![e](v)\n", ["text 0 a & *b* c d e"], id="inline"),
        pytest.param("---\nx: y\ntags:\n- b\n# c\n---\na\n", ["text 0 a"], id="front matter is not text"),
        pytest.param("---\n\n# a\n\n* b\n\n---\n\nc\n", ["heading h1 a", "item 0 * b", "text 0 c"],
                     id="a rule in front of text is no front matter"),
        pytest.param("---\na: b\n\n1. c\n\n---\n", ["text 0 a: b", "item 0 1. c"],
                     id="lists between rules are text"),
        pytest.param("---\na:\n- 2403.03507\n---\n", ["text 0 a:", "item 0 - 2403.03507"],
                     id="identifiers between rules are text"),
        pytest.param("\ufeffa\r\n\r\n* b\r\n  c\r\n", ["text 0 a", "item 0 * b⏎c"], id="windows"),
        pytest.param("", [], id="empty"),
    ],
)  # fmt: skip
def test_blocks(text: str, expected: list[str]) -> None:
    assert blocks(text) == expected


def test_styles() -> None:
    [block] = read_outline(Document("**a** *b* `c` [d](u)\n")).blocks
    assert block.text == "a b c d"
    assert (block.strong, block.emphasis, block.code) == ([(0, 1)], [(2, 3)], [(4, 5)])
    assert block.links == [(6, 7, "u")]


def test_mentions() -> None:
    text = f"{ID} [N](https://arxiv.org/abs/2403.17887v2) [2403.00071](https://arxiv.org/abs/2403.00071)"
    [block] = read_outline(Document(text)).blocks
    found = [
        (block.text[m.start : m.end], m.paper and m.paper.canonical, m.version, m.linked)
        for m in block.mentions()
    ]
    assert found == [
        (ID, f"arXiv:{ID}", "", False),
        ("N", "arXiv:2403.17887", "v2", True),
        ("2403.00071", "arXiv:2403.00071", "", False),
    ]


@pytest.mark.parametrize("text", ["A &amp;", "&amp; b", "a \\*", "&lt;Độ&gt;", "é &eacute;"])
def test_an_entity_or_escape_is_taken_whole(text: str) -> None:
    document = Document(text)
    outline = read_outline(document)
    [block] = outline.blocks
    assert block.source(document, "x").text == text
    assert block.span(0, 1)[0] == 0
    assert block.span(len(block.text) - 1, len(block.text))[1] == len(document.data)


@pytest.mark.parametrize("text", ["a **b** c\nd", "Độ &amp; Đồ\n  x", "`a` b", "a\\*b"])
def test_parts_keep_their_places(text: str) -> None:
    [block] = read_outline(Document(text)).blocks
    for start in range(len(block.text)):
        for end in range(start + 1, len(block.text) + 1):
            part = block.part(start, end)
            assert part.text == block.text[start:end]
            assert part.span(0, end - start) == block.span(start, end)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"<!-- note --> {ID}\n", id="behind a comment"),
        pytest.param(f"[1]: https://arxiv.org/abs/{ID}\n", id="definition that no link uses"),
        pytest.param(f"[](https://arxiv.org/abs/{ID})\n", id="link without text"),
        pytest.param(f'[x](u "{ID}")\n', id="title of a link"),
        pytest.param(f"*2403.17887*{ID}\n", id="no space between"),
    ],
)
def test_corners_where_a_paper_is_lost(text: str) -> None:
    assert f"paper:{ID}" in kg.build(text)


def test_identifiers_are_seen_where_they_stand() -> None:
    text = "GaLore 2403.03507, [![x](u 'arXiv:2403.00001')](https://arxiv.org/abs/2403.00001) then 2403.17887"
    [block] = read_outline(Document(text)).blocks
    found = [(mention.start, mention.linked) for mention in block.mentions()]
    assert [linked for _, linked in found] == [False, True, False]
    place = block.text.index("2403.17887")
    assert block.writes_id(place - 2, place + 1)
    assert not block.writes_id(0, 7)
    assert not block.writes_id(found[1][0], found[1][0] + 1)  # the text of a link


@pytest.mark.parametrize("section", ["TOPIC_TREE", "FUTURE_IDEAS", "META_REFLECTION"])
def test_the_lines_of_a_long_paragraph_are_cut_without_square_work(
    monkeypatch: pytest.MonkeyPatch, section: str
) -> None:
    worked = [0]
    at = Block._at

    def counting(block: Block, index: int, place: int) -> int:
        worked[0] += 1
        return at(block, index, place)

    monkeypatch.setattr(Block, "_at", counting)
    work = []
    for count in (100, 800):
        lines = (f"plain words {n} (2403.{n % 5 + 1:05d})" for n in range(1, count))
        worked[0] = 0
        build_text(f"# {section}\n\n* A\n  " + "\n  ".join(lines))
        work.append(worked[0])
    assert 0 < work[1] < 16 * work[0]


def test_places_in_a_paragraph_of_one_long_piece() -> None:
    text = "Độ π 𝔸 2403.03507, " * 400
    [block] = read_outline(Document(text)).blocks
    assert len(block.pieces) == 1
    for mention in block.mentions():
        first, last = block.span(mention.start, mention.end)
        assert text.encode()[first:last] == b"2403.03507"
    part = block.part(3000, 3019)
    assert text.encode()[slice(*part.span(0, 19))].decode() == part.text == block.text[3000:3019]


def test_what_is_in_a_long_paragraph_is_in_its_parts() -> None:
    line = "**a *b* c** `d` [e](https://arxiv.org/abs/2403.03507) **f**\n"
    [block] = read_outline(Document(line * 3)).blocks
    first = block.text.index("\n") + 1
    part = block.part(first, 2 * first - 1)
    assert part.text == "a b c d e f"
    assert [part.text[a:b] for a, b in part.strong] == ["a b c", "f"]
    assert [part.text[a:b] for a, b in part.emphasis] == ["b"]
    assert [part.text[a:b] for a, b in part.code] == ["d"]
    assert [(part.text[a:b], url) for a, b, url in part.links] == [
        ("e", "https://arxiv.org/abs/2403.03507")
    ]
    assert [span[0] for span in part.pieces] == [
        place[0] - first for place in block.pieces if first <= place[0] < 2 * first - 1
    ]


def test_bold_in_bold_is_but_bold() -> None:
    [block] = read_outline(Document("<b>a **b** c</b> __d **e** f__ **g**")).blocks
    assert [block.text[a:b] for a, b in block.strong][-2:] == ["d e f", "g"]
