//! What can be recorded of the life of a plan.

use std::path::PathBuf;

use calendar::Date;
use clap::{Args, Subcommand, ValueEnum};

use crate::arguments::{TEMPLATE_EN, TEMPLATE_JA, day};
use crate::plan_arguments::Choice;
use crate::record_arguments::{Actor, Reader};
use crate::speech::say;

/// `mimamori record`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"), subcommand_help_heading = say("記録すること", "What is recorded"), subcommand_value_name = say("こと", "WHAT"))]
pub struct Record {
    /// The record.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("記録のフォルダー", "the folder of the record"))]
    pub data: PathBuf,
    /// The product.
    #[arg(value_name = "PRODUCT", help_heading = say("引数", "Arguments"), help = say("製品の識別子", "the identifier of the product"))]
    pub product: String,
    /// What is recorded.
    #[command(subcommand)]
    pub what: What,
}

/// What is recorded.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub enum What {
    /// A draft beside the plan in force.
    #[command(about = say("申請中の案を起こす", "open a draft beside the plan in force"), next_help_heading = say("オプション", "Options"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Draft {
        /// Its name.
        #[arg(help_heading = say("引数", "Arguments"), help = say("案の名前", "its name"))]
        name: String,
        /// What it is for.
        #[arg(long, value_name = "TEXT", help = say("何のための案か", "what it is for"))]
        title: String,
        /// The revision it starts from.
        #[arg(long, value_name = "NUMBER", help = say("もとにする改訂", "the revision it starts from"))]
        from: u32,
        /// Who acts.
        #[command(flatten)]
        actor: Actor,
    },
    /// What a reader finds.
    #[command(about = say("改訂を査読した結果", "what a reader of a revision finds"), next_help_heading = say("オプション", "Options"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Review {
        /// The revision.
        #[arg(help_heading = say("引数", "Arguments"), help = say("改訂の番号", "the number of the revision"))]
        revision: u32,
        /// What they find.
        #[arg(value_enum, hide_possible_values = true, value_name = "accepted|returned", help_heading = say("引数", "Arguments"), help = say("accepted 可、returned 差し戻し", "accepted, or returned to be changed"))]
        verdict: VerdictWord,
        /// What they remark.
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true, help = say("所見", "remarks"))]
        remarks: String,
        /// Who acts.
        #[command(flatten)]
        actor: Actor,
    },
    /// A signature.
    #[command(about = say("改訂に署名する（パスワードを尋ねる）", "sign a revision; asks for the password"), next_help_heading = say("オプション", "Options"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Sign {
        /// The revision.
        #[arg(help_heading = say("引数", "Arguments"), help = say("改訂の番号", "the number of the revision"))]
        revision: u32,
        /// What it means.
        #[arg(value_enum, hide_possible_values = true, value_name = "prepared|confirmed|approved", help_heading = say("引数", "Arguments"), help = say("prepared 作成、confirmed 確認、approved 承認", "prepared (作成), confirmed (確認), approved (承認)"))]
        meaning: MeaningWord,
        /// Who acts.
        #[command(flatten)]
        actor: Actor,
    },
    /// A signature taken back.
    #[command(about = say("自分の署名を取り下げる（パスワードを尋ねる）", "take back one's own signature; asks for the password"), next_help_heading = say("オプション", "Options"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Withdraw {
        /// The signature.
        #[arg(help_heading = say("引数", "Arguments"), help = say("署名の番号", "the number of the signature"))]
        signature: u32,
        /// Who acts.
        #[command(flatten)]
        actor: Actor,
    },
    /// A revision handed in.
    #[command(about = say("改訂を当局に提出したこと", "a revision was handed in to the regulator"), next_help_heading = say("オプション", "Options"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    HandedIn {
        /// The revision.
        #[arg(help_heading = say("引数", "Arguments"), help = say("改訂の番号", "the number of the revision"))]
        revision: u32,
        /// The day.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("提出日", "the day"))]
        on: Date,
        /// The receipt.
        #[arg(long, value_name = "NUMBER", help = say("受付番号", "the number of the receipt"))]
        receipt: Option<String>,
        /// Who acts.
        #[command(flatten)]
        actor: Actor,
    },
    /// What the regulator asked.
    #[command(about = say("照会を受けたこと", "the regulator asked something"), next_help_heading = say("オプション", "Options"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Asked {
        /// Its name.
        #[arg(help_heading = say("引数", "Arguments"), help = say("照会の名前", "its name"))]
        inquiry: String,
        /// About which submission.
        #[arg(long, value_name = "NUMBER", help = say("どの提出についてか", "about which submission"))]
        submission: u32,
        /// When.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("照会の日", "the day it was asked"))]
        on: Date,
        /// By when.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("回答期限", "the day by which an answer is expected"))]
        due: Option<Date>,
        /// What.
        #[arg(long, value_name = "TEXT", help = say("照会の内容", "what is asked"))]
        text: String,
        /// Who acts.
        #[command(flatten)]
        actor: Actor,
    },
    /// An answer.
    #[command(about = say("照会に回答したこと", "a question was answered"), next_help_heading = say("オプション", "Options"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Answered {
        /// Which.
        #[arg(help_heading = say("引数", "Arguments"), help = say("照会の名前", "its name"))]
        inquiry: String,
        /// When.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("回答日", "the day"))]
        on: Date,
        /// What.
        #[arg(long, value_name = "TEXT", help = say("回答の内容", "the answer"))]
        text: String,
        /// Who acts.
        #[command(flatten)]
        actor: Actor,
    },
    /// Confirmed.
    #[command(about = say("確認済となったこと", "the regulator has confirmed the plan"), next_help_heading = say("オプション", "Options"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Confirmed {
        /// Which submission.
        #[arg(help_heading = say("引数", "Arguments"), help = say("提出の番号", "the number of the submission"))]
        submission: u32,
        /// When.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("確認済の日", "the day"))]
        on: Date,
        /// Who acts.
        #[command(flatten)]
        actor: Actor,
    },
    /// Published.
    #[command(about = say("公表されたこと", "the plan is public"), next_help_heading = say("オプション", "Options"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Published {
        /// Which submission.
        #[arg(help_heading = say("引数", "Arguments"), help = say("提出の番号", "the number of the submission"))]
        submission: u32,
        /// When.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("公表日", "the day"))]
        on: Date,
        /// Where.
        #[arg(long, value_name = "URL", help = say("公表先", "where"))]
        at: Option<String>,
        /// Who acts.
        #[command(flatten)]
        actor: Actor,
    },
    /// A review of the trail.
    #[command(about = say("監査証跡を点検したこと", "the audit trail was reviewed"), next_help_heading = say("オプション", "Options"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    TrailReviewed {
        /// The last entry seen.
        #[arg(help_heading = say("引数", "Arguments"), help = say("見た最後の記録の番号", "the number of the last entry that was seen"))]
        up_to: u64,
        /// What they remark.
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true, help = say("所見", "remarks"))]
        remarks: String,
        /// Who acts.
        #[command(flatten)]
        actor: Actor,
    },
    /// An obligation met.
    #[command(about = say("期限を果たしたこと", "a deadline was met"), next_help_heading = say("オプション", "Options"), help_template = say(TEMPLATE_JA, TEMPLATE_EN))]
    Met {
        /// Which.
        #[arg(help_heading = say("引数", "Arguments"), help = say("期限の名前（`mimamori deadlines` が示す）", "the obligation, as `mimamori deadlines` names it"))]
        obligation: String,
        /// When.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("果たした日", "the day"))]
        on: Date,
        /// The receipt.
        #[arg(long, value_name = "NUMBER", help = say("受付番号", "the number of the receipt"))]
        receipt: Option<String>,
        /// Who acts.
        #[command(flatten)]
        actor: Actor,
    },
}

