"""What holds for every input: places, nesting, sameness, linear time, copies and threads."""

from __future__ import annotations

import gc
import pickle
import random
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from conftest import REAL, ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import Extractor, extract
from extractor.plan import Plan, Row

READER = Extractor()
MENTIONS = ("citations", "amounts", "quantities", "times", "agencies", "abbreviations", "rows")
LINES = [
    "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "TỈNH SƠN LA   Độc lập - Tự do - Hạnh phúc",
    "Số:     /KH-UBND",
    "Sơn La, ngày 05 tháng 3 năm 2027",
    "**KẾ HOẠCH**",
    "Trồng rừng phòng hộ trên địa bàn tỉnh năm 2027",
    "Căn cứ Quyết định số 523/QĐ-TTg ngày 01/4/2021 của Thủ tướng Chính phủ phê duyệt Chiến lược;",
    "UBND tỉnh ban hành Kế hoạch như sau:",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Mục đích",
    "2.1. Trồng mới 1.250 ha, khoảng 2,5 triệu cây giống/năm",
    "a) Tổ chức 05 lớp tập huấn, mỗi lớp khoảng 40 người (sau đây gọi tắt là lớp)",
    "- Sở Nông nghiệp và Môi trường (NN&MT) chủ trì, phối hợp với Công an tỉnh báo cáo UBND tỉnh trước ngày 20/11/2027;",
    "Kinh phí: 1.500.000.000 đồng (Một tỷ năm trăm triệu đồng)",
    "Tổng kinh phí: 900 triệu đồng, trong đó:",
    "- Ngân sách tỉnh: 500 triệu đồng;",
    "Tổng cộng: 70.000.000 đồng (Bảy triệu đồng)",
    "Chi 5 lớp x 20.000.000 đồng/lớp = 90.000.000 đồng",
    "- Thời gian thực hiện: Quý III/2025, ngày 31/9/2027 (theo Quyết định số 523/QĐ-TTg ngày 11/4/2021)",
    "IV. TỔ CHỨC THỰC HIỆN",
    "| TT | Nhiệm vụ | Chủ trì | Thời gian |",
    "| 1 | Gieo ươm | Sở Tài chính | Quý I, II/2027 |",
    "|",
    "Nơi nhận:",
    "- Như trên;",
    "TM. ỦY BAN NHÂN DÂN",
    "KT. CHỦ TỊCH",
    "Điều 2. Quyết định này có hiệu lực từ ngày ký.",
    "",
    "giai đoạn 2026 -\n2030, tầm nhìn",
]
NOISE = st.text(
    st.sampled_from('aàăâđêôơưỳỵ ỦSBnNgáyq 0123456789.,;:/-–()|*#%"“\t\n\r\u00a0\u200b\u0301\ue000x'), max_size=30
)
documents = st.lists(st.sampled_from(LINES) | NOISE, max_size=30).map("\n".join)
careful = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def mentions(plan: Plan) -> list[Any]:
    return [mention for field in MENTIONS for mention in getattr(plan, field)]


@careful
@given(documents | st.text(max_size=300))
def test_every_mention_is_its_text_and_every_section_nests(text: str) -> None:
    plan = READER.extract(text)
    assert plan.text == text
    for mention in mentions(plan):
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
    by_id = {section.id: section for section in plan.sections}
    assert [section.start for section in plan.sections] == sorted(section.start for section in plan.sections)
    for section in plan.sections:
        assert section.start < section.end <= section.body_start <= section.body_end <= len(text)
        if section.parent is not None:
            parent = by_id[section.parent]
            assert parent.level < section.level
            assert parent.body_start <= section.start
            assert section.body_end <= parent.body_end
            assert section.path == f"{parent.path}/{section.marker}"
    for one, other in zip(plan.sections, plan.sections[1:], strict=False):
        assert other.start >= one.body_end or other.body_end <= one.body_end, "sections cross"
    for mention in mentions(plan):
        if mention.section is not None:
            section = by_id[mention.section]
            assert section.start <= mention.start < section.body_end


