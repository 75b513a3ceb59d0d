//! What class names and ids say an element is.
//!
//! In: the values of `class`, `id` and `role`. Out: a set of [`Words`] bits. The answers of the last few hundred values
//! are kept, since a page repeats its class names.

use crate::extract::needles::Needles;
use std::sync::LazyLock;

/// A set of word classes, one bit each.
pub type Words = u32;

pub const NAV: Words = 1;
pub const FOOT: Words = 1 << 1;
pub const HEAD: Words = 1 << 2;
pub const SIDE: Words = 1 << 3;
pub const COMMENT: Words = 1 << 4;
pub const RELATED: Words = 1 << 5;
pub const SHARE: Words = 1 << 6;
pub const ADVERT: Words = 1 << 7;
pub const META: Words = 1 << 8;
pub const FORM: Words = 1 << 9;
pub const CAPTION: Words = 1 << 10;
pub const BODY: Words = 1 << 11;
pub const ARTICLE: Words = 1 << 12;
pub const CONTENT: Words = 1 << 13;
pub const TITLE: Words = 1 << 14;
pub const SUMMARY: Words = 1 << 15;
pub const FORUM: Words = 1 << 16;
pub const LIST: Words = 1 << 17;
pub const PRODUCT: Words = 1 << 18;
pub const HIDDEN: Words = 1 << 19;
pub const TAGS: Words = 1 << 20;
pub const AUTHOR: Words = 1 << 21;
pub const DATE: Words = 1 << 22;
pub const SITE: Words = 1 << 23;
/// What lies over the page: dialogs, consent to cookies, and what search engines are told not to show.
pub const NOTICE: Words = 1 << 24;
/// A link that belongs to a heading and not to its text: MediaWiki's [编辑].
pub const SECTION_EDIT: Words = 1 << 25;
/// A link of a heading to itself: Sphinx's ¶, VuePress's #. Newer programs put the heading's words into it.
pub const HEADING_LINK: Words = 1 << 26;

/// Number of word classes that the forests ask about: all but [`NOTICE`], [`SECTION_EDIT`] and
/// [`HEADING_LINK`], which decide by themselves.
pub const CLASSES: usize = 24;

