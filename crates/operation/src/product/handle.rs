use std::sync::Arc;

use access::{Action, Role, Subject, may_also_do};
use diagnostic::Words;
use jiff::civil::Date;
use journal::{Blob, Chain, Draft, Hash};

use super::entry::{
    Confirmed, DocumentsIssued, Event, FileIssued, FileKept, InquiryAnswered, InquiryRecorded, ItemAssigned, ItemSettled, LineOpened,
    Meaning, ObligationMet, Published, ReviewRecorded, RevisionRecorded, SignatureWithdrawn, Signed, Submitted, TrailReviewed,
    ValueChanged, Verdict, WorklistClosed, WorklistOpened,
};
use super::state::{MAIN, Product, Revision};
use crate::context::Context;
use crate::organisation::Organisation;
use crate::refusal::{Conflict, Refusal};

/// A file that is to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSent {
    /// Its path in the plan's folder, or its name.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A file of a document that is issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentSent {
    /// Which document, such as `j-rmp`.
    pub document: String,
    /// Its language, `ja` or `en`.
    pub language: String,
    /// The file.
    pub file: FileSent,
}

/// What can be asked of a product.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Records a revision of the plan.
    RecordRevision {
        /// The line it belongs to.
        line: String,
        /// The revision it was made from.
        parent: Option<u32>,
        /// The whole source.
        files: Vec<FileSent>,
        /// The errors the check found.
        errors: u32,
        /// The warnings.
        warnings: u32,
        /// The program that checked.
        program: String,
        /// What changed since the parent.
        changes: Vec<ValueChanged>,
    },
    /// Opens a draft beside the plan in force.
    OpenLine(LineOpened),
    /// Records what a reader finds.
    Review(ReviewRecorded),
    /// Signs a revision.
    Sign {
        /// The revision.
        revision: u32,
        /// What the signature means.
        meaning: Meaning,
    },
    /// Takes a signature back.
    Withdraw {
        /// The signature.
        signature: u32,
    },
    /// Records that a revision was handed in.
    Submit {
        /// The revision.
        revision: u32,
        /// The day.
        day: Date,
        /// The number of the receipt.
        receipt: Option<String>,
    },
    /// Records what the regulator asked.
    Ask(InquiryRecorded),
    /// Records the answer.
    Answer(InquiryAnswered),
    /// Records that the regulator has confirmed the plan.
    Confirm(Confirmed),
    /// Records that it is public.
    Publish(Published),
    /// Keeps documents that are issued together.
    Issue {
        /// From which revision.
        revision: u32,
        /// Compared with which.
        against: Option<u32>,
        /// Of which day.
        as_of: Date,
        /// By which program.
        program: String,
        /// Their files.
        files: Vec<DocumentSent>,
    },
    /// Records that an obligation was met.
    Meet(ObligationMet),
    /// Records that somebody has gone through the trail.
    ReviewTrail(TrailReviewed),
    /// Opens a list of what is to be done because something happened. Its number is given here.
    OpenWorklist(WorklistOpened),
    /// Says who does an item, by when.
    Assign(ItemAssigned),
    /// Says that an item is done, or is open again.
    Settle(ItemSettled),
    /// Ends a list.
    CloseWorklist(WorklistClosed),
    /// Does something in a survey.
    Survey {
        /// What the plan says of it.
        design: Arc<survey::Design>,
        /// The revision whose plan that is.
        revision: u32,
        /// What is done.
        command: survey::Command,
    },
}

