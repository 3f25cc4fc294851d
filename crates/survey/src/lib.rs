//! Surveys as they run: what the plan says is the configuration.
//!
//! | question | item |
//! |---|---|
//! | what does the plan say of a survey: periods, visits, forms, checks? | [`Design`] |
//! | what can be recorded of it? | [`Event`] |
//! | how does it stand? | [`Survey`] |
//! | may a patient be registered, a form be sent, a query be closed? | [`handle`] |
//! | what is amiss in a form? | [`Filled`] |
//! | when is what due? | [`schedule`] |
//! | how far is it, and what was seen? | [`view`] |
//!
//! There is no clock here: who asks brings the day.

mod design;
mod entry;
mod filled;
mod handle;
pub mod schedule;
mod state;
mod typed;
pub mod view;

pub use design::{Assumed, CheckDesign, ConcernDesign, Design, EventDesign, FormDesign, ItemDesign, VisitDesign, later};
pub use entry::{
    CaseTriaged, Code, ContractRecorded, DataCut, Event, FormKey, FormSent, FormSigned, FormsLocked, FormsPaid, FormsUnlocked,
    PatientExcluded, PatientRegistered, QueryAnswered, QueryClosed, QueryRaised, RegistrationStopped, Sex, SiteJoined, TermsCoded,
};
pub use filled::{Failing, Filled};
pub use handle::{Command, Context, Refused, handle};
pub use state::{Change, Contract, Cut, Exclusion, Form, Last, Patient, Query, Site, Stopped, Survey, Triage};
pub use typed::{normal, read};
