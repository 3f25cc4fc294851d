//! Importing: what is written reads without a mistake, states what the document states, and leaves no sentence out.

#![expect(clippy::unwrap_used, reason = "a test")]

#[path = "import_measure/borders.rs"]
mod borders;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use borders::borders;
use calendar::Date;
use plan::Folder;
use plan::check::Check;
use plan::model::List;
use plan::tables::{ActivityKind, Class};
use published::import::{Imported, Why};
use published::model::Published;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &Path) -> Published {
    published::read::document(&path.file_name().unwrap().to_string_lossy(), &std::fs::read(path).unwrap()).unwrap()
}

fn checked(imported: &Imported) -> Check {
    let folder: Folder = imported.files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
    plan::check(&folder, Date::constant(2026, 4, 1))
}

/// The plans that the repository ships, as text with columns.
fn plans() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(root().join("plans")).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<PathBuf> = folder.filter(|path| path.to_string_lossy().ends_with(".layout.txt")).collect();
    all.push(root().join("examples/mihon-rmp.txt"));
    all.sort();
    all
}

fn normal(text: &str) -> String {
    terminology::Text::new(text, 0).as_str().to_owned()
}

/// What the source says, without the marks of Markdown and TOML, figures as they are printed.
fn said(imported: &Imported, check: &Check) -> String {
    let mut all = String::new();
    for text in imported.files.values() {
        let mut from = 0;
        for figure in plan::figure::figures(text, plan::source::Place::default()) {
            all.push_str(&text[from..figure.at.start]);
            if let Ok(plan::figure::FigureKind::Counts(counts)) = &figure.kind {
                all.push_str(&format!("{}/{}", counts.x, counts.n));
            }
            from = figure.at.end;
        }
        all.push_str(&text[from..]);
        all.push('\n');
    }
    for status in check.plan.facts.attachment.iter().filter_map(|attachment| attachment.status.as_ref()) {
        all.push_str(if status.value == plan::tables::AttachmentStatus::Submitted { "提出済み\n" } else { "今回添付\n" });
    }
    for left in &imported.left {
        all.push_str(&left.text);
        all.push('\n');
    }
    bare(&all)
}

