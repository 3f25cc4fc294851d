use imbl::{OrdMap, Vector};
use jiff::civil::Date;
use journal::{Entry, Hash, Moment};
use serde::{Deserialize, Serialize};

use super::entry::{Event, FileIssued, FileKept, ItemListed, Meaning, ValueChanged, Verdict};
use crate::command_key::CommandKey;
use crate::event::Unreadable;
use crate::touch::Touch;

/// The line of the plan that is in force or on its way to be.
pub const MAIN: &str = "main";

/// How a product stands. What does not change shares its memory with every state before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// The place of the last entry folded.
    pub sequence: u64,
    /// The plan and its drafts, by name.
    pub lines: OrdMap<String, Line>,
    /// Every revision, by number.
    pub revisions: OrdMap<u32, Revision>,
    /// Every signature, by number.
    pub signatures: OrdMap<u32, Signature>,
    /// What was handed in, by number.
    pub submissions: OrdMap<u32, Submission>,
    /// What the regulator asked, by name.
    pub inquiries: OrdMap<String, Inquiry>,
    /// Documents issued, by number.
    pub issues: OrdMap<u32, Issue>,
    /// Obligations met, by name.
    pub receipts: OrdMap<String, Receipt>,
    /// What is to be done because something happened, by number.
    pub worklists: OrdMap<u32, Worklist>,
    /// The surveys, by the id of their activity.
    pub surveys: OrdMap<String, survey::Survey>,
    /// How far the trail was reviewed, and when.
    pub trail_reviewed: Option<(u64, Moment)>,
    /// The commands that led to entries, with the first of each.
    pub commands: OrdMap<CommandKey, u64>,
}

/// A line of revisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is for; empty for the main line.
    pub title: String,
    /// Its last revision, or the one it starts from.
    pub head: u32,
    /// The last entry about it.
    pub last: Touch,
}

/// A revision of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// The line it belongs to.
    pub line: String,
    /// What it was made from.
    pub parent: Option<u32>,
    /// What signatures are bound to.
    pub content: Hash,
    /// Its files. They share their memory with every state that holds them, as the changes do: a later review copies neither.
    pub files: Vector<FileKept>,
    /// The errors found.
    pub errors: u32,
    /// The warnings found.
    pub warnings: u32,
    /// What changed since the parent.
    pub changes: Vector<ValueChanged>,
    /// Who recorded it.
    pub author: String,
    /// When.
    pub recorded: Moment,
    /// Why.
    pub reason: Option<String>,
    /// What its readers find.
    pub reviews: Vector<Review>,
    /// The last entry about it.
    pub last: Touch,
}

/// What a reader finds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Who.
    pub reviewer: String,
    /// When.
    pub recorded: Moment,
    /// What they find.
    pub verdict: Verdict,
    /// What they remark.
    pub remarks: String,
}

/// A signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The revision.
    pub revision: u32,
    /// The content that was signed.
    pub content: Hash,
    /// What it means.
    pub meaning: Meaning,
    /// Who.
    pub signer: String,
    /// Their name then.
    pub name: String,
    /// The role they signed in.
    pub role: String,
    /// When.
    pub recorded: Moment,
    /// When and why it was taken back.
    pub withdrawn: Option<(Moment, String)>,
    /// The last entry about it.
    pub last: Touch,
}

/// What was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// The revision.
    pub revision: u32,
    /// The day.
    pub day: Date,
    /// The number of the receipt.
    pub receipt: Option<String>,
    /// When the regulator confirmed it.
    pub confirmed: Option<Date>,
    /// When and where it became public.
    pub published: Option<(Date, Option<String>)>,
    /// The last entry about it.
    pub last: Touch,
}

/// What the regulator asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inquiry {
    /// About which submission.
    pub submission: u32,
    /// What.
    pub text: String,
    /// When.
    pub asked: Date,
    /// By when an answer is expected.
    pub due: Option<Date>,
    /// When and what was answered.
    pub answered: Option<(Date, String)>,
    /// The last entry about it.
    pub last: Touch,
}

