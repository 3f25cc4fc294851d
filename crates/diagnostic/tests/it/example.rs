//! An invented report on an invented product.

use diagnostic::{Checked, Finding, Note, Report, Severity, Span, Tool, Words};

/// A span whose mark is the quote's first place in the excerpt.
pub fn span(quote: &str, excerpt: &str, view: Words, label: Words) -> Span {
    let start = excerpt.find(quote).expect("the quote stands in the excerpt");
    Span {
        file: "見本錠RMP.pdf".to_owned(),
        quote: quote.to_owned(),
        excerpt: excerpt.to_owned(),
        mark: start..start + quote.len(),
        view,
        label,
        ..Span::default()
    }
}

fn on_page(page: u32, span: Span) -> Span {
    Span { page: Some(page), ..span }
}

/// A paragraph of the length that real ones have.
pub fn long_paragraph() -> String {
    let before = "見本錠の国内第Ⅲ相試験（SMP-201試験）では、前治療歴を有する患者を対象として有効性及び安全性を検討した。";
    let after = "いずれの事象も投与中止後に回復し、因果関係は否定されなかったが、重篤な転帰に至った症例は認められていない。";
    format!("{}本剤群においてgrade3以上の好中球減少が 4.2%（1/24例）に確認された。{}", before.repeat(5), after.repeat(5))
}

fn sizes() -> Finding {
    Finding {
        code: "RMP312",
        name: "study-size-differs",
        severity: Severity::Error,
        message: Words::new("同じ試験に二つの例数がある", "the same study has two sizes"),
        why: Words::new(
            "一つの試験の一つの群の例数は、時期ごとに一つである。24例は、直前の文に引用されたSMP-202試験の例数と一致する",
            "one arm of a study has one denominator a phase; 24 is the size of SMP-202, cited in the sentence before",
        ),
        hint: Words::new("47例が正しければ、割合は 2.1%（1/47例）になる", "if 47 is right, the percentage becomes 2.1% (1/47)"),
        source: Words::new("医薬品リスク管理計画指針 2.1.1", "risk management plan guidance (医薬品リスク管理計画指針) 2.1.1"),
        spans: vec![
            on_page(9, span("1/24", &long_paragraph(), Words::same("1.1 血球減少"), Words::new("ここでは24例", "24 here"))),
            on_page(
                6,
                span(
                    "2/47例",
                    "SMP-201試験において、注入に伴う反応が 4.3%（2/47例）に認められた。",
                    Words::same("1.1 Infusion reaction"),
                    Words::new("ほかの5か所では47例", "47 in five other places"),
                ),
            ),
        ],
    }
}

fn deadline() -> Finding {
    let row = |line, span| Span { file: "見本錠RMP.txt".to_owned(), line: Some(line), column: Some(21), ..span };
    Finding {
        code: "RMP204",
        name: "deadline-differs",
        severity: Severity::Warning,
        message: Words::new("特定使用成績調査の報告書の予定日が本文と一覧で異なる", "the survey's report is due on two dates"),
        why: Words::new(
            "5.1の一覧は本文の予定を写したもので、同じ日付でなければならない",
            "the list in 5.1 repeats the plan of the body and has to carry the same date",
        ),
        hint: Words::new("どちらかの日付に揃える", "keep one of the two dates"),
        source: Words::new("別紙様式1 記載要領 5", "form 1, notes on section 5"),
        spans: vec![
            row(
                412,
                span(
                    "2027年3月",
                    "特定使用成績調査（長期）\t500例\t実施中\t2027年3月",
                    Words::new("5.1 安全性監視計画の一覧", "5.1 list of pharmacovigilance activities"),
                    Words::default(),
                ),
            ),
            row(
                207,
                span(
                    "2027年9月",
                    "【節目となる予定の時期】\n最終報告書の作成時：2027年9月\n安全性定期報告時：年1回",
                    Words::new("2.2 特定使用成績調査", "2.2 specified use-results survey"),
                    Words::new("本文の予定", "as planned in the body"),
                ),
            ),
        ],
    }
}

fn wording() -> Finding {
    Finding {
        code: "RMP501",
        name: "fixed-term-written-otherwise",
        severity: Severity::Info,
        message: Words::new("様式の定型語が別の表記になっている", "a fixed term of the form is written otherwise"),
        why: Words::default(),
        hint: Words::new("「ﾘｽｸ最小化活動」を「リスク最小化活動」とする", "write リスク最小化活動 in full width"),
        source: Words::new("別紙様式1", "form 1"),
        spans: vec![Span {
            file: "見本錠RMP.docx".to_owned(),
            path: Some("表4 行2 列1".to_owned()),
            ..span("ﾘｽｸ最小化", "通常のﾘｽｸ最小化活動：電子添文による情報提供", Words::same("4 リスク最小化計画"), Words::default())
        }],
    }
}

fn checked() -> Vec<Checked> {
    let row = |code, name, ja: &str, en: &str, found, of| Checked { code, name, title: Words::new(ja, en), found, of };
    vec![
        row("RMP204", "deadline-differs", "本文と一覧の予定日", "deadlines in body and lists", 1, 23),
        row("RMP301", "percentage-differs", "割合と例数", "counts with percentages", 0, 178),
        row("RMP312", "study-size-differs", "試験の例数", "denominators of studies", 1, 1_246),
        row("RMP401", "sample-size-differs", "目標例数の根拠", "sample sizes with a rationale", 0, 0),
        row("RMP501", "fixed-term-written-otherwise", "様式の定型語", "fixed terms of the form", 1, 64),
    ]
}

/// Three findings of three severities, a note, and five rules checked.
pub fn report() -> Report {
    let unsure = Note {
        message: Words::new(
            "表の罫線が途切れ、3行を確実には読み取れなかった。この部分の規則は適用していない",
            "three rows could not be read surely because the table's lines are broken; no rule was applied to them",
        ),
        span: Some(on_page(14, span("5.3", "5.3 一覧", Words::same("5.3 リスク最小化計画の一覧"), Words::default()))),
    };
    Report {
        tool: Tool {
            name: "mimamori".to_owned(),
            version: "0.1.0".to_owned(),
            information_uri: Some("https://example.org/mimamori".to_owned()),
        },
        file: "見本錠RMP.pdf".to_owned(),
        title: Words::new("見本錠 医薬品リスク管理計画書の点検結果", "Review of the risk management plan of 見本錠 (Mihon tablets)"),
        as_of: "2026-11-22".to_owned(),
        findings: vec![sizes(), deadline(), wording()],
        notes: vec![unsure],
        checked: checked(),
    }
}

/// The same report with nothing found.
pub fn nothing_found() -> Report {
    let mut report = report();
    report.findings.clear();
    report.notes.clear();
    for row in &mut report.checked {
        row.found = 0;
    }
    report
}
