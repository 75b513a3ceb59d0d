//! Every rule of the stage by its stable name, with one line of what was seen: what `zonetext rules` prints.

/// Names and lines, in the order in which a line of text meets them.
#[rustfmt::skip]
pub const RULES: &[(&str, &str)] = &[
    ("percent-u", "%u4E2D: what a script's escape() made of a character"),
    ("backslash-u", "\\u4e2d: JSON that nobody read"),
    ("percent", "%E4%B8%AD: an address's escapes in running text"),
    ("quoted-printable", "=E4=B8=AD: a mail's transfer encoding left standing"),
    ("utf7", "+Ti1lhw-: mail text in UTF-7"),
    ("entity", "&amp;#20013; &ldquo;: a template escaped what was escaped already"),
    ("pinyin", "產(chǎn)業(yè): a mirror program wrote the reading behind the character"),
    ("byte-slip", "GBK read one byte out of step: pairs of characters that are halves of others"),
    ("gbk-lost-byte", "a byte of GBK is gone and the line out of step; the character that lost it is guessed, with less proof under --guess-lost"),
    ("hole", "U+FFFD where one byte of a character was lost before decoding: the likeliest character that has the byte that is left"),
    ("utf8-as-latin1", "æˆ‘ä»¬ for 我们: UTF-8 read as Latin-1 or Windows-1252"),
    ("utf8-as-latin1-twice", "Ã¦Ë†â€˜: UTF-8 read as Latin-1, and once more"),
    ("utf8-as-cp1252-lossy", "the same where some bytes were lost on the way"),
    ("gbk-as-latin1", "ÖÐÎÄ for 中文: GBK read as Latin-1"),
    ("big5-as-latin1", "¤¤¤å for 中文: Big5 read as Latin-1"),
    ("utf8-as-gbk", "鎴戜滑 for 我们: UTF-8 read as GBK"),
    ("utf8-as-gbk-lossy", "鎴戜? for 我们: UTF-8 read as GBK, its odd bytes lost"),
    ("utf8-as-shift-jis", "UTF-8 read as Shift_JIS: half-width katakana among rare ideographs"),
    ("big5-as-gbk", "いゅ for 中文: Big5 read as GBK"),
    ("shift-jis-as-gbk", "Shift_JIS read as GBK"),
    ("euc-jp-as-gbk", "EUC-JP read as GBK"),
    ("euc-kr-as-gbk", "EUC-KR read as GBK"),
    ("private-use", "characters in the private use area that fonts of their time drew as others"),
    ("gb18030-quad", "?0?1: both halves of a four-byte GB 18030 code, each read by itself"),
    ("full-width-latin", "asked for by --narrow-latin: ＡＢＣ１２３ as ABC123"),
];
