#!/usr/bin/env python3
"""Draws what a terminal shows as SVG, from text with colours on the standard input:

    mimamori review examples/mihon-rmp.txt --lang ja --color always \
        | docs/picture.py 'mimamori review examples/mihon-rmp.txt' RMP301 RMP303 RMP415 > docs/review.ja.svg

Of the findings those are shown whose codes are given, and the last paragraph; ⋮ stands for the others. Every character has its place, so that columns stay
right whatever font the reader has.
"""
import re
import sys
import unicodedata
from xml.sax.saxutils import escape

CELL, LINE, EDGE = 8.0, 19, 18
INK, PAPER, QUIET = "#e6e6e3", "#16181d", "#8f9299"
COLOURS = {30: INK, 31: "#ff8a80", 32: "#9ccc8f", 33: "#f2c66d", 34: "#8ab4f8", 35: "#d0a3e8", 36: "#7fd1d8", 37: INK}


def width(c):
    return 0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1


def picture(lines):
    wide, rows, style = 0, [], {"fill": INK, "bold": False}
    for number, line in enumerate(lines):
        column, runs = 0, []
        for part in re.split(r"(\x1b\[[0-9;]*m)", line):
            if part.startswith("\x1b["):
                for code in [int(x or 0) for x in part[2:-1].split(";")]:
                    if code == 0: style = {"fill": INK, "bold": False}
                    elif code == 1: style["bold"] = True
                    elif code == 2: style["fill"] = QUIET
                    elif code == 22: style.update(bold=False, fill=INK)
                    elif code == 39: style["fill"] = INK
                    elif code in COLOURS: style["fill"] = COLOURS[code]
                    elif code - 60 in COLOURS: style["fill"] = COLOURS[code - 60]
                continue
            weight = ' font-weight="700"' if style["bold"] else ""
            # words only: how blanks count in SVG depends on the reader
            for word in re.split(r"(\s+)", part):
                places = []
                for c in word:
                    places.append(f"{EDGE + column * CELL:g}")
                    column += width(c)
                if word.strip():
                    runs.append(f'<tspan fill="{style["fill"]}"{weight} x="{" ".join(places)}">{escape(word)}</tspan>')
        wide = max(wide, column)
        rows.append(f'<text y="{EDGE + 14 + number * LINE}">{"".join(runs)}</text>' if runs else "")
    w, h = wide * CELL + 2 * EDGE, len(lines) * LINE + 2 * EDGE
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w:g} {h:g}" width="{w:g}" height="{h:g}" role="img">'
    yield "<title>mimamori review</title>"
    yield f'<rect width="{w:g}" height="{h:g}" rx="8" fill="{PAPER}"/>'
    yield "<g font-family=\"'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK JP', 'BIZ UDGothic', 'MS Gothic', 'Hiragino Sans', monospace\" font-size=\"13.2\">"
    yield from filter(None, rows)
    yield "</g>\n</svg>"


command, codes = sys.argv[1], sys.argv[2:]
blocks = ["\x1b[2m$ \x1b[0m" + command]
*findings, last = sys.stdin.read().rstrip("\n").split("\n\n")
for finding in findings:
    if any(f"[{code}]" in finding for code in codes):
        blocks.append(finding)
    elif "⋮" not in blocks[-1]:
        blocks.append("\x1b[2m  ⋮\x1b[0m")
print("\n".join(picture("\n\n".join(blocks + [last]).split("\n"))))
