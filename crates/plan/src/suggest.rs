//! "Did you mean …?"

/// Words whose lengths differ by more bytes than this are not compared: three characters of Japanese.
const FURTHEST: usize = 12;

/// The candidate that is nearest to what was written, if it is near enough to be what was meant: at most a third of its letters
/// differ, and at most three. Of numbers none is: 12 for 11 is as likely a mistake in what was meant as in the typing.
#[must_use]
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if written.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let folded: Vec<char> = written.to_lowercase().chars().collect();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(written.len()) <= FURTHEST)
        .map(|candidate| {
            let letters: Vec<char> = candidate.to_lowercase().chars().collect();
            (terminology::distance(&folded, &letters), folded.len().max(letters.len()), candidate)
        })
        .filter(|(distance, longest, _)| distance < longest && *distance <= (longest / 3).clamp(1, 3))
        .min_by_key(|(distance, ..)| *distance)
        .map(|(.., candidate)| candidate)
}

/// A hint with the nearest candidate, or with all of them if they are few: Japanese and English.
#[must_use]
pub fn hint<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> (String, String) {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    if let Some(nearest) = nearest(written, candidates.iter().copied()) {
        return (format!("「{nearest}」ではありませんか。"), format!("did you mean “{nearest}”?"));
    }
    match candidates.len() {
        0 => (
            "計画にはまだ一つもありません。先に書くか、この参照を消してください。".to_owned(),
            "the plan has none yet: write it first, or delete this reference".to_owned(),
        ),
        1..=30 => {
            let list = candidates.join("、");
            (format!("次のいずれかにしてください：{list}"), format!("use one of: {}", candidates.join(", ")))
        }
        many => (format!("{many} 件のどれとも似ていません。"), format!("it resembles none of the {many} there are")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_suggested_and_far_ones_not() {
        assert_eq!(nearest("subtance", ["substance", "class"]), Some("substance"));
        assert_eq!(nearest("SMP-31", ["SMP-301", "SMP-302"]), Some("SMP-301"));
        assert_eq!(nearest("x", ["substance"]), None);
        assert_eq!(nearest("感染", ["感染症"]), Some("感染症"));
        assert_eq!((nearest("9", ["1"]), nearest("11.1.2", ["11.1.1"]), nearest("x", ["y"])), (None, None, None));
        assert_eq!(hint("9", ["1"]).1, "use one of: 1");
        assert_eq!(hint("9", []).1, "the plan has none yet: write it first, or delete this reference");
    }
}
