//! A tree with everything in it, as a plan of an invented medicine has it.

use jiff::civil::date;
use typeset::{
    Align, Block, Cell, Column, Document, Heading, Inline, Language, Mark, Note, Page, Picture, Revision, Row, Rules, Table, Tone, Weight,
};

/// A paragraph.
pub fn says(text: &str) -> Block {
    Block::Paragraph(vec![Inline::text(text)])
}

/// A heading with a name.
pub fn heading(level: u8, id: &str, text: &str) -> Block {
    Block::Heading(Heading { level, id: Some(id.into()), content: vec![Inline::text(text)] })
}

/// A cell of one line.
pub fn cell(text: &str) -> Cell {
    Cell::new(vec![says(text)])
}

/// A cell that names its row or column.
pub fn label(text: &str) -> Cell {
    Cell { tone: Tone::Label, ..Cell::heading(vec![says(text)]) }
}

/// A row.
pub fn row(cells: Vec<Cell>) -> Row {
    Row { cells, breakable: false }
}

/// A column that takes a share.
pub fn share(parts: f64) -> Column {
    Column { width: Weight::Parts(parts), align: Align::Start }
}

/// A column as wide as its figures.
pub fn figures() -> Column {
    Column { width: Weight::Content, align: Align::End }
}

fn marked(mark: Mark, text: &str) -> Inline {
    Inline::Marked(mark, vec![Inline::text(text)])
}

fn linked(to: &str, text: &str) -> Cell {
    Cell::new(vec![Block::Paragraph(vec![
        Inline::Link { to: to.into(), content: vec![Inline::text(text)] },
        Inline::text("（"),
        Inline::PageOf(to.into()),
        Inline::text("頁）"),
    ])])
}

fn overview() -> Vec<Block> {
    let product = Table {
        caption: Vec::new(),
        columns: vec![share(1.0), share(2.0), share(1.0), share(2.0)],
        head: 0,
        rows: vec![
            row(vec![label("販売名"), cell("ミハリナ皮下注150mg"), label("有効成分"), cell("ミハリヌマブ（遺伝子組換え）")]),
            row(vec![label("製造販売業者"), cell("汐路製薬株式会社"), label("薬効分類"), cell("876399")]),
            row(vec![label("提出年月日"), Cell { columns: 3, ..cell("令和8年11月22日") }]),
        ],
        rules: Rules::All,
    };
    let concerns = Table {
        caption: vec![Inline::text("1.1. 安全性検討事項")],
        columns: vec![share(1.0), share(1.0), share(1.0)],
        head: 1,
        rows: vec![
            row(vec![label("【重要な特定されたリスク】"), label("【重要な潜在的リスク】"), label("【重要な不足情報】")]),
            row(vec![linked("anaphylaxis", "重篤な過敏症"), linked("infection", "重篤な感染症"), linked("pregnancy", "妊婦への投与")]),
        ],
        rules: Rules::All,
    };
    vec![
        heading(0, "title", "ミハリナ皮下注150mgに係る医薬品リスク管理計画書"),
        Block::Paragraph(vec![Inline::text("汐路製薬株式会社"), Inline::Break, marked(Mark::Quiet, "令和8年11月22日")]),
        Block::Contents { depth: 3 },
        Block::PageBreak,
        heading(1, "overview", "医薬品リスク管理計画書（RMP）の概要"),
        Block::Table(product),
        Block::Table(concerns),
    ]
}

/// Counts of a study, with cells that span rows and columns.
pub fn counts(rows: usize) -> Table {
    let mut all = vec![
        row(vec![
            Cell { rows: 2, ..label("事象名") },
            Cell { columns: 2, align: Some(Align::Centre), ..label("本剤群（96例）") },
            Cell { columns: 2, align: Some(Align::Centre), ..label("プラセボ群（98例）") },
        ]),
        row(vec![label("例数"), label("％"), label("例数"), label("％")]),
    ];
    for index in 0..rows {
        all.push(row(vec![
            cell(["アナフィラキシー反応", "注射部位反応", "蕁麻疹", "好酸球数増加"][index % 4]),
            cell(&(index % 7).to_string()),
            cell(&format!("{:.1}", (index % 7) as f64 / 0.96)),
            cell(&(index % 3).to_string()),
            cell(&format!("{:.1}", (index % 3) as f64 / 0.98)),
        ]));
    }
    let columns = vec![share(1.0), figures(), figures(), figures(), figures()];
    Table {
        caption: vec![Inline::text("表1 試験MH-301における有害事象の発現状況")], columns, head: 2, rows: all, rules: Rules::All
    }
}

