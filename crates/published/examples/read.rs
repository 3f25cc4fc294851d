//! Prints what a document states: `cargo run -p published --example read -- FILE [json]`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("a file is wanted")?;
    let published = published::read::document(&file, &std::fs::read(&file)?)?;
    match arguments.next().as_deref() {
        Some("json") => println!("{}", published::outline::json(&published)),
        _ => print!("{}", published::outline::text(&published)),
    }
    Ok(())
}
