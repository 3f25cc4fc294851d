#!/usr/bin/env python3
"""Helpers that write an invented plan as DOCX, PDF, text and ground truth.

Needs python-docx, LibreOffice (soffice) and pdftotext. Figures of a plan are made here, so that a percentage, a sample size
or the end of a period is never typed by hand; what is wrong in a plan is wrong on purpose and stands in its ground truth.
"""
import calendar
import datetime
import json
import math
import os
import re
import shutil
import subprocess
import tempfile
from decimal import ROUND_HALF_UP, Decimal
from statistics import NormalDist

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


# ---- figures ---------------------------------------------------------------------------------------------------------
def wide(text):
    """ASCII as full-width characters; blanks stay."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in str(text))


def percent(a, b, digits=1):
    """100 a/b, rounded half-up to so many decimals."""
    return str((Decimal(a) * 100 / b).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))


def share(a, b, digits=1):
    """p%（a/b例）"""
    return f"{percent(a, b, digits)}%（{a}/{b}例）"


def among(a, b, digits=1):
    """b例中a例（p%）"""
    return f"{b}例中{a}例（{percent(a, b, digits)}%）"


def detect(rate, sure):
    """smallest n that shows an event of this rate at least once with probability `sure`"""
    n = math.ceil(math.log(1 - sure) / math.log(1 - rate) - 1e-9)
    assert 1 - (1 - rate) ** n >= sure > 1 - (1 - rate) ** (n - 1)
    return n


def one_proportion(p0, p1, alpha, power):
    """n of a one-sided test of one proportion by normal approximation"""
    z = NormalDist().inv_cdf
    return math.ceil(((z(1 - alpha) * math.sqrt(p0 * (1 - p0)) + z(power) * math.sqrt(p1 * (1 - p1))) / (p0 - p1)) ** 2)


def risk_ratio(a, b, c, d):
    """relative risk of a/b against c/d with its 95% interval (log normal), to two decimals: 'r' and 'low～high'"""
    r, se = (a / b) / (c / d), math.sqrt(1 / a - 1 / b + 1 / c - 1 / d)
    return f"{r:.2f}", f"{r * math.exp(-1.96 * se):.2f}～{r * math.exp(1.96 * se):.2f}"


def months_after(day, months):
    """Last day of a period of months whose first day follows `day` (Civil Code 140, 141, 143)."""
    first = day + datetime.timedelta(days=1)
    return period_end(first, months)


def period_end(first, months):
    """Last day of a period of months of which `first` is the first day."""
    y, m = divmod(first.year * 12 + first.month - 1 + months, 12)
    m += 1
    last = calendar.monthrange(y, m)[1]
    if first.day > last:
        return datetime.date(y, m, last)
    return datetime.date(y, m, first.day) - datetime.timedelta(days=1)


def western(day):
    return f"{day.year}年{day.month}月{day.day}日"


def era(day):
    for name, start, base in (("令和", (2019, 5, 1), 2018), ("平成", (1989, 1, 8), 1988)):
        if (day.year, day.month, day.day) >= start:
            y = day.year - base
            return f"{name}{'元' if y == 1 else y}年{day.month}月{day.day}日"
    raise ValueError(day)


# ---- document --------------------------------------------------------------------------------------------------------
def put(element, tag, **attributes):
    e = OxmlElement(tag)
    for k, v in attributes.items():
        e.set(qn("w:" + k), str(v))
    element.append(e)
    return e


class Paper:
    """A word processor's file in the habit of one company."""

    def __init__(self, font, size, margins=(2.2, 2.2, 2.2, 2.2), spacing=1.0):
        self.doc = Document()
        self.font, self.size = font, size
        properties = self.doc.core_properties
        properties.author = properties.comments = ""
        properties.title = "invented plan"
        s = self.doc.sections[0]
        s.page_width, s.page_height = Cm(21), Cm(29.7)
        s.top_margin, s.bottom_margin, s.left_margin, s.right_margin = (Cm(x) for x in margins)
        self.width = 21 - margins[2] - margins[3]
        st = self.doc.styles["Normal"]
        st.font.name, st.font.size = font, Pt(size)
        fonts = st.element.get_or_add_rPr().get_or_add_rFonts()
        for k in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn("w:" + k), font)
        st.paragraph_format.space_after = Pt(0)
        st.paragraph_format.line_spacing = spacing

    def write(self, p, text, size=None, bold=False):
        r = p.add_run(text)
        r.bold = bold
        if size:
            r.font.size = Pt(size)
        return p

    def line(self, text="", size=None, bold=False, align=None, before=0, keep=False):
        p = self.write(self.doc.add_paragraph(), text, size, bold)
        p.alignment = {"c": WD_ALIGN_PARAGRAPH.CENTER, "r": WD_ALIGN_PARAGRAPH.RIGHT, None: None}[align]
        p.paragraph_format.space_before = Pt(before)
        p.paragraph_format.keep_with_next = keep
        return p

    def page(self):
        self.doc.add_page_break()

    def field(self, p, code):
        for kind in ("begin", None, "end"):
            r = p.add_run()._r
            if kind:
                put(r, "w:fldChar", fldCharType=kind)
            else:
                t = put(r, "w:instrText")
                t.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                t.text = code

    def fill(self, cell, lines, size=None, bold=False, indent=0.0, align=None):
        """Write lines into a cell. A line is text, or a table {"rows":…, "widths":…}; a leading '>' indents."""
        lines = [lines] if isinstance(lines, (str, dict)) else lines
        first = True
        for l in lines:
            if isinstance(l, dict):
                self.nested(cell, l, size)
                first = False
                continue
            p = cell.paragraphs[0] if first else cell.add_paragraph()
            first = False
            deep = len(l) - len(l.lstrip(">"))
            p.paragraph_format.left_indent = Cm(indent + 0.45 * deep)
            if align == "c":
                p.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self.write(p, l.lstrip(">"), size, bold)

    def nested(self, cell, spec, size):
        t = cell.add_table(len(spec["rows"]), len(spec["widths"]))
        t.style = self.doc.styles["Table Grid"]
        self.lay(t, spec["rows"], spec["widths"], spec.get("size", size), heads=1)
        cell.add_paragraph()

    def shade(self, cell, colour="E4E4E4"):
        put(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=colour)

    def lay(self, t, rows, widths, size, heads=0, shaded=(), bold=(), indents=None):
        t.autofit = False
        room = put(t._tbl.tblPr, "w:tblCellMar")
        for side in ("top", "bottom"):
            put(room, "w:" + side, w=25, type="dxa")
        for j, w in enumerate(widths):
            t.columns[j].width = Cm(w)
        for i, row in enumerate(rows):
            cells = t.rows[i].cells
            for j in range(len(widths)):
                cells[j].width = Cm(widths[j])
            j = 0
            while j < len(row):
                k = j
                while k + 1 < len(row) and row[k + 1] == "<":
                    k += 1
                c = cells[j].merge(cells[k]) if k > j else cells[j]
                self.fill(c, row[j], size, bold=i in bold, indent=(indents or {}).get(i, 0))
                if i < heads or i in shaded:
                    self.shade(c)
                j = k + 1

    def table(self, rows, widths, size=None, heads=0, shaded=(), bold=(), repeat=False, indents=None, whole=False):
        """rows of cells; a cell '<' is merged into the one before it; `whole` rows do not break across pages"""
        t = self.doc.add_table(len(rows), len(widths))
        t.style = self.doc.styles["Table Grid"]
        self.lay(t, rows, widths, size, heads, shaded, bold, indents)
        if whole:
            for r in t.rows:
                put(r._tr.get_or_add_trPr(), "w:cantSplit")
        if repeat:
            for i in range(heads):
                put(t.rows[i]._tr.get_or_add_trPr(), "w:tblHeader")
        return t


