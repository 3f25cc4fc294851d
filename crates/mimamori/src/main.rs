//! The command line of Mimamori: reads published risk management plans and reviews them.

mod arguments;
mod base;
mod catalogue;
mod command;
mod credentials;
mod data;
mod delivery;
mod folder;
mod forms;
mod heads;
mod intake;
mod language_server;
mod life_arguments;
mod outcome;
mod partial;
mod plan_arguments;
mod record_arguments;
mod serve_arguments;
mod speech;
mod terminal;
mod undo;
mod usage;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use arguments::{Cli, Command};
use outcome::Outcome;
use plan_arguments::PlanCommand;
use record_arguments::RecordCommand;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    speech::choose(&arguments);
    let matches = match Cli::command().try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => return usage::explain(&error).into(),
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => return usage::explain(&error).into(),
    };
    let outcome = match cli.command {
        Command::Review(options) => command::review::run(&options),
        Command::Read(options) => command::read::run(&options),
        Command::Import(options) => command::import::run(&options),
        Command::Plan(PlanCommand::Check(options)) => command::check::run(&options),
        Command::Plan(PlanCommand::Fmt(options)) => command::fmt::run(&options),
        Command::Plan(PlanCommand::New(options)) => command::new::run(&options),
        Command::Plan(PlanCommand::Diff(options)) => command::diff::run(&options),
        Command::Plan(PlanCommand::Impact(options)) => command::impact::run(&options),
        Command::Plan(PlanCommand::Deadlines(options)) => command::deadlines::run(&options),
        Command::Plan(PlanCommand::Schema(options)) => command::schema::run(&options),
        Command::Plan(PlanCommand::Build(options)) => command::build::run(&options),
        Command::Plan(PlanCommand::Merge(options)) => command::merge::run(&options),
        Command::Plan(PlanCommand::Watch(options)) => command::watch::run(&options),
        Command::Plan(PlanCommand::Lsp(_)) => language_server::run(),
        Command::Record(RecordCommand::Init(options)) => command::init::run(&options),
        Command::Record(RecordCommand::Rhythms(options)) => command::deadlines::set_rhythms(&options),
        Command::Record(RecordCommand::Issue(options)) => command::issue::run(&options),
        Command::Record(RecordCommand::Sheet(options)) => command::sheet::run(&options),
        Command::Record(RecordCommand::Origin(options)) => command::origin::run(&options),
        Command::Record(RecordCommand::Person(options)) => command::people::person(&options),
        Command::Record(RecordCommand::Role(options)) => command::people::role(&options),
        Command::Record(RecordCommand::Record(options)) => command::record::run(&options),
        Command::Record(RecordCommand::Password(options)) => command::record::password(&options),
        Command::Record(RecordCommand::Status(options)) => command::status::run(&options),
        Command::Record(RecordCommand::Submit(options)) => command::submit::run(&options),
        Command::Record(RecordCommand::Log(options)) => command::log::run(&options),
        Command::Record(RecordCommand::Verify(options)) => command::verify::run(&options),
        Command::Record(RecordCommand::Head(options)) => command::head::run(&options),
        Command::Record(RecordCommand::Backup(options)) => command::backup::backup(&options),
        Command::Record(RecordCommand::Export(options)) => command::export::run(&options),
        Command::Record(RecordCommand::Serve(options)) => command::serve::run(&options),
        Command::Record(RecordCommand::Demo(options)) => command::demo::run(&options),
        Command::Record(RecordCommand::Restore(options)) => command::backup::restore(&options),
        Command::Explain(options) => command::explain::run(&options),
        Command::Rules(options) => command::rules::run(&options),
    };
    outcome.unwrap_or_else(|problem| Outcome::failed(&problem)).into()
}
