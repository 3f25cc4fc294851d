//! Tables for spreadsheets (RFC 4180, UTF-8 with its mark, so that every spreadsheet reads Japanese).

/// A table that is written row by row.
#[derive(Debug)]
pub struct Csv(String);

impl Csv {
    /// An empty table; of invented data it says so in its first row.
    #[must_use]
    pub fn new(simulated: bool) -> Self {
        let mut csv = Self("\u{feff}".to_owned());
        if simulated {
            csv.row(&[super::documents::SIMULATED]);
        }
        csv
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[&str]) {
        for (n, cell) in cells.iter().enumerate() {
            if n > 0 {
                self.0.push(',');
            }
            // a cell that begins like a formula would be computed by a spreadsheet
            let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
            self.0.push('"');
            if risky {
                self.0.push('\'');
            }
            self.0.push_str(&cell.replace('"', "\"\""));
            self.0.push('"');
        }
        self.0.push_str("\r\n");
    }

    /// What was written since the last time, for tables that are longer than memory.
    pub fn taken(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.0).into_bytes()
    }

    /// The whole table.
    #[must_use]
    pub fn bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_compute_nothing() {
        let mut csv = Csv::new(true);
        csv.row(&["a \"b\"", "=1+1", "x,\ny"]);
        assert_eq!(String::from_utf8_lossy(&csv.bytes()), "\u{feff}\"模擬データ\"\r\n\"a \"\"b\"\"\",\"'=1+1\",\"x,\ny\"\r\n");
    }
}
