//! What a file, a line or a value that cannot be read hides: no rule then says that it is missing. One mistake, one finding.

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
    /// In which something was lost: a line, or a value whose key or type is wrong.
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
    /// The prose of any file.
    prose: bool,
    /// How surveys are run, and their forms.
    forms: bool,
}

impl Hidden {
    const NOTHING: Self = Self { plan: false, studies: false, concerns: false, activities: false, prose: false, forms: false };
    const PLAN: Self = Self { plan: true, ..Self::NOTHING };
    const STUDIES: Self = Self { studies: true, ..Self::NOTHING };
    const ACTIVITIES: Self = Self { activities: true, ..Self::NOTHING };
    const CONCERNS: Self = Self { concerns: true, ..Self::NOTHING };
    const PROSE: Self = Self { prose: true, ..Self::NOTHING };
    const FORMS: Self = Self { forms: true, ..Self::NOTHING };

    fn meets(self, other: Self) -> bool {
        (self.plan && other.plan)
            || (self.studies && other.studies)
            || (self.concerns && other.concerns)
            || (self.activities && other.activities)
            || (self.prose && other.prose)
            || (self.forms && other.forms)
    }

    const fn and(self, other: Self) -> Self {
        Self {
            plan: self.plan || other.plan,
            studies: self.studies || other.studies,
            concerns: self.concerns || other.concerns,
            activities: self.activities || other.activities,
            prose: self.prose || other.prose,
            forms: self.forms || other.forms,
        }
    }

    /// The facts of a file.
    fn facts(path: &str) -> Self {
        match FileKind::of(path) {
            FileKind::Plan => Self::PLAN,
            FileKind::Studies => Self::STUDIES,
            FileKind::Concern(_) | FileKind::Efficacy(_) => Self::CONCERNS,
            FileKind::Activity(_) => Self::ACTIVITIES,
            FileKind::Survey(_) | FileKind::Form(..) => Self::FORMS,
            _ => Self::NOTHING,
        }
    }
}

/// What a rule looks for beyond the file in which it finds something. A rule that compares what is there needs nothing more.
fn sought(rule: &str) -> Hidden {
    match rule {
        // labels and indications; the ids of files are their names
        "PLN201" | "PLN403" | "PLN407" | "PLN409" | "PLN410" => Hidden::PLAN,
        "PLN202" | "PLN209" | "PLN301" | "PLN304" => Hidden::STUDIES,
        "PLN203" | "PLN610" => Hidden::PROSE,
        "PLN206" => Hidden::CONCERNS.and(Hidden::ACTIVITIES).and(Hidden::PROSE),
        "PLN208" | "PLN607" => Hidden::PLAN.and(Hidden::CONCERNS).and(Hidden::ACTIVITIES),
        "PLN405" => Hidden::PLAN,
        "PLN601" => Hidden::ACTIVITIES,
        // expressions name items of other forms
        "PLN801" | "PLN802" | "PLN803" => Hidden::FORMS,
        "PLN611" => Hidden::PLAN.and(Hidden::STUDIES).and(Hidden::CONCERNS).and(Hidden::ACTIVITIES).and(Hidden::PROSE),
        _ => Hidden::NOTHING,
    }
}

/// The rules that tell what a file lacks: where something was lost it may be that.
const ABSENT: [&str; 11] = ["PLN405", "PLN411", "PLN502", "PLN602", "PLN604", "PLN606", "PLN607", "PLN608", "PLN614", "PLN702", "PLN703"];
/// What other files refer to in `plan.toml`: a slip elsewhere in it is no matter of theirs.
const REFERRED: [&str; 8] = ["indication", "label", "condition", "id", "product", "approved", "launched", "reexamination"];

impl Unread {
    /// Of a plan, by what reading found in it.
    pub(super) fn of(plan: &Plan, mistakes: &Mistakes) -> Self {
        let mut unread = Self::default();
        let lost =
            [code::NOT_TEXT, code::FRONT_MATTER_BROKEN, code::SYNTAX_ERROR, code::UNKNOWN_KEY, code::WRONG_TYPE, code::UNKNOWN_VALUE];
        for code in lost {
            for mistake in mistakes.of(code).mistakes {
                let Some(at) = mistake.marks.first().map(|mark| mark.at) else { continue };
                let Some(path) = plan.sources.file(at.file).map(|file| file.path.as_str()) else { continue };
                let mut hidden = Hidden::facts(path);
                match code {
                    code::NOT_TEXT | code::FRONT_MATTER_BROKEN => {
                        hidden = hidden.and(if path.ends_with(".md") { Hidden::PROSE } else { Hidden::NOTHING });
                        unread.closed.push(at.file);
                    }
                    code::SYNTAX_ERROR => unread.torn.push(at.file),
                    // a key that resembles none was never read
                    code::UNKNOWN_KEY if mistake.fix.is_none() => continue,
                    _ => {
                        let key = mistake.fix.map_or_else(|| plan.sources.text(at).trim_start_matches('[').to_owned(), |fix| fix.text);
                        if hidden == Hidden::PLAN && !REFERRED.iter().any(|name| key.starts_with(name)) {
                            hidden = Hidden::NOTHING;
                        }
                        unread.torn.push(at.file);
                    }
                }
                unread.hidden = unread.hidden.and(hidden);
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
        let absent = self.torn.contains(&file) && ABSENT.contains(&finding.code);
        !self.closed.contains(&file) && !absent && !sought(finding.code).meets(self.hidden)
    }

    /// That so many findings are not told.
    pub(super) fn note(dropped: usize) -> Note {
        Note {
            message: Words::new(
                format!("読めない箇所から生じたとみられる指摘 {dropped} 件は示していません。直してからもう一度検査してください。"),
                format!("{dropped} findings that seem to follow from what cannot be read are not told: mend it and check again"),
            ),
            span: None,
        }
    }

    /// True if every file could be read.
    pub(super) fn is_empty(&self) -> bool {
        self.closed.is_empty() && self.torn.is_empty()
    }
}
