//! `mimamori impact`.

use calendar::{Date, PartialDate};
use diagnostic::{Language, Problem, Span, Words, harmless};
use plan::impact::{Area, Impact, Touched, impact};
use serde_json::json;

use crate::delivery::Destination;
use crate::folder;
use crate::outcome::Outcome;
use crate::plan_arguments::{Impact as Options, ImpactFormat};
use crate::speech::{language, say};
use crate::terminal::Surface;

/// Shows what an event touches.
///
/// # Errors
/// The folder is no plan, the plan has nothing with the id of the cause, or the list cannot be written.
pub fn run(options: &Options) -> Result<Outcome, Problem> {
    let (plan, outcome, files) = folder::plan(&options.folder)?;
    let destination = Destination::of(options.delivery.output.as_deref(), &files)?;
    let as_of = options.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    let found = impact(&plan, &options.cause, as_of)?;
    let surface = Surface::of(options.delivery.color, destination.is_file());
    let place = |span: &Span| folder::path(&options.folder, &span.file);
    let text = match options.format {
        ImpactFormat::Human => human(&found, surface.colour, &place),
        ImpactFormat::Jsonl => found.touched.iter().map(|touched| line(touched, as_of, &place)).collect(),
    };
    destination.write(&text)?;
    Ok(outcome)
}

fn words(words: &Words) -> String {
    harmless(words.get(language()))
}

fn human(found: &Impact, colour: bool, place: &dyn Fn(&Span) -> String) -> String {
    let strong = |text: &str| if colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() };
    let mut text = format!("{}\n", strong(&words(&found.cause)));
    let day = match language() {
        Language::Japanese => PartialDate::from(found.as_of).in_japanese(),
        Language::English => found.as_of.to_string(),
    };
    text.push_str(&format!("{} {day}\n", say("期限の基準日", "deadlines as of")));
    for area in Area::ALL {
        let touched: Vec<&Touched> = found.touched.iter().filter(|touched| touched.area == area).collect();
        if touched.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{} ({})\n", strong(say(area.words().0, area.words().1)), touched.len()));
        let mut finished = false;
        for touched in touched {
            if touched.finished && !finished {
                finished = true;
                text.push_str(&format!(
                    "  {}\n",
                    say("終了した活動（5 の一覧にのみ記載）：", "finished (in the lists of section 5 only):")
                ));
            }
            let due = touched.due.map_or_else(String::new, |due| format!("{due}  "));
            let late = touched.due.filter(|due| *due < found.as_of).map_or("", |_| say("【期限超過】", "OVERDUE  "));
            text.push_str(&format!("  {due}{late}{}\n", words(&touched.name)));
            text.push_str(&format!("    {}\n", words(&touched.reason())));
            if let Some(span) = &touched.span {
                text.push_str(&format!("    {}:{}\n", harmless(&place(span)), span.line.unwrap_or(1)));
            }
        }
    }
    text
}

fn line(touched: &Touched, as_of: Date, place: &dyn Fn(&Span) -> String) -> String {
    let object = json!({
        "area": touched.area.as_str(),
        "id": touched.id,
        "name": touched.name.get(language()),
        "why": touched.why.iter().map(|why| why.get(language())).collect::<Vec<_>>(),
        "finished": touched.finished,
        "due": touched.due.map(|due| due.to_string()),
        "overdue": touched.due.is_some_and(|due| due < as_of),
        "place": touched.span.as_ref().map(|span| json!({ "file": place(span), "line": span.line, "column": span.column })),
    });
    diagnostic::json_line(&object) + "\n"
}