/// What a reviewer finds.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum VerdictWord {
    /// It may go on.
    Accepted,
    /// It has to be changed.
    Returned,
}

/// What a signature means.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum MeaningWord {
    /// 作成.
    Prepared,
    /// 確認.
    Confirmed,
    /// 承認.
    Approved,
}

/// `mimamori issue`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Issue {
    /// The record.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("記録のフォルダー", "the folder of the record"))]
    pub data: PathBuf,
    /// The product.
    #[arg(value_name = "PRODUCT", help_heading = say("引数", "Arguments"), help = say("製品の識別子", "the identifier of the product"))]
    pub product: String,
    /// The revision.
    #[arg(long, value_name = "NUMBER", help = say("改訂の番号（既定は最後の改訂）", "the revision (default: the last)"))]
    pub revision: Option<u32>,
    /// The earlier revision.
    #[arg(long, value_name = "NUMBER", help = say("比べる改訂の番号（既定は前に提出した改訂）", "the revision it is compared with (default: the one handed in before)"))]
    pub against: Option<u32>,
    /// Which documents.
    #[command(flatten)]
    pub choice: Choice,
    /// Where to.
    #[arg(short, long, value_name = "DIR", help = say("書き込むフォルダー", "the folder to write to"))]
    pub output: PathBuf,
    /// Who acts.
    #[command(flatten)]
    pub actor: Actor,
}

