//! Surveys as files of other systems.
//!
//! | question | item |
//! |---|---|
//! | what is handed out? | [`Cut`] |
//!
//! There is no clock and no file here: bytes come in and go out through `std::io`.

mod cut;

pub use cut::Cut;
