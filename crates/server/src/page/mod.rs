//! The pages, one file each, and who may ask for them.

pub mod account;
pub mod sign_in;
pub mod today;

use crate::route::{Guard, Route};

/// Every page.
pub const ROUTES: &[Route] = &[
    Route::get("/", Guard::SignedIn, today::page),
    Route::get("/sign-in", Guard::Open, sign_in::page).and(sign_in::sign_in),
    Route::post("/sign-out", Guard::Open, sign_in::sign_out),
    Route::get("/invitation", Guard::Open, sign_in::invitation).and(sign_in::accept),
    Route::get("/account", Guard::SignedIn, account::page),
    Route::post("/account/second-factor", Guard::SignedIn, account::set_factor).from(account::page),
    Route::post("/account/password", Guard::SignedIn, account::set_password).from(account::page),
    Route::post("/account/sessions", Guard::SignedIn, account::end_session).from(account::page),
];
