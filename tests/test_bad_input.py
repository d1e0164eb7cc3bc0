"""Bad input ends in a diagnostic or in one line of an error, never in a traceback or a lost paper."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from digests import ID, MARCH, SAMPLE, needs_march
from places import build_text

import kg
from kg import cli
from kg.errors import UnreadableInput

PAPER = "2403.03507"
DIGEST = f"""\
# TOPIC_TREE

* Machine Learning
  * {PAPER} | Proposes GaLore, a method.
  * 2403.17887 | ShortGPT.

# SOTA_HIGHLIGHTS

| Rank | PaperID | Keywords | Breakthrough | Impact |
|---|---|---|---|---|
| 1 | {PAPER} | Memory, Độ | GaLore: less memory | Cheaper |

# FUTURE_IDEAS

**An idea**
* Motivation: {PAPER} is there.
* Key novelty: more than GaLore.
"""


def papers(graph: kg.KnowledgeGraph) -> set[str]:
    return {node.id.removeprefix("paper:") for node in graph.nodes("Paper")}


def codes(graph: kg.KnowledgeGraph) -> set[str]:
    return {remark.code for remark in graph.diagnostics}


def refused(*inputs: str | Path, **options: str) -> str:
    """The one line of the error that some input ends in."""
    with pytest.raises(UnreadableInput) as caught:
        kg.build(*inputs, **options)
    message = str(caught.value)
    assert message
    assert "\n" not in message
    return message


# -- files that cannot be read -----------------------------------------------------------


def test_missing_file(tmp_path: Path) -> None:
    message = refused(tmp_path / "none.md")
    assert message.startswith(f"{tmp_path / 'none.md'}: ")
    assert "No such file" in message


def test_folder_without_markdown(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF")
    message = refused(tmp_path)
    assert str(tmp_path) in message
    assert ".md" in message


def test_binary_file(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert "binary" in refused(path)


def test_utf_16_is_hinted_at_and_read(tmp_path: Path) -> None:
    path = tmp_path / "2024-03.md"
    path.write_bytes(DIGEST.encode("utf-16"))
    assert "--encoding utf-16" in refused(path)
    assert papers(kg.build(path, encoding="utf-16")) == {PAPER, "2403.17887"}


def test_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(DIGEST)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user (root?) may read files without permission")
    assert "Permission denied" in refused(path)


def test_a_read_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_text(DIGEST)

    def fail(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", fail)
    assert refused(path) == f"{path}: Permission denied"


def test_invalid_utf_8_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"# TOPIC_TREE\n\n* A\n  * \xd0\xff x\n")
    message = refused(path)
    assert f"{path}:4:" in message
    assert "--encoding" in message
    assert "0xd0" in message


def test_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "2024-03.md"
    text = DIGEST.replace("Machine Learning", "Học máy").replace("Độ", "Đồ thị")
    windows = "".join(
        c if len(c.encode("cp1258", "ignore")) else unicodedata.normalize("NFD", c)
        for c in unicodedata.normalize("NFC", text)
    )
    split = windows.encode("cp1258", "ignore").decode("cp1258")
    path.write_bytes(split.encode("cp1258"))
    assert "cp1258" in refused(path)
    graph = kg.build(path, encoding="cp1258")
    assert papers(graph) == {PAPER, "2403.17887"}
    assert unicodedata.is_normalized("NFC", "".join(node.label for node in graph.nodes()))


@pytest.mark.parametrize(
    "encoding",
    [
        "klingon",
        "base64",
        "rot13",
        "hex",
        "undefined",
    ],
)
def test_unknown_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.md"
    path.write_text("x " * 100 + DIGEST)
    assert "encoding" in refused(path, encoding=encoding)


@pytest.mark.parametrize(
    "prepare",
    [
        pytest.param(lambda path: path.unlink(missing_ok=True), id="missing"),
        pytest.param(lambda path: path.write_bytes(b"\0\1\2"), id="binary"),
        pytest.param(lambda path: path.write_bytes(b"\xff"), id="invalid"),
        pytest.param(lambda path: path.mkdir(), id="empty folder"),
    ],
)
def test_the_command_line_says_one_line(
    prepare: Callable[[Path], object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.md"
    prepare(path)
    assert cli.main(["build", str(path), "-o", str(tmp_path / "out")]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.count("\n") == 1
    assert output.err.startswith(f"kg: {path}")
    assert not (tmp_path / "out").exists()


# -- text of any shape ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "\n\n\t\n",
        "\ufeff",
    ],
)
def test_nothing_to_read(text: str, tmp_path: Path) -> None:
    path = tmp_path / "2024-03.md"
    path.write_text(text, encoding="utf-8")
    graph = kg.build(path)
    assert "empty-input" in codes(graph)
    assert [node.type for node in graph.nodes()] == ["Digest"]


def test_no_known_section() -> None:
    graph = build_text(
        f"# Shopping\n\n* milk {PAPER}\n\n## More\n\nhttps://arxiv.org/abs/2403.17887\n"
    )
    assert "no-sections" in codes(graph)
    assert papers(graph) == {PAPER, "2403.17887"}


def test_a_misspelt_section() -> None:
    graph = build_text(f"# TOPIC_TREE\n\n* A\n  * {PAPER}\n\n# FUTURE_IDAES\n\nx 2403.17887\n")
    remarks = [remark for remark in graph.diagnostics if remark.code == "unknown-section"]
    assert [(remark.line, "FUTURE_IDEAS" in str(remark)) for remark in remarks] == [(6, True)]
    assert papers(graph) == {PAPER, "2403.17887"}


def test_lone_surrogates() -> None:
    graph = build_text(f"# TOPIC_TREE\n\n* A\ud800\n  * {PAPER} | \udfff\n")
    assert "lone-surrogates" in codes(graph)
    assert papers(graph) == {PAPER}


def test_controls_and_nulls() -> None:
    graph = build_text(f"# TOPIC_TREE\n\n* A\x01\x1b[31m\x7f\n  * {PAPER} | x\0y\n")
    assert papers(graph) == {PAPER}


def test_ten_megabytes_in_one_line() -> None:
    text = (
        f"# TOPIC_TREE\n\n* A\n  * {PAPER} | " + "Độ dài (x), *y* `z` " * 500_000 + "2403.17887\n"
    )
    graph = kg.build(text, period="2024-03")  # hours, if reading were quadratic
    assert papers(graph) == {PAPER, "2403.17887"}


@pytest.mark.parametrize("mark", ["*", "1.", ">", "* *", "[", "**", "`", "<b>", "(", "|", "#"])
def test_five_hundred_levels(mark: str) -> None:
    if mark in ("*", "1."):
        text = "".join(f"{'   ' * level}{mark} T{level}\n" for level in range(500))
        text += f"{'   ' * 500}{mark} {PAPER} | x\n"
    else:
        text = f"{(mark + ' ') * 500}{PAPER} x\n"
    assert papers(build_text(f"# TOPIC_TREE\n\n{text}")) == {PAPER}


def test_rows_with_too_many_or_too_few_cells() -> None:
    text = (
        "# SOTA_HIGHLIGHTS\n\n| Rank | PaperID | Keywords | Breakthrough | Impact |\n|---|---|---|---|---|\n"
        f"| 1 | {PAPER} | A | B | C | surplus | 2403.17887 |\n| 2 | 2403.00071 |\n| 3 |\n|\n||\n"
        "| 4 | none | A | B | C |\n"
    )
    graph = build_text(text)
    assert papers(graph) == {PAPER, "2403.17887", "2403.00071"}
    assert {"too-many-cells", "empty-cell", "entry-without-paper"} <= codes(graph)
    [surplus] = [r for r in graph.diagnostics if r.code == "too-many-cells"]
    assert surplus.line == 5
    highlight = graph.node(f"highlight:2024-03/{PAPER}")
    assert "surplus" in str(highlight.attributes["impact"])


def test_an_identifier_twice_in_one_place() -> None:
    graph = build_text(
        f"# GAPS_AND_OPPORTUNITIES\n\n* **G:** {PAPER}, {PAPER} and arXiv:{PAPER}v2.\n"
    )
    [edge] = graph.edges("cites")
    assert (edge.mentions, edge.weight) == (3, 3.0)
    assert [place.text for place in edge.sources] == [PAPER, PAPER, f"arXiv:{PAPER}v2"]
    assert len(graph.node(f"paper:{PAPER}").sources) == 3
    assert not list(graph.edges("coCited"))


def test_a_leaf_twice() -> None:
    leaf = f"  * {PAPER} | x\n"
    graph = build_text(f"# TOPIC_TREE\n\n* A\n{leaf}{leaf}* B\n{leaf}")
    assert sorted(edge.mentions for edge in graph.edges("hasTopic")) == [1, 2]
    assert len([p for p in graph.node(f"paper:{PAPER}").sources if p.text == PAPER]) == 3


def test_dois_and_versions() -> None:
    graph = build_text(
        "# TOPIC_TREE\n\n* A\n  * https://doi.org/10.1000/XYZ(1). | x\n  * arXiv:2403.03507v2 | y\n"
        "  * 10.48550/arXiv.2403.03507 | z\n  * hep-th/9901001v3 | w\n"
    )
    assert papers(graph) == {"doi:10.1000/xyz(1)", PAPER, "hep-th/9901001"}
    doi = graph.node("paper:doi:10.1000/xyz(1)").attributes
    assert (doi["identifier"], doi["url"]) == (
        "doi:10.1000/xyz(1)",
        "https://doi.org/10.1000/xyz(1)",
    )
    assert "published" not in doi
    assert graph.node(f"paper:{PAPER}").attributes["version"] == "v2"
    assert graph.node("paper:hep-th/9901001").attributes["version"] == "v3"


def test_two_versions_are_both_kept() -> None:
    graph = build_text(f"# META_REFLECTION\n\n1. **T:** {PAPER}v1, {PAPER}v3\n")
    assert graph.node(f"paper:{PAPER}").attributes["version"] == ("v1", "v3")
    assert codes(graph) == set()


def test_dates_are_no_papers() -> None:
    graph = build_text(
        f"# TOPIC_TREE\n\n* A\n  * {PAPER} | on 2024.12345 and 2413.00001, 12.05.2024\n"
    )
    assert papers(graph) == {PAPER}
    remarks = [remark for remark in graph.diagnostics if remark.code == "impossible-id"]
    assert [(remark.line, remark.column) for remark in remarks] == [(4, 21), (4, 36)]


# -- the same digest, saved in other ways ------------------------------------------------


def facts(graph: kg.KnowledgeGraph) -> list[object]:
    """All that a graph says, without offsets; breaks of lines within quotes folded."""

    def places(sources: tuple[kg.Source, ...]) -> list[tuple[object, ...]]:
        return [(p.section, p.line, p.column, " ".join(p.text.split())) for p in sources]

    return [
        *(
            (n.id, n.type, n.label, sorted(n.attributes.items()), places(n.sources))
            for n in graph.nodes()
        ),
        *((e.key, e.section, e.mentions, e.weight, places(e.sources)) for e in graph.edges()),
        *((r.code, r.message, r.line, r.column) for r in graph.diagnostics),
    ]


@pytest.mark.parametrize("path", [pytest.param(SAMPLE, id="sample"),
                                  pytest.param(MARCH, id="2024-03", marks=needs_march)])  # fmt: skip
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "bom"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_windows_newlines_and_a_byte_order_mark(
    path: Path, mark: str, end: str, tmp_path: Path
) -> None:
    text = path.read_bytes().decode().replace("\r\n", "\n")
    saved = tmp_path / path.name
    saved.write_bytes((mark + "\n" + text).replace("\n", end).encode())
    plain = tmp_path / "plain" / path.name
    plain.parent.mkdir()
    plain.write_bytes(("\n" + text).encode())
    assert facts(kg.build(saved)) == facts(kg.build(plain))


@pytest.mark.parametrize(
    "front",
    [
        "period: 2023-11",
        'title: "Digest of November 2023"',
        "date: 2023-11-30",
        "Title: Tháng 11 năm 2023",
    ],
)
def test_front_matter_tells_the_period(front: str) -> None:
    for mark in ("", "\ufeff"):
        for end in ("\n", "\r\n"):
            text = (mark + f"---\n{front}\n---\n" + DIGEST).replace("\n", end)
            graph = build_text(text, "2024-03.md")
            [digest] = graph.nodes("Digest")
            assert digest.attributes["period"] == "2023-11"
            assert papers(graph) == {PAPER, "2403.17887"}
    assert (
        next(build_text(text, period="2020-01").nodes("Digest")).attributes["period"] == "2020-01"
    )


@pytest.mark.parametrize("text", ["---\n", "---\nx\n", "---\n---\n", "---\n---", "---\n- a: [\n---\n", "--- \n:\n...\n"])  # fmt: skip
def test_broken_front_matter(text: str) -> None:
    assert papers(build_text(f"{text}\n{DIGEST}")) == {PAPER, "2403.17887"}


@pytest.mark.parametrize("cut", range(0, len(DIGEST), 7))
def test_a_digest_that_was_cut_off(cut: int) -> None:
    text = DIGEST[:cut]
    expected = {match for match in ID.findall(text) if len(match) == 10}
    assert {number for number in papers(build_text(text)) if len(number) == 10} == expected


def test_a_long_row_of_pictures_takes_no_longer_than_words() -> None:
    text = f"# FUTURE_IDEAS\n\n### Idea 1: Stars {'⭐' * 40} above\n\n* **Motivation:** light\n"
    assert len(list(build_text(text, period="2024-03").nodes("Idea"))) == 1
