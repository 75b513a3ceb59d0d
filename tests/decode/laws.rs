//! Laws: total, cheap where nothing is wrong, one bad byte costs no more than it must, no rubbish from what is no text.

use super::kinds::html;
use super::{Numbers, decode, encode, texts};
use encoding_rs::*;
use std::borrow::Cow;

#[test]
fn clean_utf8_is_borrowed() {
    let page = html(texts::HANS, "<meta charset=\"utf-8\">");
    let decoded = zonetext::decode::decode(page.as_bytes(), &Default::default());
    assert!(matches!(decoded.text, Cow::Borrowed(_)));
    assert_eq!((decoded.found.charset, decoded.found.undecodable), ("utf-8", 0));
}

#[test]
fn any_bytes_give_text_without_zeros() {
    let mut numbers = Numbers(7);
    let pages: Vec<Vec<u8>> = [UTF_8, GBK, UTF_16LE]
        .iter()
        .map(|encoding| encode(&html(texts::HANS, "<meta charset=\"gbk\">"), encoding))
        .chain([encode(&html(texts::HANT, ""), BIG5), encode(texts::JAPANESE[0], ISO_2022_JP), b"~{VPND~}".to_vec()])
        .collect();
    for turn in 0..600 {
        let mut bytes = numbers.pick(&pages).clone();
        for _ in 0..numbers.below(30) {
            let at = numbers.below(bytes.len());
            match numbers.below(4) {
                0 => drop(bytes.remove(at)),
                1 => bytes.insert(at, numbers.below(256) as u8),
                2 => bytes[at] = numbers.below(256) as u8,
                _ => bytes.truncate(at.max(2)),
            }
            if bytes.is_empty() {
                break;
            }
        }
        let (text, _) = decode(&bytes);
        assert!(!text.contains('\0') && !text.contains('\u{feff}'), "turn {turn}");
    }
}

#[test]
fn what_is_no_text_gives_none() {
    let mut numbers = Numbers(3);
    let noise: Vec<u8> = (0..20_000).map(|_| numbers.below(256) as u8).collect();
    let png = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0".as_slice(), &noise].concat();
    let zip = [b"PK\x03\x04\x14\0\0\0\x08\0".as_slice(), &noise].concat();
    for bytes in [noise.clone(), png, zip, noise[..200].to_vec()] {
        let (text, found) = decode(&bytes);
        assert!(found.binary && text.is_empty(), "{found:?}");
        assert_eq!(found.undecodable, bytes.len());
        assert!(!found.evidence.is_empty());
    }
}

#[test]
fn a_byte_anywhere_lost_costs_one_character() {
    for (lines, encoding) in [(texts::HANS, GBK), (texts::HANT, BIG5), (texts::HANS, UTF_8)] {
        let page = html(&lines[..4], "");
        let bytes = encode(&page, encoding);
        let places: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at] >= 0x80).collect();
        let (mut kept, mut all) = (0, 0);
        for &at in &places {
            let mut cut = bytes.clone();
            cut.remove(at);
            let (text, _) = decode(&cut);
            // Three characters at most may differ from the truth: the lost one, and a neighbour that read as well.
            let same = page.chars().zip(text.chars()).take_while(|(a, b)| a == b).count()
                + page.chars().rev().zip(text.chars().rev()).take_while(|(a, b)| a == b).count();
            kept += usize::from(same + 3 >= page.chars().count());
            all += 1;
        }
        let rate = kept as f64 / all as f64;
        println!("{}: {rate:.3} of {all} lost bytes cost three characters at most", encoding.name());
        assert!(rate >= 0.95, "{} {rate}", encoding.name());
    }
}

#[test]
fn what_was_told_wins_where_the_bytes_allow() {
    let told = |label| zonetext::decode::Options { charset: zonetext::decode::label(label).ok(), ..Default::default() };
    let bytes = encode("naïve café, à bientôt", WINDOWS_1252);
    let decoded = zonetext::decode::decode(&bytes, &told("macintosh"));
    assert_ne!(decoded.found.charset, "macintosh", "{:?}", decoded.found);
    let decoded = zonetext::decode::decode(&bytes, &told("latin1"));
    assert_eq!((decoded.found.charset, decoded.found.from), ("windows-1252", zonetext::decode::From::Flag));
    let bytes = encode(texts::HANS[0], GBK);
    let decoded = zonetext::decode::decode(&bytes, &told("utf-8"));
    assert_eq!((decoded.text.as_ref(), decoded.found.from), (texts::HANS[0], zonetext::decode::From::Content));
}

