/// An enumeration whose values have a stable name, words in Japanese and English, and one more property. The names are stored in the
/// journal for ever: they are added to, never changed and never used again for something else.
macro_rules! named {
    (
        $(#[$of_type:meta])*
        $type:ident, $(#[$of_property:meta])* $property:ident: $property_type:ty;
        $($variant:ident, $value:expr, $name:literal, $ja:literal, $en:literal;)+
    ) => {
        $(#[$of_type])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $type {
            $(#[doc = concat!($ja, ": ", $en, ".")] #[serde(rename = $name)] $variant,)+
        }

        impl $type {
            /// All of them, in the order of the matrix.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The stable name, as it is stored.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// In Japanese and English.
            #[must_use]
            pub const fn words(self) -> $crate::Phrase {
                match self { $(Self::$variant => ($ja, $en)),+ }
            }

            $(#[$of_property])*
            #[must_use]
            pub const fn $property(self) -> $property_type {
                match self { $(Self::$variant => $value),+ }
            }

            /// The one with this stable name, if there is one.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }
    };
}

pub(crate) use named;
