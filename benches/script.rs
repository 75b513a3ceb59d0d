//! Speed of script: `cargo bench --bench script`.

fn main() {
    divan::main();
}
