//! The people of the invented world, and its products with their names.

use std::path::Path;

use access::Role;
use diagnostic::{Problem, Words};
use jiff::Timestamp;
use journal::Moment;
use operation::organisation::{Command, InstitutionRegistered, RoleGranted};
use operation::{Context, Desk, Snapshot};
use plan::Folder;
use server::Keep;
use server::chance::{bytes, hex};
use server::people::credentials;

use super::story;
use crate::data;
use crate::record_arguments::Database;

/// The organisation; its name says on every print and export that all is invented.
pub const ORGANISATION: &str = "見本バイオ製薬株式会社（模擬データ）";

/// Somebody of the invented world.
pub struct Person {
    pub id: &'static str,
    pub name: &'static str,
    pub role: Role,
}

const fn person(id: &'static str, name: &'static str, role: Role) -> Person {
    Person { id, name, role }
}

/// Everybody, each in one role.
pub const PEOPLE: &[Person] = &[
    person("kanri", "管理 太郎", Role::Administrator),
    person("sato", "佐藤 宏", Role::GeneralMarketingSupervisor),
    person("suzuki", "鈴木 恵子", Role::SafetyManager),
    person("takahashi", "高橋 直人", Role::SafetyOfficer),
    person("tanaka", "田中 美咲", Role::PostMarketingStudyManager),
    person("ito", "伊藤 健", Role::Monitor),
    person("watanabe", "渡辺 翔", Role::MedicalRepresentative),
    person("yamamoto", "山本 由紀", Role::SurveyPhysician),
    person("nakamura", "中村 誠", Role::ContractResearchOrganisation),
    person("kobayashi", "小林 薫", Role::Statistician),
    person("kato", "加藤 律子", Role::Inspector),
];

const INSTITUTIONS: &[(&str, &str, &str)] = &[
    ("mihon-univ", "見本大学病院", "見本県見本市一丁目1"),
    ("rei-center", "例示医療センター", "例示県例示市二丁目2"),
    ("kasetsu", "仮設総合病院", "仮設県仮設市三丁目3"),
];

const EXAMPLES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/examples.rs"));

/// What is real in the example plan, and what stands for it here: nobody real is shown with invented data.
const INVENTED: &[(&str, &str)] = &[
    ("リツキサン", "ミホリタス"),
    ("Rituxan", "Miholitas"),
    ("リツキシマブ", "ミホンキシマブ"),
    ("Rituximab", "Mihonximab"),
    ("rituximab", "mihonximab"),
    ("全薬工業株式会社", "見本バイオ製薬株式会社"),
    ("Zenyaku Kogyo Co., Ltd.", "Mihon Biopharma Co., Ltd."),
    ("23000AMX00185000", "00000AMX00000001"),
    ("23000AMX00186000", "00000AMX00000002"),
];

/// An example plan under its invented names.
pub fn example(name: &str) -> Folder {
    let prefix = format!("{name}/");
    let files = EXAMPLES.iter().filter_map(|(path, text)| Some((path.strip_prefix(&prefix)?, *text)));
    let invented = |text: &str| INVENTED.iter().fold(text.to_owned(), |text, (real, ours)| text.replace(real, ours));
    files.map(|(path, text)| (path.to_owned(), invented(text).into_bytes())).collect()
}

/// Whoever records in the story: they act at a time of the story.
pub struct Actors<'a> {
    pub desk: &'a Desk,
}

impl Actors<'_> {
    /// Somebody acts at a time, having seen everything, and proved who they are.
    pub fn context(&self, person: &str, at: &str, reason: &str, files: usize) -> Result<Context, Problem> {
        let at: Timestamp = format!("{at}:00+09:00").parse().map_err(|error| {
            let words = format!("{at}: {error}");
            Problem::new(Words::same(words), Words::default())
        })?;
        Ok(Context {
            command: hex(bytes::<16>()?),
            actor: person.to_owned(),
            now: Moment::of(at),
            zone: "Asia/Tokyo".to_owned(),
            reason: Some(reason.to_owned()).filter(|reason| !reason.is_empty()),
            received: None,
            seen: u64::MAX,
            authenticated: Some(Moment::of(at)),
            salts: (0..files).map(|_| bytes()).collect::<Result<_, _>>()?,
        })
    }

    /// Records something of the organisation.
    pub fn organisation(&self, person: &str, at: &str, command: &Command) -> Result<(), Problem> {
        self.desk.organisation(command, &self.context(person, at, "", 0)?).map(drop).map_err(data::undone)
    }
}

/// Furnishes the world.
///
/// # Errors
/// The folder is not empty, or something does not fit.
pub fn furnish(path: &Path, password: &str) -> Result<(), Problem> {
    let new = data::New::make(path, &Database { database: None, server: None })?;
    let desk = Desk::open(new.open()?, new.open()?, Snapshot::default())?;
    let actors = Actors { desk: &desk };
    let [admin, others @ ..] = PEOPLE else { return Ok(()) };
    let open = Command::Open { id: hex(bytes::<16>()?), name: ORGANISATION.to_owned(), person_name: admin.name.to_owned() };
    actors.organisation(admin.id, "2025-03-03T09:00", &open)?;
    for person in others {
        let register = Command::RegisterPerson { person: person.id.to_owned(), name: person.name.to_owned() };
        actors.organisation(admin.id, "2025-03-03T09:30", &register)?;
        let holding = RoleGranted {
            person: person.id.to_owned(),
            role: person.role,
            product: None,
            institutions: INSTITUTIONS.iter().take(2).map(|(id, ..)| (*id).to_owned()).collect(),
            activities: ["survey-nephrotic".to_owned()].into(),
        };
        actors.organisation(admin.id, "2025-03-03T09:30", &Command::GrantRole(holding))?;
    }
    for (institution, name, address) in INSTITUTIONS {
        let registered =
            InstitutionRegistered { institution: (*institution).to_owned(), name: (*name).to_owned(), address: (*address).to_owned() };
        actors.organisation("takahashi", "2025-03-04T10:00", &Command::RegisterInstitution(registered))?;
    }
    story::play(&actors)?;
    drop(desk);
    new.finish()?;
    let keep = Keep::in_folder(path)?;
    for person in PEOPLE {
        credentials::set(&keep, person.id, password)?;
    }
    Ok(())
}
