use diagnostic::Language;
use statistics::percentage::half_up;

use super::{Counts, Shown};

/// What counts print, rounded half up: 51.7%（30/58例）, in English 51.7% (30/58); with `among` 58例中30例（51.7%）, 30 of 58 (51.7%).
///
/// ```
/// use plan::figure::{FigureKind, figures, print_counts};
/// let found = figures("{{ 30/58 }}", plan::source::Place::default());
/// let Ok(FigureKind::Counts(counts)) = &found[0].kind else { panic!() };
/// assert_eq!(print_counts(counts, diagnostic::Language::Japanese), "51.7%（30/58例）");
/// ```
#[must_use]
pub fn print_counts(counts: &Counts, language: Language) -> String {
    let percentage = half_up(counts.x, counts.n, counts.decimals).unwrap_or_else(|| "–".to_owned());
    let unit = match (language, &counts.unit) {
        (_, Some(unit)) => unit.as_str(),
        (Language::Japanese, None) => "例",
        (Language::English, None) => "",
    };
    let fraction = match (counts.among, language) {
        (false, _) => format!("{}/{}{unit}", counts.x, counts.n),
        (true, Language::Japanese) => format!("{}{unit}中{}{unit}", counts.n, counts.x),
        (true, Language::English) => format!("{} of {}{unit}", counts.x, counts.n),
    };
    match (counts.shown, language) {
        (Shown::Percentage, _) => format!("{percentage}%"),
        (Shown::Counts, _) => fraction,
        (Shown::Both, Language::Japanese) if counts.among => format!("{fraction}（{percentage}%）"),
        (Shown::Both, Language::English) if counts.among => format!("{fraction} ({percentage}%)"),
        (Shown::Both, Language::Japanese) => format!("{percentage}%（{fraction}）"),
        (Shown::Both, Language::English) => format!("{percentage}% ({fraction})"),
    }
}
