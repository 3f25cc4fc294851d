//! Administration: people and roles, institutions, holidays and rhythms, dictionaries, backup.

use access::{Action, Role};
use diagnostic::Words;
use maud::{Markup, html};
use operation::deadline::Rhythms;
use operation::organisation::{Command, DictionarySet, InstitutionRegistered, RhythmsSet, RoleGranted, RoleRevoked};

use super::account::proved;
use crate::answer::{Answer, Reply, Trouble};
use crate::ask::{Ask, alias};
use crate::look::bits::{empty, field, hidden, proof};
use crate::look::frame;
use crate::people::{credentials, session, token};

/// What there is to administer.
///
/// # Errors
/// None.
pub fn page(ask: &Ask<'_>) -> Reply {
    let organisation = &ask.state.organisation;
    let rooms = [
        ("people", ask.say("人と役割", "People and roles"), organisation.people.len(), Action::RegisterPerson),
        ("institutions", ask.say("医療機関", "Institutions"), organisation.institutions.len(), Action::RegisterInstitution),
        ("rhythms", ask.say("休日と周期", "Holidays and rhythms"), organisation.rhythms.lines().count(), Action::SetCalendar),
        ("dictionaries", ask.say("辞書", "Dictionaries"), organisation.dictionaries.len(), Action::SetCalendar),
        ("backup", ask.say("記録とバックアップ", "Record and backup"), 0, Action::TakeBackup),
    ];
    let body = html! {
        div.wide tabindex="0" { table.full.cards {
            thead.away { tr { th scope="col" { (ask.say("部屋", "Room")) } th scope="col" { (ask.say("件数", "Count")) } th scope="col" { (ask.say("あなた", "You")) } } }
            tbody {
                @for (path, title, count, action) in rooms { tr data-row="" {
                    th scope="row" { a href={ "/administration/" (path) } { (title) } }
                    td { @if count > 0 { (count) } }
                    td.quiet { @if ask.may(action, None) { (ask.say("変更できます", "you may change it")) } @else { (ask.say("閲覧のみ", "you may look")) } }
                } }
                @if ask.may(Action::ReadTrail, None) { tr data-row="" { th scope="row" { a href="/trail" { (ask.say("組織の記録", "The record of the organisation")) } } td {} td {} } }
                @if ask.may(Action::ReadAccessLog, None) { tr data-row="" { th scope="row" { a href="/trail/reads" { (ask.say("閲覧・出力・拒否・サインインの記録", "Reads, exports, refusals and sign-ins")) } } td {} td {} } }
                tr data-row="" { th scope="row" { a href="/system" { (ask.say("システムの説明と EDC管理シート", "System description and EDC管理シート")) } } td {} td {} }
            }
        } }
    };
    Ok(frame::page(ask, ask.say("管理", "Administration"), body))
}

