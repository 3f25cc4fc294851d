//! What can be asked of the program about the record of an organisation.

use std::path::PathBuf;

use access::Role;
use calendar::Date;
use clap::{Args, Subcommand, ValueEnum};

use crate::arguments::{Delivery, TEMPLATE_EN, TEMPLATE_JA, day};
use crate::life_arguments::{Issue, Origin, Password, Record, SheetOptions, Status};
use crate::serve_arguments::{Demo, Serve};
use crate::speech::say;

/// The commands about the record.
#[derive(Debug, Subcommand)]
pub enum RecordCommand {
    /// Begins a record.
    #[command(
        about = say("組織の記録を始める", "begin the record of an organisation"),
        help_template = say(TEMPLATE_JA, TEMPLATE_EN),
        after_help = say(
            "--as の人が最初のシステム管理者になります。管理者は人と役割を受け持ち、データは扱いません。\n",
            "Whoever is named by --as becomes the first administrator, who looks after people and roles and has no part in the data.\n",
        ),
    )]
    Init(Init),
    /// Registers a person.
    #[command(about = say("利用者を登録する", "make a person known"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Person(Person),
    /// Grants or revokes a role.
    #[command(about = say("役割を付与する、又は取り消す", "give a role to a person, or take it"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Role(RoleOptions),
    /// States rhythms and closed days.
    #[command(about = say("報告の周期と休日を、組織の設定として記録する", "state the rhythms of reports and the closed days of the organisation"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Rhythms(RhythmsOptions),
    /// Records a revision.
    #[command(
        about = say("計画の改訂を記録する", "record a revision of a plan"),
        help_template = say(TEMPLATE_JA, TEMPLATE_EN),
        after_help = say(
            "終了コード: 0 記録した、1 要修正の指摘がある計画を記録した、2 記録していない\n",
            "Exit code: 0 recorded, 1 recorded a plan with errors, 2 not recorded\n",
        ),
    )]
    Submit(Submit),
    /// Records what happened to a plan.
    #[command(about = say("査読、署名、提出、照会、確認、公表、期限の履行を記録する", "record reviews, signatures, submissions, questions, confirmation, publication, deadlines met"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Record(Record),
    /// Issues documents.
    #[command(
        about = say("記録された改訂から文書を作り、発行したことを記録する", "build documents of a recorded revision, with its signatures, and record that they were issued"),
        help_template = say(TEMPLATE_JA, TEMPLATE_EN),
        after_help = say(
            "終了コード: 0 発行した、1 要修正の指摘がある計画の案を発行した、2 発行していない\n",
            "Exit code: 0 issued, 1 issued drafts of a plan with errors, 2 not issued\n",
        ),
    )]
    Issue(Issue),
    /// Prints the signatures of a revision.
    #[command(about = say("改訂の署名を、署名された内容のハッシュ値とともに一枚に印刷する", "print the signatures of a revision on a sheet, with the hash of what is signed"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Sheet(SheetOptions),
    /// Tells where a file comes from.
    #[command(
        about = say("手元のファイルが、いつ、どの改訂から、だれが発行したものかを示す", "when, from which revision and by whom a file in hand was issued"),
        help_template = say(TEMPLATE_JA, TEMPLATE_EN),
        after_help = say(
            "終了コード: 0 最後の改訂のもの、1 その後に改訂された、又は発行したものではない、2 確かめられない\n",
            "Exit code: 0 of the last revision, 1 revised since, or not issued from this record, 2 it could not be found out\n",
        ),
    )]
    Origin(Origin),
    /// Sets a password.
    #[command(about = say("署名のためのパスワードを設定する", "set the password that signing asks for"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Password(Password),
    /// Shows how a product stands.
    #[command(about = say("計画がいまどこまで進んでいるかを表示", "how a plan stands: revisions, signatures, submissions, questions"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Status(Status),
    /// Shows the trail.
    #[command(about = say("だれが、いつ、何を、なぜ記録したかを表示", "who recorded what, when and why"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Log(Log),
    /// Verifies the record.
    #[command(
        about = say("記録に損なわれた所がないか、すべて計算し直して確かめる", "recompute every chain and every blob"),
        help_template = say(TEMPLATE_JA, TEMPLATE_EN),
        after_help = say(
            "終了コード: 0 損なわれていない、1 損なわれた所がある、2 確かめられない\n",
            "Exit code: 0 whole, 1 damaged, 2 it could not be verified\n",
        ),
    )]
    Verify(Verify),
    /// Signs the heads.
    #[command(about = say("すべての連鎖の先頭値に署名し、外に控えるために表示", "sign the heads of all chains and show them, to be kept outside"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Head(HeadOptions),
    /// Takes a backup.
    #[command(about = say("検証済みのバックアップを一つのファイルに取る（運用中でもよい）", "take a verified backup into one file, while others work"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Backup(Backup),
    /// Writes the state and the trail as files.
    #[command(about = say("状態を、検証できる記録とともにファイルに書き出す", "the state as files, with the whole trail so that others can verify it"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Export(Export),
    /// Serves the record to browsers.
    #[command(about = say("記録をブラウザーから使えるようにする", "serve the record to browsers, for a whole team"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Serve(Serve),
    /// Serves an invented world.
    #[command(about = say("架空の製品と人で見て回れるようにする（模擬データ）", "an invented product and its people to look around in (simulated data)"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Demo(Demo),
    /// Restores a backup.
    #[command(about = say("バックアップを新しいフォルダーに復元し、検証する", "restore a backup into a new folder, and verify it"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Restore(Restore),
}

