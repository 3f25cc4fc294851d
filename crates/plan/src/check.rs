//! Checking a plan: reading it, and applying the rules.

mod unread;

use std::ops::Range;

use calendar::Date;
use diagnostic::{Checked, Finding, Note, Report, Tool, Words};

use crate::mistake::MOST;
use crate::model::Plan;
use crate::read::{Reading, read};
use crate::rules::{Context, RULES, Sink};
use crate::source::Folder;
use unread::Unread;

/// An edit that mends a finding without changing what the plan says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The rule's code.
    pub code: &'static str,
    /// The file.
    pub path: String,
    /// The bytes that are replaced.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
    /// Which finding of the report it mends.
    pub finding: usize,
}

/// A checked plan.
#[derive(Clone, Debug, Default)]
pub struct Check {
    /// The plan, as far as it could be read.
    pub plan: Plan,
    /// What was found, and what was looked at.
    pub report: Report,
    /// How some of it can be mended.
    pub repairs: Vec<Repair>,
}

/// Reads a plan folder and applies every rule that is in force on a day.
#[must_use]
pub fn check(folder: &Folder, as_of: Date) -> Check {
    let reading = read(folder);
    let today = reading.plan.submitted().map_or(as_of, |day| day.max(as_of));
    judged(reading, as_of, Some(today))
}

/// Reads a plan folder and judges it as of the day it is, or was last, handed in; as of `today` where it tells no such day.
#[must_use]
pub fn check_on_its_day(folder: &Folder, today: Date) -> Check {
    let reading = read(folder);
    let day = reading.plan.submitted().unwrap_or(today);
    judged(reading, day, Some(today.max(day)))
}

/// Applies every rule that is in force on a day to a plan that was read.
#[must_use]
pub fn check_reading(reading: Reading, as_of: Date) -> Check {
    judged(reading, as_of, None)
}

fn judged(reading: Reading, as_of: Date, today: Option<Date>) -> Check {
    let Reading { plan, mistakes } = reading;
    let context = Context::new(&plan, &mistakes, as_of, today);
    let unread = Unread::of(&plan, &mistakes);
    let mut dropped = 0;
    let mut found: Vec<(Finding, Option<Repair>)> = Vec::new();
    let mut checked = Vec::new();
    for rule in RULES.iter().filter(|rule| rule.in_force(as_of)) {
        let mut sink = Sink::new(rule);
        (rule.check)(&context, &mut sink);
        let (mut findings, mut row) = sink.finish(as_of, &plan.sources);
        if !unread.is_empty() {
            let before = findings.len();
            findings.retain(|(finding, _)| unread.leaves(&plan, finding));
            row.found -= before - findings.len();
            dropped += before - findings.len();
        }
        found.append(&mut findings);
        checked.push(row);
    }
    found.sort_by(|(a, _), (b, _)| a.severity.cmp(&b.severity).then_with(|| place(a).cmp(&place(b))).then_with(|| a.code.cmp(b.code)));
    let mut repairs = Vec::new();
    let mut findings = Vec::with_capacity(found.len());
    for (index, (finding, repair)) in found.into_iter().enumerate() {
        findings.push(finding);
        repairs.extend(repair.map(|repair| Repair { finding: index, ..repair }));
    }
    let report = Report {
        tool: Tool { name: "mimamori".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned(), information_uri: None },
        file: plan.name().to_owned(),
        title: Words::new("医薬品リスク管理計画の検査", "Check of a risk management plan"),
        as_of: as_of.to_string(),
        findings,
        notes: checked.iter().filter(|row| row.found > MOST).map(more).chain((dropped > 0).then(|| Unread::note(dropped))).collect(),
        checked,
    };
    Check { plan, report, repairs }
}

fn more(row: &Checked) -> Note {
    let rest = row.found - MOST;
    Note {
        message: Words::new(
            format!("{} の指摘は他に {rest} 件ありますが、示していません。", row.code),
            format!("{} found {rest} more, which are not shown", row.code),
        ),
        span: None,
    }
}

fn place(finding: &Finding) -> (&str, u32, u32) {
    finding.spans.first().map_or(("", 0, 0), |span| (&span.file, span.line.unwrap_or(0), span.column.unwrap_or(0)))
}

/// The files that repairs change, with their new bytes. Of two that overlap, the first is applied; the other is left for the next
/// time.
#[must_use]
pub fn repaired(folder: &Folder, repairs: &[Repair]) -> Folder {
    let mut sorted: Vec<&Repair> = repairs.iter().collect();
    sorted.sort_by(|a, b| (&a.path, a.range.start, a.range.end).cmp(&(&b.path, b.range.start, b.range.end)));
    let mut changed = Folder::new();
    for group in sorted.chunk_by(|a, b| a.path == b.path) {
        let path = &group[0].path;
        let Some(bytes) = folder.get(path) else { continue };
        let mut out = Vec::with_capacity(bytes.len());
        let mut from = 0;
        for repair in group {
            if repair.range.start < from || repair.range.end > bytes.len() || repair.range.start > repair.range.end {
                continue;
            }
            out.extend_from_slice(&bytes[from..repair.range.start]);
            out.extend_from_slice(repair.text.as_bytes());
            from = repair.range.end;
        }
        out.extend_from_slice(&bytes[from..]);
        changed.insert(path.clone(), out);
    }
    changed
}
