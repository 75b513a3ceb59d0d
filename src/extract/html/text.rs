//! Text nodes to lines: white space as a reader sees it, and counts of what the line is made of.
//!
//! In: text nodes in order, with "in a link" and "in bold". Out: one growing string and, for each line, [`Counts`]. White
//! space at the edges goes, inside it becomes one space, and a source line break between two Chinese characters becomes
//! nothing at all, because Chinese is wrapped without spaces.

/// What a line is made of. A token is a CJK character or a run of other letters and digits, so that lengths compare across
/// scripts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub tokens: u32,
    /// Tokens inside links.
    pub linked: u32,
    /// Tokens in bold or in a heading.
    pub bold: u32,
    pub cjk: u32,
    pub digits: u32,
    /// Sentence ends: 。！？ and their ASCII forms.
    pub stops: u32,
    /// Commas and the like: ，、；： and their ASCII forms.
    pub commas: u32,
    /// Separators menus are made of: | > · / and the like.
    pub bars: u32,
    /// Links that end in this line.
    pub links: u32,
    pub chars: u32,
}

/// Builds the text of a page.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
    start: usize,
    counts: Counts,
    /// White space seen since the last character of this line.
    gap: Gap,
    in_word: bool,
    in_link: bool,
    last_wide: bool,
    /// U+3000 and no-break spaces before the first character.
    indent: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Gap {
    #[default]
    None,
    /// Holds a line break of the source.
    Newline,
    Space,
    /// Holds U+3000.
    Wide,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Newline,
    WideSpace,
    Letter,
    Digit,
    Cjk,
    Stop,
    Comma,
    Bar,
    Other,
    Nothing,
}

const ASCII: [Class; 128] = {
    let mut table = [Class::Other; 128];
    let mut i = 0;
    while i < 128 {
        let byte = i as u8;
        table[i] = match byte {
            b'\n' | b'\r' => Class::Newline,
            b' ' | b'\t' | 0x0c | 0x0b => Class::Space,
            b'0'..=b'9' => Class::Digit,
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'.' | b'!' | b'?' => Class::Stop,
            b',' | b';' | b':' => Class::Comma,
            b'|' | b'>' | b'<' | b'/' | b'\\' => Class::Bar,
            0 => Class::Nothing,
            _ => Class::Other,
        };
        i += 1;
    }
    table
};

fn class(c: char) -> Class {
    match c as u32 {
        code @ 0..128 => ASCII[code as usize],
        0x4e00..=0x9fff | 0x3400..=0x4dbf | 0x3040..=0x30ff | 0x2e80..=0x2fdf | 0xf900..=0xfaff | 0x20000..=0x3ffff => {
            Class::Cjk
        }
        0x3000 => Class::WideSpace,
        0xa0 | 0x2002..=0x200a | 0x202f | 0x205f => Class::Space,
        0x2028 | 0x2029 | 0x85 => Class::Newline,
        0x200b..=0x200f | 0xfeff | 0xad | 0x2060 => Class::Nothing,
        0x3002 | 0xff01 | 0xff1f | 0xff0e | 0x2026 => Class::Stop,
        0xff0c | 0x3001 | 0xff1b | 0xff1a => Class::Comma,
        0xff5c | 0xb7 | 0xbb | 0xab | 0x203a | 0x2022 | 0xff1e => Class::Bar,
        0xff10..=0xff19 => Class::Digit,
        0xaa | 0xb5 | 0xba | 0xc0..=0x1fff | 0x2c00..=0x2dff | 0xa000..=0xd7ff | 0xff21..=0xff5a => Class::Letter,
        0x1_0000..=0x1_d3ff => Class::Letter,
        _ => Class::Other,
    }
}

/// Whether a space is put between it and another of its kind where a line of the source ends.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{303f}' | '\u{ff00}'..='\u{ff60}') || class(c) == Class::Cjk
}

/// Whether the bytes begin with one of U+4E00 to U+9FFF, which nearly all of a Chinese text is.
#[inline]
fn is_ideograph(bytes: &[u8]) -> bool {
    matches!(bytes, [0xE5..=0xE9, ..] | [0xE4, 0xB8..=0xBF, ..])
}

/// The bytes of the words of ASCII letters, single spaces between them, that `bytes` begin with, and how many words they are.
#[inline]
fn words(bytes: &[u8]) -> (usize, u32) {
    let mut words = 1;
    let mut at = 0;
    loop {
        at += bytes[at..].iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(bytes.len() - at);
        match bytes[at..] {
            [b' ', next, ..] if next.is_ascii_alphabetic() => {
                words += 1;
                at += 1;
            }
            _ => return (at, words),
        }
    }
}

