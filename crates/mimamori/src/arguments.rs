//! What can be asked of the program.

use std::path::PathBuf;

use calendar::Date;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use diagnostic::Language;

use crate::plan_arguments::PlanCommand;
use crate::record_arguments::RecordCommand;
use crate::speech::say;
use crate::terminal::Colour;

pub(crate) const TEMPLATE_JA: &str = "{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}\n";
pub(crate) const TEMPLATE_EN: &str = "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}\n";

/// The program.
#[derive(Debug, Parser)]
#[command(
    name = "mimamori",
    bin_name = "mimamori",
    version,
    about = say("医薬品リスク管理計画（RMP）を点検し、書き、印刷し、その歩みを記録します。", "Reviews, writes and prints risk management plans of medicines (J-RMP), and records what happens to them."),
    help_template = say(TEMPLATE_JA, TEMPLATE_EN),
    subcommand_help_heading = say("コマンド", "Commands"),
    subcommand_value_name = say("コマンド", "COMMAND"),
    next_help_heading = say("オプション", "Options"),
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = false,
    max_term_width = 110,
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Language of messages. Read by `speech`, which comes first; here it is checked and described.
    #[arg(long, global = true, value_name = "ja|en", value_parser = |word: &str| word.parse::<Language>(), help = say("表示の言語（既定は環境変数 MIMAMORI_LANG、LC_ALL、LC_MESSAGES、LANG から）", "language of messages (default: from MIMAMORI_LANG, LC_ALL, LC_MESSAGES or LANG)"))]
    pub lang: Option<Language>,
    /// Shows the help text.
    #[arg(short, long, global = true, action = ArgAction::Help, help = say("この説明を表示", "show this help"))]
    pub help: Option<bool>,
    /// Shows the version.
    #[arg(short = 'V', long, action = ArgAction::Version, help = say("版を表示", "show the version"))]
    pub version: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Reviews plans.
    #[command(
        about = say("計画書を点検し、指摘を表示", "review plans: what contradicts itself, where, why, and what to do"),
        help_template = say(TEMPLATE_JA, TEMPLATE_EN),
        after_help = say(
            "終了コード: 0 要修正・要確認なし、1 あり、2 読み取れない文書がある\n",
            "Exit code: 0 no error or warning, 1 some, 2 something could not be read\n",
        ),
    )]
    Review(Review),
    /// Shows what a plan states.
    #[command(about = say("計画書の記載を項目ごとに表示", "show what a plan states, view by view"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Read(Read),
    /// Writes a published plan as plan source.
    #[command(
        about = say("公表された計画書を、計画のソースとして取り込む", "write a published plan as plan source"),
        help_template = say(TEMPLATE_JA, TEMPLATE_EN),
        after_help = say(
            "終了コード: 0 取り込んだ、1 取り込んだが確かめる点がある、2 取り込めない\n",
            "Exit code: 0 imported, 1 imported with things to look at, 2 not imported\n",
        ),
    )]
    Import(Import),
    /// The commands about plans as source.
    #[command(flatten)]
    Plan(PlanCommand),
    /// The commands about the record.
    #[command(flatten)]
    Record(RecordCommand),
    /// Shows the manual page of a rule.
    #[command(about = say("規則の解説を表示", "show the manual page of a rule"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Explain(Explain),
    /// Lists the rules.
    #[command(about = say("規則の一覧を表示", "list the rules"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Rules(Rules),
}

/// `mimamori review`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Review {
    /// The plans.
    #[arg(required = true, value_name = "FILE", help_heading = say("引数", "Arguments"), help = say("計画書（PDF、.docx、テキスト。- は標準入力）", "plans: PDF, .docx or text; - is the standard input"))]
    pub files: Vec<PathBuf>,
    /// The form of the report.
    #[arg(long, value_enum, default_value = "human", hide_possible_values = true, hide_default_value = true, value_name = "human|jsonl|sarif|html", help = say("出力の形式（既定 human）", "form of the report (default: human)"))]
    pub format: ReviewFormat,
    /// The day the plan is judged as of.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("点検の基準日（既定は文書の提出年月日）", "the day to judge as of (default: the plan's own date of submission)"))]
    pub as_of: Option<Date>,
    /// Where to and how.
    #[command(flatten)]
    pub delivery: Delivery,
}

