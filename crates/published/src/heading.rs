//! The fixed headings of 別紙様式1, however they are numbered, bracketed and spaced.

use crate::model::Class;
use crate::read::name::BULLETS;

/// A part of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// 医薬品リスク管理計画書の概要 (別紙様式2).
    Summary,
    /// 品目の概要.
    Product,
    /// 変更の履歴.
    History,
    /// 1 医薬品リスク管理計画の概要.
    Overview,
    /// 1.1 安全性検討事項.
    Safety,
    /// 1.2 有効性に関する検討事項.
    Efficacy,
    /// 2 医薬品安全性監視計画の概要.
    Pharmacovigilance,
    /// 3 有効性に関する調査・試験の計画の概要.
    EfficacyStudies,
    /// 4 リスク最小化計画の概要.
    Minimisation,
    /// 5 一覧.
    Lists,
    /// 5.1 医薬品安全性監視計画の一覧.
    PharmacovigilanceList,
    /// 5.2 有効性に関する調査・試験の計画の一覧.
    EfficacyList,
    /// 5.3 リスク最小化計画の一覧.
    MinimisationList,
    /// 添付資料.
    Attachments,
}

impl Section {
    /// The heading as the form prints it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Summary => "医薬品リスク管理計画書（RMP）の概要",
            Self::Product => "品目の概要",
            Self::History => "変更の履歴",
            Self::Overview => "1. 医薬品リスク管理計画の概要",
            Self::Safety => "1.1 安全性検討事項",
            Self::Efficacy => "1.2 有効性に関する検討事項",
            Self::Pharmacovigilance => "2. 医薬品安全性監視計画の概要",
            Self::EfficacyStudies => "3. 有効性に関する調査・試験の計画の概要",
            Self::Minimisation => "4. リスク最小化計画の概要",
            Self::Lists => "5. 医薬品安全性監視計画、有効性に関する調査・試験の計画及びリスク最小化計画の一覧",
            Self::PharmacovigilanceList => "5.1 医薬品安全性監視計画の一覧",
            Self::EfficacyList => "5.2 有効性に関する調査・試験の計画の一覧",
            Self::MinimisationList => "5.3 リスク最小化計画の一覧",
            Self::Attachments => "添付資料",
        }
    }

    /// The number of the part, as it is cited: `1.1`, `概要`.
    #[must_use]
    pub fn number(self) -> &'static str {
        match self {
            Self::Summary => "概要",
            Self::Product => "品目の概要",
            Self::History => "変更の履歴",
            Self::Overview => "1",
            Self::Safety => "1.1",
            Self::Efficacy => "1.2",
            Self::Pharmacovigilance => "2",
            Self::EfficacyStudies => "3",
            Self::Minimisation => "4",
            Self::Lists => "5",
            Self::PharmacovigilanceList => "5.1",
            Self::EfficacyList => "5.2",
            Self::MinimisationList => "5.3",
            Self::Attachments => "添付資料",
        }
    }
}

/// Cuts the number off a heading: `1.1.`, `１－１`, `第1章`, `(1)`, `Ⅲ．`.
#[must_use]
pub fn without_number(key: &str) -> &str {
    let rest = key.trim_start_matches(|c: char| {
        c.is_ascii_digit()
            || matches!(c, '.' | '(' | ')' | '-' | '第' | '章' | '節' | '項' | '部' | '・' | '■' | '◆' | '※' | ':' | '<' | '【')
            || matches!(c, '①'..='⑳')
    });
    rest.trim_start_matches(['I', 'V', 'X']).trim_start_matches(['.', ' ', '、'])
}

