//! A centre: since when it enrols, until when, and how many so far.

/// A centre that enrols, has enrolled, or will enrol. All times are on one axis, in any one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Centre {
    /// When it opened or will open.
    pub opening: f64,
    /// When it closed or will close, if that is known.
    pub closing: Option<f64>,
    /// Patients enrolled so far.
    pub enrolled: u64,
}

impl Centre {
    /// For how long it is open between two times; 0 where they are in the wrong order.
    #[must_use]
    pub fn open_between(&self, from: f64, to: f64) -> f64 {
        let until = self.closing.map_or(to, |closing| closing.min(to));
        (until - self.opening.max(from)).max(0.0)
    }

    /// For how long it has been open until `now`.
    #[must_use]
    pub fn active(&self, now: f64) -> f64 {
        self.open_between(f64::NEG_INFINITY, now)
    }

    /// Whether its times are times, and it was open for as long as it needed to enrol anybody.
    pub(super) fn possible(&self, now: f64) -> bool {
        let closes = self.closing.is_none_or(|closing| closing.is_finite() && closing >= self.opening);
        self.opening.is_finite() && now.is_finite() && closes && (self.enrolled == 0 || self.active(now) > 0.0)
    }
}
