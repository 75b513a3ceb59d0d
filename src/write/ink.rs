//! Colour for people at a terminal. Whether there is one is for the caller to say; without it nothing is added.

/// What a piece of text is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Names of sections and stages.
    Strong,
    /// What may be passed over.
    Faint,
    /// Names of rules.
    Name,
    /// What was there.
    Gone,
    /// What is there now.
    New,
    /// What should be looked at.
    Warn,
}

/// The text in its tone; as it is without colour.
pub fn ink(text: &str, tone: Tone, color: bool) -> String {
    let code = match tone {
        Tone::Strong => "1",
        Tone::Faint => "2",
        Tone::Name => "36",
        Tone::Gone => "31",
        Tone::New => "32",
        Tone::Warn => "33",
    };
    if color && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}
