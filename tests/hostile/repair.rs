//! Text that looks broken in each way there is, in one line without an end.

use super::shape::{Kept, MARK, SHAPE, Shape};

const REPAIR: &[&str] = &["repair -q"];

/// So much of `unit` in one line as makes `bytes`, and the mark in a line of its own.
fn line(unit: &str, bytes: usize) -> Vec<u8> {
    format!("{}\n{MARK}\n", unit.repeat(bytes / unit.len())).into_bytes()
}

/// A page in GBK of which a byte is lost in each unit: the first one of 气.
fn torn(before: &str, behind: &str, bytes: usize) -> Vec<u8> {
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    let unit = [gbk(before), b"\xf8".to_vec(), gbk(behind)].concat();
    [unit.repeat(bytes / unit.len()), gbk(&format!("\n{MARK}\n"))].concat()
}

const fn shape(name: &'static str, input: fn(usize) -> Vec<u8>) -> Shape {
    Shape { name, commands: REPAIR, input, ..SHAPE }
}

/// Nothing is known to be broken in it.
const fn sound(name: &'static str, input: fn(usize) -> Vec<u8>) -> Shape {
    Shape { kept: Kept::Same, ..shape(name, input) }
}

#[rustfmt::skip]
pub const SHAPES: &[Shape] = &[
    sound("question marks", |n| line("?", 10 * n)),
    sound("euro signs", |n| line("€", 10 * n)),
    sound("U+FFFD", |n| line("\u{FFFD}", 10 * n)),
    sound("letters in brackets", |n| line("(a)", 10 * n)),
    sound("brackets", |n| line("(", 10 * n)),
    sound("circled digits and question marks", |n| line("①?", n)),
    sound("circled digits and two question marks", |n| line("①??", n)),
    sound("Russian", |n| line("не отфутболивай никого. ", n)),
    sound("Greek in quotes", |n| line("¨ανατροφή¨ δυστυχώς ", n)),
    sound("French", |n| line("tout se mélange à l’été, ", n)),
    sound("boxes", |n| line("▐░▌▐░▌█▓", n)),
    shape("French mojibake", |n| line("Ã  l’Ã©tÃ© mÃ©langÃ©, ", n)),
    shape("emoji as code page 437", |n| line("≡ƒÿÇ a ", n)),
    sound("clean text", |n| line("今天天气很好，我们一起去公园里散步。", 10 * n)),
    shape("entities of entities", |n| line("&amp;amp;", 10 * n)),
    shape("percent signs", |n| line("%E6", 10 * n)),
    shape("percent escapes", |n| line("%E4%B8%AD", 10 * n)),
    shape("backslash escapes", |n| line("\\u4e00", 10 * n)),
    Shape { per_byte: 40, ..shape("UTF-7", |n| line("+Ti1lhw-", 10 * n)) },
    shape("quoted-printable", |n| line("=E4=B8=AD", 10 * n)),
    shape("accents twice", |n| line("Ã©", 4 * n)),
    shape("UTF-8 as Latin-1", |n| line("æˆ‘ä»¬", 4 * n)),
    shape("GBK as Latin-1", |n| line("ÖÐÎÄ", 4 * n)),
    shape("Big5 as Latin-1", |n| line("¤¤¤å", 4 * n)),
    shape("UTF-8 as GBK", |n| line("鎴戜滑", n)),
    // A search with the character model: what is held here is that a longer line costs no more for each character.
    Shape { per_byte: 500, ..shape("UTF-8 as GBK, bytes lost", |n| line("鎴戜?", n / 4)) },
    shape("UTF-8 as Shift_JIS", |n| line("謌台ｻｬ", n)),
    Shape { per_byte: 500, ..shape("UTF-8 as Shift_JIS, thirty bytes lost", |n| line(&(LOSSY.to_owned() + &MARKS.repeat(4)), n / 4)) },
    shape("Big5 as GBK", |n| line("いゅ", n)),
    shape("kun jin kao", |n| line("锟斤拷", 2 * n)),
    Shape { per_byte: 80, ..shape("private use", |n| line("\u{E863}", 4 * n)) },
    // Mended a piece at a time: three rounds over the whole line, each as long as its first.
    Shape { ..shape("quads", |n| line("?0?1", n)) },
    shape("slips", |n| line("中?文)", 8 * n)),
    shape("slips in an annotated page", |n| line("產(chǎn)業(yè)。?伴", 2 * n)),
    Shape { per_byte: 24, ..shape("annotation", |n| line("產(chǎn)", 10 * n)) },
    shape("annotation that fits nothing", |n| line("中(chǎn", 4 * n)),
    shape("bytes lost from one line", |n| torn("今天天", "很好，", n / 4)),
    shape("bytes lost from words", |n| torn("今天", " ", n / 4)),
    shape("bytes lost from many lines", |n| torn("今天天", "很好\n", n / 4)),
    // So often that by itself it may be in another charset.
    Shape { commands: &["repair -q --charset gbk"], ..shape("bytes lost beside letters", |n| torn("公园a里", "很好，我们去公园里散步吧", n / 4)) },
    shape("many lines of mojibake", |n| line("鎴戜滑\n", n)),
    // 1.7 s at full size on an idle core, linear; 2 s would fail on a busy one.
    Shape { ..shape("half binary", |n| [noise(2 * n), line("今天天气很好。", 2 * n)].concat()) },
];

/// Mojibake, and marks: each could be any byte.
const LOSSY: &str = "雍ｨ蝨ｰ逧\u{FFFD}枚迚ｩ\u{FFFD}梧潔辣ｧ縲贋ｸ";
const MARKS: &str = "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}";

/// Bytes that are valid UTF-8 and no text: controls, signs and what repair looks at.
fn noise(bytes: usize) -> Vec<u8> {
    let signs =
        ["\u{1}", "\u{7f}", "\u{FFFD}", "?", "(", "%", "\\u", "&#", ";", "\u{80}", "\u{E863}", "€", "ā", "ﾃ", "a", "Z"];
    let (mut state, mut text) = (0x9E37_79B9_7F4A_7C15_u64, String::new());
    while text.len() < bytes {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        text.push_str(signs[(state >> 40) as usize % signs.len()]);
    }
    text.into_bytes()
}
