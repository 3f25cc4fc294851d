//! `mimamori lsp`: a language server for plan folders, over standard input and output.
//!
//! | where | what |
//! |---|---|
//! | [`frame`], [`server`] | the protocol: frames, the stages of the conversation, which request goes where |
//! | [`workspace`] | the open plans: the disk with the client's unsaved text over it, checked when it changed |
//! | [`desk`] | what every answer is made from: a checked plan and what the client wants |
//! | [`position`], [`uri`] | how the protocol counts characters and names files |
//! | [`toml_cursor`], [`grammar`] | what stands, or can be written, at the cursor |
//! | [`mention`] | everything that has a name, and every place that says it |
//! | [`diagnostics`], [`completion`], [`hover`], [`definition`], [`rename`], [`actions`] | the answers, one file each |

mod actions;
mod completion;
mod definition;
mod desk;
mod diagnostics;
mod edits;
mod frame;
mod grammar;
mod hover;
mod mention;
mod position;
mod rename;
mod server;
#[cfg(test)]
mod tests;
mod toml_cursor;
mod uri;
mod workspace;

use std::io::Write;
use std::sync::mpsc::{TryRecvError, sync_channel};

use diagnostic::{Problem, Words};
use lsp_server::Message;

use crate::outcome::Outcome;
use crate::speech;
use frame::Frame;
use server::{Server, Stage};

/// Messages that may wait; then the client has to.
const WAITING: usize = 64;

/// The answer to what is no message (JSON-RPC 2.0, 5.1).
const NO_MESSAGE: &str = r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"this is no message"}}"#;

/// Serves the client at the other end of standard input and output until it leaves.
///
/// # Errors
/// The client cannot be written to.
pub fn run() -> Result<Outcome, Problem> {
    let (sender, receiver) = sync_channel(WAITING);
    // reading has a thread of its own, so that what waits is seen before the plan is checked; it ends with the input or the program
    std::thread::spawn(move || {
        let mut input = std::io::stdin().lock();
        while let Some(frame) = frame::read(&mut input) {
            if sender.send(frame).is_err() {
                break;
            }
        }
    });
    let mut output = std::io::stdout().lock();
    let mut server = Server::new(speech::language());
    loop {
        // the only clock: a plan that tells no day of its own is judged as of today
        let today = jiff::Zoned::now().date();
        let frame = match receiver.try_recv() {
            Ok(frame) => frame,
            Err(TryRecvError::Disconnected) => break,
            Err(TryRecvError::Empty) => {
                send(&mut output, server.publish(today))?;
                match receiver.recv() {
                    Ok(frame) => frame,
                    Err(_) => break,
                }
            }
        };
        match frame {
            Frame::Message(message) => send(&mut output, server.take(message, today))?,
            Frame::Unreadable => {
                let written = write!(output, "Content-Length: {}\r\n\r\n{NO_MESSAGE}", NO_MESSAGE.len()).and_then(|()| output.flush());
                written.map_err(|error| lost(&error))?;
            }
        }
        if let Stage::Ended { .. } = server.stage() {
            break;
        }
    }
    // a client that leaves without a word leaves an error behind (Language Server Protocol, exit)
    Ok(if server.stage() == (Stage::Ended { asked: true }) { Outcome::Clean } else { Outcome::Findings })
}

fn send(output: &mut impl Write, messages: Vec<Message>) -> Result<(), Problem> {
    messages.iter().try_for_each(|message| message.write(output)).map_err(|error| lost(&error))
}

fn lost(error: &std::io::Error) -> Problem {
    Problem::new(
        Words::new(format!("エディターに書き込めません（{error}）"), format!("the editor cannot be written to ({error})")),
        Words::default(),
    )
}
