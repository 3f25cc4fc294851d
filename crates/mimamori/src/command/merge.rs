//! `mimamori merge`.

mod list;
mod word;

use std::collections::BTreeSet;
use std::io::{BufRead, Write};
use std::path::Path;

use diagnostic::{Problem, Severity, Words, harmless};
use document::merge::{Change, Verdict, apply, propose};
use plan::rules::code;
use plan::{Folder, check};

use self::list::List;
use self::word::{Strange, Word};
use crate::delivery::Destination;
use crate::intake;
use crate::outcome::Outcome;
use crate::plan_arguments::{ImpactFormat, Merge};
use crate::speech::{language, say, tell};
use crate::terminal::Surface;
use crate::{folder, speech};

/// Shows what a reader of a Word file changed in it, and takes what is accepted into the source.
///
/// # Errors
/// The file is none that this program built, the folder is no plan, or a file cannot be written.
pub fn run(options: &Merge) -> Result<Outcome, Problem> {
    let name = options.file.display().to_string();
    let parts = intake::unpacked(&options.file, word::is_read)?;
    let word = intake::guarded(&name, || word::read(&parts))?.map_err(|strange| refused(&name, &strange))?;
    let (plan, _, mut files) = folder::plan(&options.folder)?;
    if word.product != plan.name() {
        return Err(of_another(&name, &word.product, plan.name()));
    }
    let mut opened = folder::open(&options.folder)?;
    files.push(options.file.clone());
    let destination = Destination::of(options.delivery.output.as_deref(), &files)?;
    let same_source = word.source == folder::fingerprint(&opened.folder);
    told_apart(&name, &word, same_source);
    let changes = propose(&plan, &word.printed, &word.returned, same_source);
    let proposed: Vec<&Change> = changes.iter().filter(|change| matches!(change.verdict, Verdict::Proposed(_))).collect();
    // a wrong number is told before anything is shown or asked
    let mut accepted = match &options.accept {
        Some(words) => chosen(words, proposed.len())?,
        None => BTreeSet::new(),
    };
    let surface = Surface::of(options.delivery.color, destination.is_file());
    let list = List { plan: &plan, root: &options.folder, changes: &changes, comments: &word.comments };
    if options.interactive {
        accepted = asked(&list, &proposed, surface.colour)?;
    } else {
        destination.write(&match options.format {
            ImpactFormat::Human => list.human(surface.colour),
            ImpactFormat::Jsonl => list.json_lines(),
        })?;
    }
    let taken: Vec<&Change> = accepted.iter().filter_map(|number| proposed.get(number - 1).copied()).collect();
    if !taken.is_empty() {
        let changed = apply(&opened.folder, &taken).map_err(|(one, other)| {
            let number = |index: usize| accepted.iter().nth(index).copied().unwrap_or(0);
            let (one, other) = (number(one), number(other));
            Problem::new(
                Words::new(
                    format!("変更 {one} と {other} は同じ語句に及ぶため、一度に取り込めません"),
                    format!("changes {one} and {other} are of the same words and cannot be taken in at once"),
                ),
                Words::new("片方だけを --accept に指定してください", "accept one of them"),
            )
        })?;
        worsened(&opened.folder, &changed, &options.folder)?;
        opened.write(&changed)?;
        tell(&Words::new(
            format!("{} 件の変更を取り込みました。`mimamori check` で確かめてください", taken.len()),
            format!("{} taken in; `mimamori check` tells whether the plan is still right", counted(taken.len())),
        ));
    }
    Ok(if taken.len() == changes.len() { Outcome::Clean } else { Outcome::Findings })
}

fn counted(changes: usize) -> String {
    format!("{changes} change{}", if changes == 1 { "" } else { "s" })
}

/// Why a file is not taken back.
fn refused(name: &str, strange: &Strange) -> Problem {
    match strange {
        Strange::NoRecord => Problem::new(
            Words::new(
                format!("{name} は `mimamori build` が作った Word ファイルではないか、作成時の記録が失われています"),
                format!("{name} is no Word file that `mimamori build` made, or has lost its record of what was printed"),
            ),
            Words::new(
                "`mimamori build --format docx` で作ったファイルを Word か LibreOffice で直し、.docx のまま保存したものを指定してください",
                "give a file that `mimamori build --format docx` made, changed in Word or LibreOffice and saved as .docx",
            ),
        ),
        Strange::OtherForm(version) => Problem::new(
            Words::new(
                format!("{name} は別の版のプログラムが作ったもので、その記録の形式（{version}）を読めません"),
                format!("{name} was made by another version of this program, whose record (form {version}) cannot be read"),
            ),
            Words::new("その版のプログラムで取り込んでください", "merge it with that version"),
        ),
        Strange::Broken(what) => Problem::new(
            Words::new(format!("{name} は壊れています（{what}）"), format!("{name} is damaged ({what})")),
            Words::new(
                "Word で開いて保存し直すか、送り主から受け取り直してください",
                "open and save it again in Word, or have it sent again",
            ),
        ),
    }
}

