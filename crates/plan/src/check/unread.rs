//! What a file that cannot be read hides: no rule then says that it is missing.

use diagnostic::{Finding, Note, Words};

use crate::mistake::Mistakes;
use crate::model::Plan;
use crate::rules::code;
use crate::source::{FileId, FileKind};

/// The files that could not be read, or not wholly.
#[derive(Default)]
pub(super) struct Unread {
    /// Of which nothing, or no fact, could be read.
    closed: Vec<FileId>,
    /// In which something was lost.
    torn: Vec<FileId>,
    hidden: Hidden,
}

/// What may stand in these files.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Hidden {
    plan: bool,
    studies: bool,
    concerns: bool,
    activities: bool,
}

impl Hidden {
    const NOTHING: Self = Self { plan: false, studies: false, concerns: false, activities: false };
    const PLAN: Self = Self { plan: true, ..Self::NOTHING };
    const STUDIES: Self = Self { studies: true, ..Self::NOTHING };
    const ACTIVITIES: Self = Self { activities: true, ..Self::NOTHING };
    const PROSE: Self = Self { concerns: true, activities: true, ..Self::NOTHING };
    const ALL: Self = Self { plan: true, studies: true, concerns: true, activities: true };

    fn meets(self, other: Self) -> bool {
        (self.plan && other.plan)
            || (self.studies && other.studies)
            || (self.concerns && other.concerns)
            || (self.activities && other.activities)
    }
}

/// What a rule looks for beyond the file in which it finds something. A rule that compares what is there needs nothing more.
fn sought(rule: &str) -> Hidden {
    match rule {
        // labels and indications; the ids of files are their names
        "PLN201" => Hidden::PLAN,
        "PLN202" | "PLN301" | "PLN304" => Hidden::STUDIES,
        "PLN203" | "PLN206" | "PLN610" => Hidden::PROSE,
        "PLN208" | "PLN607" => Hidden { plan: true, ..Hidden::PROSE },
        "PLN403" | "PLN405" | "PLN407" | "PLN409" | "PLN410" => Hidden::PLAN,
        "PLN601" => Hidden::ACTIVITIES,
        "PLN611" => Hidden::ALL,
        _ => Hidden::NOTHING,
    }
}

impl Unread {
    /// Of a plan, by what reading found in it.
    pub(super) fn of(plan: &Plan, mistakes: &Mistakes) -> Self {
        let mut unread = Self::default();
        for code in [code::NOT_TEXT, code::SYNTAX_ERROR, code::FRONT_MATTER_BROKEN] {
            for mistake in mistakes.of(code).mistakes {
                let Some(file) = mistake.marks.first().map(|mark| mark.at.file) else { continue };
                let Some(path) = plan.sources.file(file).map(|file| file.path.as_str()) else { continue };
                match FileKind::of(path) {
                    FileKind::Plan => unread.hidden.plan = true,
                    FileKind::Studies => unread.hidden.studies = true,
                    FileKind::Concern(_) | FileKind::Efficacy(_) => unread.hidden.concerns = true,
                    FileKind::Activity(_) => unread.hidden.activities = true,
                    // a figure may get its name in a translation
                    FileKind::English(..) => {
                        unread.hidden = Hidden { plan: unread.hidden.plan, studies: unread.hidden.studies, ..Hidden::PROSE }
                    }
                    _ => {}
                }
                if code == code::SYNTAX_ERROR { unread.torn.push(file) } else { unread.closed.push(file) }
            }
        }
        unread
    }

    /// True if what a rule finds is no consequence of a file that could not be read.
    pub(super) fn leaves(&self, plan: &Plan, finding: &Finding) -> bool {
        let Some(file) = finding.spans.first().and_then(|span| plan.sources.find(&span.file)) else { return true };
        // of the source itself everything is told
        if finding.code < "PLN2" {
            return true;
        }
        !self.closed.contains(&file) && (self.torn.contains(&file) || !sought(finding.code).meets(self.hidden))
    }

    /// That something was not looked at.
    pub(super) fn note(&self) -> Option<Note> {
        (!self.is_empty()).then(|| Note {
            message: Words::new(
                "読めないファイルがあるため、その内容によるほかのファイルの指摘は示していません。",
                "as a file cannot be read, what depends on it in other files is not told",
            ),
            span: None,
        })
    }

    /// True if every file could be read.
    pub(super) fn is_empty(&self) -> bool {
        self.closed.is_empty() && self.torn.is_empty()
    }
}
