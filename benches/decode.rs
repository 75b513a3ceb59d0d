//! Speed of decode: `cargo bench --bench decode`.

fn main() {
    divan::main();
}
