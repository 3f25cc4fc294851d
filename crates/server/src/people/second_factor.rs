//! Numbers that change with time (TOTP, RFC 6238): SHA-1, six digits, thirty seconds, as every authenticator knows them.

use diagnostic::{Problem, Words};
use jiff::Timestamp;
use totp_rs::{Builder, Secret, Totp};

use crate::chance;

/// A new secret, in base 32.
///
/// # Errors
/// The system gives no random numbers.
pub fn secret() -> Result<String, Problem> {
    Ok(encoded(&chance::bytes::<20>()?))
}

/// The address that an authenticator reads from a picture.
#[must_use]
pub fn address(secret: &str, person: &str, organisation: &str) -> Option<String> {
    // a colon parts issuer and account there
    let issuer = organisation.replace(':', " ");
    let builder = builder(secret)?.with_account_name(person.replace(':', " ")).with_issuer(Some(format!("Mimamori {issuer}")));
    builder.build().ok()?.to_url().ok()
}

/// The picture that an authenticator reads.
#[must_use]
pub fn picture(address: &str) -> Option<String> {
    let code = qrcode::QrCode::new(address.as_bytes()).ok()?;
    let svg = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(200, 200).build();
    svg.find("<svg").map(|start| svg[start..].to_owned())
}

/// The step of time whose number was given, if it is the present one, the one before or the one after, and comes after `used`.
#[must_use]
pub fn step(secret: &str, number: &str, now: Timestamp, used: u64) -> Option<u64> {
    let number: String = number.chars().filter(|letter| !letter.is_whitespace()).collect();
    let seconds = u64::try_from(now.as_second()).ok()?;
    let step = totp(secret)?.check(&number, seconds)?;
    (step > used).then_some(step)
}

/// The number at a time.
#[must_use]
pub fn number(secret: &str, at: Timestamp) -> Option<String> {
    Some(totp(secret)?.generate(u64::try_from(at.as_second()).ok()?).to_string())
}

fn totp(secret: &str) -> Option<Totp> {
    builder(secret)?.build().ok()
}

fn builder(secret: &str) -> Option<Builder> {
    Some(Builder::new().with_secret(Secret::try_from_base32(secret).ok()?))
}

fn encoded(bytes: &[u8; 20]) -> String {
    Secret::new(Box::from(&bytes[..])).to_base32().to_string()
}

/// Why no picture can be drawn.
#[must_use]
pub fn undrawn() -> Problem {
    Problem::new(
        Words::new("二次元コードを作れません", "the picture cannot be drawn"),
        Words::new("鍵を手で入力してください", "enter the key by hand"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the secret `12345678901234567890`, whose numbers of eight digits end in these six.
    #[test]
    fn the_numbers_of_rfc_6238() {
        let secret = encoded(b"12345678901234567890");
        for (seconds, number_there) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")] {
            let at = Timestamp::from_second(seconds).unwrap();
            assert_eq!(number(&secret, at).unwrap(), number_there, "{seconds}");
            assert!(step(&secret, number_there, at, 0).is_some());
        }
    }
}
