"""The files that belong to entries: small tables, a text and a document, as an office would attach them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from govopen.model.catalog import AttachedFile

__all__ = ["attachments_of", "write_attachments"]

Rows = Sequence[Sequence[str]]

_TYPES = {
    "csv": "text/csv",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}

_BUDGET_2010: Rows = (
    ("项目", "2009年执行数（亿元）", "2010年预算数（亿元）"),
    ("一般预算收入", "22.57", "24.60"),
    ("一般预算支出", "25.02", "27.30"),
    ("其中：教育", "5.58", "6.10"),
    ("其中：医疗卫生", "1.66", "1.90"),
    ("其中：社会保障和就业", "2.51", "2.80"),
)
_BUDGET_2011: Rows = (
    ("项目", "2010年执行数（亿元）", "2011年预算数（亿元）"),
    ("一般预算收入", "25.10", "27.40"),
    ("一般预算支出", "27.05", "29.80"),
    ("其中：教育", "6.22", "6.90"),
    ("其中：保障性住房", "0.80", "1.20"),
    ("其中：城乡社区事务", "2.90", "3.10"),
)
_MEDICINES: Rows = (
    ("药品名称", "规格", "单位", "零售价（元）"),
    ("阿莫西林胶囊", "0.25g×24粒", "盒", "6.20"),
    ("布洛芬片", "0.1g×100片", "瓶", "5.80"),
    ("复方甘草片", "100片", "瓶", "7.50"),
    ("葡萄糖注射液", "5% 250ml", "瓶", "2.10"),
    ("硝苯地平缓释片", "20mg×30片", "盒", "9.40"),
)
_TRADES: Rows = (
    ("月份", "进场项目（个）", "成交项目（个）", "成交金额（万元）", "比最高限价节约（%）"),
    ("1月", "11", "11", "6280", "7.2"),
    ("2月", "6", "5", "2140", "6.8"),
    ("3月", "14", "14", "9130", "8.1"),
    ("4月", "17", "16", "10260", "7.9"),
    ("5月", "15", "15", "8720", "8.4"),
    ("6月", "19", "18", "12050", "7.6"),
)
_RELIEF: Rows = (
    ("村居", "救助户数", "救助金额（元）"),
    ("荷东村", "14", "32000"),
    ("荷西村", "11", "27000"),
    ("望水村", "17", "41000"),
    ("塘尾村", "9", "20000"),
    ("镇居委会", "7", "16000"),
)
_CHARGES: Rows = (
    ("服务项目", "收费标准", "优惠"),
    ("长者日间照料", "每日12元", "低保长者免费"),
    ("社区老年食堂午餐", "每份8元", "八十周岁以上长者半价"),
    ("课后托管", "每月150元", "低保家庭免费"),
    ("活动室使用", "免费", "提前一日预约"),
)
_HEALTH_CHECKS = """2011年免费健康检查各社区安排
荷塘社区    6月1日至6月24日
清源社区    6月27日至7月15日
学府社区    7月18日至8月5日
示例路社区  8月8日至8月26日
其他社区    8月29日至9月30日
请空腹并携带医疗证，每日上午8:00至10:30在门诊部二楼体检室检查。
"""
_ACCOUNTS: Sequence[str] = (
    "2010年度区级财政决算表",
    "单位：亿元",
    "一、收入合计 25.10",
    "税收收入 20.85",
    "非税收入 4.25",
    "二、支出合计 27.05",
    "教育 6.22",
    "医疗卫生 1.85",
    "社会保障和就业 3.18",
    "其他支出 15.80",
    "岭安区财政局",
    "2011年8月29日",
)


def _csv(rows: Rows) -> bytes:
    """As spreadsheet programs save it, with a byte order mark."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


_SHEET_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORKBOOK: Mapping[str, str] = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES["xlsx"]}.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES["xlsx"][:-5]}worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SHEET_NS}" xmlns:r="{_RELATION}">'
    '<sheets><sheet name="附件" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def _workbook(rows: Rows) -> bytes:
    """Written out here, part by part and not compressed: a library packs the same cells anew with each release, and
    then every digest that hangs on them would be another.
    """
    cells = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{column}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            for column, cell in zip("ABCDEFGH", row, strict=False)
        )
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    sheet = (
        f'<worksheet xmlns="{_SHEET_NS}"><cols><col min="1" max="8" width="24" customWidth="1"/></cols>'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for name, part in {**_WORKBOOK, "xl/worksheets/sheet1.xml": sheet}.items():
            info = zipfile.ZipInfo(name, (2012, 1, 4, 9, 0, 0))
            info.create_system = 0
            package.writestr(info, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{part}')
    return held.getvalue()


def _document(lines: Sequence[str]) -> bytes:
    """A page of a PDF file in a font that every reader has for Chinese; ``ToUnicode`` lets programs read it, too."""
    shown = "".join(
        f"1 0 0 1 {90 if number else 200} {760 - 28 * number} Tm <{line.encode('utf-16-be').hex().upper()}> Tj\n"
        for number, line in enumerate(lines)
    )
    drawn = f"BT /F1 14 Tf\n{shown}ET".encode("ascii")
    mapped = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def /CMapType 2 "
        b"def 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange "
        b"endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        (
            b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] "
            b"/ToUnicode 8 0 R >>"
        ),
        (
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) "
            b"/Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R /DW 1000 /W [814 939 500] >>"
        ),
        (
            b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
            b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(mapped), mapped),
    )
    made = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


_FILES: Mapping[str, tuple[str, str, Callable[[], bytes]]] = {
    "finance-other-1": ("budget-2010.csv", "2010年收支总表.csv", lambda: _csv(_BUDGET_2010)),
    "finance-other-3": ("budget-2011.xlsx", "2011年收支总表.xlsx", lambda: _workbook(_BUDGET_2011)),
    "finance-other-4": ("accounts-2010.pdf", "2010年度区级财政决算表.pdf", lambda: _document(_ACCOUNTS)),
    "wanghe-other-2": ("relief-2011.csv", "各村居临时救助情况.csv", lambda: _csv(_RELIEF)),
    "hequan-issued-5": ("charges-2011.xlsx", "社区服务收费项目表.xlsx", lambda: _workbook(_CHARGES)),
    "trading-issued-2": ("trades-2011.xlsx", "2011年上半年工程交易统计表.xlsx", lambda: _workbook(_TRADES)),
    "hospital-other-2": ("health-checks-2011.txt", "各社区检查安排.txt", _HEALTH_CHECKS.encode),
    "hospital-other-5": ("medicines-2011.csv", "常用药品价格表.csv", lambda: _csv(_MEDICINES)),
}
"""By item: name in ``files/``, name on the page, content."""


@cache
def _content(item: str) -> bytes:
    return _FILES[item][2]()


def attachments_of(item: str) -> tuple[AttachedFile, ...]:
    """The files of an item."""
    if item not in _FILES:
        return ()
    path, name, _ = _FILES[item]
    media_type = _TYPES[path.rpartition(".")[2]]
    return (AttachedFile(name=name, digest=hashlib.sha256(_content(item)).hexdigest(), media_type=media_type),)


def write_attachments(folder: Path) -> None:
    """The files, and ``manifest.json``, which says to which item each belongs."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = []
    for item, (path, _, _) in _FILES.items():
        (folder / path).write_bytes(_content(item))
        (file,) = attachments_of(item)
        listed.append(
            {"path": path, "item": item, "name": file.name, "digest": file.digest, "media_type": file.media_type}
        )
    text = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8", newline="\n")
