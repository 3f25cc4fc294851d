//! What can be asked of the program about plans as source.

use std::path::PathBuf;

use calendar::Date;
use clap::{Args, Subcommand, ValueEnum};
use plan::impact::Cause;

use crate::arguments::{Delivery, ReviewFormat, TEMPLATE_EN, TEMPLATE_JA, day};
use crate::speech::say;

/// The commands about plans as source.
#[derive(Debug, Subcommand)]
pub enum PlanCommand {
    /// Checks a plan.
    #[command(
        about = say("計画のソースを検査し、指摘を表示", "check a plan's source: what is wrong, where, why, and what to do"),
        help_template = say(TEMPLATE_JA, TEMPLATE_EN),
        after_help = say(
            "終了コード: 0 要修正・要確認なし、1 あり、2 計画として読めない\n",
            "Exit code: 0 no error or warning, 1 some, 2 it cannot be read as a plan\n",
        ),
    )]
    Check(Check),
    /// Lays out a plan.
    #[command(
        about = say("計画のソースの書式を整える", "bring a plan's source into its one layout"),
        help_template = say(TEMPLATE_JA, TEMPLATE_EN),
        after_help = say(
            "終了コード: 0 整っている、1 整っていないファイルがある（--check）、又は整えられないファイルがある、2 失敗\n",
            "Exit code: 0 laid out, 1 a file is not (--check) or cannot be, 2 failed\n",
        ),
    )]
    Fmt(Fmt),
    /// Begins a plan.
    #[command(about = say("新しい計画を作る", "begin a plan: a minimal one that checks clean"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    New(New),
    /// Compares two plans.
    #[command(
        about = say("二つの計画の違いを、計画の言葉で表示", "what changed between two plans, in the plan's own terms"),
        help_template = say(TEMPLATE_JA, TEMPLATE_EN),
        after_help = say(
            "終了コード: 0 比べた、1 比べたが読めない箇所がある、2 計画として読めない\n",
            "Exit code: 0 compared, 1 compared, but a part could not be read, 2 one cannot be read as a plan\n",
        ),
    )]
    Diff(Diff),
    /// Shows what an event touches.
    #[command(about = say("出来事の影響が及ぶものを表示", "everything an event touches: concerns, activities, materials, deadlines, documents"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Impact(Impact),
    /// Lists what is due.
    #[command(
        about = say("期限の一覧と、その計算の根拠を表示", "what is due, when, how it stands, and how each day was found"),
        help_template = say(TEMPLATE_JA, TEMPLATE_EN),
        after_help = say(
            "終了コード: 0 期限を過ぎたものはない、1 あるか、計画に読めない箇所がある、2 計画として読めない\n\n規則と間隔は --rhythms のファイルで置き換えられます。--show-rhythms がもとのファイルを表示します。\n",
            "Exit code: 0 nothing is overdue, 1 something is, or a part of the plan could not be read, 2 it cannot be read as a plan\n\nRules and intervals are replaced by a file given after --rhythms; --show-rhythms shows the original.\n",
        ),
    )]
    Deadlines(Deadlines),
    /// Builds documents.
    #[command(
        about = say("計画から、提出する文書を作る", "build the documents that are handed in"),
        help_template = say(TEMPLATE_JA, TEMPLATE_EN),
        after_help = say(
            "終了コード: 0 作った、1 誤りのある計画から案を作った、又は変更理由などを補う所が残った、2 作れない\n\n様式は DIR/forms/文書名/ か、--forms で指定するフォルダーの 文書名/ に同じ名のファイルを置くと置き換わります。\n`--show-form` でもとの様式を書き出せます。\n",
            "Exit code: 0 built, 1 built a draft of a plan with errors or with something left to fill, such as a reason, 2 not built\n\nA file of a form is replaced by one of the same name in DIR/forms/DOCUMENT/, or in DOCUMENT/ of the folder given by --forms.\nFonts, sizes and colours are replaced in tokens.toml beside them. `--show-form` writes out the originals.\n",
        ),
    )]
    Build(Build),
    /// Rebuilds on save.
    #[command(
        about = say("保存するたびに検査して文書を作り直し、ブラウザーに表示する", "check and rebuild on every save; a browser tab follows"),
        help_template = say(TEMPLATE_JA, TEMPLATE_EN),
        after_help = say(
            "この計算機の中（127.0.0.1）だけに表示し、何も書き込みません。Ctrl-C で終わります。\n",
            "It is shown on this machine only (127.0.0.1) and nothing is written. Ctrl-C ends it.\n",
        ),
    )]
    Watch(Watch),
    /// Takes changes of a Word file back into the source.
    #[command(
        about = say("人が直した Word ファイルの変更を、計画のソースに取り込む", "take the changes of a Word file that was built back into the plan's source"),
        help_template = say(TEMPLATE_JA, TEMPLATE_EN),
        after_help = say(
            "終了コード: 0 変更がないか、すべて取り込んだ、1 取り込んでいない変更がある、2 失敗\n\n--accept がなければ、示すだけで何も書き込みません。\n",
            "Exit code: 0 nothing changed or all of it was taken in, 1 some was not, 2 failed\n\nWithout --accept or --interactive the changes are shown and nothing is written.\n",
        ),
    )]
    Merge(Merge),
    /// Writes the JSON Schemas of the language.
    #[command(about = say("計画の言語の JSON Schema をエディターのために書き出す", "write the JSON Schemas of the plan language, for editors"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Schema(Schema),
    /// Serves an editor.
    #[command(
        about = say("エディターに応える言語サーバー（標準入出力）", "a language server for editors, over standard input and output"),
        help_template = say(TEMPLATE_JA, TEMPLATE_EN),
    )]
    Lsp(Lsp),
}