/// Documents issued together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// From which revision.
    pub revision: u32,
    /// Of which day.
    pub as_of: Date,
    /// By which program.
    pub program: String,
    /// Their files.
    pub files: Vec<FileIssued>,
    /// The entry that says so.
    pub last: Touch,
}

/// What is to be done because something happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worklist {
    /// What happened, such as `approval:14`.
    pub cause: String,
    /// The same in words.
    pub title: String,
    /// The day it happened.
    pub day: Date,
    /// The revision whose plan was looked at.
    pub revision: u32,
    /// What it touches.
    pub items: Vector<Item>,
    /// When it ended, and with which submission.
    pub closed: Option<(Moment, Option<u32>)>,
    /// The last entry about it.
    pub last: Touch,
}

/// Something of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What it is, such as `concern/infection`.
    pub item: String,
    /// What it is called.
    pub name: String,
    /// Why it is touched.
    pub why: String,
    /// By when it is due.
    pub due: Option<Date>,
    /// Who does it.
    pub person: Option<String>,
    /// When it was done, by whom, and what was done.
    pub done: Option<Done>,
}

impl Item {
    /// Whether it is not done, and its day is over.
    #[must_use]
    pub fn is_late(&self, today: Date) -> bool {
        self.done.is_none() && self.due.is_some_and(|due| due < today)
    }
}

/// How an item was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Who said so.
    pub person: String,
    /// When.
    pub recorded: Moment,
    /// What was done.
    pub remarks: String,
    /// In which revision.
    pub revision: Option<u32>,
}

/// An obligation met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The day.
    pub day: Date,
    /// The number of the receipt.
    pub receipt: Option<String>,
    /// The last entry about it.
    pub last: Touch,
}

