use access::{Action, Holding, Role, Subject, may_also_hold, may_do_for_oneself};
use diagnostic::Words;
use journal::{Chain, Draft, SignedHeads};

use super::entry::{
    DictionarySet, Event, InstitutionRegistered, OrganisationOpened, PersonRegistered, ProductListed, RhythmsSet, RoleGranted, RoleRevoked,
};
use super::state::Organisation;
use crate::context::Context;
use crate::deadline::Rhythms;
use crate::refusal::Refusal;

/// What can be asked of the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Begins the record; the actor becomes its first administrator.
    Open {
        /// Tells this record from every other: 32 random hexadecimal digits.
        id: String,
        /// The name of the organisation.
        name: String,
        /// The name of the actor.
        person_name: String,
    },
    /// Makes a person known.
    RegisterPerson {
        /// The identifier: ASCII letters, digits, `-`, `_`, `.`, `@`.
        person: String,
        /// The name.
        name: String,
    },
    /// Gives a role to a person.
    GrantRole(RoleGranted),
    /// Takes a role from a person.
    RevokeRole(RoleRevoked),
    /// Begins the record of a product.
    ListProduct {
        /// The identifier, which names its chain.
        product: String,
        /// What it is called.
        name: String,
    },
    /// States the rhythms of reports and the closed days.
    SetRhythms(RhythmsSet),
    /// Makes a medical institution known, or says its name and address anew.
    RegisterInstitution(InstitutionRegistered),
    /// Says where a dictionary stands.
    SetDictionary(DictionarySet),
    /// Records the signed heads of the chains.
    SignHeads(SignedHeads),
    /// The same by the program, once a day, for [`PROGRAM`].
    SignDay(SignedHeads),
}

/// Who acts where no person does; no person is called so.
pub const PROGRAM: &str = "mimamori";

