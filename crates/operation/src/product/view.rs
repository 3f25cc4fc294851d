use super::entry::{Meaning, Verdict};
use super::state::{MAIN, Product, Revision, Signature, Submission};

/// How a signature stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureStatus {
    /// What was signed is still what stands.
    Valid,
    /// The line has a later revision: what was signed is no longer what stands.
    VoidedByChange(u32),
    /// The signer took it back.
    Withdrawn,
}

/// How far a submission has come. The regulator does not accept a plan: it asks, and confirms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Handed in.
    Submitted,
    /// The regulator asked something that is not answered yet.
    Asked,
    /// Everything asked is answered.
    Answered,
    /// Confirmed.
    Confirmed,
    /// Public.
    Published,
}

impl Revision {
    /// Who has sent it back and not accepted it since.
    #[must_use]
    pub fn returned_by(&self) -> Option<&str> {
        let last = |reviewer: &str| self.reviews.iter().rev().find(|review| review.reviewer == reviewer).map(|review| review.verdict);
        self.reviews.iter().map(|review| review.reviewer.as_str()).find(|reviewer| last(reviewer) == Some(Verdict::Returned))
    }
}

impl Product {
    /// The revision by which surveys run: the last that was handed in, for what is only being written binds nobody; before the first
    /// submission, the one that stands.
    #[must_use]
    pub fn running(&self) -> Option<u32> {
        let on_main = |number: &u32| self.revisions.get(number).is_some_and(|revision| revision.line == MAIN);
        let handed_in = self.submissions.values().map(|submission| submission.revision).filter(on_main).max();
        handed_in.or_else(|| self.lines.get(MAIN).map(|line| line.head))
    }

    /// How a signature stands.
    #[must_use]
    pub fn status(&self, signature: &Signature) -> SignatureStatus {
        if signature.withdrawn.is_some() {
            return SignatureStatus::Withdrawn;
        }
        let line = self.revisions.get(&signature.revision).and_then(|revision| self.lines.get(&revision.line));
        match line.map(|line| line.head) {
            Some(head) if head != signature.revision => SignatureStatus::VoidedByChange(head),
            _ => SignatureStatus::Valid,
        }
    }

    /// The signatures of a revision that were not taken back, with this meaning.
    pub fn signed(&self, revision: u32, meaning: Meaning) -> impl Iterator<Item = &Signature> {
        let of_revision = move |signature: &&Signature| signature.revision == revision && signature.meaning == meaning;
        self.signatures.values().filter(of_revision).filter(|signature| signature.withdrawn.is_none())
    }

    /// How far a submission has come.
    #[must_use]
    pub fn stage(&self, number: u32, submission: &Submission) -> Stage {
        if submission.published.is_some() {
            return Stage::Published;
        }
        if submission.confirmed.is_some() {
            return Stage::Confirmed;
        }
        let answered: Vec<_> =
            self.inquiries.values().filter(|inquiry| inquiry.submission == number).map(|inquiry| inquiry.answered.is_some()).collect();
        match answered.as_slice() {
            [] => Stage::Submitted,
            all if all.contains(&false) => Stage::Asked,
            _ => Stage::Answered,
        }
    }

    /// The revision that was handed in last: the base of a comparison of old and new.
    #[must_use]
    pub fn last_submitted(&self) -> Option<u32> {
        self.submissions.get_max().map(|(_, submission)| submission.revision)
    }
}
