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

/// The names seen of late, by their text: a page repeats some forty, and making an atom costs more than finding one here.
pub struct Seen<Name> {
    slots: [(u64, Name); 64],
}

impl<Name: Clone + Default> Seen<Name> {
    pub fn new() -> Self {
        Seen { slots: std::array::from_fn(|_| (0, Name::default())) }
    }

    /// What `make` makes of the name in `start..end`, or made before.
    #[inline]
    pub fn name(&mut self, bytes: &[u8], start: usize, end: usize, make: impl FnOnce() -> Name) -> Name {
        let length = end - start;
        let Some(window) = bytes.get(start..start + 8).and_then(|window| <[u8; 8]>::try_from(window).ok()) else {
            return make();
        };
        if length > 7 || length == 0 {
            return make();
        }
        // Up to seven bytes and their number: never 0.
        let key = u64::from_le_bytes(window) << (64 - 8 * length) >> (64 - 8 * length) | (length as u64) << 56;
        let slot = &mut self.slots[(key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 58) as usize];
        if slot.0 != key {
            *slot = (key, make());
        }
        slot.1.clone()
    }
}

/// A tag or attribute name as the tokenizer of the standard builds it: ASCII lower case, NUL replaced.
pub fn interned(raw: &str, rewrite: bool) -> LocalName {
    if rewrite { LocalName::from(raw.to_ascii_lowercase().replace('\0', "\u{fffd}")) } else { LocalName::from(raw) }
}

macro_rules! kept {
    (short: [$($short:tt)+] long: [$($long:tt)+] unknown: [$($unknown:tt)+]) => {
        /// The attributes that extraction reads. All others are skipped unread: they are a fifth of the markup of 436 pages,
        /// a third of every tenth page. Four decide rules of the tree: hidden inputs (`type`) stay in tables, and a `<font>`
        /// with `color`, `face` or `size` leads out of SVG.
        pub const KEPT: &[&str] = &[$($short,)+ $($long,)+ $($unknown),+];

        fn known(name: &str) -> Option<LocalName> {
            // Up to seven bytes an atom is its own text, so that it is made and compared without a look-up.
            if name.len() <= 7 {
                let name = LocalName::from(name);
                return matches!(name, $(local_name!($short))|+).then_some(name);
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
    short: ["class" "href" "id" "style" "src" "alt" "name" "content" "rel" "type" "lang" "hidden" "role" "start" "value"
        "charset" "color" "face" "size" "colspan" "rowspan" "display" "checked" "open" "close"]
    long: ["property" "itemprop" "datetime" "http-equiv"]
    unknown: ["data-lang" "data-language" "data-tex" "data-latex" "data-formula" "data-value" "data-lazy-src" "data-actualsrc"
        "data-callout" "srcset" "eeimg" "alttext" "reversed" "encoding" "separators" "data-preloaded" "data-src" "data-original" "data-nosnippet" "aria-modal"
        "readonly" "disabled"]
}

/// The interned name if the attribute is one of [`KEPT`].
pub fn kept(raw: &str, rewrite: bool) -> Option<LocalName> {
    if rewrite { known(&raw.to_ascii_lowercase()) } else { known(raw) }
}

/// What an element does to the lines of text around its tags.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    Inline,
    /// Its tags end a line.
    Block,
    /// A block that keeps white space.
    Preformatted,
}

/// How the browsers' default style sheet lays an element out.
#[inline]
pub fn layout(name: &LocalName) -> Layout {
    match *name {
        local_name!("pre") | local_name!("listing") => Layout::Preformatted,
        local_name!("address")
        | local_name!("article")
        | local_name!("aside")
        | local_name!("blockquote")
        | local_name!("body")
        | local_name!("br")
        | local_name!("caption")
        | local_name!("center")
        | local_name!("dd")
        | local_name!("details")
        | local_name!("dialog")
        | local_name!("dir")
        | local_name!("div")
        | local_name!("dl")
        | local_name!("dt")
        | local_name!("fieldset")
        | local_name!("figcaption")
        | local_name!("figure")
        | local_name!("footer")
        | local_name!("form")
        | local_name!("h1")
        | local_name!("h2")
        | local_name!("h3")
        | local_name!("h4")
        | local_name!("h5")
        | local_name!("h6")
        | local_name!("head")
        | local_name!("header")
        | local_name!("hgroup")
        | local_name!("hr")
        | local_name!("html")
        | local_name!("li")
        | local_name!("main")
        | local_name!("menu")
        | local_name!("nav")
        | local_name!("ol")
        | local_name!("optgroup")
        | local_name!("option")
        | local_name!("p")
        | local_name!("search")
        | local_name!("section")
        | local_name!("summary")
        | local_name!("table")
        | local_name!("tbody")
        | local_name!("td")
        | local_name!("tfoot")
        | local_name!("th")
        | local_name!("thead")
        | local_name!("tr")
        | local_name!("ul") => Layout::Block,
        _ => Layout::Inline,
    }
}

/// Does an element only ever stand in the head, so that space around it means nothing there?
pub fn is_head(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("html")
            | local_name!("head")
            | local_name!("base")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("noscript")
            | local_name!("script")
            | local_name!("style")
            | local_name!("title")
    )
}