/// Decides what is recorded for a command: the entries and the blobs they speak of.
///
/// # Errors
/// If it may not be done, or does not fit what stands.
pub fn handle(
    id: &str,
    state: &Product,
    organisation: &Organisation,
    command: Command,
    context: &Context,
) -> Result<(Vec<Draft>, Vec<Blob>), Refusal> {
    let decision = Decision { state, organisation, context };
    // who may not do it hears nothing of what stands
    let role = decision.role(id, &command)?;
    let command = match command {
        Command::Survey { design, revision, command } => return decision.survey(id, role, &design, revision, command),
        other => other,
    };
    let mut blobs = Vec::new();
    let event = match command {
        Command::RecordRevision { line, parent, files, errors, warnings, program, changes } => {
            let revision = decision.revision(line, parent, &files, &mut blobs)?;
            let event = RevisionRecorded { errors, warnings, program, changes, ..revision };
            Event::RevisionRecorded(event)
        }
        Command::OpenLine(opened) => {
            decision.known_revision(opened.base)?;
            let name = Words::new(format!("案「{}」", opened.line), format!("draft “{}”", opened.line));
            if state.lines.contains_key(&opened.line) || opened.line == MAIN {
                return Err(Refusal::Exists(name));
            }
            decision.plain(&opened.line, name)?;
            Event::LineOpened(opened)
        }
        Command::Review(review) => {
            let revision = decision.known_revision(review.revision)?;
            revision.last.seen(context, || words_of(review.revision))?;
            if review.verdict == Verdict::Returned && review.remarks.trim().is_empty() {
                return Err(Refusal::Unfit(
                    Words::new("差し戻しには所見が要ります", "sending a revision back needs a remark"),
                    Words::new("直すべき点を書いてください", "say what has to be changed"),
                ));
            }
            Event::ReviewRecorded(review)
        }
        Command::Sign { revision, meaning } => {
            let signed = decision.signature(revision, meaning)?;
            Event::Signed(signed)
        }
        Command::Withdraw { signature: number } => {
            let words = || Words::new(format!("署名{number}番"), format!("signature {number}"));
            let signature = state.signatures.get(&number).ok_or_else(|| Refusal::Unknown(words()))?;
            signature.last.seen(context, words)?;
            context.reason()?;
            context.fresh()?;
            if signature.withdrawn.is_some() {
                return Err(Refusal::Unfit(
                    Words::new("この署名はすでに取り下げられています", "this signature was withdrawn already"),
                    Words::default(),
                ));
            }
            Event::SignatureWithdrawn(SignatureWithdrawn { signature: number })
        }
        Command::Submit { revision, day, receipt } => {
            context.come(day)?;
            decision.ready(revision)?;
            if state.submissions.values().any(|submission| submission.revision == revision) {
                // once more by another way, or after a formality: it is said why
                context.reason()?;
            }
            let submission = number_after(state.submissions.get_max().map(|(number, _)| *number));
            Event::Submitted(Submitted { submission, revision, day, receipt })
        }
        Command::Ask(asked) => {
            context.come(asked.asked)?;
            let submission = decision.submission(asked.submission)?;
            after(asked.asked, submission.day, &Words::new("提出", "the submission"))?;
            let name = Words::new(format!("照会「{}」", asked.inquiry), format!("inquiry “{}”", asked.inquiry));
            if state.inquiries.contains_key(&asked.inquiry) {
                return Err(Refusal::Exists(name));
            }
            decision.plain(&asked.inquiry, name)?;
            Event::InquiryRecorded(asked)
        }
        Command::Answer(answer) => {
            let words = || Words::new(format!("照会「{}」", answer.inquiry), format!("inquiry “{}”", answer.inquiry));
            let inquiry = state.inquiries.get(&answer.inquiry).ok_or_else(|| Refusal::Unknown(words()))?;
            inquiry.last.seen(context, words)?;
            context.come(answer.day)?;
            if inquiry.answered.is_some() {
                context.reason()?;
            }
            after(answer.day, inquiry.asked, &Words::new("照会", "the question"))?;
            Event::InquiryAnswered(answer)
        }
        Command::Confirm(confirmed) => {
            let submission = decision.submission(confirmed.submission)?;
            submission.last.seen(context, || words_of_submission(confirmed.submission))?;
            context.come(confirmed.day)?;
            after(confirmed.day, submission.day, &Words::new("提出", "the submission"))?;
            if submission.confirmed.is_some() {
                context.reason()?;
            }
            Event::Confirmed(confirmed)
        }
        Command::Publish(published) => {
            let submission = decision.submission(published.submission)?;
            submission.last.seen(context, || words_of_submission(published.submission))?;
            context.come(published.day)?;
            if submission.published.is_some() {
                context.reason()?;
            }
            let Some(confirmed) = submission.confirmed else {
                return Err(Refusal::TooEarly(
                    Words::new(
                        "確認済でない計画は公表として記録できません",
                        "a plan that is not confirmed cannot be recorded as published",
                    ),
                    Words::new("先に確認済の日を記録してください", "record the day it was confirmed first"),
                ));
            };
            after(published.day, confirmed, &Words::new("確認済", "the confirmation"))?;
            Event::Published(published)
        }
        Command::Issue { revision, against, as_of, program, files } => {
            let content = decision.known_revision(revision)?.content;
            against.map(|against| decision.known_revision(against)).transpose()?;
            let issue = number_after(state.issues.get_max().map(|(number, _)| *number));
            let files = decision.issued(files, &mut blobs)?;
            Event::DocumentsIssued(DocumentsIssued { issue, revision, content, against, as_of, program, files })
        }
        Command::ReviewTrail(reviewed) => {
            if reviewed.up_to > state.sequence {
                return Err(Refusal::Unknown(Words::new(format!("記録{}番", reviewed.up_to), format!("entry {}", reviewed.up_to))));
            }
            Event::TrailReviewed(reviewed)
        }
        Command::OpenWorklist(opened) => {
            decision.known_revision(opened.revision)?;
            context.come(opened.day)?;
            let same = |worklist: &super::state::Worklist| worklist.closed.is_none() && worklist.cause == opened.cause;
            if let Some((number, _)) = state.worklists.iter().find(|(_, worklist)| same(worklist)) {
                return Err(Refusal::Exists(words_of_worklist(*number)));
            }
            let worklist = number_after(state.worklists.get_max().map(|(number, _)| *number));
            Event::WorklistOpened(WorklistOpened { worklist, ..opened })
        }
        Command::Assign(assigned) => {
            decision.item(assigned.worklist, &assigned.item)?;
            if let Some(person) = &assigned.person {
                let about = Subject { product: Some(id), owner: Some(person), ..Subject::default() };
                if organisation.people.contains_key(person) && organisation.role_for(person, Action::ReadPlan, &about).is_err() {
                    return Err(Refusal::Unfit(
                        Words::new(
                            "この人はこの製品の計画を読めないため、担当にできません",
                            "this person may not read the plan of this product",
                        ),
                        Words::new("読める人を選ぶか、役割を付与してください", "choose somebody who may, or give them a role"),
                    ));
                }
            }
            if let Some(person) = assigned.person.as_ref().filter(|person| !organisation.people.contains_key(*person)) {
                return Err(Refusal::Unknown(Words::new(format!("利用者「{person}」"), format!("person “{person}”"))));
            }
            Event::ItemAssigned(assigned)
        }
        Command::Settle(settled) => {
            let item = decision.item(settled.worklist, &settled.item)?;
            if settled.done == item.done.is_some() {
                return Err(Refusal::Unfit(
                    Words::new("すでにそのとおりに記録されています", "it is recorded like that already"),
                    Words::default(),
                ));
            }
            if settled.remarks.trim().is_empty() {
                return Err(Refusal::Unfit(
                    Words::new("何をしたかが書かれていません", "it is not said what was done"),
                    Words::new(
                        "したこと、又は変える必要がなかった理由を書いてください",
                        "say what was done, or why nothing had to be changed",
                    ),
                ));
            }
            if let Some(revision) = settled.revision {
                decision.known_revision(revision)?;
            }
            Event::ItemSettled(settled)
        }
        Command::CloseWorklist(closed) => {
            let worklist = decision.worklist(closed.worklist)?;
            match closed.submission {
                Some(submission) => _ = decision.submission(submission)?,
                None => _ = context.reason()?,
            }
            let open = worklist.items.iter().filter(|item| item.done.is_none()).count();
            // a list that leads to no submission was a mistake, or is given up: the reason of the entry says so for all of it
            if open > 0 && closed.submission.is_some() {
                return Err(Refusal::TooEarly(
                    Words::new(format!("まだ{open}件が済んでいません"), format!("{open} items are still open")),
                    Words::new(
                        "一件ずつ、したこと、又は変える必要がなかった理由を記録してください",
                        "say of each what was done, or why nothing had to be changed",
                    ),
                ));
            }
            Event::WorklistClosed(closed)
        }
        Command::Meet(met) => {
            context.come(met.day)?;
            if let Some(receipt) = state.receipts.get(&met.obligation) {
                let words = || Words::new(format!("「{}」の履行", met.obligation), format!("the receipt for “{}”", met.obligation));
                receipt.last.seen(context, words)?;
                context.reason()?;
            }
            Event::ObligationMet(met)
        }
        Command::Survey { .. } => return Err(Refusal::Unknown(Words::new("調査", "survey"))),
    };
    let mut draft = context.draft(Chain::Product(id.to_owned()), role.name(), &event)?;
    draft.blobs = match &event {
        Event::RevisionRecorded(RevisionRecorded { files, .. }) => files.iter().map(|file| file.address).collect(),
        Event::DocumentsIssued(DocumentsIssued { files, .. }) => files.iter().map(|file| file.address).collect(),
        _ => Vec::new(),
    };
    Ok((vec![draft], blobs))
}

