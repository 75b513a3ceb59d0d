//! Lines with their marks, and the folded view in which rules look at them.
//!
//! Folding makes one spelling of many, so that a rule is written once: full-width ASCII and punctuation become half-width, Latin
//! letters lower case, the Traditional characters that occur in rules become Simplified, and pinyin in brackets after a Chinese
//! character (mirror pages write 來(lái)源) is passed over. Each folded character knows where it came from.

use super::pieces::is_blank;
use std::ops::Range;
use std::sync::LazyLock;

/// The mark at the start of a line, which is not part of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    None,
    Heading,
    Item,
    Quote,
    Row,
    Code,
}

/// A line that is not blank.
#[derive(Debug)]
pub struct Line<'a> {
    /// Trimmed, without its mark and Markdown leftovers.
    pub text: &'a str,
    pub mark: Mark,
    /// Code points of `text`.
    pub chars: usize,
    /// A sentence or more: long enough, with a comma or a stop in it.
    pub prose: bool,
    pub folded: Folded,
}

impl Line<'_> {
    /// Ends like a finished sentence, closing quotes and brackets passed over.
    pub fn finished(&self) -> bool {
        let bare = self.text.trim_end_matches(['”', '’', '」', '』', '）', ')', '"', '】', ' ']);
        bare.ends_with(['。', '！', '？', '…', '!', '?', '.', '：', ':', ';', '；'])
    }

    /// The text that stands where a part of the folded view does.
    pub fn original(&self, part: Range<usize>) -> &str {
        let from = self.folded.at(part.start);
        let to = self.folded.at(part.end);
        self.text.get(from..to).unwrap_or_default()
    }
}

/// A folded line; very long ones only by their first and last stretch, where labels stand.
#[derive(Debug, Default)]
pub struct Folded {
    pub text: String,
    /// Where a stretch begins that was copied byte for byte or is one folded character: in `text`, and in the line.
    stretches: Vec<(u32, u32)>,
}

impl Folded {
    /// The byte of the line where the character stands that gave byte `byte` of `text`.
    fn at(&self, byte: usize) -> usize {
        let after = self.stretches.partition_point(|(folded, _)| *folded as usize <= byte);
        let (folded, line) = after.checked_sub(1).and_then(|at| self.stretches.get(at)).copied().unwrap_or_default();
        line as usize + byte - folded as usize
    }

    /// What is added next stands at byte `at` of the line.
    fn begin(&mut self, at: usize) {
        self.stretches.push((self.text.len() as u32, at as u32));
    }
}

/// Rules look for labels at the beginning and end of a line; between them nothing is folded.
const ENDS: usize = 400;

