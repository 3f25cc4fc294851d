//! Invented documents that use all of the tree.

#![allow(dead_code, reason = "each user takes some")]

use typeset::{
    Align, Attachment, Block, Cell, Column, Document, Heading, Inline, Language, Mark, Note, Page, Picture, Relationship, Revision, Row,
    Rules, Table, Tone, Weight,
};

fn t(text: &str) -> Inline {
    Inline::text(text)
}

fn p(text: &str) -> Block {
    Block::Paragraph(vec![t(text)])
}

fn marked(mark: Mark, text: &str) -> Inline {
    Inline::Marked(mark, vec![t(text)])
}

fn heading(level: u8, id: &str, text: &str) -> Block {
    Block::Heading(Heading { level, id: (!id.is_empty()).then(|| id.to_owned()), content: vec![t(text)] })
}

fn cell(text: &str) -> Cell {
    Cell::new(vec![p(text)])
}

fn label(text: &str) -> Cell {
    Cell { tone: Tone::Label, ..Cell::heading(vec![p(text)]) }
}

fn row(cells: Vec<Cell>) -> Row {
    Row { cells, breakable: true }
}

fn parts(widths: &[f64]) -> Vec<Column> {
    widths.iter().map(|width| Column { width: Weight::Parts(*width), align: Align::Start }).collect()
}

