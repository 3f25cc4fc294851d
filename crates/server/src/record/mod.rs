//! What pages and programs are told of the record: made here once, shown by rooms above.

pub mod counts;
pub mod csv;
pub mod documents;
pub mod dossier;
pub mod due;
pub mod needs;
pub mod places;
pub mod revise;
pub mod sentence;
pub mod worklist;
