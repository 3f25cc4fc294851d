//! `activities/`.

use plan::prose::SectionKind;
use plan::tables::{ActivityKind, Family};
use terminology::Text;

use super::concerns::{document, rest, section};
use super::designs;
use super::draft::Draft;
use super::rules::{NOT_UNDERSTOOD, VIEWS_DISAGREE};
use super::schedule::{self, Sources};
use super::toml::{Lines, array, quoted};
use super::views::Side;
use crate::heading::{Section, Title};
use crate::model::Activity;
use crate::review::activities::{Entry, LISTS, PLANS};
use crate::review::names::{ActivityName, Relation};
use crate::review::{Mark, periods};

/// Writes the additional activities, finished ones too.
pub fn add(draft: &mut Draft<'_>) {
    let entries = std::mem::take(&mut draft.context.activities);
    for (n, entry) in entries.iter().enumerate() {
        activity(draft, n, entry);
    }
    draft.context.activities = entries;
}

/// The kind of an activity by its name; where the name tells none, by the section it stands in.
fn kind(name: &str, entry: &Entry<'_>) -> ActivityKind {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let watches = entry.plan[0].is_some() || entry.plan[1].is_some() || entry.rows[0].is_some() || entry.rows[1].is_some();
    if has(&["市販直後調査"]) {
        ActivityKind::Eppv
    } else if has(&["一般使用成績調査"]) {
        ActivityKind::GeneralSurvey
    } else if has(&["特定使用成績調査"]) {
        ActivityKind::SpecifiedSurvey
    } else if has(&["比較調査"]) {
        ActivityKind::ComparativeSurvey
    } else if has(&["データベース調査", "データベース研究"]) {
        ActivityKind::DatabaseStudy
    } else if has(&["臨床試験"]) && !has(&["非臨床試験"]) {
        ActivityKind::ClinicalTrial
    } else if has(&["非臨床試験", "毒性試験"]) {
        ActivityKind::Nonclinical
    } else if watches && has(&["長期使用"]) {
        ActivityKind::SpecifiedSurvey
    } else if watches && has(&["使用成績調査"]) {
        ActivityKind::GeneralSurvey
    } else if has(&["資材", "ガイド", "カード", "手帳", "冊子", "リーフレット", "パンフレット"]) {
        let patients =
            has(&["患者向", "患者用", "患者さん", "患者及び", "患者・", "患者とその", "家族向", "患者携帯", "患者カード", "保護者"]);
        if patients && !has(&["医療従事者及び患者"]) { ActivityKind::PatientMaterial } else { ActivityKind::Material }
    } else if has(&["流通管理", "流通", "使用条件", "施設の限定", "適正管理手順"]) {
        ActivityKind::DistributionControl
    } else if has(&["講習", "教育", "eラーニング", "e-ラーニング", "研修", "説明会"]) {
        ActivityKind::Training
    } else if watches {
        ActivityKind::OtherSurveillance
    } else {
        ActivityKind::OtherMinimisation
    }
}

fn slug(kind: ActivityKind) -> &'static str {
    match kind {
        ActivityKind::Material => "guide",
        ActivityKind::PatientMaterial => "patient-guide",
        kind => kind.as_str(),
    }
}

fn activity(draft: &mut Draft<'_>, n: usize, entry: &Entry<'_>) {
    let name = terminology::key(entry.name.as_str());
    let kind = kind(&name, entry);
    let id = draft.ids.activity(slug(kind), &draft.quote(&entry.name.text));
    draft.activity_ids.push(id.clone());
    let of = Sources { name: entry.name.as_str().to_owned(), plan: entry.plan, rows: entry.rows, eppv: kind == ActivityKind::Eppv };
    let mut front = Lines::default();
    front.key("kind", quoted(kind.as_str()));
    names(draft, entry, &mut front);
    front.text("name", &draft.words(&entry.name.text));
    if let Some(number) = periods::indication(&draft.context, entry.name.as_str()).and_then(|i| i.number) {
        front.key("indications", format!("[{number}]"));
    }
    concerns(draft, entry, &mut front);
    efficacy(draft, entry, &mut front);
    let method = schedule::keys(draft, &of, &mut front);
    if name.contains("全例") {
        front.key("all_case", true);
    }
    match kind {
        ActivityKind::Material => front.text("audience", "hcp"),
        ActivityKind::PatientMaterial => front.text("audience", "patient"),
        _ => {}
    }
    front.key("order", (n + 1) * 10);
    schedule::tables(draft, &of, &mut front);
    let own: Vec<&str> = entry.plan.iter().flatten().map(|activity| activity.name.as_str()).collect();
    let target = front.0.lines().find_map(|line| line.strip_prefix("target = ")?.parse().ok());
    designs::add(draft, &own, target, &mut front);
    let body = prose(draft, entry, kind, &method);
    draft.files.insert(format!("activities/{id}.md"), document(&front, &body));
}