/// `mimamori check`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Check {
    /// The plan.
    #[arg(value_name = "DIR", help_heading = say("引数", "Arguments"), help = say("計画のフォルダー", "the folder of the plan"))]
    pub folder: PathBuf,
    /// The day the plan is judged as of.
    #[arg(long, value_name = "YYYY-MM-DD|today", value_parser = day, help = say("検査の基準日（既定は計画の提出年月日、なければ今日。today で今日の期限を見る）", "the day to judge as of (default: the day the plan is handed in, else today; with today, deadlines as they are now)"))]
    pub as_of: Option<Date>,
    /// Whether safe repairs are made.
    #[arg(long, help = say("意味を変えない修正を行う", "make the repairs that change no meaning"))]
    pub fix: bool,
    /// The form of the report.
    #[arg(long, value_enum, default_value = "human", hide_possible_values = true, hide_default_value = true, value_name = "human|jsonl|sarif|html", help = say("出力の形式（既定 human）", "form of the report (default: human)"))]
    pub format: ReviewFormat,
    /// Where to and how.
    #[command(flatten)]
    pub delivery: Delivery,
}

/// `mimamori fmt`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Fmt {
    /// The plan.
    #[arg(value_name = "DIR", help_heading = say("引数", "Arguments"), help = say("計画のフォルダー", "the folder of the plan"))]
    pub folder: PathBuf,
    /// Whether nothing is written.
    #[arg(long, help = say("書き換えず、整っていないファイルを示す", "write nothing; tell which files are not laid out"))]
    pub check: bool,
}

/// `mimamori new`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct New {
    /// The folder.
    #[arg(value_name = "DIR", help_heading = say("引数", "Arguments"), help = say("作るフォルダー（まだないか、空のもの）", "the folder to make; it does not exist or is empty"))]
    pub folder: PathBuf,
}

/// `mimamori build`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Build {
    /// The plan.
    #[arg(value_name = "DIR", help_heading = say("引数", "Arguments"), help = say("計画のフォルダー", "the folder of the plan"))]
    pub folder: PathBuf,
    /// Which documents.
    #[command(flatten)]
    pub choice: Choice,
    /// The earlier version.
    #[arg(long, value_name = "DIR", help = say("前回提出した版の計画のフォルダー。変更箇所に下線を引き、変更の履歴を導く", "the plan as last submitted: what changed since is underlined, and the history of changes is derived"))]
    pub against: Option<PathBuf>,
    /// Where to.
    #[arg(short, long, value_name = "DIR", help = say("書き込むフォルダー（既定は計画の out/）", "the folder to write to (default: out/ in the plan)"))]
    pub output: Option<PathBuf>,
    /// Whether drafts are refused.
    #[arg(long = "final", help = say("提出版を作る。計画に誤りがあれば作らない", "build what is handed in; refuse a plan with errors"))]
    pub final_version: bool,
    /// Whether the form is written out.
    #[arg(long, help = say("文書の代わりに、もとの様式を書き出す", "write out the original forms instead of documents"))]
    pub show_form: bool,
}

