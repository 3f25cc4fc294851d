use diagnostic::{Language, Problem, Words};

#[test]
fn a_problem_says_what_to_do() {
    let problem = Problem::new(
        Words::new("見本錠RMP.pdf は暗号化されていて読めない", "見本錠RMP.pdf is encrypted and cannot be read"),
        Words::new("パスワードを外したファイルを指定する", "give a copy without a password"),
    );
    insta::assert_snapshot!(problem);
    assert_eq!(
        problem.human(Language::English),
        "error: 見本錠RMP.pdf is encrypted and cannot be read\n  do: give a copy without a password"
    );
}

#[test]
fn a_file_name_cannot_act_on_the_terminal() {
    let problem = Problem::new(Words::same("\u{1b}[2J.pdf\nerror: forged"), Words::default());
    assert_eq!(problem.human(Language::English), "error: ␛[2J.pdf error: forged");
}