/// The other names it goes by, and the views it is missing from.
fn names(draft: &mut Draft<'_>, entry: &Entry<'_>, front: &mut Lines) {
    for &(stated, section, in_summary, relation) in &entry.names {
        if std::ptr::eq(stated, entry.name) {
            continue;
        }
        if relation == Relation::Same || !stated.sure {
            let view = if in_summary { "概要" } else { section.number() };
            let comment = draft.other_name(view, &entry.name.text, &stated.text);
            comment.iter().for_each(|comment| front.comment(comment));
            continue;
        }
        let other = if in_summary { Side::summary(&stated.text) } else { Side::of(section, &stated.text) };
        let severity = if relation == Relation::Wider { diagnostic::Severity::Info } else { diagnostic::Severity::Warning };
        let comment =
            draft.disagree_as(severity, ("活動の名称", "name of the activity"), &[Side::of(entry.section, &entry.name.text), other]);
        front.comment(&comment);
    }
    if let Some(note) = draft.unsure(entry.name, entry.section, "", ("名称", "name")) {
        front.comment(&note);
    }
    let published = draft.published;
    let words = draft.quote(&entry.name.text);
    for n in [0, 2] {
        // the list of efficacy studies holds what stands in 2 as well
        let planned = entry.plan[n].is_some();
        if planned && entry.rows[n].is_none() && published.lists[n].sure && !published.lists[n].rows.is_empty() {
            missing(draft, &words, &entry.name.text, PLANS[n], (LISTS[n].number(), LISTS[n], false), front);
        }
        let listed = published.summary.as_ref().filter(|s| s.activities_sure && !s.activities[n].is_empty());
        if planned && entry.summary[n].is_none() && listed.is_some() {
            missing(draft, &words, &entry.name.text, PLANS[n], ("概要", PLANS[n], true), front);
        }
    }
    let bodiless = entry.plan.iter().all(Option::is_none);
    if bodiless && entry.rows.iter().all(Option::is_none) {
        missing(draft, &words, &entry.name.text, Section::Summary, ("本文", entry.section, false), front);
    } else if bodiless {
        let ongoing = entry.rows.iter().zip(LISTS).find_map(|(row, section)| {
            let status = row.as_ref()?.status.as_ref()?;
            (periods::status(status.as_str()) == Some(periods::Status::Ongoing)).then_some(section)
        });
        if let Some(section) = ongoing {
            missing(draft, &words, &entry.name.text, section, ("本文（2～4）", entry.section, false), front);
        }
    }
}

/// Tells that a view lacks an activity, and shows the heading under which it is missing.
fn missing(draft: &mut Draft<'_>, words: &str, name: &Text, section: Section, lacks: (&str, Section, bool), front: &mut Lines) {
    let (view, place, in_summary) = lacks;
    front.comment(&format!("{view}にはない。"));
    let mut marks = vec![Mark::whole(name, section, "").label("取り込みました", "taken")];
    marks.extend(draft.context.heading(place, in_summary).map(|mark| mark.label("ここにない", "missing here")));
    draft.tell(
        &VIEWS_DISAGREE,
        (format!("「{words}」は{view}にありません。取り込みました"), format!("“{words}” is missing from {view}; it was taken")),
        ("活動でなければファイルを消してください。", "if it is no activity, delete its file"),
        &marks,
    );
}

