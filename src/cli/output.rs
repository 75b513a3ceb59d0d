//! What the name of an output says: its form and its packing.

use flate2::{Compression, write::GzEncoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::io::{self, Write};
use std::path::Path;
use zonetext::write::Format;

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    Gzip,
    Zstd,
}

/// Endings that say a form.
const FORMS: [(&str, Format); 4] =
    [("txt", Format::Text), ("md", Format::Markdown), ("json", Format::Json), ("jsonl", Format::Jsonl)];

/// Endings behind these that say a packing.
const PACKINGS: [(&str, Packing); 2] = [("gz", Packing::Gzip), ("zst", Packing::Zstd)];

/// The form and the packing that a file's name says; nothing where it is a folder's, or says none.
pub fn named(path: &Path) -> Option<(Format, Option<Packing>)> {
    if path.as_os_str().as_encoded_bytes().ends_with(b"/") || path.is_dir() {
        return None;
    }
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let ending = |name: &str| name.rsplit_once('.').map(|(bare, ending)| (bare.to_owned(), ending.to_owned()));
    let (bare, last) = ending(&name)?;
    let packing = PACKINGS.iter().find(|(ending, _)| *ending == last).map(|(_, packing)| *packing);
    let form = if packing.is_some() { ending(&bare)?.1 } else { last };
    FORMS.iter().find(|(ending, _)| *ending == form).map(|(_, format)| (*format, packing))
}

impl Packing {
    /// A member of its own, so that a file can be written piece by piece; readers join them.
    pub fn packed(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Packing::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
                encoder.write_all(bytes)?;
                encoder.finish()
            }
            Packing::Zstd => Ok(compress_to_vec(bytes, CompressionLevel::Fastest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_form_and_packing_or_nothing() {
        let said = |name: &str| named(Path::new(name));
        assert_eq!(said("a/all.JSONL"), Some((Format::Jsonl, None)));
        assert_eq!(said("all.jsonl.gz"), Some((Format::Jsonl, Some(Packing::Gzip))));
        assert_eq!(said("b.md.zst"), Some((Format::Markdown, Some(Packing::Zstd))));
        for name in ["out", "out.d", "x.gz", "x.html", "a.txt/", ".", "src"] {
            assert_eq!(said(name), None, "{name}");
        }
    }
}