impl Product {
    /// Folds one more entry. What refers to what does not exist changes nothing.
    ///
    /// # Errors
    /// If the entry cannot be read.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), Unreadable> {
        let event = Event::read(entry)?;
        let (recorded, last) = (entry.draft.recorded, Touch::of(entry));
        self.sequence = entry.sequence;
        if !entry.draft.command.is_empty() {
            self.commands.entry(CommandKey::of(&entry.draft.command)).or_insert(entry.sequence);
        }
        if event.is_of_survey() {
            if let Some((survey, event)) = event.into_survey() {
                self.surveys.entry(survey).or_default().apply(event, entry);
            }
            return Ok(());
        }
        match event {
            Event::LineOpened(opened) => {
                self.lines.insert(opened.line, Line { title: opened.title, head: opened.base, last });
            }
            Event::RevisionRecorded(revision) => {
                let title = self.lines.get(&revision.line).map(|line| line.title.clone()).unwrap_or_default();
                self.lines.insert(revision.line.clone(), Line { title, head: revision.revision, last: last.clone() });
                let kept = Revision {
                    line: revision.line,
                    parent: revision.parent,
                    content: revision.content,
                    files: revision.files.into(),
                    errors: revision.errors,
                    warnings: revision.warnings,
                    changes: revision.changes.into(),
                    author: entry.draft.actor.clone(),
                    recorded,
                    reason: entry.draft.reason.clone(),
                    reviews: Vector::new(),
                    last,
                };
                self.revisions.insert(revision.revision, kept);
            }
            Event::ReviewRecorded(review) => {
                if let Some(revision) = self.revisions.get_mut(&review.revision) {
                    let reviewer = entry.draft.actor.clone();
                    revision.reviews.push_back(Review { reviewer, recorded, verdict: review.verdict, remarks: review.remarks });
                    revision.last = last;
                }
            }
            Event::Signed(signed) => {
                let signature = Signature {
                    revision: signed.revision,
                    content: signed.content,
                    meaning: signed.meaning,
                    signer: entry.draft.actor.clone(),
                    name: signed.name,
                    role: entry.draft.role.clone(),
                    recorded,
                    withdrawn: None,
                    last,
                };
                self.signatures.insert(signed.signature, signature);
            }
            Event::SignatureWithdrawn(withdrawn) => {
                if let Some(signature) = self.signatures.get_mut(&withdrawn.signature) {
                    signature.withdrawn = Some((recorded, entry.draft.reason.clone().unwrap_or_default()));
                    signature.last = last;
                }
            }
            Event::Submitted(submitted) => {
                let submission = Submission {
                    revision: submitted.revision,
                    day: submitted.day,
                    receipt: submitted.receipt,
                    confirmed: None,
                    published: None,
                    last,
                };
                self.submissions.insert(submitted.submission, submission);
            }
            Event::InquiryRecorded(asked) => {
                let inquiry =
                    Inquiry { submission: asked.submission, text: asked.text, asked: asked.asked, due: asked.due, answered: None, last };
                self.inquiries.insert(asked.inquiry, inquiry);
            }
            Event::InquiryAnswered(answer) => {
                if let Some(inquiry) = self.inquiries.get_mut(&answer.inquiry) {
                    inquiry.answered = Some((answer.day, answer.text));
                    inquiry.last = last;
                }
            }
            Event::Confirmed(confirmed) => {
                if let Some(submission) = self.submissions.get_mut(&confirmed.submission) {
                    submission.confirmed = Some(confirmed.day);
                    submission.last = last;
                }
            }
            Event::Published(published) => {
                if let Some(submission) = self.submissions.get_mut(&published.submission) {
                    submission.published = Some((published.day, published.address));
                    submission.last = last;
                }
            }
            Event::DocumentIssued(issued) => {
                let document = issued.document;
                let file = |file: FileKept| {
                    let FileKept { path, address, bytes } = file;
                    FileIssued { document: document.clone(), path, language: None, bytes, sha256: None, address }
                };
                let files = issued.files.into_iter().map(file).collect();
                let issue = Issue { revision: issued.revision, as_of: issued.as_of, program: issued.program, files, last };
                self.issues.insert(issued.issue, issue);
            }
            Event::DocumentsIssued(issued) => {
                let (revision, as_of, program, files) = (issued.revision, issued.as_of, issued.program, issued.files);
                self.issues.insert(issued.issue, Issue { revision, as_of, program, files, last });
            }
            Event::TrailReviewed(reviewed) => self.trail_reviewed = Some((reviewed.up_to, recorded)),
            Event::WorklistOpened(opened) => {
                let item = |item: ItemListed| {
                    let ItemListed { item, name, why, due } = item;
                    Item { item, name, why, due, person: None, done: None }
                };
                let items = opened.items.into_iter().map(item).collect();
                let (cause, title, day, revision) = (opened.cause, opened.title, opened.day, opened.revision);
                self.worklists.insert(opened.worklist, Worklist { cause, title, day, revision, items, closed: None, last });
            }
            Event::ItemAssigned(assigned) => {
                if let Some(worklist) = self.worklists.get_mut(&assigned.worklist) {
                    if let Some(item) = worklist.items.iter_mut().find(|item| item.item == assigned.item) {
                        (item.person, item.due) = (assigned.person, assigned.due);
                    }
                    worklist.last = last;
                }
            }
            Event::ItemSettled(settled) => {
                if let Some(worklist) = self.worklists.get_mut(&settled.worklist) {
                    if let Some(item) = worklist.items.iter_mut().find(|item| item.item == settled.item) {
                        let (person, remarks, revision) = (entry.draft.actor.clone(), settled.remarks, settled.revision);
                        item.done = settled.done.then_some(Done { person, recorded, remarks, revision });
                    }
                    worklist.last = last;
                }
            }
            Event::WorklistClosed(closed) => {
                if let Some(worklist) = self.worklists.get_mut(&closed.worklist) {
                    worklist.closed = Some((recorded, closed.submission));
                    worklist.last = last;
                }
            }
            Event::ObligationMet(met) => {
                self.receipts.insert(met.obligation, Receipt { day: met.day, receipt: met.receipt, last });
            }
            // those of surveys are folded above
            _ => {}
        }
        Ok(())
    }
}
