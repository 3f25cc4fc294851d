//! From a folder to a plan: every file is read, and what is wrong in one does not keep the others from being read.

mod document;
mod order;
mod toml_text;

use std::collections::HashMap;

use crate::figure::Figures;
use crate::id::{ActivityId, ConcernId, EfficacyId};
use crate::mistake::{Mark, Mistake, Mistakes};
use crate::model::{English, Entry, Form, Plan};
use crate::prose::SectionKind;
use crate::rules::code;
use crate::source::{FileId, FileKind, Folder, Place};
use crate::suggest;
use crate::tables::{ActivityFacts, ConcernFacts, EfficacyFacts, FORMAT};

/// A plan and what reading found.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The plan, as far as it could be read.
    pub plan: Plan,
    /// What is wrong with its source.
    pub mistakes: Mistakes,
}

/// Reads a plan folder. This never fails: a folder of anything at all gives a plan, if only an empty one, and mistakes.
#[must_use]
pub fn read(folder: &Folder) -> Reading {
    let mut reading = Reading::default();
    let mut english: Vec<(String, String, FileId, English)> = Vec::new();
    let Reading { plan, mistakes } = &mut reading;
    let mut has_plan = false;
    for (path, bytes) in folder.iter() {
        let kind = FileKind::of(path);
        mistakes.looked_at(code::UNKNOWN_FILE);
        if kind == FileKind::Ignored {
            continue;
        }
        let text = String::from_utf8_lossy(bytes);
        let file = plan.sources.add(path, &text);
        let head = Place::new(file, 0..text.lines().next().unwrap_or("").len());
        match &kind {
            FileKind::Unknown => {
                unknown(path, Place::new(file, 0..0), mistakes);
                continue;
            }
            FileKind::Misnamed => {
                mistakes.add(
                    code::UNFIT_NAME,
                    Mistake::new(
                        (format!("「{path}」は ID になる名前ではありません"), format!("“{path}” is no name that can be an id")),
                        ("a-z、0-9、- だけを用いた名前に変えてください。", "give it a name made of a-z, 0-9 and - only"),
                        Mark::at(head),
                    ),
                );
                continue;
            }
            _ => mistakes.looked_at(code::UNFIT_NAME),
        }
        has_plan |= kind == FileKind::Plan;
        mistakes.looked_at(code::NOT_TEXT);
        let unreadable = std::str::from_utf8(bytes).err();
        if let Some(error) = unreadable {
            not_text(&text, error.valid_up_to(), file, mistakes);
        }
        // the id of a file that is no text is still there, so that references to it are not told as well
        let text: &str = if unreadable.is_some() { "" } else { &text };
        match kind {
            FileKind::Plan if unreadable.is_none() => plan.facts = toml_text::read(text, file, 0, mistakes),
            FileKind::Studies if unreadable.is_none() => plan.studies = toml_text::read(text, file, 0, mistakes),
            FileKind::Concern(id) => {
                let (facts, prose) = document::read::<ConcernFacts>(text, file, |_| SectionKind::CONCERN, unreadable.is_some(), mistakes);
                plan.concerns.push(Entry { id: ConcernId::new(id), file, head, facts, prose, english: None });
            }
            FileKind::Efficacy(id) => {
                let (facts, prose) = document::read::<EfficacyFacts>(text, file, |_| SectionKind::EFFICACY, unreadable.is_some(), mistakes);
                plan.efficacy.push(Entry { id: EfficacyId::new(id), file, head, facts, prose, english: None });
            }
            FileKind::Activity(id) => {
                let (facts, prose) =
                    document::read::<ActivityFacts>(text, file, document::activity_sections, unreadable.is_some(), mistakes);
                plan.activities.push(Entry { id: ActivityId::new(id), file, head, facts, prose, english: None });
            }
            FileKind::Survey(activity) => {
                let survey = plan.survey_mut(&activity);
                (survey.file, survey.head, survey.facts) = (Some(file), head, toml_text::read(text, file, 0, mistakes));
            }
            FileKind::Form(activity, id) => {
                let facts = toml_text::read(text, file, 0, mistakes);
                let survey = plan.survey_mut(&activity);
                if survey.file.is_none() {
                    survey.head = head;
                }
                survey.forms.push(Form { id, file, head, facts });
            }
            FileKind::English(folder, id) => english.push((folder, id, file, document::translation(text, file, mistakes))),
            _ => {}
        }
    }
    translations(plan, english, mistakes);
    ids(plan, mistakes);
    order::sort(plan);
    plan.figures = Figures::of(plan.passages().flat_map(|passage| &passage.figures));
    version(plan, has_plan, mistakes);
    reading
}

