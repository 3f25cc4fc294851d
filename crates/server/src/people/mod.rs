//! Who is at the other end: credentials, second factors, sessions.

pub mod credentials;
pub mod second_factor;
pub mod session;
pub mod token;

pub use session::Session;