impl<'a> Line<'a> {
    /// A line with the mark that it had.
    pub fn new(text: &'a str, mark: Mark) -> Line<'a> {
        let chars = text.chars().count();
        let prose = mark != Mark::Code && is_prose(text, chars);
        Line { text, mark, chars, prose, folded: fold(text) }
    }
}

/// At least 25 characters (Latin words count a third of their letters) with a comma or stop inside.
fn is_prose(text: &str, chars: usize) -> bool {
    let latin = text.bytes().filter(u8::is_ascii_alphabetic).count();
    let weight = chars - latin * 2 / 3;
    weight >= 25 && text.contains(['，', '。', '、', '；', '！', '？', ',', '.', ';', '!', '?', '：'])
}

fn fold(text: &str) -> Folded {
    let mut folded = Folded::default();
    let far = text.len() > 3 * ENDS;
    let head = if far { text.floor_char_boundary(ENDS) } else { text.len() };
    folded.text.reserve(if far { 2 * ENDS + 8 } else { text.len() });
    fold_into(&mut folded, &text[..head], 0);
    if far {
        let tail = text.ceil_char_boundary(text.len() - ENDS);
        // A character no rule has, so that nothing matches across the gap.
        folded.begin(head);
        folded.text.push('\u{1}');
        fold_into(&mut folded, &text[tail..], tail);
    }
    folded.begin(text.len());
    folded
}

/// Folds a stretch of a line that begins at byte `base` of it. What folding does not change is copied in one piece.
fn fold_into(folded: &mut Folded, text: &str, base: usize) {
    let mut chars = text.char_indices();
    let (mut from, mut after_han) = (0, false);
    folded.begin(base);
    while let Some((at, c)) = chars.next() {
        let next = at + c.len_utf8();
        let annotated = if after_han && matches!(c, '(' | '（') {
            annotation(&text[next..]).map(|length| next + length)
        } else {
            None
        };
        let plain = if annotated.is_some() { None } else { Some(folded_char(c)) };
        let again = plain == Some(' ') && at == from && folded.text.ends_with(' ')
            || plain == Some(' ') && at > from && text[from..at].ends_with(' ');
        if plain == Some(c) && !again {
            after_han = is_han(c);
            continue;
        }
        folded.text.push_str(&text[from..at]);
        from = next;
        if let Some(end) = annotated {
            while chars.offset() < end {
                chars.next();
            }
            from = end;
        } else if let Some(plain) = plain.filter(|_| !again) {
            after_han = is_han(c);
            folded.begin(base + at);
            folded.text.push(plain);
        } else {
            after_han = false;
        }
        folded.begin(base + from);
    }
    folded.text.push_str(&text[from..]);
}

/// Length in bytes of a pinyin syllable and its closing bracket, where the text begins with them.
fn annotation(rest: &str) -> Option<usize> {
    let close = rest.char_indices().take(8).find(|(_, c)| matches!(c, ')' | '）'))?;
    let syllable = &rest[..close.0];
    let toned = |c: char| c.is_ascii_lowercase() || "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ".contains(c);
    (!syllable.is_empty() && syllable.chars().all(toned)).then_some(close.0 + close.1.len_utf8())
}

/// A Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn folded_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c).to_ascii_lowercase(),
        c if is_blank(c) => ' ',
        '﹕' | '︰' | '∶' => ':',
        '»' | '›' | '→' => '>',
        c if c.is_ascii() => c.to_ascii_lowercase(),
        c => simplified(c),
    }
}

