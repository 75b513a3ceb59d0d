//! Byte classes of markup, and the names of tags and attributes as html5ever's interned atoms.

use html5ever::{LocalName, local_name};

/// Ends a tag name: white space, `/`, `>`.
pub const NAME_END: u8 = 1;
/// Ends an attribute name in addition: `=`.
pub const EQUALS: u8 = 2;
/// A name needs rewriting: an upper-case letter or NUL.
pub const REWRITE: u8 = 4;
/// HTML white space.
pub const SPACE: u8 = 8;
/// Ends a run of text: `<`, `&`, NUL.
pub const MARKUP: u8 = 16;
/// An ASCII letter.
pub const LETTER: u8 = 32;
/// Ends an unquoted attribute value, or makes it need rewriting: white space, `>`, `&`, NUL.
pub const UNQUOTED: u8 = 64;

static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'\t' | b'\n' | 0x0C | b'\r' | b' ' => NAME_END | SPACE | UNQUOTED,
            b'/' => NAME_END,
            b'>' => NAME_END | UNQUOTED,
            b'=' => EQUALS,
            b'A'..=b'Z' => REWRITE | LETTER,
            b'a'..=b'z' => LETTER,
            0 => REWRITE | MARKUP | UNQUOTED,
            b'<' => MARKUP,
            b'&' => MARKUP | UNQUOTED,
            _ => 0,
        };
        byte += 1;
    }
    table
}

/// Is `byte` in one of `classes`?
#[inline(always)]
pub fn is(byte: u8, classes: u8) -> bool {
    CLASS[byte as usize] & classes != 0
}

/// The classes of `byte`.
#[inline(always)]
pub fn class(byte: u8) -> u8 {
    CLASS[byte as usize]
}

/// The first byte at or after `from` that is in one of `classes`, or the end.
#[inline(always)]
pub fn until(bytes: &[u8], from: usize, classes: u8) -> usize {
    bytes[from..].iter().position(|&byte| is(byte, classes)).map_or(bytes.len(), |length| from + length)
}

/// A tag or attribute name as the tokenizer of the standard builds it: ASCII lower case, NUL replaced.
#[inline]
pub fn interned(raw: &str, rewrite: bool) -> LocalName {
    if rewrite { LocalName::from(raw.to_ascii_lowercase().replace('\0', "\u{fffd}")) } else { LocalName::from(raw) }
}

macro_rules! kept {
    (short: [$($short:tt)+] long: [$($long:tt)+] unknown: [$($unknown:tt)+]) => {
        /// The attributes that extraction reads. All others are skipped unread: the names and values of `data-…`, `on…` and
        /// layout attributes are a third of the bytes of many pages. `type` and the three of `font` decide tree rules.
        pub const KEPT: &[&str] = &[$($short,)+ $($long,)+ $($unknown),+];

        #[inline]
        fn known(name: &str) -> Option<LocalName> {
            // Up to seven bytes an atom is its own text, so that it is made and compared without a look-up.
            if name.len() <= 7 {
                return Some(LocalName::from(name)).filter(|name| matches!(*name, $(local_name!($short))|+));
            }
            match name {
                $($long => Some(local_name!($long)),)+
                $($unknown => Some(LocalName::from($unknown)),)+
                _ => None,
            }
        }
    };
}

kept! {
    short: ["class" "href" "id" "style" "src" "alt" "title" "name" "content" "rel" "type" "lang" "hidden" "role" "charset"
        "color" "face" "size" "colspan" "rowspan" "start" "value" "align" "cite" "for" "width" "height" "srcset"]
    long: ["property" "itemprop" "datetime" "itemtype" "http-equiv" "aria-hidden" "aria-label" "encoding" "language"]
    unknown: ["data-src" "data-original" "data-time"]
}

/// The interned name if the attribute is one of [`KEPT`].
#[inline]
pub fn kept(raw: &str, rewrite: bool) -> Option<LocalName> {
    if rewrite { known(&raw.to_ascii_lowercase()) } else { known(raw) }
}
