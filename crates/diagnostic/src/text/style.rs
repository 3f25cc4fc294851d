use crate::Severity;

/// How a piece of text looks where there is colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Style {
    #[default]
    Plain,
    /// What is underlined in an excerpt, a heading, a strong word.
    Strong,
    /// Emphasised in prose.
    Emphasis,
    /// A gutter, an ellipsis, a label.
    Quiet,
    /// Something to type.
    Code,
    /// In the colour of a severity.
    Weight(Severity),
}

impl Style {
    /// The terminal's Select Graphic Rendition sequence (ECMA-48, 8.3.117) that begins the style.
    pub(crate) const fn begin(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "\u{1b}[1m",
            Self::Emphasis => "\u{1b}[3m",
            Self::Quiet => "\u{1b}[2m",
            Self::Code => "\u{1b}[36m",
            Self::Weight(Severity::Error) => "\u{1b}[1;31m",
            Self::Weight(Severity::Warning) => "\u{1b}[1;33m",
            Self::Weight(Severity::Info) => "\u{1b}[1;34m",
        }
    }
}

/// The sequence that ends every style.
pub(crate) const END: &str = "\u{1b}[0m";