/// People and their roles.
///
/// # Errors
/// The keep cannot be read.
pub fn people(ask: &Ask<'_>) -> Reply {
    let organisation = &ask.state.organisation;
    let may = ask.may(Action::RegisterPerson, None) && !ask.is_past();
    let body = html! {
        @if let Some(code) = given(ask) { (code) }
        div.wide tabindex="0" { table.full.cards {
            thead { tr { th scope="col" { (ask.say("氏名", "Name")) } th scope="col" { (ask.say("識別子", "Identifier")) } th scope="col" { (ask.say("役割", "Roles")) } th scope="col" { (ask.say("本人確認", "Credentials")) } } }
            tbody { @for (id, person) in &organisation.people {
                @let standing = credentials::standing(&ask.house.keep, id, ask.now)?;
                tr data-row="" {
                    th scope="row" { @if may { a href={ "/administration/people/" (alias(&organisation.id, id)) } { (person.name) } } @else { (person.name) } }
                    td { (id) }
                    td { @for held in &person.holdings { div { (ask.pair(held.role.words())) @if let Some(product) = &held.product { (ask.say("（", " (")) (product) (ask.say("）", ")")) } } } @if person.holdings.is_empty() { span.quiet { "—" } } }
                    td {
                        @if standing.locked { span.state-overdue { (ask.say("停止中", "locked")) } }
                        @else if standing.password { span.state-met { (ask.say("設定済み", "set")) } @if !standing.second_factor { " " span.tag { (ask.say("第二の要素なし", "no second factor")) } } }
                        @else if standing.invited { span.state-due { (ask.say("招待中", "invited")) } }
                        @else { span.state-none { (ask.say("未設定", "none")) } }
                    }
                }
            } }
        } }
        @if may {
            h2 { (ask.say("人を登録する", "Register a person")) }
            form.stack method="post" action="/administration/people" {
                (hidden(ask, "person", organisation.sequence))
                (field(ask, "person", "person", ask.say("識別子", "Identifier"), ask.say("英数字と - _ . @ 。後から変えられず、ほかの人に使い回しません。", "Letters, digits, - _ . and @; it is never changed, nor given to somebody else."), ""))
                (field(ask, "person", "name", ask.say("氏名", "Name"), ask.say("署名に添えて印刷されます。", "It is printed beside signatures."), ""))
                (proof(ask, "person"))
                p.actions { button { (ask.say("登録してコードを発行する", "Register, and give a code")) } }
            }
        }
        h2 { (ask.say("役割でできること", "What roles may do")) }
        details { summary { (ask.say("権限の表", "The matrix")) } (matrix(ask)) }
    };
    Ok(frame::page(ask, ask.say("人と役割", "People and roles"), body))
}

/// Roles × actions, as the program decides.
fn matrix(ask: &Ask<'_>) -> Markup {
    html! { div.wide tabindex="0" { table.matrix {
        thead { tr { th scope="col" { (ask.say("操作", "Action")) } @for role in Role::ALL { th scope="col" { (ask.pair(role.words())) } } } }
        tbody { @for action in Action::ALL { tr {
            th scope="row" { (ask.pair(action.words())) }
            @for role in Role::ALL {
                @let cell = access::cell(*role, *action);
                td title=(ask.pair(cell.reason)) { @if let access::Grant::Allowed(scope) = cell.grant { (scope.mark()) span.away { (ask.pair(scope.words())) } } }
            }
        } } }
    } } }
}

/// A code that was just given is shown on this page alone.
fn given(ask: &Ask<'_>) -> Option<Markup> {
    let code = ask.headers.get("x-given-code")?;
    let person = ask.headers.get("x-given-to")?;
    Some(html! {
        div.note.due role="status" {
            p { (ask.name_of(person)) (ask.say(" さんに、このコードを渡してください。一度だけ使えます。", " sets a password with this code, once: hand it over.")) }
            p.secret #code { (code) }
            p { (ask.say("本人は次の頁でパスワードを設定します: ", "They set it at: ")) (ask.house.address) "/invitation" }
            p { (ask.say("この頁を離れると、二度と表示されません。", "It is not shown again once you leave this page.")) }
        }
    })
}

/// The page again, with a code that was given: it never stands in an address.
fn with_code(ask: &Ask<'_>, person: &str, code: String, page: fn(&Ask<'_>) -> Reply) -> Reply {
    page(&ask.again([("x-given-code", code), ("x-given-to", person.to_owned())]))
}

/// Registers a person, and gives a code.
///
/// # Errors
/// It is refused.
pub fn register(ask: &Ask<'_>) -> Reply {
    let person = ask.needed("person", "識別子", "the identifier")?.to_owned();
    let name = ask.needed("name", "氏名", "the name")?.to_owned();
    let context = proved(ask)?;
    ask.house.desk.organisation(&Command::RegisterPerson { person: person.clone(), name }, &context)?;
    let code = credentials::invite(&ask.house.keep, &person, ask.now)?;
    ask.house.desk.note("invited", &Words::same(person.clone()), &context);
    with_code(ask, &person, code, people)
}