/// A word, whether it must stand by itself (between separators, digits or a change of case), and what it says.
const WORDS: &[(&str, bool, Words)] = &[
    ("nav", true, NAV),
    ("navi", true, NAV),
    ("navbar", false, NAV),
    ("navigation", false, NAV),
    ("topnav", false, NAV),
    ("subnav", false, NAV),
    ("menu", false, NAV),
    ("crumb", false, NAV),
    ("daohang", false, NAV),
    ("pagination", false, NAV),
    ("pager", false, NAV),
    ("pagebar", false, NAV),
    ("pages", true, NAV),
    ("paging", false, NAV),
    ("channel", false, NAV),
    ("location", false, NAV),
    ("position", true, NAV),
    ("toolbar", false, NAV | SHARE),
    ("toc", true, NAV),
    ("tabs", true, NAV),
    ("skip", true, NAV),
    ("footer", false, FOOT),
    ("foot", true, FOOT),
    ("bottom", false, FOOT),
    ("copyright", false, FOOT),
    ("colophon", false, FOOT),
    ("disclaimer", false, FOOT),
    ("statement", false, FOOT),
    ("header", false, HEAD),
    ("head", true, HEAD),
    ("masthead", false, HEAD),
    ("topbar", false, HEAD | NAV),
    ("banner", false, HEAD | ADVERT),
    ("logo", false, HEAD),
    ("top", true, HEAD),
    ("sidebar", false, SIDE),
    ("side", true, SIDE),
    ("aside", false, SIDE),
    ("right", true, SIDE),
    ("left", true, SIDE),
    ("rightcol", false, SIDE),
    ("leftcol", false, SIDE),
    ("rail", true, SIDE),
    ("widget", false, SIDE),
    ("comment", false, COMMENT),
    ("comments", false, COMMENT),
    ("pinglun", false, COMMENT),
    ("disqus", false, COMMENT),
    ("discuss", false, COMMENT),
    ("respond", true, COMMENT),
    ("feedback", false, COMMENT),
    ("review", false, COMMENT),
    ("guestbook", false, COMMENT),
    ("related", false, RELATED),
    ("relate", false, RELATED),
    ("relation", false, RELATED),
    ("relevant", false, RELATED),
    ("recommend", false, RELATED),
    ("recomm", false, RELATED),
    ("tuijian", false, RELATED),
    ("xiangguan", false, RELATED),
    ("paihang", false, RELATED),
    ("rank", false, RELATED),
    ("ranking", false, RELATED),
    ("popular", false, RELATED),
    ("trending", false, RELATED),
    ("latest", false, RELATED),
    ("more", true, RELATED),
    ("hot", true, RELATED),
    ("next", true, RELATED | NAV),
    ("prev", true, RELATED | NAV),
    ("previous", false, RELATED | NAV),
    ("also", true, RELATED),
    ("teaser", false, RELATED),
    ("outbrain", false, RELATED | ADVERT),
    ("taboola", false, RELATED | ADVERT),
    ("upsell", false, RELATED),
    ("similar", false, RELATED),
    ("carousel", false, RELATED),
    ("share", false, SHARE),
    ("social", false, SHARE),
    ("bdshare", false, SHARE),
    ("jiathis", false, SHARE),
    ("fenxiang", false, SHARE),
    ("weibo", false, SHARE),
    ("wechat", false, SHARE),
    ("weixin", false, SHARE),
    ("qrcode", false, SHARE),
    ("erweima", false, SHARE),
    ("follow", false, SHARE),
    ("sns", true, SHARE),
    ("tool", true, SHARE),
    ("tools", true, SHARE),
    ("print", true, SHARE),
    ("favorite", false, SHARE),
    ("vote", false, SHARE),
    ("like", true, SHARE),
    ("action", false, SHARE),
    ("actions", false, SHARE),
    ("ad", true, ADVERT),
    ("ads", true, ADVERT),
    ("adv", true, ADVERT),
    ("advert", false, ADVERT),
    ("adsense", false, ADVERT),
    ("adsbygoogle", false, ADVERT),
    ("gg", true, ADVERT),
    ("guanggao", false, ADVERT),
    ("sponsor", false, ADVERT),
    ("promo", false, ADVERT),
    ("promotion", false, ADVERT),
    ("dfp", true, ADVERT),
    ("cta", true, ADVERT),
    ("paywall", false, ADVERT | FORM),
    ("meta", true, META),
    ("info", false, META),
    ("bar", true, META),
    ("byline", false, META | AUTHOR),
    ("author", false, AUTHOR),
    ("zuozhe", false, AUTHOR),
    ("writer", false, AUTHOR),
    ("username", false, AUTHOR),
    ("nickname", false, AUTHOR),
    ("user", true, AUTHOR),
    ("avatar", false, AUTHOR),
    ("editor", true, META),
    ("bianji", false, META),
    ("profile", false, AUTHOR),
    ("date", true, DATE),
    ("pubdate", false, DATE),
    ("pubtime", false, DATE),
    ("publish", false, DATE),
    ("published", false, DATE),
    ("time", true, DATE),
    ("datetime", false, DATE),
    ("timestamp", false, DATE),
    ("source", false, SITE),
    ("laiyuan", false, SITE),
    ("origin", true, SITE),
    ("tag", true, TAGS),
    ("tags", false, TAGS),
    ("keyword", false, TAGS),
    ("category", false, TAGS),
    ("categories", false, TAGS),
    ("label", true, TAGS),
    ("login", false, FORM),
    ("signin", false, FORM),
    ("signup", false, FORM),
    ("register", false, FORM),
    ("search", false, FORM),
    ("subscribe", false, FORM),
    ("newsletter", false, FORM),
    ("form", true, FORM),
    ("modal", false, FORM),
    ("popup", false, FORM),
    ("mw-editsection", false, SECTION_EDIT),
    ("headerlink", true, HEADING_LINK),
    ("header-anchor", false, HEADING_LINK),
    ("heading-anchor", false, HEADING_LINK),
    ("anchor-link", true, HEADING_LINK),
    ("cookie", false, FORM | NOTICE),
    ("consent", false, FORM | NOTICE),
    ("onetrust", false, FORM | NOTICE),
    ("gdpr", false, FORM | NOTICE),
    ("didomi", false, FORM | NOTICE),
    ("usercentrics", false, FORM | NOTICE),
    ("cmplz", false, FORM | NOTICE),
    ("iubenda", false, FORM | NOTICE),
    ("dialog", false, FORM),
    ("overlay", false, FORM),
    ("tooltip", false, FORM),
    ("dropdown", false, FORM | NAV),
    ("filter", false, FORM),
    ("sort", true, FORM),
    ("facet", false, FORM),
    ("caption", false, CAPTION),
    ("photo", false, CAPTION),
    ("image", false, CAPTION),
    ("img", true, CAPTION),
    ("pic", true, CAPTION),
    ("picture", false, CAPTION),
    ("gallery", false, CAPTION),
    ("thumb", false, CAPTION),
    ("slide", false, CAPTION),
    ("slider", false, CAPTION),
    ("swiper", false, CAPTION | RELATED),
    ("video", false, CAPTION),
    ("player", false, CAPTION),
    ("credit", false, CAPTION),
    ("articlebody", false, BODY),
    ("article-body", false, BODY),
    ("article_body", false, BODY),
    ("articlecontent", false, BODY),
    ("article-content", false, BODY),
    ("article_content", false, BODY),
    ("articletext", false, BODY),
    ("article-text", false, BODY),
    ("articlecont", false, BODY),
    ("entry-content", false, BODY),
    ("entry_content", false, BODY),
    ("post-content", false, BODY),
    ("post_content", false, BODY),
    ("postcontent", false, BODY),
    ("post-body", false, BODY),
    ("postbody", false, BODY),
    ("post_body", false, BODY),
    ("story-body", false, BODY),
    ("story_body", false, BODY),
    ("storybody", false, BODY),
    ("js_content", false, BODY),
    ("rich_media_content", false, BODY),
    ("artibody", false, BODY),
    ("endtext", false, BODY),
    ("trs_editor", false, BODY),
    ("zhengwen", false, BODY),
    ("neirong", false, BODY),
    ("newscontent", false, BODY),
    ("news-content", false, BODY),
    ("news_content", false, BODY),
    ("newstext", false, BODY),
    ("newsbody", false, BODY),
    ("contentbody", false, BODY),
    ("content-body", false, BODY),
    ("contenttext", false, BODY),
    ("content-text", false, BODY),
    ("maintext", false, BODY),
    ("main-text", false, BODY),
    ("maincontent", false, BODY),
    ("main-content", false, BODY),
    ("main_content", false, BODY),
    ("bodytext", false, BODY),
    ("body-text", false, BODY),
    ("textbody", false, BODY),
    ("text_area", false, BODY),
    ("textcontent", false, BODY),
    ("text-content", false, BODY),
    ("richtext", false, BODY),
    ("rich-text", false, BODY),
    ("markdown", false, BODY),
    ("rte", true, BODY),
    ("prose", true, BODY),
    ("wysiwyg", false, BODY),
    ("pgc-img", false, CAPTION),
    ("article", false, ARTICLE),
    ("artical", false, ARTICLE),
    ("story", false, ARTICLE),
    ("entry", false, ARTICLE),
    ("post", true, ARTICLE),
    ("news", true, ARTICLE),
    ("detail", false, ARTICLE),
    ("blog", false, ARTICLE),
    ("art", true, ARTICLE),
    ("content", false, CONTENT),
    ("conten", false, CONTENT),
    ("cont", true, CONTENT),
    ("con", true, CONTENT),
    ("body", false, CONTENT),
    ("text", false, CONTENT),
    ("txt", false, CONTENT),
    ("main", false, CONTENT),
    ("center", false, CONTENT),
    ("zoom", true, CONTENT),
    ("page", true, CONTENT),
    ("copy", true, CONTENT),
    ("paragraph", false, CONTENT),
    ("title", false, TITLE),
    ("headline", false, TITLE),
    ("subject", false, TITLE),
    ("biaoti", false, TITLE),
    ("heading", false, TITLE),
    ("summary", false, SUMMARY),
    ("abstract", false, SUMMARY),
    ("zhaiyao", false, SUMMARY),
    ("daodu", false, SUMMARY),
    ("digest", false, SUMMARY),
    ("lead", true, SUMMARY),
    ("intro", false, SUMMARY),
    ("excerpt", false, SUMMARY),
    ("description", false, SUMMARY),
    ("desc", true, SUMMARY),
    ("dek", true, SUMMARY),
    ("standfirst", false, SUMMARY),
    ("subtitle", false, SUMMARY),
    ("thread", false, FORUM),
    ("message", false, FORUM),
    ("posts", true, FORUM),
    ("floor", false, FORUM),
    ("topic", false, FORUM),
    ("answer", false, FORUM),
    ("question", false, FORUM),
    ("reply", false, FORUM | COMMENT),
    ("replies", false, FORUM | COMMENT),
    ("t_f", true, FORUM),
    ("postmessage", false, FORUM),
    ("cooked", true, FORUM),
    ("forum", false, FORUM),
    ("bbs", false, FORUM),
    ("usertext", false, FORUM),
    ("signature", false, META),
    ("list", false, LIST),
    ("item", false, LIST),
    ("items", false, LIST),
    ("card", false, LIST),
    ("grid", false, LIST),
    ("row", true, LIST),
    ("feed", false, LIST),
    ("result", false, LIST),
    ("product", false, PRODUCT),
    ("price", false, PRODUCT),
    ("spec", false, PRODUCT),
    ("feature", false, PRODUCT),
    ("accordion", false, PRODUCT),
    ("faq", false, PRODUCT),
    ("cart", false, PRODUCT),
    ("sku", true, PRODUCT),
    ("buy", true, PRODUCT),
    ("hide", true, HIDDEN),
    ("hidden", false, HIDDEN),
    ("none", true, HIDDEN),
    ("invisible", false, HIDDEN),
    ("sr-only", false, HIDDEN),
    ("screen-reader", false, HIDDEN),
    ("noprint", false, HIDDEN),
    ("no-print", false, HIDDEN),
];

