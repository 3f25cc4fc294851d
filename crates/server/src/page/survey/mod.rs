//! Surveys: how far they are, their sites and patients, the forms, the queries. People of an institution see their own and nothing else.

mod cut;
mod data;
mod enrolment;
mod form;
mod grid;
mod home;
mod patient;
mod pay;
mod query;
mod register;
mod seen;
mod site;
mod versions;

use std::collections::BTreeSet;
use std::sync::Arc;

use access::{Action, Subject};
use diagnostic::{Problem, Words};
use operation::product::{Command, Product};
use survey::view::Kept;
use survey::{Design, Patient, Site, Survey};

pub use home::{needs, table_of_all};

use crate::answer::Trouble;
use crate::ask::Ask;
use crate::route::{Guard, Route};

/// The pages of surveys. Whether somebody may look is decided by the institutions whose data they are, in [`run`] and [`Run::sees`].
pub const ROUTES: &[Route] = &[
    Route::get("/p/{product}/surveys", Guard::SignedIn, home::list),
    Route::get("/p/{product}/surveys/{survey}", Guard::SignedIn, home::page),
    Route::get("/p/{product}/surveys/{survey}/grid", Guard::SignedIn, grid::whole),
    Route::get("/p/{product}/surveys/{survey}/grid.csv", Guard::SignedIn, grid::table),
    Route::get("/p/{product}/surveys/{survey}/registration", Guard::SignedIn, enrolment::page).and(enrolment::act),
    Route::get("/p/{product}/surveys/{survey}/payments", Guard::SignedIn, pay::page).and(pay::act),
    Route::get("/p/{product}/surveys/{survey}/cuts", Guard::SignedIn, cut::page).and(cut::act),
    Route::get("/p/{product}/surveys/{survey}/versions", Guard::SignedIn, versions::page).and(versions::act),
    Route::get("/p/{product}/surveys/{survey}/data/{file}", Guard::SignedIn, data::file),
    Route::get("/p/{product}/surveys/{survey}/sites", Guard::SignedIn, site::page).and(site::act),
    Route::get("/p/{product}/surveys/{survey}/register", Guard::SignedIn, register::page).and(register::register),
    Route::post("/p/{product}/surveys/{survey}/register/look", Guard::SignedIn, register::look),
    Route::get("/p/{product}/surveys/{survey}/patients/{patient}", Guard::SignedIn, patient::page).and(patient::act),
    Route::get("/p/{product}/surveys/{survey}/patients/{patient}/forms/{form}", Guard::SignedIn, form::page).and(form::send),
    Route::post("/p/{product}/surveys/{survey}/patients/{patient}/look/{form}", Guard::SignedIn, form::look),
    Route::get("/p/{product}/surveys/{survey}/queries", Guard::SignedIn, query::page).and(query::act),
];

/// A survey as it runs.
pub struct Run<'a> {
    /// The product.
    pub id: &'a str,
    /// The product's state.
    pub product: &'a Product,
    /// The revision of the plan by which it runs.
    pub revision: u32,
    /// What the plan says of it.
    pub design: Arc<Design>,
    /// How it stands.
    pub state: &'a Survey,
}

/// The survey in the path. Who may see nothing of it does not learn whether there is one.
///
/// # Errors
/// There is none, or none of it may be seen.
pub fn run<'a>(ask: &'a Ask<'_>) -> Result<Run<'a>, Trouble> {
    let survey = ask.part("survey");
    match found(ask, survey)? {
        Some(run) if run.sees_any(ask) => Ok(run),
        Some(_) => Err(refused(ask, survey)),
        // who may read every survey is told that this one does not exist
        None if sees_all(ask, survey) => Err(Trouble::unknown("この調査", "such survey")),
        None => Err(refused(ask, survey)),
    }
}

/// A survey of the product, whoever asks.
fn found<'a>(ask: &'a Ask<'_>, survey: &str) -> Result<Option<Run<'a>>, Trouble> {
    let id = ask.part("product");
    let Some(product) = ask.state.products.get(id) else { return Ok(None) };
    let Some((number, revision)) = product.running().and_then(|number| Some((number, product.revisions.get(&number)?))) else {
        return Ok(None);
    };
    let Some(design) = ask.house.design(number, revision, survey, ask.as_of())? else { return Ok(None) };
    let state = product.surveys.get(survey).unwrap_or(nothing());
    Ok(Some(Run { id, product, revision: number, design, state }))
}

