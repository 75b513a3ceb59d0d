//! A folder with all cores, a record a line in the order of the names. `cargo run --example folder -- pages/`

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use zonetext::{Options, clean};

fn main() -> Result<(), std::io::Error> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "fixtures/readme".to_owned());
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
    paths.sort();
    let (next, records) = (AtomicUsize::new(0), Mutex::new(vec![String::new(); paths.len()]));
    let options = Options::default();
    let threads = std::thread::available_parallelism()?.get();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((number, path)) = {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    paths.get(number).map(|path| (number, path))
                } {
                    // Cleaning cannot fail; reading can.
                    let record = match std::fs::read(path) {
                        Ok(bytes) => clean(&bytes, &options).to_json(),
                        Err(error) => format!("{}: {error}\n", path.display()),
                    };
                    if let Ok(mut records) = records.lock() {
                        records[number] = record;
                    }
                }
            });
        }
    });
    print!("{}", records.into_inner().unwrap_or_default().concat());
    Ok(())
}