struct Decision<'a> {
    state: &'a Product,
    organisation: &'a Organisation,
    context: &'a Context,
}

impl<'a> Decision<'a> {
    /// The role in which the person may do it.
    fn role(&self, id: &str, command: &Command) -> Result<Role, Refusal> {
        let mut about = Subject { product: Some(id), ..Subject::default() };
        let action = match command {
            Command::Survey { design, command, .. } => {
                about.activity = Some(&design.activity);
                let survey = self.state.surveys.get(&design.activity);
                let site = survey.and_then(|survey| survey.sites.get(&command.site(survey)?));
                about.institution = site.map(|site| site.institution.as_str());
                action_of_survey(command)
            }
            Command::RecordRevision { .. } => Action::RecordRevision,
            Command::OpenLine(_) => Action::OpenDraft,
            Command::Review(_) => Action::ReviewRevision,
            Command::Sign { meaning, .. } => action_of(*meaning),
            Command::Withdraw { signature } => {
                about.owner = self.state.signatures.get(signature).map(|signature| signature.signer.as_str());
                Action::WithdrawSignature
            }
            Command::Submit { .. } => Action::SubmitPlan,
            Command::Ask(_) => Action::RecordInquiry,
            Command::Answer(_) => Action::AnswerInquiry,
            Command::Confirm(_) => Action::RecordConfirmation,
            Command::Publish(_) => Action::RecordPublication,
            Command::Issue { .. } => Action::IssueDocument,
            Command::Meet(_) => Action::RecordReceipt,
            Command::ReviewTrail(_) => Action::ReviewTrail,
            Command::OpenWorklist(_) | Command::Assign(_) | Command::Settle(_) | Command::CloseWorklist(_) => Action::RecordRevision,
        };
        self.organisation.role_for(&self.context.actor, action, &about)
    }