fn person_of(ask: &Ask<'_>) -> Result<String, Trouble> {
    let organisation = &ask.state.organisation;
    let named = ask.part("person");
    let found = organisation.people.keys().find(|person| alias(&organisation.id, person) == named);
    found.cloned().ok_or_else(|| Trouble::unknown("この利用者", "such person"))
}

/// One person: roles, credentials, sessions.
///
/// # Errors
/// There is no such person.
pub fn person(ask: &Ask<'_>) -> Reply {
    let id = person_of(ask)?;
    let organisation = &ask.state.organisation;
    let Some(known) = organisation.people.get(&id) else { return Err(Trouble::unknown("この利用者", "such person")) };
    let base = format!("/administration/people/{}", alias(&organisation.id, &id));
    let sessions = session::of(&ask.house.keep, &id, ask.now)?;
    let seen = known.last.sequence;
    let body = html! {
        @if let Some(code) = given(ask) { (code) }
        dl.facts { dt { (ask.say("識別子", "Identifier")) } dd { (id) } }
        h2 { (ask.say("役割", "Roles")) }
        @if known.holdings.is_empty() { (empty(ask.say("まだ役割がありません。", "No role yet."))) }
        @for held in &known.holdings {
            div.note {
                p { strong { (ask.pair(held.role.words())) } @if let Some(product) = &held.product { "　" (product) }
                    @if !held.institutions.is_empty() { "　" (held.institutions.iter().cloned().collect::<Vec<_>>().join(", ")) }
                    @if !held.activities.is_empty() { "　" (held.activities.iter().cloned().collect::<Vec<_>>().join(", ")) } }
                details { summary { (ask.say("取り消す", "Take it away")) }
                    form.stack method="post" action={ (base) "/revoke" } {
                        (hidden(ask, "revoke", seen))
                        input type="hidden" name="role" value=(held.role.name());
                        input type="hidden" name="product" value=(held.product.as_deref().unwrap_or_default());
                        (field(ask, "revoke", "reason", ask.say("理由", "Why"), "", ""))
                        (proof(ask, "revoke"))
                        p.actions { button { (ask.say("役割を取り消す", "Take the role away")) } }
                    }
                }
            }
        }
        details { summary { (ask.say("役割を付与する", "Grant a role")) }
            form.stack method="post" action={ (base) "/grant" } {
                (hidden(ask, "grant", seen))
                label for="role" { (ask.say("役割", "Role")) }
                select id="role" name="role" { @for role in Role::ALL { option value=(role.name()) { (ask.pair(role.words())) } } }
                label for="product" { (ask.say("製品", "Product")) }
                select id="product" name="product" { option value="" { (ask.say("すべて", "all")) } @for (product, name) in &organisation.products { option value=(product) { (name) } } }
                (field(ask, "grant", "institutions", ask.say("医療機関（該当する役割のみ）", "Institutions, for roles that have them"), ask.say("識別子を空白で区切る", "identifiers, with blanks between"), ""))
                (field(ask, "grant", "activities", ask.say("受託した活動（該当する役割のみ）", "Activities, for contractors"), "", ""))
                (proof(ask, "grant"))
                p.actions { button { (ask.say("付与する", "Grant it")) } }
            }
        }
        h2 { (ask.say("本人確認", "Credentials")) }
        p { @if ask.is_japanese() { "サインイン中の端末: " (sessions.len()) } @else { "Signed in at " (sessions.len()) " places" } }
        details { summary { (ask.say("パスワードと第二の要素を取り消し、コードを発行する", "Take password and second factor away, and give a code")) }
            form.stack method="post" action={ (base) "/reset" } {
                (hidden(ask, "reset", seen))
                p { (ask.say("サインイン中のセッションもすべて終わります。", "All their sessions end as well.")) }
                (proof(ask, "reset"))
                p.actions { button { (ask.say("再発行する", "Give a new code")) } }
            }
        }
    };
    Ok(frame::page(ask, &known.name, body))
}

