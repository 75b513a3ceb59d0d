//! A page that travelled as base64, in whatever way its sender writes that.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The bytes that base64 stands for: in lines or in one, with its closing `=` or without, in the standard's letters or in those for
/// addresses (RFC 4648, sections 4 and 5). What is none is an error in words.
///
/// ```
/// assert_eq!(zonetext::decode::base64("PHA-\nPHA_").as_deref(), Ok(&b"<p><p?"[..]));
/// ```
pub fn base64(coded: &str) -> Result<Vec<u8>, String> {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let decoded = match coded.as_bytes().iter().all(plain) {
        true => LENIENT.decode(coded),
        false => LENIENT.decode(coded.bytes().filter_map(standard).collect::<Vec<u8>>()),
    };
    decoded.map_err(|error| format!("not base64: {error}"))
}

/// A letter in the standard's alphabet; nothing for white space.
fn standard(byte: u8) -> Option<u8> {
    match byte {
        b'-' => Some(b'+'),
        b'_' => Some(b'/'),
        byte if byte.is_ascii_whitespace() => None,
        byte => Some(byte),
    }
}