/// The concerns it covers: those it lists itself; those that choose it in 1.1 where it lists none.
fn concerns(draft: &mut Draft<'_>, entry: &Entry<'_>, front: &mut Lines) {
    let mut covered: Vec<usize> = Vec::new();
    let mut comments: Vec<String> = Vec::new();
    let published = draft.published;
    let matrix = std::mem::take(&mut draft.context.matrix);
    let listed = std::mem::take(&mut draft.context.listed);
    let owns = |activity: &Activity| entry.plan.iter().flatten().any(|own| std::ptr::eq(*own, activity));
    for cell in matrix.iter().filter(|cell| owns(cell.activity)) {
        let Some(concern) = published.concerns.iter().position(|c| std::ptr::eq(c, cell.concern)) else { continue };
        let lists = !cell.activity.concerns.is_empty();
        let taken = if lists { cell.listed } else { cell.declared };
        if taken && !covered.contains(&concern) {
            covered.push(concern);
        }
        if cell.sure && cell.declared != cell.listed {
            let words = draft.quote(&cell.concern.name.text);
            let activity = draft.quote(&entry.name.text);
            let number = cell.section.number();
            let (has, lacks) = if cell.listed { (number, "1.1") } else { ("1.1", number) };
            comments.push(format!("「{words}」との対応は {has} にあり、{lacks} にはない。{number} に従った。"));
            let marks: Vec<Mark<'_>> = if cell.listed {
                [cell.listed_mark()].into_iter().flatten().chain([Mark::whole(&cell.concern.name.text, Section::Safety, "")]).collect()
            } else {
                [cell.list_mark()].into_iter().flatten().chain([cell.mention_mark()]).collect()
            };
            draft.tell(
                &VIEWS_DISAGREE,
                (
                    format!("「{words}」と「{activity}」の対応は {has} にあり {lacks} にありません。{number} に従いました"),
                    format!("{has} relates “{words}” to “{activity}”, {lacks} does not; {number} was followed"),
                ),
                ("正しい対応を concerns に書いてください。", "write the right relation in concerns"),
                &marks,
            );
        }
    }
    for listed in listed.iter().filter(|listed| owns(listed.activity)) {
        match listed.concern {
            Some(concern) if listed.relation == Relation::Same => {
                let name = &published.concerns[concern].name.text;
                comments.extend(draft.other_name(listed.section.number(), name, &listed.stated.text));
            }
            Some(concern) => {
                let name = &published.concerns[concern].name.text;
                // told once for all activities that name it so
                let sides = [Side::of(Section::Safety, name), Side::of(listed.section, &listed.stated.text)];
                let known = published.plans.iter().flat_map(|plan| &plan.activities).flat_map(|a| &a.concerns);
                let before = known.take_while(|s| !std::ptr::eq(*s, listed.stated)).any(|s| s.as_str() == listed.stated.as_str());
                if before {
                    comments.push(format!("{}では「{}」。", listed.section.number(), draft.words(&listed.stated.text)));
                } else {
                    comments.push(draft.disagree(("検討事項の名称", "name of the concern"), &sides));
                }
                // a section of efficacy has no cells
                if listed.section == Section::EfficacyStudies && !covered.contains(&concern) {
                    covered.push(concern);
                }
            }
            None => {
                let words = draft.words(&listed.stated.text);
                comments.push(format!("「{words}」は 1.1 の検討事項に見当たらない。"));
                draft.tell(
                    &NOT_UNDERSTOOD,
                    (format!("「{words}」は 1.1 の検討事項に見当たりません"), format!("“{words}” is no concern of 1.1")),
                    ("concerns に正しい ID を書いてください。", "write the right id in concerns"),
                    &[Mark::whole(&listed.stated.text, listed.section, entry.name.as_str())],
                );
            }
        }
        if listed.section == Section::EfficacyStudies
            && let Some(concern) = listed.concern
            && !covered.contains(&concern)
        {
            covered.push(concern);
        }
    }
    draft.context.matrix = matrix;
    draft.context.listed = listed;
    comments.dedup();
    comments.iter().for_each(|comment| front.comment(comment));
    covered.sort_unstable();
    if !covered.is_empty() {
        let ids: Vec<&str> = covered.iter().map(|&n| draft.concern_ids[n].as_str()).collect();
        front.key("concerns", array(ids));
    }
}