fn role(ask: &Ask<'_>) -> Result<Role, Trouble> {
    Role::named(ask.field("role")).ok_or_else(|| Trouble::unknown("この役割", "such role"))
}

/// Grants a role.
///
/// # Errors
/// It is refused.
pub fn grant(ask: &Ask<'_>) -> Reply {
    let person = person_of(ask)?;
    let words = |name: &str| ask.field(name).split_whitespace().map(str::to_owned).collect();
    let granted = RoleGranted {
        person,
        role: role(ask)?,
        product: ask.typed("product").map(str::to_owned),
        institutions: words("institutions"),
        activities: words("activities"),
    };
    ask.house.desk.organisation(&Command::GrantRole(granted), &proved(ask)?)?;
    Ok(Answer::go(ask.path.trim_end_matches("/grant")))
}

/// Takes a role away.
///
/// # Errors
/// It is refused.
pub fn revoke(ask: &Ask<'_>) -> Reply {
    let revoked = RoleRevoked { person: person_of(ask)?, role: role(ask)?, product: ask.typed("product").map(str::to_owned) };
    ask.house.desk.organisation(&Command::RevokeRole(revoked), &proved(ask)?)?;
    Ok(Answer::go(ask.path.trim_end_matches("/revoke")))
}

/// Takes a person's credentials away and gives a code for new ones.
///
/// # Errors
/// It is refused.
pub fn reset(ask: &Ask<'_>) -> Reply {
    let person = person_of(ask)?;
    let context = proved(ask)?;
    let code = credentials::invite(&ask.house.keep, &person, ask.now)?;
    session::end_others(&ask.house.keep, &person, "", ask.now)?;
    token::revoke_all(&ask.house.keep, &person, ask.now)?;
    ask.house.desk.note("password-reset", &Words::same(person.clone()), &context);
    with_code(ask, &person, code, self::person)
}

/// Medical institutions.
///
/// # Errors
/// None.
pub fn institutions(ask: &Ask<'_>) -> Reply {
    let organisation = &ask.state.organisation;
    let body = html! {
        @if organisation.institutions.is_empty() { (empty(ask.say("調査を依頼し、情報を提供する医療機関がここに並びます。", "Institutions that take part in surveys, or are given information, stand here."))) }
        @else { div.wide tabindex="0" { table.full.cards {
            thead { tr { th scope="col" { (ask.say("識別子", "Identifier")) } th scope="col" { (ask.say("名称", "Name")) } th scope="col" { (ask.say("所在地", "Address")) } } }
            tbody { @for (id, institution) in &organisation.institutions { tr { th scope="row" { (id) } td { (institution.name) } td { (institution.address) } } } }
        } } }
        @if ask.may(Action::RegisterInstitution, None) && !ask.is_past() {
            h2 { (ask.say("登録する", "Register")) }
            form.stack method="post" action="/administration/institutions" {
                (hidden(ask, "institution", organisation.sequence))
                (field(ask, "institution", "institution", ask.say("識別子", "Identifier"), "", ""))
                (field(ask, "institution", "name", ask.say("名称", "Name"), ask.say("契約書にあるとおりに", "As it stands in the contract"), ""))
                (field(ask, "institution", "address", ask.say("所在地", "Address"), "", ""))
                (field(ask, "institution", "reason", ask.say("理由（登録済みのものを改めるとき）", "Why, if one that is known is changed"), "", ""))
                p.actions { button { (ask.say("登録する", "Register")) } }
            }
        }
    };
    Ok(frame::page(ask, ask.say("医療機関", "Institutions"), body))
}

/// Registers an institution.
///
/// # Errors
/// It is refused.
pub fn register_institution(ask: &Ask<'_>) -> Reply {
    let registered = InstitutionRegistered {
        institution: ask.needed("institution", "識別子", "the identifier")?.to_owned(),
        name: ask.needed("name", "名称", "the name")?.to_owned(),
        address: ask.typed("address").unwrap_or_default().to_owned(),
    };
    ask.house.desk.organisation(&Command::RegisterInstitution(registered), &ask.context(0)?)?;
    Ok(Answer::go("/administration/institutions"))
}