/// `mimamori sheet`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct SheetOptions {
    /// The record.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("記録のフォルダー", "the folder of the record"))]
    pub data: PathBuf,
    /// The product.
    #[arg(value_name = "PRODUCT", help_heading = say("引数", "Arguments"), help = say("製品の識別子", "the identifier of the product"))]
    pub product: String,
    /// The revision.
    #[arg(long, value_name = "NUMBER", help = say("改訂の番号（既定は最後の改訂）", "the revision (default: the last)"))]
    pub revision: Option<u32>,
    /// Forms of the company.
    #[arg(long, value_name = "DIR", help = say("置き換える様式のフォルダー", "a folder of forms that replace the original ones"))]
    pub forms: Option<PathBuf>,
    /// Where to.
    #[arg(short, long, value_name = "FILE", help = say("書き込むファイル（.html、.docx、.pdf、.txt）", "the file to write: .html, .docx, .pdf or .txt"))]
    pub output: PathBuf,
    /// Who reads.
    #[command(flatten)]
    pub reader: Reader,
}

/// `mimamori origin`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Origin {
    /// The record.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("記録のフォルダー", "the folder of the record"))]
    pub data: PathBuf,
    /// The file.
    #[arg(value_name = "FILE", help_heading = say("引数", "Arguments"), help = say("手元のファイル", "the file in hand"))]
    pub file: PathBuf,
    /// Who reads.
    #[command(flatten)]
    pub reader: Reader,
}

/// `mimamori status`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Status {
    /// The record.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("記録のフォルダー", "the folder of the record"))]
    pub data: PathBuf,
    /// The product.
    #[arg(value_name = "PRODUCT", help_heading = say("引数", "Arguments"), help = say("製品の識別子（既定はすべて）", "the identifier of the product (default: all)"))]
    pub product: Option<String>,
    /// As recorded by the end of a day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("この日の終わりまでに記録されたこと", "as recorded by the end of this day"))]
    pub recorded_by: Option<Date>,
    /// As received by a day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help = say("この日までに受領したこと（後から記録したものを含む）", "as received by this day, recorded later or not"))]
    pub received_by: Option<Date>,
    /// Who reads.
    #[command(flatten)]
    pub reader: Reader,
}

/// `mimamori password`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Password {
    /// The record.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("記録のフォルダー", "the folder of the record"))]
    pub data: PathBuf,
    /// Whose password is taken away.
    #[arg(long, value_name = "PERSON", help = say("この人のパスワードを取り消し、設定し直せるようにする（システム管理者）", "take away this person's password so that they set a new one (administrator)"))]
    pub reset: Option<String>,
    /// Who acts.
    #[command(flatten)]
    pub actor: Actor,
}
