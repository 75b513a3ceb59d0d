//! Clean text stays as it is: every clean text within reach, and the look-alikes of damage.

use super::{repaired, shared};

/// Counts the lines of `text` that change, as documents of 40 lines; shows the first few.
fn changed(name: &str, lines: &[String]) -> (usize, usize) {
    let mut changed = 0;
    for document in lines.chunks(40) {
        let text = document.join("\n");
        let got = repaired(&text);
        if got != text {
            // What stands in the private use area is damage in these texts, too.
            let harmed = |a: &str, b: &str| a != b && !a.contains(|c| ('\u{E000}'..='\u{F8FF}').contains(&c));
            for (a, b) in text.split('\n').zip(got.split('\n')).filter(|(a, b)| harmed(a, b)) {
                changed += 1;
                if changed <= 12 {
                    println!("    {name}\n      seen  {a}\n      got   {b}");
                }
            }
        }
    }
    println!("{name}: {changed} of {} lines changed", lines.len());
    (changed, lines.len())
}

fn traditional(lines: &[String]) -> Vec<String> {
    let map = super::forward::unambiguous();
    lines.iter().map(|l| l.chars().map(|c| *map.get(&c).unwrap_or(&c)).collect()).collect()
}

fn narrow(lines: &[String]) -> Vec<String> {
    lines.iter().map(|l| l.chars().map(super::forward::fold).collect()).collect()
}

#[test]
fn clean_text_stays() {
    let Some(folder) = shared() else { return };
    let full = std::env::var_os("ZONETEXT_FULL").is_some();
    let (mut sum, mut all) = (0, 0);
    let mut add = |(n, of): (usize, usize)| {
        sum += n;
        all += of;
    };
    for name in ["gsd-simp", "gsd-trad", "gsd-ascii", "cfl", "ewt"] {
        let lines = super::mirror::sentences(&format!("{name}.jsonl"));
        add(changed(name, &lines));
        add(changed(&format!("{name}, traditional, narrow"), &narrow(&traditional(&lines))));
    }
    for name in ["modern_narrative.txt", "statutes.txt"] {
        let text = std::fs::read_to_string(folder.join("text").join(name)).expect("the text is there");
        let lines: Vec<String> = text.lines().step_by(if full { 1 } else { 20 }).map(str::to_owned).collect();
        add(changed(name, &lines));
        add(changed(&format!("{name}, traditional, narrow"), &narrow(&traditional(&lines))));
    }
    assert!(sum * 100_000 <= all.max(100_000), "{sum} of {all} clean lines changed");
}

/// Other clean texts, a line a line, put into a folder by `clean_texts.py`. Entities left standing are damage in these texts, too.
#[test]
fn texts_of_packages_stay() {
    let Some(folder) = std::env::var_os("ZONETEXT_CLEAN_TEXTS") else {
        eprintln!("skipped: ZONETEXT_CLEAN_TEXTS is not set");
        return;
    };
    let (mut sum, mut all) = (0, 0);
    for path in crate::files(&folder.to_string_lossy(), "txt") {
        let text = std::fs::read_to_string(&path).expect("a text");
        let lines: Vec<String> = text.lines().filter(|line| !line.contains("&#")).map(str::to_owned).collect();
        let (n, of) = changed(&path.display().to_string(), &lines);
        (sum, all) = (sum + n, all + of);
    }
    println!("{sum} of {all}: {:.1} of 100,000", sum as f64 * 1e5 / all as f64);
    assert!(sum * 10_000 <= all, "{sum} of {all} lines changed; those above have to be looked at");
}

const CANTONESE: &[&str] = &[
    "佢哋琴日喺尖沙咀食咗嘢先返屋企。",
    "你估我唔知咩？我成日都見到佢嘅。",
    "嗰個阿伯坐喺度等咗好耐都冇巴士嚟。",
    "咁樣做係咪會快啲㗎？",
    "唔該借歪少少，我要攞返個袋。",
    "呢啲咁嘅嘢，邊個會買呀？",
    "佢話聽日唔得閒，叫我哋自己去。",
    "啱啱落雨，我冇帶遮，全身濕晒。",
    "點解你咁遲先嚟㗎？大家等到頸都長。",
    "講起上嚟，呢度啲叉燒真係好食。",
];

const JAPANESE: &[&str] = &[
    "彼は「どうしてですか?」と聞いた。",
    "価格は1,200円(税込)です。",
    "詳しくはこちら→ https://example.jp/?id=3",
    "本当に!?信じられない…",
    "東京都渋谷区神宮前1-2-3 (受付)",
    "ガンダム(初代)は名作だと思う。",
    "今日は暑いですね?水分を取りましょう。",
    "読み方(よみかた)を教えてください。",
    "現在の列の幅を広げます。",
    "出力に用いる回帰の種類",
    "ﾊﾝｶｸｶﾅも使われる。",
    "亜鉛・硫黄・燐の反応式を書け。",
];

