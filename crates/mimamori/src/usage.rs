//! Mistakes in the arguments, told in the user's language.

use std::io::Write;

use clap::Error;
use clap::error::{ContextKind, ErrorKind};
use diagnostic::{Problem, Words};

use crate::outcome::Outcome;

/// Shows help and version as asked for, or tells what is wrong with the arguments.
pub fn explain(error: &Error) -> Outcome {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // a reader that goes away has seen enough
            let _ = write!(std::io::stdout().lock(), "{}", error.render());
            Outcome::Clean
        }
        _ => Outcome::failed(&problem(error)),
    }
}

fn problem(error: &Error) -> Problem {
    let of = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = bare(&of(ContextKind::InvalidArg));
    let value = of(ContextKind::InvalidValue);
    let valid = of(ContextKind::ValidValue);
    let suggested = of(ContextKind::SuggestedArg) + &of(ContextKind::SuggestedSubcommand);
    let help = || Words::new("`mimamori --help` で使い方を表示します", "`mimamori --help` shows how it is used");
    let perhaps = |word: &str| {
        if word.is_empty() {
            help()
        } else {
            Words::new(format!("「{word}」のことでしょうか"), format!("perhaps `{word}` is meant"))
        }
    };
    match error.kind() {
        ErrorKind::InvalidValue if !valid.is_empty() => Problem::new(
            Words::new(format!("{argument} に「{value}」は指定できません"), format!("{argument} does not take `{value}`")),
            Words::new(format!("{valid} のいずれかを指定してください"), format!("give one of {valid}")),
        ),
        ErrorKind::InvalidValue | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues | ErrorKind::NoEquals if value.is_empty() => {
            Problem::new(Words::new(format!("{argument} の値がありません"), format!("{argument} lacks its value")), help())
        }
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            Problem::new(
                Words::new(format!("{argument} に「{value}」は指定できません"), format!("{argument} does not take `{value}`")),
                Words::same(reason),
            )
        }
        ErrorKind::UnknownArgument => Problem::new(
            Words::new(format!("{argument} というオプションはありません"), format!("there is no option {argument}")),
            perhaps(&suggested),
        ),
        ErrorKind::InvalidSubcommand => {
            let word = of(ContextKind::InvalidSubcommand);
            Problem::new(
                Words::new(format!("{word} というコマンドはありません"), format!("there is no command {word}")),
                perhaps(&suggested),
            )
        }
        ErrorKind::MissingRequiredArgument => {
            Problem::new(Words::new(format!("{argument} を指定してください"), format!("{argument} is missing")), help())
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Problem::new(
            Words::new("コマンドを指定してください", "a command is missing"),
            Words::new(
                "例えば `mimamori review 計画書.pdf`。`mimamori --help` で一覧を表示します",
                "for instance `mimamori review plan.pdf`; `mimamori --help` lists them",
            ),
        ),
        _ => {
            let told = error.render().to_string();
            let first = told.lines().next().unwrap_or_default();
            Problem::new(Words::same(first.strip_prefix("error: ").unwrap_or(first)), help())
        }
    }
}

/// An argument without the names of its values: `--format <a|b>` is `--format`, `<FILE>...` is `FILE`.
fn bare(argument: &str) -> String {
    let first = argument.lines().next().unwrap_or_default();
    let word = first.split_whitespace().next().unwrap_or_default();
    word.trim_end_matches("...").trim_start_matches('<').trim_end_matches('>').to_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn arguments_are_named_as_they_are_typed() {
        for (described, typed) in [("--format <human|jsonl>", "--format"), ("<FILE>...", "FILE"), ("--color", "--color"), ("", "")] {
            assert_eq!(super::bare(described), typed);
        }
    }
}
