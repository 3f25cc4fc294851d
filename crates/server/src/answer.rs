//! What goes back to who asked.

use diagnostic::{Language, Problem, Words};
use maud::{Markup, html};
use operation::{Refusal, Undone};

/// What is answered.
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// Headers beside those that every answer has.
    pub headers: Vec<(&'static str, String)>,
    /// What is in it.
    pub content: Content,
}

/// Takes the next piece of a long answer; false when nobody reads on.
pub type Piece<'a> = dyn FnMut(Vec<u8>) -> bool + 'a;
/// Writes a long answer piece by piece.
pub type Stream = Box<dyn FnOnce(&mut Piece<'_>) + Send>;

/// The content of an answer.
pub enum Content {
    /// All of it.
    Bytes(Vec<u8>),
    /// Piece by piece, as it is read.
    Stream(Stream),
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Answer").field("status", &self.status).field("headers", &self.headers).finish_non_exhaustive()
    }
}

impl Answer {
    /// A page.
    #[must_use]
    pub fn page(markup: Markup) -> Self {
        Self::of("text/html; charset=utf-8", markup.into_string().into_bytes())
    }

    /// Bytes of a kind.
    #[must_use]
    pub fn of(kind: &str, bytes: Vec<u8>) -> Self {
        Self { status: 200, headers: vec![("content-type", kind.to_owned())], content: Content::Bytes(bytes) }
    }

    /// A file to keep.
    #[must_use]
    pub fn file(name: &str, kind: &str, bytes: Vec<u8>) -> Self {
        Self::of(kind, bytes).named(name)
    }

    /// A file to keep that is written while it is read.
    #[must_use]
    pub fn stream(name: &str, kind: &str, stream: Stream) -> Self {
        Self { status: 200, headers: vec![("content-type", kind.to_owned())], content: Content::Stream(stream) }.named(name)
    }

    fn named(self, name: &str) -> Self {
        // RFC 6266 and RFC 8187: an ASCII name for old programs, and the real one
        let plain: String = name
            .chars()
            .map(|letter| if letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_') { letter } else { '_' })
            .collect();
        let encoded: String = name
            .bytes()
            .map(|byte| {
                if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect();
        self.with("content-disposition", format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"))
    }

    /// Go and look there: after something was done, so that a page that is loaded again does it once.
    #[must_use]
    pub fn go(path: &str) -> Self {
        // an address of this house, whatever was handed in
        let path = if path.starts_with('/') && !path.starts_with("//") && !path.contains(['\r', '\n', '\\']) { path } else { "/" };
        Self { status: 303, headers: vec![("location", path.to_owned())], content: Content::Bytes(Vec::new()) }
    }

    /// With a header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// With another status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }
}

/// Why something was not answered as it was asked.
#[derive(Debug)]
pub struct Trouble {
    /// The status of HTTP.
    pub status: u16,
    /// What is wrong, and what to do. In a box, as most of what is asked goes well.
    pub problem: Box<Problem>,
}

/// What a page gives.
pub type Reply = Result<Answer, Trouble>;

impl Trouble {
    /// With a status.
    #[must_use]
    pub fn new(status: u16, problem: Problem) -> Self {
        Self { status, problem: Box::new(problem) }
    }

    /// The same with another hint.
    #[must_use]
    pub fn with_hint(mut self, ja: &str, en: &str) -> Self {
        self.problem.hint = Words::new(ja, en);
        self
    }

    /// There is no such thing, as far as this person is concerned.
    #[must_use]
    pub fn unknown(ja: impl Into<String>, en: impl Into<String>) -> Self {
        let (ja, en) = (ja.into(), en.into());
        Self::new(
            404,
            Problem::new(
                Words::new(format!("{ja}は見つかりません"), format!("there is no {en} here")),
                Words::new(
                    "一覧から選び直してください。権限のないものは表示されません",
                    "choose from the lists; what you may not read is not shown",
                ),
            ),
        )
    }

    /// What was sent does not do.
    #[must_use]
    pub fn unfit(ja: impl Into<String>, en: impl Into<String>, hint_ja: &str, hint_en: &str) -> Self {
        Self::new(422, Problem::new(Words::new(ja.into(), en.into()), Words::new(hint_ja, hint_en)))
    }
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        Self::new(422, problem)
    }
}

impl From<Undone> for Trouble {
    fn from(undone: Undone) -> Self {
        let status = match &undone {
            Undone::Failed(_) => 503,
            Undone::Refused(Refusal::NotPermitted(_)) => 403,
            Undone::Refused(Refusal::Conflict(_) | Refusal::Exists(_)) => 409,
            Undone::Refused(Refusal::Unknown(_)) => 404,
            Undone::Refused(_) => 422,
        };
        Self::new(status, for_the_browser(undone.into()))
    }
}

impl From<journal::Failure> for Trouble {
    fn from(failure: journal::Failure) -> Self {
        Self::new(503, failure.into())
    }
}

/// Hints of the command line name its commands; in the browser there are forms for that.
fn for_the_browser(mut problem: Problem) -> Problem {
    let hints = [
        ("--reason", "理由の欄に記入してください", "say why in the field for the reason"),
        ("mimamori log", "一覧で確かめてください", "look at the lists"),
        ("mimamori check", "指摘の一覧で確かめ、直した改訂を記録してください", "look at the findings, and record a revision without them"),
    ];
    if let Some((_, ja, en)) = hints.iter().find(|(command, ..)| problem.hint.en.contains(command) || problem.hint.ja.contains(command)) {
        problem.hint = Words::new(*ja, *en);
    }
    problem
}

/// What is wrong and what to do, at the top of a page.
#[must_use]
pub fn told(problem: &Problem, language: Language) -> Markup {
    html! {
        div.problem role="alert" tabindex="-1" {
            p { strong { (problem.message.get(language)) } }
            @if !problem.hint.get(language).is_empty() { p { (problem.hint.get(language)) } }
        }
    }
}
