//! The language that markup declares, as a BCP 47 tag.
//!
//! In: an attribute or a meta element. Out: a tag in the usual letters (`en-US`, `zh-Hant-TW`), or nothing where the value is none:
//! pages write `utf-8`, `en_US.UTF-8`, `zh,en` and `{{lang}}` there.

use crate::decode;

/// A well-formed tag; of several the first.
pub(super) fn tag(value: &str) -> Option<String> {
    let first = value.split([',', ';', ' ', '.', '@']).find(|part| !part.is_empty())?;
    if decode::label(value.trim()).is_ok() || decode::label(first).is_ok() {
        return None;
    }
    let mut parts = first.split(['-', '_']);
    let language = parts.next()?;
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !(2..=3).contains(&language.len()) || !letters(language) || language.eq_ignore_ascii_case("und") {
        return None;
    }
    let mut tag = language.to_ascii_lowercase();
    for part in parts.take(3) {
        if !(2..=8).contains(&part.len()) || !part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            break;
        }
        tag.push('-');
        let lower = part.to_ascii_lowercase();
        match part.len() {
            2 if letters(part) => tag.push_str(&part.to_ascii_uppercase()),
            4 if letters(part) => {
                tag.push_str(&lower[..1].to_ascii_uppercase());
                tag.push_str(&lower[1..]);
            }
            _ => tag.push_str(&lower),
        }
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::tag;

    #[test]
    fn what_pages_declare_becomes_a_tag_or_nothing() {
        for (value, expected) in [
            ("en_US", Some("en-US")),
            ("EN-gb", Some("en-GB")),
            ("zh-hant-tw", Some("zh-Hant-TW")),
            ("zh_CN.UTF-8", Some("zh-CN")),
            (" zh,en ", Some("zh")),
            ("yue", Some("yue")),
            ("sl-nedis", Some("sl-nedis")),
            ("ur_pK", Some("ur-PK")),
            ("utf-8", None),
            ("gb2312", None),
            ("{{lang}}", None),
            ("english", None),
            ("und", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(tag(value).as_deref(), expected, "{value}");
        }
    }
}
