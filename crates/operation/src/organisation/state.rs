use access::{Decision, Holding, Role, Subject, decide};
use diagnostic::Words;
use imbl::OrdMap;
use journal::{Entry, Moment, SignedHeads};
use serde::{Deserialize, Serialize};

use super::entry::{DictionarySet, Event, InstitutionRegistered};
use crate::command_key::CommandKey;
use crate::event::Unreadable;
use crate::refusal::Refusal;
use crate::touch::Touch;

/// How the organisation stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// The place of the last entry folded.
    pub sequence: u64,
    /// Tells this record from every other.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its people.
    pub people: OrdMap<String, Person>,
    /// Its products and what they are called.
    pub products: OrdMap<String, String>,
    /// The rhythms and closed days it states: a file, laid over that of the program. Empty: none.
    pub rhythms: String,
    /// Medical institutions, by identifier.
    pub institutions: OrdMap<String, Institution>,
    /// Dictionaries, by name.
    pub dictionaries: OrdMap<String, (Moment, DictionarySet)>,
    /// The heads signed last, and when.
    pub signed: Option<(Moment, SignedHeads)>,
    /// The commands that led to entries, with the first of each.
    pub commands: OrdMap<CommandKey, u64>,
}

/// Somebody who acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name printed beside signatures.
    pub name: String,
    /// The roles held.
    pub holdings: Vec<Holding>,
    /// The last entry about the person.
    pub last: Touch,
}

/// A medical institution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Institution {
    /// Its name.
    pub name: String,
    /// Its address, as it is printed.
    pub address: String,
    /// The last entry about it.
    pub last: Touch,
}

impl Organisation {
    /// Folds one more entry. What refers to what does not exist changes nothing.
    ///
    /// # Errors
    /// If the entry cannot be read.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), Unreadable> {
        let event = Event::read(entry)?;
        self.sequence = entry.sequence;
        if !entry.draft.command.is_empty() {
            self.commands.entry(CommandKey::of(&entry.draft.command)).or_insert(entry.sequence);
        }
        match event {
            Event::OrganisationOpened(opened) => {
                self.id = opened.id;
                self.name = opened.name;
                let administrator = Holding::new(Role::Administrator);
                self.people
                    .insert(opened.person, Person { name: opened.person_name, holdings: vec![administrator], last: Touch::of(entry) });
            }
            Event::PersonRegistered(registered) => {
                self.people.insert(registered.person, Person { name: registered.name, holdings: Vec::new(), last: Touch::of(entry) });
            }
            Event::RoleGranted(granted) => {
                if let Some(person) = self.people.get_mut(&granted.person) {
                    person.holdings.retain(|held| (held.role, &held.product) != (granted.role, &granted.product));
                    person.holdings.push(Holding {
                        role: granted.role,
                        product: granted.product,
                        institutions: granted.institutions,
                        activities: granted.activities,
                    });
                    person.last = Touch::of(entry);
                }
            }
            Event::RoleRevoked(revoked) => {
                if let Some(person) = self.people.get_mut(&revoked.person) {
                    person.holdings.retain(|held| (held.role, &held.product) != (revoked.role, &revoked.product));
                    person.last = Touch::of(entry);
                }
            }
            Event::ProductListed(listed) => {
                self.products.insert(listed.product, listed.name);
            }
            Event::InstitutionRegistered(registered) => {
                let InstitutionRegistered { institution, name, address } = registered;
                self.institutions.insert(institution, Institution { name, address, last: Touch::of(entry) });
            }
            Event::DictionarySet(set) => {
                self.dictionaries.insert(set.dictionary.clone(), (entry.draft.recorded, set));
            }
            Event::RhythmsSet(set) => self.rhythms = set.text,
            Event::SignedHeads(signed) => self.signed = Some((entry.draft.recorded, signed)),
        }
        Ok(())
    }

    /// The role in which a person may do something, or why not.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`].
    pub fn role_for(&self, actor: &str, action: access::Action, about: &Subject<'_>) -> Result<Role, Refusal> {
        let Some(Person { holdings, .. }) = self.people.get(actor) else {
            return Err(Refusal::NotPermitted(Words::new(
                format!("「{actor}」という利用者は登録されていません"),
                format!("there is no person “{actor}” in this record"),
            )));
        };
        match decide(actor, holdings, action, about) {
            Decision::Allowed { role, .. } => Ok(role),
            Decision::Refused(refusal) => Err(Refusal::NotPermitted(refusal.message)),
        }
    }
}
