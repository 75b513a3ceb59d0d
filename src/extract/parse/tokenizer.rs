//! The tokenizer of the HTML standard, over a text that is wholly there.
//!
//! In: a text without CR. Out: html5ever's tokens, handed to a [`TokenSink`], which answers with the state to go on in. The
//! states of the standard that read one character each are folded into scans for the bytes that matter; a run of text
//! becomes one token that shares the buffer of the source. The line number of a token is always 1: nobody reads it.

use html5ever::LocalName;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};

use super::blank::Blank;
use super::name::{self, LETTER, Layout, MARKUP, SPACE, Seen};
use super::{Options, reference};

/// A state that lasts longer than one tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// Markup and text.
    #[default]
    Data,
    /// `<title>`, `<textarea>`: references, no tags but its own end.
    Rcdata,
    /// `<style>`, `<iframe>` and the like: no references either.
    Rawtext,
    /// `<script>`: text to its own end, with the escapes of old pages.
    Script,
    /// `<plaintext>`: to the end of the page.
    Plaintext,
    /// `<![CDATA[` inside SVG and MathML.
    Cdata,
}

/// Where to start; anything but the default is for tests.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// The state to begin in.
    pub state: State,
    /// The name of the last start tag, which ends the raw states.
    pub last_start_tag: LocalName,
}

/// What the tokenizer left out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Report {
    /// Attributes beyond the budget of their tag.
    pub attributes: usize,
}

impl Report {
    /// In words.
    pub(super) fn limit(&self, budget: usize) -> Option<String> {
        let dropped = self.attributes;
        (dropped > 0).then(|| format!("attributes: over {budget} in one tag, {dropped} left out"))
    }
}

/// Tokenizes all of `source`, which has no CR and no byte order mark in front.
pub fn tokenize<S: TokenSink>(source: &StrTendril, sink: &S, start: &Start, options: &Options) -> Report {
    let mut tokenizer = Tokenizer {
        sink,
        source,
        text: source,
        bytes: source.as_bytes(),
        at: 0,
        state: start.state,
        last_start_tag: start.last_start_tag.clone(),
        resolved: StrTendril::new(),
        tag_names: Seen::new(),
        attribute_names: Seen::new(),
        blank: Blank::new(!options.blank),
        comments: options.comments,
        all_attributes: options.attributes,
        most_attributes: options.budget.attributes,
        report: Report::default(),
    };
    tokenizer.run();
    tokenizer.report
}

/// The page and the place in it.
pub(super) struct Tokenizer<'a, S> {
    pub(super) sink: &'a S,
    pub(super) source: &'a StrTendril,
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    /// Index of the next byte.
    pub(super) at: usize,
    pub(super) state: State,
    pub(super) last_start_tag: LocalName,
    /// Text before the current run that is no slice of the source, since it had references.
    pub(super) resolved: StrTendril,
    pub(super) tag_names: Seen<LocalName>,
    /// `None` for those that are left out.
    pub(super) attribute_names: Seen<Option<LocalName>>,
    pub(super) blank: Blank,
    pub(super) comments: bool,
    pub(super) all_attributes: bool,
    pub(super) most_attributes: usize,
    pub(super) report: Report,
}