@careful
@given(documents)
def test_every_id_that_is_referred_to_exists_and_activities_and_warnings_lie_in_their_place(text: str) -> None:
    plan = READER.extract(text)
    sections = {section.id: section for section in plan.sections}
    rows = {row.id: row for row in plan.rows}
    by_id = {mention.id: mention for mention in mentions(plan)}
    tables = {table.id for table in plan.tables}
    assert len(by_id) == len(mentions(plan))
    for citation in plan.citations:
        if citation.refers_to is not None:
            assert citation.refers_to != citation.id
            assert by_id[citation.refers_to] in plan.citations
    for quantity in plan.quantities:
        assert quantity.per_ref is None or by_id[quantity.per_ref] in plan.quantities
    assert all(row.table in tables for row in plan.rows)
    for activity in plan.activities:
        assert (activity.section is None) != (activity.row is None)
        place = sections[activity.section] if activity.section else rows[activity.row or ""]
        end = place.body_end if activity.section else place.end
        assert place.start <= activity.start < activity.end <= end
        assert all(by_id[one] in plan.quantities for one in activity.quantities or [])
        assert all(by_id[one] in plan.amounts for one in activity.amounts or [])
    for warning in plan.warnings:
        assert warning.start is not None
        assert warning.start < (warning.end or 0) <= len(text)
        assert all(ref in by_id or ref in sections or ref in tables for ref in warning.refs or [])


@careful
@given(documents, documents)
def test_no_warning_depends_on_what_was_read_before(text: str, other: str) -> None:
    alone = Extractor().extract(text).warnings
    READER.extract(other)
    assert READER.extract(text).warnings == alone


@careful
@given(documents)
def test_the_same_input_gives_the_same_bytes(text: str) -> None:
    assert READER.extract(text).to_json() == Extractor().extract(text).to_json()


def values(plan: Plan) -> dict[str, Any]:
    """What a plan says, without places and spelling of blanks."""
    hidden = {"start", "end", "text", "spans", "body_start", "body_end", "source", "schema_version"}

    def strip(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: strip(item) for key, item in value.items() if key not in hidden}
        if isinstance(value, list):
            return [strip(item) for item in value]
        return " ".join(unicodedata.normalize("NFC", value).split()) if isinstance(value, str) else value

    found = strip(plan.to_dict())
    assert isinstance(found, dict)
    return found


CORPUS = sorted((ROOT / "corpus").glob("*.txt")) + (sorted((REAL / "text").glob("*.txt")) if REAL.is_dir() else [])


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_composed_decomposed_and_crlf_forms_of_a_plan_say_the_same(path) -> None:  # type: ignore[no-untyped-def]
    text = unicodedata.normalize("NFC", path.read_bytes().decode("utf-8")).replace("\r\n", "\n")
    said = values(READER.extract(text))
    assert values(READER.extract(unicodedata.normalize("NFD", text))) == said
    windows = READER.extract(text.replace("\n", "\r\n"))
    assert values(windows) == said
    whole = [mention for mention in mentions(windows) if not isinstance(mention, Row)]  # a row may be cut anywhere
    assert [mention.text for mention in whole if mention.text != mention.text.strip()] == []


@careful
@given(documents)
def test_a_field_without_a_value_is_left_out(text: str) -> None:
    def empty(value: Any) -> bool:
        if isinstance(value, dict):
            return any(item is None or item == "" or empty(item) for item in value.values())
        return isinstance(value, list) and any(empty(item) for item in value)

    data = READER.extract(text).to_dict(text=False)
    assert not empty(data)


def test_an_extractor_can_be_pickled_and_shared_between_threads() -> None:
    copy = pickle.loads(pickle.dumps(READER))
    texts = [path.read_bytes().decode("utf-8") for path in CORPUS[:8]] * 3
    alone = [READER.extract(text).to_json() for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: copy.extract(text).to_json(), texts)) == alone


