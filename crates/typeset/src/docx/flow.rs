//! Where things will come to stand, roughly: the numbers that fields show until Word or LibreOffice, which set the pages, put in
//! the true ones.

use unicode_width::UnicodeWidthChar;

/// Width of a text in letters: full-width ones count 1.
pub(super) fn letters(text: &str) -> f64 {
    text.chars().map(|character| if character.width_cjk() == Some(2) { 1.0 } else { 0.55 }).sum()
}

/// The column of text, as if the pages hung one below the other. Lengths in points.
pub(super) struct Flow {
    /// How far it is filled.
    pub at: f64,
    /// Height of one page's text.
    pub page: f64,
}

impl Flow {
    /// Whole lines of a paragraph, which run over page ends.
    pub fn lines(&mut self, count: f64, height: f64) {
        for _ in 0..(count as u32).min(10_000) {
            self.block(height);
        }
    }

    /// Something that stands on one page, if it fits on one.
    pub fn block(&mut self, height: f64) {
        self.keep(height);
        self.at += height;
    }

    /// Goes to the next page unless this much room is left.
    pub fn keep(&mut self, height: f64) {
        if height <= self.page && self.left() < height {
            self.break_page();
        }
    }

    /// Goes to the next page, unless nothing stands on this one.
    pub fn break_page(&mut self) {
        if self.left() < self.page {
            self.at += self.left();
        }
    }

    /// Number of the page at a place, from 1.
    pub fn number(&self, at: f64) -> u32 {
        // A hair's breadth against rounding; the cast saturates.
        ((at + 0.01) / self.page) as u32 + 1
    }

    fn left(&self) -> f64 {
        let rest = (self.at + 0.01) % self.page;
        self.page - (rest - 0.01).max(0.0)
    }
}