/// A picture with Japanese as text.
pub fn forest() -> Picture {
    let rows = [("国内第Ⅱ相試験", 51.7, 38.2, 65.0), ("海外第Ⅲ相試験", 12.1, 7.5, 18.2), ("製造販売後調査", 3.4, 2.1, 5.2)];
    let mut svg = String::from(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 130" font-family="BIZ UDPGothic, sans-serif" font-size="12">"##,
    );
    for (line, (name, rate, low, high)) in rows.iter().enumerate() {
        let y = 25 + 30 * line;
        let x = |value: f64| 150.0 + 5.0 * value;
        svg.push_str(&format!(
            r##"<text x="0" y="{}">{name}</text><line x1="{}" x2="{}" y1="{y}" y2="{y}" stroke="#1a1a1a"/><rect x="{}" y="{}" width="8" height="8" fill="#0017c1"/>"##,
            y + 4,
            x(*low),
            x(*high),
            x(*rate) - 4.0,
            y - 4
        ));
    }
    svg.push_str(r##"<line x1="150" x2="520" y1="110" y2="110" stroke="#595959"/><text x="150" y="126">0 %</text></svg>"##);
    Picture {
        svg,
        alternative: "感染症の発現割合とその95%信頼区間。国内第Ⅱ相試験51.7%、海外第Ⅲ相試験12.1%、製造販売後調査3.4%。".to_owned(),
        caption: vec![t("図1　感染症の発現割合（点推定値と正確な95%信頼区間）")],
        width: 0.9,
    }
}

const PROSE: &str = "国内第Ⅱ相試験において、感染症は58例中30例（51.7%）に認められ、このうち重篤なものは5例（8.6%）であった。\
    主なものは上気道感染15例（25.9%）、帯状疱疹4例（6.9%）であり、いずれも回復又は軽快した。本剤の作用機序から、\
    B細胞の減少に伴う免疫グロブリンの低下により感染症があらわれる可能性があるため、重要な特定されたリスクとした。";

/// One of everything, as a draft.
pub fn kitchen_sink() -> Document {
    Document {
        title: "ミマモリン点滴静注に係る医薬品リスク管理計画書".to_owned(),
        author: "見守製薬株式会社".to_owned(),
        language: Language::Japanese,
        date: jiff::civil::date(2025, 4, 9),
        page: Page::Portrait,
        head: vec![t("ミマモリン点滴静注　医薬品リスク管理計画書")],
        numbered: true,
        watermark: Some("案".to_owned()),
        revision: Some(Revision { author: "見守製薬株式会社".to_owned(), date: jiff::civil::date(2025, 4, 9) }),
        body: body(),
        attachments: vec![Attachment {
            name: "figures.json".to_owned(),
            media_type: "application/json".to_owned(),
            description: "この文書の数値とその出所".to_owned(),
            relationship: Relationship::Data,
            bytes: b"{\"figures\":[]}".to_vec(),
        }],
    }
}

/// The same as it is handed in: no notes, no watermark, lying.
pub fn settled() -> Document {
    let mut document = kitchen_sink();
    document.body.retain(|block| !matches!(block, Block::Note(_)));
    Document { watermark: None, page: Page::Landscape, ..document }
}

fn body() -> Vec<Block> {
    let traced = Inline::Traced {
        origin: "IDEC-1:全体/30/58".to_owned(),
        told: "国内第Ⅱ相試験（IDEC-1）の本剤群58例中30例".to_owned(),
        content: vec![t("51.7%（30/58例）")],
    };
    vec![
        heading(0, "", "医薬品リスク管理計画書の概要"),
        Block::Table(Table {
            caption: vec![],
            columns: parts(&[1.0, 1.0, 1.0]),
            head: 1,
            rows: vec![
                row(vec![Cell { columns: 3, ..label("1.1. 安全性検討事項") }]),
                row(vec![label("【重要な特定されたリスク】"), label("【重要な潜在的リスク】"), label("【重要な不足情報】")]),
                row(vec![
                    Cell::new(vec![Block::Paragraph(vec![
                        Inline::Link { to: "infection".to_owned(), content: vec![t("感染症")] },
                        t("　"),
                        Inline::PageOf("infection".to_owned()),
                        t("頁"),
                    ])]),
                    cell("該当なし"),
                    Cell { tone: Tone::Due, ..cell("小児における安全性") },
                ]),
            ],
            rules: Rules::All,
        }),
        heading(1, "", "目次"),
        Block::Contents { depth: 2 },
        Block::PageBreak,
        heading(1, "specification", "1. 医薬品リスク管理計画の概要"),
        heading(2, "identified", "1.1. 安全性検討事項"),
        Block::Paragraph(vec![
            t("感染症の発現割合は"),
            traced,
            t("であった。"),
            marked(Mark::Changed, "ネフローゼ症候群に係る効能又は効果の追加に伴い、この一文を改めた"),
            t("。詳細は"),
            Inline::Link { to: "infection".to_owned(), content: vec![t("1.1.1項")] },
            t("を、公表された計画は"),
            Inline::Link { to: "https://www.pmda.go.jp/".to_owned(), content: vec![t("機構のホームページ")] },
            t("を参照のこと。"),
            Inline::Break,
            marked(Mark::Strong, "重要な点"),
            t("は太く、"),
            marked(Mark::Quiet, "出所は静かに"),
            t("、H"),
            marked(Mark::Subscript, "2"),
            t("Oと10"),
            marked(Mark::Superscript, "9"),
            t("/L、"),
            marked(Mark::Code, "IDEC-1:維持療法期"),
            t("、"),
            marked(Mark::Emphasis, "重ねて注意する"),
            t("。"),
            marked(Mark::Inserted, "加えた語"),
            t("と"),
            marked(Mark::Deleted, "除いた語"),
            t("。#set text(red) $x^2$ *太字ではない* \\ @ref <label>"),
        ]),
        Block::Note(Note {
            tone: Tone::Overdue,
            label: "PLN301".to_owned(),
            content: vec![t("割合51.7%は30/58例と合いますが、別の箇所では52%と書かれています。")],
        }),
        p(PROSE),
        Block::Note(Note {
            tone: Tone::Due,
            label: "PLN402".to_owned(),
            content: vec![t("この調査の報告書の提出予定日が過ぎています。終了したのなら日付を、延ばすのなら理由を書いてください。")],
        }),
        Block::Note(Note { tone: Tone::Plain, label: "PLN610".to_owned(), content: vec![t("英訳がありません。")] }),
        heading(3, "infection", "1.1.1. 重要な特定されたリスク：感染症"),
        Block::Table(Table {
            caption: vec![],
            columns: parts(&[1.0]),
            head: 0,
            rows: vec![
                row(vec![label("重要な特定されたリスクとした理由：")]),
                row(vec![Cell::new(vec![p(PROSE), p(PROSE), p(PROSE), p(PROSE)])]),
                row(vec![label("医薬品安全性監視活動の内容及びその選択理由：")]),
                row(vec![Cell::new(vec![
                    p("【内容】"),
                    Block::List {
                        ordered: false,
                        items: vec![
                            vec![p("通常の医薬品安全性監視活動")],
                            vec![
                                p("追加の医薬品安全性監視活動として、以下を実施する。"),
                                Block::List {
                                    ordered: true,
                                    items: vec![vec![p("特定使用成績調査（長期使用）")], vec![p("製造販売後データベース調査")]],
                                },
                            ],
                        ],
                    },
                    p("【選択理由】"),
                    p(PROSE),
                    p(PROSE),
                ])]),
            ],
            rules: Rules::All,
        }),
        heading(2, "", "1.2. 有効性に関する検討事項"),
        p(PROSE),
        Block::Box(vec![p("枠の中の段落。"), p(PROSE)]),
        Block::Picture(forest()),
        heading(1, "", "2. 医薬品安全性監視計画の概要"),
        studies(),
        p(PROSE),
        deadlines(40),
        Block::Foreign(
            Language::English,
            vec![
                heading(2, "", "Summary in English"),
                p("Infections occurred in 30 of 58 patients (51.7%) in the domestic phase II study."),
            ],
        ),
    ]
}

fn studies() -> Block {
    Block::Table(Table {
        caption: vec![t("表1　臨床試験で認められた感染症")],
        columns: vec![
            Column { width: Weight::Content, align: Align::Start },
            Column { width: Weight::Parts(1.0), align: Align::Start },
            Column { width: Weight::Content, align: Align::End },
            Column { width: Weight::Content, align: Align::End },
        ],
        head: 2,
        rows: vec![
            row(vec![
                Cell { rows: 2, ..label("試験") },
                Cell { rows: 2, ..label("対象") },
                Cell { columns: 2, align: Some(Align::Centre), ..label("発現例数") },
            ]),
            row(vec![label("本剤群"), label("対照群")]),
            row(vec![Cell { rows: 2, ..label("IDEC-1") }, cell("再発又は治療抵抗性の患者"), cell("30/58"), cell("－")]),
            row(vec![cell("維持療法期"), Cell { tone: Tone::Met, ..cell("4/31") }, Cell { tone: Tone::Overdue, ..cell("12/30") }]),
            row(vec![label("WA-29330"), cell("granulomatosis-with-polyangiitis及び顕微鏡的多発血管炎"), cell("6/67"), cell("9/68")]),
        ],
        rules: Rules::All,
    })
}

/// A table of so many rows.
fn deadlines(rows: usize) -> Block {
    let column = |width, align| Column { width, align };
    let head = row(vec![label("期日"), label("活動"), label("すること"), label("状態")]);
    let rows = (1..=rows).map(|number| Row {
        cells: vec![
            cell(&format!("令和{}年{}月{}日", 7 + number / 12, 1 + number % 12, 1 + number % 28)),
            cell("特定使用成績調査（長期使用）"),
            cell("登録状況を確認し、安全性定期報告に含めて提出する。遅れる場合は理由と新たな予定を記録する。"),
            Cell { tone: if number % 3 == 0 { Tone::Due } else { Tone::Met }, ..cell(if number % 3 == 0 { "間近" } else { "済み" }) },
        ],
        breakable: false,
    });
    Block::Table(Table {
        caption: vec![t("表2　期日")],
        columns: vec![
            column(Weight::Content, Align::Start),
            column(Weight::Parts(2.0), Align::Start),
            column(Weight::Parts(3.0), Align::Start),
            column(Weight::Content, Align::Centre),
        ],
        head: 1,
        rows: std::iter::once(head).chain(rows).collect(),
        rules: Rules::Book,
    })
}

/// A plan of about so many pages, full of tables.
pub fn long(pages: usize) -> Document {
    let mut document = kitchen_sink();
    document.watermark = None;
    document.body = vec![heading(0, "", "医薬品リスク管理計画書"), Block::Contents { depth: 2 }];
    for part in 0..pages.div_ceil(2) {
        document.body.push(heading(1, &format!("part-{part}"), &format!("{}. 重要な特定されたリスク", part + 1)));
        document.body.push(heading(2, "", &format!("{}.1. 感染症", part + 1)));
        document.body.push(Block::Table(Table {
            caption: vec![],
            columns: parts(&[1.0]),
            head: 0,
            rows: vec![
                row(vec![label("理由：")]),
                row(vec![Cell::new((0..6).map(|number| p(&format!("（{part}-{number}）{PROSE}"))).collect())]),
            ],
            rules: Rules::All,
        }));
        document.body.push(studies());
        document.body.push(deadlines(14));
    }
    document
}
