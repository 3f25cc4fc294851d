//! Every address of the house, who may ask there, and what answers: one table. What is not in it does not exist.

use access::Action;

use crate::answer::Reply;
use crate::ask::Ask;
use crate::people::token::Scope;

/// Answers.
pub type Page = fn(&Ask<'_>) -> Reply;

/// An address.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// Its path, with names in braces.
    pub path: &'static str,
    /// Who may ask.
    pub guard: Guard,
    /// What answers who looks.
    pub get: Option<Page>,
    /// What does something.
    pub post: Option<Page>,
    /// The page that is shown again, with what was typed, where something could not be done: the one to look at, if no other is named.
    pub again: Option<Page>,
    /// Which bucket it is taken from.
    pub is_work: bool,
    /// How many bytes may be sent.
    pub most: usize,
    /// For programs: the scope that a token needs. None for pages.
    pub scope: Option<Scope>,
}

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Anybody.
    Open,
    /// Who is signed in; what they see of it is decided there.
    SignedIn,
    /// Who may do one of these, about the organisation: who belongs to the house, and not to an institution or a contractor.
    Any(&'static [Action]),
    /// Who may do this, about the product in the path or about the organisation. A command that is sent there is judged once more by
    /// what it is.
    May(Action),
}

impl Route {
    /// A page to look at.
    #[must_use]
    pub const fn get(path: &'static str, guard: Guard, page: Page) -> Self {
        Self { path, guard, get: Some(page), post: None, again: None, is_work: false, most: crate::limits::FORM, scope: None }
    }

    /// Something to do.
    #[must_use]
    pub const fn post(path: &'static str, guard: Guard, page: Page) -> Self {
        Self { path, guard, get: None, post: Some(page), again: None, is_work: false, most: crate::limits::FORM, scope: None }
    }

    /// And something to do there.
    #[must_use]
    pub const fn and(self, page: Page) -> Self {
        Self { post: Some(page), ..self }
    }

    /// The form stands on this page.
    #[must_use]
    pub const fn from(self, page: Page) -> Self {
        Self { again: Some(page), ..self }
    }

    /// It takes a second or more.
    #[must_use]
    pub const fn work(self) -> Self {
        Self { is_work: true, ..self }
    }

    /// For programs, with a token of this scope.
    #[must_use]
    pub const fn api(self, scope: Scope) -> Self {
        Self { scope: Some(scope), ..self }
    }

    /// So many bytes may be sent.
    #[must_use]
    pub const fn most(self, most: usize) -> Self {
        Self { most, ..self }
    }
}

/// Every address.
#[must_use]
pub fn routes() -> Vec<Route> {
    [crate::look::ROUTES, crate::page::ROUTES, crate::page::survey::ROUTES, crate::api::ROUTES].concat()
}