/// The surveys of a product that somebody may see anything of.
///
/// # Errors
/// The plan cannot be read.
pub fn all<'a>(ask: &'a Ask<'_>, id: &str) -> Result<Vec<Run<'a>>, Problem> {
    let Some((id, product)) = ask.state.products.get_key_value(id) else { return Ok(Vec::new()) };
    let Some((number, revision)) = product.running().and_then(|number| Some((number, product.revisions.get(&number)?))) else {
        return Ok(Vec::new());
    };
    if !sees_something(ask, id, product) {
        return Ok(Vec::new());
    }
    let plan = ask.house.compiled(number, revision, ask.as_of())?;
    let mut runs = Vec::new();
    for survey in &plan.plan.surveys {
        if let Some(design) = ask.house.design(number, revision, &survey.activity, ask.as_of())? {
            let state = product.surveys.get(&design.activity).unwrap_or(nothing());
            runs.push(Run { id, product, revision: number, design, state });
        }
    }
    runs.retain(|run| run.sees_any(ask));
    Ok(runs)
}

/// Whether there is any survey of a product that somebody may look at.
#[must_use]
pub fn any(ask: &Ask<'_>, id: &str) -> bool {
    let Some(product) = ask.state.products.get(id).filter(|product| sees_something(ask, id, product)) else { return false };
    let running = product.running().and_then(|number| Some((number, product.revisions.get(&number)?)));
    running
        .is_some_and(|(number, revision)| ask.house.compiled(number, revision, ask.as_of()).is_ok_and(|plan| !plan.plan.surveys.is_empty()))
}

/// Whether somebody may see anything of any survey of a product: asked before the plan is read.
fn sees_something(ask: &Ask<'_>, id: &str, product: &Product) -> bool {
    let about = Subject { product: Some(id), owner: Some(ask.person()), ..Subject::default() };
    let may = |about: &Subject<'_>| ask.present.organisation.role_for(ask.person(), Action::ReadSurveys, about).is_ok();
    may(&about)
        || product.surveys.iter().any(|(survey, state)| {
            let of = |site: &Site| may(&Subject { institution: Some(&site.institution), activity: Some(survey), ..about });
            may(&Subject { activity: Some(survey), ..about }) || state.sites.values().any(of)
        })
}

fn sees_all(ask: &Ask<'_>, survey: &str) -> bool {
    let about = Subject { product: Some(ask.part("product")), activity: Some(survey), owner: Some(ask.person()), ..Subject::default() };
    ask.present.organisation.role_for(ask.person(), Action::ReadSurveys, &about).is_ok()
}

fn refused(ask: &Ask<'_>, survey: &str) -> Trouble {
    let about = Subject { product: Some(ask.part("product")), activity: Some(survey), owner: Some(ask.person()), ..Subject::default() };
    let context = match ask.context(0) {
        Ok(context) => context,
        Err(problem) => return Trouble::new(503, problem),
    };
    match ask.house.desk.allowed(Action::ReadSurveys, &about, &context) {
        Err(undone) => Trouble { status: 403, ..Trouble::from(undone) },
        Ok(_) => Trouble::unknown("この調査", "such survey"),
    }
}

fn nothing() -> &'static Survey {
    static NOTHING: std::sync::OnceLock<Survey> = std::sync::OnceLock::new();
    NOTHING.get_or_init(Survey::default)
}

impl<'a> Run<'a> {
    /// Whether somebody may do something here, at a site or at all of them.
    #[must_use]
    pub fn may(&self, ask: &Ask<'_>, action: Action, site: Option<&Site>) -> bool {
        let about = Subject {
            product: Some(self.id),
            activity: Some(&self.design.activity),
            institution: site.map(|site| site.institution.as_str()),
            owner: Some(ask.person()),
        };
        !ask.is_past() && ask.present.organisation.role_for(ask.person(), action, &about).is_ok()
    }

