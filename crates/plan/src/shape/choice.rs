/// A word that a key may have as its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    /// As it is written.
    pub text: &'static str,
    /// What it means: Japanese and English.
    pub doc: (&'static str, &'static str),
}

/// A type whose values are a few words.
pub trait Choice: Sized + Copy + 'static {
    /// The words.
    const VARIANTS: &'static [Variant];
    /// The value that a word stands for.
    fn parse(text: &str) -> Option<Self>;
    /// The word.
    fn as_str(self) -> &'static str;
    /// What it means: Japanese and English.
    fn words(self) -> (&'static str, &'static str);
}
