//! Element names, and what each means for the flow of text.

/// The elements that matter here; all others are one of the two `Other`s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Tag {
    // Blocks.
    Div,
    P,
    Section,
    Article,
    Main,
    Nav,
    Aside,
    Header,
    Footer,
    Form,
    Fieldset,
    Ul,
    Ol,
    Li,
    Dl,
    Dt,
    Dd,
    Table,
    TableBody,
    Row,
    Cell,
    Heading1,
    Heading2,
    Heading3,
    Heading4,
    Heading5,
    Heading6,
    Pre,
    Quote,
    Figure,
    Caption,
    Address,
    Details,
    Summary,
    Body,
    OtherBlock,
    // Text-level.
    Anchor,
    Strong,
    Span,
    Code,
    Button,
    Label,
    Select,
    Option,
    Time,
    Break,
    Rule,
    Image,
    Ruby,
    Noscript,
    OtherInline,
    // Never text.
    Skip,
    Script,
    NoFrames,
    TitleElement,
    Meta,
    Link,
    Html,
    Base,
}

impl Tag {
    /// The tag of an element by its lower-case name.
    pub fn of(name: &str) -> Tag {
        match name {
            "div" => Tag::Div,
            "a" => Tag::Anchor,
            "span" | "font" => Tag::Span,
            "p" => Tag::P,
            "li" => Tag::Li,
            "ul" | "menu" | "dir" => Tag::Ul,
            "br" => Tag::Break,
            "img" | "picture" => Tag::Image,
            "td" | "th" => Tag::Cell,
            "tr" => Tag::Row,
            "table" => Tag::Table,
            "tbody" | "thead" | "tfoot" => Tag::TableBody,
            "strong" | "b" => Tag::Strong,
            "h1" => Tag::Heading1,
            "h2" => Tag::Heading2,
            "h3" => Tag::Heading3,
            "h4" => Tag::Heading4,
            "h5" => Tag::Heading5,
            "h6" => Tag::Heading6,
            "section" => Tag::Section,
            "article" => Tag::Article,
            "main" => Tag::Main,
            "nav" => Tag::Nav,
            "aside" => Tag::Aside,
            "header" | "hgroup" => Tag::Header,
            "footer" => Tag::Footer,
            "form" => Tag::Form,
            "fieldset" => Tag::Fieldset,
            "ol" => Tag::Ol,
            "dl" => Tag::Dl,
            "dt" => Tag::Dt,
            "dd" => Tag::Dd,
            "pre" | "xmp" | "listing" | "plaintext" => Tag::Pre,
            "blockquote" => Tag::Quote,
            "figure" => Tag::Figure,
            "figcaption" | "caption" => Tag::Caption,
            "address" => Tag::Address,
            "details" => Tag::Details,
            "summary" => Tag::Summary,
            "base" => Tag::Base,
            "body" => Tag::Body,
            "code" | "kbd" | "samp" | "tt" => Tag::Code,
            "button" => Tag::Button,
            "label" | "legend" => Tag::Label,
            "select" | "datalist" => Tag::Select,
            "option" | "optgroup" => Tag::Option,
            "time" => Tag::Time,
            "hr" => Tag::Rule,
            "ruby" | "rb" => Tag::Ruby,
            "noscript" => Tag::Noscript,
            "script" => Tag::Script,
            "noframes" => Tag::NoFrames,
            "title" => Tag::TitleElement,
            "meta" => Tag::Meta,
            "link" => Tag::Link,
            "html" | "head" => Tag::Html,
            // <rt> is the reading above a ruby base and repeats it; <rp> its bracket.
            "rt" | "rp" | "rtc" | "style" | "template" | "iframe" | "object" | "embed" | "applet" | "canvas"
            | "audio" | "video" | "svg" | "math" | "textarea" | "input" | "noembed" | "area" | "frame" | "param"
            | "source" | "track" | "progress" | "meter" => Tag::Skip,
            "center" | "dialog" | "search" => Tag::OtherBlock,
            // Custom elements lay out as blocks far more often than not (forum posts, cards).
            other if other.contains('-') => Tag::OtherBlock,
            _ => Tag::OtherInline,
        }
    }

    /// Whether text before and after the element's edges belongs to different lines.
    pub fn is_block(self) -> bool {
        (self as u8) <= Tag::OtherBlock as u8
    }

    /// 1 to 6 for headings, else 0.
    pub fn level(self) -> u8 {
        let first = Tag::Heading1 as u8;
        if (first..=Tag::Heading6 as u8).contains(&(self as u8)) { self as u8 - first + 1 } else { 0 }
    }
}
