//! The fonts shipped with the program, unmodified, each with its licence, the SIL Open Font License 1.1.

/// A font file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Font {
    /// Name of its family.
    pub family: &'static str,
    /// TrueType.
    pub bytes: &'static [u8],
    /// Its licence.
    pub licence: &'static str,
}

/// For text.
pub const MINCHO: Font = Font {
    family: "BIZ UDPMincho",
    bytes: include_bytes!("../fonts/BIZUDPMincho_400Regular.ttf"),
    licence: include_str!("../fonts/BIZUDPMincho_LICENSE.txt"),
};

/// For headings, and for what is important.
pub const GOTHIC: Font = Font {
    family: "BIZ UDPGothic",
    bytes: include_bytes!("../fonts/BIZUDPGothic_700Bold.ttf"),
    licence: include_str!("../fonts/BIZUDPGothic_LICENSE.txt"),
};

/// All of them.
pub const ALL: [Font; 2] = [MINCHO, GOTHIC];