impl Plan {
    /// Every passage of the plan, translations too, file by file.
    pub fn passages(&self) -> impl Iterator<Item = &crate::prose::Passage> {
        let concerns = self.concerns.iter().flat_map(Entry::passages);
        let efficacy = self.efficacy.iter().flat_map(Entry::passages);
        concerns.chain(efficacy).chain(self.activities.iter().flat_map(Entry::passages))
    }
}

fn unknown(path: &str, head: Place, mistakes: &mut Mistakes) {
    let known = ["plan.toml", "studies.toml", "concerns/", "efficacy/", "activities/", "forms/", "out/"];
    let folder = path.split_once('/').map_or(path.to_owned(), |(folder, _)| format!("{folder}/"));
    let (ja, en) = match suggest::nearest(&folder, known) {
        Some(nearest) => (format!("「{nearest}」ではありませんか。"), format!("did you mean “{nearest}”?")),
        None => (
            "計画のファイルは plan.toml、studies.toml、concerns/、efficacy/、activities/ の .md です。それ以外は out/ に置くか、別の場所に移してください。".to_owned(),
            "a plan is made of plan.toml, studies.toml and the .md files of concerns/, efficacy/ and activities/; keep other files in out/ or elsewhere".to_owned(),
        ),
    };
    mistakes.add(
        code::UNKNOWN_FILE,
        Mistake::new(
            (format!("「{path}」は計画のファイルではありません"), format!("“{path}” is no file of a plan")),
            (ja, en),
            Mark::at(head),
        ),
    );
}

fn not_text(lossy: &str, valid: usize, file: FileId, mistakes: &mut Mistakes) {
    // up to the first wrong byte the text is as the file has it
    let at = Place::new(file, valid..lossy[valid.min(lossy.len())..].chars().next().map_or(valid, |c| valid + c.len_utf8()));
    mistakes.add(
        code::NOT_TEXT,
        Mistake::new(
            (format!("{} バイト目から UTF-8 ではありません", valid + 1), format!("not UTF-8 from byte {}", valid + 1)),
            ("エディタで UTF-8 として保存し直してください。", "save it as UTF-8"),
            Mark::at(at),
        ),
    );
}

fn translations(plan: &mut Plan, english: Vec<(String, String, FileId, English)>, mistakes: &mut Mistakes) {
    for (folder, id, file, translation) in english {
        let slot = match folder.as_str() {
            "concerns" => plan.concerns.iter_mut().find(|entry| entry.id.as_str() == id).map(|entry| &mut entry.english),
            "efficacy" => plan.efficacy.iter_mut().find(|entry| entry.id.as_str() == id).map(|entry| &mut entry.english),
            _ => plan.activities.iter_mut().find(|entry| entry.id.as_str() == id).map(|entry| &mut entry.english),
        };
        match slot {
            Some(slot) => *slot = Some(translation),
            None => mistakes.add(
                code::UNKNOWN_FILE,
                Mistake::new(
                    (format!("訳文の元の「{folder}/{id}.md」がありません"), format!("there is no “{folder}/{id}.md” that this translates")),
                    ("元のファイルの名前を確かめてください。", "check the name of the file it translates"),
                    Mark::at(Place::new(file, 0..0)),
                ),
            ),
        }
    }
}

