"""What T, U, V share: a form in one of three frames, filled by each plan in its own habit."""
from kit import *
D = datetime.date
iso = lambda d: d.isoformat()
N = lambda n: f"{n:,}"
class Form:
    def __init__(s, paper, mode, size, dot="．", colon="：", gap="　"):
        s.p, s.mode, s.size, s.w, s.dot, s.gap = paper, mode, size, paper.width, dot, gap
    def sec(s, no, title, size=12, before=10):
        s.p.line(f"{no}{s.gap}{title}", size, True, before=before, keep=True)
    def tab(s, rows, widths, size=None, **k):
        t = s.p.table(rows, widths, size or s.size, **k)
        return rules(t, left="none", right="none") if s.mode == "open" else t
    def box(s, head, parts):
        """a heading and its parts, each a list of lines"""
        if s.mode == "frame":
            s.tab([[head]] + [[x] for x in parts], [s.w], bold=(0,), shaded=(0,), indents={i: .3 for i in range(1, len(parts) + 1)}); s.p.line(size=4)
        elif s.mode == "open":
            rules(s.p.table([[head], [sum(parts, [])]], [s.w], s.size, bold=(0,), indents={1: .3}), insideH="none"); s.p.line(size=4)
        else:
            s.p.line(head, s.size + .5, True, before=6, keep=True)
            for x in parts:
                for l in x:
                    if isinstance(l, dict): s.p.table(l["rows"], l["widths"], s.size - .5, heads=1)
                    else:
                        q = s.p.line(l.lstrip(">"), s.size); q.paragraph_format.left_indent = Cm(.5 + .4 * (len(l) - len(l.lstrip(">"))))
