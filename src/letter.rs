//! Which characters of a text are its letters, fast for the two kinds that nearly all of it are: ideographs and ASCII.

/// A letter, a digit or an ideograph: as [`char::is_alphanumeric`], whose table is slow for what Chinese pages are made of.
#[inline]
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\u{4E00}'..='\u{9FFF}' => true,
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        // Ideographic marks: 、。〈《「 and the like.
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