/// Ids of concerns, efficacy concerns and activities share one space, because `@id` names any of them.
fn ids(plan: &Plan, mistakes: &mut Mistakes) {
    let files = plan.concerns.iter().map(|e| (e.id.as_str(), e.at()));
    let files = files.chain(plan.efficacy.iter().map(|e| (e.id.as_str(), e.at())));
    unique(files.chain(plan.activities.iter().map(|e| (e.id.as_str(), e.at()))), mistakes);
    let studies = plan.studies.study.iter().flat_map(|study| {
        std::iter::once((study.id.as_str(), study.id.at)).chain(study.aliases.iter().map(|alias| (alias.as_str(), alias.at)))
    });
    unique(studies.chain(plan.studies.pool.iter().map(|pool| (pool.id.as_str(), pool.id.at))), mistakes);
    unique(plan.facts.indication.iter().map(|indication| (indication.id.as_str(), indication.id.at)), mistakes);
    unique(plan.facts.condition.iter().map(|condition| (condition.id.as_str(), condition.id.at)), mistakes);
    unique(plan.facts.label.iter().map(|label| (label.id.as_str(), label.id.at)), mistakes);
    unique(plan.facts.abbreviation.iter().map(|abbreviation| (abbreviation.short.as_str(), abbreviation.short.at)), mistakes);
    for survey in &plan.surveys {
        unique(survey.facts.visit.iter().map(|visit| (visit.id.as_str(), visit.id.at)), mistakes);
        unique(survey.facts.criterion.iter().map(|criterion| (criterion.id.as_str(), criterion.id.at)), mistakes);
        unique(survey.facts.population.iter().map(|population| (population.id.as_str(), population.id.at)), mistakes);
        // a query cites its criterion, whatever the form
        unique(survey.forms.iter().flat_map(|form| &form.facts.check).map(|check| (check.id.as_str(), check.id.at)), mistakes);
        for form in &survey.forms {
            unique(form.facts.item.iter().map(|item| (item.id.as_str(), item.id.at)), mistakes);
            for item in &form.facts.item {
                unique(item.choice.iter().map(|choice| (choice.code.as_str(), choice.code.at)), mistakes);
            }
        }
    }
    for study in &plan.studies.study {
        unique(study.arm.iter().map(|arm| (arm.name.as_str(), arm.name.at)), mistakes);
        for arm in &study.arm {
            unique(arm.phase.iter().map(|phase| (phase.name.as_str(), phase.name.at)), mistakes);
        }
    }
}

fn unique<'a>(ids: impl Iterator<Item = (&'a str, Place)>, mistakes: &mut Mistakes) {
    let mut first: HashMap<&str, Place> = HashMap::new();
    for (id, at) in ids {
        mistakes.looked_at(code::ID_USED_TWICE);
        match first.get(id) {
            None => {
                first.insert(id, at);
            }
            Some(_) if id.is_empty() && at.start == at.end => {}
            Some(before) => mistakes.add(
                code::ID_USED_TWICE,
                Mistake::new(
                    (format!("「{id}」は二度使われています"), format!("“{id}” is used twice")),
                    ("どちらかの名前を変えてください。", "give one of them another name"),
                    Mark::at(at).label("ここで再び", "again here"),
                )
                .mark(Mark::at(*before).label("最初はここ", "first here")),
            ),
        }
    }
}

fn version(plan: &Plan, has_plan: bool, mistakes: &mut Mistakes) {
    mistakes.looked_at(code::NOT_A_PLAN);
    mistakes.looked_at(code::OTHER_FORMAT);
    if !has_plan {
        mistakes.add(
            code::NOT_A_PLAN,
            Mistake {
                marks: Vec::new(),
                ..Mistake::new(
                    ("このフォルダに plan.toml がありません", "there is no plan.toml in this folder"),
                    ("計画のフォルダを指定してください。", "name the folder of a plan"),
                    Mark::at(Place::default()),
                )
            },
        );
        return;
    }
    let Some(format) = plan.facts.format.as_ref().filter(|format| format.value != FORMAT) else { return };
    let hint = if format.value > FORMAT {
        ("より新しい版で書かれた計画です。mimamori を更新してください。", "it is written in a later version: update mimamori")
    } else {
        ("format = 1 と書いてください。", "write format = 1")
    };
    mistakes.add(
        code::OTHER_FORMAT,
        Mistake::new(
            (
                format!("この言語の版 {} は読めません（読めるのは {FORMAT}）", format.value),
                format!("version {} of the language cannot be read; {FORMAT} can", format.value),
            ),
            hint,
            Mark::at(format.at),
        ),
    );
}
