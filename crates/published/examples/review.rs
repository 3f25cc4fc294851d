fn main() {
    let f = std::env::args().nth(1).unwrap();
    let p = match published::read::document(&f, &std::fs::read(&f).unwrap()) {
        Ok(p) => p,
        Err(e) => {
            eprintln!("{e}");
            std::process::exit(2)
        }
    };
    let r = published::review::review(&p, None, calendar::Date::constant(2026, 11, 22));
    print!("{}", diagnostic::jsonl(&r, diagnostic::Language::Japanese));
    std::process::exit(i32::from(r.findings.iter().any(|f| f.severity != diagnostic::Severity::Info)));
}
