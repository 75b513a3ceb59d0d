//! One page: its metadata and its text. `cargo run --example one_page -- page.html`

use zonetext::{Options, clean};

fn main() -> Result<(), std::io::Error> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "fixtures/readme/page.html".to_owned());
    let page = clean(&std::fs::read(path)?, &Options::default());
    println!("title:     {}", page.title().unwrap_or("-"));
    println!("authors:   {}", page.metadata.authors.join(", "));
    println!("published: {}", page.metadata.published.as_deref().unwrap_or("-"));
    println!("charset:   {}\n", page.charset.charset);
    print!("{}", page.to_text());
    Ok(())
}
