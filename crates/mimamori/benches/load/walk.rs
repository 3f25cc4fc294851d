//! People who walk the pages: sign in, look around, now and then do something.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::chance::Chance;
use crate::client::{Client, Taken};
use crate::figures::{Sample, Walked};
use crate::pages::{PAGES, Page, Place, Visitor, What};
use crate::people::{PASSWORD, Somebody, everybody, secret};

/// Somebody who is signed in.
pub struct Walker {
    /// Their browser.
    pub client: Client,
    number: usize,
    chance: Chance,
    pages: Vec<usize>,
    /// How many mistakes they have told of.
    told: u32,
}

/// How they walk.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How long somebody looks at a page, in the mean; none at all where it is zero.
    pub thought: Duration,
    /// For how long they walk.
    pub time: Duration,
}

impl Walker {
    /// Signs somebody in, by the form and with the number of their second factor. They walk the pages that their role may see.
    pub fn sign_in(host: &str, place: usize, somebody: Somebody, only: Option<&str>) -> Self {
        let mut client = Client::new(host);
        let page = client.get("/sign-in", Taken::Plain).unwrap();
        assert_eq!(page.status, 200, "the page to sign in");
        let answer = loop {
            let number = server::people::second_factor::number(&secret(place), Timestamp::now()).unwrap();
            let fields = [("back", "/".into()), ("person", somebody.id.clone()), ("password", PASSWORD.into()), ("number", number)];
            let answer = client.post("/sign-in", &fields).unwrap();
            match answer.status {
                // tries to sign in are limited, and all of us come from one address
                429 => std::thread::sleep(Duration::from_secs(1)),
                _ => break answer,
            }
        };
        assert!(answer.status == 303 && client.cookie.is_some(), "{} could not sign in: {}", somebody.id, answer.text);
        let first = everybody().iter().position(|somebody| somebody.walks).unwrap_or(0);
        let may = |page: &Page| page.for_whom.contains(&somebody.role) && only.is_none_or(|only| only == page.name);
        let pages: Vec<_> = (0..PAGES.len()).filter(|page| may(&PAGES[*page])).collect();
        Self { client, number: place - first, chance: Chance(7 * place as u64 + 1), pages, told: 0 }
    }

    /// Walks for a while.
    fn walk(&mut self, pace: Pace, place: &Place, stop: &AtomicBool) -> Vec<Sample> {
        let began = Instant::now();
        let mut samples = Vec::new();
        while !self.pages.is_empty() && began.elapsed() < pace.time && !stop.load(Ordering::Relaxed) {
            if pace.thought > Duration::ZERO {
                // between half and one and a half of the mean
                let share = 0.5 + self.chance.below(1000) as f64 / 1000.0;
                std::thread::sleep(pace.thought.mul_f64(share));
            }
            let page = self.choose();
            samples.extend(self.visit(page, place));
        }
        samples
    }

    /// One of the pages, as often as it weighs.
    fn choose(&mut self) -> usize {
        let mut left = self.chance.below(self.pages.iter().map(|page| PAGES[*page].weight).sum());
        for page in &self.pages {
            match left.checked_sub(PAGES[*page].weight) {
                Some(rest) => left = rest,
                None => return *page,
            }
        }
        self.pages[0]
    }

    fn visit(&mut self, page: usize, place: &Place) -> Option<Sample> {
        let mut visitor = Visitor { number: self.number, chance: &mut self.chance, place };
        let (address, answer) = match PAGES[page].what {
            What::Look(address) => {
                let address = address(&mut visitor);
                let answer = self.client.get(&address, Taken::Compressed);
                (address, answer)
            }
            What::Send(fill) => {
                let (address, fields) = fill(&mut visitor, &mut self.client)?;
                let answer = self.client.post(&address, &fields);
                (address, answer)
            }
        };
        let answer = answer.unwrap_or_default();
        let sample = Sample { page, status: answer.status, server: answer.server, client: answer.took, bytes: answer.bytes };
        if sample.is_error() && self.told < 2 {
            self.told += 1;
            // what it says came compressed, or not at all: it is asked for once more, to be read
            let text = if answer.text.is_empty() { self.client.get(&address, Taken::Plain).unwrap_or_default().text } else { answer.text };
            let words = text.split("<main").nth(1).unwrap_or(&text);
            eprintln!("  {} at {address}: {}", answer.status, words.chars().take(400).collect::<String>());
        }
        Some(sample)
    }
}

/// Everybody walks at once.
pub fn all(walkers: &mut [Walker], pace: Pace, place: &Place) -> Walked {
    until(walkers, pace, place, &AtomicBool::new(false))
}

/// Everybody walks at once, until the time is over or somebody says so.
pub fn until(walkers: &mut [Walker], pace: Pace, place: &Place, stop: &AtomicBool) -> Walked {
    let began = Instant::now();
    let samples = std::thread::scope(|scope| {
        let walking: Vec<_> = walkers.iter_mut().map(|walker| scope.spawn(|| walker.walk(pace, place, stop))).collect();
        walking.into_iter().flat_map(|walk| walk.join().unwrap()).collect()
    });
    Walked { samples, took: began.elapsed() }
}
