//! Who was observed for how long, and how it ended.

/// How the observation of a patient ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// Without an event: what came later is not known.
    Censored,
    /// With an event of this cause, such as 0 for the event of interest and 1 for death before it. The numbers are names only.
    Event(u32),
}

/// The observation of one patient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FollowUp {
    /// Time from the beginning to the end of observation; finite, not negative.
    pub time: f64,
    /// How it ended.
    pub end: End,
}

/// What happened at one time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tally {
    pub time: f64,
    /// Patients under observation just before.
    pub at_risk: u64,
    /// Events of whatever cause.
    pub events: u64,
    /// Events of the cause asked for.
    pub of_cause: u64,
    pub censored: u64,
}

/// What happened, time by time; `None` where a time is negative or not finite.
pub(super) fn tallies(follow_ups: &[FollowUp], cause: Option<u32>) -> Option<Vec<Tally>> {
    if follow_ups.iter().any(|one| !(one.time.is_finite() && one.time >= 0.0)) {
        return None;
    }
    let mut sorted = follow_ups.to_vec();
    sorted.sort_by(|one, other| one.time.total_cmp(&other.time));
    let mut at_risk = sorted.len() as u64;
    let mut tallies = Vec::new();
    for tied in sorted.chunk_by(|one, other| one.time == other.time) {
        let count = |wanted: &dyn Fn(End) -> bool| tied.iter().filter(|one| wanted(one.end)).count() as u64;
        let censored = count(&|end| end == End::Censored);
        // A negative zero is a zero.
        let time = tied.first()?.time + 0.0;
        let everyone = tied.len() as u64;
        let of_cause = cause.map_or(0, |cause| count(&|end| end == End::Event(cause)));
        tallies.push(Tally { time, at_risk, events: everyone - censored, of_cause, censored });
        at_risk -= everyone;
    }
    Some(tallies)
}

/// The last step at or before `time`, of steps in rising time.
pub(super) fn last_until<S>(steps: &[S], time: f64, of: impl Fn(&S) -> f64) -> Option<&S> {
    steps.partition_point(|step| of(step) <= time).checked_sub(1).and_then(|index| steps.get(index))
}
