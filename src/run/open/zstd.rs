//! Zstandard frames, one after another, with the dictionary that an archive may bring along.
//!
//! The dictionary stands in a skippable frame of its own before all others (the WARC/Zstandard convention of the International Internet
//! Preservation Consortium), packed or not.

use super::raw::Raw;
use super::{CHUNK, ZSTD, begins, invalid};
use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};
use std::io::{self, BufRead, Read};

/// Skippable frames begin with 0x184D2A50 to 0x184D2A5F, little-endian; the dictionary is in number 13.
const SKIPPABLE: &[u8] = b"\x2a\x4d\x18";
const DICTIONARY: u8 = 0x5d;

/// A dictionary of more bytes is none.
const MOST: usize = 16 << 20;

/// Memory that a frame may ask for: the format's own recommendation is 8 MiB, `--ultra` and `--long` go to 128 MiB.
const WINDOW: u64 = 128 << 20;

/// The decoder of all frames of an input.
pub struct Frames {
    decoder: FrameDecoder,
    dictionary: Option<u32>,
    /// Bytes of a skippable frame that are still to be skipped.
    skip: Option<u64>,
}

impl Default for Frames {
    fn default() -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Frames { decoder, dictionary: None, skip: None }
    }
}

/// The next frame is to be skipped by those who do not know it.
pub fn is_skippable(raw: &mut Raw) -> io::Result<bool> {
    Ok(matches!(raw.peek(1)?.first(), Some(0x50..=0x5f)) && raw.peek(4)?.get(1..4) == Some(SKIPPABLE))
}

impl Frames {
    /// Begins a frame; `false` if there is none here.
    pub fn begin(&mut self, raw: &mut Raw) -> io::Result<bool> {
        if is_skippable(raw)? {
            self.skip = Some(self.skippable(raw)?);
            return Ok(true);
        }
        if !begins(raw, ZSTD)? {
            return Ok(false);
        }
        self.skip = None;
        self.decoder.init(&mut *raw).map_err(|error| invalid(told(&error)))?;
        match self.dictionary {
            Some(id) => self.decoder.force_dict(id).map_err(|e| invalid(e.to_string())).map(|()| true),
            None => Ok(true),
        }
    }

    /// Unpacks a little more of a frame into `out`; `true` at its end.
    pub fn unpack(&mut self, raw: &mut Raw, out: &mut Vec<u8>) -> io::Result<bool> {
        if let Some(left) = self.skip {
            let step = (raw.fill_buf()?.len() as u64).min(left);
            raw.consume(step as usize);
            self.skip = Some(left - step);
            return Ok(left == step || step == 0);
        }
        let broken = |e: &dyn std::fmt::Display| invalid(format!("the zstd frame is broken: {e}"));
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            self.decoder.decode_blocks(&mut *raw, BlockDecodingStrategy::UptoBlocks(1)).map_err(|e| broken(&e))?;
        }
        let start = out.len();
        out.resize(start + self.decoder.can_collect().min(CHUNK), 0);
        let read = self.decoder.read(&mut out[start..]).map_err(|e| broken(&e))?;
        out.truncate(start + read);
        let ended = self.decoder.is_finished() && self.decoder.can_collect() == 0;
        let sums = (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum());
        match sums {
            (Some(said), Some(is)) if ended && said != is => Err(broken(&"its checksum differs")),
            _ => Ok(ended),
        }
    }

    /// Reads the head of a skippable frame, and the dictionary if that is what it holds. What is left of it to skip.
    fn skippable(&mut self, raw: &mut Raw) -> io::Result<u64> {
        let head = raw.peek(8)?;
        let (kind, size) = match head {
            [kind, _, _, _, a, b, c, d, ..] => (*kind, u32::from_le_bytes([*a, *b, *c, *d])),
            _ => return Err(invalid("a zstd frame breaks off".to_owned())),
        };
        raw.consume(8);
        if kind != DICTIONARY || self.dictionary.is_some() || size as usize > MOST {
            return Ok(size.into());
        }
        let mut bytes = Vec::new();
        raw.by_ref().take(size.into()).read_to_end(&mut bytes)?;
        if bytes.starts_with(ZSTD) {
            bytes = unpacked(&bytes)?;
        }
        let dictionary = Dictionary::decode_dict(&bytes).map_err(|e| invalid(format!("the zstd dictionary: {e}")))?;
        self.dictionary = Some(dictionary.id);
        self.decoder.add_dict(dictionary).map_err(|e| invalid(e.to_string()))?;
        Ok(0)
    }
}

/// Why a frame cannot be begun, and what helps where it is sound.
fn told(error: &FrameDecoderError) -> String {
    match error {
        FrameDecoderError::WindowSizeTooBig { requested, .. } => format!(
            "the zstd frame needs {} MB of memory, more than {} (unpack it first: zstd -d --long=31)",
            requested >> 20,
            WINDOW >> 20
        ),
        FrameDecoderError::DictNotProvided { dict_id } => {
            format!(
                "the zstd frame needs dictionary {dict_id}, which is not in the file (unpack it first: zstd -d -D DICTIONARY)"
            )
        }
        error => format!("the zstd frame is broken: {error}"),
    }
}

fn unpacked(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let decoder = ruzstd::decoding::StreamingDecoder::new(bytes).map_err(|e| invalid(e.to_string()))?;
    let mut whole = Vec::new();
    decoder.take(MOST as u64).read_to_end(&mut whole).map_err(|e| invalid(format!("the zstd dictionary: {e}")))?;
    Ok(whole)
}
