//! Plans of invented products, right by themselves.

use calendar::{Counting, Date, Period, Unit, last_day};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const CONCERNS: [(&str, &str); 9] = [
    ("infection", "重篤な感染症"),
    ("hepatic", "肝機能障害、黄疸"),
    ("neutropenia", "好中球減少"),
    ("ild", "間質性肺疾患（ILD）"),
    ("anaphylaxis", "ショック、アナフィラキシー"),
    ("malignancy", "悪性腫瘍"),
    ("embryo", "胚・胎児毒性"),
    ("renal", "腎機能障害を有する患者における安全性"),
    ("long-term", "長期投与時の安全性"),
];
const INDICATIONS: [&str; 4] =
    ["既存治療で効果不十分な見本症候群", "切除不能な進行・再発の見本癌", "中等症から重症の活動期にある見本大腸炎", "難治性の見本血管炎"];
const SHORT: [&str; 4] = ["見本症候群", "見本癌", "見本大腸炎", "見本血管炎"];

#[derive(Clone, Debug)]
struct Survey {
    kind: &'static str,
    indication: usize,
    concerns: Vec<usize>,
    target: u64,
    start: Date,
    years: i8,
    weeks: u16,
    efficacy: bool,
    report: u64,
    made: bool,
}

#[derive(Clone, Debug)]
struct Material {
    patients: bool,
    concerns: Vec<usize>,
}

/// The files of a plan.
pub fn plan() -> impl Strategy<Value = Vec<(String, String)>> {
    let concerns = subsequence((0..CONCERNS.len()).collect::<Vec<_>>(), 1..=CONCERNS.len());
    let day = (2022_i16..=2024, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| Date::constant(y, m, d));
    (concerns, day, 1..=INDICATIONS.len(), 1..=3_usize, vec(0_u64..40, 9), any::<bool>(), any::<[bool; 4]>()).prop_flat_map(
        |(concerns, approved, indications, strengths, counts, guides, flags)| {
            let some = subsequence((0..concerns.len()).collect::<Vec<_>>(), 1..=concerns.len());
            let survey = (
                select(vec!["general-survey", "specified-survey", "comparative-survey"]),
                0..indications,
                some.clone(),
                10_u64..3000,
                3_i8..=5,
                prop_oneof![Just(24_u16), Just(48), Just(52)],
                any::<bool>(),
                select(vec![3_u64, 6, 9]),
                any::<bool>(),
            )
                .prop_map(move |(kind, indication, concerns, target, years, weeks, efficacy, report, made)| Survey {
                    kind,
                    indication,
                    concerns,
                    target,
                    start: first_of_month_after(approved, 2 + i16::from(indication as i8)),
                    years,
                    weeks,
                    efficacy,
                    report,
                    made,
                });
            let material = (any::<bool>(), some).prop_map(|(patients, concerns)| Material { patients, concerns });
            (vec(survey, 0..=indications), vec(material, 0..=2)).prop_map(move |(surveys, materials)| {
                written(&concerns, approved, indications, strengths, &counts, guides, flags, &surveys, &materials)
            })
        },
    )
}

fn first_of_month_after(day: Date, months: i16) -> Date {
    let month = i16::from(day.month()) - 1 + months;
    Date::constant(day.year() + month / 12, i8::try_from(month % 12).unwrap() + 1, 1)
}

