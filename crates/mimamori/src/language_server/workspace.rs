//! The plans that the client has files of open: what is on the disk, with the unsaved text of the client over it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use calendar::Date;
use diagnostic::Problem;
use lsp_types::{Diagnostic, PublishDiagnosticsParams, TextDocumentContentChangeEvent, Uri};
use plan::Folder;
use plan::check::{Check, check_on_its_day};

use super::desk::{Client, Desk, relative};
use super::diagnostics::diagnostics;
use super::position::Lines;
use super::uri;
use crate::folder;

/// The folders above a file that are searched for a plan: one more than a plan has within each other.
const HIGHEST: usize = 9;

/// The open plans.
#[derive(Default)]
pub struct Workspace {
    texts: BTreeMap<PathBuf, String>,
    uris: BTreeMap<PathBuf, Uri>,
    plans: BTreeMap<PathBuf, Open>,
}

#[derive(Default)]
struct Open {
    /// What is on the disk; `None` if it cannot be read: of half a plan nothing is said.
    disk: Option<Folder>,
    /// What of it could not be read, as it was told.
    problems: Vec<Problem>,
    /// The check of the plan as it stands; `None` after a change.
    checked: Option<Check>,
    /// Whether its diagnostics were told.
    told: bool,
    published: BTreeMap<String, (Uri, Vec<Diagnostic>)>,
}

impl Open {
    fn changed(&mut self) {
        self.checked = None;
        self.told = false;
    }
}

impl Workspace {
    /// The client opens a document. What of its plan cannot be read, and was not told yet, is returned.
    pub fn open(&mut self, name: Uri, text: String) -> Vec<Problem> {
        let Some(path) = uri::path(&name) else { return Vec::new() };
        self.texts.insert(path.clone(), text);
        self.uris.insert(path.clone(), name);
        self.reload([path])
    }

    /// The client changes a document.
    pub fn change(&mut self, name: &Uri, changes: Vec<TextDocumentContentChangeEvent>, client: Client) {
        let Some(path) = uri::path(name) else { return };
        let Some(text) = self.texts.get_mut(&path) else { return };
        for change in changes {
            let Some(range) = change.range else {
                *text = change.text;
                continue;
            };
            let lines = Lines::new(text, client.encoding);
            let (start, end) = (lines.offset(range.start), lines.offset(range.end));
            text.replace_range(start..end.max(start), &change.text);
        }
        if let Some(plan) = self.root(&path).and_then(|root| self.plans.get_mut(&root)) {
            plan.changed();
        }
    }

    /// The client closes a document.
    pub fn close(&mut self, name: &Uri) -> Vec<Problem> {
        let Some(path) = uri::path(name) else { return Vec::new() };
        self.texts.remove(&path);
        self.uris.remove(&path);
        self.reload([path])
    }

    /// Files changed on the disk: the plans they may belong to are read anew.
    pub fn reload(&mut self, paths: impl IntoIterator<Item = PathBuf>) -> Vec<Problem> {
        let known = self.plans.keys().cloned().chain(self.texts.keys().filter_map(|open| self.root(open)));
        let known: BTreeSet<PathBuf> = known.collect();
        let mut roots = BTreeSet::new();
        for path in paths {
            roots.extend(known.iter().filter(|root| path.starts_with(root)).cloned());
        }
        let mut new = Vec::new();
        for root in roots {
            let plan = self.plans.entry(root.clone()).or_default();
            plan.changed();
            let (disk, problems) = match folder::open(&root) {
                Ok(opened) => (Some(opened.folder), opened.problems),
                // a plan that was never saved is all in the editor
                Err(_) if !root.exists() => (Some(Folder::new()), Vec::new()),
                Err(problem) => (None, vec![problem]),
            };
            new.extend(problems.iter().filter(|problem| !plan.problems.contains(problem)).cloned());
            (plan.disk, plan.problems) = (disk, problems);
        }
        new
    }

    /// The folder of the plan that a file belongs to: the nearest above it that has a `plan.toml`, saved or not.
    fn root(&self, path: &Path) -> Option<PathBuf> {
        let has_plan = |folder: &&Path| {
            let file = folder.join("plan.toml");
            self.texts.contains_key(&file) || file.is_file()
        };
        path.ancestors().skip(1).take(HIGHEST).find(has_plan).map(Path::to_path_buf)
    }

    /// Answers about a file from its plan as it stands.
    pub fn ask<T>(&mut self, name: &Uri, client: Client, today: Date, answer: impl FnOnce(&Desk<'_>, &Path) -> T) -> Option<T> {
        let path = uri::path(name)?;
        let root = self.root(&path)?;
        self.recheck(&root, today);
        let check = self.plans.get(&root)?.checked.as_ref()?;
        let desk = Desk { check, root: &root, open: &self.uris, client };
        Some(answer(&desk, &path))
    }

    /// Checks the plan of a folder, if it changed.
    fn recheck(&mut self, root: &Path, today: Date) {
        let Some(plan) = self.plans.get(root).filter(|plan| plan.checked.is_none()) else { return };
        let Some(mut folder) = plan.disk.clone() else { return };
        for (path, text) in &self.texts {
            if let Some(relative) = relative(root, path).filter(|_| self.root(path).as_deref() == Some(root)) {
                folder.insert(relative, text.as_bytes());
            }
        }
        if let Some(plan) = self.plans.get_mut(root) {
            plan.checked = Some(check_on_its_day(&folder, today));
        }
    }

    /// The diagnostics that changed since they were told last. A plan of which no file is open any more is let go of.
    pub fn publish(&mut self, client: Client, today: Date) -> Vec<PublishDiagnosticsParams> {
        let mut all = Vec::new();
        let alive: Vec<PathBuf> = self.texts.keys().filter_map(|path| self.root(path)).collect();
        let roots: Vec<PathBuf> = self.plans.keys().cloned().collect();
        for root in roots {
            let mut now = BTreeMap::new();
            if alive.contains(&root) {
                if self.plans.get(&root).is_none_or(|plan| plan.told) {
                    continue;
                }
                self.recheck(&root, today);
                if let Some(check) = self.plans.get(&root).and_then(|plan| plan.checked.as_ref()) {
                    let desk = Desk { check, root: &root, open: &self.uris, client };
                    now = named(&desk);
                }
            }
            let Some(plan) = self.plans.get_mut(&root) else { continue };
            plan.told = true;
            let before = std::mem::replace(&mut plan.published, now);
            for (path, (uri, _)) in &before {
                if !plan.published.contains_key(path) {
                    all.push(PublishDiagnosticsParams::new(uri.clone(), Vec::new(), None));
                }
            }
            for (path, (uri, found)) in &plan.published {
                if before.get(path).is_none_or(|(_, told)| told != found) {
                    all.push(PublishDiagnosticsParams::new(uri.clone(), found.clone(), None));
                }
            }
        }
        self.plans.retain(|root, _| alive.contains(root));
        all
    }
}

/// The diagnostics of a plan, with the URIs of the files.
fn named(desk: &Desk<'_>) -> BTreeMap<String, (Uri, Vec<Diagnostic>)> {
    diagnostics(desk).into_iter().filter_map(|(path, found)| Some((path.clone(), (desk.uri(&path)?, found)))).collect()
}