/// The part of the form that a line is the heading of.
#[must_use]
pub fn section(key: &str) -> Option<Section> {
    if key.len() > 200 {
        return None;
    }
    // （別紙様式3）添付資料一覧
    let key = match key.strip_prefix("(別紙様式").and_then(|rest| rest.split_once(')')) {
        Some((_, title)) if !title.is_empty() => title,
        _ => key,
    };
    if key.contains("医薬品リスク管理計画書")
        && !key.contains("品目の概要")
        && !key.contains("会社名")
        && key.trim_end_matches(['。', ':']).ends_with("概要")
    {
        return Some(Section::Summary);
    }
    if key.contains("【") && !key.starts_with("【") {
        return None;
    }
    if key.starts_with("【") && !key.trim_start_matches("【").starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let title: String =
        without_number(key).chars().filter(|c| !matches!(c, '・' | '、' | '】' | '>')).collect::<String>().replace("および", "及び");
    let title = title.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '。' | '頁' | '.' | '-'));
    let title = title.strip_suffix("について").unwrap_or(title);
    // 添付資料一覧（別紙様式3）
    let title = title.split_once("(別紙様式").map_or(title, |(title, _)| title);
    Some(match title {
        "品目の概要" | "品目概要" => Section::Product,
        "変更の履歴" | "変更履歴" => Section::History,
        "医薬品リスク管理計画の概要" | "医薬品リスク管理計画" => Section::Overview,
        "安全性検討事項" => Section::Safety,
        "有効性に関する検討事項" | "有効性検討事項" => Section::Efficacy,
        "医薬品安全性監視計画の概要" | "医薬品安全性監視計画概要" | "医薬品安全性監視計画" => {
            Section::Pharmacovigilance
        }
        "有効性に関する調査試験の計画の概要"
        | "有効性に関する調査試験計画の概要"
        | "有効性に関する調査及び試験の計画の概要"
        | "有効性に関する調査試験の計画" => Section::EfficacyStudies,
        "リスク最小化計画の概要" | "リスク最小化計画概要" | "リスク最小化計画" => Section::Minimisation,
        "医薬品安全性監視計画の一覧" | "医薬品安全性監視計画一覧" => Section::PharmacovigilanceList,
        "有効性に関する調査試験の計画の一覧"
        | "有効性に関する調査試験計画の一覧"
        | "有効性に関する調査試験の計画一覧"
        | "有効性に関する調査及び試験の計画の一覧" => Section::EfficacyList,
        "リスク最小化計画の一覧" | "リスク最小化計画一覧" => Section::MinimisationList,
        "添付資料" | "添付資料一覧" | "添付資料の一覧" | "添付資料目次" => Section::Attachments,
        _ if title.starts_with("医薬品安全性監視計画有効性に関する調査") && title.ends_with("一覧") => Section::Lists,
        _ => return None,
    })
}

/// True where a line may be the first part of a heading of [`section`] that goes on in the next line.
#[must_use]
pub fn may_go_on(key: &str) -> bool {
    let rest = without_number(key);
    if key.contains("医薬品リスク管理計画書") && !key.contains(['。', '【']) {
        return true;
    }
    if rest.is_empty() {
        return !key.is_empty() && key.len() <= 6 && key.contains(|c: char| c.is_ascii_digit()) && key.contains('.');
    }
    key.len() < 200
        && (rest.starts_with("医薬品安全性監視計画")
            || rest.starts_with("有効性に関する")
            || rest.starts_with("リスク最小化計画")
            || rest.starts_with("医薬品リスク管理計画"))
        && !rest.contains('。')
}

/// The class that a heading of a group of concerns names: 重要な特定されたリスク and so on, alone in its line.
#[must_use]
pub fn class(key: &str) -> Option<Class> {
    let key = without_number(key)
        .trim_matches(|c| matches!(c, ':' | '・' | '「' | '」') || BULLETS.contains(&c) || BRACKETS.iter().any(|b| b.0 == c || b.1 == c));
    Some(match key {
        "重要な特定されたリスク" | "重要な特定リスク" | "重要な特定されたリスク(続き)" => Class::Identified,
        "重要な潜在的リスク" | "重要な潜在的なリスク" | "重要な潜在リスク" | "重要な潜在的リスク(続き)" => {
            Class::Potential
        }
        "重要な不足情報" | "重要な不足している情報" | "重要な不足情報(続き)" => Class::Missing,
        _ => return None,
    })
}

/// The three boxes of a concern in 1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxKind {
    /// 重要な…とした理由.
    Reason,
    /// 医薬品安全性監視活動の内容及びその選択理由.
    Pharmacovigilance,
    /// リスク最小化活動の内容及びその選択理由.
    Minimisation,
}

/// The box that a line of 1.1 opens, the class it names, and the length of the heading in the line.
#[must_use]
pub fn concern_box(key: &str) -> Option<(BoxKind, Option<Class>, usize)> {
    let lead = key.len()
        - key
            .trim_start_matches(|c: char| {
                BULLETS.contains(&c)
                    || matches!(c, '(' | ')')
                    || BRACKETS.iter().any(|b| b.0 == c)
                    || c.is_ascii_digit()
                    || matches!(c, '①'..='⑳')
            })
            .len();
    let rest = &key[lead..];
    let (kind, class) = if rest.starts_with("医薬品安全性監視活動の内容") || rest.starts_with("安全性監視活動の内容")
    {
        (BoxKind::Pharmacovigilance, None)
    } else if rest.starts_with("リスク最小化活動の内容") {
        (BoxKind::Minimisation, None)
    } else {
        let class = if rest.starts_with("重要な特定") {
            Class::Identified
        } else if rest.starts_with("重要な潜在") {
            Class::Potential
        } else if rest.starts_with("重要な不足") {
            Class::Missing
        } else {
            return None;
        };
        let head: String = rest.chars().take(30).collect();
        let end = reason(&head)?;
        if head[..end].contains(['。', '、']) {
            return None;
        }
        (BoxKind::Reason, Some(class))
    };
    let end = match (rest.find(':'), reason(rest)) {
        (Some(colon), _) if colon < 90 => lead + colon + 1,
        (_, Some(end)) if end < 100 => lead + end,
        _ => key.len().min(lead + 90),
    };
    let mut end = end.min(key.len());
    while !key.is_char_boundary(end) {
        end += 1;
    }
    if kind != BoxKind::Reason && key[lead..end].contains('。') {
        return None;
    }
    let end = end + key[end..].len() - key[end..].trim_start_matches(|c| BRACKETS.iter().any(|b| b.1 == c)).len();
    Some((kind, class, end))
}

