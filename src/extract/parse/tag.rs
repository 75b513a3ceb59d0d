//! Start tags, end tags and their attributes.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink};
use html5ever::{Attribute, LocalName, QualName, ns};

use super::name::{self, EQUALS, LETTER, NAME_END, SPACE, UNQUOTED};
use super::reference;
use super::tokenizer::Tokenizer;

/// The end of a tag: was there a `/` before its `>`?
struct Close {
    self_closing: bool,
}

impl<S: TokenSink> Tokenizer<'_, S> {
    /// Reads a start tag from its name on.
    #[inline]
    pub(super) fn start_tag(&mut self) {
        let name = self.tag_name();
        self.before_tag(&name, TagKind::StartTag);
        let mut tag = Tag {
            kind: TagKind::StartTag,
            name,
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        };
        // A tag that the page ends in is no tag.
        let Some(close) = self.rest_of_tag(&mut tag) else { return self.at = self.bytes.len() };
        tag.self_closing = close.self_closing;
        self.last_start_tag = tag.name.clone();
        self.emit_tag(tag);
    }

    /// Reads what follows `</`, which is not the end of the page.
    #[inline]
    pub(super) fn end_tag(&mut self) {
        match self.bytes[self.at] {
            byte if name::is(byte, LETTER) => {
                let name = self.tag_name();
                self.before_tag(&name, TagKind::EndTag);
                self.close_tag(name);
            }
            b'>' => {
                // Not a token, but html5ever reports it: see `reference`.
                self.release();
                self.emit(Token::ParseError("</>".into()));
                self.at += 1;
            }
            _ => self.bogus_comment(),
        }
    }

    /// Reads the rest of an end tag after its name. Its attributes mean nothing.
    pub(super) fn close_tag(&mut self, name: LocalName) {
        let kind = TagKind::EndTag;
        let mut tag = Tag { kind, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false };
        if self.bytes.get(self.at) == Some(&b'>') {
            self.at += 1;
        } else {
            let Some(close) = self.rest_of_tag(&mut tag) else { return self.at = self.bytes.len() };
            tag.self_closing = close.self_closing;
        }
        self.emit_tag(tag);
    }

    #[inline]
    fn tag_name(&mut self) -> LocalName {
        let (start, rewrite) = (self.at, self.skip_name(NAME_END));
        let (text, end) = (self.text, self.at);
        self.tag_names.name(self.bytes, start, end, || name::interned(&text[start..end], rewrite))
    }

    /// Skips to the first byte of `end`; does the name need rewriting?
    #[inline]
    fn skip_name(&mut self, end: u8) -> bool {
        let mut seen = 0;
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|&byte| {
            let class = name::class(byte);
            seen |= class;
            class & end != 0
        });
        self.at += length.unwrap_or(rest.len());
        seen & name::REWRITE != 0
    }

    /// Reads attributes up to and with the `>`. `None` if the page ends before.
    #[inline]
    fn rest_of_tag(&mut self, tag: &mut Tag) -> Option<Close> {
        loop {
            match *self.bytes.get(self.at)? {
                b'>' => {
                    self.at += 1;
                    return Some(Close { self_closing: false });
                }
                b'/' if self.bytes.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    return Some(Close { self_closing: true });
                }
                byte if byte == b'/' || name::is(byte, SPACE) => self.at += 1,
                _ => self.attribute(tag)?,
            }
        }
    }

    /// Reads one attribute. `None` if the page ends in it.
    #[inline]
    fn attribute(&mut self, tag: &mut Tag) -> Option<()> {
        let start = self.at;
        // The first character belongs to the name whatever it is, `=` too.
        let first = self.bytes[start];
        self.at += 1;
        let rewrite = self.skip_name(NAME_END | EQUALS) | (name::class(first) & name::REWRITE != 0);
        let end = self.at;
        self.skip_space();
        let name = self.wanted(tag, start, end, rewrite);
        if self.bytes.get(self.at) != Some(&b'=') {
            if let Some(name) = name {
                push(tag, name, StrTendril::new());
            }
            return Some(());
        }
        self.at += 1;
        self.skip_space();
        let (start, end, plain) = self.value(name.is_some())?;
        if let Some(name) = name {
            let value = if plain { self.slice(start, end) } else { self.decoded(start, end) };
            push(tag, name, value);
        }
        Some(())
    }

    #[inline]
    fn skip_space(&mut self) {
        while self.bytes.get(self.at).is_some_and(|&byte| name::is(byte, SPACE)) {
            self.at += 1;
        }
    }

    /// The interned name, unless the attribute is to be left out.
    #[inline]
    fn wanted(&mut self, tag: &mut Tag, start: usize, end: usize, rewrite: bool) -> Option<LocalName> {
        if tag.kind == TagKind::EndTag {
            return None;
        }
        if tag.attrs.len() >= self.most_attributes {
            self.report.attributes += 1;
            return None;
        }
        let (raw, all) = (&self.text[start..end], self.all_attributes);
        let name = self.attribute_names.name(self.bytes, start, end, || {
            if all { Some(name::interned(raw, rewrite)) } else { name::kept(raw, rewrite) }
        })?;
        if tag.attrs.iter().any(|attribute| attribute.name.local == name) {
            tag.had_duplicate_attributes = true;
            return None;
        }
        Some(name)
    }

    /// Skips a value: where it starts and ends, and whether it is free of references and NUL (true if nobody asks).
    #[inline]
    fn value(&mut self, wanted: bool) -> Option<(usize, usize, bool)> {
        let start = self.at;
        match *self.bytes.get(start)? {
            quote @ (b'"' | b'\'') => {
                let rest = &self.bytes[start + 1..];
                let found = if wanted { memchr::memchr3(quote, b'&', 0, rest)? } else { memchr::memchr(quote, rest)? };
                let plain = rest[found] == quote;
                let length = if plain { found } else { found + memchr::memchr(quote, &rest[found..])? };
                self.at = start + 1 + length + 1;
                Some((start + 1, start + 1 + length, plain))
            }
            b'>' => Some((start, start, true)),
            _ => {
                let mut plain = true;
                loop {
                    self.at = name::until(self.bytes, self.at, UNQUOTED);
                    match *self.bytes.get(self.at)? {
                        b'&' | 0 => plain = false,
                        _ => return Some((start, self.at, plain)),
                    }
                    self.at += 1;
                }
            }
        }
    }

    /// An attribute value with its references resolved and its NULs replaced.
    fn decoded(&self, start: usize, end: usize) -> StrTendril {
        let value = &self.text[start..end];
        let mut decoded = StrTendril::new();
        let (mut run, mut from) = (0, 0);
        while let Some(length) = memchr::memchr2(b'&', 0, &value.as_bytes()[from..]) {
            let at = from + length;
            from = at + 1;
            if value.as_bytes()[at] == 0 {
                decoded.push_slice(&value[run..at]);
                decoded.push_char(char::REPLACEMENT_CHARACTER);
                run = from;
            } else if let Some(reference) = reference::resolve(value, at, true) {
                decoded.push_slice(&value[run..at]);
                decoded.extend(reference.chars());
                (run, from) = (reference.end, reference.end);
            }
        }
        decoded.push_slice(&value[run..]);
        decoded
    }
}

#[inline]
fn push(tag: &mut Tag, name: LocalName, value: StrTendril) {
    if tag.attrs.capacity() == 0 {
        // Enough for most tags; a vector left to itself begins with room for four.
        tag.attrs.reserve_exact(2);
    }
    tag.attrs.push(Attribute { name: QualName::new(None, ns!(), name), value });
}
