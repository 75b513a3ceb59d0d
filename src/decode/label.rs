//! Names of charsets, the odd ones included.
//!
//! In: a label as a page, a header or a user writes it. Out: what it means. The WHATWG labels are encoding_rs's; the rest is
//! what Chinese pages were seen to write (`gb_2312-80`, `x-gbk`, `utf8mb4`, `big-5`, `charset=gb2312`).

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, ISO_2022_JP, REPLACEMENT, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE,
    X_USER_DEFINED,
};

/// What a label means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    Known(&'static Encoding),
    /// Seven-bit GB 2312 between `~{` and `~}`.
    Hz,
    /// ISO-2022-CN and -KR: escapes and shifts, told apart by their content.
    Iso2022,
    /// CNS 11643 in EUC.
    EucTw,
}

/// Beginnings of a label stripped of everything but letters and digits, and what they mean.
const BEGINNINGS: &[(&str, Charset)] = &[
    ("hz", Charset::Hz),
    ("iso2022jp", Charset::Known(ISO_2022_JP)),
    ("iso2022", Charset::Iso2022),
    ("euctw", Charset::EucTw),
    ("cns11643", Charset::EucTw),
    ("utf8", Charset::Known(UTF_8)),
    ("unicode11utf8", Charset::Known(UTF_8)),
    ("utf16be", Charset::Known(UTF_16BE)),
    ("utf16", Charset::Known(UTF_16LE)),
    ("ucs2", Charset::Known(UTF_16LE)),
    // gb2312, gb_2312-80, gbk, gb18030-2022, and slips such as gb2313.
    ("gb", Charset::Known(GB18030)),
    ("csgb", Charset::Known(GB18030)),
    ("eucgb", Charset::Known(GB18030)),
    ("euccn", Charset::Known(GB18030)),
    ("cngb", Charset::Known(GB18030)),
    ("chinese", Charset::Known(GB18030)),
    ("cp936", Charset::Known(GB18030)),
    ("ms936", Charset::Known(GB18030)),
    ("mscp936", Charset::Known(GB18030)),
    ("windows936", Charset::Known(GB18030)),
    ("936", Charset::Known(GB18030)),
    ("big5", Charset::Known(BIG5)),
    ("bigfive", Charset::Known(BIG5)),
    ("csbig5", Charset::Known(BIG5)),
    ("cnbig5", Charset::Known(BIG5)),
    ("cp950", Charset::Known(BIG5)),
    ("cp951", Charset::Known(BIG5)),
    ("ms950", Charset::Known(BIG5)),
    ("windows950", Charset::Known(BIG5)),
    ("950", Charset::Known(BIG5)),
    ("shiftjis", Charset::Known(SHIFT_JIS)),
    ("sjis", Charset::Known(SHIFT_JIS)),
    ("cp932", Charset::Known(SHIFT_JIS)),
    ("ms932", Charset::Known(SHIFT_JIS)),
    ("windows31j", Charset::Known(SHIFT_JIS)),
    ("eucjp", Charset::Known(EUC_JP)),
    ("euckr", Charset::Known(EUC_KR)),
    ("ksc5601", Charset::Known(EUC_KR)),
    ("cp949", Charset::Known(EUC_KR)),
    ("ms949", Charset::Known(EUC_KR)),
    ("uhc", Charset::Known(EUC_KR)),
];

/// What a label means; `None` for a name nobody knows.
pub(super) fn read(label: &str) -> Option<Charset> {
    let mut label = label.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    // `charset="charset=gb2312"`.
    while label.len() > 7 && label.as_bytes()[..7].eq_ignore_ascii_case(b"charset") {
        label = label[7..].trim_matches(|c: char| !c.is_ascii_alphanumeric());
    }
    let squeezed: String = label.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let bare = squeezed.strip_prefix('x').unwrap_or(&squeezed);
    if let Some(row) = BEGINNINGS.iter().find(|row| bare.starts_with(row.0)) {
        return Some(row.1);
    }
    let known = Encoding::for_label_no_replacement(label.as_bytes()).or_else(|| numbered(bare));
    known.filter(|&e| e != REPLACEMENT && e != X_USER_DEFINED).map(Charset::Known)
}

/// `cp1251`, `win-1251`, `iso8859_2`: a family and a number, however they are joined.
fn numbered(bare: &str) -> Option<&'static Encoding> {
    let digits = bare.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    match digits.strip_prefix("8859") {
        Some(part) => Encoding::for_label(format!("iso-8859-{part}").as_bytes()),
        None if digits.starts_with("125") => Encoding::for_label(format!("windows-{digits}").as_bytes()),
        None => None,
    }
}

/// The encoding a user or a server header names, odd spellings included; GBK and GB 2312 mean GB18030.
///
/// HZ, ISO-2022-CN/KR and EUC-TW have no encoding of their own: they give `REPLACEMENT`, and [`super::decode`] finds them by
/// their bytes.
pub fn label(name: &str) -> Result<&'static Encoding, crate::Error> {
    match read(name) {
        Some(Charset::Known(encoding)) => Ok(encoding),
        Some(_) => Ok(REPLACEMENT),
        None => Err(crate::Error::Charset(name.to_owned())),
    }
}

/// The name a record shows: WHATWG's in lower case, GBK as the GB18030 it is read as.
pub(super) fn name(encoding: &'static Encoding) -> &'static str {
    use encoding_rs::*;
    const NAMES: &[(&Encoding, &str)] = &[
        (UTF_8, "utf-8"),
        (GB18030, "gb18030"),
        (BIG5, "big5"),
        (SHIFT_JIS, "shift_jis"),
        (EUC_JP, "euc-jp"),
        (EUC_KR, "euc-kr"),
        (ISO_2022_JP, "iso-2022-jp"),
        (UTF_16LE, "utf-16le"),
        (UTF_16BE, "utf-16be"),
        (ISO_8859_2, "iso-8859-2"),
        (ISO_8859_3, "iso-8859-3"),
        (ISO_8859_4, "iso-8859-4"),
        (ISO_8859_5, "iso-8859-5"),
        (ISO_8859_6, "iso-8859-6"),
        (ISO_8859_7, "iso-8859-7"),
        (ISO_8859_8, "iso-8859-8"),
        (ISO_8859_8_I, "iso-8859-8-i"),
        (ISO_8859_10, "iso-8859-10"),
        (ISO_8859_13, "iso-8859-13"),
        (ISO_8859_14, "iso-8859-14"),
        (ISO_8859_15, "iso-8859-15"),
        (ISO_8859_16, "iso-8859-16"),
        (KOI8_R, "koi8-r"),
        (KOI8_U, "koi8-u"),
        (IBM866, "ibm866"),
        (MACINTOSH, "macintosh"),
        (X_MAC_CYRILLIC, "x-mac-cyrillic"),
    ];
    match NAMES.iter().find(|row| row.0 == encoding) {
        Some(row) => row.1,
        None if encoding == GBK => "gb18030",
        // windows-125x and windows-874 are in lower case already.
        None => encoding.name(),
    }
}
