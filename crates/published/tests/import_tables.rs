//! Tables within the text, and counts of several studies taken together.

#![expect(clippy::unwrap_used, reason = "a test")]

use published::import::Imported;

/// The import of an invented plan whose reason for one concern is this.
fn import(reason: &str) -> Imported {
    let text = format!(
        "医薬品リスク管理計画書\n品目の概要\n販売名\tミホン錠\n有効成分\tミホン塩酸塩\n1. 医薬品リスク管理計画の概要\n1.1 安全性検討事項\n\
         重要な特定されたリスク\n肝機能障害\n重要な特定されたリスクとした理由：\n{reason}\n\
         医薬品安全性監視活動の内容及びその選択理由：\n【内容】\n・通常の医薬品安全性監視活動\n【選択理由】\n発現状況を把握するため。\n\
         2. 医薬品安全性監視計画の概要\n"
    );
    published::import::plan(&published::read::text("plan.txt", &text))
}

/// The concern, its blanks made single: tables are laid out in columns.
fn concern(imported: &Imported) -> String {
    let text = imported.files.iter().find(|(path, _)| path.starts_with("concerns/")).unwrap().1;
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("\n")
}

const STUDIES: &str = "国内第II相試験（試験番号：MH-201）、国際共同第III相試験（試験番号：MH-301）及び国内第III相試験（試験番号：MH-302）の発現状況は次のとおりであった。\n";
const ROWS: &str = "試験番号\t本剤群\tプラセボ群\nMH-201\t5.0%（3/60例）\t3.3%（1/30例）\nMH-301\t4.0%（8/200例）\t1.0%（1/100例）\nMH-302\t2.0%（1/50例）\t－\n";

#[test]
fn a_table_stays_a_table_and_its_heads_tell_study_and_arm() {
    let imported = import(&format!("{STUDIES}{ROWS}3試験の併合\t3.9%（12/310例）\t1.5%（2/130例）\n\n本剤との関連が否定できない。"));
    let text = concern(&imported);
    for row in [
        "| 試験番号 | 本剤群 | プラセボ群 |",
        "| MH-201 | {{ 3/60 MH-201:本剤群 }} | {{ 1/30 MH-201:プラセボ群 }} |",
        "| MH-302 | {{ 1/50 MH-302:本剤群 }} | － |",
        "| 3試験の併合 | {{ 12/310 MH-201:本剤群 + MH-301:本剤群 + MH-302:本剤群 }} | {{ 2/130 MH-201:プラセボ群 + MH-301:プラセボ群 }} |",
    ] {
        assert!(text.contains(row), "{row}\n{text}");
    }
}

#[test]
fn columns_laid_out_by_blanks_are_a_table_too() {
    let imported = import(&format!(
        "{STUDIES}                 MH-201          MH-301          併合\n黄疸             3/60例（5.0%）   8/200例（4.0%）  11/260例（4.2%）\n\
         胆汁うっ滞       1/60例（1.7%）   2/200例（1.0%）  3/260例（1.2%）\n\n本剤との関連が否定できない。"
    ));
    let text = concern(&imported);
    assert!(text.contains("| | MH-201 | MH-301 | 併合 |"), "{text}");
    assert!(text.contains("| 黄疸 | {{ 3/60 MH-201 }} | {{ 8/200 MH-301 }} | {{ 11/260 MH-201 + MH-301 }} |"), "{text}");
}

#[test]
fn a_pool_is_found_by_its_size_and_never_guessed() {
    let pooled = import(&format!("{STUDIES}{ROWS}\n黄疸は併合した本剤投与例のうち2例／310例（0.6％）にみられた。"));
    let text = concern(&pooled);
    assert!(text.contains("{{ 2/310 MH-201:本剤群 + MH-301:本剤群 + MH-302:本剤群 }}"), "{text}");
    let unknown = import(&format!("{STUDIES}{ROWS}\n黄疸は併合した本剤投与例のうち2例／499例（0.4％）にみられた。"));
    let text = concern(&unknown);
    assert!(text.contains("{{ 2/499 }}"), "{text}");
    assert!(unknown.report.findings.iter().any(|finding| finding.code == "IMP302"));
}

#[test]
fn arms_of_one_study_and_short_names_of_studies_are_understood() {
    let imported = import(
        "国内第II相試験（試験番号：MH-201、以下「201試験」）では5mg群で5.0%（3/60例）、10mg群で10.0%（7/70例）であり、両群を合わせると7.7%（10/130例）、\
         プラセボ群では1.5%（1/65例）であった。\n201試験の5mg群では黄疸が1.7%（1/60例）にみられた。",
    );
    let text = concern(&imported);
    for figure in ["{{ 10/130 MH-201:5mg群 + MH-201:10mg群 }}", "{{ 1/65 MH-201:プラセボ群 }}", "{{ 1/60 MH-201:5mg群 }}"] {
        assert!(text.contains(figure), "{figure}\n{text}");
    }
    assert!(imported.files["studies.toml"].contains("aliases = [\"201試験\"]"));
}