/// Holidays and rhythms, each with its source.
///
/// # Errors
/// What the organisation states has a mistake.
pub fn rhythms(ask: &Ask<'_>) -> Reply {
    let organisation = &ask.state.organisation;
    let rules = ask.house.rhythms(&organisation.rhythms)?;
    let body = html! {
        p.answer { (ask.say("期限は、次の規則から計算されます。組織の定めは、その上に重ねられます。", "Deadlines follow from these rules; what the organisation states is laid over them.")) }
        div.wide tabindex="0" { table.full.cards {
            thead { tr { th scope="col" { (ask.say("規則", "Rule")) } th scope="col" { (ask.say("根拠", "Source")) } th scope="col" { (ask.say("期間", "In force")) } } }
            tbody { @for rule in rules.rules() { tr {
                th scope="row" { (ask.words(&rule.title)) div.small.quiet { (rule.id) } }
                td { (ask.words(&rule.source)) @if rule.unverified { " " span.tag.warning { (ask.say("未確認", "unverified")) } }
                    @if let Some(doubt) = &rule.doubt { div.small { (ask.words(doubt)) } } }
                td.day { @if let Some(from) = rule.from { (from) } " – " @if let Some(until) = rule.until { (until) } }
            } } }
        } }
        h2 { (ask.say("今年と来年の休日", "Holidays of this year and the next")) }
        p.quiet { (ask.say("国民の祝日に関する法律、行政機関の休日に関する法律による。", "By the act on national holidays and the act on closed days of offices.")) }
        ul { @for (day, name) in holidays(ask.as_of()) { li { (day) "　" (ask.words(&name)) } } }
        h2 { (ask.say("組織の定め", "What the organisation states")) }
        @if organisation.rhythms.is_empty() { (empty(ask.say("まだ何も定めていません。", "Nothing yet."))) } @else { pre { (organisation.rhythms) } }
        @if ask.may(Action::SetCalendar, None) && !ask.is_past() {
            details open[ask.field("form") == "rhythms"] { summary { (ask.say("定める", "State it")) }
                form.stack method="post" action="/administration/rhythms" data-draft="rhythms" {
                    (hidden(ask, "rhythms", organisation.sequence))
                    label for="rhythms-text" { (ask.say("定め（TOML）", "What is stated (TOML)")) }
                    textarea.source id="rhythms-text" name="text" rows="20" spellcheck="false" { "\n" (ask.shown("rhythms", "text", &organisation.rhythms)) }
                    (field(ask, "rhythms", "reason", ask.say("理由", "Why"), "", ""))
                    p.actions { button { (ask.say("記録する", "Record it")) } span.saved role="status" {} }
                }
            }
            details { summary { (ask.say("プログラムの定め（書き方の手本）", "What the program states, as a model")) } pre { (Rhythms::standard_text()) } }
        }
    };
    Ok(frame::page(ask, ask.say("休日と周期", "Holidays and rhythms"), body))
}

fn holidays(as_of: calendar::Date) -> Vec<(calendar::Date, Words)> {
    let first = calendar::Date::new(as_of.year(), 1, 1).unwrap_or(as_of);
    first
        .series(jiff::ToSpan::days(1))
        .take(730)
        .filter_map(|day| match calendar::holiday(day) {
            Some(name) => Some((day, Words::same(name))),
            // Saturdays and Sundays go without saying
            None if calendar::is_closed(day) && day.weekday().to_monday_zero_offset() < 5 => {
                Some((day, Words::new("年末年始の休日", "closed at the turn of the year")))
            }
            None => None,
        })
        .collect()
}