#[test]
fn odd_labels_are_known() {
    for (label, encoding) in [
        ("gb_2312-80", GB18030),
        ("x-gbk", GB18030),
        ("GB2312", GB18030),
        ("gb18030-2022", GB18030),
        ("cp936", GB18030),
        ("utf8", UTF_8),
        ("utf-8mb4", UTF_8),
        ("big-5", BIG5),
        ("Big5-HKSCS", BIG5),
        ("x-sjis", SHIFT_JIS),
        ("\"charset=gb2312\"", GB18030),
        ("latin1", WINDOWS_1252),
        ("cp1251", WINDOWS_1251),
        ("iso8859_2", ISO_8859_2),
    ] {
        assert_eq!(zonetext::decode::label(label).ok(), Some(encoding), "{label}");
    }
    assert_eq!(zonetext::decode::label("hz-gb-2312").ok(), Some(REPLACEMENT));
    assert!(zonetext::decode::label("klingon").is_err());
}

#[test]
fn long_hostile_bytes_take_their_time_once() {
    // Each was quadratic in some decoder: no break for 2 MB, a bad byte in every word, UTF-8 and GBK by turns.
    let turns = [encode("中文", GBK), "中文".as_bytes().to_vec(), b" ".to_vec()].concat();
    for unit in
        [b"\xff".to_vec(), b"\xb0\xa1\xff".to_vec(), b"\x81".to_vec(), turns, b"\xe4\xb8 ".to_vec(), b"~{".to_vec()]
    {
        let bytes: Vec<u8> = unit.iter().copied().cycle().take(1 << 20).collect();
        let start = std::time::Instant::now();
        let _ = decode(&bytes);
        assert!(start.elapsed().as_secs() < 10, "{unit:?}: {:?}", start.elapsed());
    }
}

/// Each hole is a U+FFFD of the text with the bytes that are left, in order; clean pages have none.
#[test]
fn holes_tell_the_bytes_that_are_left() {
    for (lines, encoding) in
        [(texts::HANS, GBK), (texts::HANT, BIG5), (texts::JAPANESE, SHIFT_JIS), (texts::HANS, UTF_8)]
    {
        let bytes = encode(&html(lines, ""), encoding);
        let clean = zonetext::decode::decode(&bytes, &Default::default());
        assert!(clean.holes.is_empty(), "{}", encoding.name());
        let mut numbers = Numbers(11);
        for _ in 0..60 {
            let mut cut = bytes.clone();
            for _ in 0..1 + numbers.below(4) {
                let high: Vec<usize> = (0..cut.len()).filter(|&at| cut[at] >= 0x80).collect();
                cut.remove(*numbers.pick(&high));
            }
            let decoded = zonetext::decode::decode(&cut, &Default::default());
            let left: usize = decoded.holes.iter().map(|hole| hole.bytes().len()).sum();
            assert_eq!(left, decoded.found.undecodable);
            assert!(decoded.holes.is_sorted_by_key(|hole| hole.at));
            for hole in &decoded.holes {
                assert!(decoded.text[hole.at..].starts_with('\u{fffd}'), "{hole:?}");
                assert!(cut.windows(hole.bytes().len()).any(|bytes| bytes == hole.bytes()), "{hole:?}");
            }
        }
    }
}

#[test]
fn holes_stand_where_they_are_when_stray_marks_are_gone() {
    let bytes =
        [b"\xef\xbb\xbf", "今天\u{feff}天气".as_bytes(), b"\xe5\xbe ", "\u{feff}很好".as_bytes(), b"\xe5 "].concat();
    let decoded = zonetext::decode::decode(&bytes, &Default::default());
    let holes: Vec<_> = decoded.holes.iter().map(|hole| (hole.at, hole.bytes())).collect();
    assert_eq!(decoded.text, "今天天气\u{fffd} 很好\u{fffd} ");
    assert_eq!(holes, [(12, b"\xe5\xbe".as_slice()), (22, b"\xe5")]);
}

#[test]
fn a_page_of_holes_tells_of_some() {
    let bytes = [encode("今天天气很好。\n", GBK), b"\xff \xd6 ".to_vec()].concat().repeat(60_000);
    let decoded = zonetext::decode::decode(&bytes, &Default::default());
    assert_eq!((decoded.found.undecodable, decoded.holes.len()), (120_000, 1 << 16));
}
