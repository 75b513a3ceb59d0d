//! The word lists of the Chinese rules. Each list says what real text made us add it.
//!
//! Lists that are looked for after a stop are sorted by first character, lists looked for before it by last character, so
//! that a look is a search by halves; the compiler checks the order.

/// Bytes of a Chinese character of the basic plane; every word here begins and ends with one.
const HAN: usize = 3;

/// Does `text` begin with a word of a list sorted by first character?
pub(super) fn begins_with(text: &str, words: &[&str]) -> bool {
    let Some(head) = first(text) else { return false };
    let from = words.partition_point(|word| first(word) < Some(head));
    words[from..].iter().take_while(|word| first(word) == Some(head)).any(|word| text.starts_with(word))
}

/// The longest word of a list sorted by last character that `text` ends with.
pub(super) fn ends_with<'a>(text: &str, words: &[&'a str]) -> Option<&'a str> {
    let tail = last(text)?;
    let from = words.partition_point(|word| last(word) < Some(tail));
    let same = words[from..].iter().take_while(|word| last(word) == Some(tail));
    same.filter(|word| text.ends_with(**word)).max_by_key(|word| word.len()).copied()
}

/// The first character as a number, in the order of its bytes.
fn first(text: &str) -> Option<u32> {
    text.as_bytes().first_chunk::<HAN>().map(|&[a, b, c]| u32::from_be_bytes([0, a, b, c]))
}

fn last(text: &str) -> Option<u32> {
    text.as_bytes().last_chunk::<HAN>().map(|&[a, b, c]| u32::from_be_bytes([0, a, b, c]))
}

/// Compares the first (or last) character of neighbours; a wrong order does not compile.
const fn in_order(words: &[&str], by_last: bool) -> bool {
    let mut i = 1;
    while i < words.len() {
        let (a, b) = (words[i - 1].as_bytes(), words[i].as_bytes());
        let (from_a, from_b) = if by_last { (a.len() - HAN, b.len() - HAN) } else { (0, 0) };
        let mut k = 0;
        while k < HAN && a[from_a + k] == b[from_b + k] {
            k += 1;
        }
        if k < HAN && a[from_a + k] > b[from_b + k] {
            return false;
        }
        i += 1;
    }
    true
}

const _: () = assert!(
    in_order(STRONG_CONTINUATIONS, false)
        && in_order(STRONG_EXCEPTIONS, false)
        && in_order(SUBJECT_CONTINUATIONS, false)
        && in_order(WEAK_CONTINUATIONS, false)
        && in_order(WEAK_EXCEPTIONS, false)
        && in_order(RESTARTS, false)
        && in_order(NO_TAG, false)
        && in_order(CONJUNCTIONS, false)
        && in_order(POINTING_CONTINUATIONS, false)
        && in_order(SPEECH_BEFORE, true)
        && in_order(TAG_VERBS, true)
        && in_order(NOT_TAG_VERBS, true)
        && in_order(TAG_TAILS, true)
);

/// After any quote: the sentence goes on. 面对“怎么办？”的追问; “加油！”声此起彼伏; “为什么？”成了他的口头禅.
#[rustfmt::skip]
pub(super) const STRONG_CONTINUATIONS: &[&str] = &[
    "一书", "一句", "一文", "一書", "一般的", "一詞", "一語", "一词", "一语", "三个字", "三個字", "三字", "两个大字",
    "两个字", "为主旨", "为主题", "为代表", "为口号", "为名", "为由", "为题", "之声", "之类", "之聲", "之語", "之說",
    "之语", "之说", "之际", "之際", "之類", "二字", "五个字", "似的", "兩個字", "八个大字", "八个字", "六个字",
    "六個字", "几个大字", "几个字", "嘅", "四个大字", "四个字", "四個字", "四字", "地叫", "地問", "地喊", "地說",
    "地说", "地问", "声", "字样", "字樣", "幾個大字", "幾個字", "為主題", "為代表", "為口號", "為名", "為由", "為題",
    "的", "的字样", "的字樣", "等", "聲", "般的",
];

