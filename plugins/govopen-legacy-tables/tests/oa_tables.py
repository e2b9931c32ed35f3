"""A catalogue of information as many systems of those years kept it: codes, flags, dates as text, names in pinyin."""

from __future__ import annotations

__all__ = ["MAPPING", "ROWS", "TABLES"]

TABLES = (
    'CREATE TABLE "DM_XXFL" ("DM" CHAR(2) PRIMARY KEY, "MC" VARCHAR(40))',
    """INSERT INTO "DM_XXFL" VALUES ('01', '机构信息'), ('02', '规范性文件与法规依据'), ('10', '收费项目依据标准')""",
    """CREATE TABLE "T_XXGK" (
        "XXBH" VARCHAR(40) PRIMARY KEY, "FBDW" CHAR(4), "XXMC" VARCHAR(200), "FLDM" CHAR(4), "GKSX" VARCHAR(10),
        "SCRQ" CHAR(8), "ZHBG" TIMESTAMP, "WH" VARCHAR(40), "BMSCR" VARCHAR(20), "SCSJ" INTEGER,
        "SHR1" VARCHAR(20), "SHRQ1" VARCHAR(20), "SHR2" VARCHAR(20), "SHRQ2" VARCHAR(20),
        "SFXM" VARCHAR(60), "SFBZ" NUMERIC(10, 2), "SFSC" CHAR(1), "CJR" VARCHAR(20) DEFAULT 'oa'
    )""",
)

ROWS = (
    """INSERT INTO "T_XXGK" VALUES ('岭府（2011）1号', '0101', '关于某事的通知', '02', '1', '20110405',
        '2011-05-06 13:22:00', '岭府〔2011〕1号', '张某', 20110401, '甲', '2011年4月2日', '乙', '2011/4/3',
        NULL, NULL, '0', 'oa')""",
    """INSERT INTO "T_XXGK" VALUES ('B-2', '0102', '收费', '10', '1,2', '00000000',
        NULL, NULL, '无', 0, NULL, NULL, '乙', '2011-04-03', '工本费', 10.50, NULL, 'oa')""",
    """INSERT INTO "T_XXGK" VALUES ('A-3', '0101', '已删', '01', '3', '20110101',
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '1', 'oa')""",
)

MAPPING = """
[tables.information-item]
table = "T_XXGK"
id = "XXBH"
excluding = { SFSC = "1" }
[tables.information-item.columns]
FBDW = "unit"
XXMC = "title"
FLDM = "category"
GKSX = "attributes"
SCRQ = "created_on"
ZHBG = "changed_on"
WH = "document_number"
BMSCR = "review.reviewer"
SCSJ = "review.reviewed_on"
SHR1 = "sign_offs.1.person"
SHRQ1 = "sign_offs.1.on"
SHR2 = "sign_offs.2.person"
SHRQ2 = "sign_offs.2.on"
SFXM = "fee.name"
SFBZ = "fee.rate_yuan"
[tables.information-item.values.unit]
"0101" = "office"
"0102" = "finance"
[tables.information-item.values.attributes]
1 = "proactive"
2 = "依申请公开"
3 = "exempt"
[tables.information-item.code_tables.category]
table = "DM_XXFL"
code = "DM"
value = "MC"
[tables.information-item.separators]
attributes = ","
[tables.information-item.formats]
created_on = ["YYYYMMDD"]
"review.reviewed_on" = ["YYYYMMDD"]
[tables.information-item.blanks]
created_on = ["00000000"]
"review.reviewed_on" = ["0"]
"review.reviewer" = ["无"]
[tables.information-item.constants]
"review.result" = "not_classified"
"sign_offs.1.step" = "section_head"
"sign_offs.2.step" = "principal"
issuer = "岭安区"
"""
