//! The people of the world: every role, fifty of whom read plans and walk the pages.

use access::Role;

/// What opens the door of everybody here. It is told to nobody else: the folder is made to be thrown away.
pub const PASSWORD: &str = "見守り load 2026 見守り";

/// Somebody of the world.
#[derive(Clone, Debug)]
pub struct Somebody {
    /// The identifier.
    pub id: String,
    /// The name.
    pub name: String,
    /// The role, for all products.
    pub role: Role,
    /// Whether they walk the pages: those who may read every plan.
    pub walks: bool,
}

/// How many hold each role. The first administrator opens the record.
const ROLES: &[(Role, u32, bool)] = &[
    (Role::Administrator, 2, false),
    (Role::GeneralMarketingSupervisor, 2, true),
    (Role::SafetyManager, 4, true),
    (Role::SafetyOfficer, 28, true),
    (Role::PostMarketingStudyManager, 6, true),
    (Role::Monitor, 4, true),
    (Role::Statistician, 4, true),
    (Role::Inspector, 2, true),
    (Role::MedicalRepresentative, 2, false),
    (Role::SurveyPhysician, 2, false),
    (Role::ContractResearchOrganisation, 2, false),
];

/// Everybody, administrators first.
pub fn everybody() -> Vec<Somebody> {
    let of_role = |(role, count, walks): &(Role, u32, bool)| {
        let (role, walks) = (*role, *walks);
        (1..=*count).map(move |number| Somebody {
            id: format!("{}-{number:02}", role.name()),
            name: format!("見本 {}{number}", role.words().0),
            role,
            walks,
        })
    };
    ROLES.iter().flat_map(of_role).collect()
}

/// The secret of somebody's second factor, in base 32: made of their place, so that whoever walks knows it.
pub fn secret(place: usize) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    // 32 letters are 20 bytes, as long as the hash of RFC 6238
    (0..32).map(|letter| char::from(LETTERS[(place * 7 + letter * 13 + place * letter) % 32])).collect()
}
