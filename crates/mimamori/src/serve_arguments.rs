//! What can be asked of the program about serving a record to browsers.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Args;

use crate::speech::say;

/// `mimamori serve`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Serve {
    /// The folder.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("記録のフォルダー（`mimamori init` が作る）", "the folder of the record, as `mimamori init` makes it"))]
    pub data: PathBuf,
    /// The database.
    #[arg(long, value_name = "URL", help = say("記録がある PostgreSQL の接続先（サーバーの役割）。いくつかのサーバーが共有するときは、それぞれ自分のフォルダーで指定する", "the PostgreSQL of the record, with the server's role: several servers share it, each with a folder of its own"))]
    pub database: Option<String>,
    /// Where it listens.
    #[command(flatten)]
    pub listen: Listen,
}

/// Where it listens.
#[derive(Args, Debug)]
pub struct Listen {
    /// The port.
    #[arg(long, default_value_t = 8080, hide_default_value = true, value_name = "NUMBER", help = say("ポート（既定 8080。0 は空いている番号）", "port (default: 8080; 0 takes a free one)"))]
    pub port: u16,
    /// The address of the machine.
    #[arg(long, default_value = "127.0.0.1", hide_default_value = true, value_name = "IP", help = say("待ち受けるアドレス（既定 127.0.0.1、この機械からだけ）", "where to listen (default: 127.0.0.1, this machine alone)"))]
    pub listen: IpAddr,
    /// The public address.
    #[arg(long, value_name = "URL", help = say("利用者が開くアドレス（TLS を終端する前段がある場合 https://…）", "the address people open, such as https://… behind a proxy with TLS"))]
    pub address: Option<String>,
}

/// `mimamori demo`.
#[derive(Args, Debug)]
#[command(next_help_heading = say("オプション", "Options"))]
pub struct Demo {
    /// The folder.
    #[arg(value_name = "DATA", help_heading = say("引数", "Arguments"), help = say("新しいフォルダー（省略すると一時フォルダー）", "a new folder; without one, a temporary one"))]
    pub data: Option<PathBuf>,
    /// Where it listens.
    #[command(flatten)]
    pub listen: Listen,
}
