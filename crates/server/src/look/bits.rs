//! What many pages share.

use calendar::Date;
use diagnostic::{Finding, Severity};
use maud::{Markup, PreEscaped, html};
use operation::deadline::{Deadline, Status};

use crate::ask::Ask;
use crate::chance;

/// The key of the session in a form.
#[must_use]
pub fn form_key(ask: &Ask<'_>) -> Markup {
    let key = ask.session.as_ref().map_or("", |session| &session.form_key);
    html! {
        input type="hidden" name="key" value=(key);
        // a form on a page of the past records nothing
        @if ask.is_past() { input type="hidden" name="past" value="yes"; }
    }
}

/// What a form that records something carries: the key of the session, the form's name, the place of what was seen, and a key for the
/// command, so that it is recorded once however often it is sent.
#[must_use]
pub fn hidden(ask: &Ask<'_>, form: &str, seen: u64) -> Markup {
    // a form that is shown again after it was refused is a new command
    let command = chance::bytes::<16>().map_or_else(|_| String::new(), chance::hex);
    html! {
        (form_key(ask))
        input type="hidden" name="form" value=(form);
        input type="hidden" name="seen" value=(seen);
        input type="hidden" name="command" value=(command);
    }
}

/// A field of one line with its label above.
#[must_use]
pub fn field(ask: &Ask<'_>, form: &str, name: &str, label: &str, hint: &str, value: &str) -> Markup {
    let id = format!("{form}-{name}");
    let hinted = (!hint.is_empty()).then(|| format!("{id}-hint"));
    html! {
        label for=(id) { (label) }
        @if let Some(hinted) = &hinted { p.hint id=(hinted) { (hint) } }
        input type="text" id=(id) name=(name) value=(ask.shown(form, name, value)) aria-describedby=[hinted.as_ref()];
    }
}

/// A field of a day.
#[must_use]
pub fn day_field(ask: &Ask<'_>, form: &str, name: &str, label: &str, value: &str) -> Markup {
    let id = format!("{form}-{name}");
    html! {
        label for=(id) { (label) }
        input.short type="date" id=(id) name=(name) value=(ask.shown(form, name, value));
    }
}

/// A field of several lines.
#[must_use]
pub fn area(ask: &Ask<'_>, form: &str, name: &str, label: &str, hint: &str, rows: usize) -> Markup {
    let id = format!("{form}-{name}");
    let hinted = (!hint.is_empty()).then(|| format!("{id}-hint"));
    html! {
        label for=(id) { (label) }
        @if let Some(hinted) = &hinted { p.hint id=(hinted) { (hint) } }
        textarea id=(id) name=(name) rows=(rows) aria-describedby=[hinted.as_ref()] { (ask.shown(form, name, "")) }
    }
}

/// Password and number, where somebody proves anew who they are.
#[must_use]
pub fn proof(ask: &Ask<'_>, form: &str) -> Markup {
    html! {
        input type="text" name="who" value=(ask.person()) autocomplete="username" hidden;
        label for={ (form) "-password" } { (ask.say("パスワード", "Password")) }
        p.hint id={ (form) "-password-hint" } { (ask.say("署名や権限の変更のたびに、改めて本人を確かめます。", "Who signs, or lets others in, proves who they are each time.")) }
        input type="password" id={ (form) "-password" } name="password" autocomplete="current-password" required aria-describedby={ (form) "-password-hint" };
        label for={ (form) "-number" } { (ask.say("認証アプリの番号（設定している場合）", "Number of your authenticator, if you have one")) }
        input.short type="text" inputmode="numeric" id={ (form) "-number" } name="number" autocomplete="one-time-code";
    }
}

/// A query string of pairs, with its question mark; empty if there are none.
#[must_use]
pub fn query_of(pairs: &[(String, String)]) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs);
    format!("?{}", query.finish())
}

/// A day with its weekday.
#[must_use]
pub fn weekday(ask: &Ask<'_>, day: Date) -> String {
    let n = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs() % 7);
    let ja = ["月", "火", "水", "木", "金", "土", "日"];
    let en = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    if ask.is_japanese() { format!("{day}（{}）", ja[n]) } else { format!("{day} {}", en[n]) }
}

/// A day as an element.
#[must_use]
pub fn day(ask: &Ask<'_>, day: Date) -> Markup {
    html! { time datetime=(day.to_string()) { (weekday(ask, day)) } }
}

/// How a deadline stands: by shape, word and colour.
#[must_use]
pub fn standing(ask: &Ask<'_>, deadline: &Deadline, as_of: Date) -> Markup {
    let words = deadline.status.words();
    let words = ask.words(&words);
    let soon = deadline.warn.is_some_and(|warn| warn <= as_of);
    match &deadline.status {
        Status::Met(_) => html! { span.state-met { (words) } },
        Status::Open { .. } if soon => html! { span.state-due.state-soon { (words) } },
        Status::Open { .. } => html! { span.state-due { (words) } },
        Status::Overdue { .. } => html! { span.state-overdue { (words) } },
        Status::Unrecorded | Status::Unknown { .. } => html! { span.state-none { (words) } },
    }
}

/// How grave a finding is, in a word.
#[must_use]
pub fn severity(ask: &Ask<'_>, severity: Severity) -> Markup {
    let (class, words) = match severity {
        Severity::Error => ("tag error", ask.say("要修正", "error")),
        Severity::Warning => ("tag warning", ask.say("要確認", "warning")),
        Severity::Info => ("tag", ask.say("参考", "information")),
    };
    html! { span class=(class) { (words) } }
}

/// A finding as it stands in a margin; `edit` gives the address at which the place is mended.
#[must_use]
pub fn finding(ask: &Ask<'_>, finding: &Finding, edit: &dyn Fn(&str, u32) -> Option<String>) -> Markup {
    let class = match finding.severity {
        Severity::Error => "finding error",
        Severity::Warning => "finding warning",
        Severity::Info => "finding",
    };
    html! {
        div class=(class) {
            p { (severity(ask, finding.severity)) " " strong { (ask.words(&finding.message)) } }
            @if !ask.words(&finding.hint).is_empty() { p { (ask.words(&finding.hint)) } }
            @for span in finding.spans.iter().take(3) {
                p.small {
                    @let line = span.line.unwrap_or(1);
                    @match edit(&span.file, line) {
                        Some(link) => { a href=(link) { (span.file) ":" (line) } }
                        None => { span.quiet { (span.file) ":" (line) } }
                    }
                    @if !span.excerpt.is_empty() { " 「" (cut(&span.excerpt, 60)) "」" }
                }
            }
            details {
                summary { (finding.code) }
                p { (ask.words(&finding.why)) }
                @if !ask.words(&finding.source).is_empty() { p.quiet { (ask.words(&finding.source)) } }
            }
        }
    }
}

/// So many letters of a text, and a sign where there are more.
#[must_use]
pub fn cut(text: &str, letters: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= letters { line } else { line.chars().take(letters.saturating_sub(1)).collect::<String>() + "…" }
}

/// A picture of ours.
#[must_use]
pub fn picture(svg: &str) -> Markup {
    let start = svg.find("<svg").unwrap_or(0);
    html! { div.picture { (PreEscaped(&svg[start..])) } }
}

/// What will stand here, and the first thing to do.
#[must_use]
pub fn empty(words: &str) -> Markup {
    html! { p.empty { (words) } }
}
