//! Speed of extract: `cargo bench --bench extract`.

fn main() {
    divan::main();
}
