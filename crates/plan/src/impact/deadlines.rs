use calendar::{Date, PartialDate, Period, Unit, latest_day_before, periodic_safety_reports};
use diagnostic::Words;

use super::collect::{Area, Collector, names};
use crate::tables::{Indication, When};

/// How long before it begins a new activity is submitted (質疑応答集 Q26).
const A_MONTH: Period = Period { amount: 1, unit: Unit::Months };

impl Collector<'_> {
    /// What is due of the touched activities: reports, milestones with a day, ends. Of a new activity that is still to begin, also
    /// the submission of the plan a month before.
    pub(super) fn dates(&mut self, new: bool) {
        let (plan, as_of) = (self.plan, self.as_of);
        let reports = plan.deadlines(as_of);
        for activity in &plan.activities {
            if !self.is_touched_and_open(activity) {
                continue;
            }
            let (id, name) = (activity.id.as_str(), names(&activity.name, activity.name_en.as_ref()));
            for deadline in reports.iter().filter(|deadline| deadline.activity.id == activity.id) {
                let text = deadline.report.text.as_ref().map_or_else(|| "報告書".to_owned(), |text| text.value.clone());
                let name = Words::new(format!("{}：{text}", name.ja), format!("{}: report ({text})", name.en));
                let why = Words::new("報告書の作成予定日", "the day its report is due");
                self.add_due(Area::Deadline, id, name, Some(deadline.report.at), Some(deadline.due), why);
            }
            for milestone in &activity.milestone {
                let Some(day) = milestone.when.as_ref().and_then(|when| plan.day_of(when, activity)).filter(|day| *day >= as_of) else {
                    continue;
                };
                let name = Words::new(format!("{}：{}", name.ja, milestone.text.value), format!("{}: {}", name.en, milestone.text.value));
                self.add_due(Area::Deadline, id, name, Some(milestone.at), Some(day), Words::new("節目となる予定の時期", "a milestone"));
            }
            if let Some(end) = plan.end_of(activity).filter(|end| *end >= as_of) {
                let name = Words::new(format!("{}：終了", name.ja), format!("{}: end", name.en));
                let at = activity.period.as_ref().map(|period| period.at);
                self.add_due(Area::Deadline, id, name, at, Some(end), Words::new("活動の終わり", "the end of the activity"));
            }
            let watches = activity.kind.as_ref().is_some_and(|kind| kind.watches());
            if let Some(start) = plan.start_of(activity).filter(|start| new && watches && *start > as_of) {
                let name = Words::new(format!("{}：計画の提出", name.ja), format!("{}: submission of the plan", name.en));
                let why = Words::new(
                    "新たな医薬品安全性監視活動は開始予定の 1 か月前までに提出する（質疑応答集 Q26）",
                    "new pharmacovigilance is submitted at least a month before it begins (Questions and answers, Q26)",
                );
                let at = activity.period.as_ref().map(|period| period.at);
                self.add_due(Area::Deadline, id, name, at, latest_day_before(start, A_MONTH), why);
            }
            let waits = activity.milestone.iter().any(|milestone| matches!(milestone.when, Some(When::PeriodicReport(_))));
            if waits {
                let name = Words::new(format!("{}：安全性定期報告", name.ja), format!("{}: periodic safety report", name.en));
                let why = Words::new(
                    "安全性定期報告時に検討する（日付は報告の起算日による）",
                    "judged at each periodic safety report, whose day depends on the rhythm",
                );
                self.add_due(Area::Deadline, id, name, None, None, why);
            }
        }
    }

    /// The re-examination period of an indication, and the next periodic safety report in it.
    pub(super) fn reexamination(&mut self, indication: &Indication) {
        let id = format!("indication:{}", indication.id.as_str());
        let approved = self.plan.approval_of(indication);
        for period in indication.reexamination.iter() {
            let Some((from, until)) = period.days(approved) else { continue };
            if until < self.as_of {
                continue;
            }
            let name = Words::new("再審査期間の満了", "end of the re-examination period");
            let why = Words::new(format!("{} から {} まで", day(from), day(until)), format!("it runs from {from} to {until}"));
            self.add_due(Area::Deadline, &id, name, Some(period.at()), Some(until), why);
            if let Some(report) = periodic_safety_reports(from, until).into_iter().find(|report| report.due >= self.as_of) {
                let name =
                    Words::new(format!("安全性定期報告（第{}回）", report.number), format!("periodic safety report {}", report.number));
                let why = Words::new(
                    format!("{} から {} までの調査単位期間（この承認日から数えた場合）", day(report.first), day(report.last)),
                    format!("for {} to {}, if the rhythm is counted from this approval", report.first, report.last),
                );
                self.add_due(Area::Deadline, &id, name, Some(period.at()), Some(report.due), why);
            }
        }
    }
}

/// A day within a Japanese sentence.
fn day(day: Date) -> String {
    PartialDate::from(day).in_japanese()
}
