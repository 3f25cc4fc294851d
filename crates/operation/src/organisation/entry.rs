use std::collections::BTreeSet;

use access::Role;
use journal::SignedHeads;
use serde::{Deserialize, Serialize};

use crate::event::events;

events! {
    /// What is recorded of the organisation.
    Event {
        /// The organisation began its record.
        OrganisationOpened: "organisation-opened", 1,
        /// A person is known by name.
        PersonRegistered: "person-registered", 1,
        /// A person holds a role.
        RoleGranted: "role-granted", 1,
        /// A person no longer holds a role.
        RoleRevoked: "role-revoked", 1,
        /// A product has a record.
        ProductListed: "product-listed", 1,
        /// The organisation states its rhythms and closed days.
        RhythmsSet: "rhythms-set", 1,
        /// A medical institution is known by name.
        InstitutionRegistered: "institution-registered", 1,
        /// The organisation says where a dictionary stands that it has a licence for.
        DictionarySet: "dictionary-set", 1,
        /// The heads of all chains were signed.
        SignedHeads: "heads-signed", 1,
    }
}

/// The organisation began its record; who began it looks after accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationOpened {
    /// Tells this record from every other: 32 hexadecimal digits.
    pub id: String,
    /// The name of the organisation.
    pub name: String,
    /// The first administrator.
    pub person: String,
    /// The name of that person.
    pub person_name: String,
}

/// A person is known by name. Identifiers are never given to somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonRegistered {
    /// The identifier.
    pub person: String,
    /// The name, as it is printed beside a signature.
    pub name: String,
}

/// A person holds a role, from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleGranted {
    /// The person.
    pub person: String,
    /// The role.
    pub role: Role,
    /// The product it is held for; without one, all.
    pub product: Option<String>,
    /// The institutions it is held for.
    pub institutions: BTreeSet<String>,
    /// The activities it is held for.
    pub activities: BTreeSet<String>,
}

/// A person no longer holds a role, from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleRevoked {
    /// The person.
    pub person: String,
    /// The role.
    pub role: Role,
    /// The product it was held for.
    pub product: Option<String>,
}

/// The rhythms of reports and the closed days that the organisation states, over those of the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RhythmsSet {
    /// A file as [`Rhythms::standard_text`](crate::deadline::Rhythms::standard_text) shows it; empty: nothing is stated.
    pub text: String,
}

/// A product has a record of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductListed {
    /// The identifier, which names its chain.
    pub product: String,
    /// What it is called.
    pub name: String,
}

/// A medical institution is known by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstitutionRegistered {
    /// Its identifier.
    pub institution: String,
    /// Its name.
    pub name: String,
    /// Its address, as it is printed.
    pub address: String,
}

/// A dictionary that the organisation has a licence for stands in a folder; nothing of it is kept in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DictionarySet {
    /// Which, such as `meddra-j`.
    pub dictionary: String,
    /// Its version.
    pub version: String,
    /// The folder.
    pub folder: String,
    /// How many files stood there when it was set.
    pub files: u32,
    /// The SHA-256 over their names and bytes: another version of the same name is seen.
    pub content: journal::Hash,
}
