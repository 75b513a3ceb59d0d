#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| zonetext_fuzz::laws::law("clean")(bytes));
