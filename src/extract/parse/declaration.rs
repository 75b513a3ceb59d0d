//! Comments, the document type, and what begins like them.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Doctype, Token, TokenSink};

use super::name::{self, SPACE};
use super::tokenizer::{State, Tokenizer};

impl<S: TokenSink> Tokenizer<'_, S> {
    /// Reads what follows `<!`.
    pub(super) fn declaration(&mut self) {
        let rest = &self.bytes[self.at..];
        if rest.starts_with(b"--") {
            self.at += 2;
            self.comment();
        } else if starts_with_keyword(rest, b"doctype") {
            self.at += "doctype".len();
            self.doctype();
        } else if rest.starts_with(b"[CDATA[") && self.sink.adjusted_current_node_present_but_not_in_html_namespace() {
            self.at += "[CDATA[".len();
            self.state = State::Cdata;
        } else {
            self.bogus_comment();
        }
    }

    /// Reads what is no comment but is kept as one: `<?xml …>`, `<!…>`, `</…>`.
    pub(super) fn bogus_comment(&mut self) {
        self.release();
        let start = self.at;
        let end = memchr::memchr(b'>', &self.bytes[start..]).map_or(self.bytes.len(), |length| start + length);
        self.at = self.bytes.len().min(end + 1);
        self.emit_comment(start, end);
    }

    /// Reads a comment after its `<!--`. `<!-->` and `<!--->` are empty comments; `--!>` ends one too.
    fn comment(&mut self) {
        let start = self.at;
        let rest = &self.bytes[start..];
        for abrupt in [&b">"[..], b"->"] {
            if rest.starts_with(abrupt) {
                self.at += abrupt.len();
                return self.emit_comment(start, start);
            }
        }
        for length in memchr::memchr_iter(b'>', rest) {
            let before = &rest[..length];
            if let Some(text) = before.strip_suffix(b"--").or_else(|| before.strip_suffix(b"--!")) {
                self.at = start + length + 1;
                return self.emit_comment(start, start + text.len());
            }
        }
        self.at = self.bytes.len();
        let kept = rest.len()
            - ["--!", "--", "-"].into_iter().find(|dashes| rest.ends_with(dashes.as_bytes())).map_or(0, str::len);
        self.emit_comment(start, start + kept);
    }

    fn emit_comment(&self, start: usize, end: usize) {
        if self.comments {
            self.emit(Token::CommentToken(self.replaced(start, end)));
        }
    }

    /// A part of the source with its NULs replaced.
    fn replaced(&self, start: usize, end: usize) -> StrTendril {
        let text = &self.text[start..end];
        match memchr::memchr(0, text.as_bytes()) {
            None => self.slice(start, end),
            Some(_) => StrTendril::from(text.replace('\0', "\u{fffd}")),
        }
    }

    /// Reads a document type after its keyword.
    fn doctype(&mut self) {
        let mut doctype = Doctype::default();
        if self.doctype_parts(&mut doctype).is_none() {
            doctype.force_quirks = true;
        }
        self.at = memchr::memchr(b'>', &self.bytes[self.at..]).map_or(self.bytes.len(), |length| self.at + length + 1);
        self.emit(Token::DoctypeToken(doctype));
    }

    /// Reads name and identifiers, up to the `>` or to the first thing that does not belong. `None` if that forces quirks.
    fn doctype_parts(&mut self, doctype: &mut Doctype) -> Option<()> {
        self.at = self.past_space();
        if self.peek()? == b'>' {
            return None;
        }
        let start = self.at;
        self.at = self.bytes[start..]
            .iter()
            .position(|&byte| byte == b'>' || name::is(byte, SPACE))
            .map_or(self.bytes.len(), |length| start + length);
        let name = self.text[start..self.at].to_ascii_lowercase().replace('\0', "\u{fffd}");
        doctype.name = Some(StrTendril::from(name));
        self.at = self.past_space();
        if self.peek()? == b'>' {
            return Some(());
        }
        let rest = &self.bytes[self.at..];
        let public = starts_with_keyword(rest, b"public");
        if !public && !starts_with_keyword(rest, b"system") {
            return None;
        }
        self.at += "public".len();
        self.at = self.past_space();
        if !public {
            return self.identifier(&mut doctype.system_id);
        }
        self.identifier(&mut doctype.public_id)?;
        self.at = self.past_space();
        match self.peek()? {
            b'>' => Some(()),
            _ => self.identifier(&mut doctype.system_id),
        }
    }

    /// Reads a quoted identifier, which a `>` breaks off. `None` if that happens, or if there is none.
    fn identifier(&mut self, identifier: &mut Option<StrTendril>) -> Option<()> {
        let quote = self.peek().filter(|byte| matches!(byte, b'"' | b'\''))?;
        let start = self.at + 1;
        let length = memchr::memchr2(quote, b'>', &self.bytes[start..]);
        let end = length.map_or(self.bytes.len(), |length| start + length);
        *identifier = Some(self.replaced(start, end));
        self.at = end;
        if self.peek()? == b'>' {
            return None;
        }
        self.at += 1;
        // What follows a system identifier is ignored, but the page must not end before the `>`.
        self.bytes.get(self.past_space()).map(|_| ())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn past_space(&self) -> usize {
        let rest = &self.bytes[self.at..];
        self.at + rest.iter().take_while(|&&byte| name::is(byte, SPACE)).count()
    }
}

fn starts_with_keyword(bytes: &[u8], keyword: &[u8]) -> bool {
    bytes.get(..keyword.len()).is_some_and(|found| found.eq_ignore_ascii_case(keyword))
}
