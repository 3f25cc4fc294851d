//! Changes made in a Word file that was built, taken back into the source.
//!
//! What was printed and what came back are compared paragraph by paragraph and word by word. A change of words that a person wrote in the
//! source becomes a proposal; one of what derives is refused with the place to change instead. Each proposal is tried before it is
//! shown: the source as it would be is printed again, and must print what came back.
//!
//! | where | what |
//! |---|---|
//! | `align.rs` | which paragraph is which |
//! | `propose.rs` | what changed in it, and whose words they are |
//! | `source.rs` | a text of the source, and which bytes print which letter |
//! | `values.rs` | where words that derive are written |

mod align;
mod propose;
mod source;
mod values;
mod written;

use std::ops::Range;

use diagnostic::Words;
use plan::Folder;
use plan::source::Place;

pub use propose::propose;
pub(crate) use written::sourced;
pub use written::{NoPlace, Written};

/// A paragraph as it was printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// Its words; a new line within it is `\n`.
    pub text: String,
    /// Words of it that were written in the source.
    pub parts: Vec<Part>,
}

/// Words of a paragraph that were written in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The name by which they are found again.
    pub bookmark: String,
    /// Where they are written.
    pub written: Written,
    /// The bytes of the paragraph.
    pub range: Range<usize>,
    /// Only named here; they are told of elsewhere.
    pub mention: bool,
}

/// A paragraph that came back, with its changes accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Returned {
    /// Its words.
    pub text: String,
    /// The names of words that begin in it.
    pub begins: Vec<String>,
    /// Who changed it, where changes were tracked.
    pub authors: Vec<String>,
}

/// A change that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The printed words before it.
    pub before: String,
    /// The words that were printed.
    pub old: String,
    /// The words that came back.
    pub new: String,
    /// The printed words after it.
    pub after: String,
    /// Where it is written, or where what it derives from is written.
    pub place: Option<Place>,
    /// Who made it, where changes were tracked.
    pub authors: Vec<String>,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// What becomes of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It can be taken into the source by these edits.
    Proposed(Vec<Edit>),
    /// It cannot.
    Refused(Refusal),
}

/// Bytes of a file and what stands there instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub file: String,
    /// Its bytes.
    pub range: Range<usize>,
    /// What stands there instead.
    pub text: String,
}

/// Why a change is not taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is within the digits of a figure.
    Figure,
    /// It is of words that derive from what is written elsewhere.
    Derived,
    /// It is of words that the form says.
    Form,
    /// The plan says something else there by now.
    ChangedSince,
    /// What it would change is no longer in the plan.
    Gone,
    /// The source written so would not print it.
    Unfollowed,
    /// The plan says it so by now.
    Already,
}

impl Refusal {
    /// Its name, for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Derived => "derived",
            Self::Form => "form",
            Self::ChangedSince => "changed-since",
            Self::Gone => "gone",
            Self::Unfollowed => "unfollowed",
            Self::Already => "already",
        }
    }

    /// Why, and what to do.
    #[must_use]
    pub fn words(self) -> Words {
        let (ja, en) = match self {
            Self::Figure => (
                "数値は計画に書かれた例数から計算されます。例数を、ここに示す箇所で直してください",
                "the figure is computed from the counts in the plan; change them at the place shown",
            ),
            Self::Derived => (
                "この箇所は計画の他の記載から導かれます。ここに示す箇所で直してください",
                "this is derived from what the plan states elsewhere; change it at the place shown",
            ),
            Self::Form => (
                "この箇所は計画の文章ではなく、様式の文言か、様式が計画の値から組み立てたものです。様式か、ここに示す計画の記載を直してください",
                "these are not words of the plan but of the form, or made by it from values of the plan; change the form, or the plan at the place shown",
            ),
            Self::ChangedSince => (
                "文書を作った後に計画のこの箇所が変わっているため、当てはめる位置が定まりません。ここに示す箇所を見て直してください",
                "the plan has changed here since the document was built, so the place is not certain; look at the place shown",
            ),
            Self::Gone => (
                "この文章は、文書を作った後に計画から無くなっています",
                "these words are no longer in the plan since the document was built",
            ),
            Self::Unfollowed => (
                "ソースの書き方（表、強調、注釈など）に関わるため、自動では反映できません。ここに示す箇所で直してください",
                "it touches how the source is written (a table, bold words, a comment) and cannot be taken over by itself; change it at the place shown",
            ),
            Self::Already => ("計画はすでにこのとおりです", "the plan says so already"),
        };
        Words::new(ja, en)
    }
}

/// The files of a plan with changes taken over, only those that change.
///
/// # Errors
/// Two of the changes touch the same words: which, by their numbers in `changes`.
pub fn apply(folder: &Folder, changes: &[&Change]) -> Result<Folder, (usize, usize)> {
    let mut edits: Vec<(usize, &Edit)> = Vec::new();
    for (number, change) in changes.iter().enumerate() {
        if let Verdict::Proposed(own) = &change.verdict {
            edits.extend(own.iter().map(|edit| (number, edit)));
        }
    }
    edits.sort_by(|(m, a), (n, b)| (&a.file, a.range.start, a.range.end, m).cmp(&(&b.file, b.range.start, b.range.end, n)));
    for pair in edits.windows(2) {
        let [(m, a), (n, b)] = pair else { continue };
        if a.file == b.file && b.range.start < a.range.end {
            return Err((*m.min(n), *m.max(n)));
        }
    }
    let mut changed = Folder::new();
    for (path, bytes) in folder.iter() {
        let own: Vec<&Edit> = edits.iter().filter(|(_, edit)| edit.file == path).map(|(_, edit)| *edit).collect();
        if own.is_empty() {
            continue;
        }
        let mut out = Vec::with_capacity(bytes.len());
        let mut from = 0;
        for edit in own {
            out.extend_from_slice(bytes.get(from..edit.range.start).unwrap_or_default());
            out.extend_from_slice(edit.text.as_bytes());
            from = edit.range.end;
        }
        out.extend_from_slice(bytes.get(from..).unwrap_or_default());
        changed.insert(path, out);
    }
    Ok(changed)
}
