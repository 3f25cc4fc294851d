//! Two people changed the same plan: both versions, value by value.

use std::collections::BTreeMap;

use diagnostic::harmless;
use operation::product::Revision;
use plan::Plan;
use plan::difference::{ValueChange, trail};

use crate::speech::{local, say};

/// Somebody's changes by the place they were made at.
type Changes = BTreeMap<String, ValueChange>;

/// What two people made of one revision.
pub struct Both<'a> {
    /// The revision that the folder was made from, and its plan.
    pub base: (u32, &'a Plan),
    /// The revision that was recorded meanwhile.
    pub theirs: (u32, &'a Revision, &'a Plan),
    /// The plan in the folder.
    pub mine: &'a Plan,
}

impl Both<'_> {
    /// Which values both changed, and which only one of them.
    pub fn told(&self) -> String {
        let changes =
            |plan| -> Changes { trail(Some(self.base.1), plan).into_iter().map(|change| (change.path.clone(), change)).collect() };
        let (theirs, mine) = (changes(self.theirs.2), changes(self.mine));
        let (revision, who) = (self.theirs.1, harmless(&self.theirs.1.author));
        let reason = revision.reason.as_deref().map(|reason| format!("{}{}", say("、理由: ", ", reason: "), harmless(reason)));
        let mut text = match say("ja", "en") {
            "ja" => format!(
                "改訂{}が、もとにした改訂{}の後に記録されています（{who}、{}{}）\n",
                self.theirs.0,
                self.base.0,
                local(revision.recorded),
                reason.unwrap_or_default()
            ),
            _ => format!(
                "revision {} was recorded after revision {}, from which yours is made (by {who}, {}{})\n",
                self.theirs.0,
                self.base.0,
                local(revision.recorded),
                reason.unwrap_or_default()
            ),
        };
        let (mut both, mut only_theirs, mut only_mine) = (String::new(), String::new(), String::new());
        for (path, change) in &theirs {
            match mine.get(path) {
                Some(own) if own.new == change.new => {}
                Some(own) => {
                    let revision = say("改訂", "revision ");
                    both.push_str(&format!("    {}\n", harmless(path)));
                    both.push_str(&format!("      {revision}{}: {}\n", self.base.0, value(&change.old)));
                    both.push_str(&format!("      {revision}{}: {}\n", self.theirs.0, value(&change.new)));
                    both.push_str(&format!("      {}: {}\n", say("手元", "yours"), value(&own.new)));
                }
                None => only_theirs.push_str(&one(change)),
            }
        }
        for (path, change) in &mine {
            if !theirs.contains_key(path) {
                only_mine.push_str(&one(change));
            }
        }
        for (title, part) in [
            (say("両方で変わった値", "Values that both changed"), both),
            (say("記録された改訂だけで変わった値", "Values that only the recorded revision changed"), only_theirs),
            (say("手元だけで変わった値", "Values that only yours changed"), only_mine),
        ] {
            if !part.is_empty() {
                text.push_str(&format!("  {title}\n{part}"));
            }
        }
        text
    }
}

fn one(change: &ValueChange) -> String {
    format!("    {}: {} → {}\n", harmless(&change.path), value(&change.old), value(&change.new))
}

fn value(value: &Option<String>) -> String {
    value.as_deref().map_or_else(|| say("（なし）", "(none)").to_owned(), |text| harmless(text).to_string())
}
