"""A made digest of any size: the sample digest's dialect and proportions, plausible names, no clock, no chance.

The same number of papers gives the same bytes on every machine: the only source
of variety is `random.Random(seed).random()`, which Python promises to keep.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

__all__ = ["digest"]

_PER_TOPIC = 4
_SHARES = {"highlights": 10, "contributions": 45, "gaps": 7, "ideas": 4, "reading": 10, "trends": 7}
"""Entries per hundred papers, as in the sample."""


def _words(text: str) -> list[str]:
    return text.split("|")


_FIRST = _words(
    "Ga|Lo|Mo|Vi|Re|Co|Di|Fa|Ki|La|Ne|Pa|Qua|Ro|Sa|Ta|Ve|Wi|Xe|Zo|Bra|Cle|Dro|Fle|Gri|Hu|Ja"
)
_MIDDLE = _words("li|ra|mo|ne|do|sta|ver|tri|lu|ka|bi|zo|que|fa|no|ro|vi|se|ta|gu")
_LAST = _words("Former|LoRA|Net|Diff|Mamba|GPT|VLM|Gauss|Bench|RAG|Flow|MoE|Splat|Agent|DPO")
_FIELDS = _words(
    "Natural Language Processing (NLP)|Computer Vision (CV)|Multimodal AI|Machine Learning (ML)|"
    "AI Security & Privacy|AI Systems|Robotics|Deep Learning (General)|Distributed Computing|"
    "Audio Processing|Information Retrieval|Graph Learning|Scientific Computing|Healthcare AI"
)
_HOW = _words(
    "Efficient|Scalable|Robust|Memory-Augmented|Self-Supervised|Zero-Shot|Few-Shot|Hierarchical|"
    "Continual|Federated|Interactive|Long-Context|Retrieval-Augmented|Training-Free|Probabilistic|"
    "Structured|Adaptive|Parameter-Efficient|Multi-Agent|Causal|Sparse|Neural-Symbolic"
)
_WHAT = _words(
    "Language Models|Image Generation|Video Editing|Speech Synthesis|Code Generation|Model Merging|"
    "Preference Tuning|Tool Learning|Novel View Synthesis|Time Series Forecasting|Data Engineering|"
    "Position Embeddings|Locomotion Control|Document Understanding|Reward Modelling|Token Pruning|"
    "Mixture of Experts|State Space Models|Diffusion Models|Benchmark Design|Action Recognition|"
    "3D Reconstruction|Prompt Compression|Knowledge Editing|Uncertainty Estimation|Planning"
)
_WHERE = _words(
    "in Clinical Practice|on Edge Devices|across Languages|with Human Feedback|under Distribution Shift|"
    "from Scarce Data|at Inference Time|for Long Documents|over Knowledge Graphs|in Open Worlds"
)
_VERBS = _words("Proposes|Introduces|Presents|Develops|Builds")
_DOES = (
    "projects gradients into a low-rank space so that the optimizer needs less memory",
    "drops layers by how little each of them changes the hidden state",
    "lets several models take turns emitting tokens, trained by maximizing marginal likelihood",
    "learns from data distilled out of a larger teacher and filtered in three passes",
    "joins two encoders and trains them directly, with no stage of alignment before",
    "spreads patches over devices with asynchronous communication and sparse operations",
    "rewrites each problem in 6 versions and grades the chain of thought step by step",
    "keeps an episodic memory that is updated in one shot and can also forget",
)
_WHY = (
    "every parameter is still learned", "quality holds while latency drops by a third",
    "it needs neither labels nor a second model", "results carry over to unseen domains",
    "the cost per query falls by an order of magnitude", "the gain grows with the context",
    "ablations show that each part is needed", "a single GPU is enough",
)  # fmt: skip
_HEADINGS = _words(
    "TOPIC_TREE|SOTA_HIGHLIGHTS|NOVEL_TECH_CONTRIBUTIONS|GAPS_AND_OPPORTUNITIES|FUTURE_IDEAS|"
    "READING_LIST|META_REFLECTION"
)
_MONTHS = _words("2403|2402|2401|2312|2311|2310|2309|2308")
_PER_MONTH = 30_000


class _Writer:
    """One digest being made: its papers with their names, and the dice."""

    def __init__(self, papers: int, seed: int) -> None:
        self._dice = random.Random(seed)
        self.ids = [
            f"{_MONTHS[n // _PER_MONTH]}.{n % _PER_MONTH * 3 + 11:05d}" for n in range(papers)
        ]
        self.names = [self._name(n) for n in range(papers)]

    @staticmethod
    def _name(number: int) -> str:
        rest, last = divmod(number, len(_LAST))
        rest, middle = divmod(rest, len(_MIDDLE))
        rest, first = divmod(rest, len(_FIRST))
        return f"{_FIRST[first]}{_MIDDLE[middle]}{_LAST[last]}{f'-{rest + 1}' if rest else ''}"

    def one(self, items: Sequence[str]) -> str:
        return items[int(self._dice.random() * len(items))]

    def cited(self, count: int) -> list[int]:
        """Different papers."""
        found: dict[int, None] = {}
        while len(found) < min(count, len(self.ids)):
            found[int(self._dice.random() * len(self.ids))] = None
        return list(found)

    def number(self, low: int, high: int) -> int:
        return low + int(self._dice.random() * (high - low + 1))

    def entries(self, kind: str) -> int:
        return max(1, len(self.ids) * _SHARES[kind] // 100)

    def mentions(self, count: int) -> str:
        return ", ".join(f"{self.names[n]} ({self.ids[n]})" for n in self.cited(count))

    def title(self, number: int) -> str:
        return f"{self.one(_HOW)} {self.one(_WHAT)} {self.one(_WHERE)} {number}"

    # -- sections --------------------------------------------------------------

    def tree(self) -> Iterator[str]:
        """Fields, then two to four levels of topics, each lowest one with a few papers."""
        left = list(range(len(self.ids)))
        per_field = max(1, len(left) // len(_FIELDS) + 1)
        for field in _FIELDS:
            mine, left = left[:per_field], left[per_field:]
            if not mine:
                break
            yield f"    *   {field}"
            number = 0
            while mine:
                number += 1
                yield f"        *   {self.one(_WHAT)} {number}"
                for inner in range(1, self.number(2, 5)):
                    depth = 12
                    yield f"{' ' * depth}*   {self.one(_HOW)} {self.one(_WHAT)} {inner}"
                    if self._dice.random() < 0.5:
                        depth += 4
                        yield f"{' ' * depth}*   {self.one(_HOW)} Methods {self.one(_WHERE)}"
                    for _ in range(self.number(1, 2 * _PER_TOPIC - 1)):
                        if mine:
                            yield f"{' ' * (depth + 4)}*   {self.leaf(mine.pop(0))}"

    def leaf(self, n: int) -> str:
        if n % 9 == 8:
            return f"{self.ids[n]} | Studies how {self.one(_WHAT).lower()} behave {self.one(_WHERE)}; {self.one(_WHY)}."
        return f"{self.ids[n]} | {self.one(_VERBS)} {self.names[n]}, which {self.one(_DOES)}; {self.one(_WHY)}."

    def highlights(self) -> Iterator[str]:
        yield "    | Rank | PaperID | Keywords (≤ 5) | Breakthrough | Impact |"
        yield "    | :--- | :------ | :------------- | :----------- | :----- |"
        for rank, n in enumerate(self.cited(self.entries("highlights")), 1):
            keywords = ", ".join(
                dict.fromkeys(
                    (self.one(_WHAT), f"{self.one(_HOW)} {self.one(_WHAT)}", self.names[n])
                )
            )
            yield (
                f"    | {rank} | {self.ids[n]} | {keywords} | {self.names[n]}: {self.one(_DOES)}. "
                f"| Matters because {self.one(_WHY)}, and {self.one(_WHY)}. |"
            )

    def contributions(self) -> Iterator[str]:
        for n in self.cited(self.entries("contributions")):
            yield (
                f"    *   **{self.ids[n]} – {self.one(_HOW)} scheme that {self.one(_DOES)} ({self.names[n]}) "
                f"– Assessment:** A clever idea: {self.one(_WHY)}, though {self.one(_WHY)}."
            )

    def gaps(self) -> Iterator[str]:
        for number in range(1, self.entries("gaps") + 1):
            yield (
                f"    *   **{self.title(number)}:** {self.mentions(self.number(1, 6))} attack the problem, "
                f"but bolder answers are still wanted. Opportunity: Look for a method that {self.one(_DOES)}."
            )

    def ideas(self) -> Iterator[str]:
        for number in range(1, self.entries("ideas") + 1):
            motivating, base, method = self.cited(3)
            yield f"    ✨ **{self.title(number)}**"
            yield f"    *   Motivation: Models today ({self.ids[motivating]}) fall short {self.one(_WHERE)}."
            yield (
                f"    *   Key novelty: Starts from {self.names[base]} ({self.ids[base]}) and {self.one(_DOES)}, "
                f"in the spirit of {self.names[motivating]}."
            )
            yield "    *   Approach:"
            yield f"        1.  Collect data {self.one(_WHERE)}."
            yield f"        2.  Train with {self.names[method]} {self.ids[method]}, so that {self.one(_WHY)}."
            yield "    *   Dataset + Metrics: ToolBench and ActivityNet. Metrics: accuracy, FVD and cost."
            yield f"    *   Risk/Feasibility: {self.one(('High', 'Medium', 'Low'))} risk. Scaling is an obstacle."
            yield ""

    def reading(self) -> Iterator[str]:
        for n in self.cited(self.entries("reading")):
            yield f"    *   {self.ids[n]} – {self.names[n]} · Worth the time: {self.one(_WHY)}."

    def trends(self) -> Iterator[str]:
        yield "    *   AI kept advancing fast in the papers of March 2024. The main trends:"
        for number in range(1, self.entries("trends") + 1):
            yield (
                f"        {number}.  **{self.title(number)}:** There is active work on it "
                f"({self.mentions(self.number(2, 6))}), and {self.one(_WHY)}."
            )
        yield ""
        yield "    Overall, the field looks more mature in March 2024."


def digest(papers: int, seed: int = 1) -> str:
    """The Markdown of a digest with this many papers."""
    if not 3 <= papers <= _PER_MONTH * len(_MONTHS):
        raise ValueError(f"3 to {_PER_MONTH * len(_MONTHS)} papers, not {papers}")
    made = _Writer(papers, seed)
    sections = (
        made.tree, made.highlights, made.contributions, made.gaps, made.ideas, made.reading, made.trends,
    )  # fmt: skip
    lines = ["# AI research digest 2024-03", ""]
    for number, (heading, section) in enumerate(zip(_HEADINGS, sections, strict=True), 1):
        lines += [f"{number}.  **{heading}**", "", *section(), ""]
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Writes a digest to a file or to standard output."""
    parser = argparse.ArgumentParser(description="Makes a digest of any number of papers.")
    parser.add_argument(
        "papers", nargs="?", type=int, default=10_000, help="how many (default: 10000)"
    )
    parser.add_argument("-o", "--output", type=Path, help="where to (default: standard output)")
    parser.add_argument("--seed", type=int, default=1, help="another digest of the same size")
    options = parser.parse_args()
    data = digest(options.papers, options.seed).encode()
    if options.output:
        options.output.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)


if __name__ == "__main__":
    main()
