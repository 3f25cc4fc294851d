//! What is recorded of a product, one command after another, as people would.

use std::collections::BTreeSet;

use jiff::civil::Date;
use journal::{Blob, Draft, Moment};
use operation::Context;
use operation::organisation::Organisation;
use operation::product::{
    Command, Confirmed, DocumentSent, FileSent, InquiryAnswered, InquiryRecorded, MAIN, Meaning, ObligationMet, Product, Published,
    ReviewRecorded, TrailReviewed, ValueChanged, Verdict, handle,
};

use crate::chance::Chance;
use crate::plan_course::Course;

/// A revision is recorded every so many entries: 50,000 entries hold a thousand revisions.
pub const ROUND: usize = 50;

/// A product on its way.
pub struct ProductCourse<'a> {
    /// Its identifier.
    pub id: String,
    /// What follows from its entries.
    pub state: Product,
    course: &'a Course,
    files: Vec<FileSent>,
    salts: Vec<[u8; 32]>,
    /// What has been kept: it is not handed in again.
    kept: BTreeSet<usize>,
    obligations: &'a [String],
    slot: usize,
    met: usize,
    chance: Chance,
}

/// What somebody asks for.
struct Asked {
    actor: String,
    command: Command,
    reason: Option<String>,
    received: Option<Date>,
}

impl Asked {
    fn by(actor: String, command: Command) -> Self {
        Self { actor, command, reason: None, received: None }
    }

    fn because(self, reason: &str) -> Self {
        Self { reason: Some(reason.to_owned()), ..self }
    }
}

impl<'a> ProductCourse<'a> {
    /// A product of which nothing is recorded yet.
    pub fn new(id: String, name: &str, course: &'a Course, obligations: &'a [String], seed: u64) -> Self {
        let mut chance = Chance(seed);
        let mut files = course.files.clone();
        for file in &mut files {
            let text = String::from_utf8(std::mem::take(&mut file.bytes)).unwrap();
            file.bytes = text.replace("ミホンサ", name).into_bytes();
        }
        let salts = files.iter().map(|_| chance.bytes()).collect();
        Self { id, state: Product::default(), course, files, salts, kept: BTreeSet::new(), obligations, slot: 0, met: 0, chance }
    }

    /// The next entry, decided by `handle` at that moment, with the blobs that are new.
    pub fn next(&mut self, organisation: &Organisation, now: Moment) -> (Draft, Vec<Blob>) {
        let zone = "Asia/Tokyo";
        let today = now.timestamp().to_zoned(jiff::tz::TimeZone::get(zone).unwrap()).date();
        let Asked { actor, command, reason, received } = self.asked(today);
        let revises = matches!(command, Command::RecordRevision { .. });
        let salts = match &command {
            Command::RecordRevision { .. } => self.salts.clone(),
            Command::Issue { files, .. } => files.iter().map(|_| self.chance.bytes()).collect(),
            _ => Vec::new(),
        };
        let context = Context {
            command: self.chance.hex(),
            actor,
            now,
            zone: zone.into(),
            reason,
            received,
            seen: u64::MAX,
            authenticated: Some(now),
            salts,
        };
        let (mut drafts, blobs) = handle(&self.id, &self.state, organisation, command, &context).unwrap();
        assert_eq!(drafts.len(), 1, "one command, one entry");
        let new = blobs.into_iter().enumerate().filter(|(file, _)| !revises || self.kept.insert(*file)).map(|(_, blob)| blob).collect();
        self.slot += 1;
        (drafts.remove(0), new)
    }

