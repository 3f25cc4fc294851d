use diagnostic::{Language, Severity, Words};

fn check(variables: &[(&str, &str)], expected: Language) {
    let language =
        Language::from_environment(|name| variables.iter().find(|(variable, _)| *variable == name).map(|(_, value)| (*value).to_owned()));
    assert_eq!(language, expected, "{variables:?}");
}

#[test]
fn the_environment_chooses_the_language() {
    check(&[], Language::English);
    check(&[("LANG", "ja_JP.UTF-8")], Language::Japanese);
    check(&[("LANG", "ja")], Language::Japanese);
    check(&[("LANG", "C.UTF-8")], Language::English);
    check(&[("LC_ALL", "C"), ("LANG", "ja_JP.UTF-8")], Language::English);
    check(&[("LC_ALL", ""), ("LC_MESSAGES", "ja_JP"), ("LANG", "en_GB")], Language::Japanese);
    check(&[("MIMAMORI_LANG", "ja"), ("LC_ALL", "C")], Language::Japanese);
}

#[test]
fn languages_are_read_by_their_tags() {
    assert_eq!("ja".parse(), Ok(Language::Japanese));
    assert_eq!("EN".parse(), Ok(Language::English));
    assert!("fr".parse::<Language>().is_err());
}

#[test]
fn words_missing_in_one_language_come_from_the_other() {
    assert_eq!(Words::new("見本", "").get(Language::English), "見本");
    assert_eq!(Words::new("", "sample").get(Language::Japanese), "sample");
}

#[test]
fn the_most_severe_comes_first() {
    assert!(Severity::Error < Severity::Warning && Severity::Warning < Severity::Info);
    assert_eq!(Severity::ALL.map(Severity::as_str), ["error", "warning", "info"]);
}