impl<S: TokenSink> Tokenizer<'_, S> {
    fn run(&mut self) {
        while self.at < self.bytes.len() {
            match self.state {
                State::Data => self.data(),
                State::Rcdata => self.rcdata(),
                State::Rawtext => self.rawtext(),
                State::Script => self.script(),
                State::Plaintext => self.plaintext(),
                State::Cdata => self.cdata(),
            }
        }
        self.emit(Token::EOFToken);
        self.sink.end();
    }

    fn data(&mut self) {
        let mut run = self.at;
        let mut from = run;
        while self.state == State::Data {
            let Some(at) = self.next_markup(from) else {
                self.at = self.bytes.len();
                return self.flush(run, self.at);
            };
            match self.bytes[at] {
                b'<' if !self.opens_markup(at) => from = at + 1,
                b'&' => (run, from) = self.reference(run, at),
                b'<' => {
                    self.end_run(run, at);
                    self.at = at + 1;
                    self.markup();
                    (run, from) = (self.at, self.at);
                }
                _ => {
                    self.flush(run, at);
                    self.emit(Token::NullCharacterToken);
                    (run, from) = (at + 1, at + 1);
                }
            }
        }
    }

    /// The next `<`, `&` or NUL. Most runs of text are shorter than what it takes to set up a vectorised search.
    #[inline]
    fn next_markup(&self, from: usize) -> Option<usize> {
        const SHORT: usize = 12;
        let rest = &self.bytes[from..];
        let (head, tail) = rest.split_at(rest.len().min(SHORT));
        match head.iter().position(|&byte| name::is(byte, MARKUP)) {
            Some(length) => Some(from + length),
            None => memchr::memchr3(b'<', b'&', 0, tail).map(|length| from + head.len() + length),
        }
    }

    /// Is the `<` at `at` more than text?
    #[inline]
    fn opens_markup(&self, at: usize) -> bool {
        match self.bytes.get(at + 1) {
            // "</" at the very end is text.
            Some(b'/') => at + 2 < self.bytes.len(),
            Some(&byte) => name::is(byte, LETTER) || byte == b'!' || byte == b'?',
            None => false,
        }
    }

    /// Reads what follows a `<` that is more than text.
    #[inline]
    fn markup(&mut self) {
        match self.bytes[self.at] {
            b'/' => {
                self.at += 1;
                self.end_tag();
            }
            b'!' => {
                self.at += 1;
                self.release();
                self.declaration();
            }
            b'?' => self.bogus_comment(),
            _ => self.start_tag(),
        }
    }

    /// Resolves the reference at `at` of a text that began at `run`. Where the pending run and the next search begin.
    pub(super) fn reference(&mut self, run: usize, at: usize) -> (usize, usize) {
        let Some(reference) = reference::resolve(self.text, at, false) else { return (run, at + 1) };
        if !reference.closed && run == at && self.resolved.is_empty() {
            // html5ever reports an error here, and any report makes its tree builder forget that a line feed right after
            // <pre> or <textarea> is to be skipped. To give the same trees, so must we.
            self.emit(Token::ParseError("reference without semicolon".into()));
        }
        self.resolved.push_slice(&self.text[run..at]);
        self.resolved.extend(reference.chars());
        (reference.end, reference.end)
    }

    /// Hands on the text of `run..end` and what was resolved before it.
    #[inline]
    pub(super) fn flush(&mut self, run: usize, end: usize) {
        if self.resolved.is_empty() {
            if run < end {
                self.emit(Token::CharacterTokens(self.slice(run, end)));
            }
        } else {
            self.resolved.push_slice(&self.text[run..end]);
            let text = std::mem::take(&mut self.resolved);
            self.emit(Token::CharacterTokens(text));
        }
    }

    /// A part of the source that shares its buffer.
    #[inline]
    pub(super) fn slice(&self, start: usize, end: usize) -> StrTendril {
        // The source is at most 1 GiB, so both fit.
        self.source.subtendril(start as u32, (end - start) as u32)
    }

    /// Hands on a token that cannot change the state.
    #[inline]
    pub(super) fn emit(&self, token: Token) {
        let _ = self.sink.process_token(token, 1);
    }

    /// Hands on a tag and goes on in the state that the sink asks for.
    #[inline]
    pub(super) fn emit_tag(&mut self, tag: Tag) {
        self.state = match self.sink.process_token(Token::TagToken(tag), 1) {
            TokenSinkResult::Continue => State::Data,
            TokenSinkResult::Plaintext => State::Plaintext,
            TokenSinkResult::RawData(RawKind::Rcdata) => State::Rcdata,
            TokenSinkResult::RawData(RawKind::Rawtext) => State::Rawtext,
            TokenSinkResult::RawData(_) => State::Script,
            TokenSinkResult::Script(_) | TokenSinkResult::EncodingIndicator(_) => {
                // html5ever's driver starts anew after these, and drops a byte order mark wherever it starts.
                if self.bytes[self.at..].starts_with("\u{feff}".as_bytes()) {
                    self.at += '\u{feff}'.len_utf8();
                }
                State::Data
            }
        };
    }
}

impl<S: TokenSink> Tokenizer<'_, S> {
    /// Hands on the text of `run..end`, before markup, unless it is space that does not matter.
    #[inline]
    pub(super) fn end_run(&mut self, run: usize, end: usize) {
        if run == end && self.resolved.is_empty() {
            return;
        }
        let blank = &mut self.blank;
        let is_space = || self.bytes[run..end].iter().all(|&byte| name::is(byte, SPACE));
        if blank.drop && blank.preformatted == 0 && self.resolved.is_empty() && is_space() {
            if !blank.after_block && !blank.head {
                blank.held = run..end;
            }
            return;
        }
        (blank.head, blank.after_block) = (false, false);
        self.flush(run, end);
    }

    /// Decides on space before a tag.
    #[inline]
    pub(super) fn before_tag(&mut self, name: &LocalName, kind: TagKind) {
        if !self.blank.drop {
            return;
        }
        let layout = name::layout(name);
        if layout == Layout::Inline {
            self.release();
        }
        let blank = &mut self.blank;
        blank.held = 0..0;
        blank.after_block = layout != Layout::Inline;
        blank.head &= name::is_head(name);
        if layout == Layout::Preformatted {
            let open = blank.preformatted;
            blank.preformatted = if kind == TagKind::StartTag { open + 1 } else { open.saturating_sub(1) };
        }
    }

    /// Hands on space that was held back.
    #[inline]
    pub(super) fn release(&mut self) {
        let held = std::mem::take(&mut self.blank.held);
        self.flush(held.start, held.end);
    }
}
