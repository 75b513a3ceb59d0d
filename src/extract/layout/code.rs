//! Programs: what makes one, its text to the space, and its language.
//!
//! In: an element that holds a program (`pre`, or what a highlighter made of one). Out: the text that `textContent` would give, with
//! `<br>` as a line end and U+00A0 as a space, less line numbers and buttons. How much of it is Chinese says nothing.

use crate::extract::html::tag::Tag;
use crate::extract::parse::{Markup, Place};

/// What an element is to a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    None,
    /// Holds the program with what belongs to it: numbers, buttons, a table of both.
    Wrapper,
    /// Holds the program and nothing else.
    Program,
}

/// Class names of programs that are no `pre`, by who writes them.
const PROGRAMS: &[&str] = &[
    "dp-highlighter",                 // SyntaxHighlighter 1: div > ol > li
    "syntaxhighlighter",              // SyntaxHighlighter 3: div > table > td.code > div.line
    "js-file-line-container",         // GitHub: table > tr > td.blob-code
    "crayon-pre",                     // Crayon for WordPress: div > div.crayon-line
    "urvanov-syntax-highlighter-pre", // its successor
    "enlighter",                      // EnlighterJS: div > div
];

/// Class names around a program. `code-snippet__fix` is WeChat's, `cnblogs_code` cnblogs', `lntable` Chroma's, `rouge-table` Rouge's.
const WRAPPERS: &[&str] = &[
    "highlight",
    "highlighter-rouge",
    "highlighttable",
    "codehilite",
    "chroma",
    "lntable",
    "rouge-table",
    "cnblogs_code",
    "code-snippet__fix",
    "code-block-wrapper",
    "code-block",
    "code-wrapper",
    "code-toolbar",
    "code-box",
    "codeblock",
    "sourceCode",
    "enlighter-default",
    "crayon-syntax",
    "urvanov-syntax-highlighter-syntax",
    "highlight-wrapper",
];

/// Class names of what stands beside the lines of a program: their numbers.
const GUTTERS: &[&str] = &[
    "gutter",
    "gutters",
    "lineno",
    "linenos",
    "linenodiv",
    "rouge-gutter",
    "lnt",
    "line-numbers-rows",
    "line-numbers-wrapper",
    "line-number",
    "hljs-ln-numbers",
    "hljs-ln-n",
    "pre-numbering",
    "blob-num",
    "code-snippet__line-index",
    "crayon-nums",
    "urvanov-syntax-highlighter-nums",
    "linenumber",
    "react-syntax-highlighter-line-number",
];

/// Class names of buttons and labels that a script or a theme puts above a program.
const BUTTONS: &[&str] = &[
    "cnblogs_code_toolbar",
    "cnblogs_code_copy",
    "copy",
    "copy-btn",
    "copy-code",
    "copy-button",
    "copybtn",
    "btn-copy",
    "code-copy",
    "code-copy-btn",
    "hljs-button",
    "highlight-tools",
    "code-header",
    "code-block-header",
    "toolbar",
    "tools",
    "bar",
    "buttons",
    "lang",
    "code-lang",
    "zeroclipboard-container",
    "opt-box",
    "crayon-toolbar",
    "clipboard",
];