/// Decides what is recorded for a command.
///
/// # Errors
/// If it may not be done, or does not fit what stands.
pub fn handle(state: &Organisation, command: Command, context: &Context) -> Result<Vec<Draft>, Refusal> {
    // who may not do it hears nothing of what stands
    let role = match &command {
        Command::Open { .. } => Role::Administrator.name(),
        Command::RegisterPerson { .. } => state.role_for(&context.actor, Action::RegisterPerson, &Subject::default())?.name(),
        Command::GrantRole(_) => state.role_for(&context.actor, Action::GrantRole, &Subject::default())?.name(),
        Command::RevokeRole(_) => state.role_for(&context.actor, Action::RevokeRole, &Subject::default())?.name(),
        Command::ListProduct { product, .. } => {
            let about = Subject { product: Some(product), ..Subject::default() };
            state.role_for(&context.actor, Action::RecordRevision, &about)?.name()
        }
        Command::SetRhythms(_) => state.role_for(&context.actor, Action::SetCalendar, &Subject::default())?.name(),
        Command::RegisterInstitution(_) => state.role_for(&context.actor, Action::RegisterInstitution, &Subject::default())?.name(),
        Command::SetDictionary(_) => state.role_for(&context.actor, Action::SetCalendar, &Subject::default())?.name(),
        Command::SignHeads(_) => state.role_for(&context.actor, Action::PrintHead, &Subject::default())?.name(),
        Command::SignDay(_) => "",
    };
    let event = match command {
        Command::Open { id, name, person_name } => {
            if state.sequence > 0 {
                return Err(Refusal::Exists(Words::new("この組織の記録", "the record of this organisation")));
            }
            identifier(&context.actor)?;
            printable(&name)?;
            printable(&person_name)?;
            Event::OrganisationOpened(OrganisationOpened { id, name, person: context.actor.clone(), person_name })
        }
        Command::RegisterPerson { person, name } => {
            identifier(&person)?;
            // who differs from another in the case of a letter alone would be taken for them
            if state.people.keys().any(|known| known.eq_ignore_ascii_case(&person)) {
                return Err(Refusal::Exists(Words::new(format!("利用者「{person}」"), format!("person “{person}”"))));
            }
            if name.trim().is_empty() {
                return Err(Refusal::Unfit(
                    Words::new("氏名がありません", "the name is missing"),
                    Words::new("署名に添えて印刷する氏名を書いてください", "give the name that is printed beside signatures"),
                ));
            }
            printable(&name)?;
            Event::PersonRegistered(PersonRegistered { person, name })
        }
        Command::GrantRole(granted) => {
            let person = known(state, &granted.person, context)?;
            let held: Vec<_> = person.holdings.iter().map(|held| held.role).collect();
            may_also_hold(&held, granted.role).map_err(|separation| Refusal::NotPermitted(separation.words()))?;
            if granted.person == context.actor {
                may_do_for_oneself(Action::GrantRole).map_err(|separation| Refusal::NotPermitted(separation.words()))?;
            }
            if let Some(product) = granted.product.as_ref().filter(|product| !state.products.contains_key(*product)) {
                return Err(Refusal::Unknown(Words::new(format!("製品「{product}」"), format!("product “{product}”"))));
            }
            let RoleGranted { role, product, institutions, activities, .. } = &granted;
            if person.holdings.contains(&Holding {
                role: *role,
                product: product.clone(),
                institutions: institutions.clone(),
                activities: activities.clone(),
            }) {
                let (ja, en) = role.words();
                let words = Words::new(format!("{}の役割「{ja}」", granted.person), format!("role “{en}” held by {}", granted.person));
                return Err(Refusal::Exists(words));
            }
            Event::RoleGranted(granted)
        }
        Command::RevokeRole(revoked) => {
            let person = known(state, &revoked.person, context)?;
            context.reason()?;
            if !person.holdings.iter().any(|held| (held.role, &held.product) == (revoked.role, &revoked.product)) {
                let (ja, en) = revoked.role.words();
                return Err(Refusal::Unknown(Words::new(
                    format!("{}の役割「{ja}」", revoked.person),
                    format!("role “{en}” held by {}", revoked.person),
                )));
            }
            let administers = |held: &Holding| held.role == Role::Administrator && held.product.is_none();
            let another = state.people.iter().any(|(id, person)| *id != revoked.person && person.holdings.iter().any(administers));
            if (revoked.role, &revoked.product) == (Role::Administrator, &None) && !another {
                return Err(Refusal::Unfit(
                    Words::new(
                        format!("{} は最後の管理者です。取り消すと、だれも役割を付与できなくなります", revoked.person),
                        format!("{} is the last administrator: nobody could grant a role any more", revoked.person),
                    ),
                    Words::new("先に別の人に管理者の役割を付与してください", "make somebody else an administrator first"),
                ));
            }
            Event::RoleRevoked(revoked)
        }
        Command::ListProduct { product, name } => {
            if format!("product/{product}").parse::<Chain>().is_err() {
                return Err(Refusal::Unfit(
                    Words::new(
                        format!("製品の識別子「{product}」は使えません"),
                        format!("“{product}” cannot be the identifier of a product"),
                    ),
                    Words::new("英数字と - _ . で64字までにしてください", "use ASCII letters, digits, - _ and ., at most 64"),
                ));
            }
            if state.products.contains_key(&product) {
                return Err(Refusal::Exists(Words::new(format!("製品「{product}」"), format!("product “{product}”"))));
            }
            Event::ProductListed(ProductListed { product, name })
        }
        Command::SetRhythms(set) => {
            if !state.rhythms.is_empty() {
                context.reason()?;
            }
            if set.text == state.rhythms {
                return Err(Refusal::Unfit(
                    Words::new("すでにそのとおりに定められています", "it stands like that already"),
                    Words::default(),
                ));
            }
            Rhythms::standard().laid_over(&set.text).map_err(|mistake| {
                let line = mistake.line.unwrap_or(1);
                let what = Words::new(format!("{line}行: {}", mistake.what.ja), format!("line {line}: {}", mistake.what.en));
                Refusal::Unfit(what, mistake.hint)
            })?;
            Event::RhythmsSet(set)
        }
        Command::RegisterInstitution(registered) => {
            identifier(&registered.institution)?;
            printable(&registered.name)?;
            printable(&registered.address)?;
            if registered.name.trim().is_empty() {
                return Err(Refusal::Unfit(
                    Words::new("医療機関の名称がありません", "the name of the institution is missing"),
                    Words::new("契約書にある名称を書いてください", "give the name that stands in the contract"),
                ));
            }
            if let Some(known) = state.institutions.get(&registered.institution) {
                known.last.seen(context, || {
                    Words::new(format!("医療機関「{}」", registered.institution), format!("institution “{}”", registered.institution))
                })?;
                context.reason()?;
            }
            Event::InstitutionRegistered(registered)
        }
        Command::SetDictionary(set) => {
            identifier(&set.dictionary)?;
            printable(&set.version)?;
            if state.dictionaries.contains_key(&set.dictionary) {
                context.reason()?;
            }
            Event::DictionarySet(set)
        }
        Command::SignHeads(signed) | Command::SignDay(signed) => Event::SignedHeads(signed),
    };
    Ok(vec![context.draft(Chain::Organisation, role, &event)?])
}

fn known<'a>(state: &'a Organisation, person: &str, context: &Context) -> Result<&'a super::state::Person, Refusal> {
    let words = || Words::new(format!("利用者「{person}」"), format!("person “{person}”"));
    let known = state.people.get(person).ok_or_else(|| Refusal::Unknown(words()))?;
    known.last.seen(context, words)?;
    Ok(known)
}

/// A name is printed beside signatures: it holds nothing that is not seen.
fn printable(name: &str) -> Result<(), Refusal> {
    let hidden =
        |letter: char| letter.is_control() || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !name.contains(hidden) {
        return Ok(());
    }
    Err(Refusal::Unfit(
        Words::new("名称に、印刷されない文字があります", "the name holds letters that are not seen in print"),
        Words::new("改行や制御文字を除いてください", "leave out line breaks and control characters"),
    ))
}

/// An identifier of a person is plain enough to be typed, printed and never mistaken.
fn identifier(person: &str) -> Result<(), Refusal> {
    let plain = (1..=64).contains(&person.len())
        && person.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'@'));
    if plain && person != PROGRAM {
        return Ok(());
    }
    Err(Refusal::Unfit(
        Words::new(format!("識別子「{person}」は使えません"), format!("“{person}” cannot be an identifier")),
        Words::new("英数字と - _ . @ で64字までにしてください", "use ASCII letters, digits, - _ . and @, at most 64"),
    ))
}
