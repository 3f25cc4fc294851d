//! Editing: by forms and in the source, with what the check finds while one types. Both write the same minimal change of the text.

use maud::{Markup, html};
use operation::product::{MAIN, Product};
use operation::{Refusal, Undone};
use plan::Folder;
use plan::source::FileKind;

use super::of::{Shown, shown};
use super::read::findings;
use crate::answer::{Answer, Reply, Trouble};
use crate::ask::Ask;
use crate::edit::three::{Both, is_marked, merged};
use crate::edit::{Entry, Field, Group, Kind, applied, fields, sections};
use crate::look::bits::{empty, field, hidden};
use crate::look::frame;
use crate::record::revise::{head, revised};

/// The files of the plan.
///
/// # Errors
/// There is no plan.
pub fn list(ask: &Ask<'_>) -> Reply {
    let shown = shown(ask)?;
    let plan = &shown.plan.plan;
    let line = ask.query("line").unwrap_or(MAIN);
    let link = |path: &str| format!("/p/{}/edit/{path}{}", shown.id, of_line(line));
    let group = |folder: &str| {
        let of: Vec<_> = shown
            .plan
            .folder
            .iter()
            .map(|(path, _)| path)
            .filter(|path| path.split_once('/').map_or("", |(folder, _)| folder) == folder)
            .collect();
        of.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let name = |path: &str| match FileKind::of(path) {
        FileKind::Concern(id) | FileKind::Efficacy(id) | FileKind::Activity(id) => super::plan::name(ask, &id, plan),
        FileKind::English(_, id) => format!("{} ({})", super::plan::name(ask, &id, plan), ask.say("英語", "English")),
        FileKind::Plan => {
            ask.say("品目、効能、承認条件、経緯、提出、用語", "product, indications, conditions, history, submissions").to_owned()
        }
        FileKind::Studies => ask.say("引用する試験と例数", "the studies cited, and their sizes").to_owned(),
        _ => String::new(),
    };
    let body = html! {
        p.answer { @if line == MAIN { (ask.say("計画のどの部分を編集しますか。", "Which part do you edit?")) } @else { (ask.say("案を編集しています: ", "You edit the draft: ")) strong { (line) } } }
        p.quiet { (ask.say("改訂", "Revision ")) (shown.number) "　" (ask.say("保存すると次の改訂として記録されます。", "What you save is recorded as the next revision.")) }
        @for (folder, title) in [
            ("", ask.say("事実", "Facts")), ("concerns", ask.say("安全性検討事項", "Safety concerns")),
            ("efficacy", ask.say("有効性に関する検討事項", "Efficacy concerns")), ("activities", ask.say("追加の活動", "Additional activities")),
        ] {
            @let files = group(folder);
            @if !files.is_empty() {
                h2 { (title) }
                div.wide tabindex="0" { table.full.cards { thead.away { tr { th scope="col" { (ask.say("ファイル", "File")) } th scope="col" { (ask.say("内容", "Content")) } } }
                    tbody { @for path in files { tr data-row="" { th scope="row" { a href=(link(&path)) { (path) } } td { (name(&path)) } } } } } }
            }
        }
        h2 { (ask.say("新しく加える", "Add")) }
        form.actions method="get" action={ "/p/" (shown.id) "/edit-new" } {
            input type="hidden" name="line" value=(line);
            div { label for="kind" { (ask.say("種類", "What")) }
                select id="kind" name="kind" {
                    option value="concerns" { (ask.say("安全性検討事項", "a safety concern")) }
                    option value="efficacy" { (ask.say("有効性に関する検討事項", "an efficacy concern")) }
                    option value="activities" { (ask.say("追加の活動", "an additional activity")) }
                } }
            div { label for="new-id" { (ask.say("識別子（英小文字・数字・-）", "Identifier (a–z, 0–9, -)")) } input.short type="text" id="new-id" name="id" pattern="[a-z0-9-]+"; }
            button.second { (ask.say("加える", "Add")) }
        }
    };
    Ok(frame::product_page(ask, ask.say("計画の編集", "Edit the plan"), body))
}

/// Goes to the page of a new file.
///
/// # Errors
/// The identifier does not do.
pub fn new(ask: &Ask<'_>) -> Reply {
    let kind = ask.query("kind").filter(|kind| ["concerns", "efficacy", "activities"].contains(kind));
    let id = ask.query("id").filter(|id| {
        !id.is_empty() && id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    });
    let (Some(kind), Some(id)) = (kind, id) else {
        return Err(Trouble::unfit(
            "識別子が使えません",
            "this cannot be an identifier",
            "英小文字・数字・ハイフンで付けてください",
            "use a–z, 0–9 and -",
        ));
    };
    Ok(Answer::go(&format!("/p/{}/edit/{kind}/{id}.md{}", ask.part("product"), of_line(ask.query("line").unwrap_or(MAIN)))))
}

fn of_line(line: &str) -> String {
    if line == MAIN { String::new() } else { format!("?line={}", form_urlencoded::byte_serialize(line.as_bytes()).collect::<String>()) }
}

/// The path of the file that is edited: a file of a plan, and nothing else.
fn path(ask: &Ask<'_>) -> Result<String, Trouble> {
    let path = ask.part("path");
    let known = crate::edit::shape(path).is_some();
    let plain = path.split('/').all(|part| !part.is_empty() && part != "." && part != "..") && !path.contains(['\\', '\0']);
    if known && plain { Ok(path.to_owned()) } else { Err(Trouble::unknown("このファイル", "such file")) }
}

/// The text of a new file.
fn begun(path: &str) -> &'static str {
    match FileKind::of(path) {
        FileKind::Concern(_) => "+++\nclass = \"identified\"\nname = \"\"\n+++\n# 理由\n\n# 監視\n\n# 最小化\n",
        FileKind::Efficacy(_) => "+++\nname = \"\"\n+++\n# 理由\n\n# 調査\n",
        FileKind::Activity(_) => "+++\nkind = \"material\"\nname = \"\"\n+++\n# 目的\n\n# 方法\n",
        _ => "",
    }
}