/// Names after `highlight`, `hljs`, `src` and the like that are a language: those that highlighters know and pages use.
const LANGUAGES: &[&str] = &[
    "abap",
    "actionscript",
    "ada",
    "apache",
    "applescript",
    "arduino",
    "asm",
    "asp",
    "autohotkey",
    "awk",
    "bash",
    "basic",
    "bat",
    "batch",
    "c",
    "c#",
    "c++",
    "clojure",
    "cmake",
    "cmd",
    "cobol",
    "coffeescript",
    "conf",
    "console",
    "cpp",
    "crystal",
    "cs",
    "csharp",
    "css",
    "csv",
    "cuda",
    "d",
    "dart",
    "delphi",
    "diff",
    "django",
    "docker",
    "dockerfile",
    "dos",
    "dot",
    "elisp",
    "elixir",
    "elm",
    "erlang",
    "excel",
    "f#",
    "fish",
    "fortran",
    "fsharp",
    "gherkin",
    "git",
    "glsl",
    "go",
    "golang",
    "gradle",
    "graphql",
    "groovy",
    "haml",
    "handlebars",
    "haskell",
    "hcl",
    "hlsl",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "jinja",
    "jinja2",
    "js",
    "json",
    "json5",
    "jsonc",
    "jsp",
    "jsx",
    "julia",
    "kotlin",
    "kt",
    "latex",
    "less",
    "lisp",
    "log",
    "lua",
    "make",
    "makefile",
    "markdown",
    "markup",
    "mathematica",
    "matlab",
    "md",
    "mermaid",
    "mysql",
    "nasm",
    "nginx",
    "nim",
    "nix",
    "objc",
    "objectivec",
    "objective-c",
    "ocaml",
    "pascal",
    "patch",
    "perl",
    "pgsql",
    "php",
    "plaintext",
    "plsql",
    "postgresql",
    "powershell",
    "ps",
    "ps1",
    "prolog",
    "properties",
    "proto",
    "protobuf",
    "pug",
    "puppet",
    "py",
    "pycon",
    "python",
    "python3",
    "qml",
    "r",
    "rb",
    "reg",
    "rs",
    "rst",
    "ruby",
    "rust",
    "sass",
    "scala",
    "scheme",
    "scss",
    "sed",
    "sh",
    "shell",
    "shell-session",
    "smali",
    "sol",
    "solidity",
    "sql",
    "stylus",
    "svelte",
    "svg",
    "swift",
    "systemverilog",
    "tcl",
    "terraform",
    "tex",
    "text",
    "toml",
    "ts",
    "tsx",
    "twig",
    "txt",
    "typescript",
    "vb",
    "vbnet",
    "vbscript",
    "verilog",
    "vhdl",
    "vim",
    "vue",
    "wasm",
    "wgsl",
    "xhtml",
    "xml",
    "xquery",
    "yaml",
    "yml",
    "zig",
    "zsh",
];

/// What it is to a program, by its element and classes.
pub fn role(tag: Tag, class: Option<&str>) -> Role {
    if tag == Tag::Pre {
        return Role::Program;
    }
    let Some(class) = class else { return Role::None };
    if !(tag.is_block() || tag == Tag::Span) {
        return Role::None;
    }
    for name in class.split_ascii_whitespace() {
        if PROGRAMS.contains(&name) {
            return Role::Program;
        }
        let language = name.starts_with("language-") || name.starts_with("highlight-");
        if tag.is_block() && (language || WRAPPERS.contains(&name)) {
            return Role::Wrapper;
        }
    }
    Role::None
}

/// Whether a wrapper holds a program without a `pre` or `code`: it names a language, and in it is text alone. Writerside writes so.
pub fn is_bare(markup: Markup, place: Place) -> bool {
    let named = markup.value("data-lang").or_else(|| markup.value("data-language")).is_some();
    named
        && place.children().all(|child| child.markup().is_none_or(|child| !Tag::of(child.name()).is_block()))
        && place.children().filter_map(Place::text).any(|text| !text.trim().is_empty())
}

/// The rule that takes an element out of a program or its wrapper, if one does.
pub fn beside(tag: Tag, markup: Markup) -> Option<&'static str> {
    if tag == Tag::Button {
        return Some("code-buttons");
    }
    let class = markup.value("class")?;
    let has = |names: &[&str]| class.split_ascii_whitespace().any(|name| names.contains(&name));
    if has(GUTTERS) && !matches!(tag, Tag::Pre | Tag::Code) {
        return Some("line-numbers");
    }
    (has(BUTTONS) && !matches!(tag, Tag::Pre | Tag::Code | Tag::Table)).then_some("code-buttons")
}

