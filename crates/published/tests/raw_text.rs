//! Text as `pdftotext` leaves it without `-layout`: the cells of a table as lines one after another.

use published::model::Stated;
use published::read::text;

/// Of 見本錠, which does not exist; three rows, read row by row and column by column.
const HEAD: &str = "医薬品リスク管理計画書
会社名：見本製薬株式会社
品目の概要
承認年月日
再審査期間

国際誕生日
販売名
有効成分
含量及び剤
形
用法及び用量
効能又は効果
承認条件
備考

2024 年 3 月 26 日
薬効分類 874490
効能 1：8 年（2024 年 3 月 26 日
承認番号 ①30600AMX0090100
～2032 年 3 月 25 日）
0
2023 年 6 月 9 日
① 見本錠 5mg
ミホニブ
① 1 錠中にミホニブ 5mg を含むフィルムコーティング錠
通常、成人には 1 日 1 回 5mg を服用する。
1. 見本病
医薬品リスク管理計画を策定の上、適切に実施すること。
2024 年 3 月 26 日 承認
2024 年 5 月 22 日 販売開始

変更の履歴
前回提出日：該当なし

5.1 医薬品安全性監視計画の一覧
通常の医薬品安全性監視活動
自発報告の評価
追加の医薬品安全性監視活動
追加の医薬品安全性監視活
節目となる症
節目となる予定の時期
実施状況 報告書の作成予定日
動の名称
例数／目標症
例数
";

fn list(rows: &str) -> published::model::ActivityList {
    let [vigilance, ..] = text("見本錠RMP.txt", &format!("{HEAD}{rows}")).lists;
    vigilance
}

/// Name, target, status and report of each row; `?` for what was read unsurely.
fn values(list: &published::model::ActivityList) -> Vec<[String; 4]> {
    let words = |stated: Option<&Stated>| stated.map_or("", |s| if s.sure { s.as_str() } else { "?" }).to_owned();
    list.rows.iter().map(|r| [Some(&r.name), r.target.as_ref(), r.status.as_ref(), r.report.as_ref()].map(words)).collect()
}

const ROWS: [[&str; 4]; 2] = [
    ["市販直後調査(見本病)", "該当せず", "終了", "作成済み(2025年1月提出)"],
    ["特定使用成績調査(見本病、長期使用)", "250例", "実施中", "調査終了6ヵ月後"],
];

#[test]
fn rows_are_read_line_by_line() {
    let list = list(
        "市販直後調査（見本
該当せず
販売開始から 6 ヵ月
終了
作成済み（2025 年 1
病）
後
月提出）
特定使用成績調査（見本
250 例
・安全性定期報告時
実施中
調査終了 6 ヵ
病、長期使用）
・調査終了時
月後
",
    );
    assert!(list.sure);
    assert_eq!(values(&list), ROWS);
    let milestones: Vec<&str> = list.rows.iter().filter_map(|r| r.milestones.as_ref()).map(Stated::as_str).collect();
    assert_eq!(milestones, ["販売開始から6ヵ月後", "・安全性定期報告時・調査終了時"]);
}

#[test]
fn rows_are_read_column_by_column() {
    let list = list(
        "市販直後調査（見本病）
特定使用成績調査（見本
病、長期使用）
該当せず
250 例
販売開始から 6 ヵ月後
・安全性定期報告時
・調査終了時
終了
実施中
作成済み（2025 年 1 月提出）
調査終了 6 ヵ月後
",
    );
    assert_eq!(values(&list), ROWS);
}

#[test]
fn a_column_with_a_cell_out_of_order_is_not_trusted() {
    // both reports stand before the second status, which a converter passed over
    let list = list(
        "市販直後調査（見本病）
該当せず
特定使用成績調査（見本病、長期使用）
250 例
終了
作成済み（2025 年 1 月提出）
調査終了 6 ヵ月後
実施中
",
    );
    assert!(values(&list).iter().all(|row| row[2] == "?"));
}