# ---- files -----------------------------------------------------------------------------------------------------------
def nb(text):
    return re.sub(r"\s+", "", text)


def convert(paper, name, folder):
    """Save as DOCX, convert to PDF and to both texts; gives the text of each page without blanks."""
    path = os.path.join(folder, name)
    paper.doc.save(path + ".docx")
    profile = tempfile.mkdtemp(prefix="lo-")
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", "pdf", "--outdir", folder, path + ".docx"],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    shutil.rmtree(profile, ignore_errors=True)
    subprocess.run(["pdftotext", "-layout", path + ".pdf", path + ".layout.txt"], check=True)
    subprocess.run(["pdftotext", path + ".pdf", path + ".raw.txt"], check=True)
    return [nb(p) for p in open(path + ".raw.txt", encoding="utf-8").read().split("\f")]


def truth(name, folder, as_of, structure, defects, traps, note=None):
    """Write X.gt.json without places; check.py --write fills them in."""
    g = {"doc": name, "files": {"docx": f"{name}.docx", "pdf": f"{name}.pdf", "layout": f"{name}.layout.txt", "raw": f"{name}.raw.txt"}, "as_of": as_of,
         "note": note or "A finding that touches one of a defect's quotes counts; every occurrence of a quote counts.",
         "structure": structure, "defects": [], "traps": []}
    for n, (kind, also, where, quotes, expect) in enumerate(defects, 1):
        d = {"id": f"{name}-D{n:02}", "kind": kind}
        if also:
            d["also"] = also
        g["defects"].append({**d, "where": where, "quotes": quotes, "expect": expect})
    for n, (kind, quotes) in enumerate(traps, 1):
        g["traps"].append({"id": f"{name}-T{n:02}", "kind": kind, "quotes": quotes})
    json.dump(g, open(os.path.join(folder, f"{name}.gt.json"), "w", encoding="utf-8"), ensure_ascii=False, indent=1)
