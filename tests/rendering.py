"""Writes a model in a dialect (see `dialects.py`)."""

from __future__ import annotations

from dialects import FIELDS, HEADINGS, LABELS, Dialect, Model, Said, Topic

__all__ = ["Writer"]


class Writer:
    """Lines of one digest."""

    def __init__(self, dialect: Dialect) -> None:
        self.d = dialect
        self.lines: list[str] = []
        self.base = "    " if dialect.heading.startswith("1.") else ""
        step = dialect.indent
        if step != "\t" and len(step) < len(dialect.bullet):
            step = " " * len(dialect.bullet)
        self.step = step

    def digest(self, model: Model) -> str:
        sections = {
            "TOPIC_TREE": lambda: self.tree(model.topics, 0),
            "SOTA_HIGHLIGHTS": lambda: self.highlights(model),
            "NOVEL_TECH_CONTRIBUTIONS": lambda: self.contributions(model),
            "GAPS_AND_OPPORTUNITIES": lambda: self.gaps(model),
            "FUTURE_IDEAS": lambda: self.ideas(model),
            "READING_LIST": lambda: self.readings(model),
            "META_REFLECTION": lambda: self.trends(model),
        }
        for number, name in enumerate(self.d.order, 1):
            heading = self.d.heading.format(HEADINGS[name][self.d.language])
            self.lines.append(heading.replace("1.", f"{number}.", 1))
            if self.d.blank:
                self.lines.append("")
            sections[name]()
            self.lines.append("")
        return self.d.newline.join(self.lines) + self.d.newline

    # -- pieces ------------------------------------------------------------------

    def line(self, depth: int, text: str, marker: str | None = None) -> None:
        marker = self.d.bullet if marker is None else marker
        self.lines.append(f"{self.base}{self.step * depth}{marker}{text}")

    def name(self, label: str) -> str:
        return LABELS[label][self.d.language // 2]

    def id(self, paper: str) -> str:
        return self.d.identifier.replace("{}", paper)

    def ids(self, papers: list[str]) -> str:
        return ", ".join(map(self.id, papers))

    def said(self, said: Said) -> str:
        return f"{said.words} ({self.ids(said.papers)})" if said.papers else said.words

    @property
    def level(self) -> int:
        return len(self.d.heading) - len(self.d.heading.lstrip("#"))

    # -- sections ----------------------------------------------------------------

    def tree(self, topics: list[Topic], depth: int) -> None:
        headed = self.d.topic == "heading" and self.level > 0
        for number, topic in enumerate(topics, 1):
            if headed:
                self.lines += ["", f"{'#' * (self.level + 1 + depth)} {topic.label}", ""]
            else:
                style = "{}" if self.d.topic == "heading" else self.d.topic
                self.line(depth, style.format(topic.label).replace("1.", f"{number}.", 1))
            for papers, words in topic.leaves:
                text = self.d.leaf.format(self.ids(papers), words)
                self.line(0 if headed else depth + 1, text)
            self.tree(topic.below, depth + 1)

    def highlights(self, model: Model) -> None:
        table = self.d.highlights == "table"
        if table and model.highlights:
            heads = map(self.name, ("keywords", "breakthrough", "impact"))
            if not self.d.blank:
                self.lines.append("")
            self.line(0, f"| Rank | PaperID | {' | '.join(heads)} |", "")
            self.line(0, "|---|:---|---|---|---|", "")
        for rank, (paper, words, breakthrough, impact) in enumerate(model.highlights, 1):
            fields = (
                ("keywords", ", ".join(words)), ("breakthrough", breakthrough), ("impact", impact)
            )  # fmt: skip
            if table:
                cells = (str(rank), self.id(paper), *(text for _, text in fields))
                self.line(0, f"| {' | '.join(cells)} |", "")
            elif self.d.highlights == "fields":
                self.line(0, f"{self.id(paper)} – {words[0]}")
                for name, text in fields:
                    self.line(1, f"{self.d.label.format(self.name(name))} {text}")
            else:
                parts = ". ".join(f"{self.name(n)}: {text.capitalize()}" for n, text in fields)
                self.line(0, f"{self.id(paper)} – {parts}")

    def contributions(self, model: Model) -> None:
        for papers, technique, words in model.contributions:
            name = self.name("assessment")
            self.line(0, self.d.contribution.format(self.ids(papers), technique, name, words))

    def gaps(self, model: Model) -> None:
        for title, gap, opportunity in model.gaps:
            name = self.name("opportunity")
            if self.d.gap == "nested":
                self.line(0, f"**{title}:**")
                self.line(1, f"*{self.name('gap')}:* {self.said(gap)}.")
                self.line(1, f"*{name}:* {self.said(opportunity)}.")
            else:
                self.line(0, self.d.gap.format(title, self.said(gap), name, self.said(opportunity)))

    def ideas(self, model: Model) -> None:
        for number, (title, fields) in enumerate(model.ideas, 1):
            style, depth = self.d.idea, 0
            if style == "heading" and self.level:
                self.lines += ["", f"{'#' * (self.level + 1)} Idea {number}: {title}", ""]
            elif style.startswith("* "):
                self.line(0, style.format(title, n=number)[2:])
                depth = 1
            elif style in ("1", "heading"):
                self.line(0, f"**{title}**", f"{number}. ")
                depth = 1 if len(self.step.expandtabs(4)) > 2 else 2
            else:
                self.lines.append("")
                self.line(0, style.format(title, n=number), "")
                if self.d.blank:
                    self.lines.append("")
            for name in FIELDS:
                label, said = self.d.label.format(self.name(name)), fields[name]
                if name == "approach" and self.d.steps:
                    self.line(depth, label)
                    self.line(depth + 1, said.words, "1. ")
                    self.line(depth + 1, f"Use {self.ids(said.papers) or 'it'} too.", "2. ")
                else:
                    self.line(depth, f"{label} {self.said(said)}.")

    def readings(self, model: Model) -> None:
        for rank, (paper, title, reason) in enumerate(model.readings, 1):
            text = self.d.reading.format(self.id(paper), title, reason)
            numbered = text.startswith("1. ")
            self.line(0, text[3:] if numbered else text, f"{rank}. " if numbered else None)

    def trends(self, model: Model) -> None:
        for number, (title, said) in enumerate(model.trends, 1):
            style = "**{}:** {}" if self.d.trend == "paragraph" else self.d.trend
            text = style.format(title, self.said(said)) + "."
            if self.d.trend == "paragraph":
                self.lines.append("")
                self.line(0, text, "")
            elif text.startswith("1. "):
                self.line(0, text[3:], f"{number}. ")
            else:
                self.line(0, text)
