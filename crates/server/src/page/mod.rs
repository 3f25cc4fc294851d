//! The pages, one file each, and who may ask for them.

pub mod account;
pub mod act;
pub mod administration;
pub mod concern;
pub mod deadlines;
pub mod difference;
pub mod documents;
pub mod edit;
pub mod impact;
pub mod import;
pub mod of;
pub mod plan;
pub mod read;
pub mod sign_in;
pub mod survey;
pub mod system;
pub mod today;
pub mod trail;
pub mod versions;

use access::Action::*;

use crate::route::{Guard, Route};

/// What those may, of whom one is inside the house: who works on plans, looks after accounts, or inspects.
pub const INSIDE: &[access::Action] = &[ReadPlan, RegisterPerson, ReadTrail];

/// Every page.
pub const ROUTES: &[Route] = &[
    Route::get("/", Guard::SignedIn, today::page),
    Route::get("/sign-in", Guard::Open, sign_in::page).and(sign_in::sign_in),
    Route::post("/sign-out", Guard::Open, sign_in::sign_out),
    Route::get("/invitation", Guard::Open, sign_in::invitation).and(sign_in::accept),
    Route::get("/account", Guard::SignedIn, account::page),
    Route::post("/account/second-factor", Guard::SignedIn, account::set_factor).from(account::page),
    Route::post("/account/password", Guard::SignedIn, account::set_password).from(account::page),
    Route::post("/account/tokens", Guard::SignedIn, account::change_tokens).from(account::page),
    Route::post("/account/sessions", Guard::SignedIn, account::end_session).from(account::page),
    Route::get("/deadlines", Guard::SignedIn, deadlines::everywhere),
    Route::get("/p/{product}", Guard::May(ReadPlan), plan::page),
    Route::get("/p/{product}/matrix.csv", Guard::May(ReadPlan), plan::table),
    Route::get("/p/{product}/read", Guard::May(ReadPlan), read::page),
    Route::get("/p/{product}/concerns/{concern}", Guard::May(ReadPlan), concern::page),
    Route::get("/p/{product}/concerns/{concern}/dossier.pdf", Guard::May(ReadPlan), concern::file).work(),
    Route::get("/p/{product}/trail", Guard::May(ReadTrail), trail::page).and(act::review_trail),
    Route::get("/p/{product}/trail/download", Guard::May(ReadTrail), trail::download),
    Route::get("/trail", Guard::May(ReadTrail), trail::page),
    Route::get("/trail/download", Guard::May(ReadTrail), trail::download),
    Route::get("/trail/reads", Guard::May(ReadAccessLog), trail::page),
    Route::get("/trail/reads/download", Guard::May(ReadAccessLog), trail::download),
    Route::get("/system", Guard::Any(INSIDE), system::page),
    Route::get("/administration", Guard::Any(INSIDE), administration::page),
    Route::get("/administration/people", Guard::Any(INSIDE), administration::people).and(administration::register),
    Route::get("/administration/people/{person}", Guard::May(RegisterPerson), administration::person),
    Route::post("/administration/people/{person}/grant", Guard::May(GrantRole), administration::grant).from(administration::person),
    Route::post("/administration/people/{person}/revoke", Guard::May(RevokeRole), administration::revoke).from(administration::person),
    Route::post("/administration/people/{person}/reset", Guard::May(ResetCredential), administration::reset).from(administration::person),
    Route::get("/administration/institutions", Guard::Any(INSIDE), administration::institutions).and(administration::register_institution),
    Route::get("/administration/rhythms", Guard::Any(INSIDE), administration::rhythms).and(administration::set_rhythms),
    Route::get("/administration/dictionaries", Guard::Any(INSIDE), administration::dictionaries).and(administration::set_dictionary),
    Route::get("/administration/backup", Guard::Any(INSIDE), administration::backup),
    Route::get("/p/{product}/difference", Guard::May(ReadPlan), difference::page),
    Route::get("/import", Guard::May(RecordRevision), import::page).and(import::import).work().most(crate::limits::DOCUMENT),
    Route::get("/p/{product}/edit", Guard::May(RecordRevision), edit::list),
    Route::get("/p/{product}/edit-new", Guard::May(RecordRevision), edit::new),
    Route::get("/p/{product}/edit/{*path}", Guard::May(RecordRevision), edit::page).and(edit::save),
    Route::post("/p/{product}/check/{*path}", Guard::May(RecordRevision), edit::check),
    Route::get("/p/{product}/merge", Guard::May(RecordRevision), edit::merge).and(edit::save_merge),
    Route::get("/p/{product}/documents", Guard::May(ReadPlan), documents::list).and(documents::issue).work(),
    Route::get("/p/{product}/documents/{revision}/{file}", Guard::May(ReadPlan), documents::one),
    Route::get("/p/{product}/issued/{issue}/{file}", Guard::May(ReadPlan), documents::issued),
    Route::get("/p/{product}/versions", Guard::May(ReadPlan), versions::list),
    Route::get("/p/{product}/versions/{revision}", Guard::May(ReadPlan), versions::one),
    Route::post("/p/{product}/versions/{revision}/review", Guard::May(ReviewRevision), act::review).from(versions::one),
    // which role signs is decided by what the signature means
    Route::post("/p/{product}/versions/{revision}/sign", Guard::May(ReadPlan), act::sign).from(versions::one),
    Route::post("/p/{product}/versions/{revision}/withdraw", Guard::May(WithdrawSignature), act::withdraw).from(versions::one),
    Route::post("/p/{product}/versions/{revision}/submit", Guard::May(SubmitPlan), act::submit).from(versions::one),
    Route::post("/p/{product}/drafts", Guard::May(OpenDraft), act::open_line).from(versions::list),
    // asking and answering are of different roles; the command decides
    Route::post("/p/{product}/inquiries", Guard::May(ReadPlan), act::inquiry).from(versions::list),
    Route::post("/p/{product}/submissions/{submission}/confirm", Guard::May(RecordConfirmation), act::confirm).from(versions::list),
    Route::post("/p/{product}/submissions/{submission}/publish", Guard::May(RecordPublication), act::publish).from(versions::list),
    Route::get("/p/{product}/deadlines", Guard::May(ReadPlan), deadlines::page).and(act::meet),
    Route::get("/p/{product}/deadlines.ics", Guard::May(ReadPlan), deadlines::feed),
    Route::get("/p/{product}/deadlines.csv", Guard::May(ReadPlan), deadlines::table),
    Route::get("/p/{product}/impact", Guard::May(ReadPlan), impact::page).and(impact::open),
    Route::get("/p/{product}/impact/{worklist}", Guard::May(ReadPlan), impact::one),
    Route::get("/p/{product}/impact/{worklist}/table", Guard::May(ReadPlan), impact::table),
    Route::post("/p/{product}/impact/{worklist}/assign", Guard::May(RecordRevision), act::assign).from(impact::one),
    Route::post("/p/{product}/impact/{worklist}/settle", Guard::May(RecordRevision), act::settle).from(impact::one),
    Route::post("/p/{product}/impact/{worklist}/close", Guard::May(RecordRevision), act::close).from(impact::one),
];