fn concern(id: &str, name: &str, rows: usize) -> Vec<Block> {
    let heads =
        ["重要な特定されたリスクとした理由：", "医薬品安全性監視活動の内容及びその選択理由：", "リスク最小化活動の内容及びその選択理由："];
    let reason = "本剤は蛋白質を成分とすることから、投与後に過敏症を生じるおそれがある。国内第III相試験（試験番号：MH-301）では、\
                  本剤群96例中3例（3.1％）に重篤な過敏症が認められ、うち1例はアナフィラキシーショックであった。";
    vec![
        heading(3, id, name),
        Block::Box(vec![
            Block::Paragraph(vec![marked(Mark::Strong, heads[0])]),
            says(reason),
            Block::Table(counts(rows)),
            says(
                "発現までの期間は投与開始後30分以内が多く、α2刺激薬又はβ遮断薬の併用（①～③）、IgE≧100 IU/mL、μg単位の抗体価との関連は明らかでない。",
            ),
        ]),
        Block::Box(vec![
            Block::Paragraph(vec![marked(Mark::Strong, heads[1])]),
            says("【内容】"),
            Block::List {
                ordered: false,
                items: vec![
                    vec![says("通常の医薬品安全性監視活動")],
                    vec![
                        says("追加の医薬品安全性監視活動として次を実施する。"),
                        Block::List {
                            ordered: true, items: vec![vec![says("市販直後調査")], vec![says("特定使用成績調査（長期使用）")]]
                        },
                    ],
                ],
            },
            says("【選択理由】"),
            says("製造販売後の使用実態下における発現状況をより詳細に把握するため。"),
        ]),
    ]
}

/// The whole document.
pub fn document() -> Document {
    let mut body = overview();
    body.push(Block::PageBreak);
    body.push(heading(1, "plan", "1. 医薬品リスク管理計画の概要"));
    body.push(heading(2, "specification", "1.1 安全性検討事項"));
    body.extend(concern("anaphylaxis", "重篤な過敏症", 5));
    body.push(Block::Note(Note {
        tone: Tone::Overdue,
        label: "PLN204".into(),
        content: vec![Inline::text("分母が1.1の記載と一致しません。")],
    }));
    body.extend(concern("infection", "重篤な感染症", 60));
    body.extend(concern("pregnancy", "妊婦への投与", 3));
    body.push(heading(1, "changes", "2. 変更の履歴"));
    body.push(Block::Paragraph(vec![
        Inline::text("目標症例数を"),
        marked(Mark::Deleted, "300例"),
        marked(Mark::Inserted, "500例"),
        Inline::text("とし、"),
        marked(Mark::Changed, "観察期間を12カ月"),
        Inline::text("とした。x"),
        marked(Mark::Superscript, "2"),
        Inline::text("、H"),
        marked(Mark::Subscript, "2"),
        Inline::text("O、"),
        marked(Mark::Emphasis, "強調"),
        Inline::text("、"),
        marked(Mark::Code, "concern.pml"),
        Inline::Anchor("target".into()),
        Inline::text("。"),
        Inline::Link { to: "https://www.pmda.go.jp/".into(), content: vec![Inline::text("機構のページ")] },
    ]));
    body.push(Block::Paragraph(vec![marked(Mark::Inserted, "この段落は今回追加した。")]));
    body.push(Block::Foreign(Language::English, vec![says("Summary in English: the target is 500 patients, observed for 12 months.")]));
    body.push(Block::Picture(Picture {
        svg: concat!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 160" font-family="BIZ UDPGothic" font-size="16">"#,
            r##"<rect width="600" height="160" fill="#f4f4f4"/><path d="M60 80H420" stroke="#0017c1" stroke-width="3"/>"##,
            r##"<rect x="226" y="70" width="20" height="20" fill="#0017c1"/><text x="440" y="86">3.1％（95％信頼区間）</text></svg>"##
        )
        .into(),
        alternative: "重篤な過敏症の発現割合とその95％信頼区間".into(),
        caption: vec![Inline::text("図1 重篤な過敏症の発現割合")],
        width: 0.8,
    }));
    body.push(Block::Table(Table { rules: Rules::Book, ..counts(4) }));
    Document {
        title: "ミハリナ皮下注150mgに係る医薬品リスク管理計画書".into(),
        author: "汐路製薬株式会社".into(),
        language: Language::Japanese,
        date: date(2026, 11, 22),
        page: Page::Portrait,
        head: vec![Inline::text("ミハリナ皮下注150mg　医薬品リスク管理計画書")],
        numbered: true,
        watermark: Some("模擬データ".into()),
        revision: Some(Revision { author: "汐路製薬株式会社 安全管理部".into(), date: date(2026, 11, 20) }),
        body,
        attachments: Vec::new(),
    }
}
