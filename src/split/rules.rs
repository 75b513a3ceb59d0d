//! Every rule by name: what `explain` prints, what the fixtures must show at least once.
//!
//! The order is the order in which a stop meets them (`judge::Line::verdict`). A rule either cuts or refuses, never both.

/// One row: the stable name, whether the rule cuts, and the real text that made us add it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Stable, in lower case with hyphens.
    pub name: &'static str,
    /// It cuts; otherwise it refuses.
    pub cut: bool,
    /// The text that made us add it.
    pub why: &'static str,
}

const fn cut(name: &'static str, why: &'static str) -> Rule {
    Rule { name, cut: true, why }
}

const fn refuse(name: &'static str, why: &'static str) -> Rule {
    Rule { name, cut: false, why }
}

/// All rules in the order they are asked.
#[rustfmt::skip]
pub const RULES: &[Rule] = &[
    cut("line-end", "A line end always cuts; headlines, captions and verse have no other stop"),
    refuse("in-title", "《跑吧！孩子》, 《尚书。洪范》: a stop inside a title is part of the name"),
    refuse("in-bracket", "该公司（成立于1998年。总部在台北）宣布: a remark does not end the sentence it stands in"),
    refuse("nested-quote", "“父亲说：‘要诚实。不要说谎。’”: a quote in a quote is one piece"),
    refuse("comma-follows", "“你好，明天！”，；：no sentence begins with a comma"),
    refuse("title", "《怎么办？》发表后: the stop belongs to the title that closes"),
    refuse("embedded-bracket", "请点击【立即购买！】按钮: a bracket in the middle of a clause"),
    refuse("quote-goes-on", "\"Are you sure?\" she asked: a small letter after a closed quote"),
    refuse("quote-runs-on", "大喊一声“加油！”就跑了; 面对“怎么办？”的追问: the clause goes on after the quote"),
    refuse("quote-tag", "“太好了！”我说。: a bare tag stays with its quote (73 of 75 tags with more matter are cut off)"),
    refuse("whole-quote", "asked for by `--quotes whole`"),
    refuse("in-running-quote", "大家高喊“加油！加油！”为他助威: no cut inside a quote that is part of a clause"),
    cut("quote-ends", "他说：“今天不去了。”大家都很失望。: a sentence ends with the quote"),
    cut("in-quote", "“我来了。我看到了。”: sentences of an outer quote (215 of 248)"),
    cut("stop", "。！？ and ASCII stops with nothing against them"),
    cut("semicolon", "asked for by `--semicolons`; by default ； never cuts (0 of 208)"),
    refuse("address", "http://t.cn/abc?x=1&y=2!3"),
    refuse("glued-mark", "a!=b, ApolloConfigDB?characterEncoding=utf8"),
    refuse("name-with-mark", "我们用Yahoo!邮箱"),
    refuse("number", "3.14, 2021.12.09, 192.168.1.1, １２．５％"),
    refuse("list-marker", "1.打开电源。 一. 总则 A．地球 1. Preheat the oven."),
    refuse("dot-in-word", "Node.js, 亚当.斯密, t.cn: a dot with no space, and a document that does not end its sentences in dots"),
    cut("missing-space", "Most are of high quality.You'll also find: a small word, a dot and a word that begins sentences"),
    refuse("initial", "J.K.罗琳, 约翰·F.肯尼迪, George W. Bush"),
    cut("initial-ends", "Oranges contain vitamin C. The body needs it."),
    refuse("abbreviation", "Dr. Smith, Apple Inc. announced, 10 a.m.开始, Zhang et al. (2020)"),
    cut("abbreviation-ends", "He arrived at 5 p.m. Then he slept."),
    refuse("short-word", "an unknown word of up to three consonants before a small letter"),
    cut("dot-by-evidence", "我们走了.他没来.大家都知道.: the document ends its sentences in dots"),
    cut("restart", "等了很久很久……第二天，他终于来了。: a new thought evidently begins after the dots"),
    cut("trail-closes", "“我知道了……”电话就挂断了。: the dots end a quote"),
    refuse("trail", "他……他走了。 苹果、香蕉……应有尽有。: dots that go on"),
    cut("wave", "哈哈哈哈~~~你太逗了。"),
    cut("break-off", "“我们一定——”话没说完，电话断了。"),
];