/// Where the words end that ask for the reason: とした理由, or a word that stands for it where the form is not kept.
fn reason(heading: &str) -> Option<usize> {
    const WORDS: [&str; 5] = ["理由", "とした根拠", "とした背景", "とした経緯", "に設定した根拠"];
    WORDS.iter().find_map(|word| heading.find(word).map(|at| at + word.len()))
}

/// What a bracketed heading of a concern's or an activity's box announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Title {
    /// 【内容】 of a box in 1.1.
    Content,
    /// 【選択理由】 of a box in 1.1.
    Choice,
    /// 【安全性検討事項】.
    Concerns,
    /// 【有効性に関する検討事項】.
    EfficacyConcerns,
    /// 【目的】.
    Objective,
    /// 【実施計画】.
    Plan,
    /// 【実施計画の根拠】.
    Rationale,
    /// 【目標症例数の根拠】, where it stands apart.
    TargetRationale,
    /// 【観察期間の根拠】, where it stands apart.
    ObservationRationale,
    /// 【具体的な方法】.
    Method,
    /// 【節目となる予定の時期及びその根拠】 and its variant in section 4.
    Milestones,
    /// 【当該…追加の措置及びその開始の決定基準】.
    Measures,
    /// Another bracketed heading.
    Other,
}

const BRACKETS: [(char, char); 10] =
    [('【', '】'), ('[', ']'), ('<', '>'), ('《', '》'), ('〖', '〗'), ('≪', '≫'), ('⟪', '⟫'), ('〈', '〉'), ('〔', '〕'), ('『', '』')];

/// A bracketed heading at the start of a line, or a known one without brackets that ends with a colon or stands alone.
/// Returns what it announces and its length.
#[must_use]
pub fn title(key: &str) -> Option<(Title, usize)> {
    let lead = key.len() - key.trim_start_matches(BULLETS).len();
    let rest = &key[lead..];
    for (open, close) in BRACKETS {
        if rest.starts_with(open)
            && let Some(end) = rest.find(close)
        {
            let inner = &rest[open.len_utf8()..end];
            let end = end + close.len_utf8();
            let end = end + rest[end..].len() - rest[end..].trim_start_matches(':').len();
            return match known(inner) {
                Some(title) => Some((title, lead + end)),
                None if open == '【' && inner.chars().count() <= 60 => Some((Title::Other, lead + end)),
                None => None,
            };
        }
    }
    let (inner, end) = match rest.find(':') {
        Some(colon) if rest[..colon].chars().count() <= 50 => (&rest[..colon], colon + 1),
        None if rest.chars().count() <= 50 => (rest, rest.len()),
        _ => return None,
    };
    if inner.contains(['。', '「', '・']) {
        return None;
    }
    match known(inner)? {
        // 実施方法 without brackets is an entry of 【実施計画】
        Title::Method if inner == "実施方法" => None,
        Title::Concerns | Title::EfficacyConcerns if end == rest.len() && !rest.ends_with(':') => None,
        Title::Plan | Title::Content if end == rest.len() && !rest.ends_with(':') => None,
        // a sentence that begins with the words of a heading
        Title::Milestones if !inner.starts_with("節目となる予定") || !inner.ends_with(['拠', '置', '期']) => None,
        Title::Measures if !inner.ends_with(['準', '置']) => None,
        title => Some((title, lead + end)),
    }
}

/// True where a line opens a bracketed heading that its end cuts.
#[must_use]
pub fn title_is_cut(key: &str) -> bool {
    let bracketed = BRACKETS.iter().any(|&(open, close)| {
        let words = key.strip_prefix(open).filter(|words| !words.contains(close));
        words.is_some_and(|words| open == '【' || ["当該", "節目", "実施", "安全性", "有効性"].iter().any(|w| words.starts_with(w)))
    });
    let bare = (key.starts_with("当該医薬品安全性監視活動の結果") && !key.ends_with("基準"))
        || (key.starts_with("節目となる予定の時期、実施した") && !key.ends_with("措置"));
    (bracketed || (bare && !key.contains(['。', ':', '】']))) && key.chars().count() < 80
}

