//! What the system is, from its configuration and the results of its tests: the description for an inspector, and a draft of the
//! EDC管理シート (PMDA, 27 March 2013).

use access::{Action, Role};
use maud::{Markup, html};

use crate::answer::Reply;
use crate::ask::Ask;
use crate::limits::{DOCUMENT, FORM};
use crate::look::frame;
use crate::people::{credentials, session};
use crate::route::{Guard, routes};

/// Each requirement on trusted records with the tests that show it; a test keeps it current.
const COMPLIANCE: &str = include_str!("../../../../docs/compliance.md");

/// The page.
///
/// # Errors
/// The journal or the keep cannot be read.
pub fn page(ask: &Ask<'_>) -> Reply {
    let organisation = &ask.state.organisation;
    let heads = ask.house.reader()?.heads()?;
    let entries: u64 = heads.iter().map(|head| head.sequence).sum();
    let body = html! {
        p.answer { (ask.say("この頁は、実際の設定と試験の結果から作られます。", "This page is made from the configuration as it is, and from the results of the tests.")) }
        h2 { (ask.say("システムの説明", "System description")) }
        dl.facts {
            dt { (ask.say("組織", "Organisation")) } dd { (organisation.name) }
            dt { (ask.say("プログラム", "Program")) } dd { (ask.house.place.program) }
            dt { (ask.say("記録の保管", "Store")) } dd { (ask.house.place.store) "　" (entries) (ask.say(" 件の記録、", " entries in ")) (heads.len()) (ask.say(" 本の連鎖", " chains")) }
            dt { (ask.say("アドレス", "Address")) } dd { (ask.house.address) @if !ask.house.address.starts_with("https") { " " span.tag.warning { (ask.say("TLS の前段なし", "no TLS in front")) } } }
            dt { (ask.say("稼働の開始", "Running since")) } dd { (ask.house.began.to_zoned(ask.house.zone()).strftime("%Y-%m-%d %H:%M").to_string()) }
            dt { (ask.say("時刻帯", "Zone")) } dd { (ask.house.zone().iana_name().unwrap_or("—")) }
            dt { (ask.say("利用者", "People")) } dd { (organisation.people.len()) }
            dt { (ask.say("製品", "Products")) } dd { (organisation.products.len()) }
            dt { (ask.say("役割と操作", "Roles and actions")) } dd { (Role::ALL.len()) " × " (Action::ALL.len()) }
            dt { (ask.say("セッション", "Sessions")) } dd { @if ask.is_japanese() { "無操作 " (session::IDLE.as_mins()) " 分、最長 " (session::LONGEST.as_hours()) " 時間" } @else { "end after " (session::IDLE.as_mins()) " min of silence, and after " (session::LONGEST.as_hours()) " h" } }
            dt { (ask.say("送信の上限", "Limits of what is sent")) } dd { (ask.say("入力 ", "forms ")) (FORM >> 20) " MiB" (ask.say("、文書 ", ", documents ")) (DOCUMENT >> 20) " MiB" }
        }
        (sheet(ask)?)
        h2 { (ask.say("要件と、それを示す試験", "Requirements, and the tests that show them")) }
        (compliance(ask))
        h2 { (ask.say("頁と権限", "Addresses and who may ask there")) }
        details { summary { (ask.say("一覧", "list")) } (addresses(ask)) }
    };
    Ok(frame::page(ask, ask.say("このシステムについて", "About this system"), body))
}