/// A part of a text node that was seen and is not copied yet; it ends before the gap that is open.
struct Run<'a> {
    text: &'a str,
    from: usize,
    to: usize,
}

impl Writer {
    /// Bytes written so far.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Where the next character will stand, or a little before it.
    pub fn mark(&self) -> u32 {
        self.text.len() as u32
    }

    /// Appends a text node to the current line. Inside `pre`, line breaks and spaces stay.
    pub fn push(&mut self, text: &str, link: bool, bold: bool, pre: bool) {
        if self.in_link && !link {
            self.counts.links += 1;
        }
        self.in_link = link;
        self.text.reserve(text.len());
        let before = self.counts.tokens;
        if pre {
            self.kept(text);
        } else {
            self.flowing(text);
        }
        let new = self.counts.tokens - before;
        if link {
            self.counts.linked += new;
        }
        if bold {
            self.counts.bold += new;
        }
    }

    /// Appends a line with the white space it begins with.
    pub fn line(&mut self, line: &str) {
        self.text.push_str(line);
    }

    /// A text in which white space is what it is.
    fn kept(&mut self, text: &str) {
        for (at, c) in text.char_indices() {
            let class = class(c);
            match class {
                Class::Space | Class::WideSpace | Class::Newline => {
                    self.in_word = false;
                    if self.text.len() > self.start {
                        self.text.push(if c == '\r' { '\n' } else { c });
                    }
                }
                Class::Nothing => {}
                _ => {
                    let mut run = Run { text, from: at, to: at };
                    self.visible(&mut run, at, c.len_utf8(), class, is_wide(c), 1);
                    self.copy(&run);
                }
            }
        }
    }

