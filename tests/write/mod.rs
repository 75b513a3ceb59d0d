//! Room of the writers: records hold what their JSON Schema says, bear other tools' names when asked, and fingerprints bring near copies
//! together.

mod fingerprint;
mod markdown;
mod roundtrip;
mod schema;
