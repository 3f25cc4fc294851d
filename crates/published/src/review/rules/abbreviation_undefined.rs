//! An abbreviation that the document never spells out.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use diagnostic::Severity;

use crate::heading::Section;
use crate::model::Paragraph;
use crate::prose::studies::words;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP307",
    name: "abbreviation-undefined",
    severity: Severity::Warning,
    title: ("説明のない略語", "an abbreviation is never spelt out"),
    why: (
        "計画書は専門の異なる医療従事者も読む。初出で示さない略語は伝わらない。",
        "pharmacists and physicians of other fields read the plan; an abbreviation never spelt out is lost on them",
    ),
    reference: plan::form!(" 1.1", ", section 1.1"),
    manual: include_str!("abbreviation_undefined.md"),
    check,
};

/// Abbreviations that every reader of a plan knows: the regulators' and the law's, coding, laboratory values, units, common
/// pathogens and diseases, statistics.
const KNOWN: &str = " RMP PMDA MHLW FDA EMA ICH GCP GPSP GVP GMP GLP GPSPS EPPV PMS CRF EDC PSR PBRER DSUR CIOMS HP URL PDF QR FAQ MR CRO CSR CTD REMS EPAR ATC \
MEDDRA PT SOC HLT HLGT LLT SMQ CTC CTCAE NCI WHO ICD DRG DPC NDB MID MIDNET ICSR ADR SAE AE EBM JAN INN SPC QOL ADL PRO \
AST ALT GOT GPT ALP LDH GTP GGT CPK CRP BUN WBC RBC HGB PLT HBA INR APTT PTT FDP ESR TSH FSH LH ACTH GFR EGFR CCR UACR ECG EKG EEG CT MRI MRA PET SPECT CAG BMI BNP KL SPD SPO PSA CEA AFP \
RANKL RANK JAK BTK ALK MEK BRAF KRAS ROS FGFR PDGFR PARP CGRP DNA RNA MRNA SIRNA PCR RT ELISA ATP IGG IGM IGA IGE HLA CYP UGT AUC CMAX TMAX LDL HDL TG TC VLDL ABO RH TNF VEGF HER MHC NK CAR CD \
HBV HCV HAV HEV HIV HTLV EBV CMV HSV VZV RSV HPV JCV SARS COVID MERS MRSA HBS HBC HBE AIDS BCG \
USA UK EU USP JP EP III VII VIII XII CI SD SE SEM CV NNT ITT FAS PPS HR OR RR RMST NNH \
OTC DVT ICU CCU NICU ECMO CPR AED ABC NSAID NSAIDS ACE ARB SSRI DOAC SGLT DPP GLP PPI RA DMARD DMARDS ISO DIC ARDS COPD IBD SLE OK NG ID IC MAX MIN TEL FAX EMAIL WEB HTTP HTTPS WWW ";

/// Sections whose text is judged.
const JUDGED: [Section; 5] =
    [Section::Safety, Section::Efficacy, Section::Pharmacovigilance, Section::EfficacyStudies, Section::Minimisation];

fn check(context: &Context<'_>, sink: &mut Sink) {
    let published = context.published;
    let prose = &published.prose;
    let known: HashSet<&str> = KNOWN.split_ascii_whitespace().collect();
    let mut defined: HashSet<String> = HashSet::new();
    for abbreviation in &prose.abbreviations {
        defined.extend(words(&abbreviation.short).into_iter().map(|r| abbreviation.short[r].to_owned()));
    }
    for short in published.concerns.iter().filter_map(|c| c.short.as_ref()) {
        defined.extend(words(short.as_str()).into_iter().map(|r| short.as_str()[r].to_owned()));
    }
    // names of the medicine, of concerns and activities speak for themselves or are judged elsewhere
    for field in published
        .product
        .iter()
        .flat_map(|p| &p.fields)
        .filter(|f| matches!(f.label, "販売名" | "有効成分" | "含量及び剤形" | "効能又は効果" | "用法及び用量"))
    {
        spelt_out(field.value.as_str(), &mut defined);
    }
    for field in published.product.iter().flat_map(|p| &p.fields).filter(|f| matches!(f.label, "販売名" | "有効成分")) {
        defined.extend(words(field.value.as_str()).into_iter().map(|r| field.value.as_str()[r].to_owned()));
    }
    for name in published
        .concerns
        .iter()
        .map(|c| c.name.as_str())
        .chain(published.summary.iter().flat_map(|s| s.concerns.iter().map(|c| c.name.as_str())))
    {
        spelt_out(name, &mut defined);
    }
    for paragraph in &prose.paragraphs {
        spelt_out(paragraph.text.as_str(), &mut defined);
    }
    for study in &prose.registry {
        defined.extend(words(&study.key).into_iter().map(|r| study.key[r].to_owned()));
        defined.extend(study.key.split(['-', '_']).map(str::to_owned));
    }
    let mut first: Vec<(&str, usize, Range<usize>)> = Vec::new();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (n, paragraph) in prose.paragraphs.iter().enumerate().filter(|(_, p)| JUDGED.contains(&p.view.section)) {
        let s = paragraph.text.as_str();
        for range in words(s) {
            let word = &s[range.clone()];
            if !(3..=6).contains(&word.len()) || !word.bytes().all(|b| b.is_ascii_uppercase()) {
                continue;
            }
            sink.looked_at(1);
            if known.contains(word)
                || defined.contains(word)
                || named(s, &range)
                || parted(context, paragraph, &range)
                || cited(prose, n, &range)
            {
                continue;
            }
            let seen = times.entry(word).or_default();
            *seen += 1;
            if *seen == 1 {
                first.push((word, n, range));
            }
        }
    }
    for (word, n, range) in first {
        let paragraph = &prose.paragraphs[n];
        let seen = times[word];
        sink.report(
            context,
            (format!("略語「{word}」の説明がありません"), format!("“{word}” is never spelt out")),
            (
                format!("初出で「正式な名称（以下、{word}）」のように示してください（{seen} か所）。"),
                format!("spell it out where it first stands ({seen} in all)"),
            ),
            &[Mark::part(&paragraph.text, shown(paragraph.text.as_str(), range), paragraph.view.section, &paragraph.view.name)],
        );
    }
}

