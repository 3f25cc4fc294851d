//! A rule: what it is called, how grave its findings are, where it comes from and since when.

use calendar::Date;

use crate::{Finding, Severity, Span, Words};

/// A rule. Each has a Markdown page that is its manual, its test and its evidence. `Check` is the function that looks for it, as the
/// examining crate defines it.
#[derive(Debug)]
pub struct Rule<Check> {
    /// Code, such as `RMP301`. Never used for another rule.
    pub code: &'static str,
    /// Name that reads as "allow …", such as `percentage-disagrees`.
    pub name: &'static str,
    /// How grave a finding is, unless the rule says otherwise for one.
    pub severity: Severity,
    /// What it finds, in a few words: Japanese and English.
    pub title: (&'static str, &'static str),
    /// Why that is bad, in one sentence: Japanese and English.
    pub why: (&'static str, &'static str),
    /// The notice it follows; a document of an earlier day is judged by what came before it.
    pub reference: Reference,
    /// The manual page.
    pub manual: &'static str,
    /// Looks for it.
    pub check: Check,
}

/// A notice and its clause, with the days it is in force, and what it took the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// In Japanese.
    pub ja: &'static str,
    /// In English.
    pub en: &'static str,
    /// First day it is in force; None where it always was.
    pub from: Option<Date>,
    /// Last day it was in force; None where it still is.
    pub until: Option<Date>,
    /// What asked for the same before `from`; None where nothing did.
    pub before: Option<&'static Reference>,
}

impl Reference {
    /// What holds at any time: arithmetic, custom, or a law older than every document.
    #[must_use]
    pub const fn always(ja: &'static str, en: &'static str) -> Self {
        Self { ja, en, from: None, until: None, before: None }
    }

    /// What is in force from this day on.
    #[must_use]
    pub const fn since(from: Date, ja: &'static str, en: &'static str) -> Self {
        Self { ja, en, from: Some(from), until: None, before: None }
    }

    /// With what asked for the same before it.
    #[must_use]
    pub const fn after(self, before: &'static Self) -> Self {
        Self { before: Some(before), ..self }
    }

    /// What was in force on a day: this, or the one before it; None where nothing was.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<&Self> {
        if self.from.is_some_and(|from| day < from) {
            return self.before?.on(day);
        }
        self.until.is_none_or(|until| day <= until).then_some(self)
    }

    /// The first of those that followed one another.
    #[must_use]
    pub fn first(&self) -> &Self {
        self.before.map_or(self, Self::first)
    }
}

impl<Check> Rule<Check> {
    /// True if the rule judges documents of this day.
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        self.reference.on(day).is_some()
    }

    /// A finding of this rule in a document of this day, with the notice that was in force then.
    #[must_use]
    pub fn finding(&self, day: Date, severity: Severity, message: Words, hint: Words, spans: Vec<Span>) -> Finding {
        let source = self.reference.on(day).unwrap_or(&self.reference);
        Finding {
            code: self.code,
            name: self.name,
            severity,
            message,
            why: Words::new(self.why.0, self.why.1),
            hint,
            source: Words::new(source.ja, source.en),
            spans,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reference;
    use calendar::Date;

    const DAY: Date = Date::constant(2022, 5, 1);
    const OLD: Reference = Reference::since(Date::constant(2012, 4, 26), "旧通知", "the old notice");
    const NEW: Reference = Reference::since(DAY, "新通知", "the new notice").after(&OLD);

    #[test]
    fn a_document_is_judged_by_the_notice_of_its_day() {
        assert_eq!(NEW.on(DAY), Some(&NEW));
        assert_eq!(NEW.on(DAY.yesterday().unwrap()), Some(&OLD));
        assert_eq!(NEW.on(Date::constant(2012, 4, 26)), Some(&OLD));
        assert_eq!(NEW.on(Date::constant(2012, 4, 25)), None);
        assert_eq!(NEW.first(), &OLD);
        let ended = Reference { until: Some(DAY), ..OLD };
        assert_eq!((ended.on(DAY), ended.on(DAY.tomorrow().unwrap())), (Some(&ended), None));
        assert!(Reference::always("算術", "arithmetic").on(Date::constant(1950, 1, 1)).is_some());
    }
}
