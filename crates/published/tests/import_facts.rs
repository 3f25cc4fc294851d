//! Facts of the product and of activities, and lists, as the text writes them.

use published::import::Imported;

fn import(text: &str) -> Imported {
    published::import::plan(&published::read::text("plan.txt", text))
}

fn product(remarks: &str) -> String {
    let text = format!(
        "医薬品リスク管理計画書\n品目の概要\n販売名\tミホン錠\n有効成分\tミホン塩酸塩\n薬効分類\t８７４２９１\n備考\t{remarks}\n\
         変更の履歴\n変更内容の概要：\n1. 調査の追加\n2. 資材の改訂\n変更理由：\n記載整備\n1. 医薬品リスク管理計画の概要\n1.1 安全性検討事項\n"
    );
    import(&text).files["plan.toml"].clone()
}

#[test]
fn approval_and_launch_on_one_line_are_two_events() {
    for remarks in [
        "2024年3月26日 承認 2024年5月22日 販売開始",
        "2024年3月26日承認、2024年5月22日販売開始",
        "承認：2024年3月26日 販売開始：2024年5月22日",
        "承認年月日 2024年3月26日、販売開始 2024年5月22日",
        "・令和6年3月26日 製造販売承認・令和6年5月22日 販売開始",
    ] {
        let plan = product(remarks);
        assert!(plan.contains("launched = 2024-05-22"), "{remarks}\n{plan}");
        assert_eq!(plan.matches("[[event]]").count(), 2, "{remarks}\n{plan}");
    }
    // a date within what happened is no event of its own
    let plan = product("2024年3月26日 承認（2023年2月1日申請、2023年6月1日承認事項一部変更申請）");
    assert_eq!(plan.matches("[[event]]").count(), 1, "{plan}");
}

#[test]
fn numbers_of_class_are_half_width_and_lists_are_lists() {
    let plan = product("2024年3月26日 承認");
    assert!(plan.contains("class = \"874291\""), "{plan}");
    assert!(plan.contains("1. 調査の追加\n2. 資材の改訂\n"), "{plan}");
}

#[test]
fn what_is_completed_is_finished_and_an_eppv_has_no_key_of_a_survey() {
    let imported = import(
        "ミホン錠に係る医薬品リスク管理計画書（RMP）の概要\n販売名\tミホン錠\t有効成分\tミホン塩酸塩\n提出年月日\t2026年6月10日\n\
         1.1. 安全性検討事項\n【重要な特定されたリスク】\n肝機能障害\n医薬品リスク管理計画書\n品目の概要\n販売名\tミホン錠\n有効成分\tミホン塩酸塩\n備考\t2024年5月22日 販売開始\n\
         1. 医薬品リスク管理計画の概要\n1.1 安全性検討事項\n重要な特定されたリスク\n肝機能障害\n重要な特定されたリスクとした理由：\n報告がある。\n\
         2. 医薬品安全性監視計画の概要\n追加の医薬品安全性監視活動\n市販直後調査\n【安全性検討事項】\n肝機能障害\n【目的】\n把握する。\n【実施計画】\n\
         実施期間：2024年5月22日～2024年11月21日\n目標症例数：該当せず\n実施方法：医薬情報担当者が訪問する。\n\
         5. 医薬品安全性監視計画、有効性に関する調査・試験の計画及びリスク最小化計画の一覧\n5.1 医薬品安全性監視計画の一覧\n\
         追加の医薬品安全性監視活動の名称\t節目となる症例数／目標症例数\t節目となる予定の時期\t実施状況\t報告書の作成予定日\n\
         市販直後調査\t該当せず\t販売開始6か月後\t終了\t2025年1月作成\n",
    );
    let activity = &imported.files["activities/eppv.md"];
    assert!(!activity.contains("method") && !activity.contains("target"), "{activity}");
    assert!(activity.contains("made = 2025-01") || activity.contains("made = \"2025-01\""), "{activity}");
}

#[test]
fn titles_of_studies_and_sections_of_the_label_become_data() {
    let imported = import(
        "医薬品リスク管理計画書\n品目の概要\n販売名\tミホン錠\n有効成分\tミホン塩酸塩\n1. 医薬品リスク管理計画の概要\n1.1 安全性検討事項\n\
         重要な特定されたリスク\n肝機能障害\n重要な特定されたリスクとした理由：\n\
         見本症候群患者を対象とした国内第III相試験（試験番号：MH-301）では5.0%（3/60例）に認められた。\n\
         リスク最小化活動の内容及びその選択理由：\n【内容】\n・通常のリスク最小化活動：電子添文の「8. 重要な基本的注意」及び「11.1.2 肝機能障害」の項に記載する。\n\
         【選択理由】\n注意を促すため。\n2. 医薬品安全性監視計画の概要\n",
    );
    assert!(
        imported.files["studies.toml"].contains("title = \"見本症候群患者を対象とした国内第III相試験\""),
        "{}",
        imported.files["studies.toml"]
    );
    let concern = &imported.files["concerns/hepatic-dysfunction.md"];
    assert!(concern.contains("label = [\"8\", \"11.1.2\"]"), "{concern}");
    let plan = &imported.files["plan.toml"];
    assert!(plan.contains("id = \"11.1.2\"\ntitle = \"肝機能障害\""), "{plan}");
}

#[cfg(not(feature = "pdf"))]
#[test]
fn a_build_without_the_reader_of_pdf_says_so() {
    let read = published::read::document("plan.pdf", b"%PDF-1.7\n");
    assert_eq!(read.err(), Some(published::input::Unreadable::WithoutPdf));
}
