"""What plans P to S share beyond build.py: borders, vertical merging, exact limits."""
import os
import sys

from build import *          # noqa: F401,F403
from build import put
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

OUT = sys.argv[1] if len(sys.argv) > 1 else "."


def rules(t, **sides):
    """Borders of a table: single or none for each of top, left, bottom, right, insideH, insideV."""
    pr = t._tbl.tblPr
    old = pr.find(qn("w:tblBorders"))
    if old is not None:
        pr.remove(old)
    b = OxmlElement("w:tblBorders")
    for s in ("top", "left", "bottom", "right", "insideH", "insideV"):
        v = sides.get(s, "single")
        e = OxmlElement("w:" + s)
        e.set(qn("w:val"), v)
        e.set(qn("w:sz"), "4")
        e.set(qn("w:space"), "0")
        e.set(qn("w:color"), "auto")
        b.append(e)
    # schema order: after tblW/jc, before tblLayout/tblCellMar
    style = pr.find(qn("w:tblStyle"))
    if style is not None:
        pr.remove(style)
    for tag in ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"):
        x = pr.find(qn(tag))
        if x is not None:
            x.addprevious(b)
            break
    else:
        pr.append(b)
    return t


def down(t, col, a, b):
    """Merge column `col` of rows a..b; the text of the first stays."""
    for r in range(a + 1, b + 1):
        for p in t.cell(r, col).paragraphs[1:]:
            p._p.getparent().remove(p._p)
    t.cell(a, col).merge(t.cell(b, col))
    c = t.cell(a, col)
    for p in list(c.paragraphs)[::-1]:
        if not p.text and len(c.paragraphs) > 1:
            p._p.getparent().remove(p._p)
    return t


def clopper(x, n, conf=.95):
    """Exact limits by bisection."""
    from math import lgamma, exp, log

    def cdf(k, p):
        if p <= 0:
            return 1.0
        if p >= 1:
            return 1.0 if k >= n else 0.0
        return sum(exp(lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) + i * log(p) + (n - i) * log(1 - p)) for i in range(0, k + 1))

    def solve(f):
        lo, hi = 0.0, 1.0
        for _ in range(200):
            m = (lo + hi) / 2
            if f(m):
                lo = m
            else:
                hi = m
        return lo
    a = (1 - conf) / 2
    low = 0.0 if x == 0 else solve(lambda p: 1 - cdf(x - 1, p) < a)
    up = 1.0 if x == n else solve(lambda p: cdf(x, p) > a)
    return low, up
