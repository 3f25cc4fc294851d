"""Kit of W, X, Y. Text carries its own truth: ⟦D03:words⟧ and ⟦T02:words⟧ mark a side of a fault or a trap; marks are
stripped on writing and become the quotes."""
import datetime, json, math, os, re, shutil, subprocess, sys, tempfile
from decimal import Decimal, ROUND_HALF_UP
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as AL
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
OUT = sys.argv[1]
MARK = re.compile(r"⟦([DT]\d\d):([^⟦⟧]*)⟧")
Q = {}
def strip(t):
    for i, s in MARK.findall(t):
        Q.setdefault(i, [])
        if s not in Q[i]: Q[i].append(s)
    t = MARK.sub(r"\2", t); assert "⟦" not in t and "⟧" not in t, t
    return t
def pct(a, b, d=1): return str((Decimal(a) * 100 / Decimal(str(b))).quantize(Decimal(1).scaleb(-d), rounding=ROUND_HALF_UP))
def n_detect(rate, sure): return math.ceil(math.log(1 - sure) / math.log(1 - rate) - 1e-9)
def el(parent, tag, **kw):
    e = OxmlElement(tag)
    for k, v in kw.items(): e.set(qn("w:" + k), str(v))
    parent.append(e); return e
class Hand:
    def __init__(s, font, size, margin=2.2, spacing=1.05, label=""):
        s.d = Document(); s.size = size; sec = s.d.sections[0]; sec.page_width, sec.page_height = Cm(21), Cm(29.7)
        sec.left_margin = sec.right_margin = Cm(margin); sec.top_margin = sec.bottom_margin = Cm(2.1); s.w = 21 - 2 * margin
        st = s.d.styles["Normal"]; st.font.size = Pt(size); st.font.name = font; f = st.element.get_or_add_rPr().get_or_add_rFonts()
        for k in ("ascii", "hAnsi", "eastAsia", "cs"): f.set(qn("w:" + k), font)
        st.paragraph_format.space_after = Pt(0); st.paragraph_format.line_spacing = spacing
        cp = s.d.core_properties; cp.author = cp.comments = ""; cp.title = "invented plan"
        if label: s.d.sections[0].header.paragraphs[0].text = label; s.d.sections[0].header.paragraphs[0].alignment = AL.RIGHT
    def foot(s, pre="", post=""):
        p = s.d.sections[0].footer.paragraphs[0]; p.alignment = AL.CENTER; p.add_run(pre)
        for k in ("begin", None, "end"):
            r = p.add_run()._r
            if k: el(r, "w:fldChar", fldCharType=k)
            else: el(r, "w:instrText").text = "PAGE"
        p.add_run(post)
    def p(s, text="", size=None, bold=False, align=None, before=0, indent=0, keep=False):
        q = s.d.add_paragraph(); s.run(q, text, size, bold); q.paragraph_format.space_before = Pt(before); q.paragraph_format.left_indent = Cm(indent); q.paragraph_format.keep_with_next = keep
        q.alignment = {"c": AL.CENTER, "r": AL.RIGHT, None: None}[align]; return q
    def run(s, q, text, size, bold):
        r = q.add_run(strip(text)); r.bold = bold
        if size: r.font.size = Pt(size)
    def page(s): s.d.add_page_break()
    def cell(s, c, lines, size, bold=False, indent=0, align=None):
        first = True
        for l in ([lines] if isinstance(lines, (str, dict)) else lines):
            if isinstance(l, dict):
                t = c.add_table(len(l["rows"]), len(l["widths"])); t.style = s.d.styles["Table Grid"]; s.lay(t, l["rows"], l["widths"], l.get("size", size), heads=l.get("heads", 1)); c.add_paragraph(); first = False; continue
            q = c.paragraphs[0] if first else c.add_paragraph(); first = False; k = len(l) - len(l.lstrip(">")); q.paragraph_format.left_indent = Cm(indent + .42 * k)
            if align == "c": q.alignment = AL.CENTER
            s.run(q, l[k:], size, bold)
    def lay(s, t, rows, widths, size, heads=0, bold=(), shade=(), indents=None):
        t.autofit = False; n = len(widths)
        for j, w in enumerate(widths): t.columns[j].width = Cm(w)
        for i, r in enumerate(rows):
            for j in range(n): t.cell(i, j).width = Cm(widths[j])
        done = set()
        for i, r in enumerate(rows):
            r = list(r) + ["<"] * (n - len(r))
            for j in range(n):
                if r[j] in ("<", "^"): continue
                a, b = i, j
                while b + 1 < n and r[b + 1] == "<": b += 1
                while a + 1 < len(rows) and len(rows[a + 1]) > j and rows[a + 1][j] == "^": a += 1
                c = t.cell(i, j)
                if (a, b) != (i, j): c = c.merge(t.cell(a, b))
                s.cell(c, r[j], size, i in bold or i < heads, (indents or {}).get(i, 0))
                if i < heads or i in shade: el(c._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill="E8E8E8")
    def tab(s, rows, widths, size=None, heads=0, lines="all", gap=True, **k):
        t = s.d.add_table(len(rows), len(widths)); t.style = s.d.styles["Table Grid"]
        if lines != "all":
            b = OxmlElement("w:tblBorders")
            for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
                on = {"h": side in ("top", "bottom", "insideH"), "frame": side != "insideH", "none": False, "outer": side in ("top", "left", "bottom", "right")}[lines]
                el(b, "w:" + side, val="single" if on else "none", sz=4, space=0, color="auto")
            pr = t._tbl.tblPr; x = pr.find(qn("w:tblLayout"))
            if x is None: x = pr.find(qn("w:tblLook"))
            x.addprevious(b) if x is not None else pr.append(b)
        s.lay(t, rows, widths, size or s.size, heads, **k)
        if gap: s.p(size=5)
        return t
    def save(s, name, as_of, structure, D, T, extra=None):
        os.makedirs(OUT, exist_ok=True); path = os.path.join(OUT, name); s.d.save(path + ".docx"); pr = tempfile.mkdtemp()
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{pr}", "--convert-to", "pdf", "--outdir", OUT, path + ".docx"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); shutil.rmtree(pr, ignore_errors=True)
        subprocess.run(["pdftotext", "-layout", path + ".pdf", path + ".layout.txt"], check=True); subprocess.run(["pdftotext", path + ".pdf", path + ".raw.txt"], check=True)
        for k, v in (extra or {}).items(): Q[k] = v + [x for x in Q.get(k, [])] if k[-1] != "+" else v
        g = {"doc": name, "files": {"docx": name + ".docx", "pdf": name + ".pdf", "layout": name + ".layout.txt", "raw": name + ".raw.txt"}, "as_of": as_of,
             "note": "A finding that touches one of a defect's quotes counts; every occurrence of a quote counts. severity: error|warning; own: kind found in no list.", "structure": structure, "defects": [], "traps": []}
        for k, (kind, sev, where, expect, *o) in sorted(D.items()):
            assert Q.get(k), k; x = {"id": f"{name}-{k}", "kind": kind, "severity": sev, "where": where, "quotes": Q[k], "expect": expect}
            if o: x["own"] = True
            g["defects"].append(x)
        for k, kind in sorted(T.items()): assert Q.get(k), k; g["traps"].append({"id": f"{name}-{k}", "kind": kind, "quotes": Q[k]})
        assert set(Q) == set(D) | set(T), set(Q) ^ (set(D) | set(T))
        json.dump(g, open(path + ".gt.json", "w", encoding="utf-8"), ensure_ascii=False, indent=1)
