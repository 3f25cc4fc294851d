//! Sets the tree of the tests in all formats, to be looked at: `cargo run -p typeset --example kitchen_sink -- FOLDER`.

#[path = "../tests/it/sample.rs"]
mod sample;

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("say into which folder")?;
    let tokens = typeset::Tokens::default();
    for (name, document) in [("sink", sample::kitchen_sink()), ("final", sample::settled()), ("long", sample::long(70))] {
        let start = std::time::Instant::now();
        #[cfg(feature = "pdf")]
        std::fs::write(Path::new(&folder).join(format!("{name}.pdf")), typeset::pdf(&document, &tokens)?)?;
        println!("{name}.pdf: {:?}", start.elapsed());
        let start = std::time::Instant::now();
        std::fs::write(Path::new(&folder).join(format!("{name}.html")), typeset::html(&document, &tokens))?;
        println!("{name}.html: {:?}", start.elapsed());
    }
    Ok(())
}
