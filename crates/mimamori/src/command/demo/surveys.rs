//! A survey in the invented world: two departments register patients since November 2025, forms come, some late, some with questions.

use std::sync::Arc;

use calendar::Date;
use diagnostic::Problem;
use jiff::ToSpan;
use operation::product::Command;
use plan::Plan;
use survey::{Command as Does, ContractRecorded, Design, FormKey, Sex};

use super::world::Actors;
use crate::data;

/// The survey that runs.
const SURVEY: &str = "survey-nmosd";

/// Department, first dose, sex, year of birth, and what was peculiar.
const PATIENTS: &[(u32, &str, Sex, i16, &str)] = &[
    (1, "2025-11-10", Sex::Female, 1971, ""),
    (1, "2025-11-18", Sex::Female, 1958, "pneumonia"),
    (2, "2025-12-01", Sex::Male, 1966, ""),
    (1, "2025-12-15", Sex::Female, 1983, "relapse"),
    (2, "2026-01-13", Sex::Female, 1949, "carrier"),
    (1, "2026-01-20", Sex::Female, 1990, "reaction"),
    (1, "2026-02-03", Sex::Female, 1976, "late"),
    (2, "2026-03-10", Sex::Female, 1962, ""),
    (1, "2026-04-07", Sex::Male, 1955, "silent"),
    (1, "2026-06-09", Sex::Female, 1980, "unasked"),
    (2, "2026-07-14", Sex::Female, 1969, ""),
    (1, "2026-09-01", Sex::Female, 1987, "sepsis"),
    (1, "2026-10-06", Sex::Female, 1978, ""),
];

/// What is to happen, in its order.
pub struct Surveys<'a> {
    actors: &'a Actors<'a>,
    product: &'a str,
    design: Arc<Design>,
    revision: u32,
    /// At which time, by whom, why, what: the last first.
    ahead: Vec<(String, &'static str, &'static str, Does)>,
}

impl<'a> Surveys<'a> {
    /// What happens in the survey of a plan.
    pub fn of(actors: &'a Actors<'a>, product: &'a str, plan: &Plan, revision: u32) -> Option<Self> {
        let design = Arc::new(Design::of(plan, SURVEY)?);
        let mut ahead = story();
        ahead.sort_by(|one, other| other.0.cmp(&one.0));
        Some(Self { actors, product, design, revision, ahead })
    }

    /// Plays what happens before a time.
    ///
    /// # Errors
    /// Something of it does not fit: a fault of ours.
    pub fn until(&mut self, at: &str) -> Result<(), Problem> {
        while let Some((when, person, reason, command)) = self.ahead.pop_if(|next| next.0.as_str() < at) {
            let command = Command::Survey { design: Arc::clone(&self.design), revision: self.revision, command };
            let context = self.actors.context(person, &when, reason, 0)?;
            self.actors.desk.product(self.product, &command, &context).map_err(data::undone)?;
        }
        Ok(())
    }
}

