use std::time::Duration;

use postgres::fallible_iterator::FallibleIterator;

use super::connection::Connection;
use super::trouble::unreadable;
use crate::chain::Chain;
use crate::failure::Failure;

/// Hears what others record in a PostgreSQL journal, on a connection of its own.
///
/// It hears where a chain ends now, not what was recorded: whoever hears reads.
pub struct Follower {
    connection: Connection,
    listening: bool,
}

impl std::fmt::Debug for Follower {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Follower").field("place", &self.connection.place()).finish_non_exhaustive()
    }
}

impl Follower {
    /// Begins to listen. What is recorded after this is heard.
    ///
    /// # Errors
    /// If there is no journal, or it cannot be reached.
    pub fn open(url: &str) -> Result<Self, Failure> {
        let mut follower = Self { connection: Connection::new(url, false)?, listening: false };
        follower.listen()?;
        Ok(follower)
    }

    fn listen(&mut self) -> Result<(), Failure> {
        if !self.listening {
            self.connection.client()?.batch_execute("LISTEN mimamori").map_err(unreadable)?;
            self.listening = true;
        }
        Ok(())
    }

    /// Waits until something was recorded, at most so long: the chain and the place it reaches now, or nothing.
    ///
    /// # Errors
    /// If the connection has ended. The next call listens again; what was recorded meanwhile is not heard, so read what is new first.
    pub fn wait(&mut self, at_most: Duration) -> Result<Option<(Chain, u64)>, Failure> {
        self.listen()?;
        let heard = {
            let client = self.connection.same()?;
            let heard = client.notifications().timeout_iter(at_most).next();
            match heard {
                // a connection that ended has nothing more to say either
                Ok(None) if client.is_closed() => client.batch_execute("").map(|()| None),
                heard => heard,
            }
        };
        match heard {
            Ok(None) => Ok(None),
            Ok(Some(note)) => Ok(parse(note.payload())),
            Err(error) => {
                self.connection.forget();
                self.listening = false;
                Err(unreadable(error))
            }
        }
    }
}

/// Words of others on the same channel are no news.
fn parse(payload: &str) -> Option<(Chain, u64)> {
    let (chain, sequence) = payload.rsplit_once(' ')?;
    Some((chain.parse().ok()?, sequence.parse().ok()?))
}