def test_a_text_without_any_plan_gives_an_empty_plan() -> None:
    plan = extract("Hôm nay trời đẹp, chúng tôi đi dạo quanh hồ.")
    assert mentions(plan) == []
    assert plan.sections == []
    assert plan.header.model_dump(exclude_none=True) == {}


ADVERSARIAL = {
    "blanks": " " * 64,
    "digits": "1234567890",
    "figures": "1.234.567 ",
    "dates": "ngày 1/2/2027, ",
    "half dates": "từ ngày 1 đến ",
    "heads": "Sở Y tế và ",
    "lists": "các Sở: A, B, ",
    "triggers": "phối hợp với trình báo cáo gửi ",
    "brackets": "((((",
    "quotes": "“" * 8,
    "citations": "Quyết định số 12/QĐ-TTg về ",
    "laws": "Luật sửa đổi, bổ sung một số điều của ",
    "number words": "một trăm linh ",
    "lines": "\n",
    "items": "1. a\n",
    "pipes": "|\n",
    "rows": "| a | b |\n",
    "tabs": "a\tb\tc\n",
    "capitals": "ỦY BAN NHÂN DÂN ",
    "plans": "KẾ HOẠCH\nI. A\nSở Y tế\nNơi nhận:\n- Sở Y tế;\n- VT.\nCHỦ TỊCH\nLê A\n\n",
    "tags": "<a <b ",
    "marks": "a\u0301\u0301",
    "masks": "\ue000",
    "totals": "tổng kinh phí 5 triệu đồng gồm 5 triệu đồng, ",
    "parts": "5 lớp, ",
    "listed parts": "- Tổng kinh phí: 9 triệu đồng, trong đó:\n+ 5 triệu đồng\n",
    "sums below": "- 5 triệu đồng\nCộng: 7 triệu đồng\n",
    "products": "5 x 5 = 24 ",
    "numbers with dates": "Quyết định số 1/QĐ-TTg ngày 1/2/2027; Quyết định số 1/QĐ-TTg ngày 2/2/2027; ",
    "drawn": "|1  |a b c|\n|   |d    |\n",
    "ruled": "+---+---+\n| 1 | a |\n",
    "copies": "In 5 cái tờ. Số lượng: 5 cái. ",
    "calculations": "Chi 5 lớp x 5 = 24 đồng\n",
    "bare thousands": "| 1 | In | 1.000 đồng |\n",
    "labels": "Phối hợp: Sở Y tế; chủ trì: ",
    "short forms": "Ban Quản lý dự án (BQLDA) BQLDA ",
}


def cost(text: str) -> float:
    """The processor's time for reading a text, whatever else the machine is doing.

    Without the garbage collector: a full collection walks through all that two thousand tests have left in memory, and
    falls within the long text, never within the short one.
    """
    gc.disable()
    try:
        begin = time.process_time()
        READER.extract(text)
        return time.process_time() - begin
    finally:
        gc.enable()


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_time_grows_no_faster_than_the_input(name: str) -> None:
    """Four times the text may take four times the time, with a wide margin (a quadratic step would take sixteen).

    The best of each is compared, measured in turns until they hold: noise passes, a quadratic step stays.
    """
    unit = ADVERSARIAL[name]
    short, long = unit * (25_000 // len(unit)), unit * (100_000 // len(unit))
    bests = [cost(short), cost(long)]
    for _ in range(5):
        if bests[1] < max(bests[0] * 10, 0.1):
            return
        bests = [min(best, cost(text)) for best, text in zip(bests, (short, long), strict=True)]
    pytest.fail(f"{name}: {bests[0]:.3f} s for a quarter, {bests[1]:.3f} s for all")


def test_long_random_texts_are_read() -> None:
    rng = random.Random(7)
    text = "".join(rng.choice(LINES) + rng.choice(["\n", " ", "\n\n"]) for _ in range(3000))
    plan = READER.extract(text)
    assert plan.citations
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions(plan))
