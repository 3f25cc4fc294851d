//! `mimamori serve` and `mimamori demo`.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use diagnostic::{Problem, Words};
use journal::{Follower, Store};
use operation::Desk;
use server::{Furnishing, House, Place};

use crate::outcome::Outcome;
use crate::serve_arguments::{Listen, Serve};
use crate::speech::tell;
use crate::{data, heads};

/// Serves a record to browsers, until it is interrupted.
///
/// # Errors
/// There is no record in the folder, or the address cannot be listened at.
pub fn run(options: &Serve) -> Result<Outcome, Problem> {
    serve(&options.data, options.database.as_deref(), &options.listen)
}

/// Serves a record.
///
/// # Errors
/// As [`run`].
pub fn serve(data: &Path, database: Option<&str>, listen: &Listen) -> Result<Outcome, Problem> {
    if let Some(address) = database {
        data::at_database(data, address)?;
    }
    let listener = listening(listen)?;
    let port = listener.local_addr().map_or(listen.port, |address| address.port());
    let address = listen.address.clone().unwrap_or_else(|| format!("http://{}", host(listen.listen, port)));
    let house = Arc::new(house(data, &address, listen.listen, port)?);
    follow(data, &house);
    tell(&Words::new(format!("{address} で始めました（Ctrl-C で終了）"), format!("serving at {address} (Ctrl-C ends)")));
    server::serve(house, listener)?;
    tell(&Words::new("終了しました", "ended"));
    Ok(Outcome::Clean)
}

fn listening(listen: &Listen) -> Result<TcpListener, Problem> {
    let at = SocketAddr::new(listen.listen, listen.port);
    TcpListener::bind(at).map_err(|error| {
        let cause = crate::delivery::cause(&error);
        Problem::new(
            Words::new(format!("{at} を開けません（{}）", cause.ja), format!("{at} cannot be listened at ({})", cause.en)),
            Words::new("--port に別の番号を指定してください", "give another number after --port"),
        )
    })
}

/// The house on a record.
fn house(data: &Path, address: &str, listen: IpAddr, port: u16) -> Result<House, Problem> {
    let desk = data::desk(data)?;
    let keep = data::keep(data)?;
    let (readable, signed) = (data.to_owned(), data.to_owned());
    let named = address.split_once("://").map_or(address, |(_, rest)| rest).trim_end_matches('/').to_ascii_lowercase();
    let mut hosts = vec![named, host(listen, port)];
    if listen.is_loopback() {
        hosts.extend([format!("localhost:{port}"), format!("127.0.0.1:{port}"), format!("[::1]:{port}")]);
    }
    Ok(House::new(Furnishing {
        desk,
        keep,
        reader: Box::new(move || -> Result<Box<dyn Store>, Problem> { data::open_to_read(&readable) }),
        sign_daily: Box::new(move |desk: &Desk| heads::sign_daily(&signed, desk)),
        address: address.trim_end_matches('/').to_owned(),
        hosts,
        simulated: super::demo::is_simulated(data),
        place: Place {
            folder: data.to_owned(),
            store: if data::address(data).is_some() { "PostgreSQL" } else { "SQLite" },
            program: concat!("mimamori ", env!("CARGO_PKG_VERSION")).to_owned(),
        },
        clock: Box::new(jiff::Timestamp::now),
    }))
}

fn host(listen: IpAddr, port: u16) -> String {
    match listen {
        // who listens everywhere is reached on this machine too
        IpAddr::V4(any) if any.is_unspecified() => format!("{}:{port}", Ipv4Addr::LOCALHOST),
        IpAddr::V4(at) => format!("{at}:{port}"),
        IpAddr::V6(at) => format!("[{at}]:{port}"),
    }
}

/// Takes up what others record: other servers by their notices, and the command line on the same folder.
fn follow(data: &Path, house: &Arc<House>) {
    /// So often it is looked whether another program recorded something in the file.
    const LOOK: Duration = Duration::from_millis(500);
    let (house, address) = (Arc::clone(house), data::address(data));
    std::thread::spawn(move || {
        let mut follower: Option<Follower> = None;
        loop {
            let heard = match (&address, &mut follower) {
                (None, _) => {
                    std::thread::sleep(LOOK);
                    house.is_behind().unwrap_or(false)
                }
                (Some(_), Some(open)) => match open.wait(Duration::from_secs(30)) {
                    Ok(heard) => heard.is_some(),
                    Err(_) => {
                        follower = None;
                        true
                    }
                },
                (Some(address), None) => {
                    // what was recorded while nobody listened is read in any case
                    match Follower::open(address) {
                        Ok(open) => follower = Some(open),
                        Err(_) => std::thread::sleep(Duration::from_secs(1)),
                    }
                    true
                }
            };
            if heard {
                // where the store cannot be read, the next command says so
                let _ = house.desk.follow();
            }
        }
    });
}
