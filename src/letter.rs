//! Which characters of a text are its letters, fast for the two kinds that nearly all of it are: ideographs and ASCII.

/// A letter, a digit or an ideograph: as [`char::is_alphanumeric`], whose table is slow for what Chinese pages are made of.
#[inline]
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\u{4E00}'..='\u{9FFF}' => true,
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        // Latin with diacritics, Cyrillic, Arabic, kana, hangul.
        '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2C1}' => true,
        '\u{400}'..='\u{481}' | '\u{48A}'..='\u{52F}' | '\u{620}'..='\u{657}' => true,
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{AC00}'..='\u{D7A3}' => true,
        // Quotation marks, dashes and dots; ideographic marks: 、。〈《「 and the like.
        '\u{2010}'..='\u{205E}' => false,
        '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{FF00}'..='\u{FF0F}' => false,
        _ => c.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_shortcuts_are_the_table() {
        for c in '\0'..=char::MAX {
            assert_eq!(super::is_letter(c), c.is_alphanumeric(), "U+{:04X}", c as u32);
        }
    }
}
