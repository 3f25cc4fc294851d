//! The renderers, seen from outside: snapshots a reviewer can read, and properties that hold for any text.

mod example;
mod html;
mod human;
mod jsonl;
mod language;
mod markdown;
mod problem;
mod properties;
mod sarif;
