//! Plans of any size, for the measure of time and for the properties.

use plan::Folder;

/// So many concerns and activities, each activity about one concern and each concern with figures of its own, and a tenth as many
/// studies that they cite.
pub fn large(count: usize) -> Folder {
    let studies = (count / 10).max(1);
    let mut folder = Folder::new();
    folder.insert("plan.toml", "format = 1\n\n[[indication]]\nid = 1\nname = \"花粉症\"\nreexamination = \"none\"\n");
    let study = |index: usize| format!("[[study]]\nid = \"SMP-{index}\"\n\n[[study.arm]]\nname = \"本剤群\"\nsize = {}\n", index + 50);
    folder.insert("studies.toml", (0..studies).map(study).collect::<Vec<_>>().join("\n"));
    for index in 0..count {
        let study = index % studies;
        let figures: String =
            (0..5).map(|x| format!("本剤群の {{{{ {x}/{} SMP-{study}:本剤群 as f-{index}-{x} }}}} に認められた。\n", study + 50)).collect();
        folder.insert(
            format!("concerns/c{index}.md"),
            format!(
                "+++\nclass = \"identified\"\nname = \"事象{index}\"\nindications = [1]\n+++\n# 理由\n{figures}{{{{ f-{index}-1 }}}}\n\n# 監視\n\
                 {{{{ @a{index} }}}} を行う。\n\n# 最小化\n電子添文による。\n"
            ),
        );
        folder.insert(
            format!("activities/a{index}.md"),
            format!(
                "+++\nkind = \"general-survey\"\nname = \"調査その{index}の名\"\nindications = [1]\nconcerns = [\"c{index}\"]\ntarget = 300\ncounted = \"registered\"\n\n[period]\n\
                 start = 2026-04-01\nend = 2030-03-31\n\n[[milestone]]\nwhen = {{ on = \"end\" }}\ntext = \"終了時\"\n\n[[report]]\ndue = {{ on = \"end\", months = 3 }}\n+++\n# 目的\n把握する。\n\n\
                 # 根拠\n{{{{ f-{index}-2 }}}}\n\n# 措置\n検討する。\n"
            ),
        );
    }
    folder
}
