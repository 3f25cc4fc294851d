//! A large plan is checked in time that grows with its size only.

use std::time::{Duration, Instant};

use plan::Folder;
use plan::check::check;

/// So many concerns, activities and studies, each citing others.
fn large(count: usize) -> Folder {
    let mut folder = Folder::new();
    folder.insert("plan.toml", "format = 1\n[[indication]]\nid = 1\nname = \"花粉症\"\nreexamination = \"none\"\n");
    let mut studies = String::new();
    for index in 0..count / 10 {
        studies.push_str(&format!("[[study]]\nid = \"SMP-{index}\"\n[[study.arm]]\nname = \"本剤群\"\nsize = {}\n", index + 50));
    }
    folder.insert("studies.toml", studies);
    for index in 0..count {
        let study = index % (count / 10);
        let figures: String =
            (0..5).map(|x| format!("本剤群の {{{{ {x}/{} SMP-{study}:本剤群 as f-{index}-{x} }}}} に認められた。\n", study + 50)).collect();
        folder.insert(
            format!("concerns/c{index}.md"),
            format!(
                "+++\nclass = \"identified\"\nname = \"事象{index}\"\nindications = [1]\n+++\n# 理由\n{figures}{{{{ f-{index}-1 }}}}\n# 監視\n\
                 {{{{ @a{index} }}}} を行う。\n# 最小化\n電子添文による。\n"
            ),
        );
        folder.insert(
            format!("activities/a{index}.md"),
            format!(
                "+++\nkind = \"general-survey\"\nname = \"調査その{index}の名\"\nconcerns = [\"c{index}\"]\nindications = [1]\n[period]\n\
                 start = 2026-04-01\nend = 2030-03-31\n[[milestone]]\nwhen = {{ on = \"end\" }}\ntext = \"終了時\"\n+++\n# 目的\n把握する。\n\
                 # 根拠\n{{{{ f-{index}-2 }}}}\n# 措置\n検討する。\n"
            ),
        );
    }
    folder
}

fn time(count: usize) -> Duration {
    let folder = large(count);
    let start = Instant::now();
    let checked = check(&folder, calendar::Date::constant(2026, 4, 1));
    let time = start.elapsed();
    let unexpected: Vec<_> = checked.report.findings.iter().filter(|f| f.code != "PLN108").collect();
    assert!(unexpected.is_empty(), "{:?}", unexpected.first());
    time
}

#[test]
fn a_thousand_concerns_and_activities() {
    let (small, large) = (time(200), time(1000));
    println!("200: {small:?}, 1000: {large:?}");
    // in tests nothing is optimised; the release build has a second for it
    assert!(large < Duration::from_secs(15), "{large:?}");
}
