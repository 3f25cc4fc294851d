//! A plan in operation: what follows from the plan and the record of one product. No clock, no files: the day is an argument.
//!
//! | where | what |
//! |---|---|
//! | [`deadline`] | what is due, when, by which rule, and what met it |

pub mod deadline;
