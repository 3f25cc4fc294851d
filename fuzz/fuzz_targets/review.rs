//! Lines of a plan in any order and damage: reading, reviewing and every rendering.

#![no_main]

use calendar::Date;
use diagnostic::Language;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let plan = published::read::text("fuzz.txt", &text);
    let report = published::review::review(&plan, None, Date::constant(2026, 4, 1));
    for language in [Language::Japanese, Language::English] {
        let _ = diagnostic::human(&report, language, true, 80);
        let _ = diagnostic::jsonl(&report, language);
        let _ = diagnostic::sarif(&report, language);
        let _ = diagnostic::html(&report, language);
    }
});