/// Traditional forms (OpenCC's STCharacters) of the Simplified characters that occur in the rules, sorted. Not a conversion: only a way to
/// write each rule once. The room of tables checks that none is missing.
pub const TRADITIONAL: &[(char, char)] = &[
    ('佈', '布'),
    ('來', '来'),
    ('係', '系'),
    ('們', '们'),
    ('備', '备'),
    ('傢', '家'),
    ('傳', '传'),
    ('僅', '仅'),
    ('儲', '储'),
    ('內', '内'),
    ('兩', '两'),
    ('冊', '册'),
    ('別', '别'),
    ('刪', '删'),
    ('則', '则'),
    ('創', '创'),
    ('動', '动'),
    ('務', '务'),
    ('參', '参'),
    ('員', '员'),
    ('噹', '当'),
    ('嚮', '向'),
    ('嚴', '严'),
    ('圖', '图'),
    ('報', '报'),
    ('場', '场'),
    ('實', '实'),
    ('審', '审'),
    ('寫', '写'),
    ('專', '专'),
    ('對', '对'),
    ('廣', '广'),
    ('彆', '别'),
    ('彔', '录'),
    ('後', '后'),
    ('復', '复'),
    ('戶', '户'),
    ('掃', '扫'),
    ('擊', '击'),
    ('攝', '摄'),
    ('數', '数'),
    ('於', '于'),
    ('時', '时'),
    ('暫', '暂'),
    ('曏', '向'),
    ('書', '书'),
    ('條', '条'),
    ('業', '业'),
    ('構', '构'),
    ('標', '标'),
    ('機', '机'),
    ('檯', '台'),
    ('欄', '栏'),
    ('權', '权'),
    ('歡', '欢'),
    ('歲', '岁'),
    ('歸', '归'),
    ('氣', '气'),
    ('滾', '滚'),
    ('瀏', '浏'),
    ('無', '无'),
    ('熱', '热'),
    ('營', '营'),
    ('爲', '为'),
    ('獨', '独'),
    ('現', '现'),
    ('畢', '毕'),
    ('當', '当'),
    ('發', '发'),
    ('監', '监'),
    ('瞭', '了'),
    ('確', '确'),
    ('碼', '码'),
    ('節', '节'),
    ('簡', '简'),
    ('簽', '签'),
    ('籤', '签'),
    ('糾', '纠'),
    ('約', '约'),
    ('細', '细'),
    ('絡', '络'),
    ('給', '给'),
    ('經', '经'),
    ('維', '维'),
    ('網', '网'),
    ('綵', '彩'),
    ('編', '编'),
    ('繫', '系'),
    ('繼', '继'),
    ('續', '续'),
    ('習', '习'),
    ('聞', '闻'),
    ('聯', '联'),
    ('聲', '声'),
    ('聽', '听'),
    ('臺', '台'),
    ('與', '与'),
    ('興', '兴'),
    ('舉', '举'),
    ('萬', '万'),
    ('蒐', '搜'),
    ('蓆', '席'),
    ('蔘', '参'),
    ('薦', '荐'),
    ('處', '处'),
    ('號', '号'),
    ('衆', '众'),
    ('衕', '同'),
    ('製', '制'),
    ('複', '复'),
    ('覆', '复'),
    ('覈', '核'),
    ('見', '见'),
    ('視', '视'),
    ('覽', '览'),
    ('觀', '观'),
    ('訊', '讯'),
    ('記', '记'),
    ('設', '设'),
    ('許', '许'),
    ('訴', '诉'),
    ('註', '注'),
    ('証', '证'),
    ('評', '评'),
    ('詞', '词'),
    ('話', '话'),
    ('該', '该'),
    ('詳', '详'),
    ('說', '说'),
    ('請', '请'),
    ('論', '论'),
    ('謝', '谢'),
    ('證', '证'),
    ('讀', '读'),
    ('讚', '赞'),
    ('負', '负'),
    ('責', '责'),
    ('資', '资'),
    ('賙', '周'),
    ('賞', '赏'),
    ('贊', '赞'),
    ('載', '载'),
    ('輯', '辑'),
    ('轉', '转'),
    ('迴', '回'),
    ('週', '周'),
    ('還', '还'),
    ('郵', '邮'),
    ('鄭', '郑'),
    ('錄', '录'),
    ('錢', '钱'),
    ('錯', '错'),
    ('錶', '表'),
    ('鍊', '链'),
    ('鍵', '键'),
    ('鏈', '链'),
    ('長', '长'),
    ('門', '门'),
    ('閉', '闭'),
    ('開', '开'),
    ('間', '间'),
    ('閤', '合'),
    ('閱', '阅'),
    ('關', '关'),
    ('險', '险'),
    ('電', '电'),
    ('頁', '页'),
    ('頂', '顶'),
    ('頻', '频'),
    ('題', '题'),
    ('類', '类'),
    ('風', '风'),
    ('颱', '台'),
    ('饋', '馈'),
    ('體', '体'),
    ('髮', '发'),
    ('麪', '面'),
    ('點', '点'),
    ('齣', '出'),
];

/// One bit for the lower half of the code point of each character of [`TRADITIONAL`].
static MAY_BE: LazyLock<[u64; 1024]> = LazyLock::new(|| {
    let mut bits = [0; 1024];
    TRADITIONAL.iter().for_each(|(c, _)| bits[*c as usize >> 6 & 1023] |= 1 << (*c as u32 & 63));
    bits
});

fn simplified(c: char) -> char {
    if MAY_BE[c as usize >> 6 & 1023] >> (c as u32 & 63) & 1 == 0 {
        return c;
    }
    TRADITIONAL.binary_search_by_key(&c, |row| row.0).map_or(c, |place| TRADITIONAL[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folded_part_leads_back_to_the_original() {
        let line = Line::new("來(lái)源：【揚(yáng)州發(fā)布】", Mark::None);
        assert_eq!(line.folded.text, "来源:【揚州发布】");
        let from = line.folded.text.find('揚').expect("it is there");
        let to = line.folded.text.find('】').expect("it is there");
        assert_eq!(line.original(from..to), "揚(yáng)州發(fā)布");
    }

    #[test]
    fn the_table_is_sorted_for_the_binary_search() {
        assert!(TRADITIONAL.is_sorted_by_key(|row| row.0));
    }

    #[test]
    fn brackets_that_hold_no_syllable_stay() {
        assert_eq!(fold("中国(CNN)报道(摘要)").text, "中国(cnn)报道(摘要)");
    }
}