/// A short word with the one or two signs after it, so that it can be found again.
fn shown(s: &str, range: Range<usize>) -> Range<usize> {
    let mut end = range.end;
    for c in s[range.end..].chars() {
        if s[range.start..end].chars().count() >= 4 || matches!(c, '。' | '、') {
            break;
        }
        end += c.len_utf8();
    }
    range.start..end
}

/// Collects what a text spells out: 正式な名称(X), (名称:X), X(日本語の名称).
fn spelt_out(s: &str, defined: &mut HashSet<String>) {
    for range in words(s) {
        let word = &s[range.clone()];
        if !(2..=12).contains(&word.len()) || !word.bytes().any(|b| b.is_ascii_uppercase()) {
            continue;
        }
        let (before, after) = (&s[..range.start], &s[range.end..]);
        let before = before.trim_end_matches(['「', '『', '"', '“']);
        let closes = after.starts_with([')', '」', '』', '"', '”', ']']);
        let bracket = before.ends_with(['(', '[']) && closes && {
            let long = before.trim_end_matches(['(', '[']);
            (long.ends_with("症候群") || !["調査", "試験", "患者", "群", "例", "投与"].iter().any(|w| long.ends_with(w)))
                && long.chars().next_back().is_some_and(|c| c.is_alphabetic())
        };
        let colon = (before.ends_with(':') || before.ends_with("略称") || before.ends_with("略号")) && closes;
        let follows = after.strip_prefix('(').is_some_and(|inner| {
            let inner = inner.split(')').next().unwrap_or_default();
            inner.chars().count() >= 4
                && !inner.contains("番号")
                && !inner.contains('例')
                && inner.chars().next().is_some_and(|c| !c.is_ascii_digit())
        });
        let said = after.starts_with("とは")
            || after.starts_with(":") && after.chars().nth(1).is_some_and(|c| matches!(c, '一'..='鿿' | 'ァ'..='ヺ'));
        let inner = before.ends_with(['、', ','])
            && before.rfind('(').is_some_and(|open| {
                !before[open..].contains(')') && before[open..].chars().filter(|c| c.is_ascii_alphabetic()).count() >= 8
            })
            && closes;
        if bracket || colon || follows || said || inner {
            defined.insert(word.to_owned());
        }
    }
}

/// True where the word is a name: of a study, a database, a company, a scale.
fn named(s: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&s[..range.start], &s[range.end..]);
    ["試験", "データベース", "株式会社", "社", "スコア", "スケール", "分類", "基準", "レジメン", "番号"]
        .iter()
        .any(|w| after.starts_with(w))
        || before.ends_with(['®', '@', '/', '.', '&', '+', 'β', 'γ', 'α'])
        || after.starts_with(['®', '@', '+', '&'])
}

/// True where blanks or the end of a line part the letters: two words, which the text no longer shows.
fn parted(context: &Context<'_>, paragraph: &Paragraph, range: &Range<usize>) -> bool {
    let source = &context.published.source.text;
    let place = paragraph.text.place(range.clone(), source);
    let joined = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    source.get(place.clone()).is_none_or(|s| s.chars().any(char::is_whitespace))
        || joined(source[..place.start].chars().next_back())
        || joined(source[place.end..].chars().next())
}

/// True within a citation.
fn cited(prose: &crate::model::Prose, paragraph: usize, range: &Range<usize>) -> bool {
    let from = prose.studies.partition_point(|m| m.paragraph < paragraph);
    prose.studies[from..].iter().take_while(|m| m.paragraph == paragraph).any(|m| m.range.start <= range.start && range.end <= m.range.end)
}