    /// Something in a survey.
    fn survey(
        &self,
        id: &str,
        role: Role,
        design: &survey::Design,
        revision: u32,
        command: survey::Command,
    ) -> Result<(Vec<Draft>, Vec<Blob>), Refusal> {
        if self.state.running() != Some(revision) {
            return Err(Refusal::TooEarly(
                Words::new(
                    "調査を動かす計画の改訂が、ご覧になった後に変わりました",
                    "the plan by which the survey runs has changed since you looked",
                ),
                Words::new("頁を開き直し、もう一度記録してください", "open the page again and record it once more"),
            ));
        }
        let command = match command {
            survey::Command::Sign { patient, key, .. } => {
                self.context.fresh()?;
                let name = self.organisation.people.get(&self.context.actor).map(|person| person.name.clone()).unwrap_or_default();
                survey::Command::Sign { patient, key, name }
            }
            survey::Command::Join { institution, .. } if !self.organisation.institutions.contains_key(&institution) => {
                return Err(Refusal::Unknown(Words::new(format!("医療機関「{institution}」"), format!("institution “{institution}”"))));
            }
            other => other,
        };
        let nothing = survey::Survey::default();
        let state = self.state.surveys.get(&design.activity).unwrap_or(&nothing);
        let context =
            survey::Context { today: self.context.today(), seen: self.context.seen, reason: self.context.reason.as_deref(), revision };
        let events = survey::handle(design, state, command, &context).map_err(refused)?;
        let chain = Chain::Product(id.to_owned());
        let drafts = events.into_iter().map(|event| self.context.draft(chain.clone(), role.name(), &Event::from(event)));
        Ok((drafts.collect::<Result<_, _>>()?, Vec::new()))
    }

