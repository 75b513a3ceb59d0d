//! The library's only errors: a name that nobody knows. Cleaning itself cannot fail.

/// A wrong name in an option. The message lists what would have been right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A form of output or a scheme of keys that is unknown.
    #[error("unknown name {name:?} (known: {known})")]
    Name {
        /// As it was given.
        name: String,
        /// All names.
        known: &'static str,
    },
    /// A charset label that the WHATWG Encoding Standard does not have.
    #[error("unknown charset {0:?} (try utf-8, gb18030, big5, shift_jis, euc-kr)")]
    Charset(String),
    /// A `--to` target that is neither a script nor an OpenCC config.
    #[error("unknown script {name:?} (nearest: {nearest}; known: {known})")]
    Script {
        /// As it was given.
        name: String,
        /// The known name that is most like it.
        nearest: String,
        /// All names.
        known: String,
    },
    /// A bad line in a file of user words.
    #[error("line {line}: {problem} (a line is: word, tab, what it becomes)")]
    Words {
        /// Counted from one; 0 for the words as a whole.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// A CSS selector that is none.
    #[error("selector {selector:?}: column {column}: {problem}")]
    Selector {
        /// As it was given.
        selector: String,
        /// Where it goes wrong, in code points counted from one.
        column: usize,
        /// What is wrong there.
        problem: String,
    },
    /// A bad line in a file of recipes.
    #[error("line {line}: {problem}")]
    Sites {
        /// Counted from one.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// An engine that is unknown, or that this build or this machine lacks.
    #[error("engine {name:?}: {problem} (known: own, opencc)")]
    Engine {
        /// As it was given.
        name: String,
        /// Why it cannot be had.
        problem: String,
    },
}