/// The page on which a file is edited.
///
/// # Errors
/// There is no such file.
pub fn page(ask: &Ask<'_>) -> Reply {
    let shown = shown(ask)?;
    let path = path(ask)?;
    let text = text(&shown, &path);
    if ask.is_past() {
        let body = html! {
            p { (ask.say("その時点のソースです。編集は、現在に戻ってから行えます。", "The source as it was then; it can be edited once you are back in the present.")) }
            pre { (text) }
        };
        return Ok(frame::product_page(ask, &path, body));
    }
    let both = conflict(ask, &shown, &path)?;
    // a form that is shown again for another reason still goes back to the revision it was made from
    let parent = ask
        .typed("parent")
        .and_then(|number| number.parse().ok())
        .filter(|_| ask.problem.is_some() && both.is_none())
        .unwrap_or(shown.number);
    // what was typed stands in the source, whether it came by the form or by the source itself
    let typed = match ask.problem.as_ref() {
        // both in one text: it cannot be recorded before a person has made one of them
        Some(_) if both.is_some() => both.as_ref().map(|both| both.marked.clone()).unwrap_or_default(),
        Some(_) if ask.field("form") == "source" => ask.field("source").replace("\r\n", "\n"),
        Some(_) => applied(&path, &text, &ask.form).unwrap_or_else(|_| text.clone()),
        None => text.clone(),
    };
    let line = ask.query("line").unwrap_or(MAIN).to_owned();
    let here: Vec<_> =
        shown.plan.report.findings.iter().filter(|finding| finding.spans.first().is_some_and(|span| span.file == path)).cloned().collect();
    let action = format!("/p/{}/edit/{path}{}", shown.id, of_line(&line));
    let check = format!("/p/{}/check/{path}{}", shown.id, of_line(&line));
    let body = html! {
        p.quiet { a href={ "/p/" (shown.id) "/edit" (of_line(&line)) } { (ask.say("ファイルの一覧", "All files")) } "　"
            (ask.say("もとの改訂: ", "made from revision ")) (shown.number) @if line != MAIN { "　" (ask.say("案: ", "draft: ")) (line) } }
        @if let Some(both) = &both { (both_sides(ask, both)) }
        div.two {
            div {
                h2 { (ask.say("項目ごとに編集", "By fields")) }
                @match fields(&path, &typed).filter(|_| both.is_none()) {
                    Some(entries) => {
                        form method="post" action=(action) data-draft="fields" data-based=(parent) data-check=(check) {
                            (hidden(ask, "fields", shown.product.sequence))
                            input type="hidden" name="parent" value=(parent);
                            (group_of(ask, &entries))
                            @for section in sections(&path, &typed) {
                                label for={ "section-" (section.name) } { "# " (section.name) }
                                @if !section.doc.0.is_empty() { p.hint { (ask.pair(section.doc)) } }
                                textarea id={ "section-" (section.name) } name={ "section:" (section.name) } rows=(rows(&section.text)) { "\n" (section.text) }
                            }
                            (why(ask, "fields", &shown))
                        }
                    },
                    None if both.is_some() => { (empty(ask.say("二人の変更を、ソースで一つにしてください。印（<<<<<<<、>>>>>>>）の間が食い違う所です。", "Make one of both changes in the source: they differ between the marks (<<<<<<<, >>>>>>>)."))) },
                    None => { (empty(ask.say("この文書は、ソースで編集してください。", "Edit this file in its source."))) },
                }
            }
            div {
                h2 #source { (ask.say("ソースで編集", "In the source")) }
                form method="post" action=(action) data-draft="source" data-based=(parent) data-check=(check) {
                    (hidden(ask, "source", shown.product.sequence))
                    input type="hidden" name="parent" value=(parent);
                    label.away for="source-text" { (ask.say("ソース", "Source")) }
                    textarea.source id="source-text" name="source" rows="30" spellcheck="false" { "\n" (typed) }
                    (why(ask, "source", &shown))
                }
                h2 { (ask.say("点検", "Check")) }
                div id="findings" aria-live="polite" { (findings(ask, shown.id, &here)) }
            }
        }
    };
    Ok(frame::product_page(ask, &path, body))
}