/// Words that only look like a continuation: the clause after the quote begins with them.
#[rustfmt::skip]
pub(super) const STRONG_EXCEPTIONS: &[&str] = &[
    "一句話也", "一句話沒", "一句话也", "一句话没", "与其", "与此", "及至", "和尚", "和气", "声明", "声称", "声音",
    "或許", "或许", "是不是", "是以", "是吗", "是否", "是啊", "是嗎", "是夜", "是年", "是故", "是日", "是时", "是時",
    "是月", "是次", "是的", "是誰", "是谁", "的士", "的确", "的確", "等了", "等人", "等他", "等会", "等你", "等到",
    "等大家", "等她", "等待", "等我", "等會", "等等", "聲明", "聲稱", "聲音", "與其", "與此", "讓我們", "让人",
    "让我们", "这一切", "这一刻", "这一听", "这一喊", "这一回", "这一夜", "这一天", "这一年", "这一招", "这一来",
    "这一次", "这一看", "这一说", "这一问", "這一切", "這一刻", "這一天", "這一年", "這一次",
];

/// After a quote in the middle of a clause: 他大喊一声“加油！”就冲了出去; 大家高喊“加油！”为他助威.
#[rustfmt::skip]
pub(super) const WEAK_CONTINUATIONS: &[&str] = &[
    "一样", "一樣", "一般", "上", "不", "与", "並", "中", "为", "之", "也", "了", "于", "从", "令", "以", "以及",
    "作", "作答", "使", "來", "便", "做", "再", "冲", "则", "到", "則", "即", "却", "卻", "去", "又", "及", "后",
    "向", "和", "回应", "回應", "地", "奔", "对", "将", "將", "對", "就", "并", "後", "從", "或", "或者", "才",
    "才肯", "扑", "把", "撲", "於", "时", "時", "来", "為", "的", "着", "給", "给", "而", "與", "著", "衝", "表达",
    "表達", "被", "裡", "讓", "让", "走出", "走向", "走进", "起", "跑", "过", "还", "进行", "追", "過", "還", "那样",
    "那樣", "都", "里",
];

/// Clauses that begin with these are new, whatever stands before: 之后他走了, 从此.
#[rustfmt::skip]
pub(super) const WEAK_EXCEPTIONS: &[&str] = &[
    "上午", "上海", "不久", "不料", "不知", "不过", "不過", "中午", "中国", "中國", "中間", "中间", "之后", "之後",
    "于是", "从此", "从那", "來人", "再后来", "到了", "又过了", "又過了", "后来", "大家都", "对方", "對方", "後來",
    "從此", "於是", "来人", "而且", "而后", "而後", "裡面", "还有", "還有", "里面",
];

/// A quote after one of these is speech without a colon: 他大喊“……”, 墙上写着“……”.
#[rustfmt::skip]
pub(super) const SPEECH_BEFORE: &[&str] = &[
    "认为", "写了", "告诉他", "指出", "写到", "寫到", "一句", "叫", "感叹", "吼", "高呼", "問", "呼喊", "喊", "感嘆",
    "嚷", "一声", "回复", "感慨", "告訴我", "告诉我", "認為", "写着", "表示", "声称", "称", "稱", "回答", "答", "罵",
    "一聲", "寫著", "回覆", "話", "說", "強調", "講", "讲", "话", "说", "强调", "道", "问", "骂",
];

/// Verbs that end a bare tag: 我说。 媽媽問。 佢話。
#[rustfmt::skip]
pub(super) const TAG_VERBS: &[&str] = &[
    "命令", "调侃", "催促", "补充", "補充", "指出", "劝", "勸", "开口", "開口", "叫", "叹", "感叹", "吼", "警告",
    "大呼", "惊呼", "驚呼", "高呼", "附和", "吩咐", "嘀咕", "咕哝", "反問", "問", "質問", "追問", "喃喃", "喊", "嘆",
    "感嘆", "插嘴", "嚷", "嘟囔", "应声", "回复", "回应", "抱怨", "想", "感慨", "安慰", "回應", "歎", "哀求", "央求",
    "恳求", "话畢", "表示", "称", "稱", "冷笑", "嘲笑", "回答", "答", "介紹", "介绍", "罵", "回覆", "坦言", "直言",
    "你話", "佢哋話", "佢話", "我話", "阿媽話", "自語", "說", "説", "強調", "講", "讲", "接话", "自语", "说", "强调",
    "打趣", "写道", "寫道", "笑道", "说道", "道", "提醒", "解释", "解釋", "反问", "质问", "追问", "问", "反駁",
    "反驳", "骂",
];

/// What may follow the verb of a tag: 他问道, 她喊了一声, 小王笑着说了一句.
#[rustfmt::skip]
pub(super) const TAG_TAILS: &[&str] = &[
    "了", "他", "我们", "你", "了起來", "出來", "起來", "我們", "到", "一句", "了一句", "一声", "了一声", "出声",
    "她", "大家", "我", "了起来", "出来", "起来", "着", "一聲", "了一聲", "出聲", "著", "地说", "着说",
];

