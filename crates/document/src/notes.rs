//! Findings set beside the passages they are about.

use diagnostic::{Finding, Severity};
use typeset::{Inline, Note, Tone};

use crate::fragment::{Fragment, Origin};

/// A finding as it is set in the margin of a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// The file it is about.
    pub file: String,
    /// The line.
    pub line: u32,
    /// What is set.
    pub note: Note,
}

impl Remark {
    /// The remark that tells a finding.
    #[must_use]
    pub fn of(finding: &Finding) -> Self {
        let (file, line) = finding.spans.first().map_or((String::new(), 0), |span| (span.file.clone(), span.line.unwrap_or(0)));
        let tone = if finding.severity == Severity::Error { Tone::Overdue } else { Tone::Due };
        let mut content = vec![Inline::Text(finding.message.ja.clone())];
        if !file.is_empty() {
            content.push(Inline::Text(format!("（{file}:{line}）")));
        }
        Self { note: Note { tone, label: finding.code.to_owned(), content }, file, line }
    }
}

/// For each remark the fragment beside which it is set: the one that takes up the fewest lines around its own. `None` for the front of
/// the document.
pub fn places(remarks: &[Remark], fragments: &[std::sync::Arc<Fragment>]) -> Vec<Option<usize>> {
    let origins: Vec<(usize, &Origin)> = fragments.iter().enumerate().filter_map(|(n, f)| Some((n, f.origin.as_ref()?))).collect();
    remarks
        .iter()
        .map(|remark| {
            let around = origins.iter().filter(|(_, o)| o.file == remark.file && (o.first..=o.last).contains(&remark.line));
            around.min_by_key(|(n, o)| (o.last - o.first, *n)).map(|(n, _)| *n)
        })
        .collect()
}
