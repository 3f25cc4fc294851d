//! The sections of the package insert that a document names.

use std::sync::LazyLock;

use regex::Regex;

/// 「11.1.1 間質性肺疾患」, 「重要な基本的注意」
static QUOTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"「(?:([1-9][0-9]?(?:\.[0-9]{1,2}){0,3})\.?)?([^「」0-9.][^「」]{1,40})」").ok());

/// The sections that every package insert has, by the order of the notice 薬生発0608第1号 of 2017.
const FIXED: [(&str, &str); 14] = [
    ("1", "警告"),
    ("2", "禁忌"),
    ("5", "効能又は効果に関連する注意"),
    ("7", "用法及び用量に関連する注意"),
    ("8", "重要な基本的注意"),
    ("9", "特定の背景を有する患者に関する注意"),
    ("10", "相互作用"),
    ("11", "副作用"),
    ("11.1", "重大な副作用"),
    ("11.2", "その他の副作用"),
    ("12", "臨床検査結果に及ぼす影響"),
    ("13", "過量投与"),
    ("14", "適用上の注意"),
    ("15", "その他の注意"),
];

/// The sections of 電子添文 that a text names, with their numbers and titles. An older insert has other sections.
pub fn sections(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for sentence in text.split_inclusive('。') {
        let Some(at) = ["電子添文", "電子化された添付文書"].iter().filter_map(|word| sentence.find(word)).min() else {
            continue;
        };
        for quoted in QUOTED.iter().flat_map(|shape| shape.captures_iter(&sentence[at..])) {
            let title = &quoted[2];
            let fixed = FIXED.iter().find(|(_, known)| *known == title).map(|(id, _)| (*id).to_owned());
            let Some(id) = quoted.get(1).map(|id| id.as_str().to_owned()).or(fixed) else { continue };
            if found.iter().all(|(known, _)| *known != id) {
                found.push((id, title.to_owned()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::sections;

    #[test]
    fn sections_are_found_by_number_and_by_title() {
        let of = |text: &str| sections(text).into_iter().map(|(id, title)| format!("{id} {title}")).collect::<Vec<_>>();
        assert_eq!(
            of("電子添文の「重要な基本的注意」、「11.1.1間質性肺疾患」等の項に記載する。"),
            ["8 重要な基本的注意", "11.1.1 間質性肺疾患"]
        );
        assert_eq!(of("電子添文に記載する。「適正使用ガイド」を配布する。"), Vec::<String>::new());
        assert_eq!(of("添付文書の「慎重投与」に記載する。"), Vec::<String>::new());
    }
}