/// Words that end like a tag verb and are none.
#[rustfmt::skip]
pub(super) const NOT_TAG_VERBS: &[&str] = &[
    "的命令", "的补充", "大叫", "尖叫", "的叫", "一片感叹", "惊叹", "的叹", "赞叹", "的警告", "不問", "學問", "疑問",
    "訪問", "顧問", "的喊", "讚嘆", "驚嘆", "无人应声", "的回应", "不想", "回想", "夢想", "思想", "感想", "梦想",
    "理想", "的感慨", "的安慰", "的回應", "驚歎", "名称", "名稱", "不答", "的回答", "的介紹", "的介绍", "不說",
    "傳說", "學說", "小說", "沒說", "的強調", "不讲", "不说", "传说", "学说", "小说", "没说", "的说", "对不起",
    "人行道", "公道", "味道", "地道", "報道", "报道", "渠道", "知道", "管道", "街道", "軌道", "轨道", "通道", "难道",
    "霸道", "頻道", "频道", "的提醒", "的解释", "的解釋", "不问", "学问", "疑问", "访问", "顾问",
];

/// After ……: a new sentence evidently begins. 等了很久很久……第二天，他终于来了.
#[rustfmt::skip]
pub(super) const RESTARTS: &[&str] = &[
    "不久", "于是", "从此", "几天后", "几年后", "另外", "后来", "多年后", "多年後", "就在这时", "就在這時", "幾天後",
    "幾年後", "当晚", "後來", "從此", "忽然", "总之", "於是", "有一天", "某天", "次日", "此外", "此时", "此時",
    "毫无疑问", "毫無疑問", "當晚", "直到", "突然", "第三天", "第二天", "總之", "终于，", "翌日", "莫非", "这天",
    "这时", "這天", "這時", "那天", "那时", "那時", "难道", "難道",
];

/// Wikipedia's tags in the place of a footnote.
#[rustfmt::skip]
pub(super) const EDITOR_NOTES: &[&str] = &[
    "来源请求", "來源請求", "原創研究？", "原创研究？", "失效链接", "失效連結", "永久失效連結", "永久失效链接",
    "需要引证", "何时？", "何時？", "谁？", "誰？", "哪里？", "查证请求", "citation needed", "clarification needed",
    "who?", "when?", "dead link",
];

/// Typed faces after a stop; English web text has one in 200 sentences.
#[rustfmt::skip]
pub(super) const EMOTICONS: &[&str] = &[
    ":-)", ":-(", ":-D", ":-P", ";-)", ":)", ":(", ":D", ":P", ":p", ";)", ":')", "=)", ":]", "^_^", "^^", "XD",
    "<3", "T_T", "TAT", "QAQ", "orz", "Orz", "ORZ", "→_→",
];

/// After a quote that begins its sentence: the quote is the subject. “不知道！”是他的口头禅; “我不后悔！”这句话让观众落泪. After a
/// colon the same words begin a new sentence: 他常说：“要争气！”这句话我记了一辈子.
#[rustfmt::skip]
pub(super) const SUBJECT_CONTINUATIONS: &[&str] = &[
    "——", "令", "使", "变成", "已成", "成为", "成了", "成為", "是", "變成", "讓", "让",
];

/// A clause with one of these says what did not happen or what was heard: 没有人回答。 队伍里响起一片惊呼。
#[rustfmt::skip]
pub(super) const NO_TAG: &[&str] = &[
    "一片", "一阵", "一陣", "不知", "无人", "未", "沒人", "沒有", "没人", "没有", "無人",
];

/// Between two quotes or titles these make one list: “安全第一！”和“质量至上！”. Elsewhere a sentence may begin with them: 与周边地区相比.
#[rustfmt::skip]
pub(super) const CONJUNCTIONS: &[&str] = &[
    "、", "与", "以及", "及", "和", "或", "或者", "與",
];

/// The same after a shout or a question: “我不后悔！”这句话让观众落泪. After 。 they begin a sentence: “天下为公。”这一思想影响深远.
#[rustfmt::skip]
pub(super) const POINTING_CONTINUATIONS: &[&str] = &[
    "这一", "这三个", "这两个", "这个问题", "这八个", "这六个", "这几个", "这句", "这四个", "这样的", "这种", "这类",
    "這一", "這三個", "這個問題", "這兩個", "這句", "這四個", "這幾個", "這樣的", "這種", "這類", "那样的", "那樣的",
    "那种", "那種",
];