/// The language that an element's attributes name: lower case, aliases as written.
pub fn language(markup: Markup) -> Option<String> {
    let named = ["data-lang", "data-language"].iter().find_map(|name| markup.value(name)).and_then(known);
    named.or_else(|| of_class(markup.value("class")?))
}

/// The language in a list of classes.
fn of_class(class: &str) -> Option<String> {
    let names = || class.split_ascii_whitespace();
    // `brush: js; toolbar: false`, and the same without blanks.
    if let Some(at) = class.find("brush:") {
        let name = class[at + 6..].trim_start();
        return known(&name[..name.find([';', ' ']).unwrap_or(name.len())]);
    }
    const PREFIXES: [&str; 5] = ["language-", "lang-", "highlight-source-", "highlight-text-", "highlight-"];
    let prefixed = names().find_map(|name| PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)));
    if let Some(name) = prefixed {
        return known(name);
    }
    const BESIDE: [&str; 8] =
        ["hljs", "highlight", "src", "sourceCode", "prettyprint", "chroma", "prism", "syntaxhighlighter"];
    let beside = names().any(|name| BESIDE.contains(&name));
    let word = |name: &str| LANGUAGES.contains(&name.to_ascii_lowercase().as_str());
    names().find(|name| beside && word(name)).and_then(known)
}

/// The name in lower case; none where it says that there is none.
fn known(name: &str) -> Option<String> {
    let name = name.trim().trim_matches(['{', '}', '.']).to_ascii_lowercase();
    let plain = matches!(
        &*name,
        "" | "none" | "default" | "plain" | "nohighlight" | "no-highlight" | "auto" | "undefined" | "null"
    );
    let sound =
        name.len() <= 40 && !name.contains(|c: char| c.is_whitespace() || c == '`' || c == '~' || c.is_control());
    (!plain && sound).then_some(name)
}

/// What stands beside a program.
#[derive(Debug)]
pub struct Beside {
    pub rule: &'static str,
    pub text: String,
    /// Where it stands in the program's text.
    pub at: usize,
}

/// A program.
#[derive(Debug, Default)]
pub struct Program {
    pub text: String,
    pub language: Option<String>,
    /// Flat lines that its text stands in, and what was left out of it.
    pub lines: Vec<u32>,
    /// What was left out.
    pub beside: Vec<Beside>,
}

/// An element of the program that is open.
struct Open {
    /// It makes a line, and where its text begins.
    line: Option<usize>,
}

/// Reads a program.
struct Reader<'a> {
    places: &'a [u32],
    found: Program,
    /// The text ends with the end of an element that makes a line.
    ended: bool,
    /// Each `code` in the `pre` is a line.
    codes: bool,
    /// Boxes make its lines.
    boxes: bool,
}

/// Reads the program in `root`.
pub fn read(root: Place, places: &[u32]) -> Program {
    let codes = root.children().filter_map(Place::markup).filter(|child| child.name() == "code").count() > 1;
    let mut reader = Reader { places, found: Program::default(), ended: false, codes, boxes: false };
    reader.found.language = root.markup().and_then(language);
    let mut stack: Vec<Open> = Vec::new();
    let mut at = root.first_child();
    let mut up = root;
    loop {
        while let Some(place) = at {
            up = place;
            at = if reader.enter(place, &mut stack) { place.first_child() } else { None };
            if at.is_none() {
                if reader.entered(place) {
                    reader.leave(&mut stack);
                }
                break;
            }
        }
        // To the next sibling, or that of the nearest element around that has one.
        loop {
            if up.number() == root.number() {
                return reader.finish();
            }
            at = up.next_sibling();
            if at.is_some() {
                break;
            }
            let Some(parent) = up.parent() else { return reader.finish() };
            up = parent;
            if up.number() != root.number() {
                reader.leave(&mut stack);
            }
        }
    }
}

