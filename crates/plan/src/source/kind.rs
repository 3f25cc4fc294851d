use crate::id::is_plain;

/// What a file of the folder is, by its path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// `plan.toml`.
    Plan,
    /// `studies.toml`.
    Studies,
    /// `concerns/<id>.md`.
    Concern(String),
    /// `efficacy/<id>.md`.
    Efficacy(String),
    /// `activities/<id>.md`.
    Activity(String),
    /// `<folder>/<id>.en.md`: the prose of the file beside it in English. Folder and id.
    English(String, String),
    /// `forms/<activity>/survey.toml`: how a survey is run. The activity.
    Survey(String),
    /// `forms/<activity>/<form>.toml`: a case report form. The activity and the form.
    Form(String, String),
    /// A file in one of the folders whose name is no id.
    Misnamed,
    /// What is no business of the language: dot files, `out/`, a README.
    Ignored,
    /// None of these.
    Unknown,
}

impl FileKind {
    /// What the file at this path is.
    ///
    /// ```
    /// use plan::source::FileKind;
    /// assert_eq!(FileKind::of("concerns/infection.md"), FileKind::Concern("infection".to_owned()));
    /// assert_eq!(FileKind::of("concern/infection.md"), FileKind::Unknown);
    /// ```
    #[must_use]
    pub fn of(path: &str) -> Self {
        if path.split('/').any(|part| part.starts_with('.')) || path.starts_with("out/") {
            return Self::Ignored;
        }
        match path.split_once('/') {
            None => match path {
                "plan.toml" => Self::Plan,
                "studies.toml" => Self::Studies,
                _ if path.to_ascii_lowercase().starts_with("readme") || path.starts_with("LICENSE") => Self::Ignored,
                _ => Self::Unknown,
            },
            Some((folder @ ("concerns" | "efficacy" | "activities"), file)) => {
                let Some(name) = file.strip_suffix(".md") else { return Self::Unknown };
                let english = name.strip_suffix(".en");
                let id = english.unwrap_or(name);
                match (folder, english) {
                    _ if !is_plain(id) => Self::Misnamed,
                    (_, Some(id)) => Self::English(folder.to_owned(), id.to_owned()),
                    ("concerns", None) => Self::Concern(id.to_owned()),
                    ("efficacy", None) => Self::Efficacy(id.to_owned()),
                    _ => Self::Activity(id.to_owned()),
                }
            }
            Some(("forms", rest)) => {
                let Some((activity, form)) =
                    rest.split_once('/').and_then(|(activity, file)| Some((activity, file.strip_suffix(".toml")?)))
                else {
                    return Self::Unknown;
                };
                match form {
                    _ if !is_plain(activity) || !is_plain(form) => Self::Misnamed,
                    "survey" => Self::Survey(activity.to_owned()),
                    form => Self::Form(activity.to_owned(), form.to_owned()),
                }
            }
            Some(_) => Self::Unknown,
        }
    }
}
