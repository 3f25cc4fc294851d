use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use postgres::{Client, NoTls};

use crate::cluster::Cluster;

/// The role that a server connects with. It exists in every cluster and may do nothing yet.
pub const SERVER_ROLE: &str = "server";
const OWNER: &str = "keeper";

/// An empty database of one's own, dropped at the end.
#[derive(Debug)]
pub struct Database {
    /// The address for who owns the database.
    pub owner: String,
    /// The address for the server's role.
    pub server: String,
    /// The address for who may do anything.
    pub superuser: String,
    name: String,
    maintenance: String,
}

impl Database {
    /// A new one in the cluster of this test program.
    ///
    /// # Panics
    /// If PostgreSQL is missing or fails.
    #[must_use]
    pub fn new() -> Self {
        static ROLES: OnceLock<()> = OnceLock::new();
        let cluster = Cluster::shared();
        ROLES.get_or_init(|| roles(cluster));
        Self::within(cluster)
    }

    /// A new one in a cluster of one's own.
    ///
    /// # Panics
    /// If PostgreSQL fails.
    #[must_use]
    pub fn alone_in(cluster: &Cluster) -> Self {
        roles(cluster);
        Self::within(cluster)
    }

    fn within(cluster: &Cluster) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("rehearsal_{}", NUMBER.fetch_add(1, Ordering::SeqCst));
        let maintenance = cluster.url("postgres", "postgres");
        run(&maintenance, &format!("CREATE DATABASE {name} OWNER {OWNER}"));
        Self {
            owner: cluster.url(OWNER, &name),
            server: cluster.url(SERVER_ROLE, &name),
            superuser: cluster.url("postgres", &name),
            name,
            maintenance,
        }
    }
}

impl Default for Database {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // the cluster goes with everything in it: this spares the disk meanwhile
        if let Ok(mut client) = Client::connect(&self.maintenance, NoTls) {
            let _ = client.batch_execute(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}

fn roles(cluster: &Cluster) {
    let url = cluster.url("postgres", "postgres");
    run(&url, &format!("CREATE ROLE {OWNER} LOGIN"));
    run(&url, &format!("CREATE ROLE {SERVER_ROLE} LOGIN"));
}

fn run(url: &str, sql: &str) {
    Client::connect(url, NoTls).and_then(|mut client| client.batch_execute(sql)).unwrap_or_else(|error| panic!("{sql}: {error:?}"));
}
