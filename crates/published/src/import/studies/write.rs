//! `studies.toml`.

use std::collections::HashMap;

use super::sized::Sized;
use crate::import::draft::Draft;
use crate::import::toml::{Lines, array};

/// What the text counts in without the number of one study.
pub struct Unnumbered {
    /// Studies taken together: their name, their indices, their size.
    pub together: Vec<(String, Vec<usize>, Sized)>,
    /// Studies that the text describes.
    pub described: Vec<(String, Sized)>,
}

/// Writes the studies that the text introduces or counts in.
pub fn write(
    draft: &mut Draft<'_>,
    canonical: &[usize],
    names: &[String],
    known: &HashMap<usize, Sized>,
    unnumbered: &Unnumbered,
    slips: &[(String, String)],
) {
    let prose = &draft.published.prose;
    let mut out = Lines::default();
    out.comment("例数は本文の分母から読んだ。");
    for (study, facts) in prose.registry.iter().enumerate() {
        let sized = known.get(&study);
        // SMP-201, which the text names without saying that it is a number
        let numbered = facts.key.contains('-') && facts.key.contains(|c: char| c.is_ascii_digit());
        if canonical[study] != study || !(facts.introduced || facts.citation || sized.is_some() || numbered) {
            continue;
        }
        out.header("[[study]]");
        out.text("id", &names[study]);
        let wrong = |key: &str| slips.iter().any(|(wrong, _)| wrong == key);
        let others = || (0..prose.registry.len()).filter(|&other| canonical[other] == study && prose.registry[other].key != names[study]);
        let short = std::iter::once(study).chain(others()).flat_map(|other| &prose.registry[other].short).map(String::as_str);
        let aliases: Vec<&str> = others().map(|other| prose.registry[other].key.as_str()).filter(|key| !wrong(key)).chain(short).collect();
        if !aliases.is_empty() {
            out.key("aliases", array(aliases));
        }
        for other in others().map(|other| prose.registry[other].key.as_str()).filter(|key| wrong(key)) {
            out.comment(&format!("本文の「{other}」は誤記とみた。"));
        }
        if let Some(title) = title(draft, study, canonical) {
            out.text("title", &title);
        }
        if facts.citation
            && let Some(mention) = prose.studies.iter().find(|m| m.study == study)
        {
            let text = prose.paragraphs[mention.paragraph].text.slice(mention.range.clone());
            out.text("reference", &draft.quote(&text));
        }
        if let Some(sized) = sized {
            arms(&mut out, sized);
        }
    }
    for (id, studies, sized) in &unnumbered.together {
        out.header("[[study]]");
        out.comment("併合した例数。それぞれの例数は文書にない。分かれば [[pool]] に改める。");
        let members: Vec<&str> = studies.iter().map(|&study| prose.registry[study].key.as_str()).collect();
        out.key("id", crate::import::toml::quoted(id));
        out.text("title", &format!("{}の併合", members.join("、")));
        arms(&mut out, sized);
    }
    for (id, sized) in &unnumbered.described {
        out.header("[[study]]");
        out.comment("本文が番号でなく名で述べる試験。");
        out.key("id", crate::import::toml::quoted(id));
        arms(&mut out, sized);
    }
    draft.files.insert("studies.toml".to_owned(), out.0);
}

/// What a study is called where its number is introduced: 「…患者を対象とした国内第III相試験（試験番号：SMP-301）」.
fn title(draft: &Draft<'_>, study: usize, canonical: &[usize]) -> Option<String> {
    /// Characters of a title.
    const LENGTH: std::ops::RangeInclusive<usize> = 5..=90;
    let prose = &draft.published.prose;
    let first = prose.studies.iter().find(|m| canonical[m.study] == study)?;
    let text = &prose.paragraphs[first.paragraph].text;
    let before = &text.as_str()[..first.range.start];
    let open = before.rfind('(')?;
    let label = before[open + 1..].trim_end_matches(':');
    if !label.is_empty() && !["試験番号", "治験番号", "研究番号", "プロトコル番号", "プロトコルNo."].contains(&label)
    {
        return None;
    }
    let head = &before[..open];
    let start = head.rfind(['。', '、', ')', '」', ':']).map_or(0, |at| at + head[at..].chars().next().map_or(0, char::len_utf8));
    let leads = ["及び", "並びに", "または", "又は", "また", "なお", "ならびに", "および"];
    let lead = leads.iter().find_map(|lead| head[start..].starts_with(lead).then_some(lead.len())).unwrap_or(0);
    let name = &head[start + lead..];
    let fits = LENGTH.contains(&name.chars().count()) && (name.ends_with("試験") || name.ends_with("研究"));
    fits.then(|| draft.quote(&text.slice(start + lead..open)))
}

fn arms(out: &mut Lines, sized: &Sized) {
    for arm in &sized.arms {
        out.header("[[study.arm]]");
        out.text("name", &arm.name);
        if !arm.stated {
            out.comment("全体の例数は文書になく、時期の例数から取った。");
        }
        out.key("size", arm.size);
        for (name, size) in &arm.phases {
            out.header("[[study.arm.phase]]");
            out.text("name", name);
            let within = |phase: &str| if arm.name.is_empty() { phase.to_owned() } else { format!("{}/{phase}", arm.name) };
            if sized.concluded.contains(&within(name)) {
                out.comment("本文はこの部分集団の名を述べていない。");
            }
            out.key("size", size);
        }
    }
}