/// Which documents are built, and how.
#[derive(Args, Clone, Debug)]
pub struct Choice {
    /// The documents.
    #[arg(long = "document", value_enum, value_delimiter = ',', hide_possible_values = true, value_name = "j-rmp,old-new,calendar,evidence,public,eu-rmp", help = say("作る文書。「,」で並べる（既定はすべて。old-new は比べる版があるときに、public は公表された版から、eu-rmp は英語の文章のある計画から）", "the documents to build, parted by “,” (default: all; old-new needs an earlier version, public a published version, eu-rmp prose in English)"))]
    pub documents: Vec<DocumentName>,
    /// The formats.
    #[arg(long = "format", value_enum, value_delimiter = ',', hide_possible_values = true, value_name = "pdf,docx,html,text", help = say("形式。「,」で並べる（既定はすべて）", "the formats, parted by “,” (default: all)"))]
    pub formats: Vec<BuildFormat>,
    /// The day statuses are told of.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("実施状況などの基準日（既定は計画の提出年月日、未提出の版では今日）。最後の提出より後なら、その日に提出する版になる", "the day statuses are told of (default: the day the plan is handed in; of a version not handed in, today); a day after the last submission makes the version handed in on that day"))]
    pub as_of: Option<Date>,
    /// Forms of the company.
    #[arg(long, value_name = "DIR", help = say("置き換える様式のフォルダー", "a folder of forms that replace the original ones"))]
    pub forms: Option<PathBuf>,
}

/// The documents, in the order in which they are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum DocumentName {
    /// 医薬品リスク管理計画書.
    JRmp,
    /// 新旧対照表.
    OldNew,
    /// 予定表.
    Calendar,
    /// 検討事項ごとの根拠.
    Evidence,
    /// 公表された版の、医療関係者向けの頁.
    Public,
    /// EU のリスク管理計画.
    EuRmp,
}

/// The formats of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum BuildFormat {
    /// PDF, archivable and accessible.
    Pdf,
    /// For Word.
    Docx,
    /// One page for a browser.
    Html,
    /// Plain text.
    Text,
}

/// `mimamori watch`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Watch {
    /// The plan.
    #[arg(value_name = "DIR", help_heading = say("引数", "Arguments"), help = say("計画のフォルダー", "the folder of the plan"))]
    pub folder: PathBuf,
    /// The day statuses are told of.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("実施状況などの基準日（既定は今日）", "the day statuses are told of (default: today)"))]
    pub as_of: Option<Date>,
    /// The earlier version.
    #[arg(long, value_name = "DIR", help = say("前回提出した版の計画のフォルダー。変更箇所に下線を引く", "the plan as last submitted: what changed since is underlined"))]
    pub against: Option<PathBuf>,
    /// Forms of the company.
    #[arg(long, value_name = "DIR", help = say("置き換える様式のフォルダー", "a folder of forms that replace the original ones"))]
    pub forms: Option<PathBuf>,
    /// Where the page is served.
    #[arg(long, default_value_t = 4780, value_name = "PORT", hide_default_value = true, help = say("表示するポート（既定 4780。使われていれば次の番号）", "the port of the page (default 4780; the next one that is free)"))]
    pub port: u16,
}

/// `mimamori merge`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Merge {
    /// The plan.
    #[arg(value_name = "DIR", help_heading = say("引数", "Arguments"), help = say("計画のフォルダー", "the folder of the plan"))]
    pub folder: PathBuf,
    /// The Word file.
    #[arg(value_name = "FILE", help_heading = say("引数", "Arguments"), help = say("`mimamori build` で作り、人が直した Word ファイル（.docx）", "a Word file (.docx) that `mimamori build` made and a person changed"))]
    pub file: PathBuf,
    /// Which changes are taken in.
    #[arg(long, value_name = "all|1,3,5", conflicts_with = "interactive", help = say("取り込む変更の番号。「,」で並べるか、all", "the numbers of the changes to take in, parted by “,”, or all"))]
    pub accept: Option<String>,
    /// Whether each is asked for.
    #[arg(long, help = say("一つずつ尋ねて取り込む", "ask for each change"))]
    pub interactive: bool,
    /// The form of the list.
    #[arg(long, value_enum, default_value = "human", hide_possible_values = true, hide_default_value = true, value_name = "human|jsonl", help = say("出力の形式（既定 human）", "form of the list (default: human)"))]
    pub format: ImpactFormat,
    /// Where to and how.
    #[command(flatten)]
    pub delivery: Delivery,
}

/// `mimamori schema`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Schema {
    /// The folder.
    #[arg(value_name = "DIR", help_heading = say("引数", "Arguments"), help = say("作るフォルダー（まだないか、空か、前に書き出したもの）", "the folder to make: it does not exist, is empty, or was written before"))]
    pub folder: PathBuf,
}

