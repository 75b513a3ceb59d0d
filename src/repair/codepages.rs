//! The double-byte charsets that bytes are wrongly read as, beside GBK: Big5, windows-949, EUC-JP and Shift_JIS.
//!
//! In: the characters of a line. Out: the bytes they were read from. Each table is built when it is first asked for, from encoding_rs's
//! decoders: whoever read the bytes wrongly had one of those, or one that differs in a few hundred rare characters.

use super::gbk;
use super::lattice::{Lost, Unit};
use super::scan::commonness;
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, SHIFT_JIS};
use std::sync::LazyLock;

/// A charset that bytes were read as.
pub(super) struct Codepage {
    /// How it loses bytes of UTF-8.
    pub lost: Lost,
    /// The rules that undo it: the bytes were UTF-8, UTF-8 of which some are lost, GBK, Big5. Empty where another table holds that rule.
    pub utf8: &'static str,
    pub lossy: &'static str,
    pub gbk: &'static str,
    pub big5: &'static str,
    /// The bytes of each character that has two, by code point; 0 for none. Of characters with several codes the one that UTF-8 has, and the
    /// one to write it with.
    pairs: LazyLock<Vec<u16>>,
    written: LazyLock<Vec<u16>>,
}

/// All of them, the commonest first.
pub(super) static CODEPAGES: [Codepage; 4] = [
    Codepage {
        lost: Lost::Big5,
        utf8: "utf8-as-big5",
        lossy: "utf8-as-big5-lossy",
        gbk: "gbk-as-big5",
        big5: "",
        pairs: LazyLock::new(|| pairs(BIG5)),
        written: LazyLock::new(|| written(BIG5)),
    },
    Codepage {
        lost: Lost::Jis,
        utf8: "utf8-as-shift-jis",
        lossy: "utf8-as-shift-jis",
        gbk: "gbk-as-shift-jis",
        big5: "big5-as-shift-jis",
        pairs: LazyLock::new(|| pairs(SHIFT_JIS)),
        written: LazyLock::new(|| written(SHIFT_JIS)),
    },
    Codepage {
        lost: Lost::Korean,
        utf8: "utf8-as-euc-kr",
        lossy: "utf8-as-euc-kr-lossy",
        gbk: "gbk-as-euc-kr",
        big5: "big5-as-euc-kr",
        pairs: LazyLock::new(|| pairs(EUC_KR)),
        written: LazyLock::new(|| written(EUC_KR)),
    },
    Codepage {
        lost: Lost::EucJp,
        utf8: "utf8-as-euc-jp",
        lossy: "utf8-as-euc-jp-lossy",
        gbk: "gbk-as-euc-jp",
        big5: "big5-as-euc-jp",
        pairs: LazyLock::new(|| pairs(EUC_JP)),
        written: LazyLock::new(|| written(EUC_JP)),
    },
];

/// The pairs of a charset by the character they are read as, and the characters that have several. Of those the pair that UTF-8 has: 金 ends
/// in 87 91, which Shift_JIS reads as ≡, though 81 DF is the code by which it is written.
fn read(encoding: &'static Encoding, of_utf8: bool) -> (Vec<u16>, Vec<char>) {
    let unicode = |pair: [u8; 2]| of_utf8 && pair.iter().all(|b| matches!(b, 0x80..=0xBF | 0xE2..=0xEF));
    let trails = || (0x40..=0xFEu8).filter(|&b| b != 0x7F);
    let all = || (0x81..=0xFEu8).flat_map(|lead| trails().map(move |trail| [lead, trail]));
    // A line end behind each pair: no charset has it as a second byte, so it stands after whatever the pair is read as.
    let bytes: Vec<u8> = all().flat_map(|[lead, trail]| [lead, trail, b'\n']).collect();
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    let (mut found, mut several) = (vec![0; 0x10000], Vec::new());
    for (pair, read) in all().zip(text.split('\n')) {
        let mut chars = read.chars();
        let (Some(c), None) = (chars.next(), chars.next()) else { continue };
        let Some(place) = found.get_mut(c as usize).filter(|_| c != '\u{FFFD}') else { continue };
        if *place != 0 {
            several.push(c);
        }
        if *place == 0 || unicode(pair) && !unicode(u16::to_be_bytes(*place)) {
            *place = u16::from_be_bytes(pair);
        }
    }
    (found, several)
}

