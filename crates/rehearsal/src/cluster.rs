use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;

/// Makes the cluster in the folder `$1` with the programs of the folder `$2`, says "ready", waits until its input ends (the program that
/// tests has closed it, or is no more), and takes everything away. PostgreSQL refuses to run as root: it then runs as its own user.
const SCRIPT: &str = r#"
set -u
trap '' INT TERM HUP
exec 2>"$1.log"
as=()
if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$1" "$1.log" || exit 1
    as=(setpriv --reuid=postgres --regid=postgres --init-groups)
fi
cd "$1" || exit 1
"${as[@]}" "$2/initdb" -D "$1/data" -U postgres -A trust -E UTF8 --locale=C --no-sync --data-checksums >&2 &&
    printf "%s\n" "listen_addresses = ''" "unix_socket_directories = '$1'" "$3" >>"$1/data/postgresql.conf" &&
    "${as[@]}" "$2/pg_ctl" -D "$1/data" -w -l "$1/log" start >&2 &&
    echo ready && ready=1 && rm -f "$1.log" && cat >/dev/null
"${as[@]}" "$2/pg_ctl" -D "$1/data" -m immediate -w stop >&2
[ -n "${ready:-}" ] || { cat "$1/log" "$1.log"; rm -f "$1.log"; } 2>/dev/null
rm -rf "$1"
"#;

/// A PostgreSQL server with its data.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    input: Option<ChildStdin>,
    guard: Child,
}

impl Cluster {
    /// Starts one, with settings as lines of `postgresql.conf`.
    ///
    /// # Panics
    /// If PostgreSQL is missing or does not start, with its words.
    #[must_use]
    pub fn start(settings: &str) -> Self {
        let programs = programs();
        let folder = tempfile::Builder::new().prefix("mimamori-pg-").tempdir().expect("a temporary folder").keep();
        let mut guard = Command::new("bash")
            .args(["-c", SCRIPT, "rehearsal"])
            .args([&folder, &programs])
            .arg(settings)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("bash runs");
        let input = guard.stdin.take();
        let mut output = BufReader::new(guard.stdout.take().expect("it is piped"));
        let mut said = String::new();
        output.read_line(&mut said).expect("the script speaks");
        if said.trim() != "ready" {
            drop(input);
            let _ = output.read_to_string(&mut said);
            let _ = guard.wait();
            panic!("PostgreSQL did not start for the tests:\n{said}");
        }
        Self { folder, programs, input, guard }
    }

    /// The one of this test program. It ends when the program does.
    #[must_use]
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(|| Self::start("max_connections = 300\nshared_buffers = 64MB"))
    }

    /// The address of a database for a role.
    #[must_use]
    pub fn url(&self, role: &str, database: &str) -> String {
        let host: String = self.folder.display().to_string().replace('/', "%2F");
        format!("postgresql://{role}@{host}/{database}")
    }

    /// The folder of the socket.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Stops the server at once, as a power failure would, or starts it again.
    ///
    /// # Panics
    /// If `pg_ctl` fails.
    pub fn run(&self, runs: bool) {
        let program = self.programs.join("pg_ctl");
        let mut command = if self.is_ours() {
            Command::new(program)
        } else {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(program);
            command
        };
        let how: &[&str] = if runs { &["-l", "log", "start"] } else { &["-m", "immediate", "stop"] };
        command.current_dir(&self.folder).args(["-D", "data", "-w"]).args(how);
        let done = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().expect("pg_ctl runs");
        assert!(done.success(), "pg_ctl failed: {how:?}");
    }

    fn is_ours(&self) -> bool {
        use std::os::unix::fs::MetadataExt;
        let owner = |path: &Path| path.metadata().map(|metadata| metadata.uid()).ok();
        owner(&self.folder) == owner(Path::new("/proc/self"))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.guard.wait();
    }
}

/// Where `initdb` is: in the path, or where Debian puts it.
fn programs() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places: Vec<_> = std::env::split_paths(&path).collect();
    let mut versions: Vec<_> =
        std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin")).collect();
    versions.sort();
    places.extend(versions.into_iter().rev());
    places.into_iter().find(|place| ["initdb", "pg_ctl", "postgres"].iter().all(|program| place.join(program).is_file())).expect(
        "the tests need a real PostgreSQL: install the package `postgresql` (./test does), or put initdb, pg_ctl and postgres into PATH",
    )
}
