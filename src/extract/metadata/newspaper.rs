//! What a system for newspapers writes into a comment of each article: `<!--enpproperty <date>…</date><author>…</author><title>…</title>`.
//!
//! In: a page's source. Out: [`Newspaper`]. Founder's system, which many Chinese newspapers and portals use, keeps its record of the
//! article there. The title is what the editors typed; the time is that of the last edition, so the page's own comes first; the author
//! is often empty or a piece of the text that a program took for a name.

use super::names::is_chinese_name;
use memchr::memmem;

/// The record, as far as it says something.
#[derive(Clone, Debug, Default)]
pub struct Newspaper {
    pub title: Option<String>,
    /// As written: `2012-01-12 17:45:10.0`.
    pub date: Option<String>,
    /// A name, and no more than one.
    pub author: Option<String>,
}

/// Where such a value was read, for [`crate::page::Source`].
pub const PLACE: &str = "comment";
pub const NAME: &str = "enpproperty";

/// Bytes of a record that are looked at: its abstract may be long, and the fields stand before it or behind it.
const LONGEST: usize = 8 << 10;

/// Reads the first such comment of a page.
pub fn read(text: &str) -> Option<Newspaper> {
    let from = memmem::find(text.as_bytes(), b"<!--enpproperty")?;
    let record = &text[from..text.floor_char_boundary((from + LONGEST).min(text.len()))];
    let record = record.split_once("-->").map_or(record, |(record, _)| record);
    let field = |open: &str, close: &str| {
        let value = record.split_once(open)?.1.split_once(close)?.0.trim();
        (!value.is_empty() && value != "null" && !value.contains(['<', '&', '\n'])).then(|| value.to_owned())
    };
    let author = field("<author>", "</author>").filter(|name| is_chinese_name(name));
    Some(Newspaper { title: field("<title>", "</title>"), date: field("<date>", "</date>"), author })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_record_is_read_and_what_says_nothing_left_out() {
        let page = "<p>前</p><!--enpproperty <articleid>7</articleid><date>2012-01-12 17:45:10.0</date><author>张冲</author>\
                    <title>清河镇老茶馆重新开门</title><keyword></keyword>/enpproperty--><title>后</title>";
        let found = read(page).unwrap();
        assert_eq!(found.title.as_deref(), Some("清河镇老茶馆重新开门"));
        assert_eq!(found.date.as_deref(), Some("2012-01-12 17:45:10.0"));
        assert_eq!(found.author.as_deref(), Some("张冲"));
        let found = read("<!--enpproperty <date></date><author>与自己的妻</author><title>null</title>").unwrap();
        assert!(found.title.is_none() && found.date.is_none() && found.author.is_none());
        assert!(read("<!--enpcontent-->").is_none());
    }
}