fn text(shown: &Shown<'_>, path: &str) -> String {
    shown.plan.folder.get(path).map_or_else(|| begun(path).to_owned(), |bytes| String::from_utf8_lossy(bytes).into_owned())
}

fn rows(text: &str) -> usize {
    let wrapped: usize = text.lines().map(|line| 1 + line.chars().count() / 36).sum();
    wrapped.clamp(3, 24)
}

fn why(ask: &Ask<'_>, form: &str, shown: &Shown<'_>) -> Markup {
    html! {
        @if shown.number > 0 { (field(ask, form, "reason", ask.say("変更の理由", "Why it is changed"), ask.say("監査証跡と変更の履歴に残ります。", "It stands in the trail."), "")) }
        p.actions { button { (ask.say("改訂として記録する", "Record as a revision")) } span.saved role="status" {} }
    }
}

fn group_of(ask: &Ask<'_>, entries: &[Entry]) -> Markup {
    html! { @for entry in entries { @match entry { Entry::Field(field) => (input(ask, field)), Entry::Group(group) => (fieldset(ask, group)) } } }
}

fn fieldset(ask: &Ask<'_>, group: &Group) -> Markup {
    let title = ask.say(&group.title.0, &group.title.1);
    html! {
        details.group open[group.is_stated && group.entries.len() < 6] {
            summary { (title) @if let Some(first) = first(group) { span.quiet { "　" (first) } } }
            fieldset { legend.away { (title) } (group_of(ask, &group.entries)) }
        }
    }
}

/// What a table is about: its first value, for its closed heading.
fn first(group: &Group) -> Option<String> {
    let values = group.entries.iter().filter_map(|entry| match entry {
        Entry::Field(field) if !field.value.is_empty() => Some(crate::look::bits::cut(&field.value, 40)),
        _ => None,
    });
    let all: Vec<_> = values.take(2).collect();
    (!all.is_empty()).then(|| all.join(" · "))
}

