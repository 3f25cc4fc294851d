use crate::{Finding, Note, Severity, Words};

/// Everything that one examination has to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What examined.
    pub tool: Tool,
    /// The examined file's name as the reader gave it.
    pub file: String,
    /// The title of the report.
    pub title: Words,
    /// The date as of which it was examined, `YYYY-MM-DD`; may be empty.
    pub as_of: String,
    /// What was found, in the order to be shown.
    pub findings: Vec<Finding>,
    /// What else the reader must be told.
    pub notes: Vec<Note>,
    /// What was checked, rule by rule, also where nothing was found.
    pub checked: Vec<Checked>,
}

impl Report {
    /// How many findings have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The greatest severity among the findings; `None` if there are none.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).min()
    }

    /// How many statements the rules were applied to, summed over the rules.
    pub(crate) fn statements(&self) -> usize {
        self.checked.iter().fold(0, |sum, row| sum.saturating_add(row.of))
    }

    /// The rules that found nothing to be applied to.
    pub(crate) fn idle(&self) -> impl Iterator<Item = &Checked> {
        self.checked.iter().filter(|row| row.of == 0)
    }
}

/// What examined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tool {
    /// The command, as it is typed: readers are told to type `name explain CODE`.
    pub name: String,
    /// The version.
    pub version: String,
    /// Where to read more, an absolute URI.
    pub information_uri: Option<String>,
}

/// One rule that was applied, and to how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The rule's code.
    pub code: &'static str,
    /// The rule's name, in kebab case.
    pub name: &'static str,
    /// What is checked, as a plural noun, so that "0 of 178 …" reads well.
    pub title: Words,
    /// How many statements were found wanting.
    pub found: usize,
    /// How many statements were checked: the denominator.
    pub of: usize,
}