const KOREAN: &[&str] = &[
    "그는 \"왜요?\"라고 물었다.",
    "가격은 1,200원(부가세 포함)입니다.",
    "정말!? 믿을 수 없어…",
    "대한민국(大韓民國)의 수도는 서울이다.",
    "무엇을 할까? 생각해 보자.",
    "學問은 끝이 없다(공자).",
    "햇빛이 쨍쨍 내리쬐는 뜰에서",
    "웬일인지 뾰족한 수가 없다.",
];

const SYMBOLS: &[&str] = &[
    "if (a > b) ? c : d; // 三元运算符",
    "let x = y? .map(|z| z?)?; // 问号运算符",
    "SELECT * FROM 表 WHERE a=? AND b=? -- 占位符",
    "f(x)=x²+2x+1，求f(a)的最小值?",
    "∑(xi−μ)²/n ≥ 0 (n∈N)",
    "今天好开心😀😂！要不要一起去？🎉(ง •̀_•́)ง",
    "∵a⊥b(已知)∴∠1=∠2",
    "grep -E '[?(a)]+' 文件.txt",
    "printf(\"%u%s\\n\", 中文);",
    "2H₂O(l)→2H₂(g)+O₂(g)?",
    "x?(a):(b)",
    "[图(a)]如下?见(b)与(c)。",
];

/// Lines that look like damage and are none, put together at random: textbooks and dictionaries with their own pinyin, languages that
/// share characters or signs with Chinese, code, formulas, faces.
fn look_alikes(dice: &mut super::mirror::Dice, count: usize) -> Vec<String> {
    let readings = super::forward::readings();
    let mut chars: Vec<char> = readings.keys().copied().collect();
    chars.sort_unstable();
    chars.retain(|&c| ('\u{4E00}'..='\u{9FA5}').contains(&c));
    let clean = super::clean("simplified");
    let mut lines = Vec::new();
    while lines.len() < count {
        let mut reading = || {
            let c = chars[dice.roll(chars.len())];
            (c, readings[&c].as_str())
        };
        let [(a, ra), (b, rb), (c, rc)] = [reading(), reading(), reading()];
        let pick = |list: &[&str], dice: &mut super::mirror::Dice| list[dice.roll(list.len())].to_owned();
        lines.push(match dice.roll(8) {
            0 => format!("{a}({ra}) {b}({rb}) {c}({rc})"),
            1 => format!("【{a}】{ra} ①{b}也。②同“{c}”({rc})。"),
            2 => format!("生字：{a} {ra}、{b} {rb}、{c} {rc}；请用“{a}”({ra})组词？"),
            3 => pick(CANTONESE, dice) + &pick(CANTONESE, dice),
            4 => pick(JAPANESE, dice) + &pick(JAPANESE, dice),
            5 => pick(KOREAN, dice) + " " + &pick(KOREAN, dice),
            6 => pick(SYMBOLS, dice) + " " + &pick(SYMBOLS, dice),
            _ => clean[dice.roll(clean.len())].clone() + &pick(SYMBOLS, dice),
        });
    }
    lines
}

/// Each line is a document of its own and part of one of forty lines. At most one line in 100,000 may change.
#[test]
fn look_alikes_made_at_random_stay() {
    let count = if std::env::var_os("ZONETEXT_FULL").is_some() { 400_000 } else { 4_000 };
    let mut dice = super::mirror::Dice(0xBADC_0FFE);
    let lines = look_alikes(&mut dice, count);
    let (together, all) = changed("look-alikes", &lines);
    let alone = lines
        .iter()
        .filter(|line| repaired(line) != **line)
        .inspect(|line| println!("    alone: {line} → {}", repaired(line)))
        .count();
    assert!((together + alone) * 100_000 <= all * 2, "{together} + {alone} of {all} look-alikes changed");
}

/// U+FFFD and runs of "?" tell nothing of what stood there: not even a document that a mirror program annotated has them guessed at.
/// (Pages that were read in a wrong charset got 但他,但他,但他 for them.)
#[test]
fn what_is_gone_for_good_is_not_guessed() {
    let mut dice = super::mirror::Dice(0xFFFD);
    let annotated = "突出產(chǎn)業(yè)招商，發(fā)展實(shí)體經(jīng)濟(jì)，項目論證專家?guī))建設(shè)。";
    for round in 0..200 {
        let mut line: String = "今天天气".into();
        for _ in 0..dice.roll(60) {
            match dice.roll(6) {
                0 => line.push('?'),
                1 => line.push(['ߣ', '的', 'ٻ', '，', '專'][dice.roll(5)]),
                _ => line.push_str(["\u{FFFD}\u{FFFD}", "???", "\u{FFFD}?\u{FFFD}"][dice.roll(3)]),
            }
        }
        let got = repaired(&[annotated, &line, annotated].join("\n"));
        let got = got.split('\n').nth(1).unwrap();
        let lost = |text: &str| text.matches('\u{FFFD}').count();
        assert_eq!(lost(&line), lost(got), "round {round}: {line} became {got}");
        assert!(got.chars().count() * 10 >= line.chars().count() * 9, "round {round}: {line} became {got}");
    }
}
