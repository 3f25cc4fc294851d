//! The organisation: its people and their roles, its products, the signed heads of its chains.

mod entry;
mod handle;
mod state;

pub use entry::{
    DictionarySet, Event, InstitutionRegistered, OrganisationOpened, PersonRegistered, ProductListed, RhythmsSet, RoleGranted, RoleRevoked,
};
pub use handle::{Command, PROGRAM, handle};
pub use state::{Institution, Organisation, Person};
