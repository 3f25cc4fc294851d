use super::*;

#[test]
fn the_shipped_file_is_whole() {
    assert_eq!(read::read(Tokens::SHIPPED, None), Ok(Tokens::default()));
    assert_eq!(Tokens::read(""), Ok(Tokens::default()));
}

#[test]
fn a_file_says_only_what_differs() {
    let tokens = Tokens::read("[sizes]\ntext = 12\n[light]\nink = \"#000000\"\n[spacing]\ncell-block = 2.0").unwrap();
    let shipped = Tokens::default();
    assert_eq!(tokens.sizes, Sizes { text: 12.0, ..shipped.sizes });
    assert_eq!(tokens.light.ink, Colour { red: 0, green: 0, blue: 0 });
    assert!((tokens.spacing.cell_block - 2.0).abs() < f64::EPSILON);
    assert_eq!(tokens.dark, shipped.dark);
}

#[test]
fn every_fault_is_told_at_its_place() {
    let source = "colors = 1\n[fonts]\ntext = \"a\\\"b\"\n[sizes]\ntext = 1000\n[light]\nink = \"blue\"\nincc = \"#000000\"\n";
    let faults = Tokens::read(source).unwrap_err();
    let quoted: Vec<_> = faults.iter().map(|fault| &source[fault.at.clone()]).collect();
    assert_eq!(quoted, ["colors", "\"a\\\"b\"", "1000", "\"blue\"", "incc"]);
    assert!(faults.iter().all(|fault| !fault.japanese.is_ascii() && !fault.english.is_empty()));
}

#[test]
fn what_is_no_toml_is_told() {
    assert!(!Tokens::read("[sizes\ntext = ").unwrap_err().is_empty());
    assert!(!Tokens::read("sizes = 3").unwrap_err().is_empty());
}
