"""What kg reads off real digests, against counts and lists made by hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from digests import ID, MARCH, PARAMS, SURFACE, id_spans, needs_march, numbers

import kg

ROOTS = {
    "Natural Language Processing (NLP)", "Computer Vision (CV)", "Multimodal AI",
    "Machine Learning (ML)", "AI Security & Privacy", "AI Systems", "Robotics",
    "Deep Learning (General)", "Distributed Computing", "Audio Processing", "Other",
}  # fmt: skip

PLACED = {
    "2403.03507": {
        "Natural Language Processing (NLP) > Large Language Models (LLMs)"
        " > Efficient Training & Fine-tuning > Memory-Efficient Training",
        "Machine Learning (ML) > Optimization Methods > Memory-Efficient Training",
    },
    "2403.17887": {
        "Natural Language Processing (NLP) > Large Language Models (LLMs) > Model Compression"
        " > Pruning > Structured Pruning (Layer Pruning)"
    },
    "2402.19173": {
        "Natural Language Processing (NLP) > Code Generation > Large Language Models for Code"
    },
    "2403.05121": {
        "Computer Vision (CV) > Generative Models > Image Generation > Text-to-Image Synthesis"
        " > Cascaded Diffusion Models > Relay Diffusion"
    },
    "2403.03163": {
        "Multimodal AI > Large Language and Vision Models (LLVMs / MLLMs) > Code Generation"
        " > Image-to-Code Generation > Front-End Web Development"
    },
    "2403.04132": {
        "Machine Learning (ML) > Evaluation and Benchmarking > Large Language Model Evaluation"
        " > Human Preference Based Evaluation > Crowdsourced Pairwise Comparison Ranking"
    },
    "2402.19427": {
        "Deep Learning (General) > Sequence Modeling > Recurrent Neural Networks"
        " > Gated Recurrent Units"
    },
    "2403.03100": {
        "Audio Processing > Speech Processing > Speech Synthesis > Text-to-Speech (TTS)"
        " > Zero-Shot TTS"
    },
    "2403.04732": {"Other"},
    "2403.15371": {"Other"},
    "2403.04706": {"Other"},
}

OUTSIDE = {
    "2403.05530", "2403.03206", "2403.06738", "2403.04692", "2403.13187", "2403.09629",
    "2403.10131", "2402.19155", "2403.01779", "2403.16990", "2403.08715", "2402.19479",
    "2403.07750", "2403.08295", "2403.13064",
}  # fmt: skip
"""Papers that the tree does not list."""

HIGHLIGHTS = [
    "2403.05530", "2403.03507", "2402.19469", "2403.03206", "2402.19427",
    "2403.06738", "2403.18802", "2403.04692", "2403.13187", "2403.03100",
]  # fmt: skip

RECOMMENDED = [
    ("2403.05530", "Gemini 1.5 Pro"),
    ("2403.03507", "GaLore"),
    ("2402.19469", "Humanoid Robot Control via Token Prediction"),
    ("2402.19427", "Griffin (RG-LRU)"),
    ("2403.03206", "MM-DiT for Rectified Flow"),
    ("2403.13187", "Evolutionary Model Merge"),
    ("2403.18802", "SAFE & LongFact"),
    ("2403.06738", "V3D (Video Diffusion for 3D)"),
    ("2403.16971", "AIOS (Agent Operating System)"),
    ("2403.04746", "STE (Simulated Trial and Error)"),
]

CONTRIBUTIONS = [
    "2403.03507", "2402.19173", "2403.03163", "2403.06634", "2403.13372", "2403.03883",
    "2403.17887", "2403.13248", "2403.09629", "2403.07508", "2403.10131", "2403.16971",
    "2403.12015", "2403.03206", "2403.18361", "2403.09029", "2403.06504", "2403.13187",
    "2403.10301", "2402.19155", "2403.14624", "2402.19427", "2403.18814", "2403.07815",
    "2403.00522", "2403.05135", "2403.05525", "2403.19270", "2403.04746", "2402.18796",
    "2403.03100", "2403.08764", "2403.01779", "2403.17888", "2403.04437", "2403.01422",
    "2403.06764", "2403.12895", "2403.16990", "2403.15377", "2403.00818", "2403.09347",
    "2403.05034", "2403.18795", "2403.19655",
]  # fmt: skip

GAPS = {
    "Khả năng Khái quát hóa và Độ Tin cậy của LLM trong Các Miền Chuyên Biệt":
        "2403.18421 2403.03883",
    "Hiệu quả Tính toán và Bộ nhớ cho Huấn luyện/Suy luận Mô hình Cực Lớn":
        "2403.03507 2403.06504 2403.09347 2403.05530",
    "Học Tương tác và Thích ứng Liên tục cho Tác tử AI": "2403.04746 2403.08715 2402.18796",
    "Đánh giá Toàn diện và Đáng Tin cậy cho các Khả năng AI Nâng cao":
        "2403.03163 2403.14624 2403.13787 2403.18802",
    "Tạo Sinh 3D/Video Chất lượng Cao, Có Điều Khiển và Nhất quán":
        "2403.08764 2403.14148 2403.06738 2403.18816 2403.17888 2403.18795 2403.19655",
    "Sự Hợp nhất Kiến trúc và Nguyên lý Học giữa các Miền": "2403.00522 2402.19155 2403.09394",
    "An toàn, Đạo đức và Quản trị AI": "2403.05530 2402.19173 2403.06634 2403.09704",
}  # fmt: skip

TRENDS = {
    "Đẩy Xa Giới Hạn Năng Lực Mô Hình": "2403.05530 2402.19427 2403.00818 2403.06977",
    "Hiệu Quả Huấn Luyện và Suy Luận":
        "2403.03507 2403.13372 2403.06764 2402.19481 2403.12015 2403.16627",
    "Tạo Sinh Đa Phương Thức Nâng Cao":
        "2403.05121 2403.08764 2403.14148 2403.06738 2403.17888 2403.18816 2403.03100 2403.10493",
    "Tác tử AI và Học Tương Tác": "2403.04746 2403.08715 2402.18796 2403.10517 2403.16971",
    "Chất lượng Dữ liệu và Quy trình Huấn luyện":
        "2403.09029 2403.01422 2403.15042 2402.19479 2403.07750 2403.04652 2403.19270"
        " 2403.10131 2403.17297",
    "Đánh giá và Phân tích Mô hình":
        "2403.03163 2403.14624 2403.13787 2403.18802 2403.04732 2403.15371 2403.05812",
    "Tính Mở và Tái Lập": "2402.19173 2403.08295 2403.13372 2403.18421",
}  # fmt: skip

AGENTS = "Meta-Cognitive Agents with Self-Generated Curricula for Open-Ended Skill Acquisition"
WORLDS = (
    "Differentiable Structured World Models for Compositional Video Generation and Understanding"
)
FEDERATED = "Federated Continual Pre-training with Adaptive Low-Rank Gradients"
EDUCATION = "AIOS-Powered Personalized Education Agents"

IDEAS_BY_IDENTIFIER = {
    "motivatedBy": {
        AGENTS: "2403.04746 2403.08715",
        WORLDS: "2403.13248 2403.05438 2403.01800 2403.14148 2403.10517 2403.15377 2403.06977"
                " 2403.13064",
        FEDERATED: "2403.08763 2403.03507",
        EDUCATION: "2403.16971",
    },
    "buildsOn": {AGENTS: "2403.08715"},
    "usesMethodOf": {
        AGENTS: "2403.07815",
        WORLDS: "2403.06738 2403.06977",
        FEDERATED: "2403.08763",
        EDUCATION: "2403.08715 2403.13372",
    },
    "evaluatedWith": {},
    "cautionedBy": {},
}  # fmt: skip

IDEAS_BY_NAME = {
    # "like STE or SOTOPIA-π", "like SceneScript", "inspired by GaLore", "AIOS-like kernel"
    "buildsOn": {
        AGENTS: "2403.04746 2403.08715",
        WORLDS: "2403.13064",
        FEDERATED: "2403.03507",
        EDUCATION: "2403.16971",
    },
    # "a refined STE-like process"; "within the AIOS kernel"
    "usesMethodOf": {AGENTS: "2403.04746", EDUCATION: "2403.16971"},
    # "AIOS itself is still a research concept"
    "cautionedBy": {EDUCATION: "2403.16971"},
    # names that stand beside their identifier, and SOTOPIA (which is not SOTOPIA-π), are no edges
    "motivatedBy": {},
    "evaluatedWith": {},
}

NAMES = {
    "2402.18796": {"MOSAIC"}, "2402.19155": {"bGPT"},
    "2402.19173": {"StarCoder2", "The Stack v2"}, "2402.19427": {"Griffin"}, "2402.19469": set(),
    "2402.19479": {"Panda-70M"}, "2402.19481": {"DistriFusion"}, "2403.00071": {"Resonance RoPE"},
    "2403.00504": {"IWM", "Image World Models"}, "2403.00522": {"VisionLLaMA"},
    "2403.00818": {"DenseSSM"}, "2403.01422": {"MovieLLM"}, "2403.01779": {"OOTDiffusion"},
    "2403.01800": {"AtomoVideo"}, "2403.03100": {"NaturalSpeech 3"}, "2403.03163": {"Design2Code"},
    "2403.03206": {"MM-DiT"}, "2403.03507": {"GaLore"}, "2403.03870": {"Co-LLM"},
    "2403.03883": set(), "2403.04132": {"Chatbot Arena"}, "2403.04437": {"StableDrag"},
    "2403.04642": set(), "2403.04652": {"Yi", "Yi LLM"}, "2403.04692": {"PixArt-Σ"},
    "2403.04706": set(), "2403.04732": set(), "2403.04746": {"STE", "Simulated Trial and Error"},
    "2403.05034": {"CRM"}, "2403.05121": {"CogView3"}, "2403.05135": {"ELLA"},
    "2403.05438": {"VideoElevator"}, "2403.05525": {"DeepSeek-VL"},
    "2403.05530": {"Gemini 1.5 Pro", "Gemini 1.5"}, "2403.05812": set(), "2403.06504": {"LoHan"},
    "2403.06634": set(), "2403.06738": {"V3D"}, "2403.06764": {"FastV"},
    "2403.06977": {"VideoMamba"}, "2403.07508": {"MoAI"}, "2403.07750": {"Synth2"},
    "2403.07815": {"Chronos"}, "2403.07816": {"BTX", "Branch-Train-MiX"}, "2403.08295": {"Gemma"},
    "2403.08715": {"SOTOPIA-π"}, "2403.08763": set(), "2403.08764": {"VLOGGER"},
    "2403.09029": {"WebSight"}, "2403.09055": {"SemanticDraw"},
    "2403.09334": {"EVE/FDD", "EVE", "FDD"}, "2403.09347": {"BurstAttention"},
    "2403.09394": {"GiT"}, "2403.09611": {"MM1"}, "2403.09629": {"Quiet-STaR"},
    "2403.09704": {"Alignment Studio"}, "2403.10131": {"RAFT"}, "2403.10301": {"Uni-SMART"},
    "2403.10493": {"MusicHiFi"}, "2403.10517": {"VideoAgent"}, "2403.10704": {"PE-RLHF"},
    "2403.11781": {"Infinite-ID"}, "2403.11901": {"Larimar"}, "2403.12008": {"SV3D"},
    "2403.12015": {"LADD"}, "2403.12173": {"TnT-LLM"}, "2403.12895": {"DocOwl 1.5"},
    "2403.12968": {"LLMLingua-2"}, "2403.13043": {"S2", "Scaling on Scales"},
    "2403.13064": {"SceneScript"}, "2403.13187": {"Evolutionary Model Merge"},
    "2403.13248": {"Mora"}, "2403.13372": {"LLaMA Factory"}, "2403.13535": {"IDAdapter"},
    "2403.13787": {"RewardBench"}, "2403.14148": {"CMD"}, "2403.14468": {"AnyV2V"},
    "2403.14520": {"Cobra"}, "2403.14613": {"Reward3D", "DreamFL"}, "2403.14624": {"MATHVERSE"},
    "2403.15042": {"LLM2LLM"}, "2403.15371": set(), "2403.15377": {"InternVideo2"},
    "2403.16627": {"SDXS"}, "2403.16971": {"AIOS"}, "2403.16990": {"Bounded Attention"},
    "2403.17297": {"COOL RLHF"}, "2403.17887": {"ShortGPT"}, "2403.17888": {"2DGS"},
    "2403.18361": {"ViTAR"}, "2403.18421": {"BioMedLM"}, "2403.18795": {"GambaFormer"},
    "2403.18802": {"SAFE", "LongFact", "SAFE & LongFact"}, "2403.18814": {"Mini-Gemini"},
    "2403.18816": {"Garment3DGen"}, "2403.18818": {"ObjectDrop"}, "2403.19046": {"LITA"},
    "2403.19270": {"sDPO", "Stepwise DPO", "stepwise DPO"}, "2403.19655": {"GaussianCube"},
}  # fmt: skip
"""What the digest calls each paper, by reading it: the spellings that are right, or none."""


def _pairs(table: dict[str, str]) -> set[tuple[str, str]]:
    return {(label, number) for label, cited in table.items() for number in cited.split()}


@pytest.fixture(scope="module")
def march() -> kg.KnowledgeGraph:
    return kg.build(MARCH)


@needs_march
class TestPapers:
    def test_identifiers_by_section(self, march: kg.KnowledgeGraph) -> None:
        assert len(list(march.nodes("Paper"))) == 99
        assert Counter(place.section for _, place in id_spans(march)) == {
            "TOPIC_TREE": 85,
            "SOTA_HIGHLIGHTS": 10,
            "NOVEL_TECH_CONTRIBUTIONS": 45,
            "GAPS_AND_OPPORTUNITIES": 27,
            "FUTURE_IDEAS": 20,
            "READING_LIST": 10,
            "META_REFLECTION": 43,
        }

    def test_attributes(self, march: kg.KnowledgeGraph) -> None:
        for paper in march.nodes("Paper"):
            number = paper.id.removeprefix("paper:")
            assert paper.attributes["identifier"] == f"arXiv:{number}"
            assert paper.attributes["url"] == f"https://arxiv.org/abs/{number}"
            assert paper.attributes["published"] == f"20{number[:2]}-{number[2:4]}"
            assert "version" not in paper.attributes

    def test_table_of_names_is_complete(self, march: kg.KnowledgeGraph) -> None:
        assert {node.id.removeprefix("paper:") for node in march.nodes("Paper")} == set(NAMES)

    def test_names(self, march: kg.KnowledgeGraph) -> None:
        given = {
            paper.id.removeprefix("paper:"): paper.attributes["name"]
            for paper in march.nodes("Paper")
            if "name" in paper.attributes
        }
        wrong = {number: name for number, name in given.items() if name not in NAMES[number]}
        assert wrong == {}
        assert len(given) >= 85
        for number, name in given.items():
            assert march.node(f"paper:{number}").label == name

    def test_papers_without_name_say_something(self, march: kg.KnowledgeGraph) -> None:
        nameless = [paper for paper in march.nodes("Paper") if "name" not in paper.attributes]
        assert nameless
        for paper in nameless:
            assert len(paper.label) > 12
            assert not ID.search(paper.label)
            assert len(paper.label) <= 80
        robot = march.node("paper:2402.19469")
        assert robot.label == "Humanoid Robot Control via Token Prediction"


@needs_march
class TestTree:
    def test_topics(self, march: kg.KnowledgeGraph) -> None:
        topics = list(march.nodes("Topic"))
        assert len(topics) == 164
        roots = {topic.label for topic in topics if topic.attributes["depth"] == 0}
        assert roots == ROOTS
        for topic in topics:
            path = str(topic.attributes["path"]).split(" > ")
            assert topic.label == path[-1]
            assert topic.attributes["depth"] == len(path) - 1

    def test_broader_joins_paths(self, march: kg.KnowledgeGraph) -> None:
        edges = list(march.edges("broader"))
        assert len(edges) == 164 - 11
        for edge in edges:
            low, high = march.node(edge.source), march.node(edge.target)
            assert low.attributes["path"] == f"{high.attributes['path']} > {low.label}"

    def test_one_label_under_two_parents_is_two_topics(self, march: kg.KnowledgeGraph) -> None:
        labels = Counter(topic.label for topic in march.nodes("Topic"))
        for label in (
            "Code Generation",
            "Evaluation and Benchmarking",
            "Memory-Efficient Training",
        ):
            assert labels[label] == 2

    def test_placements(self, march: kg.KnowledgeGraph) -> None:
        placed: dict[str, set[str]] = {}
        for edge in march.edges("hasTopic"):
            path = str(march.node(edge.target).attributes["path"])
            placed.setdefault(edge.source.removeprefix("paper:"), set()).add(path)
        assert sum(map(len, placed.values())) == len(list(march.edges("hasTopic"))) == 85
        assert len(placed) == 84
        assert [number for number, paths in placed.items() if len(paths) > 1] == ["2403.03507"]
        assert set(NAMES) - set(placed) == OUTSIDE
        for number, paths in PLACED.items():
            assert placed[number] == paths

    def test_duplicate(self, march: kg.KnowledgeGraph) -> None:
        [edge] = march.edges("duplicateOf")
        first, second = (march.node(end).attributes["path"] for end in (edge.source, edge.target))
        assert first == "Machine Learning (ML) > Optimization Methods > Memory-Efficient Training"
        assert second == (
            "Natural Language Processing (NLP) > Large Language Models (LLMs)"
            " > Efficient Training & Fine-tuning > Memory-Efficient Training"
        )
        assert edge.line == 194

    def test_scope_note(self, march: kg.KnowledgeGraph) -> None:
        noted = [topic for topic in march.nodes("Topic") if "scopeNote" in topic.attributes]
        assert [topic.label for topic in noted] == ["Other"]
        note = str(noted[0].attributes["scopeNote"])
        assert note.startswith("Papers that are primarily position papers, surveys")
        assert note.endswith("fitting elsewhere")
        assert not any("position papers" in topic.label for topic in march.nodes("Topic"))

    def test_summary_is_the_leaf(self, march: kg.KnowledgeGraph) -> None:
        summary = march.node("paper:2403.11901").attributes["summary"]
        assert summary == (
            "Đề xuất Larimar, LLM với bộ nhớ nhiều tập phân tán, cập nhật one-shot bằng "
            "pseudo-inverse, hỗ trợ xóa kiến thức."
        )
        listed = [paper for paper in march.nodes("Paper") if "summary" in paper.attributes]
        assert len(listed) == 84


@needs_march
class TestEntries:
    def test_counts(self, march: kg.KnowledgeGraph) -> None:
        counts = march.counts()["nodes"]
        kinds = ("Highlight", "Contribution", "Gap", "Idea", "Recommendation", "Trend", "Digest")
        assert [counts[kind] for kind in kinds] == [10, 45, 7, 4, 10, 7, 1]
        assert march.counts()["edges"]["partOf"] == 10 + 45 + 7 + 4 + 10 + 7

    def test_highlights(self, march: kg.KnowledgeGraph) -> None:
        about = {edge.source: edge.target.removeprefix("paper:") for edge in march.edges("about")}
        ranked = sorted(march.nodes("Highlight"), key=lambda node: int(node.attributes["rank"]))
        assert [node.attributes["rank"] for node in ranked] == list(range(1, 11))
        assert [about[node.id] for node in ranked] == HIGHLIGHTS
        for node in ranked:
            assert node.label == march.node(f"paper:{about[node.id]}").label
            assert node.attributes["breakthrough"]
            assert node.attributes["impact"]
        assert ranked[5].attributes["impact"] == (
            "Cung cấp phương pháp tạo 3D nhanh, chất lượng cao, có kiểm soát, tận dụng các mô hình "
            "video mạnh mẽ."
        )

    def test_keywords(self, march: kg.KnowledgeGraph) -> None:
        words: dict[str, set[str]] = {}
        for edge in march.edges("hasKeyword"):
            words.setdefault(edge.source, set()).add(march.node(edge.target).label)
        assert words["highlight:2024-03/2403.05530"] == {
            "Gemini 1.5", "Multimodal", "Long Context", "10M tokens", "MoE"
        }  # fmt: skip
        assert sum(map(len, words.values())) == 5 + 4 * 9
        shared = [
            edge
            for edge in march.edges("hasKeyword")
            if march.node(edge.target).label == "Text-to-Image"
        ]
        assert len(shared) == 2
        assert len({edge.target for edge in shared}) == 1

    def test_contributions(self, march: kg.KnowledgeGraph) -> None:
        about = {edge.source: edge.target.removeprefix("paper:") for edge in march.edges("about")}
        entries = sorted(march.nodes("Contribution"), key=lambda node: node.sources[0].start)
        assert [about[node.id] for node in entries] == CONTRIBUTIONS
        for node in entries:
            assert node.attributes["assessment"]
            assert "Suy nghĩ" not in node.label
            assert "Suy nghĩ" not in str(node.attributes["assessment"])
            assert not ID.search(node.label)
            assert "**" not in node.label
        assert entries[0].label == (
            "Chiếu gradient vào không gian hạng thấp (GaLore) và cơ chế chuyển không gian con "
            "định kỳ"
        )
        assert entries[35].attributes["assessment"] == (
            "Pipeline sáng tạo để giải quyết vấn đề thiếu dữ liệu huấn luyện video dài có hướng dẫn."
        )

    def test_gaps(self, march: kg.KnowledgeGraph) -> None:
        assert {gap.label for gap in march.nodes("Gap")} == set(GAPS)
        cited = {pair for pair in numbers(march, "cites", "identifier") if pair[0] in GAPS}
        assert cited == _pairs(GAPS)
        assert len(cited) == 27
        for gap in march.nodes("Gap"):
            assert gap.attributes["text"]
            assert gap.attributes["opportunity"]
            assert "Cơ hội" not in str(gap.attributes["text"])

    def test_trends(self, march: kg.KnowledgeGraph) -> None:
        assert {trend.label for trend in march.nodes("Trend")} == set(TRENDS)
        cited = {pair for pair in numbers(march, "cites", "identifier") if pair[0] in TRENDS}
        assert cited == _pairs(TRENDS)
        assert len(cited) == 43
        assert all(trend.attributes["text"] for trend in march.nodes("Trend"))

    def test_recommendations(self, march: kg.KnowledgeGraph) -> None:
        about = {edge.source: edge.target.removeprefix("paper:") for edge in march.edges("about")}
        entries = sorted(march.nodes("Recommendation"), key=lambda n: int(n.attributes["rank"]))
        assert [node.attributes["rank"] for node in entries] == list(range(1, 11))
        assert [(about[node.id], node.label) for node in entries] == RECOMMENDED
        assert entries[1].attributes["reason"] == (
            "Kỹ thuật giảm bộ nhớ optimizer rất quan trọng cho việc huấn luyện LLM lớn hiệu quả."
        )

    def test_closing_paragraph(self, march: kg.KnowledgeGraph) -> None:
        [digest] = march.nodes("Digest")
        assert digest.attributes["period"] == "2024-03"
        closing = str(digest.attributes["closing"])
        assert closing.startswith("Nhìn chung, tháng 03/2024 cho thấy sự trưởng thành")
        assert closing.endswith("tham vọng cho tương lai.")
        assert not any("Nhìn chung" in str(t.attributes["text"]) for t in march.nodes("Trend"))


@needs_march
class TestIdeas:
    def test_titles_and_fields(self, march: kg.KnowledgeGraph) -> None:
        ideas = {idea.label: idea.attributes for idea in march.nodes("Idea")}
        assert {title: (of["riskLevel"], of["moonshot"]) for title, of in ideas.items()} == {
            AGENTS: ("high", True),
            WORLDS: ("very-high", True),
            FEDERATED: ("medium-high", False),
            EDUCATION: ("medium", False),
        }
        for of in ideas.values():
            for name in ("motivation", "novelty", "approach", "evaluation", "risk"):
                assert len(str(of[name])) > 80
        assert "Student Profile Manager" in str(ideas[EDUCATION]["approach"])

    @pytest.mark.parametrize("type", list(IDEAS_BY_IDENTIFIER))
    def test_citations_by_identifier(self, march: kg.KnowledgeGraph, type: str) -> None:
        assert numbers(march, type, "identifier") == _pairs(IDEAS_BY_IDENTIFIER[type])

    def test_there_are_twenty(self, march: kg.KnowledgeGraph) -> None:
        kinds = list(IDEAS_BY_IDENTIFIER)
        assert sum(len(numbers(march, kind, "identifier")) for kind in kinds) == 20

    @pytest.mark.parametrize("type", list(IDEAS_BY_NAME))
    def test_citations_by_name(self, march: kg.KnowledgeGraph, type: str) -> None:
        assert numbers(march, type, "name") == _pairs(IDEAS_BY_NAME[type])

    def test_gaps_and_trends_name_no_paper_without_its_identifier(
        self, march: kg.KnowledgeGraph
    ) -> None:
        assert numbers(march, "cites", "name") == set()

    def test_mentions_are_counted(self, march: kg.KnowledgeGraph) -> None:
        named = [e for e in march.edges("usesMethodOf") if e.target == "paper:2403.16971"]
        assert [(edge.basis, edge.mentions) for edge in named] == [("name", 3)]
        assert [place.text for place in named[0].sources] == ["AIOS"] * 3


@needs_march
def test_co_citations(march: kg.KnowledgeGraph) -> None:
    groups: dict[str, set[str]] = {}
    for kind in ("cites", *IDEAS_BY_IDENTIFIER):
        for label, number in numbers(march, kind):
            groups.setdefault(label, set()).add(number)
    expected = Counter(
        (first, second)
        for papers in groups.values()
        for first in papers
        for second in papers
        if first < second
    )
    found = {
        (edge.source.removeprefix("paper:"), edge.target.removeprefix("paper:")): edge.weight
        for edge in march.edges("coCited")
    }
    assert found == expected


@needs_march
def test_nothing_to_complain_about(march: kg.KnowledgeGraph) -> None:
    assert [str(remark) for remark in march.diagnostics if remark.severity != "info"] == []


@pytest.mark.parametrize("path", PARAMS)
def test_every_identifier_is_the_span_of_its_paper(path: Path) -> None:
    graph = kg.build(path)
    data = path.read_bytes()
    written = [
        (len(before.encode()), match[0])
        for text in [data.decode()]
        for match in ID.finditer(text)
        for before in [text[: match.start()]]
    ]
    assert written
    found = []
    for node, place in id_spans(graph):
        surface = SURFACE.fullmatch(place.text)
        assert surface
        assert node == f"paper:{surface['id']}"
        found.append((place.start + len(place.text[: surface.start("id")].encode()), surface["id"]))
    assert sorted(found) == written
    papers = {node.id for node in graph.nodes("Paper")}
    assert papers == {f"paper:{number}" for _, number in written}


@pytest.mark.parametrize("path", PARAMS)
def test_every_digest_has_entries_of_its_sections(path: Path) -> None:
    graph = kg.build(path)
    counts = graph.counts()["nodes"]
    assert counts["Digest"] == 1
    sections = {place.section for node in graph.nodes() for place in node.sources} - {""}
    for section, kind in {
        "TOPIC_TREE": "Topic", "SOTA_HIGHLIGHTS": "Highlight", "READING_LIST": "Recommendation",
        "NOVEL_TECH_CONTRIBUTIONS": "Contribution", "GAPS_AND_OPPORTUNITIES": "Gap",
        "FUTURE_IDEAS": "Idea", "META_REFLECTION": "Trend",
    }.items():  # fmt: skip
        assert (section in sections) == (counts.get(kind, 0) > 0), section
    assert len(sections) >= 6
    for paper in graph.nodes("Paper"):
        assert paper.label
