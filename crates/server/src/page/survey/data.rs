//! The data of a survey as tables: a file a form, one row for each that was sent, and the codebook that says what stands in them.

use plan::tables::ItemKind;

use super::home::no_form;
use super::run;
use crate::answer::{Answer, Reply};
use crate::ask::Ask;
use crate::record::csv::Csv;

/// The codebook, or the rows of a form: `codebook.csv`, `background.csv`.
///
/// # Errors
/// There is no such survey or form, or it may not be seen.
pub fn file(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let name = ask.part("file").strip_suffix(".csv").ok_or_else(no_form)?;
    let mut csv = Csv::new(ask.house.simulated);
    if name == "codebook" {
        codebook(&run.design, &mut csv);
    } else {
        let form = run.design.form(name).ok_or_else(no_form)?;
        rows(form, &run.visible(ask), &mut csv);
    }
    let words = diagnostic::Words::same(format!("survey {} {} {name}", run.id, run.design.activity));
    ask.house.desk.note("exported", &words, &ask.context(0)?);
    Ok(Answer::file(&format!("{}-{}-{name}.csv", run.id, run.design.activity), "text/csv; charset=utf-8", csv.bytes()))
}

/// One row a form that was sent. Codes and their words stand in columns of their own; empty is missing.
fn rows(form: &survey::FormDesign, state: &survey::Survey, csv: &mut Csv) {
    let mut head: Vec<String> =
        ["site", "patient", "visit", "visit_repeat", "form_version", "received", "times_sent", "from_paper", "locked", "signed"]
            .map(str::to_owned)
            .to_vec();
    for item in &form.items {
        head.push(item.id.clone());
        if item.kind == ItemKind::Choice {
            head.push(format!("{}_label", item.id));
        }
    }
    csv.row(&head.iter().map(String::as_str).collect::<Vec<_>>());
    for (number, patient) in &state.patients {
        for (key, sent) in patient.forms.iter().filter(|(key, _)| key.form == form.id) {
            let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
            let mut cells = vec![
                patient.site.to_string(),
                number.to_string(),
                key.visit.clone(),
                key.turn.to_string(),
                sent.version.clone(),
                sent.received.to_string(),
                sent.times.to_string(),
                yes(sent.paper),
                yes(sent.locked.is_some()),
                yes(sent.is_signed()),
            ];
            for item in &form.items {
                let value = sent.values.get(&item.id).cloned().unwrap_or_default();
                if item.kind == ItemKind::Choice {
                    let label =
                        item.choices.iter().find(|(code, _)| *code == value).map_or_else(String::new, |(_, words)| words.ja.clone());
                    cells.extend([value, label]);
                } else {
                    cells.push(value);
                }
            }
            csv.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}

/// What stands in the tables: one row an item.
fn codebook(design: &survey::Design, csv: &mut Csv) {
    csv.row(&[
        "form",
        "version",
        "variable",
        "label_ja",
        "label_en",
        "type",
        "unit",
        "codes",
        "min",
        "max",
        "required",
        "applies_when",
        "derived_from",
    ]);
    for form in &design.forms {
        for item in &form.items {
            let codes: Vec<String> = item.choices.iter().map(|(code, words)| format!("{code}={}", words.ja)).collect();
            let bound = |bound: Option<f64>| bound.map_or_else(String::new, |bound| bound.to_string());
            let text = |rule: &Option<plan::expression::Expression>| rule.as_ref().map_or_else(String::new, |rule| rule.text.clone());
            csv.row(&[
                &form.id,
                &form.version,
                &item.id,
                &item.name.ja,
                &item.name.en,
                item.kind.as_str(),
                item.unit.as_deref().unwrap_or_default(),
                &codes.join("; "),
                &bound(item.min),
                &bound(item.max),
                if item.required { "yes" } else { "no" },
                &text(&item.when),
                &text(&item.value),
            ]);
        }
    }
}
