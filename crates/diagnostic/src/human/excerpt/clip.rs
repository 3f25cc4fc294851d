use super::is_underlined;
use crate::text::cell::{Cell, cells, width};
use crate::text::style::Style;

/// Cuts a line down to `room` columns around what is underlined, with `…` where something was left out.
///
/// Three fifths of the context stand before the underlined text, because a Japanese sentence names its subject first; if
/// a sentence begins within the first third of it, the excerpt begins there. Behind the underlined text there is room
/// for a note of `note` columns at the carets, if that is possible.
pub(super) fn clip(line: &[Cell], room: usize, note: usize) -> Vec<Cell> {
    if width(line) <= room {
        return line.to_vec();
    }
    let first = line.iter().position(is_underlined).unwrap_or(0);
    let last = line.iter().rposition(is_underlined).map_or(first, |index| index + 1);
    let budget = room.saturating_sub(2);
    let underlined = width(&line[first..last]);
    let (start, end) =
        if underlined >= budget { (first, forwards(line, first, budget)) } else { around(line, first, last, budget - underlined, note) };

    let mut clipped = Vec::new();
    if start > 0 {
        clipped.extend(cells("…", Style::Quiet));
    }
    clipped.extend_from_slice(&line[start..end]);
    if end < line.len() {
        clipped.extend(cells("…", Style::Quiet));
    }
    clipped
}

fn around(line: &[Cell], first: usize, last: usize, spare: usize, note: usize) -> (usize, usize) {
    let after = (spare * 2 / 5).max((note + 1).min(spare));
    let mut start = backwards(line, first, spare - after);
    let mut end = forwards(line, last, spare - width(&line[start..first]));
    if end == line.len() {
        start = backwards(line, first, spare - width(&line[last..end]));
    }
    if start > 0
        && let Some(sentence) = (start..start + (first - start) / 3).find(|&index| line[index].first() == '。')
    {
        start = sentence + 1;
        end = forwards(line, last, spare - width(&line[start..first]));
    }
    (start, end)
}

/// The end of the longest run of cells from `start` that is at most `room` wide.
fn forwards(line: &[Cell], start: usize, room: usize) -> usize {
    let mut used = 0;
    let mut end = start;
    while end < line.len() && used + line[end].width <= room {
        used += line[end].width;
        end += 1;
    }
    end
}

/// The start of the longest run of cells before `end` that is at most `room` wide.
fn backwards(line: &[Cell], end: usize, room: usize) -> usize {
    let mut used = 0;
    let mut start = end;
    while start > 0 && used + line[start - 1].width <= room {
        start -= 1;
        used += line[start].width;
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cell::Cells;

    /// Clips `text`, in which `[` and `]` stand around what is underlined.
    fn check(text: &str, room: usize, note: usize, expected: &str) {
        let mut line = Cells::default();
        let mut style = Style::Plain;
        for character in text.chars() {
            match character {
                '[' => style = Style::Strong,
                ']' => style = Style::Plain,
                _ => line.push(character, style),
            }
        }
        let clipped = clip(&line.into_vec(), room, note);
        assert!(width(&clipped) <= room);
        let text: String = clipped.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(text, expected);
    }

    #[test]
    fn a_line_that_fits_stays_whole() {
        check("あいう[えお]", 10, 0, "あいう[えお]".replace(['[', ']'], "").as_str());
    }

    #[test]
    fn the_underlined_text_stays_in_view() {
        check("あいうえおかきくけ[こさ]しすせそたちつてと", 20, 0, "…かきくけこさしすせ…");
        check("[あい]うえおかきくけこさしすせそ", 12, 0, "あいうえお…");
        check("あいうえおかきくけこさしすせ[そ]", 12, 0, "…さしすせそ");
    }

    #[test]
    fn a_note_gets_room_behind_the_carets() {
        check("あいうえおかきくけ[こさ]しすせそたちつてと", 20, 9, "…くけこさしすせそた…");
    }

    #[test]
    fn an_excerpt_begins_with_a_sentence_that_is_near() {
        check("あい。うえおかきくけ[こ]さしすせそたちつてと", 26, 0, "…うえおかきくけこさしすせ…");
    }

    #[test]
    fn underlined_text_wider_than_the_line_is_cut() {
        check("あ[いうえおかきくけこ]", 10, 0, "…いうえお…");
    }
}
