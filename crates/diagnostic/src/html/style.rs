/// The page's style sheet.
pub(super) const SHEET: &str = include_str!("style.css");

/// Following a link to a finding that the choice of severities hides shows all of them. Without it the page works too.
pub(super) const SCRIPT: &str = include_str!("reveal.js");
