//! Names of files: `[a-z0-9][a-z0-9-]*`, from the English terms of the field where the name holds one.

use std::collections::HashSet;

/// Terms as they occur in names of concerns, the longer before what they contain.
const TERMS: &[(&str, &str)] = &[
    ("B型肝炎", "hepatitis-b"),
    ("C型肝炎", "hepatitis-c"),
    ("肝炎", "hepatitis"),
    ("肝機能", "hepatic-dysfunction"),
    ("肝障害", "liver-injury"),
    ("肝不全", "hepatic-failure"),
    ("皮膚粘膜眼症候群", "severe-skin-reactions"),
    ("皮膚粘膜", "severe-skin-reactions"),
    ("中毒性表皮壊死", "severe-skin-reactions"),
    ("皮膚障害", "skin-disorders"),
    ("光線過敏", "photosensitivity"),
    ("脱毛", "alopecia"),
    ("骨髄抑制", "myelosuppression"),
    ("血球減少", "cytopenia"),
    ("好中球減少", "neutropenia"),
    ("血小板減少", "thrombocytopenia"),
    ("リンパ球減少", "lymphopenia"),
    ("貧血", "anaemia"),
    ("日和見感染", "opportunistic-infections"),
    ("結核", "tuberculosis"),
    ("帯状疱疹", "herpes-zoster"),
    ("敗血症", "sepsis"),
    ("感染", "infections"),
    ("多巣性白質脳症", "pml"),
    ("白質脳症", "leukoencephalopathy"),
    ("間質性肺", "interstitial-lung-disease"),
    ("肺高血圧", "pulmonary-hypertension"),
    ("肺炎", "pneumonia"),
    ("QT", "qt-prolongation"),
    ("徐脈", "bradycardia"),
    ("不整脈", "arrhythmia"),
    ("心不全", "heart-failure"),
    ("心筋梗塞", "myocardial-infarction"),
    ("心筋炎", "myocarditis"),
    ("心血管", "cardiovascular-events"),
    ("心障害", "cardiac-disorders"),
    ("心臓", "cardiac-disorders"),
    ("脳卒中", "stroke"),
    ("頭蓋内出血", "intracranial-haemorrhage"),
    ("消化管出血", "gastrointestinal-haemorrhage"),
    ("出血", "haemorrhage"),
    ("血栓", "thrombosis"),
    ("塞栓", "embolism"),
    ("高血圧", "hypertension"),
    ("血圧低下", "hypotension"),
    ("血圧下降", "hypotension"),
    ("低血圧", "hypotension"),
    ("腎障害", "renal-disorders"),
    ("腎機能障害", "renal-impairment"),
    ("腎不全", "renal-failure"),
    ("消化管穿孔", "gastrointestinal-perforation"),
    ("膵炎", "pancreatitis"),
    ("下痢", "diarrhoea"),
    ("大腸炎", "colitis"),
    ("低血糖", "hypoglycaemia"),
    ("高血糖", "hyperglycaemia"),
    ("糖尿病", "diabetes"),
    ("ケトアシドーシス", "ketoacidosis"),
    ("電解質", "electrolyte-disorders"),
    ("低カルシウム", "hypocalcaemia"),
    ("高カリウム", "hyperkalaemia"),
    ("甲状腺", "thyroid-disorders"),
    ("副腎", "adrenal-insufficiency"),
    ("腫瘍崩壊", "tumour-lysis"),
    ("横紋筋融解", "rhabdomyolysis"),
    ("過敏症", "hypersensitivity"),
    ("アナフィラキシー", "anaphylaxis"),
    ("注入に伴う反応", "infusion-reaction"),
    ("注射部位", "injection-site-reactions"),
    ("サイトカイン放出", "cytokine-release"),
    ("免疫原性", "immunogenicity"),
    ("抗体産生", "immunogenicity"),
    ("免疫反応", "immune-response"),
    ("悪性腫瘍", "malignancy"),
    ("二次発がん", "second-malignancy"),
    ("胚胎児", "embryo-fetal-toxicity"),
    ("催奇形", "teratogenicity"),
    ("妊婦", "pregnancy"),
    ("妊娠", "pregnancy"),
    ("生殖発生毒性", "reproductive-toxicity"),
    ("自殺", "suicidality"),
    ("傾眠", "somnolence"),
    ("痙攣", "seizures"),
    ("依存", "dependence"),
    ("精神", "psychiatric-disorders"),
    ("視覚", "visual-disorders"),
    ("網膜", "retinal-disorders"),
    ("虹彩", "iris-pigmentation"),
    ("骨折", "fracture"),
    ("骨壊死", "osteonecrosis"),
    ("相互作用", "interactions"),
    ("過量投与", "overdose"),
    ("血液毒性", "haematotoxicity"),
    ("ギランバレー", "guillain-barre"),
    ("疾患増強", "enhanced-disease"),
    ("免疫不全", "immunodeficiency"),
    ("早産児", "preterm-infants"),
    ("在胎", "preterm-infants"),
    ("授乳", "lactation"),
    ("心機能", "cardiac-dysfunction"),
    ("胆道", "biliary-disorders"),
    ("胆石", "gallstones"),
    ("溶血", "haemolysis"),
    ("血栓性微小血管症", "thrombotic-microangiopathy"),
    ("抗薬物抗体", "immunogenicity"),
    ("中和抗体", "neutralising-antibodies"),
    ("免疫複合体", "immune-complexes"),
    ("末梢神経", "peripheral-neuropathy"),
    ("中枢神経", "cns-disorders"),
    ("認知機能", "cognitive-impairment"),
    ("めまい", "dizziness"),
    ("喘息", "asthma"),
    ("気管支痙攣", "bronchospasm"),
    ("呼吸抑制", "respiratory-depression"),
    ("喀血", "haemoptysis"),
    ("肺水腫", "pulmonary-oedema"),
    ("石灰化", "calcification"),
    ("リン濃度", "phosphate"),
    ("眼内レンズ", "intraocular-lens"),
    ("黄斑浮腫", "macular-oedema"),
    ("眼瞼", "eyelid-changes"),
    ("角膜", "corneal-disorders"),
    ("白内障", "cataract"),
    ("眼圧", "intraocular-pressure"),
    ("胃腸障害", "gastrointestinal-disorders"),
    ("消化管障害", "gastrointestinal-disorders"),
    ("悪心", "nausea"),
    ("透析", "dialysis"),
    ("血液障害", "blood-disorders"),
    ("好酸球", "eosinophilia"),
    ("白血球減少", "leukopenia"),
    ("メトヘモグロビン", "methaemoglobinaemia"),
    ("局所反応", "local-reactions"),
    ("血管外漏出", "extravasation"),
    ("成長", "growth"),
    ("骨形成", "growth"),
    ("顎骨", "osteonecrosis-of-the-jaw"),
    ("ミオパチー", "myopathy"),
    ("重症筋無力症", "myasthenia-gravis"),
    ("腎石", "kidney-stones"),
    ("尿路", "urinary-disorders"),
    ("体重", "weight-change"),
    ("脂質異常", "dyslipidaemia"),
    ("低ナトリウム", "hyponatraemia"),
    ("乳酸アシドーシス", "lactic-acidosis"),
    ("離脱", "withdrawal"),
    ("リバウンド", "rebound"),
    ("誤投与", "medication-errors"),
    ("投薬過誤", "medication-errors"),
    ("肝機能障害患者", "hepatic-impairment"),
    ("男性", "men"),
    ("不妊", "infertility"),
    ("生殖能", "fertility"),
    ("高齢", "elderly"),
    ("小児", "children"),
    ("乳児", "infants"),
    ("新生児", "newborns"),
    ("長期", "long-term"),
    ("有効性", "effectiveness"),
];

