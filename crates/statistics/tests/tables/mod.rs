//! Reading the tables in `golden/`, and how far from them we are.

/// The rows of a table, without its header; no field holds a comma or a quote.
pub fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().skip(1).map(|line| line.split(',').collect())
}

pub fn number(field: &str) -> f64 {
    field.parse().unwrap()
}

pub fn whole(field: &str) -> u64 {
    field.parse().unwrap()
}

/// The largest errors seen, with the place of each.
pub struct Errors {
    name: &'static str,
    absolute: (f64, String),
    relative: (f64, String),
}

impl Errors {
    pub fn of(name: &'static str) -> Self {
        Self { name, absolute: (0.0, String::new()), relative: (0.0, String::new()) }
    }

    pub fn add(&mut self, actual: f64, expected: f64, place: &dyn Fn() -> String) {
        assert!(!actual.is_nan(), "{}", place());
        let absolute = (actual - expected).abs();
        if absolute > self.absolute.0 {
            self.absolute = (absolute, place());
        }
        // Below this doubles lose digits.
        if expected.abs() > 1e-300 {
            let relative = absolute / expected.abs();
            if relative > self.relative.0 {
                self.relative = (relative, place());
            }
        }
    }

    pub fn at_most(&self, absolute: f64, relative: f64) {
        println!(
            "{}: absolute {:.1e} ({}), relative {:.1e} ({})",
            self.name, self.absolute.0, self.absolute.1, self.relative.0, self.relative.1
        );
        assert!(self.absolute.0 <= absolute, "{}: absolute error {:e} at {}", self.name, self.absolute.0, self.absolute.1);
        assert!(self.relative.0 <= relative, "{}: relative error {:e} at {}", self.name, self.relative.0, self.relative.1);
    }
}
