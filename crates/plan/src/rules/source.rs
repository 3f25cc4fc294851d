//! The rules of the source itself. Reading finds what they report, so that a plan is read once.

use diagnostic::{Reference, Severity};

use super::{Context, Rule, Sink, code};

/// The language is ours; its manual says what it asks for.
pub(super) const LANGUAGE: Reference = Reference::always("計画の言語 第1版", "the plan language, format 1");

fn check(context: &Context<'_>, sink: &mut Sink) {
    sink.take(context);
}

macro_rules! source_rules {
    ($($static:ident $name:literal $severity:ident $page:literal $title_ja:literal $title_en:literal $why_ja:literal $why_en:literal;)+) => {
        $(
            /// See the manual page.
            pub static $static: Rule = Rule {
                code: code::$static,
                name: $name,
                severity: Severity::$severity,
                title: ($title_ja, $title_en),
                why: ($why_ja, $why_en),
                reference: LANGUAGE,
                manual: include_str!($page),
                check,
            };
        )+
    };
}

source_rules! {
    NOT_A_PLAN "not-a-plan" Error "not_a_plan.md"
        "計画のフォルダではない" "a folder is no plan"
        "plan.toml のないフォルダは計画として読めない。" "without plan.toml a folder cannot be read as a plan";
    NOT_TEXT "not-text" Error "not_text.md"
        "UTF-8 でないファイル" "a file is not UTF-8"
        "読めないファイルの内容は計画に入らない。" "what cannot be read is not in the plan";
    SYNTAX_ERROR "syntax-error" Error "syntax_error.md"
        "TOML として読めない行" "a line is no TOML"
        "読めない行は計画に入らない。" "what cannot be read is not in the plan";
    FRONT_MATTER_BROKEN "front-matter-broken" Error "front_matter_broken.md"
        "ファイル先頭の TOML がない、又は閉じられていない" "front matter is missing or not closed"
        "先頭の TOML がそのファイルの事実を述べる。" "front matter states the facts of its file";
    UNKNOWN_FILE "unknown-file" Warning "unknown_file.md"
        "計画のものでないファイル" "a file is none of a plan"
        "名前を誤ったファイルは読まれず、計画から黙って抜け落ちる。" "a file with a wrong name is not read, and would be missing in silence";
    UNKNOWN_KEY "unknown-key" Error "unknown_key.md"
        "知らないキー" "a key is unknown"
        "綴りを誤ったキーの値は計画に入らない。" "the value of a misspelt key is not in the plan";
    WRONG_TYPE "wrong-type" Error "wrong_type.md"
        "値の型が違う" "a value is of another type"
        "型の違う値は計画に入らない。" "a value of another type is not in the plan";
    MISSING_KEY "missing-key" Error "missing_key.md"
        "必要なキーがない" "a key is missing"
        "様式に要る事実が欠ける。" "the form needs this fact";
    UNKNOWN_VALUE "unknown-value" Error "unknown_value.md"
        "知らない値" "a value is none of those a key can have"
        "決められた語でなければ意味が定まらない。" "only the known words have a meaning";
    OTHER_FORMAT "other-format" Error "other_format.md"
        "別の版の言語" "another version of the language"
        "別の版の計画は違う意味に読まれるおそれがある。" "a plan of another version might be read to mean something else";
    ID_USED_TWICE "id-used-twice" Error "id_used_twice.md"
        "二度使われた ID" "an id is used twice"
        "どちらを指すのか分からなくなる。" "nobody can tell which one is meant";
    UNFIT_NAME "unfit-name" Error "unfit_name.md"
        "ID にならないファイル名" "a file has no name that can be an id"
        "ファイル名が ID になり、他から参照される。" "the name of the file is the id by which others refer to it";
    UNKNOWN_SECTION "unknown-section" Error "unknown_section.md"
        "知らない節" "a section is unknown or stands twice"
        "知らない節は印刷されない。" "an unknown section is not printed";
    FIGURE_MALFORMED "figure-malformed" Error "figure_malformed.md"
        "読めない {{ }}" "a {{ }} cannot be read"
        "計算できない数値は印刷できない。" "what cannot be computed cannot be printed";
    COMMENT_OPEN "comment-open" Error "comment_open.md"
        "閉じられていないコメント" "a comment is not closed"
        "書きかけのコメントがそのまま印刷される。" "an unfinished comment would be printed";
}