fn pairs(encoding: &'static Encoding) -> Vec<u16> {
    read(encoding, true).0
}

/// The pairs by which a charset writes its characters. Shift_JIS has the kanji of NEC and IBM twice: those of NEC, which no encoder writes, lie
/// where GBK has its common characters.
fn written(encoding: &'static Encoding) -> Vec<u16> {
    let (mut found, several) = read(encoding, false);
    if encoding == SHIFT_JIS {
        return found;
    }
    for c in several {
        if let [a, b] = *encoding.encode(c.encode_utf8(&mut [0; 4])).0 {
            found[c as usize] = u16::from_be_bytes([a, b]);
        }
    }
    found
}

/// The kana, Cyrillic letters and numbers in circles that Python and old tables of Big5 have at C6 and C7, where browsers have others, in the
/// order of their second bytes; a wide space for none.
const OLD_BIG5: [(u8, &str); 2] = [
    (
        0xC6,
        "讖艷贛釀鑪靂靈靄韆顰驟鬢魘鱟鷹鷺鹼鹽鼇齷齲廳欖灣籬籮蠻觀躡釁鑲鑰顱饞髖鬣黌灤矚讚鑷韉驢驥纜讜躪釅鑽鑾鑼鱷鱸黷豔鑿鸚爨驪鬱鸛鸞籲ヾゝゞ々ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんァアィイゥウェ",
    ),
    (
        0xC7,
        "エォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶДЕЁЖЗИЙКЛМУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽　　",
    ),
];

/// The bytes of a character in the old tables of Big5.
fn old_big5(c: char) -> Option<[u8; 2]> {
    let trail = |at: usize| if at < 63 { 0x40 + at as u8 } else { 0xA1 + (at - 63) as u8 };
    let find = |&(lead, list): &(u8, &str)| Some([lead, trail(list.chars().position(|other| other == c)?)]);
    if c == '\u{3000}' { None } else { OLD_BIG5.iter().find_map(find) }
}

impl Codepage {
    /// Adds what a character stands for: bytes, or a place where bytes are lost. False where it stands for nothing.
    pub(super) fn units(&self, c: char, out: &mut Vec<Unit>) -> bool {
        match c {
            '?' | '\u{FFFD}' => out.push(Unit::Hole(c)),
            _ if c.is_ascii() => out.push(Unit::Byte(c as u8)),
            _ => return self.wide(c, out),
        }
        true
    }

    fn wide(&self, c: char, out: &mut Vec<Unit>) -> bool {
        match (self.lost, c) {
            (_, '\u{80}') => out.push(Unit::Byte(0x80)),
            (Lost::Jis, '\u{FF61}'..='\u{FF9F}') => out.push(Unit::Byte((c as u32 - 0xFF61 + 0xA1) as u8)),
            // Python and Windows read the four bytes that Shift_JIS leaves out so.
            (Lost::Jis, '\u{F8F0}') => out.push(Unit::Byte(0xA0)),
            (Lost::Jis, '\u{F8F1}'..='\u{F8F3}') => out.push(Unit::Byte((c as u32 - 0xF8F1 + 0xFD) as u8)),
            _ => match self.pairs.get(c as usize).map(|pair| pair.to_be_bytes()) {
                None | Some([0, 0]) => return false,
                Some([a, b]) => out.extend([Unit::Byte(a), Unit::Inner(b)]),
            },
        }
        true
    }

    /// Whether a line has characters with another code.
    pub(super) fn has_old(&self, line: &[char]) -> bool {
        line.iter().any(|&c| self.other_code(c).is_some())
    }

    /// Another code of a character: that of old tables of Big5, or of Shift_JIS the one that encoders write.
    fn other_code(&self, c: char) -> Option<[u8; 2]> {
        match self.lost {
            Lost::Big5 => old_big5(c),
            Lost::Jis => {
                let first = self.written.get(c as usize).copied().filter(|pair| *pair != 0)?.to_be_bytes();
                let mut room = [0; 4];
                let coded = SHIFT_JIS.encode(c.encode_utf8(&mut room)).0;
                <[u8; 2]>::try_from(&*coded).ok().filter(|pair| *pair != first)
            }
            _ => None,
        }
    }

