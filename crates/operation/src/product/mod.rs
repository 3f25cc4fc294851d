//! One product: the life of its plan, from the first draft to the published version and the next pending change.

mod entry;
mod handle;
mod state;
mod view;

pub use entry::{
    Confirmed, DATED, DocumentIssued, DocumentsIssued, Event, FileIssued, FileKept, InquiryAnswered, InquiryRecorded, ItemAssigned,
    ItemListed, ItemSettled, LineOpened, Meaning, ObligationMet, Published, RECEIVED, ReviewRecorded, RevisionRecorded, SignatureWithdrawn,
    Signed, Submitted, TrailReviewed, ValueChanged, Verdict, WorklistClosed, WorklistOpened,
};
pub use handle::content;
pub use handle::{Command, DocumentSent, FileSent, handle};
pub use state::{Done, Inquiry, Issue, Item, Line, MAIN, Product, Receipt, Review, Revision, Signature, Submission, Worklist};
pub use view::{SignatureStatus, Stage};
