use diagnostic::{Problem, Words};

use crate::chain::Chain;
use crate::moment::Moment;

/// Why a store did not do what it was asked, and what is certain nevertheless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Another writer has taken the place in the chain. Nothing was recorded; read what is new and decide again.
    Taken(Chain),
    /// Nothing was recorded.
    NotRecorded(Trouble),
    /// The connection or the disk failed while the entries were made durable: they may be recorded or not. Only looking tells.
    Uncertain(Trouble),
    /// Something could not be read. Nothing was changed.
    Unreadable(Trouble),
    /// The store was made by a newer program.
    Newer {
        /// The format of the store.
        found: i64,
        /// The newest format this program knows.
        known: i64,
    },
    /// An entry is of a kind or version that this program does not know: a newer program has recorded it.
    NewerEntry {
        /// Where: chain and sequence.
        place: String,
        /// Its kind.
        kind: String,
        /// Its version.
        version: u32,
    },
    /// The place holds something else than a journal.
    NotAJournal(String),
    /// A journal is to be made where there is something already.
    Exists(String),
    /// What stands at a place is no entry: the store is damaged.
    Damaged {
        /// Where: chain and sequence, or the address of a blob.
        place: String,
        /// Which part does not hold.
        part: String,
    },
    /// The clock stands before the last entry.
    ClockSetBack {
        /// What the clock says.
        now: Moment,
        /// When the last entry was recorded.
        last: Moment,
    },
}

/// What troubles a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What kind of trouble, for who must mend it.
    pub cause: Cause,
    /// The words of the database or the system.
    pub detail: String,
}

/// Kinds of trouble, each with another remedy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// No space is left.
    Full,
    /// The database cannot be reached.
    Gone,
    /// Writing is not permitted.
    ReadOnly,
    /// Another program holds the database for longer than we waited.
    Busy,
    /// Anything else.
    Other,
}

impl Cause {
    fn hint(self) -> Words {
        match self {
            Self::Full => Words::new(
                "ディスクに空きを作ってください。空きができれば、そのまま記録を続けられます",
                "free space on the disk; recording goes on by itself once there is some",
            ),
            Self::Gone => Words::new(
                "データベースが動いているか、接続先が正しいかを確認してください。つながれば、そのまま記録を続けられます",
                "see that the database runs and the address is right; recording goes on by itself once it is back",
            ),
            Self::ReadOnly => Words::new(
                "フォルダとファイル、またはデータベースの役割に、書き込む権限があるかを確認してください",
                "see that folder and files, or the database with this role, may be written",
            ),
            Self::Busy => Words::new(
                "ほかのプログラムがデータベースを使い終えてから、もう一度試してください",
                "try again when the other program has finished with the database",
            ),
            Self::Other => {
                Words::new("`mimamori verify` で記録の状態を確認してください", "see with `mimamori verify` how the record stands")
            }
        }
    }
}

impl Failure {
    /// For a text with the character U+0000, which PostgreSQL cannot keep.
    pub(crate) fn nul(part: &str) -> Self {
        let detail = format!("{part} に文字 U+0000 があり、記録できません / {part} holds the character U+0000, which cannot be kept");
        Self::NotRecorded(Trouble { cause: Cause::Other, detail })
    }

    /// The same trouble, met while reading.
    #[must_use]
    pub(crate) fn while_reading(self) -> Self {
        match self {
            Self::NotRecorded(trouble) | Self::Uncertain(trouble) => Self::Unreadable(trouble),
            other => other,
        }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let told =
            |ja: &str, en: &str, trouble: &Trouble| Words::new(format!("{ja}（{}）", trouble.detail), format!("{en} ({})", trouble.detail));
        match failure {
            Failure::Taken(chain) => Self::new(
                Words::new(
                    format!("ほかの人が先に記録したため、記録しませんでした（{chain}）"),
                    format!("not recorded: somebody else recorded first ({chain})"),
                ),
                Words::new("新しい記録を見てから、もう一度行ってください", "look at what is new, then do it again"),
            ),
            Failure::NotRecorded(trouble) => {
                Self::new(told("記録できませんでした。何も記録されていません", "nothing was recorded", &trouble), trouble.cause.hint())
            }
            Failure::Uncertain(trouble) => Self::new(
                told("記録されたかどうか確かめられません", "it is not certain whether this was recorded", &trouble),
                Words::new(
                    "もう一度行う前に、`mimamori log` で記録されたかどうかを確かめてください",
                    "look with `mimamori log` whether it is there before you do it again",
                ),
            ),
            Failure::Unreadable(trouble) => {
                Self::new(told("記録を読めません", "the record cannot be read", &trouble), trouble.cause.hint())
            }
            Failure::Newer { found, known } => Self::new(
                Words::new(
                    format!("この記録は新しい版のプログラムで作られています（形式{found}、このプログラムは形式{known}まで）"),
                    format!("the record was made by a newer program (format {found}, this program knows up to {known})"),
                ),
                Words::new("プログラムを更新してください。記録は変更していません", "update the program; the record was not touched"),
            ),
            Failure::NewerEntry { place, kind, version } => Self::new(
                Words::new(
                    format!(
                        "{place} は、このプログラムの知らない種別の記録です（{kind} 第{version}版）。新しい版のプログラムが記録したものです"
                    ),
                    format!(
                        "{place} is of a kind that this program does not know ({kind}, version {version}): a newer program recorded it"
                    ),
                ),
                Words::new(
                    "プログラムを更新してください。記録は損なわれていません。`mimamori log` と `verify` は今のままでも使えます",
                    "update the program; the record is whole, and `mimamori log` and `verify` work as they are",
                ),
            ),
            Failure::NotAJournal(place) => Self::new(
                Words::new(format!("{place} はMimamoriの記録ではありません"), format!("{place} is no record of Mimamori")),
                Words::new("`mimamori init` で作ったフォルダを指定してください", "name a folder made with `mimamori init`"),
            ),
            Failure::Exists(place) => Self::new(
                Words::new(
                    format!("{place} にはすでに何かあります。何も変えていません"),
                    format!("there is something at {place} already; nothing was changed"),
                ),
                Words::new(
                    "新しい場所を指定してください。データベースでは、空のデータベースを作るか、途中で止まった `mimamori init` や `restore` が残した schema mimamori を所有者が削除してください",
                    "name a new place; of a database, make an empty one, or have its owner drop the schema mimamori that an `init` or `restore` left when it was stopped",
                ),
            ),
            Failure::Damaged { place, part } => Self::new(
                Words::new(format!("記録が損なわれています：{place}（{part}）"), format!("the record is damaged: {place} ({part})")),
                Words::new(
                    "`mimamori verify` で範囲を確かめ、バックアップから復元してください",
                    "see the extent with `mimamori verify` and restore from a backup",
                ),
            ),
            Failure::ClockSetBack { now, last } => Self::new(
                Words::new(
                    format!("時計が戻っているため、記録しませんでした（この計算機の時計 {now}、最後の記録 {last}）"),
                    format!("not recorded: the clock was set back (this machine says {now}, the last entry {last})"),
                ),
                Words::new(
                    "どちらの時計が正しいかを確かめ、合わせてください。最後の記録の時刻を過ぎれば、そのまま記録を続けられます。読むことはできます",
                    "see which of the two is right, and set the clock; recording goes on by itself after the time of the last entry, and reading works meanwhile",
                ),
            ),
        }
    }
}
