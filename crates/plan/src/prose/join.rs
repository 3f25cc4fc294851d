/// True for characters between which Japanese text breaks lines without a blank.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x2018..=0x201D | 0x2026 | 0x3000..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
}

/// True for Japanese marks and brackets.
fn is_mark(c: char) -> bool {
    matches!(c, '、' | '。' | '・' | '：' | '；' | '「' | '」' | '『' | '』' | '（' | '）' | '【' | '】' | '［' | '］' | '〔' | '〕')
}

/// What a line break between two characters prints: nothing between two characters of Japanese text, otherwise a blank.
///
/// ```
/// use plan::prose::joined;
/// assert_eq!(joined(Some('た'), Some('。')), "");
/// assert_eq!(joined(Some('a'), Some('b')), " ");
/// ```
#[must_use]
pub fn joined(before: Option<char>, after: Option<char>) -> &'static str {
    match (before, after) {
        (Some(before), Some(after)) if is_wide(before) && is_wide(after) => "",
        // Japanese marks bring their own space
        (Some(before), _) if is_mark(before) => "",
        (_, Some(after)) if is_mark(after) => "",
        (None, _) | (_, None) => "",
        _ => " ",
    }
}
