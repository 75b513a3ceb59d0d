//! The HTTP response that a crawler stored: its status, the fields that say what its body is, and the body as it came over the wire.

use memchr::memmem;

/// A response. Names and values of other fields are left alone.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Response<'a> {
    /// `None` where there is no status line.
    pub status: Option<u16>,
    pub content_type: Option<String>,
    /// Codings of the body in the order they were applied, `chunked` last.
    pub codings: Vec<String>,
    pub body: &'a [u8],
}

/// Parts a block into head and body. A block without a status line is a body.
pub fn response(block: &[u8]) -> Response<'_> {
    if !block.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"http/")) {
        return Response { body: block, ..Response::default() };
    }
    let (head, body) = parted(block);
    let mut lines = head.split(|byte| *byte == b'\n');
    let status = lines.next().and_then(|line| {
        let code = line.split(|byte| *byte == b' ').find(|part| !part.is_empty() && part[0].is_ascii_digit())?;
        str::from_utf8(code.trim_ascii()).ok()?.parse().ok()
    });
    let (mut content, mut transfer, mut content_type) = (Vec::new(), Vec::new(), None);
    for line in lines {
        let Some(colon) = memchr::memchr(b':', line) else { continue };
        let value = String::from_utf8_lossy(line[colon + 1..].trim_ascii());
        let list = || value.split(',').map(|coding| coding.trim().to_ascii_lowercase()).filter(|c| !c.is_empty());
        match line[..colon].trim_ascii().to_ascii_lowercase().as_slice() {
            b"content-type" => content_type = Some(value.into_owned()),
            b"content-encoding" => content.extend(list()),
            b"transfer-encoding" => transfer.extend(list()),
            _ => {}
        }
    }
    content.extend(transfer);
    Response { status, content_type, codings: content, body }
}

/// Head and body, at the first empty line, whatever its line ends.
fn parted(block: &[u8]) -> (&[u8], &[u8]) {
    let ends = [memmem::find(block, b"\r\n\r\n").map(|at| (at, 4)), memmem::find(block, b"\n\n").map(|at| (at, 2))];
    match ends.into_iter().flatten().min() {
        Some((at, end)) => (&block[..at], &block[at + end..]),
        None => (block, &[]),
    }
}

/// The charset that a Content-Type names.
pub fn charset(content_type: &str) -> Option<&str> {
    let parameters = content_type.split(';').skip(1);
    let named = parameters.filter_map(|parameter| parameter.split_once('='));
    let mut charsets = named.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    charsets.next().map(|(_, value)| value.trim().trim_matches(['"', '\'']))
}

/// The media type of a Content-Type, in lower case.
pub fn media_type(content_type: &str) -> String {
    content_type.split([';', ',']).next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_all_sorts() {
        let block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; Charset=\"gb2312\"\r\nX: \xff\r\nContent-Encoding: gzip, br\r\n\
            transfer-encoding: Chunked\r\n\r\nbody\n\nmore";
        let found = response(block);
        assert_eq!((found.status, found.body), (Some(200), &b"body\n\nmore"[..]));
        assert_eq!(found.codings, ["gzip", "br", "chunked"]);
        assert_eq!(charset(found.content_type.as_deref().unwrap()), Some("gb2312"));
        assert_eq!(media_type("Text/HTML ;x"), "text/html");
        assert_eq!(response(b"HTTP/1.0 404\nA: b\n\nx\r\n\r\n").body, b"x\r\n\r\n");
        assert_eq!(response(b"HTTP/1.0 404\nA: b\n\nx").status, Some(404));
        assert_eq!(response(b"<html>").body, b"<html>");
        assert_eq!(response(b"HTTP/1.1 200 OK\r\nA: b").body, b"");
    }
}