/// Who acts, and why.
#[derive(Args, Clone, Debug)]
pub struct Actor {
    /// The person.
    #[arg(id = "as", long = "as", value_name = "PERSON", env = "MIMAMORI_AS", hide_env = true, help = say("記録する人の識別子（既定は環境変数 MIMAMORI_AS）", "the identifier of who acts (default: MIMAMORI_AS)"))]
    pub person: String,
    /// Why.
    #[arg(long, value_name = "TEXT", help = say("理由", "why"))]
    pub reason: Option<String>,
    /// The idempotency key.
    #[arg(long, value_name = "KEY", help = say("操作の鍵。同じ鍵でもう一度行っても、二重には記録されない（既定は毎回新しい鍵）", "the key of what is done: done again with the same, nothing is recorded twice (default: a new one)"))]
    pub key: Option<String>,
    /// What was seen.
    #[arg(long, value_name = "NUMBER", help = say("見た最後の記録の番号。対象がその後に変わっていれば記録しない（既定は確かめない）", "the number of the last entry you have seen: refused if what it is about has changed since (default: not asked)"))]
    pub seen: Option<u64>,
}

impl Actor {
    /// Somebody who says no more than who they are.
    pub fn named(person: String) -> Self {
        Self { person, reason: None, key: None, seen: None }
    }
}

/// Who reads.
#[derive(Args, Clone, Debug)]
pub struct Reader {
    /// The person.
    #[arg(id = "as", long = "as", value_name = "PERSON", env = "MIMAMORI_AS", hide_env = true, help = say("閲覧する人の識別子。権限を確かめ、閲覧を記録する（既定は環境変数 MIMAMORI_AS。どちらもなければ記録しない）", "the identifier of who reads: may they? and it is noted (default: MIMAMORI_AS; without either, nothing is noted)"))]
    pub person: Option<String>,
}

/// Where the entries are, if not in the folder.
#[derive(Args, Clone, Debug)]
pub struct Database {
    /// The owner's address.
    #[arg(long, value_name = "URL", help = say("記録を PostgreSQL に置く：表を作る所有者の接続先（保存しない）", "keep the entries in PostgreSQL: the address of the owner, who makes the tables; it is not kept"))]
    pub database: Option<String>,
    /// The server's address.
    #[arg(long, value_name = "URL", help = say("日々使う役割の接続先（読むことと加えることだけができる。フォルダーに保存する）", "the address with the role for every day, which may only read and add; kept in the folder"))]
    pub server: Option<String>,
}

/// `mimamori init`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Init {
    /// The folder.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("記録のフォルダー（新しいか、空のもの）", "the folder of the record: new, or empty"))]
    pub data: PathBuf,
    /// The organisation.
    #[arg(long, value_name = "NAME", help = say("組織の名称", "the name of the organisation"))]
    pub organisation: String,
    /// The first administrator's name.
    #[arg(long, value_name = "NAME", help = say("最初の管理者の氏名", "the name of the first administrator"))]
    pub name: String,
    /// Where the entries are.
    #[command(flatten)]
    pub place: Database,
    /// Who acts.
    #[command(flatten)]
    pub actor: Actor,
}

