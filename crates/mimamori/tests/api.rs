//! The interface for programs: tokens and scopes, and everything that schemathesis thinks of from its description.

#![expect(clippy::unwrap_used, reason = "a test")]

mod house;

use std::process::Command;

use house::House;

const PRODUCTS: &str = "/api/v1/products";

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

#[test]
fn a_token_may_what_its_person_may_within_its_scopes() {
    let house = House::open();
    let mut stranger = house.stranger();
    let refused = stranger.get(PRODUCTS);
    assert_eq!((refused.status, refused.header("www-authenticate")), (401, "Bearer"));
    assert_eq!(refused.header("content-type"), "application/problem+json");
    let mut get = |path: &str, token: &str| stranger.request("GET", path, &[("Authorization", &bearer(token))], b"").status;
    assert_eq!(get(PRODUCTS, "mimamori_0"), 401, "a forged token");

    let manager = house.token("suzuki");
    for path in ["", "/miholitas", "/miholitas/concerns", "/miholitas/deadlines", "/miholitas/trail", "/miholitas/worklists"] {
        assert_eq!(get(&format!("{PRODUCTS}{path}"), &manager), 200, "{path}");
    }
    // the matrix holds for programs too
    let representative = house.token("watanabe");
    assert_eq!(get(&format!("{PRODUCTS}/miholitas"), &representative), 403);
    assert_eq!(get(&format!("{PRODUCTS}/miholitas/trail"), &representative), 403);
    // and a scope that was not given is not there
    let mut client = house.client("suzuki");
    let answer = client.send("/account/tokens", &[("title", "x"), ("scope", "read"), ("days", "1"), ("password", house::PASSWORD)]);
    let narrow = answer.after("id=\"token\">", "<");
    assert_eq!(get(&format!("{PRODUCTS}/miholitas"), &narrow), 200);
    assert_eq!(get(&format!("{PRODUCTS}/miholitas/trail"), &narrow), 403);
    // revoked, it is gone
    let name = client.get("/account").field("revoke");
    client.send("/account/tokens", &[("revoke", &name)]);
    let left = [&narrow, &manager].map(|token| get(PRODUCTS, token));
    assert!(left.contains(&401), "one of the two was revoked: {left:?}");
}

#[test]
fn who_tries_tokens_is_told_to_wait() {
    let house = House::open();
    let mut stranger = house.stranger();
    let mut seen = std::collections::BTreeSet::new();
    for number in 0..400 {
        let forged = bearer(&format!("mimamori_{number:064x}"));
        seen.insert(stranger.request("GET", PRODUCTS, &[("Authorization", &forged)], b"").status);
        if seen.contains(&429) {
            break;
        }
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [401, 429]);
}

#[test]
fn a_calendar_follows_the_deadlines_with_a_token_as_password() {
    let house = House::open();
    let token = house.token("suzuki");
    let mut stranger = house.stranger();
    let basic = |password: &str| format!("Basic {}", base64(format!("anybody:{password}").as_bytes()));
    for path in ["/api/v1/deadlines.ics", "/api/v1/products/miholitas/deadlines.ics"] {
        let refused = stranger.get(path);
        assert_eq!((refused.status, refused.header("www-authenticate").starts_with("Basic ")), (401, true), "{path}");
        assert_eq!(stranger.request("GET", path, &[("Authorization", &basic("mimamori_0"))], b"").status, 401, "{path}");
        for given in [basic(&token), bearer(&token)] {
            let answer = stranger.request("GET", path, &[("Authorization", &given)], b"");
            assert_eq!((answer.status, answer.body.starts_with("BEGIN:VCALENDAR")), (200, true), "{path}: {}", answer.body);
            assert!(answer.body.contains("模擬データ"), "{path}: invented data are marked");
        }
    }
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letter = |bits: u32| char::from(LETTERS[usize::try_from(bits & 63).unwrap()]);
    let chunk = |chunk: &[u8]| {
        let bits = chunk.iter().fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        let letters = (0..4_usize).map(|place| if place > chunk.len() { '=' } else { letter(bits >> (18 - 6 * place)) });
        letters.collect::<String>()
    };
    bytes.chunks(3).map(chunk).collect()
}

#[test]
fn what_is_sent_twice_with_one_key_is_recorded_once() {
    let house = House::open();
    let token = bearer(&house.token("takahashi"));
    let mut client = house.stranger();
    let path = format!("{PRODUCTS}/mihonsa/inquiries");
    let body = r#"{"inquiry":"照会9","submission":1,"text":"用量を説明されたい。","asked":"2026-11-20"}"#;
    let headers = [("Authorization", token.as_str()), ("Content-Type", "application/json"), ("Idempotency-Key", "one")];
    let first = client.request("POST", &path, &headers, body.as_bytes());
    let second = client.request("POST", &path, &headers, body.as_bytes());
    assert_eq!((first.status, second.status), (201, 201), "{} {}", first.body, second.body);
    assert_eq!(first.body, second.body);
    // the same key with something else in it is neither answered with what it is not, nor recorded
    let other = client.request("POST", &path, &headers, body.replace("用量", "対象").as_bytes());
    assert_eq!(other.status, 409, "{}", other.body);
    assert!(other.body.contains("Idempotency-Key"), "{}", other.body);
    let again = client.request("POST", &path, &headers[..2], body.as_bytes());
    assert_eq!(again.status, 409, "the same question under another key is another command: {}", again.body);
    let wrong = client.request("POST", &path, &headers[..2], b"{\"inquiry\":");
    assert_eq!((wrong.status, wrong.header("content-type")), (422, "application/problem+json"));
}

#[test]
fn schemathesis_finds_nothing() {
    let house = House::open();
    let program = std::env::var("SCHEMATHESIS").unwrap_or_else(|_| {
        let cache = std::env::var("XDG_CACHE_HOME").unwrap_or_else(|_| format!("{}/.cache", std::env::var("HOME").unwrap()));
        format!("{cache}/mimamori/schemathesis-4/bin/schemathesis")
    });
    // once with products that nobody has, and once with one that stands: its pages, and what is recorded of it
    for (person, product) in [("takahashi", None), ("suzuki", Some("mihonsa"))] {
        let token = house.token(person);
        let folder = tempfile::tempdir().unwrap();
        let settings = product.map(|product| format!("[parameters]\nproduct = \"{product}\"\n")).unwrap_or_default();
        std::fs::write(folder.path().join("schemathesis.toml"), settings).unwrap();
        let output = Command::new(&program)
            .current_dir(folder.path())
            .args(["run", &format!("http://{}/api/openapi.json", house.host)])
            .args(["-H", &format!("Authorization: {}", bearer(&token)), "--max-examples", "25", "--seed", "20250409", "--checks", "all"])
            // JSON between programs is UTF-8 (RFC 8259, 8.1): half of a pair of surrogates is no text
            .args(["--generation-codec", "utf-8"])
            .output()
            .unwrap_or_else(|error| panic!("{program}: {error}; ./test installs it"));
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{product:?}: {told}{}", String::from_utf8_lossy(&output.stderr));
        assert!(told.contains("Tested: 15"), "every operation is tried: {told}");
    }
}
