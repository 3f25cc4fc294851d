//! Which words of a document stand neither in the source nor in the list of what was left.

use crate::Case;
use crate::borders::borders;

/// Labels of the form.
const LABELS: [&str; 2] = ["選択理由", "内容"];

/// Only letters and figures: blanks, marks of lists, brackets and escapes tell nothing about what was dropped.
fn bare(text: &str) -> String {
    terminology::Text::new(text, 0).as_str().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What the source says and what was left, figures as they are printed.
fn said(case: &Case) -> String {
    let mut all = String::new();
    for text in case.imported.files.values() {
        let mut from = 0;
        for figure in plan::figure::figures(text, plan::source::Place::default()) {
            all.push_str(&text[from..figure.at.start]);
            if let Ok(plan::figure::FigureKind::Counts(counts)) = &figure.kind {
                all.push_str(&format!("{}/{}", counts.x, counts.n));
            }
            from = figure.at.end;
        }
        all.push_str(&text[from..]);
        all.push('\n');
    }
    case.imported.left.iter().for_each(|left| all.push_str(&left.text));
    bare(&all)
}

/// Sentences of the prose, cut at their counts: how many are kept of how many.
pub fn measure(case: &Case) -> (usize, usize) {
    let said = said(case);
    let borders = borders(&case.published);
    let prose = &case.published.prose;
    let (mut kept, mut all) = (0, 0);
    // the outline of the product becomes data, which `structure` compares
    let sections = prose.paragraphs.iter().enumerate().filter(|(_, p)| p.view.section != published::heading::Section::Product);
    for (n, paragraph) in sections {
        let text = paragraph.text.as_str();
        let ends = |c: char| {
            matches!(
                c,
                '。' | '・' | ':' | '、' | '「' | '」' | '【' | '】' | '[' | ']' | '〔' | '〕' | '(' | ')' | '<' | '>' | '≪' | '≫' | '①'
                    ..='⑳'
            )
        };
        let mut cuts: Vec<usize> = text.match_indices(ends).map(|(at, found)| at + found.len()).collect();
        let counts = || prose.counts.iter().filter(|count| count.paragraph == n);
        counts().for_each(|count| cuts.extend([count.range.start, count.range.end]));
        cuts.extend(paragraph.seams.iter().copied());
        // a dash that marks an item of a list, and not one within a name
        let within = |at: usize| [text[..at].chars().next_back(), text[at + 1..].chars().next()];
        let dash = |at: &usize| within(*at).iter().flatten().any(|c| !c.is_ascii());
        cuts.extend(text.match_indices('-').map(|(at, _)| at).filter(dash));
        cuts.extend(
            text.char_indices().map(|(at, _)| at).filter(|&at| paragraph.text.origin(at).is_some_and(|origin| borders.contains(&origin))),
        );
        cuts.extend([0, text.len()]);
        cuts.sort_unstable();
        for pair in cuts.windows(2) {
            let counted = counts().any(|count| count.range.start <= pair[0] && pair[1] <= count.range.end);
            let part = bare(&text[pair[0]..pair[1]]);
            if counted || part.chars().count() < 2 || LABELS.contains(&part.as_str()) {
                continue;
            }
            all += 1;
            if said.contains(&part) {
                kept += 1;
            } else {
                println!("   dropped: {part}");
            }
        }
    }
    (kept, all)
}