/// What the first column of a table announces: the words of a heading, with or without their brackets, and nothing else.
#[must_use]
pub fn label(key: &str) -> Option<Title> {
    let words = key.trim_start_matches(BULLETS).trim_end_matches(':');
    let bracketed = BRACKETS.iter().find_map(|(open, close)| words.strip_prefix(*open)?.strip_suffix(*close));
    let words = bracketed.unwrap_or(words);
    match known(words)? {
        Title::Milestones if !words.contains("予定") || !words.ends_with(['拠', '置', '期']) => None,
        Title::Measures if !words.ends_with(['準', '置']) => None,
        title => Some(title),
    }
}

/// True for the whole heading of a box of 1.1 or 1.2 and nothing else.
#[must_use]
pub fn box_label(key: &str) -> bool {
    let words = key.trim_end_matches(':');
    let ends = words.ends_with(['由', '称', '容', ']', '】', ')', '>']);
    let safety = concern_box(key).is_some_and(|(.., end)| end == key.len());
    let efficacy = words.starts_with("有効性に関する検討事項と")
        || words.starts_with("有効性に関する調査")
        || words.contains("の目的、内容及び手法の概要");
    ends && (safety || efficacy) && !words.contains('。')
}

/// True for the first words of such a heading.
#[must_use]
pub fn begins_box_label(key: &str) -> bool {
    ["重要な", "医薬品安", "安全性監", "リスク最", "有効性に", "調査・試"].iter().any(|word| key.starts_with(word))
}

/// True for the first words of a label.
#[must_use]
pub fn begins_label(key: &str) -> bool {
    ["安全性検討", "有効性に", "目的", "実施", "具体的", "節目", "当該"].iter().any(|word| key.starts_with(word))
}

fn known(inner: &str) -> Option<Title> {
    Some(match inner {
        "内容" | "活動の内容" => Title::Content,
        "選択理由" | "選定理由" | "選択の理由" | "理由" | "選択した理由" => Title::Choice,
        "安全性検討事項" | "対象となる安全性検討事項" | "対象とする安全性検討事項" | "安全性検討事項及び有効性に関する検討事項" => {
            Title::Concerns
        }
        "有効性に関する検討事項" | "有効性検討事項" => Title::EfficacyConcerns,
        "目的" | "調査の目的" | "活動の目的" | "試験の目的" => Title::Objective,
        "実施計画" | "実施計画の概要" | "調査の実施計画" | "実施計画(案)" => Title::Plan,
        "実施計画の根拠" | "実施計画の設定根拠" | "実施計画及びその根拠" => Title::Rationale,
        "具体的な方法" | "具体的方法" | "具体的な内容" | "実施方法" => Title::Method,
        _ if inner.ends_with("根拠") && inner.contains("症例数") => Title::TargetRationale,
        _ if inner.ends_with("根拠") && inner.contains("観察期間") => Title::ObservationRationale,
        _ if inner.starts_with("節目となる") => Title::Milestones,
        _ if inner.contains("決定基準") || (inner.starts_with("当該") && inner.contains("措置")) => Title::Measures,
        _ if inner.starts_with("実施した結果") && inner.contains("措置") => Title::Measures,
        _ => return None,
    })
}

/// 通常の…活動 and 追加の…活動 as headings in sections 2, 4 and 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// 通常の医薬品安全性監視活動, 通常のリスク最小化活動.
    Routine,
    /// 通常の…活動の概要.
    RoutineText,
    /// 追加の….
    Additional,
}

/// Recognises the heading of a layer; also returns its length in the line.
#[must_use]
pub fn layer(key: &str) -> Option<(Layer, usize)> {
    let unbracketed = key.trim_start_matches(['〔', '[', '<', '《', '≪', '〈', '■', '◆', '●']);
    let lead = key.len() - without_number(unbracketed).len();
    let rest = &key[lead..];
    for (layer, words) in [
        (Layer::RoutineText, ["通常の医薬品安全性監視活動の概要", "通常のリスク最小化活動の概要"]),
        (Layer::Routine, ["通常の医薬品安全性監視活動", "通常のリスク最小化活動"]),
        (Layer::Additional, ["追加の医薬品安全性監視活動", "追加のリスク最小化活動"]),
        (Layer::Routine, ["通常の活動", "通常の措置"]),
        (Layer::Additional, ["追加の活動", "追加の措置"]),
    ] {
        for word in words {
            if let Some(after) = rest.strip_prefix(word) {
                let colon = after.len() - after.trim_start_matches(':').len();
                let alone = after
                    .trim_start_matches(|c: char| {
                        c.is_ascii_digit() || matches!(c, ':' | '頁' | '】' | '〕' | ']' | '>' | '》' | '≫' | '〉')
                    })
                    .is_empty();
                if alone || (layer == Layer::RoutineText && colon > 0) {
                    return Some((layer, lead + word.len() + colon));
                }
            }
        }
    }
    None
}