/// `mimamori read`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Read {
    /// The plan.
    #[arg(value_name = "FILE", help_heading = say("引数", "Arguments"), help = say("計画書（PDF、.docx、テキスト。- は標準入力）", "the plan: PDF, .docx or text; - is the standard input"))]
    pub file: PathBuf,
    /// The form of the reading.
    #[arg(long, value_enum, default_value = "text", hide_possible_values = true, hide_default_value = true, value_name = "text|json", help = say("出力の形式（既定 text）", "form of the reading (default: text)"))]
    pub format: DataFormat,
    /// The file to write to.
    #[arg(short, long, value_name = "FILE", help = say("書き込むファイル（既定は標準出力）", "file to write to (default: the standard output)"))]
    pub output: Option<PathBuf>,
}

/// `mimamori import`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Import {
    /// The plan.
    #[arg(value_name = "FILE", help_heading = say("引数", "Arguments"), help = say("計画書（PDF、.docx、テキスト。- は標準入力）", "the plan: PDF, .docx or text; - is the standard input"))]
    pub file: PathBuf,
    /// The folder to write.
    #[arg(short, long, value_name = "FOLDER", help = say("書き込むフォルダー（新しいか、空のもの）", "folder to write: new, or empty"))]
    pub output: PathBuf,
    /// The form of the report.
    #[arg(long, value_enum, default_value = "human", hide_possible_values = true, hide_default_value = true, value_name = "human|jsonl", help = say("報告の形式（既定 human）", "form of the report (default: human)"))]
    pub format: ReportFormat,
    /// Colour.
    #[arg(long, value_enum, default_value = "auto", hide_possible_values = true, hide_default_value = true, value_name = "auto|always|never", help = say("色（既定 auto は端末に表示するときだけ）", "colour (default auto: only on a terminal)"))]
    pub color: Colour,
}

/// `mimamori explain`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Explain {
    /// Code or name.
    #[arg(value_name = "CODE|NAME", help_heading = say("引数", "Arguments"), help = say("規則の番号か名前（例 RMP301）", "code or name of the rule, such as RMP301"))]
    pub rule: String,
    /// Colour.
    #[arg(long, value_enum, default_value = "auto", hide_possible_values = true, hide_default_value = true, value_name = "auto|always|never", help = say("色（既定 auto は端末に表示するときだけ）", "colour (default auto: only on a terminal)"))]
    pub color: Colour,
}

/// `mimamori rules`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Rules {
    /// The form of the list.
    #[arg(long, value_enum, default_value = "text", hide_possible_values = true, hide_default_value = true, value_name = "text|json", help = say("出力の形式（既定 text）", "form of the list (default: text)"))]
    pub format: DataFormat,
}

/// Where a report goes and how it looks.
#[derive(Args, Debug)]
pub struct Delivery {
    /// The file to write to.
    #[arg(short, long, value_name = "FILE", help = say("書き込むファイル（既定は標準出力）", "file to write to (default: the standard output)"))]
    pub output: Option<PathBuf>,
    /// Colour.
    #[arg(long, value_enum, default_value = "auto", hide_possible_values = true, hide_default_value = true, value_name = "auto|always|never", help = say("色（既定 auto は端末に表示するときだけ）", "colour (default auto: only on a terminal)"))]
    pub color: Colour,
}

/// The forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReviewFormat {
    /// For a person at a terminal.
    Human,
    /// JSON Lines, one finding a line.
    Jsonl,
    /// SARIF 2.1.0.
    Sarif,
    /// A page.
    Html,
}

/// The forms of a report that comes beside files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For a person at a terminal.
    Human,
    /// JSON Lines, one finding a line.
    Jsonl,
}

/// The forms of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DataFormat {
    /// For a person.
    Text,
    /// For a program.
    Json,
}

/// A day of the calendar.
pub(crate) fn day(word: &str) -> Result<Date, String> {
    let wrong = || {
        say("存在する日付を YYYY-MM-DD の形で、又は today と指定してください", "give a day of the calendar as YYYY-MM-DD, or today")
            .to_owned()
    };
    if word == "today" {
        return Ok(jiff::Zoned::now().date());
    }
    if word.len() == 10 { word.parse().map_err(|_| wrong()) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_description_is_consistent() {
        super::Cli::command().debug_assert();
    }

    #[test]
    fn a_day_is_a_day_of_the_calendar() {
        assert!(super::day("2026-02-28").is_ok());
        for wrong in ["2026-02-29", "26-02-28", "2026-2-28", "20260228", "tomorrow"] {
            assert!(super::day(wrong).is_err(), "{wrong}");
        }
    }
}