    fn asked(&mut self, today: Date) -> Asked {
        let (round, place) = (self.slot / ROUND, self.slot % ROUND);
        let head = self.state.lines.get(MAIN).map_or(0, |line| line.head);
        let officer = |number: usize| format!("safety-officer-{:02}", 1 + number % 28);
        let manager = |number: usize| format!("safety-manager-{:02}", 1 + number % 4);
        let supervisor = "general-marketing-supervisor-01".to_owned();
        let submission = self.state.submissions.get_max().map_or(0, |(number, _)| *number);
        let (signs, submits) = (round % 10 == 0, round % 20 == 0);
        match place {
            0 => self.revision(round, officer(round)),
            1..=3 => {
                let returned = place == 1 && round % 4 == 3;
                let (verdict, remarks) = if returned {
                    (Verdict::Returned, "根拠となる資料の版を確かめてください。")
                } else {
                    (Verdict::Accepted, "差し支えありません。")
                };
                Asked::by(officer(round + place), Command::Review(ReviewRecorded { revision: head, verdict, remarks: remarks.into() }))
            }
            4 if signs => Asked::by(officer(round), Command::Sign { revision: head, meaning: Meaning::Prepared }),
            5 if signs => Asked::by(manager(round), Command::Sign { revision: head, meaning: Meaning::Confirmed }),
            6 if signs => Asked::by(supervisor, Command::Sign { revision: head, meaning: Meaning::Approved }),
            7 if submits => {
                Asked::by(manager(round), Command::Submit { revision: head, day: today, receipt: Some(format!("R{:06}", self.slot)) })
            }
            8 if submits => self.issue(head, today, officer(round)),
            9..=12 if submits => {
                let inquiry = format!("{submission}-{}", place - 8);
                let text = "感染症の発現状況について、直近の集計を説明してください。".to_owned();
                let command = Command::Ask(InquiryRecorded { inquiry, submission, text, asked: today, due: today.tomorrow().ok() });
                Asked { received: Some(today), ..Asked::by(officer(round), command) }
            }
            13..=16 if submits => {
                let inquiry = format!("{submission}-{}", place - 12);
                let text = "調査の中間集計を表に示し、新たな懸念がないことを説明した。".to_owned();
                Asked::by(manager(round), Command::Answer(InquiryAnswered { inquiry, text, day: today }))
            }
            17 if submits => {
                let command = Command::Confirm(Confirmed { submission, day: today });
                Asked { received: Some(today), ..Asked::by(officer(round), command) }
            }
            18 if submits => Asked::by(officer(round), Command::Publish(Published { submission, day: today, address: None })),
            30 | 40 => {
                let reviewed = TrailReviewed { up_to: self.state.sequence, remarks: "定期の点検。問題は認めない。".into() };
                Asked::by(manager(round), Command::ReviewTrail(reviewed))
            }
            _ => self.receipt(today, officer(round + place)),
        }
    }

    fn revision(&mut self, round: usize, actor: String) -> Asked {
        let (changes, (errors, warnings)) = match round.checked_sub(1) {
            None => (self.course.changes.clone(), self.course.found),
            Some(step) => {
                let step = &self.course.steps[step];
                self.files[step.file].bytes.clone_from(&step.bytes);
                // another content has another salt; what has not changed keeps its place
                self.salts[step.file] = self.chance.bytes();
                self.kept.remove(&step.file);
                (step.changes.clone(), step.found)
            }
        };
        let changes: Vec<ValueChanged> = changes;
        let parent = self.state.lines.get(MAIN).map(|line| line.head);
        let command = Command::RecordRevision {
            line: MAIN.into(),
            parent,
            files: self.files.clone(),
            errors,
            warnings,
            program: concat!("mimamori ", env!("CARGO_PKG_VERSION")).into(),
            changes,
        };
        Asked::by(actor, command).because("定期の見直しで記載を整えたため")
    }

    fn issue(&self, head: u32, today: Date, actor: String) -> Asked {
        let file = |name: &str| DocumentSent {
            document: "j-rmp".into(),
            language: "ja".into(),
            file: FileSent { path: name.into(), bytes: format!("{} {} {head}", self.id, name).into_bytes() },
        };
        let files = vec![file("j-rmp.html"), file("j-rmp.docx")];
        let program = concat!("mimamori ", env!("CARGO_PKG_VERSION")).into();
        Asked::by(actor, Command::Issue { revision: head, against: None, as_of: today, program, files })
    }

    fn receipt(&mut self, day: Date, actor: String) -> Asked {
        let obligation = self.obligations[self.met % self.obligations.len()].clone();
        self.met += 1;
        let receipt = Some(format!("受付{:06}", self.slot));
        Asked::by(actor, Command::Meet(ObligationMet { obligation, day, receipt })).because("受付番号を確かめて改めたため")
    }
}
