//! Why a file could not be read, in words that say what to do.

use diagnostic::{Problem, Words};

/// Why a reader gave up: nothing of the document can be handed on.
///
/// A reader either hands on the whole text or one of these. It never hands on half a document in silence, because a review of
/// half a plan would report missing parts that are not missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The bytes are not of the format the reader is for.
    NotThisFormat,
    /// The bytes are no text in UTF-8, UTF-16 or CP932.
    NotText,
    /// The text is not that of a risk management plan: none of the form's headings stands in it.
    NotAPlan,
    /// A PDF, for a program built without the reader of PDF.
    WithoutPdf,
    /// An OLE file: a Word document of the old format (.doc), or a new one that opens only with a password.
    OldWord,
    /// The document opens only with a password.
    Encrypted,
    /// The document has pages but no text: most often a scan.
    NoText,
    /// The file is of the format, but broken; what was found, in English, for a person who knows the format.
    Damaged(String),
    /// The document, or what it unpacks to, is larger than the reader takes.
    TooLarge {
        /// The largest amount taken.
        limit: Limit,
    },
}

/// The largest amount that a reader takes, and of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of the file, or of a part of it unpacked.
    Bytes(u64),
    /// Pages.
    Pages(usize),
    /// Characters of text.
    Characters(usize),
}

impl Limit {
    fn words(self) -> (String, String) {
        match self {
            Self::Bytes(bytes) => (format!("{} MB", bytes >> 20), format!("{} MB", bytes >> 20)),
            Self::Pages(pages) => (format!("{pages} ページ"), format!("{pages} pages")),
            Self::Characters(characters) => (format!("{characters} 文字"), format!("{characters} characters")),
        }
    }
}

impl Unreadable {
    /// The problem of a document of that name.
    #[must_use]
    pub fn problem(&self, name: &str) -> Problem {
        let (japanese, english) = self.words();
        let (ja, ja_hint) = parted(&japanese, '。');
        let (en, en_hint) = parted(&english, ';');
        Problem::new(Words::new(format!("{name}: {ja}"), format!("{name}: {en}")), Words::new(ja_hint, en_hint))
    }

    /// What is the matter and what to do about it, in Japanese and in English.
    pub fn words(&self) -> (String, String) {
        match self {
            Self::NotThisFormat => (
                "PDF でも Word（.docx）でもないファイルです。旧形式（.doc）の場合は .docx で保存し直してください。".into(),
                "the file is neither a PDF nor a Word document (.docx); save an old .doc file as .docx and try again".into(),
            ),
            Self::WithoutPdf => (
                "このプログラムは PDF を読む機能を除いて作られています。feature「pdf」を付けて作り直すか、.docx かテキストを指定してください。".into(),
                "this program was built without the reader of PDF; build it with the feature `pdf`, or give a .docx or text".into(),
            ),
            Self::NotText => (
                "文字コードを判別できません。UTF-8 または CP932（Shift_JIS）のテキスト、PDF、.docx のいずれかを指定してください。".into(),
                "the file is no text in a known encoding; give text in UTF-8 or CP932 (Shift_JIS), a PDF or a .docx".into(),
            ),
            Self::NotAPlan => (
                "医薬品リスク管理計画書の見出し（安全性検討事項など）が見つかりません。計画書本体のファイルを指定してください。".into(),
                "none of the headings of a risk management plan (安全性検討事項 and so on) was found; give the file of the plan itself".into(),
            ),
            Self::Encrypted => (
                "パスワードで保護されているため読み取れません。保護を解除したファイルを指定してください。".into(),
                "the file is protected by a password; give a copy without the protection".into(),
            ),
            Self::OldWord => (
                "旧形式（.doc）か、パスワードで保護された Word 文書のため読み取れません。Word で開いて保護を解除し、.docx で保存し直してください。"
                    .into(),
                "the file is a Word document of the old format (.doc) or protected by a password; open it in Word, lift the protection and save it as .docx"
                    .into(),
            ),
            Self::NoText => (
                "文字情報がありません（紙面を画像として取り込んだ PDF などです）。文書作成ソフトから出力した PDF か .docx を指定してください。"
                    .into(),
                "the file holds no text, as a scan does; give the PDF made by the word processor, or the .docx itself".into(),
            ),
            Self::Damaged(found) => (
                format!("ファイルが壊れています（{found}）。入手し直すか、元の文書から作り直してください。"),
                format!("the file is damaged ({found}); fetch it again or make it anew from the original document"),
            ),
            Self::TooLarge { limit } => {
                let (japanese, english) = limit.words();
                (
                    format!("ファイルが大きすぎます（上限 {japanese}）。図や別添を除いた本文だけのファイルを指定してください。"),
                    format!("the file is too large (limit {english}); give the plan's text without pictures and attachments"),
                )
            }
        }
    }
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.words().1)
    }
}

impl std::error::Error for Unreadable {}

/// What is the matter, and what to do: a reader of a format says both in one sentence.
fn parted(words: &str, between: char) -> (&str, &str) {
    let (matter, remedy) = words.split_once(between).unwrap_or((words, ""));
    (matter.trim(), remedy.trim().trim_end_matches('。'))
}
