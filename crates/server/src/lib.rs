//! A record and its plans in the browser, for a whole team.
//!
//! | question | where |
//! |---|---|
//! | what does it stand on? | [`House`] |
//! | who may ask what where? | [`route`], one table |
//! | who is at the other end? | [`people`], kept in [`keep`] |
//! | what is asked, what is answered? | [`ask`], [`answer`] |
//! | how often, how much? | [`limits`] |
//! | how do pages look? | `look` |
//! | the pages | `page`, one file each |
//! | the same for programs | `api` |
//! | what is told of the record, to pages and programs alike | [`record`] |
//! | HTTP | [`serve()`], and nothing else knows it |

pub mod answer;
pub mod api;
pub mod ask;
pub mod chance;
pub mod edit;
pub mod house;
pub mod keep;
pub mod limits;
pub mod look;
pub mod page;
pub mod people;
pub mod record;
pub mod route;
mod serve;

pub use house::{Furnishing, House, Place};
pub use keep::Keep;
pub use serve::{POLICY, serve};
