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
        for c in text.chars() {
            let class = class(c);
            match class {
                Class::Space | Class::WideSpace | Class::Newline if pre => {
                    self.in_word = false;
                    if self.text.len() > self.start {
                        self.text.push(if c == '\r' { '\n' } else { c });
                    }
                }
                Class::Space => {
                    self.gap = self.gap.max(Gap::Space);
                    self.indent += u32::from(c == '\u{a0}' && self.text.len() == self.start);
                }
                Class::WideSpace => {
                    self.gap = Gap::Wide;
                    self.indent += u32::from(self.text.len() == self.start);
                }
                Class::Newline => self.gap = self.gap.max(Gap::Newline),
                Class::Nothing => {}
                _ => self.visible(c, class),
            }
        }
        let new = self.counts.tokens - before;
        if link {
            self.counts.linked += new;
        }
        if bold {
            self.counts.bold += new;
        }
    }

    #[inline]
    fn visible(&mut self, c: char, class: Class) {
        let wide =
            class == Class::Cjk || ('\u{3001}'..='\u{303f}').contains(&c) || ('\u{ff00}'..='\u{ff60}').contains(&c);
        if self.gap != Gap::None {
            self.in_word = false;
            if self.text.len() > self.start {
                match self.gap {
                    Gap::Newline if wide && self.last_wide => {}
                    Gap::Wide => self.text.push('\u{3000}'),
                    _ => self.text.push(' '),
                }
            }
            self.gap = Gap::None;
        }
        self.text.push(c);
        self.last_wide = wide;
        let counts = &mut self.counts;
        counts.chars += 1;
        match class {
            Class::Cjk => {
                counts.tokens += 1;
                counts.cjk += 1;
                self.in_word = false;
            }
            Class::Letter | Class::Digit => {
                counts.tokens += u32::from(!self.in_word);
                counts.digits += u32::from(class == Class::Digit);
                self.in_word = true;
            }
            _ => {
                self.in_word = false;
                match class {
                    Class::Stop => counts.stops += 1,
                    Class::Comma => counts.commas += 1,
                    Class::Bar => counts.bars += 1,
                    _ => {}
                }
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

    /// The whole text.
    pub fn take(self) -> String {
        self.text
    }
}