impl Reader<'_> {
    /// Takes a node; true where its children are to be read, and then it is on the stack.
    fn enter(&mut self, place: Place, stack: &mut Vec<Open>) -> bool {
        if let Some(text) = place.text() {
            self.text(text, place);
            return false;
        }
        if !self.entered(place) {
            let name = place.markup().map_or("", |markup| markup.name());
            if name == "br" {
                self.found.text.push('\n');
                self.ended = false;
            }
            if let Some(rule) = place.markup().and_then(|markup| beside(Tag::of(markup.name()), markup)) {
                self.found.beside.push(Beside { rule, text: text_of(place), at: self.found.text.len() });
                place.descendants().filter(|node| node.text().is_some()).for_each(|node| self.line(node));
            }
            return false;
        }
        let Some(markup) = place.markup() else { return false };
        let line = match markup.name() {
            "li" | "tr" | "p" | "div" => true,
            "code" => self.codes,
            _ => false,
        };
        self.found.language = self.found.language.take().or_else(|| language(markup));
        self.boxes |= line;
        if line && !self.at_start() {
            self.found.text.push('\n');
        }
        stack.push(Open { line: line.then_some(self.found.text.len()) });
        true
    }

    /// Whether a node's children are read.
    fn entered(&self, place: Place) -> bool {
        let Some(markup) = place.markup() else { return false };
        let tag = Tag::of(markup.name());
        !matches!(tag, Tag::Break | Tag::Skip | Tag::Script | Tag::Image) && beside(tag, markup).is_none()
    }

    fn leave(&mut self, stack: &mut Vec<Open>) {
        if let Some(Open { line: Some(start) }) = stack.pop() {
            if self.found.text.len() == start || !self.at_start() {
                self.found.text.push('\n');
            }
            self.ended = true;
        }
    }

    fn at_start(&self) -> bool {
        self.found.text.is_empty() || self.found.text.ends_with('\n')
    }

    fn text(&mut self, text: &str, place: Place) {
        // The source's own line end between two elements that make lines anyway.
        let between = self.ended
            || place
                .parent()
                .and_then(Place::markup)
                .is_some_and(|m| matches!(m.name(), "ol" | "ul" | "tr" | "tbody" | "table"));
        if between && self.at_start() && text.trim().is_empty() {
            return;
        }
        self.ended = false;
        self.found.text.extend(text.chars().filter(|c| *c != '\0').map(|c| match c {
            '\u{a0}' => ' ',
            '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{c}' | '\u{b}' => '\n',
            _ => c,
        }));
        self.line(place);
    }

    /// Takes the line that a text stands in.
    fn line(&mut self, place: Place) {
        let line = self.places.get(place.number()).copied().unwrap_or(u32::MAX);
        if line != u32::MAX && self.found.lines.last() != Some(&line) {
            self.found.lines.push(line);
        }
    }

    fn finish(mut self) -> Program {
        let text = &mut self.found.text;
        if text.ends_with('\n') {
            text.pop();
        }
        if text.trim().is_empty() {
            text.clear();
        }
        if self.boxes
            && let Some((program, numbers)) = unnumbered(text)
        {
            *text = program;
            self.found.beside.push(Beside { rule: "line-numbers", text: numbers, at: 0 });
        }
        self.found
    }
}

/// Lines that are numbered without a gap before it is no accident.
const NUMBERED: usize = 3;

/// A program whose every line has its number in a box before it, as themes without class names write: the lines, and the numbers.
fn unnumbered(text: &str) -> Option<(String, String)> {
    let mut lines = text.split('\n');
    let (mut program, mut numbers) = (Vec::new(), Vec::new());
    while let Some(number) = lines.next() {
        if number.trim().parse::<usize>() != Ok(numbers.len() + 1) {
            return None;
        }
        numbers.push(number);
        program.push(lines.next()?);
    }
    (numbers.len() >= NUMBERED).then(|| (program.join("\n"), numbers.join("\n")))
}

/// All text in a node.
pub fn text_of(root: Place) -> String {
    let text: String = root.descendants().filter_map(Place::text).collect();
    text.trim().to_owned()
}