/// The efficacy concerns it names, or that it is about where it stands in 3 or 5.2.
fn efficacy(draft: &mut Draft<'_>, entry: &Entry<'_>, front: &mut Lines) {
    let published = draft.published;
    let mut covered: Vec<usize> = Vec::new();
    for stated in entry.plan.iter().flatten().flat_map(|activity| &activity.efficacy_concerns) {
        let names = published.efficacy.iter().map(|c| c.name.as_str());
        let closest = draft.context.names.closest(stated.as_str(), names);
        match closest.filter(|(_, relation)| *relation >= Relation::Near(0.5)) {
            Some((n, relation)) => {
                covered.push(n);
                if relation == Relation::Same {
                    let comment = draft.other_name(entry.section.number(), &published.efficacy[n].name.text, &stated.text);
                    comment.iter().for_each(|comment| front.comment(comment));
                } else {
                    let sides = [Side::of(Section::Efficacy, &published.efficacy[n].name.text), Side::of(entry.section, &stated.text)];
                    let comment = draft.disagree(("有効性に関する検討事項の名称", "name of the efficacy concern"), &sides);
                    front.comment(&comment);
                }
            }
            None => {
                let words = draft.words(&stated.text);
                front.comment(&format!("有効性に関する検討事項「{words}」は 1.2 に見当たらない。"));
            }
        }
    }
    let studied = entry.plan[1].is_some() || entry.rows[1].is_some();
    if studied && covered.is_empty() {
        // named in 1.2, else the only one there is, else the one whose name begins with what the study is about
        let topics = ActivityName::parse(entry.name.as_str()).map(|name| name.topics).unwrap_or_default();
        for (n, concern) in published.efficacy.iter().enumerate() {
            let named =
                concern.activities.as_ref().is_some_and(|a| draft.context.names.named_in(a.as_str(), &[entry.name.as_str()]).0 == [true]);
            let about = topics
                .iter()
                .any(|topic| topic.chars().count() >= 3 && terminology::key(concern.name.as_str()).starts_with(topic.as_str()));
            if named || about || published.efficacy.len() == 1 {
                covered.push(n);
            }
        }
        let finished = entry.rows[1].and_then(|row| row.status.as_ref()).is_some_and(|status| status.as_str().starts_with("終了"));
        if covered.is_empty() && finished {
            front.key("former_efficacy", true);
        } else if covered.is_empty() {
            front.comment("5.2 に挙げられているが、1.2 のどの検討事項に関わるか文書からは分からない。");
            draft.tell(
                &NOT_UNDERSTOOD,
                (
                    "有効性に関する調査が 1.2 のどの検討事項に関わるか分かりません".to_owned(),
                    "which efficacy concern of 1.2 a study of 5.2 is about is not told".to_owned(),
                ),
                ("efficacy に ID を書くと 5.2 に載ります。", "with its id in efficacy it stands in 5.2"),
                &[Mark::whole(&entry.name.text, Section::EfficacyList, "")],
            );
        }
    }
    covered.sort_unstable();
    covered.dedup();
    if !covered.is_empty() {
        let ids: Vec<&str> = covered.iter().map(|&n| draft.efficacy_ids[n].as_str()).collect();
        front.key("efficacy", array(ids));
    }
}

/// The sections of its file.
fn prose(draft: &mut Draft<'_>, entry: &Entry<'_>, kind: ActivityKind, method: &[Text]) -> String {
    let mut parts: Vec<(SectionKind, String)> = Vec::new();
    let minimises = kind.family() == Family::Minimisation;
    let mut add = |section: SectionKind, text: String| {
        if text.is_empty() {
            return;
        }
        match parts.iter_mut().find(|(known, _)| *known == section) {
            Some((_, body)) if body.contains(&text) => {}
            Some((_, body)) => {
                body.push_str("\n\n");
                body.push_str(&text);
            }
            None => parts.push((section, text)),
        }
    };
    if !method.is_empty() {
        add(SectionKind::Method, draft.prose_of(method));
    }
    for activity in entry.plan.iter().flatten() {
        draft.restated(&activity.name.text);
        for part in &activity.parts {
            draft.restated(&part.heading);
            let rationale = if minimises { SectionKind::Method } else { SectionKind::Rationale };
            let heading = draft.quote(&part.heading);
            let heading =
                heading.trim_matches(|c| matches!(c, '【' | '】' | '[' | ']' | '<' | '>' | '〈' | '〉' | '《' | '》' | '：' | ':' | '・'));
            let below = |text: String| if text.is_empty() { text } else { format!("## {heading}\n\n{text}") };
            match part.title {
                Title::Objective => add(SectionKind::Objective, draft.prose(&part.body)),
                Title::Rationale if !minimises => add(rationale, draft.prose(&part.body)),
                Title::Rationale | Title::TargetRationale | Title::ObservationRationale => add(rationale, below(draft.prose(&part.body))),
                Title::Method => add(SectionKind::Method, draft.prose(&part.body)),
                Title::Milestones => add(SectionKind::Milestones, draft.prose(&part.body)),
                Title::Measures => add(SectionKind::Measures, draft.prose(&part.body)),
                Title::Plan | Title::Concerns | Title::EfficacyConcerns => {}
                Title::Content | Title::Choice | Title::Other => add(SectionKind::Method, below(draft.prose(&part.body))),
            }
        }
        for part in &activity.parts {
            let open = rest(draft, &part.body);
            if !open.is_empty() {
                let label = format!("文書の{}：", draft.quote(&part.heading));
                add(SectionKind::Objective, draft.comment(&label, &open));
            }
        }
        for item in &activity.items {
            draft.restated(&item.label);
            let open = draft.coverage.borrow().open_parts(&item.value);
            let open: Vec<Text> =
                open.into_iter().map(|range| item.value.slice(range)).filter(|t| t.as_str().contains(char::is_alphanumeric)).collect();
            if !open.is_empty() {
                let label = format!("文書の{}：", draft.quote(&item.label));
                add(SectionKind::Objective, draft.comment(&label, &open));
            }
        }
    }
    parts.sort_by_key(|(kind, _)| *kind);
    let mut body = String::new();
    for (kind, text) in parts {
        section(&mut body, kind, &text);
    }
    body
}
