//! Questions of the regulator.

use diagnostic::Words;

use super::reckoning::Reckoning;
use super::settle::{Case, Draft};
use super::{Anchor, Deadline, Kind, Weight};

/// The questions that were asked by the day.
pub(super) fn questions(case: &Case<'_>, all: &mut Vec<Deadline>) {
    for question in case.record.questions.iter().filter(|question| question.asked <= case.as_of) {
        let Some(rule) = case.rules.rule("question", question.asked) else { continue };
        let mut reckoning = Reckoning::default();
        reckoning.state(Words::new("照会を受けた日", "the day of the question"), question.asked, None);
        if let Some(due) = question.due {
            reckoning.state(Words::new("照会に示された回答の期日", "the day that the question names"), due, Some(rule.source.clone()));
        }
        all.push(case.settle(Draft {
            kind: Kind::Question,
            of: question.id.clone(),
            weight: Weight::Obligation,
            title: rule.title.clone(),
            subject: Words::same(question.subject.clone()),
            anchor: Some(Anchor { day: question.asked, what: Words::new("照会を受けた日", "the day of the question") }),
            period: None,
            reckoning,
            day:
                question.due.ok_or_else(|| {
                    Words::new("回答の期日（照会に示されていない）", "the day of the answer, which the question does not name")
                }),
            done: None,
            // where the question is on record, its answer would be
            told_elsewhere: true,
            with: Vec::new(),
            remarks: Vec::new(),
            rule,
        }));
    }
}
