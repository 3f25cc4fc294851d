use diagnostic::{Problem, Words};
use journal::Moment;

/// Why something was not recorded. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The person may not do this.
    NotPermitted(Words),
    /// Somebody has changed the record since the person looked at it. What the person sent is still theirs.
    Conflict(Box<Conflict>),
    /// A reason is needed.
    NoReason,
    /// The person must prove again who they are.
    NotAuthenticated,
    /// Something else must come first.
    TooEarly(Words, Words),
    /// What is spoken of does not exist.
    Unknown(Words),
    /// What is to be made exists already.
    Exists(Words),
    /// What was sent does not fit.
    Unfit(Words, Words),
    /// Values of a form that cannot be, by item: what is wrong with each.
    Values(Vec<(String, Words)>),
    /// What was sent has no canonical form.
    NotRecordable(String),
}

/// What somebody had seen of a record, and what stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The record.
    pub record: Words,
    /// What the person had seen.
    pub seen: Words,
    /// What stands now.
    pub now: Words,
    /// Who recorded that, and when.
    pub by: (String, Moment),
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotPermitted(words) => Self::new(words, Words::default()),
            Refusal::Conflict(conflict) => {
                let Conflict { record, seen, now, by: (who, when) } = *conflict;
                Self::new(
                    Words::new(
                        format!(
                            "{}は、ご覧になった後に変わりました（ご覧になったのは{}、現在は{}：{who}、{when}）",
                            record.ja, seen.ja, now.ja
                        ),
                        format!("{} has changed since you looked (you saw {}, now {} by {who}, {when})", record.en, seen.en, now.en),
                    ),
                    Words::new(
                        "何も失われていません。両方を見比べて一つにし、もう一度記録してください",
                        "nothing is lost: look at both, make one of them, and record again",
                    ),
                )
            }
            Refusal::NoReason => Self::new(
                Words::new("理由がありません", "a reason is missing"),
                Words::new("--reason で理由を書いてください", "say why with --reason"),
            ),
            Refusal::NotAuthenticated => Self::new(
                Words::new("署名には、改めて本人確認が要ります", "signing needs a fresh proof of who you are"),
                Words::new("もう一度パスワードを入力してください", "enter your password again"),
            ),
            Refusal::TooEarly(words, hint) | Refusal::Unfit(words, hint) => Self::new(words, hint),
            Refusal::Unknown(words) => Self::new(
                Words::new(format!("{}はありません", words.ja), format!("there is no {}", words.en)),
                Words::new("`mimamori log` で確かめてください", "look with `mimamori log`"),
            ),
            Refusal::Exists(words) => Self::new(
                Words::new(format!("{}はすでにあります", words.ja), format!("{} exists already", words.en)),
                Words::new("別の名前を使ってください", "use another name"),
            ),
            Refusal::Values(wrong) => {
                let list = |pick: fn(&Words) -> &str, between: &str| {
                    wrong.iter().map(|(item, words)| format!("{item}: {}", pick(words))).collect::<Vec<_>>().join(between)
                };
                Self::new(
                    Words::new(
                        format!("記入できない値があります（{}）", list(|words| &words.ja, "、")),
                        format!("some values cannot be ({})", list(|words| &words.en, "; ")),
                    ),
                    Words::new(
                        "印の付いた項目を直してから、もう一度送ってください。入力は残っています",
                        "mend the items that are marked and send again; what you typed is kept",
                    ),
                )
            }
            Refusal::NotRecordable(detail) => Self::new(
                Words::new(format!("記録できない内容です（{detail}）"), format!("this cannot be recorded ({detail})")),
                Words::default(),
            ),
        }
    }
}
