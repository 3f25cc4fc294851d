//! Arms and phases of a study, as the text names them.

/// Words that end in 群 and are none.
const NOT_ARMS: [&str; 12] = ["両群", "各群", "全群", "同群", "他群", "1群", "2群", "3群", "4群", "二群", "三群", "抜群"];
/// Words that end in 期 and are no phase of a study.
const NOT_PHASES: [&str; 16] =
    ["時期", "長期", "短期", "早期", "初期", "後期", "末期", "周期", "定期", "急性期", "周術期", "晩期", "同期", "半期", "延期", "半減期"];

/// The arm that `part` names last: プラセボ投与群 as プラセボ群. None where it is only the head of a table's column.
#[must_use]
pub fn arm(part: &str) -> Option<String> {
    let at = part.rfind('群')?;
    let end = at + '群'.len_utf8();
    let after = part[end..].chars().next();
    if !after.is_none_or(|c| {
        matches!(
            c,
            '、' | ','
                | 'で'
                | 'に'
                | 'の'
                | 'は'
                | 'が'
                | 'と'
                | '('
                | ')'
                | '投'
                | 'お'
                | '及'
                | 'を'
                | 'も'
                | 'か'
                | 'よ'
                | ':'
                | '「'
                | '」'
                | '['
        ) || c.is_ascii_digit()
    }) {
        return None;
    }
    // 対照薬(チモロール)群: the bracket tells what the arm was given
    let bracket = part[..at].ends_with(')').then(|| part[..at].rfind('(')).flatten();
    let stem = &part[..bracket.unwrap_or(at)];
    let start = stem
        .char_indices()
        .rev()
        .take(24)
        .take_while(|&(_, c)| matches!(c, '一'..='鿿' | 'ァ'..='ヺ' | 'ー' | '々' | '・' | '-' | '/' | '.') || c.is_ascii_alphanumeric())
        .last()?
        .0;
    let name = &format!("{}群", &stem[start..]);
    if name.ends_with("症候群") || NOT_ARMS.iter().any(|n| name.ends_with(n)) || name.chars().count() < 3 {
        return None;
    }
    Some(name.replace("投与群", "群")).filter(|n| n.chars().count() >= 2)
}

/// The phase, cycle or part that `part` names last.
#[must_use]
pub fn phase(part: &str) -> Option<String> {
    let mut best: Option<(usize, String)> = None;
    for (at, _) in part.rmatch_indices('期') {
        let end = at + '期'.len_utf8();
        if part[end..].starts_with(['間', '待', '的', '限', '外']) {
            continue;
        }
        let Some((start, _)) = part[..at]
            .char_indices()
            .rev()
            .take(12)
            .take_while(|&(_, c)| matches!(c, '一'..='鿿' | 'ァ'..='ヺ' | 'ー') || c.is_ascii_digit())
            .last()
        else {
            continue;
        };
        let name = &part[start..end];
        if !NOT_PHASES.iter().any(|n| name.ends_with(n)) && name.chars().count() >= 3 {
            best = Some((end, name.to_owned()));
            break;
        }
    }
    for word in ["クール", "サイクル", "コース", "パート", "コホート", "段階"] {
        let Some(at) = part.rfind(word) else { continue };
        let end = at + word.len();
        let start = part[..at].rfind('第').filter(|&p| part[p..at].chars().count() <= 4);
        let name = match start {
            Some(start) => &part[start..end],
            None => {
                let tail = part[end..]
                    .char_indices()
                    .take_while(|(_, c)| c.is_ascii_alphanumeric())
                    .last()
                    .map_or(end, |(n, c)| end + n + c.len_utf8());
                &part[at..tail]
            }
        };
        if best.as_ref().is_none_or(|(b, _)| *b < end) {
            best = Some((end, name.to_owned()));
        }
    }
    best.map(|(_, name)| name)
}

/// The arm or phase that `part` names last.
#[must_use]
pub fn either(part: &str) -> Option<String> {
    match (arm(part), phase(part)) {
        (Some(a), Some(p)) => {
            let phase_later = part.rfind(p.as_str()) > part.rfind('群');
            Some(if phase_later { p } else { a })
        }
        (a, p) => a.or(p),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_arms_and_phases() {
        assert_eq!(arm("VK試験の本剤投与群で").as_deref(), Some("本剤群"));
        assert_eq!(arm("本剤群で2%、プラセボ投与群では").as_deref(), Some("プラセボ群"));
        assert_eq!(arm("試験番号本剤群プラセボ群AB-21"), None);
        assert_eq!(arm("腫瘍崩壊症候群が"), None);
        assert_eq!(arm("両群で"), None);
        assert_eq!(phase("寛解導入期において").as_deref(), Some("寛解導入期"));
        assert_eq!(phase("第2クールに本剤").as_deref(), Some("第2クール"));
        assert_eq!(phase("調査期間の長期にわたり"), None);
        assert_eq!(either("盲検期では本剤投与群の").as_deref(), Some("本剤群"));
    }
}
