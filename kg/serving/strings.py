"""What the pages of the server say, in English and Vietnamese; the scripts get the same table.

Names of classes and properties are not here: they come from the ontology.
"""

from __future__ import annotations

__all__ = ["STRINGS", "words"]

STRINGS: dict[str, tuple[str, str]] = {
    "map": ("Map", "Bản đồ"),
    "query": ("Query", "Truy vấn"),
    "ontology": ("Ontology", "Bản thể học"),
    "language": ("Tiếng Việt", "English"),
    "theme": ("Light or dark", "Sáng hoặc tối"),
    "triples": ("{n} triples", "{n} bộ ba"),
    "pages": ("Pages", "Các trang"),
    "questions": ("Questions", "Câu hỏi"),
    "find": ("Find a question", "Tìm câu hỏi"),
    "found_none": ("No question has these words.", "Không có câu hỏi nào chứa các từ này."),
    "ask_title": ("Ask it in SPARQL", "Hỏi bằng SPARQL"),
    "ask_about": (
        "Write a query, or choose a question on the left and change it.",
        "Viết một truy vấn, hoặc chọn một câu hỏi bên trái rồi sửa.",
    ),
    "editor": ("SPARQL query", "Truy vấn SPARQL"),
    "run": ("Run", "Chạy"),
    "stop": ("Stop", "Dừng"),
    "copy_link": ("Copy link", "Chép liên kết"),
    "copied": ("Copied", "Đã chép"),
    "prefixes": ("Prefixes that need no declaration", "Tiền tố không cần khai báo"),
    "endpoint": (
        "Any SPARQL client can ask {address}; queries stop after {seconds} s and give at most {limit} rows.",
        "Mọi chương trình SPARQL đều có thể hỏi {address}; truy vấn dừng sau {seconds} giây và cho tối đa {limit} dòng.",
    ),
    "running": ("Running …", "Đang chạy …"),
    "stopped": ("Stopped.", "Đã dừng."),
    "unreachable": (
        "The server does not answer. Is kg serve still running?",
        "Máy chủ không trả lời. kg serve còn chạy không?",
    ),
    "rows": ("{n} rows in {ms} ms", "{n} dòng trong {ms} ms"),
    "row": ("1 row in {ms} ms", "1 dòng trong {ms} ms"),
    "done": ("answered in {ms} ms", "trả lời trong {ms} ms"),
    "no_rows": ("No answer in {ms} ms", "Không có câu trả lời ({ms} ms)"),
    "cut": ("cut: there are more rows", "đã cắt: còn nhiều dòng nữa"),
    "yes": ("Yes", "Đúng"),
    "no": ("No", "Không"),
    "table": ("Table", "Bảng"),
    "results": ("Results", "Kết quả"),
    "download": ("Download", "Tải về"),
    "copy": ("Copy", "Chép"),
    "more_rows": ("Show {n} more", "Hiện thêm {n}"),
    "problem": ("Not answered", "Không trả lời được"),
    "place": ("line {line}, column {column}", "dòng {line}, cột {column}"),
    "go_there": ("Go there", "Tới đó"),
    "no_script": (
        "This page runs queries with JavaScript, which is switched off here. The endpoint answers without it.",
        "Trang này chạy truy vấn bằng JavaScript, hiện đang tắt. Điểm truy vấn vẫn trả lời bình thường.",
    ),
    "on_map": ("Show on the map", "Xem trên bản đồ"),
    "at_home": ("Open {host}", "Mở {host}"),
    "ask_about_it": ("Query it", "Truy vấn"),
    "as": ("As", "Dạng"),
    "said": ("Where it is said", "Nơi được nói đến"),
    "quotes": ("{n} quotes", "{n} trích dẫn"),
    "quote": ("1 quote", "1 trích dẫn"),
    "more": ("and {n} more", "và {n} nữa"),
    "others": ("In other vocabularies", "Trong các bộ từ vựng khác"),
    "nothing": ("Nothing is said of this here", "Ở đây không nói gì về địa chỉ này"),
    "nothing_about": (
        "The graph has no triple that begins with this IRI:",
        "Đồ thị không có bộ ba nào bắt đầu bằng IRI này:",
    ),
    "no_map": ("There is no map of this", "Không có bản đồ"),
    "no_map_about": (
        "What is served is RDF that kg did not write, so it cannot be drawn. It can be queried.",
        "Dữ liệu này là RDF không do kg tạo nên không vẽ được, nhưng vẫn truy vấn được.",
    ),
}
"""By key: English, Vietnamese. A word in braces is filled in."""


def words(language: str) -> dict[str, str]:
    """All texts in a language."""
    return {key: texts[language == "vi"] for key, texts in STRINGS.items()}