fn input(ask: &Ask<'_>, field: &Field) -> Markup {
    let name = format!("key:{}", field.name);
    let id = format!("key-{}", field.name.replace('/', "-"));
    let hint = format!("{id}-hint");
    let doc = ask.pair((field.doc.0.trim(), field.doc.1.trim()));
    html! {
        label for=(id) { (doc.trim_end_matches(['。', '.'])) @if field.required { " " span.tag { (ask.say("必須", "required")) } } }
        p.hint id=(hint) { code { (field.key) } @if field.value.is_empty() { "　" (ask.say("例: ", "such as ")) code { (crate::look::bits::cut(field.example, 60)) } }
            @if field.kind == Kind::Lines { "　" (ask.say("一行に一つ", "one a line")) } @if field.kind == Kind::Toml { "　TOML" } }
        @match field.kind {
            Kind::Choice(variants) => {
                select id=(id) name=(name) aria-describedby=(hint) {
                    option value="" { "—" }
                    @for variant in variants { option value=(variant.text) selected[variant.text == field.value] { (ask.pair((variant.doc.0.trim(), variant.doc.1.trim()))) (ask.say("（", " (")) (variant.text) (ask.say("）", ")")) } }
                    @if !field.value.is_empty() && variants.iter().all(|variant| variant.text != field.value) { option value=(field.value) selected { (field.value) } }
                }
            },
            Kind::Boolean => { select id=(id) name=(name) aria-describedby=(hint) {
                option value="" { "—" } option value="true" selected[field.value == "true"] { (ask.say("はい", "yes")) } option value="false" selected[field.value == "false"] { (ask.say("いいえ", "no")) }
            } },
            Kind::Day => { input.short type="date" id=(id) name=(name) value=(field.value) aria-describedby=(hint); },
            Kind::Text | Kind::Lines => { textarea id=(id) name=(name) rows=(rows(&field.value)) aria-describedby=(hint) { "\n" (field.value) } },
            Kind::Line | Kind::Toml => { input type="text" id=(id) name=(name) value=(field.value) aria-describedby=(hint); },
        }
    }
}

/// The folder with the edited file.
fn edited(ask: &Ask<'_>, path: &str, folder: &Folder) -> Result<Folder, Trouble> {
    let before = folder.get(path).map_or_else(|| begun(path).to_owned(), |bytes| String::from_utf8_lossy(bytes).into_owned());
    let text = if ask.field("form") == "fields" {
        applied(path, &before, &ask.form).map_err(|mistake| {
            let (ja, en) = (format!("{}: {}", mistake.field, mistake.what.ja), format!("{}: {}", mistake.field, mistake.what.en));
            Trouble::unfit(ja, en, "その項目を直してから、もう一度記録してください", "mend that field, and record again")
        })?
    } else {
        // browsers send line breaks as networks do; the file has those of the source
        ask.field("source").replace("\r\n", "\n")
    };
    let mut folder = folder.clone();
    if text.trim().is_empty() && path != "plan.toml" {
        folder.remove(path);
    } else {
        folder.insert(path, text);
    }
    Ok(folder)
}

/// Checks what is typed: a piece of a page.
///
/// # Errors
/// There is no such file.
pub fn check(ask: &Ask<'_>) -> Reply {
    let shown = shown(ask)?;
    let path = path(ask)?;
    let folder = edited(ask, &path, &shown.plan.folder)?;
    let check = plan::check::check_on_its_day(&folder, ask.today());
    let here: Vec<_> = check.report.findings.into_iter().filter(|finding| finding.spans.iter().any(|span| span.file == path)).collect();
    Ok(Answer::page(findings(ask, shown.id, &here)))
}

/// Records the edited file as a revision. If somebody recorded another one meanwhile, both are put together where they do not touch the
/// same lines; else both are shown.
///
/// # Errors
/// It is refused, or both changed the same lines.
pub fn save(ask: &Ask<'_>) -> Reply {
    let shown = shown(ask)?;
    let path = path(ask)?;
    let line = ask.query("line").unwrap_or(MAIN);
    let parent = ask.typed("parent").and_then(|number| number.parse::<u32>().ok()).unwrap_or(shown.number);
    let (head, revision) = head(shown.product, line).ok_or_else(|| Trouble::unknown("この案", "such draft"))?;
    let standing = ask.house.files(head, revision)?;
    let base = base(ask, shown.product, parent)?;
    if ask.field("form") == "source" && is_marked(ask.field("source")) {
        return Err(Trouble::unfit(
            "食い違いの印（<<<<<<<、>>>>>>>）が残っています",
            "marks of the merge (<<<<<<<, >>>>>>>) are left",
            "両方を見比べて一つにし、印を消してから記録してください",
            "make one of both, take the marks out, and record again",
        ));
    }
    let mine = edited(ask, &path, &base)?;
    let folder = if parent == head {
        mine
    } else {
        let (folder, both) = merged(&base, &standing, &mine);
        if !both.is_empty() {
            let by = ask.name_of(&revision.author).to_owned();
            return Err(Trouble::new(
                409,
                diagnostic::Problem::new(
                    diagnostic::Words::new(
                        format!("編集中に、{by} が改訂{head}を記録し、同じ行が変わりました"),
                        format!("{by} recorded revision {head} while you edited, and the same lines changed"),
                    ),
                    diagnostic::Words::new(
                        "何も失われていません。下で両方を見比べ、ソースで一つにしてから記録してください",
                        "nothing is lost: look at both below, make one of them in the source, and record it",
                    ),
                ),
            ));
        }
        folder
    };
    let number = record(ask, shown.id, shown.product, line, head, &folder)?;
    Ok(Answer::go(&format!("/p/{}/versions/{number}", shown.id)))
}

