//! `mimamori person` and `mimamori role`.

use access::{Action, Subject};
use diagnostic::Problem;
use operation::organisation::{Command, RoleGranted, RoleRevoked};

use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::record_arguments::{Person, RoleOptions};
use crate::speech::say;
use crate::{credentials, data};

/// Makes a person known.
///
/// # Errors
/// It is refused, or cannot be recorded.
pub fn person(options: &Person) -> Result<Outcome, Problem> {
    let desk = data::desk(&options.data)?;
    let command = Command::RegisterPerson { person: options.person.clone(), name: options.name.clone() };
    let context = data::context(&options.actor, 0)?;
    desk.allowed(Action::RegisterPerson, &Subject::default(), &context).map_err(data::undone)?;
    credentials::prove(&options.data, &desk, &context)?;
    desk.organisation(&command, &context).map_err(data::undone)?;
    let code = credentials::invite(&options.data, &options.person)?;
    let known = match say("ja", "en") {
        "ja" => format!("{}（{}）を登録しました\n", options.person, options.name),
        _ => format!("{} ({}) is known\n", options.person, options.name),
    };
    Destination::Standard.write(&(known + &credentials::told(&options.person, &code)))?;
    Ok(Outcome::Clean)
}

/// Gives a role, or takes it.
///
/// # Errors
/// It is refused, or cannot be recorded.
pub fn role(options: &RoleOptions) -> Result<Outcome, Problem> {
    let desk = data::desk(&options.data)?;
    let context = data::context(&options.actor, 0)?;
    let action = if options.revoke { Action::RevokeRole } else { Action::GrantRole };
    desk.allowed(action, &Subject::default(), &context).map_err(data::undone)?;
    credentials::prove(&options.data, &desk, &context)?;
    let (person, role, product) = (options.person.clone(), options.role, options.product.clone());
    let command = if options.revoke {
        Command::RevokeRole(RoleRevoked { person, role, product })
    } else {
        let (institutions, activities) = (options.institution.iter().cloned().collect(), options.activity.iter().cloned().collect());
        Command::GrantRole(RoleGranted { person, role, product, institutions, activities })
    };
    desk.organisation(&command, &context).map_err(data::undone)?;
    let (ja, en) = role.words();
    Destination::Standard.write(&match (say("ja", "en"), options.revoke) {
        ("ja", false) => format!("{} に役割「{ja}」を付与しました\n", options.person),
        ("ja", true) => format!("{} の役割「{ja}」を取り消しました\n", options.person),
        (_, false) => format!("{} holds the role of {en}\n", options.person),
        (_, true) => format!("{} no longer holds the role of {en}\n", options.person),
    })?;
    Ok(Outcome::Clean)
}
