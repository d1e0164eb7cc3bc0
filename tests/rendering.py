"""Writes a model in a dialect (see `dialects.py`)."""

from __future__ import annotations

from dialects import EXTRAS, HEADINGS, LABELS, LEVELS, Dialect, Manner
from digest_models import FIELDS, Idea, Model, Said, Topic, nickname, paths, twin

__all__ = ["Writer"]

PARAGRAPHS = (
    "paragraph",
    "ordinal",
    "ordinals",
    "heading",
    "**{n}. {}.** {}",
    "**{w} {n}: {}.** {}",
)
ASIDE = "2402.17003"
ORDINALS = (("First", "Second", "Third"), ("Thứ nhất", "Thứ hai", "Cuối cùng"))


class Writer:
    """Lines of one digest."""

    def __init__(self, dialect: Dialect) -> None:
        self.d = dialect
        self.m: Manner = dialect.manners["TOPIC_TREE"]
        self.lines: list[str] = []
        self.shape = dialect.heading
        self.base = ""
        self.twin: tuple[tuple[str, ...], str] | None = None

    def digest(self, model: Model) -> str:
        self.twin = twin(model.topics)
        # few numbered lines in plain letters, or with nothing between them, may be items as well
        few = len(self.d.order) < 3 or not all(vars(model).values())
        if few and self.shape == "{n}. {}":
            self.shape = "{n}.  **{}**"
        # in the margin of a single numbered section, numbered entries may be sections as well
        inset = self.d.inset or len(self.d.order) == 1
        self.base = "    " if self.shape.startswith("{n}.") and inset else ""
        sections = {
            "TOPIC_TREE": lambda: self.whole_tree(model.topics),
            "SOTA_HIGHLIGHTS": lambda: self.highlights(model),
            "NOVEL_TECH_CONTRIBUTIONS": lambda: self.contributions(model),
            "GAPS_AND_OPPORTUNITIES": lambda: self.gaps(model),
            "FUTURE_IDEAS": lambda: self.ideas(model),
            "READING_LIST": lambda: self.readings(model),
            "META_REFLECTION": lambda: self.trends(model),
        }
        for number, name in enumerate(self.d.order, 1):
            self.m = self.d.manners[name]
            if self.d.rule and number > 1:
                self.lines += ["---", ""]
            after = "" if self.shape.endswith((":", ". {}")) else self.d.after
            self.lines.append(self.shape.format(HEADINGS[name][self.d.language], n=number) + after)
            if self.m.blank or self.shape == "{n}. {}":
                self.lines.append("")
            begin = len(self.lines)
            sections[name]()
            if not any(self.lines[begin:]):
                # words behind the heading of a section with nothing in it may be all that it says
                self.lines = [line.removesuffix(after) for line in self.lines]
            self.lines.append("")
        # a bold line that nobody knows, or one that counts on, may be a title of the section above
        if self.d.extra and (self.level or (self.base and "**" in self.shape)):
            number = len(self.d.order) + 1
            after = self.d.after if any(self.d.after in line for line in self.lines) else ""
            text = EXTRAS[self.d.extra].replace("\n", f"\n{self.base}")
            self.lines += [
                self.shape.format(self.d.extra, n=number) + after,
                "",
                self.base + text,
                "",
            ]
        self.lines += [self.d.end] if self.d.end else []
        text = "\n".join(line + self.d.trailing if line else "" for line in self.lines)
        return (self.d.preface + text + "\n").replace("\n", self.d.newline)

    # -- pieces ------------------------------------------------------------------

    @property
    def step(self) -> str:
        """An indentation that reaches the text of the items above."""
        wide = self.d.indent == "\t" or len(self.d.indent) >= len(self.m.bullet)
        return self.d.indent if wide else " " * len(self.m.bullet)

    @property
    def below(self) -> int:
        """How deep what belongs to a numbered item is indented, for its number is wider than a bullet."""
        return 1 if len(self.step.expandtabs(4)) > 2 else 2

    def line(self, depth: int, text: str, marker: str | None = None) -> None:
        marker = self.m.bullet if marker is None else marker
        self.lines.append(f"{self.base}{self.step * depth}{marker}{text}")

    def paragraph(self, text: str) -> None:
        self.lines.append("")
        self.line(0, text, "")

    def name(self, label: str) -> str:
        first, second = LABELS[label]
        return (first, second, f"{first} ({second})")[self.m.language]

    def id(self, paper: str) -> str:
        return self.m.identifier.replace("{}", paper)

    def ids(self, papers: list[str]) -> str:
        return ", ".join(map(self.id, papers))

    def who(self, papers: list[str]) -> str:
        """The identifiers of an entry, with the name of the first where it is alone."""
        form = self.m.forms["who"] if len(papers) == 1 else "{}"
        return form.format(self.ids(papers), name=nickname(papers[0]))

    def said(self, said: Said) -> str:
        cite = self.m.forms["cite"]
        if not said.papers:
            return said.words
        if cite == "named":
            names = (f"{nickname(paper)} {self.id(paper)}" for paper in said.papers)
            return f"{said.words} ({', '.join(names)})"
        return f"{said.words} {cite.format(self.ids(said.papers))}"

    @property
    def level(self) -> int:
        return len(self.shape) - len(self.shape.lstrip("#"))

    # -- sections ----------------------------------------------------------------

    def whole_tree(self, topics: list[Topic]) -> None:
        fence = self.m.forms["fence"]
        # a fence without papers may hold code
        told = any(topic.leaves for _, topic in paths(topics))
        fenced = fence and told and not (self.m.forms["topic"] == "heading" and self.level)
        self.lines += [self.base + fence] if fenced else []
        self.tree(topics, 0)
        self.lines += [self.base + "```"] if fenced else []

    def tree(self, topics: list[Topic], depth: int, above: str = "") -> None:
        forms = self.m.forms
        headed = forms["topic"] == "heading" and self.level > 0
        deepest = {"all": 9, "first": 0, "two": 1}[forms["bold"]]
        for number, topic in enumerate(topics, 1):
            count = f"{above}{number}" + "." * (depth == 0)
            if headed:
                self.lines += ["", f"{'#' * (self.level + 1 + depth)} {topic.label}", ""]
            else:
                plain = forms["topic"] == "heading" or depth > deepest
                style = "{}" if plain else forms["topic"]
                style = style.replace("1.1", count).replace("1.", f"{number}.")
                counted = forms["count"] if topic.leaves else ""
                self.line(depth, style.format(topic.label + counted))
            below = 0 if headed else depth + 1
            if forms["scope"] and topic.label == "Other" and topic.leaves:
                self.line(below, forms["scope"])
                below += 1
            for papers, words in topic.leaves:
                self.line(below, self.leaf(papers, words + forms["remark"]))
            if forms["empty"] and not (topic.leaves or topic.below):
                self.empty(below, forms["empty"])
            self.tree(topic.below, depth + 1, f"{count.rstrip('.')}.")

    def empty(self, depth: int, form: str) -> None:
        """What stands in a topic without papers."""
        if form.startswith("twin") and self.twin:
            path, paper = self.twin
            also = f" {self.id(paper)}" if form == "twin with id" else ""
            self.line(depth, f"(Duplicate of {' > '.join(path)}){also}")
        elif not form.startswith("twin"):
            self.line(depth, form)

    def leaf(self, papers: list[str], words: str) -> str:
        form = self.m.forms["leaf"]
        if form == "code":
            return f"`{', '.join(papers)} | {words}`"
        if form == "aside":
            return f"{self.ids(papers)} (tối ưu {self.id(ASIDE)}) | {words}"
        if form == "bars":
            return " | ".join([*map(self.id, papers), words])
        return form.format(self.ids(papers), words)

    def highlights(self, model: Model) -> None:
        form = self.m.forms["form"]
        if form in ("table", "tight", "padded"):
            few, *others = map(self.name, ("keywords", "breakthrough", "impact"))
            heads = self.m.forms["heads"].split()
            rows = []
            for rank, (paper, words, *texts) in enumerate(model.highlights, 1):
                front = [str(rank)] if len(heads) > 1 else []
                front += (
                    [self.id(paper), nickname(paper)] if len(heads) > 2 else [self.who([paper])]
                )
                rows.append([*front, ", ".join(words), *texts])
            heads += [few + self.m.forms["few"], *others]
            return self.table(heads, rows, 30 if form == "padded" else 0)
        for rank, (paper, words, breakthrough, impact) in enumerate(model.highlights, 1):
            fields = (
                ("keywords", ", ".join(words)), ("breakthrough", breakthrough), ("impact", impact)
            )  # fmt: skip
            if form in ("fields", "heading", "1"):
                depth = 1
                if form == "heading" and self.level:
                    self.heading(rank, self.who([paper]))
                    depth = 0
                elif form == "1":
                    self.line(0, self.who([paper]), f"{rank}. ")
                    depth = self.below
                else:
                    self.line(0, f"{self.who([paper])} – {words[0]}")
                for name, text in fields:
                    self.line(depth, f"**{self.name(name)}:** {text}")
            else:
                parts = ". ".join(f"{self.name(n)}: {text.capitalize()}" for n, text in fields)
                self.line(0, f"{self.who([paper])} – {parts}")
        return None

    def row(self, cells: list[str], width: int = 0) -> None:
        bar = "| " if self.m.forms.get("form") == "tight" else " | "
        self.line(0, f"| {bar.join(cell.ljust(width) for cell in cells)} |", "")

    def table(self, heads: list[str], rows: list[list[str]], width: int = 0) -> None:
        if rows:
            self.lines += [] if self.lines[-1:] == [""] else [""]
            self.row(heads, width)
            self.line(0, f"|{'---|' * len(heads)}", "")
        for row in rows:
            self.row(row, width)

    def heading(self, number: int, title: str) -> None:
        self.lines += ["", f"{'#' * (self.level + 1)} {number}. {title}", ""]

    def contributions(self, model: Model) -> None:
        form = self.m.forms["form"]
        if form == "table":
            rows = [
                [self.who(ids), technique, words] for ids, technique, words in model.contributions
            ]
            return self.table([*map(self.name, ("paper", "technique", "assessment"))], rows)
        for papers, technique, words in model.contributions:
            # without a label, a name before the identifier may be the technique
            labelled = form not in ("whole", "remark")
            ids = self.who(papers) if labelled else self.ids(papers)
            name = self.name("assessment")
            if form == "whole":
                self.line(0, f"**{ids} – {technique} – {words}.**")
            elif form == "remark":
                self.line(0, f"**{ids} – {technique}** – It is neat. *{name}: {words}.*")
            elif form == "fields":
                self.line(0, f"**{ids} – {technique}**")
                self.line(1, f"**{name}:** {words}")
            else:
                self.line(0, form.format(ids, technique, name, words))
        return None

    def gaps(self, model: Model) -> None:
        form, name, label = self.m.forms["form"], self.name("opportunity"), self.m.forms["label"]
        if form == "table":
            rows = [[title, self.said(gap), self.said(other)] for title, gap, other in model.gaps]
            heads = [LABELS["gap"][self.m.language % 2].rstrip("s"), self.name("evidence"), name]
            return self.table(heads, rows)
        for number, (title, gap, opportunity) in enumerate(model.gaps, 1):
            text, other = self.said(gap), self.said(opportunity)
            style, word = self.m.forms["title"], LABELS["gap"][self.m.language % 2].rstrip("s")
            if gap.papers or style != "{} ({})":
                title = style.format(title, *gap.papers[:1], w=word, n=number)
            if form == "plain":
                self.line(0, f"**{title}:** {text}.")
            elif form == "1":
                self.line(0, f"**{title}:** {text}. {name}: {other}.", f"{number}. ")
            elif form == "heading" and self.level:
                self.heading(number, title.removeprefix(f"{number}. "))
                self.line(0, f"{text}.", "")
                self.paragraph(f"{label.format(name)} {other}.")
            elif form in ("nested", "1 nested", "heading"):
                numbered = form == "1 nested"
                self.line(0, f"**{title}:**", f"{number}. " if numbered else None)
                depth = self.below if numbered else 1
                self.line(depth, f"{label.format(self.name('gap'))} {text}.")
                self.line(depth, f"{label.format(name)} {other}.")
            elif form in ("bullets", "arrows"):
                self.line(0, f"**{title}:**")
                self.line(1, f"{text}. → **{name}:** {other}." if form == "arrows" else f"{text}.")
                self.line(1, "It still is open.")
            else:
                self.line(0, form.format(title, text, name, other))
        return None

    def ideas(self, model: Model) -> None:
        form = self.m.forms["fields"]
        if form == "columns":
            heads = [self.name("title"), *map(self.name, FIELDS)]
            return self.table(
                heads, [[idea.title, *self.texts(idea).values()] for idea in model.ideas]
            )
        for number, idea in enumerate(model.ideas, 1):
            depth = self.idea_title(number, idea)
            texts = self.texts(idea)
            if form == "table" and not depth:
                heads = [self.name("field"), self.name("text")]
                self.table(heads, [[self.name(name), text] for name, text in texts.items()])
                continue
            if form == "one" and not depth:
                label = self.m.forms["label"]
                parts = (f"{label.format(self.name(n))} {text}" for n, text in texts.items())
                self.paragraph(" ".join(parts))
                continue
            for place, (name, text) in enumerate(texts.items(), 1):
                label, steps = self.m.forms["label"].format(self.name(name)), self.m.forms["steps"]
                marker = f"{place}. " if form == "1" else None
                if form == "paragraphs" and not depth:
                    self.paragraph(f"{label} {text}")
                elif name == "approach" and steps:
                    intro = f"{label} It has two parts:" if steps == "intro" else label
                    self.line(depth, intro, marker)
                    self.steps(depth + (self.below if marker else 1), idea.fields[name])
                else:
                    self.line(depth, f"{label} {text}", marker)
        return None

    def texts(self, idea: Idea) -> dict[str, str]:
        texts = {name: f"{self.said(idea.fields[name])}." for name in FIELDS}
        return texts | {"risk": self.risk(idea)}

    def idea_title(self, number: int, idea: Idea) -> int:
        """Writes the title of an idea; returns how deep its fields stand."""
        mark = self.m.forms["moonshot"] if idea.moonshot else "risk"
        marked = {"end": "{} (Moon-shot)", "slanted": "{} (*Moon-shot*)", "front": "Moon-shot: {}"}
        title = marked.get(mark, "{}").format(idea.title)
        style, word = self.m.forms["title"], LABELS["idea"][self.m.language % 2]
        if mark == "number":
            counted = "{i}" in style
            style = style.replace("{i} {n}", "{i} {n} (Moon-shot)")
            title = title if counted else f"Moon-shot: {title}"
        if style == "heading" and self.level:
            self.lines += ["", f"{'#' * (self.level + 1)} {word} {number}: {title}", ""]
        elif style.startswith("* "):
            self.line(0, style.format(title, n=number, i=word)[2:])
            return 1
        elif style in ("1", "heading"):
            self.line(0, f"**{title}**", f"{number}. ")
            return self.below
        else:
            self.paragraph(style.format(title, n=number, i=word))
            if self.m.blank:
                self.lines.append("")
        return 0

    def risk(self, idea: Idea) -> str:
        level = LEVELS[idea.level][self.m.language % 2]
        told = self.m.forms["moonshot"] == "risk" or self.m.forms["fields"] == "columns"
        mark = " (Moon-shot)" if idea.moonshot and told else ""
        return self.m.forms["risk"].format(level + mark, self.said(idea.fields["risk"]))

    def steps(self, depth: int, said: Said) -> None:
        form, also = self.m.forms["steps"], f"Use {self.ids(said.papers) or 'it'} too."
        number = ("", "") if form == "bullets" else ("1. ", "2. ")
        first, second = (mark or None for mark in number)
        if form == "bold":
            self.line(depth, f"**Planner Agent:** {said.words}", first)
            self.line(depth, f"**Critic:** {also}", second)
        elif form == "nested":
            self.line(depth, f"{said.words}:", first)
            self.line(depth + self.below, also)
            self.line(depth, "Repeat it.", second)
        else:
            self.line(depth, said.words, first)
            self.line(depth, also, second)

    def readings(self, model: Model) -> None:
        form, name = self.m.forms["form"], self.name("reason")
        if form == "table":
            rows = [[str(n), self.id(p), *texts] for n, (p, *texts) in enumerate(model.readings, 1)]
            return self.table(["Rank", self.name("paper"), self.name("title"), name], rows)
        for rank, (paper, title, reason) in enumerate(model.readings, 1):
            if form == "fields":
                self.line(0, f"{self.id(paper)} – {title}")
                self.line(1, f"*{name}:* {reason}")
                continue
            if form == "link":
                self.line(0, f"[{title}](https://arxiv.org/abs/{paper}) – {reason}")
                continue
            text = form.format(self.id(paper), title, reason, n=rank)
            marker = next((text[:3] for mark in ("1. ", f"{rank}) ") if text.startswith(mark)), "")
            self.line(0, text[len(marker) :], marker.replace("1. ", f"{rank}. ") or None)
        return None

    def trends(self, model: Model) -> None:
        forms, depth = self.m.forms, 0
        if forms["form"] == "table":
            rows = [[title, f"{self.said(said)}."] for title, said in model.trends]
            return self.table([self.name("trend"), self.name("text")], rows)
        if forms["intro"] and model.trends:
            # numbers below a bullet that Markdown has not are lines of its paragraph
            drawn = forms["form"].startswith("1.") and self.m.bullet[0] in "•–"
            item = forms["intro"] == "item" and forms["form"] not in PARAGRAPHS and not drawn
            self.line(0, "Các bài báo tháng này cho thấy nhiều điều:", None if item else "")
            depth = int(item)
            if not item and forms["form"].startswith("1."):
                self.lines.append("")
        for number, (title, said) in enumerate(model.trends, 1):
            # a single paragraph that begins with “First,” may be no list of trends
            alone = len(model.trends) == 1 and forms["form"].startswith("ordinal")
            self.trend("paragraph" if alone else forms["form"], depth, number, title, said)
        if forms["closing"]:
            # a line below the only trend may be a part of it
            apart = forms["apart"] == "yes" or len(model.trends) < 2
            self.lines += [""] if apart else []
            self.lines.append(forms["closing"])
        return None

    def trend(self, form: str, depth: int, number: int, title: str, said: Said) -> None:
        text = f"{self.said(said)}."
        if form == "paragraph":
            self.paragraph(f"**{title}:** {text}")
        elif form == "heading" and self.level:
            self.heading(number, title)
            self.line(0, text, "")
        elif form.startswith("**{n}") or form.startswith("**{w}"):
            word = LABELS["trend"][self.m.language % 2]
            self.paragraph(form.format(title, text, n=number, w=word))
        elif form.startswith("ordinal"):
            word = ORDINALS[self.m.language % 2][number - 1]
            if form == "ordinal" or number == 1:
                self.lines.append("")
            self.line(0, f"{word}, **{title}** {text}", "")
        elif form == "plain":
            self.line(depth, f"{title} {text}")
        elif form == "inner" and said.papers:
            self.line(depth, f"**{title}:**")
            self.line(depth + 1, f"**Video:** {text}")
            self.line(depth + 1, "**Audio:** Little happened.")
        elif form.startswith("1."):
            marker = form[: form.index("*")]
            self.line(
                depth, form[len(marker) :].format(title, text), marker.replace("1", str(number))
            )
        else:
            self.line(depth, (form if "{" in form else "**{}:** {}").format(title, text))