/// `mimamori person`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Person {
    /// The record.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("記録のフォルダー", "the folder of the record"))]
    pub data: PathBuf,
    /// The identifier.
    #[arg(value_name = "PERSON", help_heading = say("引数", "Arguments"), help = say("識別子（英数字と - _ . @）", "the identifier: ASCII letters, digits, - _ . @"))]
    pub person: String,
    /// The name.
    #[arg(long, value_name = "NAME", help = say("氏名（署名に添えて印刷する）", "the name, printed beside signatures"))]
    pub name: String,
    /// Who acts.
    #[command(flatten)]
    pub actor: Actor,
}

/// `mimamori role`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct RoleOptions {
    /// The record.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("記録のフォルダー", "the folder of the record"))]
    pub data: PathBuf,
    /// The person.
    #[arg(value_name = "PERSON", help_heading = say("引数", "Arguments"), help = say("利用者の識別子", "the identifier of the person"))]
    pub person: String,
    /// The role.
    #[arg(value_name = "ROLE", value_parser = role, help_heading = say("引数", "Arguments"), help = say("役割（docs/access.md の名前。例 safety-manager）", "the role, by its name in docs/access.md, such as safety-manager"))]
    pub role: Role,
    /// The product.
    #[arg(long, value_name = "PRODUCT", help = say("製品（既定はすべて）", "the product (default: all)"))]
    pub product: Option<String>,
    /// The institutions.
    #[arg(long, value_name = "INSTITUTION", help = say("医療機関（繰り返せる）", "an institution; may be repeated"))]
    pub institution: Vec<String>,
    /// The activities.
    #[arg(long, value_name = "ACTIVITY", help = say("活動（繰り返せる）", "an activity of the plan; may be repeated"))]
    pub activity: Vec<String>,
    /// Whether it is taken.
    #[arg(long, help = say("役割を取り消す（--reason が要る）", "take the role; needs --reason"))]
    pub revoke: bool,
    /// Who acts.
    #[command(flatten)]
    pub actor: Actor,
}

fn role(name: &str) -> Result<Role, String> {
    Role::named(name).ok_or_else(|| {
        let names: Vec<_> = Role::ALL.iter().map(|role| role.name()).collect();
        format!("{}{}", say("次のいずれかを指定してください: ", "give one of "), names.join(", "))
    })
}

/// `mimamori submit`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Submit {
    /// The record.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("記録のフォルダー", "the folder of the record"))]
    pub data: PathBuf,
    /// The plan.
    #[arg(value_name = "DIR", help_heading = say("引数", "Arguments"), help = say("計画のフォルダー", "the folder of the plan"))]
    pub folder: PathBuf,
    /// The product.
    #[arg(long, value_name = "PRODUCT", help = say("製品の識別子（既定は計画のフォルダーの名前）", "the identifier of the product (default: the name of the plan's folder)"))]
    pub product: Option<String>,
    /// The draft.
    #[arg(long, value_name = "NAME", default_value = "main", hide_default_value = true, help = say("申請中の案の名前（既定は main、施行中の計画）", "the draft it belongs to (default: main, the plan in force)"))]
    pub draft: String,
    /// What it was made from.
    #[arg(long, value_name = "NUMBER", help = say("もとにした改訂の番号（既定は、フォルダーに控えられている番号）", "the revision it was made from (default: as the folder notes)"))]
    pub from: Option<u32>,
    /// Who acts.
    #[command(flatten)]
    pub actor: Actor,
}

/// `mimamori rhythms`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct RhythmsOptions {
    /// The record.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("記録のフォルダー", "the folder of the record"))]
    pub data: PathBuf,
    /// The file.
    #[arg(value_name = "FILE", help_heading = say("引数", "Arguments"), help = say("`mimamori deadlines --show-rhythms` と同じ形のファイル。もとの規則と違うところだけを書く", "a file of the form that `mimamori deadlines --show-rhythms` shows: only what differs from it"))]
    pub file: PathBuf,
    /// Who acts.
    #[command(flatten)]
    pub actor: Actor,
}

