//! What every reader hands on: the pieces of text of a document, in reading order, each with its place.

/// One paragraph, or one visual line of it, as it stands in the document.
///
/// A reader of a format knows nothing of risk management plans. It hands on what the format tells for certain: the text,
/// verbatim, the cell of the table it stands in, and the place a person would look for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// The text, verbatim, without its line end. Outside of tables of a PDF, a gap that parts columns is as many blanks as it is wide,
    /// so that columns stand below each other.
    pub text: String,
    /// The table cell it stands in; the innermost one where tables are nested.
    pub cell: Option<CellAt>,
    /// 1-based page, where the format has pages (PDF).
    pub page: Option<u32>,
    /// Paragraph or cell, where the format has no pages (DOCX), such as `table 3, row 2, cell 1, paragraph 1`.
    pub path: Option<String>,
    /// How far the text is set in from the left edge of its cell or page, in half-width characters, or in such blanks.
    pub indent: u16,
    /// True for a visual line that may go on in the next piece of the same cell, so that its end is no end of a paragraph.
    pub wrapped: bool,
}

/// A cell of a table. Rows and columns count from 0; a merged cell stands at its first row and column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct CellAt {
    /// Number of the table in the document, from 0; a table that goes on over a page break keeps its number.
    pub table: u32,
    /// Row within the table.
    pub row: u32,
    /// Column within the table's grid.
    pub column: u32,
    /// Columns of the grid that the cell covers, at least 1.
    pub span: u32,
}
