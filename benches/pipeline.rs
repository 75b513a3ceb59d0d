//! Speed of pipeline: `cargo bench --bench pipeline`.

fn main() {
    divan::main();
}
