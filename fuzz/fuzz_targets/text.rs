//! Any bytes as a text file: decoding and reading view by view.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = published::input::text::decode(bytes) {
        let plan = published::read::text("fuzz.txt", &text);
        let _ = (published::outline::text(&plan), published::outline::json(&plan));
    }
});