/// `mimamori log`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Log {
    /// The record.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("記録のフォルダー", "the folder of the record"))]
    pub data: PathBuf,
    /// The product.
    #[arg(long, value_name = "PRODUCT", help = say("製品（既定は組織の記録）", "the product (default: the organisation)"))]
    pub product: Option<String>,
    /// Whether reads are shown.
    #[arg(long, conflicts_with = "product", help = say("閲覧・出力・拒否の記録を表示", "show reads, exports and refusals instead"))]
    pub reads: bool,
    /// One value's history.
    #[arg(long, value_name = "PATH", requires = "product", help = say("この値の履歴（例 concerns/infection/terms。途中まででもよい）", "the history of a value, such as concerns/infection/terms, or of all below a part of it"))]
    pub value: Option<String>,
    /// Whose entries.
    #[arg(long, value_name = "PERSON", help = say("この人の記録だけ", "only what this person recorded"))]
    pub by: Option<String>,
    /// Which kind.
    #[arg(long, value_name = "KIND", help = say("この種別だけ（例 revision-recorded）", "only this kind, such as revision-recorded"))]
    pub kind: Option<String>,
    /// From when.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("この日から", "from this day"))]
    pub since: Option<Date>,
    /// Until when.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("この日まで", "until this day"))]
    pub until: Option<Date>,
    /// The form.
    #[arg(long, value_enum, default_value = "human", hide_possible_values = true, hide_default_value = true, value_name = "human|jsonl", help = say("出力の形式（既定 human。jsonl は記録そのもの）", "form of the trail (default: human; jsonl is the entries themselves)"))]
    pub format: LogFormat,
    /// Who reads.
    #[command(flatten)]
    pub reader: Reader,
    /// Where to and how.
    #[command(flatten)]
    pub delivery: Delivery,
}

/// The form of a trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Human,
    /// One entry a line, as it is hashed.
    Jsonl,
}

/// `mimamori verify`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Verify {
    /// The record.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("記録か書き出しのフォルダー、又はバックアップのファイル", "the folder of a record or an export, or the file of a backup"))]
    pub data: PathBuf,
    /// A head held outside.
    #[arg(long, value_name = "CHAIN:NUMBER:HASH", value_parser = crate::command::verify::held, help = say("外に控えた先頭値（繰り返せる）", "a head that was kept outside; may be repeated"))]
    pub head: Vec<journal::Head>,
    /// The key held outside.
    #[arg(long, value_name = "KEY", value_parser = public_key, help = say("先頭値の署名の公開鍵（外に控えたもの）。ほかの鍵による署名を指摘する", "the public key of the signed heads, as kept outside: signatures by another are told"))]
    pub key: Option<String>,
}

fn public_key(word: &str) -> Result<String, String> {
    match word.parse::<journal::Hash>() {
        Ok(_) => Ok(word.to_owned()),
        Err(_) => Err(say("64桁の16進数で指定してください", "give 64 hexadecimal digits").to_owned()),
    }
}

/// `mimamori backup`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Backup {
    /// The record.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("記録のフォルダー", "the folder of the record"))]
    pub data: PathBuf,
    /// The file.
    #[arg(value_name = "FILE", help_heading = say("引数", "Arguments"), help = say("作るファイル", "the file to make"))]
    pub file: PathBuf,
    /// Who acts.
    #[command(flatten)]
    pub actor: Actor,
}

/// `mimamori restore`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Restore {
    /// The file.
    #[arg(value_name = "FILE", help_heading = say("引数", "Arguments"), help = say("バックアップのファイル", "the file of a backup"))]
    pub file: PathBuf,
    /// The folder.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("作るフォルダー（新しいか、空のもの）", "the folder to make: new, or empty"))]
    pub data: PathBuf,
    /// Where the entries are.
    #[command(flatten)]
    pub place: Database,
    /// Who acts.
    #[command(flatten)]
    pub actor: Actor,
}

/// `mimamori export`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Export {
    /// The record.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("記録のフォルダー", "the folder of the record"))]
    pub data: PathBuf,
    /// The folder.
    #[arg(short, long, value_name = "FOLDER", help = say("作るフォルダー", "the folder to make"))]
    pub output: PathBuf,
    /// As recorded by the end of a day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("この日の終わりまでに記録された状態（既定は現在）", "the state as recorded by the end of this day (default: now)"))]
    pub as_of: Option<Date>,
    /// As received by a day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("この日までに受領したことによる状態", "the state of what had been received by this day"))]
    pub received_by: Option<Date>,
    /// Who acts.
    #[command(flatten)]
    pub actor: Actor,
}

/// `mimamori head`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct HeadOptions {
    /// The record.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("記録のフォルダー", "the folder of the record"))]
    pub data: PathBuf,
    /// Who acts.
    #[command(flatten)]
    pub actor: Actor,
}