fn base(ask: &Ask<'_>, product: &Product, parent: u32) -> Result<Folder, Trouble> {
    let revision = product.revisions.get(&parent).ok_or_else(|| Trouble::new(404, crate::house::no_revision(parent)))?;
    Ok(ask.house.files(parent, revision)?)
}

/// Records a folder as the revision after `head`: its number.
///
/// # Errors
/// It is refused.
pub fn record(ask: &Ask<'_>, id: &str, product: &Product, line: &str, head: u32, folder: &Folder) -> Result<u32, Trouble> {
    let before = product.revisions.get(&head).map(|revision| ask.house.compiled(head, revision, ask.today())).transpose()?;
    let made = revised(line, before.as_ref().map(|plan| (head, &plan.plan)), folder, ask.today())?;
    let context = ask.context(made.files)?;
    let entries = ask.house.desk.product(id, &made.command, &context).map_err(|undone| match undone {
        Undone::Refused(Refusal::Conflict(_)) => Trouble::from(undone).with_hint(
            "同時に別の改訂が記録されました。もう一度「記録する」を押すと、両方を一つにします",
            "another revision was recorded at the same moment: record again, and both are put together",
        ),
        other => Trouble::from(other),
    })?;
    match super::act::first(&entries) {
        Some(operation::product::Event::RevisionRecorded(revision)) => Ok(revision.revision),
        _ => Err(Trouble::unknown("記録した改訂", "revision that was recorded")),
    }
}

/// Where the form that is shown again collided with what somebody else recorded.
fn conflict(ask: &Ask<'_>, shown: &Shown<'_>, path: &str) -> Result<Option<Both>, Trouble> {
    let Some(parent) = ask.typed("parent").and_then(|number| number.parse::<u32>().ok()).filter(|_| ask.problem.is_some()) else {
        return Ok(None);
    };
    let line = ask.query("line").unwrap_or(MAIN);
    let Some((head, revision)) = head(shown.product, line).filter(|(head, _)| *head != parent) else { return Ok(None) };
    let standing = ask.house.files(head, revision)?;
    let base = base(ask, shown.product, parent)?;
    let mine = edited(ask, path, &base)?;
    let (_, both) = merged(&base, &standing, &mine);
    Ok(both.into_iter().find(|both| both.path == path))
}

fn both_sides(ask: &Ask<'_>, both: &Both) -> Markup {
    html! {
        h2 { (ask.say("二人の変更", "Both changes")) }
        div.two {
            div { h3 { (ask.say("記録された版", "As it was recorded")) } pre { (lines(&both.base, &both.theirs)) } }
            div { h3 { (ask.say("あなたの版", "Yours")) } pre { (lines(&both.base, &both.mine)) } }
        }
    }
}

/// The lines of a text that are not in another.
fn lines(base: &str, text: &str) -> Markup {
    let known: std::collections::BTreeSet<&str> = base.lines().collect();
    html! { @for line in text.lines() { @if known.contains(line) { (line) "\n" } @else { ins { (line) } "\n" } } }
}