/// What the names of concerns say beside a term, where they hold none.
const GENERAL: &[(&str, &str)] = &[("中止後", "after-discontinuation"), ("併用", "concomitant-use")];

/// Diseases and populations as they occur in names of activities.
const TOPICS: &[(&str, &str)] = &[
    ("ネフローゼ", "nephrotic-syndrome"),
    ("強皮症", "systemic-sclerosis"),
    ("天疱瘡", "pemphigus"),
    ("腎移植", "kidney-transplant"),
    ("肝移植", "liver-transplant"),
    ("臓器移植", "transplant"),
    ("リウマチ", "arthritis"),
    ("潰瘍性大腸炎", "ulcerative-colitis"),
    ("クローン病", "crohn"),
    ("乾癬", "psoriasis"),
    ("リンパ腫", "lymphoma"),
    ("白血病", "leukaemia"),
    ("骨髄腫", "myeloma"),
    ("腎細胞癌", "renal-cell-carcinoma"),
    ("肺癌", "lung-cancer"),
    ("乳癌", "breast-cancer"),
    ("糖尿病", "diabetes"),
    ("心房細動", "atrial-fibrillation"),
    ("静脈血栓", "venous-thromboembolism"),
    ("てんかん", "epilepsy"),
    ("緑内障", "glaucoma"),
    ("肺高血圧", "pulmonary-hypertension"),
    ("肺動脈性", "pulmonary-hypertension"),
    ("妊婦", "pregnancy"),
    ("妊娠", "pregnancy"),
    ("小児", "children"),
    ("高齢", "elderly"),
    ("腎機能", "renal-impairment"),
    ("肝機能", "hepatic-impairment"),
    ("長期", "long-term"),
];