/// `mimamori lsp`.
#[derive(Args, Debug)]
pub struct Lsp {
    /// What many editors add; there is no other way to talk.
    #[arg(long, hide = true)]
    pub stdio: bool,
}

/// `mimamori diff`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Diff {
    /// The old plan.
    #[arg(value_name = "OLD", help_heading = say("引数", "Arguments"), help = say("前の計画のフォルダー", "the folder of the old plan"))]
    pub old: PathBuf,
    /// The new plan.
    #[arg(value_name = "NEW", help_heading = say("引数", "Arguments"), help = say("新しい計画のフォルダー", "the folder of the new plan"))]
    pub new: PathBuf,
    /// The form of the list.
    #[arg(long, value_enum, default_value = "human", hide_possible_values = true, hide_default_value = true, value_name = "human|jsonl|html", help = say("出力の形式（既定 human）", "form of the list (default: human)"))]
    pub format: DiffFormat,
    /// Where to and how.
    #[command(flatten)]
    pub delivery: Delivery,
}

/// `mimamori impact`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Impact {
    /// The plan.
    #[arg(value_name = "DIR", help_heading = say("引数", "Arguments"), help = say("計画のフォルダー", "the folder of the plan"))]
    pub folder: PathBuf,
    /// The event.
    #[arg(long, value_name = "CAUSE", help = say("出来事：approval:番号、condition:ID、label:項番、ended:活動、study:試験番号", "the event: approval:NUMBER, condition:ID, label:SECTION, ended:ACTIVITY or study:NUMBER"))]
    pub cause: Cause,
    /// The day deadlines are counted from.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("期限を見る基準日（既定は今日）", "the day from which deadlines are told (default: today)"))]
    pub as_of: Option<Date>,
    /// The form of the list.
    #[arg(long, value_enum, default_value = "human", hide_possible_values = true, hide_default_value = true, value_name = "human|jsonl", help = say("出力の形式（既定 human）", "form of the list (default: human)"))]
    pub format: ImpactFormat,
    /// Where to and how.
    #[command(flatten)]
    pub delivery: Delivery,
}

/// `mimamori deadlines`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Deadlines {
    /// The plan, or the record.
    #[arg(value_name = "DIR", required_unless_present = "show_rhythms", help_heading = say("引数", "Arguments"), help = say("計画のフォルダー、又は記録のフォルダー（`mimamori init`）", "the folder of a plan, or of the record of an organisation (`mimamori init`)"))]
    pub folder: Option<PathBuf>,
    /// The product.
    #[arg(long, value_name = "PRODUCT", help = say("記録のうち、この製品だけ", "of the record, only this product"))]
    pub product: Option<String>,
    /// The day on which everything stands as shown.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("基準日（既定は今日）", "the day as of which it is told (default: today)"))]
    pub as_of: Option<Date>,
    /// One of them, with its computation.
    #[arg(long, value_name = "ID", help = say("一つの期限について、計算を順に示す。ID は一覧にある", "how the day of one of them was found, step by step; the list shows the IDs"))]
    pub explain: Option<String>,
    /// Whether everything is listed.
    #[arg(long, help = say("済んだもの、記録のないもの、先のものも表示", "list also what is done, what has no record, and what is far ahead"))]
    pub all: bool,
    /// The organisation's own rules.
    #[arg(long, value_name = "FILE", help = say("組織の設定（規則、間隔、休日、品目ごとの起算日）", "the organisation's settings: rules, intervals, closed days, anchors of its products"))]
    pub rhythms: Option<PathBuf>,
    /// Whether the original rules are shown.
    #[arg(long, help = say("期限の代わりに、もとの規則のファイルを表示", "show the original file of rules instead of deadlines"))]
    pub show_rhythms: bool,
    /// The form of the list.
    #[arg(long, value_enum, default_value = "text", hide_possible_values = true, hide_default_value = true, value_name = "text|json|ics", help = say("出力の形式（既定 text）", "form of the list (default: text)"))]
    pub format: DeadlineFormat,
    /// Where to and how.
    #[command(flatten)]
    pub delivery: Delivery,
}

/// The forms of a list of deadlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DeadlineFormat {
    /// For a person.
    Text,
    /// For a program: one object.
    Json,
    /// For calendars of people.
    Ics,
}

/// The forms of a list of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For a person at a terminal.
    Human,
    /// JSON Lines, one change a line.
    Jsonl,
    /// A page.
    Html,
}

/// The forms of a list of what an event touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImpactFormat {
    /// For a person at a terminal.
    Human,
    /// JSON Lines, one thing a line.
    Jsonl,
}