    fn known_revision(&self, number: u32) -> Result<&'a Revision, Refusal> {
        self.state.revisions.get(&number).ok_or_else(|| Refusal::Unknown(words_of(number)))
    }

    fn submission(&self, number: u32) -> Result<&'a super::state::Submission, Refusal> {
        self.state.submissions.get(&number).ok_or_else(|| Refusal::Unknown(words_of_submission(number)))
    }

    /// A list that is open, as the person has seen it.
    fn worklist(&self, number: u32) -> Result<&'a super::state::Worklist, Refusal> {
        let worklist = self.state.worklists.get(&number).ok_or_else(|| Refusal::Unknown(words_of_worklist(number)))?;
        worklist.last.seen(self.context, || words_of_worklist(number))?;
        if worklist.closed.is_some() {
            return Err(Refusal::Unfit(
                Words::new(format!("作業一覧{number}は終わっています"), format!("worklist {number} has ended")),
                Words::new("新しい作業一覧を始めてください", "open a new one"),
            ));
        }
        Ok(worklist)
    }

    fn item(&self, worklist: u32, item: &str) -> Result<&'a super::state::Item, Refusal> {
        let unknown = || Refusal::Unknown(Words::new(format!("作業「{item}」"), format!("item “{item}”")));
        self.worklist(worklist)?.items.iter().find(|listed| listed.item == item).ok_or_else(unknown)
    }

    /// A name that can be typed again and stand in a file name.
    fn plain(&self, name: &str, what: Words) -> Result<(), Refusal> {
        let plain = (1..=64).contains(&name.chars().count()) && !name.chars().any(|letter| letter.is_control() || letter == '/');
        if plain {
            return Ok(());
        }
        Err(Refusal::Unfit(
            Words::new(format!("{}という名前は使えません", what.ja), format!("{} cannot be named so", what.en)),
            Words::new("1字から64字で、/ と制御文字を含まない名前にしてください", "use 1 to 64 letters without / and control characters"),
        ))
    }

    /// A revision after the head of its line.
    fn revision(&self, line: String, parent: Option<u32>, files: &[FileSent], blobs: &mut Vec<Blob>) -> Result<RevisionRecorded, Refusal> {
        let words = || Words::new(format!("計画「{line}」"), format!("plan “{line}”"));
        let head = match self.state.lines.get(&line) {
            Some(standing) => {
                if parent != Some(standing.head) {
                    let seen = parent.map_or_else(|| Words::new("何もない状態", "nothing"), words_of);
                    return Err(standing.last.changed(words(), seen, words_of(standing.head)));
                }
                Some(standing.head)
            }
            None if line == MAIN => None,
            None => return Err(Refusal::Unknown(words())),
        };
        if head.is_some() {
            self.context.reason()?;
        }
        let before = head.and_then(|head| self.state.revisions.get(&head));
        let kept = self.keep(files, blobs)?;
        let content = content(files);
        if before.is_some_and(|before| before.content == content) {
            return Err(Refusal::Unfit(
                Words::new("前の版から何も変わっていません", "nothing has changed since the revision before"),
                Words::default(),
            ));
        }
        let revision = number_after(self.state.revisions.get_max().map(|(number, _)| *number));
        Ok(RevisionRecorded {
            revision,
            line,
            parent: head,
            content,
            files: kept,
            errors: 0,
            warnings: 0,
            program: String::new(),
            changes: Vec::new(),
        })
    }

    /// The addresses of files, and their blobs.
    fn keep(&self, files: &[FileSent], blobs: &mut Vec<Blob>) -> Result<Vec<FileKept>, Refusal> {
        let mut kept = Vec::with_capacity(files.len());
        for (number, file) in files.iter().enumerate() {
            let blob = self.context.blob(number, file.bytes.clone())?;
            kept.push(FileKept { path: file.path.clone(), address: blob.address(), bytes: file.bytes.len() as u64 });
            blobs.push(blob);
        }
        Ok(kept)
    }

    fn issued(&self, files: Vec<DocumentSent>, blobs: &mut Vec<Blob>) -> Result<Vec<FileIssued>, Refusal> {
        let issued = files.into_iter().enumerate().map(|(number, DocumentSent { document, language, file })| {
            let (sha256, bytes) = (Some(Hash::of(&[&file.bytes])), file.bytes.len() as u64);
            let blob = self.context.blob(number, file.bytes)?;
            let address = blob.address();
            blobs.push(blob);
            Ok(FileIssued { document, path: file.path, language: Some(language), bytes, sha256, address })
        });
        issued.collect()
    }

    fn signature(&self, number: u32, meaning: Meaning) -> Result<Signed, Refusal> {
        let revision = self.known_revision(number)?;
        revision.last.seen(self.context, || words_of(number))?;
        self.context.fresh()?;
        if let Some(head) = self.state.lines.get(&revision.line).map(|line| line.head).filter(|head| *head != number) {
            return Err(Refusal::TooEarly(
                Words::new(
                    format!("改訂{number}の後に改訂{head}が記録されています"),
                    format!("revision {head} was recorded after revision {number}"),
                ),
                Words::new("現在の改訂に署名してください", "sign the revision that stands"),
            ));
        }
        if meaning != Meaning::Prepared
            && let Some(reviewer) = revision.returned_by()
        {
            return Err(Refusal::TooEarly(
                Words::new(
                    format!("改訂{number}は {reviewer} が差し戻しています"),
                    format!("revision {number} was sent back by {reviewer}"),
                ),
                Words::new(
                    "直した改訂を記録するか、査読した人が受け入れたことを記録してください",
                    "record a revision that is mended, or have the reviewer accept this one",
                ),
            ));
        }
        let mine: Vec<_> =
            self.state.signatures.values().filter(|signature| signature.revision == number && signature.withdrawn.is_none()).collect();
        let done: Vec<_> =
            mine.iter().filter(|signature| signature.signer == self.context.actor).map(|signature| action_of(signature.meaning)).collect();
        if done.contains(&action_of(meaning)) {
            let (ja, en) = meaning.words();
            return Err(Refusal::Exists(Words::new(format!("あなたの「{ja}」の署名"), format!("your signature as “{en}”"))));
        }
        may_also_do(&done, action_of(meaning)).map_err(|separation| Refusal::NotPermitted(separation.words()))?;
        let signed = |meaning| mine.iter().any(|signature| signature.meaning == meaning);
        let first = match meaning {
            Meaning::Prepared => None,
            Meaning::Confirmed => Some(Meaning::Prepared),
            Meaning::Approved => Some(Meaning::Confirmed),
        };
        if let Some(first) = first.filter(|first| !signed(*first)) {
            let ((ja, en), (first_ja, first_en)) = (meaning.words(), first.words());
            return Err(Refusal::TooEarly(
                Words::new(
                    format!("「{first_ja}」の署名がないため、「{ja}」の署名はできません"),
                    format!("it cannot be signed as {en} before it is signed as {first_en}"),
                ),
                Words::new("作成、確認、承認の順に署名してください", "sign in the order prepared, confirmed, approved"),
            ));
        }
        if meaning == Meaning::Approved && revision.errors > 0 {
            return Err(Refusal::TooEarly(
                Words::new(
                    format!("改訂{number}には要修正の指摘が{}件あり、承認できません", revision.errors),
                    format!("revision {number} has {} errors and cannot be approved", revision.errors),
                ),
                Words::new(
                    "`mimamori check` で確かめ、直した改訂を記録してください",
                    "see `mimamori check`, and record a revision without them",
                ),
            ));
        }
        Ok(Signed {
            signature: number_after(self.state.signatures.get_max().map(|(number, _)| *number)),
            revision: number,
            meaning,
            content: revision.content,
            name: self.organisation.people.get(&self.context.actor).map(|person| person.name.clone()).unwrap_or_default(),
            authenticated: self.context.authenticated.map(|at| at.to_string()).unwrap_or_default(),
        })
    }

    /// That a revision can be handed in: it is what stands, and those who have to still answer for it.
    fn ready(&self, number: u32) -> Result<(), Refusal> {
        let revision = self.known_revision(number)?;
        revision.last.seen(self.context, || words_of(number))?;
        if let Some(head) = self.state.lines.get(&revision.line).map(|line| line.head).filter(|head| *head != number) {
            return Err(Refusal::TooEarly(
                Words::new(
                    format!("改訂{number}の後に改訂{head}が記録され、改訂{number}の署名は無効になっています"),
                    format!("revision {head} was recorded after revision {number} and voids its signatures"),
                ),
                Words::new(
                    "提出するものに署名を得てください。改訂の前に提出していたときは、紙の控えとともに新しい改訂の理由に書いてください",
                    "have signed what is handed in; if it was handed in before the change, say so in the reason of the new revision and keep the paper",
                ),
            ));
        }
        for meaning in [Meaning::Prepared, Meaning::Confirmed, Meaning::Approved] {
            if self.state.signed(number, meaning).next().is_none() {
                let (ja, en) = meaning.words();
                return Err(Refusal::TooEarly(
                    Words::new(
                        format!("改訂{number}は「{ja}」の署名がないため、提出を記録できません"),
                        format!("revision {number} is not signed as {en} and cannot be handed in"),
                    ),
                    Words::new("作成、確認、承認の署名をそろえてください", "have it signed as prepared, confirmed and approved"),
                ));
            }
        }
        Ok(())
    }
}

