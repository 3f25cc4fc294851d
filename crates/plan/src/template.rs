//! A minimal plan to begin with. Product and company are invented.

use crate::source::Folder;

/// A plan that checks clean on any day: one product, one indication, one concern and one material, each with notes on what to write.
#[must_use]
pub fn template() -> Folder {
    [
        ("plan.toml", include_str!("template/plan.toml")),
        ("concerns/infection.md", include_str!("template/concern.md")),
        ("activities/guide.md", include_str!("template/activity.md")),
    ]
    .into_iter()
    .collect()
}

#[cfg(test)]
mod tests {
    use calendar::Date;

    use super::template;
    use crate::check::check;
    use crate::format::format;

    #[test]
    fn it_checks_clean_on_any_day_and_is_laid_out() {
        for day in [Date::constant(2025, 10, 6), Date::constant(2026, 11, 23), Date::constant(2045, 1, 1)] {
            let findings = check(&template(), day).report.findings;
            assert!(findings.is_empty(), "{day}: {findings:#?}");
        }
        assert_eq!(format(&template()).changed.iter().map(|(path, _)| path).collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