/// A file of another product has nothing to say about this one, whatever its words have in common.
fn of_another(name: &str, its: &str, ours: &str) -> Problem {
    let (its, ours) = (harmless(its), harmless(ours));
    Problem::new(
        Words::new(
            format!("{name} は別の製品のものです（{its}。この計画は {ours}）。何も取り込んでいません"),
            format!("{name} is of another product ({its}; this plan is of {ours}); nothing was taken in"),
        ),
        Words::new(
            "その製品の計画のフォルダーを指定してください。名前を変えたのであれば、変える前の計画に取り込んでください",
            "give the folder of that product's plan; if it was renamed, take the changes into the plan before that",
        ),
    )
}

/// Tells where the file does not belong to what is here.
fn told_apart(name: &str, word: &Word, same_source: bool) {
    let own = format!("mimamori {}", env!("CARGO_PKG_VERSION"));
    if word.program != own {
        let program = harmless(&word.program);
        tell(&Words::new(
            format!("注意: {name} は {program} が作りました（このプログラムは {own}）"),
            format!("note: {name} was made by {program}; this is {own}"),
        ));
    }
    if !same_source {
        tell(&Words::new(
            format!("注意: {name} を作った後に計画が変わっています。位置が定まらない変更は取り込みません"),
            format!("note: the plan has changed since {name} was made; what has no certain place is not taken in"),
        ));
    }
}

/// The numbers asked for.
fn chosen(words: &str, most: usize) -> Result<BTreeSet<usize>, Problem> {
    if words.trim() == "all" {
        return Ok((1..=most).collect());
    }
    let mut numbers = BTreeSet::new();
    for word in words.split([',', '、', ' ']).map(str::trim).filter(|word| !word.is_empty()) {
        match word.parse() {
            Ok(number) if (1..=most).contains(&number) => {
                numbers.insert(number);
            }
            _ => {
                let word = harmless(word);
                return Err(Problem::new(
                    Words::new(format!("{word} という番号の変更はありません"), format!("there is no change number {word}")),
                    match most {
                        0 => Words::new("取り込める変更はありません", "there is no change that can be taken in"),
                        _ => Words::new(
                            format!("1 から {most} までの番号か、all を指定してください"),
                            format!("give numbers from 1 to {most}, or all"),
                        ),
                    },
                ));
            }
        }
    }
    Ok(numbers)
}

/// Asks for each change.
fn asked(list: &List<'_>, proposed: &[&Change], colour: bool) -> Result<BTreeSet<usize>, Problem> {
    let mut accepted = BTreeSet::new();
    let out = Destination::Standard;
    out.write(&list.refusals(colour))?;
    let mut answers = std::io::stdin().lock().lines();
    for (index, change) in proposed.iter().enumerate() {
        out.write(&list.proposal(index + 1, change, colour))?;
        loop {
            out.write(say(
                "取り込みますか [y = はい, n = いいえ, a = 残りすべて, q = やめる]: ",
                "take it in? [y = yes, n = no, a = all that are left, q = quit]: ",
            ))?;
            // a closed input is the end of the answers
            let answer = answers.next().and_then(Result::ok).map_or_else(|| "q".to_owned(), |line| line.trim().to_lowercase());
            match answer.as_str() {
                "y" => {
                    accepted.insert(index + 1);
                }
                "n" => {}
                "a" => {
                    accepted.extend(index + 1..=proposed.len());
                    return Ok(accepted);
                }
                "q" => return Ok(accepted),
                _ => continue,
            }
            break;
        }
    }
    // the next line of the shell begins its own
    let _ = std::io::stdout().flush();
    out.write(&list.comments(colour))?;
    Ok(accepted)
}

/// Refuses what would leave a plan that can no longer be read, and tells of new errors.
fn worsened(before: &Folder, changed: &Folder, root: &Path) -> Result<(), Problem> {
    let today = jiff::Zoned::now().date();
    let mut after = before.clone();
    for (path, bytes) in changed.iter() {
        after.insert(path, bytes);
    }
    let errors = |folder: &Folder| {
        let findings = check(folder, today).report.findings;
        findings.into_iter().filter(|finding| finding.severity == Severity::Error).collect::<Vec<_>>()
    };
    let old = errors(before);
    let new: Vec<_> = errors(&after)
        .into_iter()
        .filter(|error| !old.iter().any(|known| known.code == error.code && known.message == error.message))
        .collect();
    let unread = [code::SYNTAX_ERROR, code::FRONT_MATTER_BROKEN, code::NOT_A_PLAN, code::NOT_TEXT, code::WRONG_TYPE];
    if let Some(error) = new.iter().find(|error| unread.contains(&error.code)) {
        let words = &error.message;
        return Err(Problem::new(
            Words::new(
                format!("これらの変更を取り込むと計画を読めなくなるため、何も書き込みません（{}）", words.ja),
                format!("with these changes the plan could no longer be read, and nothing is written ({})", words.en),
            ),
            Words::new("一つずつ --accept に指定し、残りは手で直してください", "accept them one by one, and make the others by hand"),
        ));
    }
    for error in &new {
        let place = error.spans.first().map(|span| format!("{}:{}: ", folder::path(root, &span.file), span.line.unwrap_or(1)));
        let place = place.unwrap_or_default();
        speech::tell(&Words::new(
            format!("注意: 取り込むと新たな誤りが生じます。{place}{} [{}]", error.message.ja, error.code),
            format!("note: this brings a new error: {place}{} [{}]", error.message.get(language()), error.code),
        ));
    }
    Ok(())
}
