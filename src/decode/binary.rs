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
    (b"\0\x01\0\0Standard", "an Access database"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1\0\0", "an Arrow file"),
    (b"Obj\x01", "an Avro file"),
    (b"ORC", "an ORC file"),
    (b"\x89HDF\r\n", "an HDF5 file"),
    (b"OTTO", "a font"),
    (b"ttcf", "a font"),
    (b"true\0", "a font"),
    (b"\xfe\xed\xfa\xce", "a program"),
    (b"\xfe\xed\xfa\xcf", "a program"),
    (b"\xce\xfa\xed\xfe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\0asm", "a program"),
    (b"dex\n03", "a program"),
    (b"!<arch>\n", "a library or a Debian package"),
    (b"\xed\xab\xee\xdb", "an RPM package"),
    (b"MSCF\0\0\0\0", "a cabinet archive"),
    (b"\x04\x22\x4d\x18", "lz4 data"),
    (b"\x1f\x9d", "compress data"),
    (b"LZIP", "lzip data"),
    (b"ITSF", "a compiled help file"),
    (b"AT&TFORM", "a DjVu document"),
    (b"{\\rtf1", "an RTF document"),
    (b"%!PS-Adobe", "a PostScript document"),
    (b"8BPS", "a Photoshop picture"),
    (b"gimp xcf", "a GIMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"BM", "a BMP picture"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (b"\xff\xfb", "an MP3 file"),
    (b"\xff\xf3", "an MP3 file"),
    (b"#!AMR", "an AMR sound"),
    (b"MThd\0\0\0\x06", "a MIDI file"),
    (b"FORM", "an AIFF sound"),
    (b"FLV\x01", "a Flash film"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf", "a Windows Media film"),
    (b"\0\0\x01\xba", "an MPEG film"),
    (b"\0\0\x01\xb3", "an MPEG film"),
];

/// How they go on, at some distance from their beginning.
const FURTHER: &[(usize, &[u8], &str)] = &[
    (4, b"ftyp", "an MP4 or HEIF file"),
    (4, b"moov", "a QuickTime film"),
    (60, b"BOOKMOBI", "an electronic book"),
    (257, b"ustar", "a tar archive"),
];

/// How much of the bytes is looked at.
const HEAD: usize = 1024;

/// What the bytes are by their magic, if they are no text.
pub(super) fn known(bytes: &[u8]) -> Option<&'static str> {
    let beginnings = BEGINNINGS.iter().map(|(start, what)| (0, *start, *what));
    let mut all = beginnings.chain(FURTHER.iter().copied());
    let (at, magic, what) = all.find(|(at, magic, _)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(magic)))?;
    // "RIFF", "ID3" and the like may begin a text as well; noise must follow.
    (at == 0 && magic.len() > 4 || controls(bytes) > 0 || zeros(bytes)).then_some(what)
}

/// Bytes of no known kind that are no text. UTF-16 must have been looked for before: its zeros look like noise.
pub(super) fn noise(bytes: &[u8]) -> Option<&'static str> {
    is_noise(bytes).then_some("noise: too many control characters")
}

/// Four zeros in a row: no character of any text but UTF-32's marks, which have been looked for.
fn zeros(bytes: &[u8]) -> bool {
    memchr::memmem::find(&bytes[..bytes.len().min(HEAD)], b"\0\0\0\0").is_some()
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