/// States rhythms and closed days.
///
/// # Errors
/// It is refused, or has a mistake.
pub fn set_rhythms(ask: &Ask<'_>) -> Reply {
    let text = ask.field("text").replace("\r\n", "\n");
    ask.house.desk.organisation(&Command::SetRhythms(RhythmsSet { text }), &ask.context(0)?)?;
    Ok(Answer::go("/administration/rhythms"))
}

/// Dictionaries that the organisation has a licence for.
///
/// # Errors
/// None.
pub fn dictionaries(ask: &Ask<'_>) -> Reply {
    let organisation = &ask.state.organisation;
    let body = html! {
        p.answer { (ask.say("MedDRA などの辞書は製品に含まれません。使用許諾を受けたものがあるサーバー上のフォルダーを示します。", "MedDRA and other dictionaries are not shipped: say in which folder of the server those stand that you have a licence for.")) }
        @if organisation.dictionaries.is_empty() { (empty(ask.say("まだ定めていません。", "None yet."))) }
        @else { div.wide tabindex="0" { table.full.cards {
            thead { tr { th scope="col" { (ask.say("辞書", "Dictionary")) } th scope="col" { (ask.say("版", "Version")) } th.number scope="col" { (ask.say("ファイル", "Files")) } th scope="col" { "SHA-256" } th scope="col" { (ask.say("記録", "Recorded")) } th scope="col" { (ask.say("現在", "Now")) } } }
            tbody { @for (name, (when, set)) in &organisation.dictionaries { tr {
                th scope="row" { (name) } td { (set.version) } td.number { (set.files) } td.small { (set.content.to_string()[..16].to_owned()) } td.day { (ask.local(*when)) }
                td { @match looked(&set.folder) { Ok((_, content)) if content == set.content => { span.state-met { (ask.say("同じ", "the same")) } }, Ok(_) => { span.state-overdue { (ask.say("変わっています", "changed")) } }, Err(_) => { span.state-overdue { (ask.say("見つかりません", "not found")) } } } }
            } } }
        } } }
        @if ask.may(Action::SetCalendar, None) && !ask.is_past() {
            h2 { (ask.say("定める", "State one")) }
            form.stack method="post" action="/administration/dictionaries" {
                (hidden(ask, "dictionary", organisation.sequence))
                (field(ask, "dictionary", "dictionary", ask.say("名前", "Name"), ask.say("例: meddra-j", "such as meddra-j"), ""))
                (field(ask, "dictionary", "version", ask.say("版", "Version"), "", ""))
                (field(ask, "dictionary", "folder", ask.say("フォルダー（サーバー上）", "Folder, on the server"), "", ""))
                (field(ask, "dictionary", "reason", ask.say("理由（改めるとき）", "Why, if it is changed"), "", ""))
                p.actions { button { (ask.say("記録する", "Record it")) } }
            }
        }
    };
    Ok(frame::page(ask, ask.say("辞書", "Dictionaries"), body))
}

/// How many files stand in a folder, and what tells them from others. Only files are looked at, at most a thousand, none above 256 MiB.
fn looked(folder: &str) -> std::io::Result<(u32, journal::Hash)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)?.take(1000) {
        let entry = entry?;
        let metadata = entry.metadata()?;
        if metadata.is_file() && metadata.len() <= 256 << 20 {
            files.push((entry.file_name(), metadata.len(), entry.path()));
        }
    }
    files.sort();
    let mut all = Vec::new();
    for (name, length, path) in &files {
        all.extend(name.as_encoded_bytes());
        all.extend(length.to_be_bytes());
        all.extend(journal::Hash::of(&[&std::fs::read(path)?]).0);
    }
    Ok((u32::try_from(files.len()).unwrap_or(u32::MAX), journal::Hash::of(&[&all])))
}

