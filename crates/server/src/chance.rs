//! Random numbers of the system.

use diagnostic::{Problem, Words};

/// Random bytes.
///
/// # Errors
/// The system gives none.
pub fn bytes<const N: usize>() -> Result<[u8; N], Problem> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| {
        Problem::new(
            Words::new(format!("乱数を得られません（{error}）"), format!("the system gives no random numbers ({error})")),
            Words::default(),
        )
    })?;
    Ok(bytes)
}

/// As hexadecimal digits.
#[must_use]
pub fn hex<const N: usize>(bytes: [u8; N]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