    /// Whether somebody may see the data of a site.
    #[must_use]
    pub fn sees(&self, ask: &Ask<'_>, site: u32) -> bool {
        let institution = self.state.sites.get(&site).map(|site| site.institution.as_str());
        let about = Subject { product: Some(self.id), activity: Some(&self.design.activity), institution, owner: Some(ask.person()) };
        ask.present.organisation.role_for(ask.person(), Action::ReadSurveys, &about).is_ok()
    }

    /// Whether somebody may see the data of every site.
    #[must_use]
    pub fn sees_all(&self, ask: &Ask<'_>) -> bool {
        sees_all(ask, &self.design.activity)
    }

    fn sees_any(&self, ask: &Ask<'_>) -> bool {
        self.sees_all(ask) || self.state.sites.keys().any(|site| self.sees(ask, *site))
    }

    /// What of the survey somebody may see: all of it, or what their institution has.
    #[must_use]
    pub fn visible(&self, ask: &Ask<'_>) -> Survey {
        if self.sees_all(ask) {
            return self.state.clone();
        }
        let mut all = self.state.clone();
        all.sites = all.sites.into_iter().filter(|(site, _)| self.sees(ask, *site)).collect();
        all.patients = all.patients.into_iter().filter(|(_, patient)| all.sites.contains_key(&patient.site)).collect();
        all.queries = all.queries.into_iter().filter(|(_, query)| all.patients.contains_key(&query.patient)).collect();
        all
    }

    /// Reads from the counts of the survey, with what tells whether a site counts: every one, or those that somebody may see.
    pub fn counted<T>(&self, ask: &Ask<'_>, read: impl FnOnce(&Kept, &dyn Fn(u32) -> bool) -> T) -> T {
        let own: Option<BTreeSet<u32>> =
            (!self.sees_all(ask)).then(|| self.state.sites.keys().copied().filter(|site| self.sees(ask, *site)).collect());
        let counts = |site: u32| own.as_ref().is_none_or(|own| own.contains(&site));
        if ask.is_past() {
            return read(&Kept::new(Arc::clone(&self.design), self.state.clone(), ask.as_of()), &counts);
        }
        ask.house.counts.read(self.id, &self.design, self.state, ask.as_of(), |kept| read(kept, &counts))
    }

    /// The address of the survey, with what follows.
    #[must_use]
    pub fn link(&self, rest: &str) -> String {
        format!("/p/{}/surveys/{}{rest}", self.id, self.design.activity)
    }

    /// The patient in the path, if they may be seen.
    ///
    /// # Errors
    /// There is no such patient here.
    pub fn patient(&self, ask: &Ask<'_>) -> Result<(u32, &'a Patient, &'a Site), Trouble> {
        let unknown = || Trouble::unknown("この症例", "such patient");
        let number = ask.part("patient").parse::<u32>().map_err(|_| unknown())?;
        let patient = self.state.patients.get(&number).filter(|patient| self.sees(ask, patient.site)).ok_or_else(unknown)?;
        let site = self.state.sites.get(&patient.site).ok_or_else(unknown)?;
        Ok((number, patient, site))
    }

    /// What a site is called.
    #[must_use]
    pub fn site_name(&self, ask: &Ask<'_>, site: &Site) -> String {
        let institution =
            ask.state.organisation.institutions.get(&site.institution).map_or(site.institution.as_str(), |known| known.name.as_str());
        format!("{institution}　{}", site.department)
    }

    /// The place of the last entry of the product: what a form that records has seen.
    #[must_use]
    pub fn seen(&self) -> u64 {
        self.product.sequence
    }

    /// Does something in the survey.
    ///
    /// # Errors
    /// It is refused.
    pub fn act(&self, ask: &Ask<'_>, command: survey::Command) -> Result<Vec<journal::Entry>, Trouble> {
        let command = Command::Survey { design: Arc::clone(&self.design), revision: self.revision, command };
        Ok(ask.house.desk.product(self.id, &command, &ask.context(0)?)?)
    }
}

/// A day in words for lists.
fn share(part: usize, whole: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "for a percentage")]
    let percent = if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 };
    format!("{percent:.0}%")
}

/// The words of a design in the language of who asks.
fn say<'w>(ask: &Ask<'_>, words: &'w Words) -> &'w str {
    ask.words(words)
}