/// The sheet, as far as it follows from the configuration; what only the organisation knows is left to be filled in.
fn sheet(ask: &Ask<'_>) -> Result<Markup, diagnostic::Problem> {
    let organisation = &ask.state.organisation;
    let (mut factors, mut passwords) = (0, 0);
    for person in organisation.people.keys() {
        let standing = credentials::standing(&ask.house.keep, person, ask.now)?;
        factors += usize::from(standing.second_factor);
        passwords += usize::from(standing.password);
    }
    let shown = COMPLIANCE.lines().filter(|line| line.starts_with("| ") && line.contains('`')).count();
    let to_fill = html! { span.quiet { (ask.say("（組織が記入）", "(to be filled in by the organisation)")) } };
    let rows: Vec<(&str, Markup)> = vec![
        (ask.say("システムの名称と版", "System and version"), html! { "Mimamori " (env!("CARGO_PKG_VERSION")) }),
        (
            ask.say("用途", "Use"),
            html! { (ask.say("医薬品リスク管理計画の作成・実施・記録", "writing, running and recording risk management plans")) },
        ),
        (ask.say("管理責任者、手順書", "Who is responsible, procedures"), to_fill.clone()),
        (
            ask.say("利用者の管理", "Accounts"),
            html! { @if ask.is_japanese() { "名のある個人のみ（" (organisation.people.len()) "人）。識別子は使い回さない。パスワード設定済み " (passwords) "人、第二の要素 " (factors) "人。招待コードは14日で失効" } @else { "named persons only (" (organisation.people.len()) "); identifiers are never reused; " (passwords) " with a password, " (factors) " with a second factor; invitations end after 14 days" } },
        ),
        (
            ask.say("パスワード", "Passwords"),
            html! { (ask.say("12文字以上、Argon2id で保存、誤り5回で15分停止", "12 characters or more, kept as Argon2id, locked for 15 minutes after five wrong tries")) },
        ),
        (
            ask.say("権限", "Permissions"),
            html! { (ask.say("役割×操作の一つの表。すべての要求がこの表で判断され、拒否も記録される", "one matrix of roles and actions decides every request; refusals are noted")) },
        ),
        (
            ask.say("監査証跡", "Audit trail"),
            html! { (ask.say("追記のみ。だれが・役割・いつ・なぜ・前後の値。ハッシュの連鎖と日ごとの署名。止めることも変えることもできない", "append-only: who, role, when, why, old and new value; chained by hashes and signed daily; nobody can change it or switch it off")) },
        ),
        (
            ask.say("電子署名", "Electronic signatures"),
            html! { (ask.say("署名のたびに本人確認。氏名・日時・意味を表示。内容のハッシュ値に結び付き、後の改訂には及ばない", "proof of identity at each signing; name, time and meaning; bound to the hash of the content, covering no later change")) },
        ),
        (
            ask.say("時刻", "Time"),
            html! { (ask.say("サーバーの時計（UTC）と利用者の時刻帯を記録。連鎖の中で逆行しない", "the server’s clock in UTC with the zone of the person; never backwards in a chain")) },
        ),
        (
            ask.say("バックアップと復元", "Backup and restore"),
            html! { a href="/administration/backup" { (ask.say("運用中に取得、検証済み。復元は試験で確認", "while in use, verified; restoring is tested")) } },
        ),
        (
            ask.say("バリデーション", "Validation"),
            html! { @if ask.is_japanese() { (shown) " 項目の要件に、それぞれを示す自動試験がある（下の表）" } @else { (shown) " requirements with the automatic tests that show them (below)" } },
        ),
        (ask.say("教育訓練、供給者の評価", "Training, audit of the supplier"), to_fill),
    ];
    Ok(html! {
        h2 { (ask.say("EDC管理シート（下書き）", "EDC管理シート (draft)")) }
        p.quiet { (ask.say("平成25年3月27日の PMDA の様式の項目に沿います。設定から分かることだけを記し、組織が確かめて用います。", "By the items of PMDA’s sheet of 27 March 2013: what follows from the configuration, for the organisation to check.")) }
        div.wide tabindex="0" { table.full.cards { tbody { @for (name, words) in rows { tr { th scope="row" { (name) } td { (words) } } } } } }
    })
}

/// The table of requirements, as the tests keep it.
fn compliance(ask: &Ask<'_>) -> Markup {
    let rows: Vec<Vec<&str>> = COMPLIANCE
        .lines()
        .filter(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split(" | ").map(|cell| cell.trim_matches(['|', ' '])).collect())
        .collect();
    html! { div.wide tabindex="0" { table.full {
        @for (n, row) in rows.iter().enumerate() {
            @if n == 0 { thead { tr { @for cell in row { th scope="col" { @if cell.is_empty() { "No." } @else { (ask.pair(cell.split_once(" / ").unwrap_or((cell, cell)))) } } } } } }
            @else if n > 1 { tr { @for (column, cell) in row.iter().enumerate() { td class={ "small" @if column == 0 { " short" } } { (without_links(side(ask, cell))) } } } }
        }
    } } }
}

/// Of a cell that says the same in Japanese and English, the side of who asks; names of tests, one under another, stay as they are.
fn side<'a>(ask: &Ask<'_>, cell: &'a str) -> &'a str {
    match cell.split_once("<br>") {
        Some(sides) if !cell.starts_with('[') => ask.pair(sides),
        _ => cell,
    }
}

/// The words of a cell of Markdown, without where they lead.
fn without_links(cell: &str) -> String {
    let mut words = String::new();
    let mut rest = cell;
    while let Some((before, after)) = rest.split_once("](") {
        words.push_str(before);
        rest = after.split_once(')').map_or("", |(_, after)| after);
    }
    words.push_str(rest);
    words.replace("<br>", " ").replace(['`', '['], "")
}

fn addresses(ask: &Ask<'_>) -> Markup {
    html! { div.wide tabindex="0" { table.full {
        thead { tr { th scope="col" { (ask.say("アドレス", "Address")) } th scope="col" { (ask.say("見る・行う", "Look or do")) } th scope="col" { (ask.say("だれが", "Who")) } } }
        tbody { @for route in routes() { tr {
            td { code { (route.path) } }
            td { @if route.get.is_some() { "GET " } @if route.post.is_some() { "POST" } }
            td { @match route.guard { Guard::Open => (ask.say("だれでも", "anybody")), Guard::SignedIn => (ask.say("サインインした人", "who is signed in")), Guard::May(action) => (ask.pair(action.words())), Guard::Any(_) => (ask.say("社内の役割を持つ人", "who has a role inside the house")) } }
        } } }
    } } }
}