/// Only letters and figures: blanks, marks of lists, brackets and escapes tell nothing about what was dropped.
fn bare(text: &str) -> String {
    normal(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What parts the statements of a text.
fn ends(c: char) -> bool {
    matches!(
        c,
        '。' | '・' | ':' | '、' | '「' | '」' | '【' | '】' | '[' | ']' | '〔' | '〕' | '<' | '>' | '≪' | '≫' | '(' | ')' | '①'..='⑳'
    )
}

/// Labels of the form whose values are data.
const LABELS: [&str; 6] = ["変更内容の概要", "変更理由", "提出年月日", "前回提出日", "選択理由", "内容"];

/// What of a document is not in the source: sentences of its prose, cut at their counts, and words anywhere in it.
fn dropped(published: &Published, said: &str) -> Vec<String> {
    let mut lost = Vec::new();
    let borders = borders(published);
    let prose = &published.prose;
    let sections = prose.paragraphs.iter().enumerate().filter(|(_, p)| p.view.section != published::heading::Section::Product);
    for (n, paragraph) in sections {
        let text = paragraph.text.as_str();
        let mut cuts: Vec<usize> = text.match_indices(ends).map(|(at, found)| at + found.len()).collect();
        for count in prose.counts.iter().filter(|count| count.paragraph == n) {
            cuts.extend([count.range.start, count.range.end]);
        }
        cuts.extend(paragraph.seams.iter().copied());
        // a dash that marks an item of a list, and not one within a name
        let within = |at: usize| [text[..at].chars().next_back(), text[at + 1..].chars().next()];
        let dash = |at: &usize| within(*at).iter().flatten().any(|c| !c.is_ascii());
        cuts.extend(text.match_indices('-').map(|(at, _)| at).filter(dash));
        cuts.extend(
            text.char_indices().map(|(at, _)| at).filter(|&at| paragraph.text.origin(at).is_some_and(|origin| borders.contains(&origin))),
        );
        cuts.extend([0, text.len()]);
        cuts.sort_unstable();
        for pair in cuts.windows(2) {
            let counted = prose.counts.iter().any(|c| c.paragraph == n && c.range.start <= pair[0] && pair[1] <= c.range.end);
            let part = bare(&text[pair[0]..pair[1]]);
            if !counted && !said.contains(&part) && !LABELS.contains(&part.as_str()) {
                lost.push(part);
            }
        }
    }
    let headings: String = published.headings.iter().map(|h| h.text.as_str()).collect();
    let boxes = published.concerns.iter().flat_map(|c| [&c.reason, &c.pharmacovigilance, &c.minimisation]).flatten();
    let parts = published.plans.iter().flat_map(|p| &p.activities).flat_map(|a| &a.parts);
    let headings = boxes.map(|b| b.heading.as_str()).chain(parts.map(|p| p.heading.as_str())).fold(headings, |all, h| all + h);
    let headings = bare(&headings);
    let source = published.source.text.as_str();
    let mut counted = vec![false; source.len() + 1];
    for count in &prose.counts {
        let places = prose.paragraphs[count.paragraph].text.places(count.range.clone(), source);
        places.into_iter().for_each(|place| counted[place].fill(true));
    }
    let mut word = String::new();
    let mut tag = false;
    for (at, c) in source.char_indices().chain([(source.len(), ' ')]) {
        let opens = c == '<' && source[at + 1..].starts_with(|n: char| n.is_ascii_alphabetic() || n == '/');
        tag |= opens && source[at..].lines().next().unwrap().contains('>');
        let of_date = matches!(c, '年' | '月' | '日') && source[..at].ends_with(|b: char| b.is_numeric());
        if c.is_alphabetic() && !tag && !counted[at] && !of_date {
            word.push(c);
        } else {
            let part = bare(&std::mem::take(&mut word));
            if part.chars().count() >= 3 && !said.contains(&part) && !headings.contains(&part) && !LABELS.contains(&part.as_str()) {
                lost.push(part);
            }
        }
        tag &= c != '>';
    }
    lost
}

/// What the source of an import must never have: mistakes of syntax and shape.
fn mistakes(check: &Check) -> Vec<String> {
    let shape = |code: &str| code.starts_with("PLN1") && code != "PLN108";
    let words = |finding: &diagnostic::Finding| {
        let at = finding.spans.first().map(|s| format!("{}:{}", s.file, s.line.unwrap_or(0))).unwrap_or_default();
        format!("{} {} {at}", finding.code, finding.message.ja)
    };
    check
        .report
        .findings
        .iter()
        .filter(|f| shape(f.code) || f.code.starts_with("PLN2") && f.code != "PLN206" && f.severity != diagnostic::Severity::Info)
        .map(words)
        .collect()
}

#[test]
fn what_is_imported_reads_and_nothing_is_dropped() {
    let mut all = 0;
    for path in plans() {
        let published = read(&path);
        let imported = published::import::plan(&published);
        let unplaced = imported.left.iter().filter(|l| l.why == Why::NotPlaced).count();
        println!("{}: {unplaced} left of {} lines", path.display(), published.source.text.lines().count());
        for (path, text) in &imported.files {
            let laid_out = plan::format::format_file(path, text.as_bytes()).unwrap();
            assert_eq!(&laid_out, text, "fmt changes what was imported");
        }
        let check = checked(&imported);
        assert_eq!(mistakes(&check), Vec::<String>::new(), "{}", path.display());
        let folder: Folder = imported.files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
        assert_eq!(plan::format::format(&folder).changed, Folder::new(), "{}: it is laid out", path.display());
        // what a plan must have and the document lacks is said
        for missing in check.report.findings.iter().filter(|f| f.code == "PLN108") {
            let key = missing.message.en.split('“').nth(2).unwrap().split('”').next().unwrap();
            let said = imported.files["plan.toml"].contains(&format!("# {key}（"));
            assert!(said, "{}: {}", path.display(), missing.message.en);
        }
        let lost = dropped(&published, &said(&imported, &check));
        if !lost.is_empty() {
            println!("{}: {lost:?}", path.display());
        }
        all += lost.len();
        let counted = imported.files.values().map(|text| text.matches("{{ ").count()).sum::<usize>();
        assert!(counted >= distinct(&published), "{}: {counted} figures of {}", path.display(), distinct(&published));
    }
    assert_eq!(all, 0, "see above");
}

/// How many counts stand in the prose that the plan keeps.
fn distinct(published: &Published) -> usize {
    published
        .prose
        .counts
        .iter()
        .filter(|c| published.prose.paragraphs[c.paragraph].view.section != published::heading::Section::Product)
        .count()
}

/// Every character of a document stands in the source or in the list of what was left.
#[test]
fn an_import_is_the_same_every_time_and_survives_anything() {
    let text = std::fs::read_to_string(root().join("examples/mihon-rmp.txt")).unwrap();
    let once = published::import::plan(&published::read::text("a.txt", &text));
    let twice = published::import::plan(&published::read::text("a.txt", &text));
    assert_eq!(once.files, twice.files);
    for cut in (0..text.len()).step_by(997).filter(|&cut| text.is_char_boundary(cut)) {
        let imported = published::import::plan(&published::read::text("a.txt", &text[..cut]));
        assert_eq!(mistakes(&checked(&imported)), Vec::<String>::new(), "cut at {cut}");
    }
}

/// A value of the truth: stated the same everywhere, or by view.
fn list(structure: &Value, key: &str) -> Option<usize> {
    let value = key.split('/').try_fold(structure, |value, key| value.get(key))?;
    value.as_array().map(Vec::len)
}

#[test]
fn structure_is_that_of_the_truth() {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for path in plans().into_iter().filter(|path| path.to_string_lossy().ends_with(".layout.txt")) {
        let truth = path.with_file_name(path.file_name().unwrap().to_string_lossy().replace(".layout.txt", ".gt.json"));
        let Ok(truth) = std::fs::read_to_string(&truth) else { continue };
        let truth: Value = serde_json::from_str(&truth).unwrap();
        let structure = &truth["structure"];
        let imported = published::import::plan(&read(&path));
        let check = checked(&imported);
        let plan = &check.plan;
        let rows = |list| plan.list(list).count();
        let counts = [
            ("indications", plan.facts.indication.len()),
            ("approval_numbers", plan.facts.strength.len()),
            ("concerns/identified", plan.concerns_of(Class::Identified).count()),
            ("concerns/potential", plan.concerns_of(Class::Potential).count()),
            ("concerns/missing", plan.concerns_of(Class::Missing).count()),
            ("efficacy_concerns", plan.efficacy.len()),
            ("rows_5_1", rows(List::Pharmacovigilance)),
            ("rows_5_3", rows(List::Minimisation)),
        ];
        for (key, found) in counts {
            if let Some(stated) = list(structure, key) {
                compared += 1;
                // a list that lacks an activity or holds a row twice is a contradiction, which the import has to tell
                let differs = imported.report.findings.iter().any(|f| f.code == "IMP201" && f.message.ja.contains("にありません"));
                let told = differs || imported.left.iter().any(|left| left.why == Why::NotPlaced);
                let excused = key.starts_with("rows") && stated.abs_diff(found) == 1 && told;
                assert!(stated == found || excused, "{} {key}: {found} of {stated}", path.display());
                if stated != found {
                    wrong.push(format!("{} {key}: {found} of {stated}", path.file_name().unwrap().to_string_lossy()));
                }
            }
        }
    }
    println!("{} of {compared} counts agree; others: {wrong:#?}", compared - wrong.len());
    assert!(compared > 0);
}

#[test]
fn a_real_plan_is_imported_whole() {
    let path = root().join("../shared/data/rituxan-rmp.txt");
    if !path.exists() {
        println!("skipped: no real plan stands beside the checkout");
        return;
    }
    let published = read(&path);
    let imported = published::import::plan(&published);
    if let Ok(folder) = std::env::var("MIMAMORI_IMPORT") {
        for (path, text) in &imported.files {
            let path = Path::new(&folder).join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
    let check = checked(&imported);
    for finding in &check.report.findings {
        let at = finding.spans.first().map(|s| format!("{}:{}", s.file, s.line.unwrap_or(0))).unwrap_or_default();
        println!("{} {:?} {} {at}", finding.code, finding.severity, finding.message.ja);
    }
    let plan = &check.plan;
    let of = |class| plan.concerns_of(class).count();
    assert_eq!([of(Class::Identified), of(Class::Potential), of(Class::Missing)], [14, 2, 1]);
    assert_eq!(plan.efficacy.len(), 2);
    assert_eq!(plan.facts.indication.len(), 14);
    let numbers: Vec<&str> = plan.facts.strength.iter().map(|s| s.approval_number.as_str()).collect();
    assert_eq!(numbers, ["23000AMX00185000", "23000AMX00186000"]);
    assert_eq!(plan.facts.event.len(), 23);
    assert_eq!(plan.list(List::Pharmacovigilance).count(), 11);
    assert_eq!(plan.list(List::Minimisation).count(), 9);
    let kinds = |kind| plan.activities_of(kind).count();
    assert_eq!(kinds(ActivityKind::Material), 5);
    let surveys: Vec<(u64, String, String)> = plan
        .activities
        .iter()
        .filter(|a| a.kind.as_ref().is_some_and(|k| k.value.is_study()) && a.period.is_some())
        .map(|a| {
            let period = a.period.as_ref().unwrap();
            let day = |date: &Option<plan::source::Spanned<calendar::PartialDate>>| date.as_ref().unwrap().value.to_string();
            (a.target.as_ref().unwrap().value, day(&period.start), day(&period.end))
        })
        .collect();
    let expected = [
        (40, "2019-06-03", "2028-03-31"),
        (400, "2022-03-01", "2029-02-28"),
        (125, "2022-06-01", "2030-05-31"),
        (200, "2022-12-01", "2031-06-30"),
    ];
    assert_eq!(surveys, expected.map(|(target, start, end)| (target, start.to_owned(), end.to_owned())));
    let figures: Vec<_> = plan
        .passages()
        .flat_map(|passage| &passage.figures)
        .filter_map(|figure| match figure.kind.as_ref().unwrap() {
            plan::figure::FigureKind::Counts(counts) => Some(counts),
            _ => None,
        })
        .collect();
    println!("{} counts in the document", published.prose.counts.len());
    // 178 as n/N例, and one as 54例中48例
    assert_eq!((figures.len(), published.prose.counts.len()), (179, 179));
    let with_study = figures.iter().filter(|counts| !counts.sources.is_empty()).count();
    println!("{with_study} of {} figures with a study", figures.len());
    assert_eq!(with_study, figures.len());
    let lost = dropped(&published, &said(&imported, &check));
    assert_eq!(lost, Vec::<String>::new());
    let left: BTreeSet<&str> = imported.left.iter().filter(|l| l.why == Why::NotPlaced).map(|l| l.text.as_str()).collect();
    println!("left: {left:#?}");
    println!("findings: {}", imported.report.findings.len());
    for finding in &imported.report.findings {
        println!("  {} {:?} {}", finding.code, finding.severity, finding.message.ja);
    }
    if mistakes(&check) != Vec::<String>::new() {
        panic!("{:#?}", mistakes(&check));
    }
}