#[test]
fn values_find_their_labels() {
    let product = text("見本錠RMP.txt", HEAD).product.expect("品目の概要");
    let value = |label: &str| product.field(label).map(|f| f.value.as_str().to_owned()).unwrap_or_default();
    assert_eq!(value("承認年月日"), "2024年3月26日");
    assert_eq!(value("国際誕生日"), "2023年6月9日");
    assert_eq!(value("薬効分類"), "874490");
    assert_eq!(value("販売名"), "①見本錠5mg");
    assert_eq!(value("有効成分"), "ミホニブ");
    assert_eq!(value("用法及び用量"), "通常、成人には1日1回5mgを服用する。");
    assert_eq!(product.approval_numbers[0].as_str(), "30600AMX00901000");
    assert_eq!(product.indications[0].text.as_str(), "見本病");
    assert_eq!(product.reexaminations[0].years, Some(8));
    assert!(product.reexaminations[0].text.sure && product.reexaminations[0].until.is_some());
    assert_eq!(product.events.len(), 2);
}

#[test]
fn rows_tell_their_cells_where_a_column_does_not_count_out() {
    // the third row has a second target, so that there are four for three names; the dash is a cell
    let list = list(
        "市販直後調査（見本病）
－
販売開始から 6 ヵ月後
終了
2025 年 1 月作成済み
特定使用成績調査（見本病、長期使用）
100 例
調査終了時
実施中
調査終了 1 年後
製造販売後データベース調査
（見本病）
300 例
調査終了時
終了
－
400 例
",
    );
    assert_eq!(
        values(&list),
        [
            ["市販直後調査(見本病)", "-", "終了", "2025年1月作成済み"],
            ["特定使用成績調査(見本病、長期使用)", "?", "実施中", "調査終了1年後"],
            ["製造販売後データベース調査(見本病)", "?", "終了", "-"],
        ]
    );
}

#[test]
fn a_concern_right_under_its_heading_is_of_its_class() {
    let summary = text(
        "見本錠RMP.txt",
        "見本錠に係る医薬品リスク管理計画書（RMP）の概要
1.1. 安全性検討事項
【重要な特定されたリスク】
見本障害
見本感染

頁

【重要な潜在的リスク】

見本腫瘍

1.2. 有効性に関する検討事項
該当なし
2. 医薬品安全性監視計画の概要
追加の医薬品安全性監視活動

【重要な不足情報】
小児における安全性

一般使用成績調査
会社名：見本製薬株式会社
品目の概要
1. 医薬品リスク管理計画の概要
1.1 安全性検討事項
重要な特定されたリスク
見本障害
重要な特定されたリスクとした理由：
副作用として報告されたため。
見本感染
重要な特定されたリスクとした理由：
副作用として報告されたため。
重要な潜在的リスク
見本腫瘍
重要な潜在的リスクとした理由：
否定できないため。
重要な不足情報
小児における安全性
重要な不足情報とした理由：
臨床試験を行っていないため。
",
    )
    .summary
    .expect("概要");
    let told: Vec<(&str, bool)> = summary.concerns.iter().map(|c| (c.name.as_str(), c.class_sure)).collect();
    assert_eq!(told, [("見本障害", true), ("見本感染", true), ("見本腫瘍", false), ("小児における安全性", true)]);
    let activities: Vec<&str> = summary.activities[0].iter().map(Stated::as_str).collect();
    assert_eq!(activities, ["一般使用成績調査"]);
}

#[test]
fn cells_that_are_centred_stay_below_their_titles() {
    let summary = text(
        "見本錠RMP.txt",
        "見本錠に係る医薬品リスク管理計画書（RMP）の概要
1.1. 安全性検討事項
【重要な特定されたリスク】    【重要な潜在的リスク】          【重要な不足情報】
    見本障害        見本感染及び見本腫瘍      高齢者における安全性
      見本炎          見本腫瘍の再発
1.2. 有効性に関する検討事項
該当なし
会社名：見本製薬株式会社
品目の概要
",
    )
    .summary
    .expect("概要");
    let classes: Vec<(&str, &str)> = summary.concerns.iter().map(|c| (c.name.as_str(), c.class.ja())).collect();
    assert_eq!(
        classes,
        [
            ("見本障害", "重要な特定されたリスク"),
            ("見本炎", "重要な特定されたリスク"),
            ("見本感染及び見本腫瘍", "重要な潜在的リスク"),
            ("見本腫瘍の再発", "重要な潜在的リスク"),
            ("高齢者における安全性", "重要な不足情報"),
        ]
    );
}
