//! The two macros that declare the language.

/// Declares a table: a struct, its [`Shape`](super::Shape), how it is read and what it states.
///
/// Every doc comment has two lines, Japanese and English. After the type of a key stands `required` or `optional`, and its value
/// in an example, as TOML. A key that is a word of Rust is written with another name: `kind as "kind"`.
macro_rules! table {
    (
        #[doc = $doc_ja:literal]
        #[doc = $doc_en:literal]
        $struct:ident = $name:literal {
            $(
                #[doc = $ja:literal]
                #[doc = $en:literal]
                $field:ident $(as $key:literal)? : $type:ty, $need:ident, $example:literal;
            )*
        }
    ) => {
        #[doc = $doc_ja]
        #[doc = ""]
        #[doc = $doc_en]
        #[derive(Clone, Debug, Default)]
        pub struct $struct {
            /// Where it stands: its header or its braces.
            pub at: crate::source::Place,
            $(
                #[doc = $ja]
                #[doc = ""]
                #[doc = $en]
                pub $field: $type,
            )*
        }

        impl PartialEq for $struct {
            /// Equal if it states the same, wherever it stands.
            fn eq(&self, other: &Self) -> bool {
                true $(&& self.$field == other.$field)*
            }
        }

        impl crate::shape::Table for $struct {
            const SHAPE: &'static crate::shape::Shape = &crate::shape::Shape {
                name: $name,
                doc: ($doc_ja, $doc_en),
                keys: &[$(crate::shape::Key {
                    name: crate::shape::table!(@key $field $($key)?),
                    kind: <$type as crate::shape::Field>::TYPE,
                    required: crate::shape::table!(@need $need),
                    doc: ($ja, $en),
                    example: $example,
                },)*],
            };

            fn read(
                reader: &mut crate::shape::Reader<'_>,
                table: &toml::de::DeTable<'_>,
                at: crate::source::Place,
            ) -> Self {
                reader.unknown_keys(Self::SHAPE, table);
                Self {
                    at,
                    $($field: {
                        let key = crate::shape::table!(@key $field $($key)?);
                        reader.field::<$type>(Self::SHAPE, table, at, key, crate::shape::table!(@need $need))
                    },)*
                }
            }

            fn stated(&self) -> Vec<(&'static crate::shape::Key, crate::shape::Stated)> {
                let values = vec![$(crate::shape::Field::stated(&self.$field),)*];
                <Self as crate::shape::Table>::SHAPE.keys.iter().zip(values).collect()
            }
        }

        impl crate::shape::Value for $struct {
            const TYPE: crate::shape::Type = crate::shape::Type::Table(<$struct as crate::shape::Table>::SHAPE);

            fn read(reader: &mut crate::shape::Reader<'_>, value: &toml::Spanned<toml::de::DeValue<'_>>) -> Option<Self> {
                let at = reader.place(value.span());
                match value.get_ref() {
                    toml::de::DeValue::Table(table) => Some(<Self as crate::shape::Table>::read(reader, table, at)),
                    _ => None,
                }
            }

            fn stated(&self) -> crate::shape::Stated {
                crate::shape::Stated::Table(crate::shape::Table::stated(self), self.at)
            }
        }

        impl crate::shape::Field for $struct {
            const TYPE: crate::shape::Type = <Self as crate::shape::Value>::TYPE;

            fn read(reader: &mut crate::shape::Reader<'_>, value: &toml::Spanned<toml::de::DeValue<'_>>) -> Option<Self> {
                <Self as crate::shape::Value>::read(reader, value)
            }

            fn missing(at: crate::source::Place) -> Self {
                Self { at, ..Self::default() }
            }

            fn stated(&self) -> crate::shape::Stated {
                crate::shape::Value::stated(self)
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
    (@need required) => { true };
    (@need optional) => { false };
}

/// Declares a choice: an enum and its words. Every doc comment has two lines, Japanese and English.
macro_rules! choice {
    (
        #[doc = $doc_ja:literal]
        #[doc = $doc_en:literal]
        $enum:ident {
            $(
                #[doc = $ja:literal]
                #[doc = $en:literal]
                $variant:ident = $text:literal,
            )*
        }
    ) => {
        #[doc = $doc_ja]
        #[doc = ""]
        #[doc = $doc_en]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $enum {
            $(
                #[doc = $ja]
                #[doc = ""]
                #[doc = $en]
                $variant,
            )*
        }

        impl $enum {
            /// Every value, in the order of the manual.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// As it is written.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                crate::shape::Choice::as_str(self)
            }

            /// What it means: Japanese and English.
            #[must_use]
            pub fn words(self) -> (&'static str, &'static str) {
                crate::shape::Choice::words(self)
            }
        }

        impl crate::shape::Choice for $enum {
            const VARIANTS: &'static [crate::shape::Variant] =
                &[$(crate::shape::Variant { text: $text, doc: ($ja, $en) },)*];

            fn parse(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$variant),)*
                    _ => None,
                }
            }

            fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            fn words(self) -> (&'static str, &'static str) {
                let (ja, en) = match self {
                    $(Self::$variant => ($ja, $en),)*
                };
                (ja.trim_ascii(), en.trim_ascii())
            }
        }
    };
}

pub(crate) use {choice, table};