    /// A text in which white space parts words and no more. Words and the single spaces between them are copied together.
    fn flowing(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut run = Run { text, from: 0, to: 0 };
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            let length = match rest[0] {
                b'a'..=b'z' | b'A'..=b'Z' => {
                    let (length, words) = words(rest);
                    // Spaces are not counted.
                    self.visible(&mut run, at, length, Class::Letter, false, length as u32 - (words - 1));
                    self.counts.tokens += words - 1;
                    length
                }
                _ if is_ideograph(rest) => {
                    let mut length = 3;
                    while is_ideograph(&rest[length..]) {
                        length += 3;
                    }
                    self.visible(&mut run, at, length, Class::Cjk, true, length as u32 / 3);
                    length
                }
                byte @ 0..0x80 => {
                    self.one(&mut run, at, char::from(byte), ASCII[usize::from(byte)]);
                    1
                }
                _ => {
                    let Some(c) = text[at..].chars().next() else { break };
                    self.one(&mut run, at, c, class(c));
                    c.len_utf8()
                }
            };
            at += length;
        }
        self.copy(&run);
    }

    /// Takes the character at `at`, white space or not.
    #[inline]
    fn one(&mut self, run: &mut Run, at: usize, c: char, class: Class) {
        let gap = match class {
            Class::Space => Gap::Space,
            Class::WideSpace => Gap::Wide,
            Class::Newline => Gap::Newline,
            Class::Nothing => {
                self.copy(run);
                let after = at + c.len_utf8();
                return (run.from, run.to) = (after, after);
            }
            _ => return self.visible(run, at, c.len_utf8(), class, is_wide(c), 1),
        };
        if matches!(c, '\u{3000}' | '\u{a0}') && self.text.len() == self.start && run.from == run.to {
            self.indent += 1;
        }
        self.gap = self.gap.max(gap);
    }

    /// Copies what was seen and not copied yet.
    #[inline]
    fn copy(&mut self, run: &Run) {
        self.text.push_str(&run.text[run.from..run.to]);
    }

    /// Takes `length` bytes at `at`, `count` characters of one class to be seen.
    #[inline]
    fn visible(&mut self, run: &mut Run, at: usize, length: usize, class: Class, wide: bool, count: u32) {
        if self.gap != Gap::None {
            self.part(run, at, wide);
        }
        run.to = at + length;
        self.last_wide = wide;
        let counts = &mut self.counts;
        counts.chars += count;
        match class {
            Class::Cjk => {
                counts.tokens += count;
                counts.cjk += count;
                self.in_word = false;
            }
            Class::Letter | Class::Digit => {
                counts.tokens += u32::from(!self.in_word);
                counts.digits += if class == Class::Digit { count } else { 0 };
                self.in_word = true;
            }
            _ => {
                self.in_word = false;
                match class {
                    Class::Stop => counts.stops += count,
                    Class::Comma => counts.commas += count,
                    Class::Bar => counts.bars += count,
                    _ => {}
                }
            }
        }
    }

    /// Ends the gap before what is to be seen at `at`.
    #[inline]
    fn part(&mut self, run: &mut Run, at: usize, wide: bool) {
        self.in_word = false;
        let gap = std::mem::take(&mut self.gap);
        let begun = run.from < run.to;
        // A space in the source is the space that parts two words: the run goes on.
        if begun && gap == Gap::Space && run.text.as_bytes()[run.to..at] == *b" " {
            return;
        }
        self.copy(run);
        (run.from, run.to) = (at, at);
        if self.text.len() > self.start {
            match gap {
                Gap::Newline if wide && self.last_wide => {}
                Gap::Wide => self.text.push('\u{3000}'),
                _ => self.text.push(' '),
            }
        }
    }

    /// Ends the line: its bytes, its counts, and whether it is indented. None where it holds nothing to read.
    pub fn end_line(&mut self) -> Option<(u32, u32, Counts, bool)> {
        if self.in_link {
            self.counts.links += 1;
        }
        self.gap = Gap::None;
        self.in_word = false;
        self.in_link = false;
        self.last_wide = false;
        let counts = std::mem::take(&mut self.counts);
        let indent = std::mem::take(&mut self.indent);
        let start = self.start;
        let trimmed = self.text[start..].trim_end().len();
        self.text.truncate(start + trimmed);
        self.start = self.text.len();
        (trimmed > 0).then_some((start as u32, (start + trimmed) as u32, counts, indent >= 2))
    }

    /// What was written so far.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The line that is open has something to read.
    pub fn has_line(&self) -> bool {
        self.text.len() > self.start
    }

    /// Begins anew after a line was ended, with the room that there is.
    pub fn clear(&mut self) {
        self.text.clear();
        self.start = 0;
    }

    /// The whole text.
    pub fn take(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One character after the other.
    fn twin(writer: &mut Writer, text: &str) {
        for c in text.chars() {
            match class(c) {
                Class::Space => {
                    writer.gap = writer.gap.max(Gap::Space);
                    writer.indent += u32::from(c == '\u{a0}' && writer.text.len() == writer.start);
                }
                Class::WideSpace => {
                    writer.gap = Gap::Wide;
                    writer.indent += u32::from(writer.text.len() == writer.start);
                }
                Class::Newline => writer.gap = writer.gap.max(Gap::Newline),
                Class::Nothing => {}
                class => {
                    if writer.gap != Gap::None {
                        writer.in_word = false;
                        let space = match writer.gap {
                            _ if writer.text.len() == writer.start => "",
                            Gap::Newline if is_wide(c) && writer.last_wide => "",
                            Gap::Wide => "\u{3000}",
                            _ => " ",
                        };
                        writer.text.push_str(space);
                        writer.gap = Gap::None;
                    }
                    writer.text.push(c);
                    writer.last_wide = is_wide(c);
                    let word = matches!(class, Class::Letter | Class::Digit);
                    let counts = &mut writer.counts;
                    counts.chars += 1;
                    counts.tokens += u32::from(class == Class::Cjk || word && !writer.in_word);
                    counts.cjk += u32::from(class == Class::Cjk);
                    counts.digits += u32::from(class == Class::Digit);
                    counts.stops += u32::from(class == Class::Stop);
                    counts.commas += u32::from(class == Class::Comma);
                    counts.bars += u32::from(class == Class::Bar);
                    writer.in_word = word;
                }
            }
        }
    }

    const PIECES: &[&str] = &[
        "a",
        "bc",
        "9",
        " ",
        "  ",
        "\n",
        "\t ",
        "\u{3000}",
        "\u{a0}",
        "\u{200b}",
        "中",
        "文字",
        "。",
        "，",
        "(",
        "|",
        "é",
        "\u{4dc0}",
        "\u{3400}",
        "カ",
        "\u{20000}",
        "\0",
        "\u{2028}",
        "ａ",
    ];

    proptest! {
        #[test]
        fn runs_are_what_single_characters_are(nodes in proptest::collection::vec(proptest::collection::vec(0..PIECES.len(), 0..9), 0..6)) {
            let (mut fast, mut slow) = (Writer::default(), Writer::default());
            for node in nodes {
                if node.is_empty() {
                    prop_assert_eq!(fast.end_line(), slow.end_line());
                }
                let text: String = node.iter().map(|&piece| PIECES[piece]).collect();
                fast.push(&text, false, false, false);
                twin(&mut slow, &text);
                prop_assert_eq!(&fast.text, &slow.text);
            }
            prop_assert_eq!(fast.end_line(), slow.end_line());
            prop_assert_eq!(fast.text, slow.text);
        }
    }
}