/// The SHA-256 of a plan's content: each path and each file with its length before it, by path.
pub fn content(files: &[FileSent]) -> Hash {
    let mut sorted: Vec<_> = files.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    let mut bytes = Vec::new();
    for file in sorted {
        for part in [file.path.as_bytes(), &file.bytes] {
            bytes.extend((part.len() as u64).to_be_bytes());
            bytes.extend(part);
        }
    }
    Hash::of(&[&bytes])
}

/// That a day is not before that of what it follows.
fn after(day: jiff::civil::Date, first: jiff::civil::Date, what: &Words) -> Result<(), Refusal> {
    if day >= first {
        return Ok(());
    }
    Err(Refusal::Unfit(
        Words::new(format!("{day} は{}の日 {first} より前です", what.ja), format!("{day} is before {}, on {first}", what.en)),
        Words::new("日付を確かめてください", "check the dates"),
    ))
}

const fn action_of(meaning: Meaning) -> Action {
    match meaning {
        Meaning::Prepared => Action::SignPrepared,
        Meaning::Confirmed => Action::SignConfirmed,
        Meaning::Approved => Action::SignApproved,
    }
}

fn number_after(last: Option<u32>) -> u32 {
    last.unwrap_or(0) + 1
}

fn words_of(revision: u32) -> Words {
    Words::new(format!("改訂{revision}"), format!("revision {revision}"))
}

