//! Bytes that are no text at all: a picture, an archive, noise.
//!
//! In: bytes. Out: what they are, in words. A picture that is taken for text becomes pages of rubbish that no later
//! stage can tell from a strange language, so it is turned away here.

/// How files that are no text begin.
const BEGINNINGS: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"RIFF", "a RIFF file (picture, sound or film)"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\x1f\x8b\x08", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"BZh9", "bzip2 data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"%PDF-", "a PDF file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\0\x01\0\0\0", "a font"),
    (b"\0\0\x01\0", "an icon"),
    (b"ID3", "an MP3 file"),
    (b"OggS", "an Ogg file"),
    (b"fLaC", "a FLAC file"),
    (b"CWS", "a Flash film"),
    (b"FWS", "a Flash film"),
    (b"\x1aE\xdf\xa3", "a Matroska film"),
    (b"SQLite format 3\0", "an SQLite database"),
];

/// How much of the bytes is looked at.
const HEAD: usize = 1024;

/// What the bytes are, if they are no text. UTF-16 must have been looked for before: its zeros look like noise.
pub(super) fn recognise(bytes: &[u8]) -> Option<&'static str> {
    let known = BEGINNINGS.iter().find(|(start, _)| bytes.starts_with(start));
    // "RIFF", "ID3" and the like may begin a text as well; noise must follow.
    match known {
        Some((start, what)) if start.len() > 4 || controls(bytes) > 0 => Some(what),
        _ => is_noise(bytes).then_some("noise: too many control characters"),
    }
}

/// More than one in twenty bytes of the head is a control character no text uses. Zeros count only beside other controls:
/// pages padded with zeros are real.
fn is_noise(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let found = controls(bytes);
    found >= 3 && found * 20 > head.iter().filter(|byte| **byte != 0).count()
}

/// Control characters in the head that no text uses; ESC and the shifts of ISO-2022 are left out.
pub(super) fn controls(bytes: &[u8]) -> usize {
    let head = &bytes[..bytes.len().min(HEAD)];
    head.iter().filter(|byte| matches!(byte, 1..=8 | 11 | 16..=25 | 28..=31 | 127)).count()
}