#[expect(clippy::too_many_arguments, reason = "what a plan is drawn from")]
fn written(
    chosen: &[usize],
    approved: Date,
    indications: usize,
    strengths: usize,
    counts: &[u64],
    guides: bool,
    flags: [bool; 4],
    surveys: &[Survey],
    materials: &[Material],
) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let era = 100 + u32::try_from(approved.year()).unwrap() - 2018 + 200;
    let mut toml = format!(
        "format = 1\n[product]\nsubstance = \"ミホンマブ（遺伝子組換え）\"\nname = \"ミホナール点滴静注\"\nclass = \"874291\"\nbirth_date = {approved}\napproved = {approved}\ndosage = \"通常、成人には 1 回 300mg を 4 週間間隔で点滴静注する。\"\n[holder]\nname = \"見本製薬株式会社\"\n"
    );
    for n in 1..=strengths {
        let mg = n * 100;
        toml += &format!(
            "[[strength]]\nname = \"ミホナール点滴静注 {mg}mg\"\ncontent = \"1 バイアル中にミホンマブ（遺伝子組換え）{mg}mg を含有する注射剤\"\napproval_number = \"{era}00AMX00{n}01000\"\n"
        );
    }
    for (n, name) in INDICATIONS.iter().enumerate().take(indications) {
        let years = if n == 0 { 8 } else { 10 };
        toml += &format!(
            "[[indication]]\nid = {}\nname = \"{name}\"\nshort = \"{}\"\nreexamination = {{ years = {years} }}\n",
            n + 1,
            SHORT[n]
        );
    }
    toml += "[[condition]]\nid = \"rmp\"\ntext = \"医薬品リスク管理計画を策定の上、適切に実施すること。\"\n";
    toml += &format!("[[event]]\ndate = {approved}\nkind = \"approval\"\ntext = \"製造販売承認\"\nindications = [1]\n");
    toml += "[[submission]]\ndate = 2026-01-20\nchanges = \"該当なし（初回提出）\"\nreason = \"該当なし\"\n";
    if flags[0] {
        toml += "[[submission]]\ndate = 2026-03-10\nchanges = \"使用成績調査の目標症例数を改めた。\"\nreason = \"登録の状況を踏まえたため。\"\n";
    }
    toml += "[routine]\npharmacovigilance = \"自発報告、文献・学会情報及び外国措置情報の収集と検討\"\nminimisation = \"電子添文及び患者向医薬品ガイドによる情報提供\"\n";
    files.push(("plan.toml".to_owned(), toml));
    files.push((
        "studies.toml".to_owned(),
        "[[study]]\nid = \"MHN-301\"\n[[study.arm]]\nname = \"本剤群\"\nsize = 84\n[[study.arm]]\nname = \"プラセボ群\"\nsize = 41\n"
            .to_owned(),
    ));
    for (n, &index) in chosen.iter().enumerate() {
        let (id, name) = CONCERNS[index];
        let class =
            ["identified", "identified", "identified", "identified", "identified", "potential", "potential", "missing", "missing"][index];
        let why = if class == "missing" {
            "臨床試験では十分な情報が得られていない。".to_owned()
        } else {
            format!(
                "国内第III相試験（MHN-301）では、本剤群の {{{{ {}/84 MHN-301:本剤群 }}}}、プラセボ群の {{{{ {}/41 MHN-301:プラセボ群 }}}} に発現した。",
                counts[n],
                counts[n] / 2
            )
        };
        let guide = if guides {
            "in_label = true\npatient_guide = true\n"
        } else if flags[3] {
            "in_label = true\n"
        } else {
            ""
        };
        files.push((
            format!("concerns/{id}.md"),
            format!(
                "+++\nclass = \"{class}\"\nname = \"{name}\"\n{guide}order = {n}\n+++\n# 理由\n{why}\n\n# 監視\n使用実態下での発現の状況を把握する。\n\n# 最小化\n電子添文で注意を喚起し、早期の発見と処置を促す。\n"
            ),
        ));
    }
    if surveys.iter().any(|survey| survey.efficacy) {
        files.push((
            "efficacy/effectiveness.md".to_owned(),
            "+++\nname = \"使用実態下における有効性\"\n+++\n# 理由\n使用実態下での有効性の情報が限られている。\n\n# 調査\n使用実態下での有効性を確かめる。\n".to_owned(),
        ));
    }
    let ids = |concerns: &[usize]| concerns.iter().map(|&n| format!("\"{}\"", CONCERNS[chosen[n]].0)).collect::<Vec<_>>().join(", ");
    let mut used = Vec::new();
    for survey in surveys {
        if used.contains(&survey.indication) {
            continue;
        }
        used.push(survey.indication);
        let title = match survey.kind {
            "general-survey" => "一般使用成績調査",
            "specified-survey" => "特定使用成績調査",
            _ => "使用成績比較調査",
        };
        let years = |n| Period { amount: n, unit: Unit::Years };
        let registered = last_day(survey.start, years(u32::try_from(survey.years).unwrap()), Counting::FirstDayCounted).unwrap();
        let end = last_day(survey.start, years(u32::try_from(survey.years).unwrap() + 2), Counting::FirstDayCounted).unwrap();
        let efficacy = if survey.efficacy { "efficacy = [\"effectiveness\"]\n" } else { "" };
        let method = if flags[1] { "central-registration" } else { "consecutive" };
        let made = if survey.made { "[[report]]\nmade = \"2025-12\"\n" } else { "" };
        files.push((
            format!("activities/survey-{}.md", survey.indication + 1),
            format!(
                "+++\nkind = \"{}\"\nname = \"{}における{title}\"\nindications = [{}]\nconcerns = [{}]\n{efficacy}target = {}\ncounted = \"registered\"\nmethod = \"{method}\"\norder = {}\n[period]\nstart = {}\nend = {end}\n[registration]\nstart = {}\nend = {registered}\n[observation]\nweeks = {}\ntext = \"投与開始から\"\n[[milestone]]\nwhen = \"J-PSR\"\ntext = \"安全性定期報告時\"\n[[milestone]]\nwhen = {{ on = \"end\" }}\ntext = \"調査終了時\"\n{made}[[report]]\ndue = {{ on = \"end\", months = {} }}\n+++\n# 目的\n使用実態下での安全性を把握する。\n\n# 根拠\n登録の見込みと観察期間を踏まえて定めた。\n\n# 節目\n定期的な検討と最終の評価のため。\n\n# 措置\n発現の状況に応じて、資材の改訂の要否を検討する。\n",
                survey.kind,
                SHORT[survey.indication],
                survey.indication + 1,
                ids(&survey.concerns),
                survey.target,
                survey.indication,
                survey.start,
                survey.start,
                survey.weeks,
                survey.report,
            ),
        ));
    }
    for material in materials {
        let (id, kind, name, audience) = if material.patients {
            ("patients", "patient-material", "患者向け資材（服薬の手引き）の作成と提供", "patient")
        } else {
            ("guide", "material", "医療従事者向け資材（適正使用ガイド）の作成と提供", "hcp")
        };
        let path = format!("activities/{id}.md");
        if files.iter().any(|(known, _)| *known == path) {
            continue;
        }
        files.push((
            path,
            format!(
                "+++\nkind = \"{kind}\"\nname = \"{name}\"\nconcerns = [{}]\naudience = \"{audience}\"\norder = 50\n[[milestone]]\nwhen = \"J-PSR\"\ntext = \"安全性定期報告時\"\n+++\n# 目的\n早期の発見と処置について理解を深める。\n\n# 方法\n納入前に提供して説明し、企業のウェブサイトに掲載する。\n\n# 節目\n安全性定期報告時に検討する。\n",
                ids(&material.concerns)
            ),
        ));
    }
    if flags[2] {
        files.push((
            "activities/eppv.md".to_owned(),
            format!(
                "+++\nkind = \"eppv\"\nname = \"{}における市販直後調査\"\nindications = [1]\norder = 90\n[period]\nstart = {approved}\n[[milestone]]\nwhen = {{ on = \"approval\", months = 6 }}\ntext = \"承認取得から 6 ヵ月後\"\n[[report]]\nmade = \"{}\"\n+++\n",
                SHORT[0],
                first_of_month_after(approved, 7).strftime("%Y-%m")
            ),
        ));
    }
    files
}
