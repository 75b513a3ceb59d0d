//! Speed of repair: `cargo bench --bench repair`.

fn main() {
    divan::main();
}
