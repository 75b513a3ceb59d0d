//! Content that is no markup: `<title>`, `<style>`, `<script>`, `<plaintext>`, CDATA.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Token, TokenSink};
use memchr::memmem;

use super::name::{self, LETTER, NAME_END};
use super::tokenizer::{State, Tokenizer};

/// How deep a script is in `<!-- <script>`, in which `</script>` ends only the inner one.
#[derive(Clone, Copy, PartialEq)]
enum Escape {
    Plain,
    Comment,
    Inner,
}

impl<S: TokenSink> Tokenizer<'_, S> {
    pub(super) fn rcdata(&mut self) {
        let (mut run, mut from) = (self.at, self.at);
        while let Some(length) = memchr::memchr3(b'<', b'&', 0, &self.bytes[from..]) {
            let at = from + length;
            match self.bytes[at] {
                b'<' if self.ends_element(at) => {
                    self.flush(run, at);
                    return self.raw_end(at);
                }
                b'<' => from = at + 1,
                b'&' => (run, from) = self.reference(run, at),
                _ => {
                    self.resolved.push_slice(&self.text[run..at]);
                    self.resolved.push_char(char::REPLACEMENT_CHARACTER);
                    (run, from) = (at + 1, at + 1);
                }
            }
        }
        self.at = self.bytes.len();
        self.flush(run, self.at);
    }

    pub(super) fn rawtext(&mut self) {
        let end = memchr::memchr_iter(b'<', &self.bytes[self.at..])
            .map(|length| self.at + length)
            .find(|&at| self.ends_element(at));
        self.raw_text(end.unwrap_or(self.bytes.len()));
        end.into_iter().for_each(|at| self.raw_end(at));
    }

    pub(super) fn script(&mut self) {
        let end = self.script_end();
        self.raw_text(end.unwrap_or(self.bytes.len()));
        end.into_iter().for_each(|at| self.raw_end(at));
    }

    pub(super) fn plaintext(&mut self) {
        self.raw_text(self.bytes.len());
    }

    pub(super) fn cdata(&mut self) {
        let end = memmem::find(&self.bytes[self.at..], b"]]>").map(|length| self.at + length);
        let text = self.at..end.unwrap_or(self.bytes.len());
        let mut run = text.start;
        for length in memchr::memchr_iter(0, &self.bytes[text.clone()]) {
            let at = text.start + length;
            self.flush(run, at);
            self.emit(Token::NullCharacterToken);
            run = at + 1;
        }
        self.flush(run, text.end);
        self.at = end.map_or(self.bytes.len(), |at| at + "]]>".len());
        self.state = State::Data;
    }

    /// Hands on the text up to `end` as it stands, NULs replaced, and goes there.
    fn raw_text(&mut self, end: usize) {
        let text = &self.text[self.at..end];
        if memchr::memchr(0, text.as_bytes()).is_none() {
            self.flush(self.at, end);
        } else {
            self.emit(Token::CharacterTokens(StrTendril::from(text.replace('\0', "\u{fffd}"))));
        }
        self.at = end;
    }

    /// Reads the end tag at `at` that ends the raw element.
    fn raw_end(&mut self, at: usize) {
        self.at = at + "</".len() + self.last_start_tag.len();
        self.close_tag(self.last_start_tag.clone());
    }

    /// Does the `<` at `at` begin the end tag of the element that we are in?
    fn ends_element(&self, at: usize) -> bool {
        self.bytes.get(at + 1) == Some(&b'/')
            && !self.last_start_tag.is_empty()
            && self.names(at + 2, self.last_start_tag.as_bytes())
    }

    /// Does `name`, in any case, stand at `at` with the end of a tag name after it?
    fn names(&self, at: usize, name: &[u8]) -> bool {
        let end = at + name.len();
        self.bytes.get(at..end).is_some_and(|found| found.eq_ignore_ascii_case(name))
            && self.bytes.get(end).is_some_and(|&byte| name::is(byte, NAME_END))
    }

    /// Where the end tag of a script begins, if there is one.
    fn script_end(&self) -> Option<usize> {
        let mut at = self.at;
        let mut escape = Escape::Plain;
        loop {
            let rest = &self.bytes[at..];
            at += match escape {
                Escape::Plain => memchr::memchr(b'<', rest)?,
                _ => memchr::memchr2(b'<', b'-', rest)?,
            };
            if self.bytes[at] == b'-' {
                let length = self.bytes[at..].iter().take_while(|&&byte| byte == b'-').count();
                at += length;
                if length >= 2 && self.bytes.get(at) == Some(&b'>') {
                    escape = Escape::Plain;
                }
                continue;
            }
            if escape != Escape::Inner && self.ends_element(at) {
                return Some(at);
            }
            (at, escape) = self.after_less_than(at + 1, escape);
        }
    }

    /// Where a script goes on, and in which state, after a `<` before `at` that does not end it.
    fn after_less_than(&self, at: usize, escape: Escape) -> (usize, Escape) {
        let rest = &self.bytes[at..];
        match escape {
            // To its dashes, since "<!-->" ends at once.
            Escape::Plain if rest.starts_with(b"!--") => (at + 1, Escape::Comment),
            Escape::Comment if rest.first().is_some_and(|&b| name::is(b, LETTER)) && self.names(at, b"script") => {
                (at + "script".len() + 1, Escape::Inner)
            }
            Escape::Inner if rest.first() == Some(&b'/') && self.names(at + 1, b"script") => {
                (at + "/script".len() + 1, Escape::Comment)
            }
            _ => (at, escape),
        }
    }
}