fn story() -> Vec<(String, &'static str, &'static str, Does)> {
    let mut all = Vec::new();
    let mut at = |day: &str, hour: &str, person, reason, command| all.push((format!("{day}T{hour}"), person, reason, command));
    for (site, institution, department) in [(1, "mihon-univ", "神経内科"), (2, "rei-center", "脳神経内科"), (3, "kasetsu", "神経内科")]
    {
        let (institution, department) = (institution.to_owned(), department.to_owned());
        let hour = format!("10:0{site}");
        at("2025-11-04", &hour, "tanaka", "", Does::Join { institution, department, in_charge: Some("ito".to_owned()) });
        let contract = ContractRecorded {
            survey: String::new(),
            site,
            from: day("2025-11-05"),
            until: day("2031-06-30"),
            patients: 12,
            fee: Some(30_000),
            ethics: Some(day("2025-10-28")),
            ethics_needed: site == 1,
        };
        at("2025-11-05", &hour, "tanaka", "", Does::Contract(contract));
    }
    for (number, (site, first_dose, sex, birth_year, what)) in (1..).zip(PATIENTS) {
        let first = day(first_dose);
        let after = |days: i64| first.checked_add(days.days()).unwrap_or(first).to_string();
        let late = *what == "late";
        let criteria = vec![("nmosd".to_owned(), true), ("first".to_owned(), true), ("trial".to_owned(), false)];
        let register = Does::Register { site: *site, first_dose: first, birth_year: *birth_year, sex: *sex, criteria, paper: false };
        at(&after(if late { 24 } else { 2 }), "11:00", "yamamoto", if late { "登録票の提出が遅れた" } else { "" }, register);
        if *what == "silent" {
            continue;
        }
        let background = FormKey { visit: "start".to_owned(), turn: 1, form: "background".to_owned() };
        let complete = *what != "unasked";
        at(&after(40), "15:00", "yamamoto", "", send(number, &background, &background_of(number, what, complete)));
        if complete {
            at(&after(44), "15:00", "yamamoto", "", Does::Sign { patient: number, key: background.clone(), name: String::new() });
        }
        let adverse = |name: &'static str, onset: String, serious: &'static str, causality: &'static str| {
            vec![
                ("term", name.to_owned()),
                ("onset", onset),
                ("grade", if serious == "none" { "2" } else { "3" }.to_owned()),
                ("seriousness", serious.to_owned()),
                ("causality", causality.to_owned()),
                ("outcome", "recovered".to_owned()),
                ("action", "none".to_owned()),
                ("narrative", "発熱と咳があり、入院して抗菌薬を投与し、回復した。".to_owned()),
            ]
        };
        let event = FormKey { visit: String::new(), turn: 1, form: "adverse-event".to_owned() };
        match *what {
            "pneumonia" => {
                at(&after(75), "09:20", "yamamoto", "", send(number, &event, &adverse("肺炎", after(70), "hospital", "possible")));
                let remarks = "免疫抑制下の肺炎で、本剤との関連を否定できない".to_owned();
                at(
                    &after(76),
                    "10:00",
                    "suzuki",
                    "",
                    Does::Triage { patient: number, key: event, suspected: true, unexpected: false, remarks },
                );
            }
            "reaction" => {
                at(&after(3), "16:00", "yamamoto", "", send(number, &event, &adverse("注入に伴う反応", after(0), "none", "related")))
            }
            "sepsis" => at(
                "2026-11-20",
                "17:40",
                "yamamoto",
                "",
                send(number, &event, &adverse("敗血症", "2026-11-18".to_owned(), "life", "possible")),
            ),
            _ => {}
        }
        // half a year later the course: all but the last who could have sent it did
        let course = FormKey { visit: "half-year".to_owned(), turn: 1, form: "course".to_owned() };
        if first < day("2026-03-01") {
            let relapses = if *what == "relapse" { "1" } else { "0" };
            let mut values = vec![
                ("seen", after(182)),
                ("doses", "2".to_owned()),
                ("relapses", relapses.to_owned()),
                ("edss", format!("{}.0", 2 + number % 3)),
                ("igg", (820 + 31 * (number % 7)).to_string()),
                ("adverse_event", if ["pneumonia", "reaction"].contains(what) { "yes" } else { "no" }.to_owned()),
            ];
            if *what == "carrier" {
                values.push(("hbv_dna", "0".to_owned()));
            }
            at(&after(210), "14:00", "yamamoto", "", send(number, &course, &values));
        }
    }
    all
}

fn background_of(number: u32, what: &str, complete: bool) -> Vec<(&'static str, String)> {
    let carrier = what == "carrier";
    let mut values = vec![
        ("first_dose_given", "yes".to_owned()),
        ("weight", format!("{}.{}", 48 + number % 17, number % 10)),
        ("height", (150 + number % 21).to_string()),
        ("diagnosed", format!("20{}-0{}", 14 + number % 10, 1 + number % 9)),
        ("aqp4", if number.is_multiple_of(6) { "negative" } else { "positive" }.to_owned()),
        ("relapses_before", (number % 3).to_string()),
        ("edss", format!("{}.5", 2 + number % 4)),
        ("complications", if number.is_multiple_of(5) { "liver" } else { "none" }.to_owned()),
        ("hbs_ag", "negative".to_owned()),
        ("hbc_ab", if carrier { "positive" } else { "negative" }.to_owned()),
        ("hbs_ab", "negative".to_owned()),
        ("igg", (980 + 17 * (number % 9)).to_string()),
        ("steroid", "yes".to_owned()),
    ];
    if carrier {
        values.extend([("hbv_dna", "0".to_owned()), ("antiviral", "no".to_owned())]);
    }
    if complete {
        values.push(("steroid_dose", (5 + number % 11).to_string()));
    }
    values
}

fn send(patient: u32, key: &FormKey, values: &[(&'static str, String)]) -> Does {
    let typed = values.iter().map(|(item, value)| ((*item).to_owned(), value.clone())).collect();
    Does::Send { patient, key: key.clone(), typed, paper: false }
}

fn day(text: &str) -> Date {
    text.parse().unwrap_or_default()
}
