//! How far a survey is, and what was seen.