    /// The units of a line; nothing where a character stands for none.
    pub(super) fn units_of(&self, line: &[char]) -> Option<Vec<Unit>> {
        let mut units = Vec::with_capacity(line.len() * 2);
        line.iter().all(|&c| self.units(c, &mut units)).then_some(units)
    }

    /// The bytes of a line as UTF-8 has them; nothing where any is lost.
    pub(super) fn bytes_of(&self, line: &[char]) -> Option<Vec<u8>> {
        let units = self.units_of(line)?;
        units.into_iter().map(byte).collect()
    }

    /// The bytes by which the charset writes a line, by the other codes of its characters or not.
    pub(super) fn written_of(&self, line: &[char], old: bool) -> Option<Vec<u8>> {
        let (mut bytes, mut units) = (Vec::with_capacity(line.len() * 2), Vec::new());
        for &c in line {
            if old && let Some(pair) = self.other_code(c) {
                bytes.extend(pair);
                continue;
            }
            match self.written.get(c as usize).copied().filter(|_| !c.is_ascii()) {
                Some(pair) if pair != 0 => bytes.extend(pair.to_be_bytes()),
                _ => {
                    units.clear();
                    self.units(c, &mut units).then_some(())?;
                    for &unit in &units {
                        bytes.push(byte(unit)?);
                    }
                }
            }
        }
        Some(bytes)
    }
}

/// The byte of a unit; a question mark may be one.
fn byte(unit: Unit) -> Option<u8> {
    if unit == Unit::Hole('?') { Some(b'?') } else { unit.known() }
}

/// Whether a line that is read as another double-byte charset may be something else: two whole characters of UTF-8 stand side by side, or the
/// bytes are GBK or Big5 of characters that are commoner. No model is asked.
pub(super) fn may_be(line: &[char]) -> bool {
    // In sound text most characters are among the commonest, in what is read wrongly few are.
    let (mut common, mut wide) = (0usize, 0usize);
    for &c in line.iter().filter(|c| !c.is_ascii()) {
        (common, wide) = (common + usize::from(commonness(c) == 1), wide + 1);
    }
    if common * 2 >= wide {
        return false;
    }
    CODEPAGES.iter().any(|page| {
        let mut bytes = Vec::with_capacity(line.len() * 2);
        let mut units = Vec::new();
        for &c in line {
            units.clear();
            // What is no character of the charset parts the stretches.
            if page.units(c, &mut units) {
                bytes.extend(units.iter().map(|&unit| byte(unit).unwrap_or(0)));
            } else {
                bytes.push(0);
            }
        }
        let whole = |three: &[u8]| matches!(three, [0xE3..=0xE9 | 0xEF, 0x80..=0xBF, 0x80..=0xBF]);
        bytes.windows(6).any(|six| whole(&six[..3]) && whole(&six[3..]))
            || commoner(line, encoding_rs::GBK, &bytes)
            || !page.big5.is_empty() && commoner(line, BIG5, &bytes)
    })
}

/// Whether the bytes of a line are commoner characters in another charset: half of them and more are among the commonest, and fewer of the
/// line's own are.
fn commoner(line: &[char], encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let common = |text: &mut dyn Iterator<Item = char>| {
        text.fold((0usize, 0usize), |(common, all), c| match commonness(c) {
            0 if c.is_ascii() => (common, all),
            1 => (common + 1, all + 1),
            _ => (common, all + 1),
        })
    };
    let (own, length) = common(&mut line.iter().copied());
    let (other, count) = common(&mut text.chars().filter(|c| *c != '\0'));
    count >= 4 && other * 2 >= count && own * count < other * length && own * 2 < length
}

/// Whether GBK has no character for a pair of bytes.
pub(super) fn is_gap(lost: Lost, a: u8, b: u8) -> bool {
    let encoding = match lost {
        Lost::Gbk | Lost::Single(_) => return (0x81..0xFF).contains(&a) && gbk::char_of(a, b).is_none(),
        Lost::Jis if matches!(a, 0x80 | 0xA0..=0xDF | 0xFD..) => return false,
        Lost::Jis => SHIFT_JIS,
        Lost::Big5 => BIG5,
        Lost::Korean => EUC_KR,
        Lost::EucJp => EUC_JP,
    };
    encoding.decode_without_bom_handling(&[a, b]).1
}