fn words_of_worklist(number: u32) -> Words {
    Words::new(format!("作業一覧{number}"), format!("worklist {number}"))
}

fn words_of_submission(number: u32) -> Words {
    Words::new(format!("提出{number}"), format!("submission {number}"))
}

fn action_of_survey(command: &survey::Command) -> Action {
    match command {
        survey::Command::Join { .. } | survey::Command::Contract(_) => Action::RecordContract,
        survey::Command::Register { .. } => Action::RegisterPatient,
        survey::Command::Send { paper: true, .. } => Action::TranscribeForm,
        survey::Command::Send { .. } => Action::EnterForm,
        survey::Command::Query { .. } => Action::RaiseQuery,
        survey::Command::Answer { .. } => Action::AnswerQuery,
        survey::Command::Close { .. } => Action::CloseQuery,
        survey::Command::Lock(_) | survey::Command::Exclude { .. } => Action::LockData,
        survey::Command::Unlock(_) => Action::UnlockData,
        survey::Command::Sign { .. } => Action::SignForm,
        survey::Command::Triage { .. } => Action::TriageCase,
        survey::Command::Code { .. } => Action::CloseQuery,
        survey::Command::Pay { .. } | survey::Command::Stop(_) => Action::RecordContract,
        survey::Command::Cut { .. } => Action::LockData,
    }
}

/// Why a survey does not take something, as every refusal is told.
fn refused(refused: survey::Refused) -> Refusal {
    match refused {
        survey::Refused::Unfit(message, hint) => Refusal::Unfit(message, hint),
        survey::Refused::Unknown(what) => Refusal::Unknown(what),
        survey::Refused::Exists(what) => Refusal::Exists(what),
        survey::Refused::TooEarly(message, hint) => Refusal::TooEarly(message, hint),
        survey::Refused::NoReason => Refusal::NoReason,
        survey::Refused::Changed(record, last) => Refusal::Conflict(Box::new(Conflict {
            record,
            seen: Words::new("それより前", "what stood before"),
            now: Words::new(format!("記録{}番", last.sequence), format!("entry {}", last.sequence)),
            by: (last.actor, last.recorded),
        })),
        survey::Refused::Values(wrong) => Refusal::Values(wrong),
    }
}