/// Says where a dictionary stands.
///
/// # Errors
/// There is no such folder, or it is refused.
pub fn set_dictionary(ask: &Ask<'_>) -> Reply {
    let folder = ask.needed("folder", "フォルダー", "the folder")?.to_owned();
    let (files, content) = looked(&folder).ok().filter(|(files, _)| *files > 0).ok_or_else(|| {
        Trouble::unfit(
            "サーバー上のそのフォルダーに、読めるファイルがありません",
            "there is no file that can be read in that folder of the server",
            "フォルダーの場所とアクセス権を確かめてください",
            "check where it is, and its permissions",
        )
    })?;
    let set = DictionarySet {
        dictionary: ask.needed("dictionary", "名前", "the name")?.to_owned(),
        version: ask.needed("version", "版", "the version")?.to_owned(),
        folder,
        files,
        content,
    };
    ask.house.desk.organisation(&Command::SetDictionary(set), &ask.context(0)?)?;
    Ok(Answer::go("/administration/dictionaries"))
}

/// How the record stands, and its backups.
///
/// # Errors
/// The journal cannot be read.
pub fn backup(ask: &Ask<'_>) -> Reply {
    let organisation = &ask.state.organisation;
    let folder = ask.house.place.folder.display().to_string();
    let heads = ask.house.reader()?.heads()?;
    let taken = last_backup(ask)?;
    let body = html! {
        p.answer {
            @match &taken {
                Some((when, words)) => { (ask.say("最後のバックアップ: ", "Last backup: ")) (ask.local(*when)) "　" (words) },
                None => { span.state-overdue { (ask.say("バックアップはまだ取られていません。", "No backup was taken yet.")) } },
            }
        }
        dl.facts {
            dt { (ask.say("置き場所", "Store")) } dd { (ask.house.place.store) }
            dt { (ask.say("記録の数", "Entries")) } dd { (heads.iter().map(|head| head.sequence).sum::<u64>()) }
            dt { (ask.say("最後に署名された先頭値", "Heads last signed")) } dd { @match &organisation.signed { Some((when, signed)) => { (ask.local(*when)) "　" (signed.heads.len()) (ask.say(" 本の連鎖", " chains")) }, None => { "—" } } }
        }
        h2 { (ask.say("連鎖の先頭", "Heads of the chains")) }
        div.wide tabindex="0" { table.full.cards {
            thead { tr { th scope="col" { (ask.say("連鎖", "Chain")) } th.number scope="col" { (ask.say("記録", "Entries")) } th scope="col" { (ask.say("最後", "Last")) } th scope="col" { "SHA-256" } } }
            tbody { @for head in &heads { tr { th scope="row" { (head.chain.to_string()) } td.number { (head.sequence) } td.day { (ask.local(head.recorded)) } td.small { code { (head.hash) } } } } }
        } }
        h2 { (ask.say("バックアップと復元", "Backup and restore")) }
        p { (ask.say("運用中でも、サーバーの機械で次のように取れます。検証済みの一つのファイルになります。", "While others work, on the server’s machine; one verified file comes of it:")) }
        pre { "mimamori backup " (folder) " backup.sqlite --as " (ask.person()) "\nmimamori restore backup.sqlite " (ask.say("新しいフォルダー", "NEW-FOLDER")) " --as " (ask.person()) "\nmimamori verify " (folder) }
    };
    Ok(frame::page(ask, ask.say("記録とバックアップ", "Record and backup"), body))
}

/// The last note of a backup, looked for among the latest reads.
fn last_backup(ask: &Ask<'_>) -> Result<Option<(journal::Moment, String)>, Trouble> {
    const LOOKED: u64 = 50_000;
    let mut store = ask.house.reader()?;
    let last = store.heads()?.iter().find(|head| head.chain == journal::Chain::Reads).map_or(0, |head| head.sequence);
    let mut found = None;
    store.read(&journal::Chain::Reads, last.saturating_sub(LOOKED), &mut |entry| {
        if entry.draft.kind == "backup-taken" {
            found = Some((entry.draft.recorded, ask.words(&operation::told(&entry)).to_owned()));
        }
        std::ops::ControlFlow::Continue(())
    })?;
    Ok(found)
}
