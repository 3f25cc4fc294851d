//! The counts of surveys, kept from page to page.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use survey::view::Kept;
use survey::{Design, Survey};

/// Product and activity.
type Place = (String, String);

/// The counts of every survey that was looked at, each under a lock of its own: one that is counted anew holds up no other.
#[derive(Debug, Default)]
pub(crate) struct Counts(Mutex<HashMap<Place, Arc<Mutex<Option<Kept>>>>>);

impl Counts {
    /// Reads from the counts of a survey as it stands on a day.
    pub fn read<T>(&self, product: &str, design: &Arc<Design>, survey: &Survey, today: Date, read: impl FnOnce(&Kept) -> T) -> T {
        let place = (product.to_owned(), design.activity.clone());
        let slot = Arc::clone(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(place).or_default());
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *slot {
            Some(kept) => kept.follow(design, survey, today),
            empty => *empty = Some(Kept::new(Arc::clone(design), survey.clone(), today)),
        }
        match &*slot {
            Some(kept) => read(kept),
            None => read(&Kept::new(Arc::clone(design), survey.clone(), today)),
        }
    }
}
