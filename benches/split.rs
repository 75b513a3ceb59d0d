//! Speed of split: `cargo bench --bench split`.

fn main() {
    divan::main();
}