/// What merging a draft into the plan in force gives.
///
/// # Errors
/// There is no such draft.
pub fn merge(ask: &Ask<'_>) -> Reply {
    let (id, product) = ask.product()?;
    let line = ask.query("line").unwrap_or_default();
    let Merge { base, theirs, mine, all, both } = merge_of(ask, product, line)?;
    let compared = plan::difference::difference(&plan::read::read(&theirs).plan, &plan::read::read(&all).plan);
    let body = html! {
        p.answer {
            @if mine == base { (ask.say("この案では、まだ何も変わっていません。", "Nothing has changed in this draft yet.")) }
            @else if both.is_empty() { @if ask.is_japanese() { "食い違いなく取り込めます（変更 " (compared.changes.len()) " 件）。" } @else { "It can be merged: " (compared.changes.len()) " changes, none in the way of another." } }
            @else if ask.is_japanese() { (both.len()) " つのファイルで、本体と案が同じ行を変えています。下で一つにしてください。" }
            @else { (both.len()) " files were changed at the same lines by both: make one of them below." }
        }
        form method="post" action={ "/p/" (id) "/merge?line=" (form_urlencoded::byte_serialize(line.as_bytes()).collect::<String>()) } data-draft="merge" {
            (hidden(ask, "merge", product.sequence))
            @for one in &both {
                h3 { (one.path) }
                (both_sides(ask, one))
                label for={ "file-" (one.path) } { (ask.say("一つにしたもの", "Made one")) }
                textarea.source id={ "file-" (one.path) } name={ "file:" (one.path) } rows="24" spellcheck="false" { "\n" (ask.shown("merge", &format!("file:{}", one.path), &one.marked)) }
            }
            @if mine != base {
                (field(ask, "merge", "reason", ask.say("理由", "Why"), "", &merged_words(ask, line)))
                p.actions { button { (ask.say("本体の改訂として記録する", "Record it as a revision of the plan in force")) } }
            }
        }
        @if both.is_empty() && !compared.changes.is_empty() {
            h2 { (ask.say("本体に加わる変更", "What the plan in force would change")) }
            @for change in &compared.changes { (super::difference::one(ask, change)) }
        }
    };
    let title = if ask.is_japanese() { format!("案「{line}」の取り込み") } else { format!("Merge the draft “{line}”") };
    Ok(frame::product_page(ask, &title, body))
}

fn merged_words(ask: &Ask<'_>, line: &str) -> String {
    if ask.is_japanese() { format!("案「{line}」を取り込む") } else { format!("merged the draft “{line}”") }
}

struct Merge {
    base: Folder,
    theirs: Folder,
    mine: Folder,
    all: Folder,
    both: Vec<Both>,
}

fn merge_of(ask: &Ask<'_>, product: &Product, line: &str) -> Result<Merge, Trouble> {
    let unknown = || Trouble::unknown("この案", "such draft");
    let (mut at, draft) = head(product, line).filter(|_| line != MAIN).ok_or_else(unknown)?;
    let mine = ask.house.files(at, draft)?;
    let (main, standing) = head(product, MAIN).ok_or_else(unknown)?;
    let theirs = ask.house.files(main, standing)?;
    // the revision from which both began
    while let Some(revision) = product.revisions.get(&at).filter(|revision| revision.line == line) {
        match revision.parent {
            Some(parent) => at = parent,
            None => break,
        }
    }
    let base = self::base(ask, product, at)?;
    let (all, both) = merged(&base, &theirs, &mine);
    Ok(Merge { base, theirs, mine, all, both })
}

/// Merges a draft into the plan in force, as a revision of it.
///
/// # Errors
/// It is refused, or marks of the merge are left.
pub fn save_merge(ask: &Ask<'_>) -> Reply {
    let (id, product) = ask.product()?;
    let line = ask.query("line").unwrap_or_default();
    let Merge { mut all, both, .. } = merge_of(ask, product, line)?;
    for one in &both {
        let text = ask.field(&format!("file:{}", one.path)).replace("\r\n", "\n");
        if text.trim().is_empty() || is_marked(&text) {
            return Err(Trouble::unfit(
                format!("{} に食い違いの印が残っています", one.path),
                format!("marks of the merge are left in {}", one.path),
                "両方を見比べて一つにし、印を消してください",
                "make one of both, and take the marks out",
            ));
        }
        all.insert(one.path.clone(), text);
    }
    let main = product.lines.get(MAIN).map_or(0, |line| line.head);
    let number = record(ask, id, product, MAIN, main, &all)?;
    Ok(Answer::go(&format!("/p/{id}/versions/{number}")))
}
