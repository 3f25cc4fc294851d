//! 変更の履歴 says that a report was submitted at another time than the lists.

use std::ops::Range;

use diagnostic::Severity;

use crate::heading::Section;
use crate::model::{ListRow, Passage, Stated};
use crate::review::activities::LISTS;
use crate::review::periods::{self, At, report, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP425",
    name: "history-date-differs",
    severity: Severity::Warning,
    title: ("報告書の提出時期が変更の履歴と一覧で異なる", "the history of changes dates a report otherwise than the lists"),
    why: (
        "変更の履歴は、一覧に記載した事実を変更の理由として述べる。提出の時期は一つである。",
        "the history of changes gives as its reason what the lists record; a report is submitted once",
    ),
    reference: periods::LISTS,
    manual: include_str!("history_date_differs.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let Some(history) = &context.published.history else { return };
    let changes = entries(&history.changes);
    for passage in [&history.changes, &history.reasons] {
        for (number, range) in entries(passage) {
            let words_of = &passage.as_str()[range.clone()];
            let submitted = words_of.contains("報告書") && words_of.contains("提出");
            if !submitted || ["中間", "予定", "まで", "以内"].iter().any(|w| words_of.contains(w)) {
                continue;
            }
            let dates = report(words_of).dates;
            let [said] = dates.as_slice() else { continue };
            // the entry names the activity, or that of the same number does
            let paired = changes.iter().find(|(n, _)| number.is_some() && *n == number).map(|(_, r)| &history.changes.as_str()[r.clone()]);
            let Some((row, cell, made, list)) = [Some(words_of), paired].into_iter().flatten().find_map(|text| reported(context, text))
            else {
                continue;
            };
            sink.looked_at(1);
            if made.date.month.is_none() || said.date.month.is_none() {
                continue;
            }
            if (made.date.year, made.date.month) == (said.date.year, said.date.month) {
                continue;
            }
            sink.report(
                context,
                words(
                    format!(
                        "報告書の提出は変更の履歴では {}、{} では {} です",
                        said.date.in_japanese(),
                        list.number(),
                        made.date.in_japanese()
                    ),
                    format!("the report was submitted on {} by the history of changes, on {} by {}", said.date, made.date, list.number()),
                ),
                words("提出した年月を確かめ、一方に合わせてください。", "check when it was submitted, and let both say the same"),
                &[
                    Mark::part(&cell.text, made.range.clone(), list, row.name.as_str()).label("一覧では", "in the list"),
                    Mark::part(&passage.text, range.start + said.range.start..range.start + said.range.end, Section::History, "")
                        .label("変更の履歴では", "in the history"),
                ],
            );
        }
    }
}

/// The entries of a passage with their circled numbers, where they have one.
fn entries(passage: &Passage) -> Vec<(Option<char>, Range<usize>)> {
    let text = passage.as_str();
    let mut starts: Vec<(Option<char>, usize)> =
        text.char_indices().filter(|(_, c)| matches!(c, '①'..='⑳')).map(|(at, c)| (Some(c), at)).collect();
    if starts.is_empty() {
        starts = passage.starts.iter().map(|at| (None, *at)).collect();
    }
    let end = |n: usize| starts.get(n + 1).map_or(text.len(), |next| next.1);
    starts.iter().enumerate().map(|(n, (number, start))| (*number, *start..end(n))).collect()
}

/// The only row of the lists that the text names, where it dates the report once.
fn reported<'a>(context: &Context<'a>, text: &str) -> Option<(&'a ListRow, &'a Stated, At, Section)> {
    let names: Vec<&str> = context.activities.iter().map(|e| e.name.as_str()).collect();
    let (named, _) = context.names.named_in(text, &names);
    let mut hits = context.activities.iter().zip(named).filter_map(|(e, named)| named.then_some(e));
    let (entry, None) = (hits.next()?, hits.next()) else { return None };
    entry.rows.iter().zip(LISTS).find_map(|(row, list)| {
        let row = (*row)?;
        let cell = row.report.as_ref().filter(|c| c.sure)?;
        let made = report(cell.as_str());
        let [only] = made.dates.as_slice() else { return None };
        made.done.then(|| (row, cell, only.clone(), list))
    })
}