static NEEDLES: LazyLock<Needles<(bool, Words)>> =
    LazyLock::new(|| Needles::new(WORDS.iter().map(|(word, alone, class)| (*word, (*alone, *class)))));

/// The word classes in one attribute value.
pub fn words(value: &str) -> Words {
    let mut found = 0;
    NEEDLES.each(value, value.len(), |(alone, class), start, end| {
        if !alone || stands_alone(value.as_bytes(), start, end) {
            found |= class;
        }
    });
    found
}

/// Whether the letters at `start..end` are not part of a longer word: `topNav` and `nav2` hold `nav`, `navy` does not.
fn stands_alone(bytes: &[u8], start: usize, end: usize) -> bool {
    let before = start == 0 || !bytes[start - 1].is_ascii_alphabetic() || {
        bytes[start].is_ascii_uppercase() && bytes[start - 1].is_ascii_lowercase()
    };
    let after = end == bytes.len() || !bytes[end].is_ascii_lowercase();
    before && after
}

/// The answers for the last values: a page repeats its class names.
pub struct Cache {
    slots: Vec<(u64, Words, u32)>,
}

impl Default for Cache {
    fn default() -> Self {
        Cache { slots: vec![(0, 0, 0); 1024] }
    }
}

impl Cache {
    /// The word classes of `value`, and a hash of it in which digits do not count (`post-12` is made like `post-13`).
    pub fn words(&mut self, value: &str) -> (Words, u32) {
        let hash = hash(value.as_bytes());
        let slot = &mut self.slots[(hash >> 54) as usize];
        if slot.0 != hash {
            let shape = value
                .bytes()
                .filter(|b| !b.is_ascii_digit())
                .fold(7u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
            *slot = (hash, words(value), shape);
        }
        (slot.1, slot.2)
    }
}

/// A multiplicative hash, eight bytes at a time.
pub fn hash(bytes: &[u8]) -> u64 {
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15 ^ bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = u64::from_le_bytes(chunk.try_into().expect("chunks_exact(8) gives eight bytes"));
        state = (state.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    for &byte in chunks.remainder() {
        state = (state.rotate_left(5) ^ u64::from(byte)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    state
}

/// A hash map over small keys that nobody outside chooses the order of; the default hasher costs more than the counting.
pub type Map<K, V> = std::collections::HashMap<K, V, std::hash::BuildHasherDefault<Mixer>>;

/// Multiplies and rotates; good enough for hashes and indices.
#[derive(Default)]
pub struct Mixer(u64);

impl std::hash::Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        self.write_u64(hash(bytes));
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(26) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
