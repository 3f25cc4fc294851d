//! A milestone that waits for an activity that has ended.

use diagnostic::Severity;
use terminology::Text;

use crate::heading::{Section, Title};
use crate::review::activities::{Entry, LISTS, PLANS};
use crate::review::names::Relation;
use crate::review::periods::{self, Status, status, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP421",
    name: "milestone-waits-for-finished",
    severity: Severity::Warning,
    title: ("終了した活動を待つ節目", "a milestone waits for an activity that has ended"),
    why: (
        "終了し報告を終えた活動の結果は、実施中の活動の節目にならない。",
        "what has ended and been reported is no milestone of what goes on",
    ),
    reference: periods::LISTS,
    manual: include_str!("milestone_waits_for_finished.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let all: Vec<(&str, bool)> = context
        .activities
        .iter()
        .map(|e| {
            let states: Vec<_> =
                e.rows.iter().flatten().filter_map(|r| r.status.as_ref().filter(|s| s.sure)).map(|s| status(s.as_str())).collect();
            (e.name.as_str(), !states.is_empty() && states.iter().all(|s| *s == Some(Status::Finished)))
        })
        .collect();
    if !all.iter().any(|a| a.1) {
        return;
    }
    let names: Vec<&str> = all.iter().map(|a| a.0).collect();
    for entry in &context.activities {
        let ongoing =
            entry.rows.iter().flatten().any(|r| r.status.as_ref().is_some_and(|s| s.sure && status(s.as_str()) == Some(Status::Ongoing)));
        if !ongoing || entry.names.iter().any(|n| n.3 == Relation::Different) {
            continue;
        }
        for (text, section, name) in texts(entry) {
            for piece in pieces(text.as_str()) {
                let words_of = &text.as_str()[piece.clone()];
                let Some(stop) =
                    ["結果報告時", "報告時", "終了時", "結果が得られた"].iter().find_map(|w| words_of.find(w).map(|at| at + w.len()))
                else {
                    continue;
                };
                let said = &words_of[..stop];
                if !said.contains(['調', '試']) || said.contains("安全性定期報告時") {
                    continue;
                }
                sink.looked_at(1);
                let (named, unknown) = context.names.named_in(said, &names);
                let meant: Vec<usize> = (0..names.len()).filter(|&n| named[n] && names[n] != entry.name.as_str()).collect();
                let [only] = meant.as_slice() else { continue };
                // without its topic a kind may mean another activity
                let kind_alone = !said.contains(['(', '（'])
                    && !said.contains("における")
                    && names.iter().filter(|n| n.contains(kind(names[*only]))).count() > 1;
                if !unknown.is_empty() || !all[*only].1 || kind_alone {
                    continue;
                }
                sink.report(
                    context,
                    words(
                        format!("節目が、終了した「{}」を待っています", names[*only]),
                        format!("this milestone waits for “{}”, which has ended", names[*only]),
                    ),
                    words("節目から除くか、これからの時期に改めてください。", "take it out, or name a time to come"),
                    &std::iter::once(Mark::part(text, piece.start..piece.start + stop, section, name).label("終了した活動", "has ended"))
                        .chain(finished(&context.activities[*only]))
                        .collect::<Vec<_>>(),
                );
            }
        }
    }
}

fn kind(name: &str) -> &str {
    ["市販直後調査", "特定使用成績調査", "一般使用成績調査", "使用成績比較調査", "データベース調査", "使用成績調査", "臨床試験"]
        .into_iter()
        .find(|k| name.contains(k))
        .unwrap_or(name)
}

fn texts<'a>(entry: &Entry<'a>) -> Vec<(&'a Text, Section, &'a str)> {
    let plans =
        entry.plan.iter().enumerate().filter_map(|(n, a)| Some((&(*a)?.part(Title::Milestones)?.body.text, PLANS[n], (*a)?.name.as_str())));
    let rows = entry
        .rows
        .iter()
        .enumerate()
        .filter_map(|(n, r)| Some((&(*r)?.milestones.as_ref().filter(|c| c.sure)?.text, LISTS[n], (*r)?.name.as_str())));
    plans.chain(rows).collect()
}

/// The parts of a list of milestones.
fn pieces(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let cut = |c: char| matches!(c, '・' | '。' | '、' | '-') || matches!(c, '①'..='⑳');
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth <= 0 && (cut(c) || text[at..].starts_with("及び")) => {
                pieces.push(start..at);
                start = at + if cut(c) { c.len_utf8() } else { "及び".len() };
            }
            _ => {}
        }
    }
    pieces.push(start..text.len());
    pieces.retain(|p| p.start < p.end);
    pieces
}

fn finished<'a>(entry: &Entry<'a>) -> Option<Mark<'a>> {
    let (n, row) = entry.rows.iter().enumerate().find_map(|(n, r)| Some((n, (*r)?)))?;
    Some(Mark::whole(&row.status.as_ref()?.text, LISTS[n], row.name.as_str()).label("終了", "ended"))
}