/// Ids that were given, so that none is given twice.
#[derive(Default)]
pub struct Ids(HashSet<String>);

impl Ids {
    /// The id of a concern by its name; by its number where the name holds no term known.
    pub fn concern(&mut self, name: &str, fallback: &str) -> String {
        let found = latin(name).or_else(|| term(name, TERMS).or_else(|| term(name, GENERAL)).map(str::to_owned));
        self.free(&found.unwrap_or_else(|| fallback.to_owned()))
    }

    /// The id of an activity: its kind, and what it is about.
    pub fn activity(&mut self, kind: &str, topics: &str) -> String {
        let topic = term(topics, TOPICS).map(str::to_owned).or_else(|| short_form(topics));
        self.free(&topic.map_or_else(|| kind.to_owned(), |topic| format!("{kind}-{topic}")))
    }

    /// The id of an efficacy concern.
    pub fn efficacy(&mut self, name: &str, fallback: &str) -> String {
        let topic = term(name, TOPICS).map(str::to_owned).or_else(|| short_form(name));
        self.free(&topic.map_or_else(|| fallback.to_owned(), |topic| format!("effectiveness-{topic}")))
    }

    fn free(&mut self, wanted: &str) -> String {
        let numbered = (2..).map(|n| format!("{wanted}-{n}"));
        let id = std::iter::once(wanted.to_owned()).chain(numbered).find(|id| !self.0.contains(id)).unwrap_or_default();
        self.0.insert(id.clone());
        id
    }
}

fn term<'t>(name: &str, terms: &[(&str, &'t str)]) -> Option<&'t str> {
    // marks between words are written in many ways
    let bare = |text: &str| -> String { terminology::key(text).to_uppercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let key = bare(name);
    terms.iter().filter_map(|(word, id)| Some((key.find(&word.to_uppercase())?, *id))).min_by_key(|(at, _)| *at).map(|(_, id)| id)
}

/// The last short form in Latin letters.
fn short_form(name: &str) -> Option<String> {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let mut short = words.filter(|word| word.chars().filter(char::is_ascii_uppercase).count() >= 2 && (2..=12).contains(&word.len()));
    short.next_back().map(|word| word.trim_matches('-').to_ascii_lowercase())
}

/// The name itself where it is Latin, else the short form in its brackets, else a short form it begins with.
fn latin(name: &str) -> Option<String> {
    let slug = |text: &str| {
        let parts: Vec<String> =
            text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_ascii_lowercase).collect();
        parts.join("-")
    };
    let letters = name.chars().filter(char::is_ascii_alphabetic).count();
    let all = name.chars().filter(|c| c.is_alphanumeric()).count();
    if letters >= 3 && letters * 10 >= all * 9 && name.len() <= 60 {
        return Some(slug(name));
    }
    let short = |text: &str| {
        let capitals = text.chars().filter(char::is_ascii_uppercase).count();
        (capitals >= 2 && (2..=8).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')).then(|| slug(text))
    };
    let normal = terminology::Text::new(name, 0);
    let mut brackets = normal.as_str().match_indices('(').filter_map(|(at, _)| {
        let inner = &normal.as_str()[at + 1..];
        short(&inner[..inner.find(')')?])
    });
    if let Some(found) = brackets.next() {
        return Some(found);
    }
    let head: String = normal.as_str().chars().take_while(char::is_ascii_alphanumeric).collect();
    short(&head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        let mut ids = Ids::default();
        for (name, id) in [
            ("infusion reaction", "infusion-reaction"),
            ("間質性肺疾患", "interstitial-lung-disease"),
            ("可逆性後白質脳症症候群（RPLS）", "rpls"),
            ("重篤な感染症", "infections"),
            ("感染症", "infections-2"),
            ("未知の事象", "identified-3"),
        ] {
            assert_eq!(ids.concern(name, "identified-3"), id, "{name}");
        }
    }
}
