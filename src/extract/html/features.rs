//! What a line looks like in numbers: the input of the model.
//!
//! In: the flat page. Out: a row of small integers for each line. Integers, because the same page must give the same answer
//! on every machine; lengths go in as logarithms and shares in 64ths, so that no page size is special.

use super::candidates::{Candidates, Sums, candidates, over};
use super::flat::{Flat, flag};
use super::overlap::{Overlap, Shares};
use super::phrase;
use super::tag::Tag;
use super::words::Map;
use super::words::{self, Words};
use crate::extract::metadata::json::Facts;
use crate::extract::metadata::title::Title;

/// A feature's value.
pub type Value = u8;

/// The features of a line, the unused places 0. As long as a feature's number can be, so that looking one up cannot miss.
pub type Row = [Value; 256];

/// A row that is being filled.
struct Filling {
    row: Row,
    at: usize,
}

impl Filling {
    fn push(&mut self, value: Value) {
        if let Some(place) = self.row.get_mut(self.at) {
            *place = value;
            self.at += 1;
        }
    }

    fn extend(&mut self, values: impl IntoIterator<Item = Value>) {
        values.into_iter().for_each(|value| self.push(value));
    }
}

/// No line pulls the mean of its slot further down than this.
const LOWEST: i32 = -3 * super::model::UNIT;

/// Four times the binary logarithm, in integers: 0, 1, 2, ... for 0, 1, 2, ...
fn log(x: u32) -> Value {
    match x {
        0..4 => [0, 1, 3, 5][x as usize],
        _ => {
            let top = 31 - x.leading_zeros();
            (4 * top + (x >> (top - 2) & 3)) as Value - 1
        }
    }
}

/// `part` of `whole` in 64ths.
fn share(part: u32, whole: u32) -> Value {
    if whole == 0 { 0 } else { (u64::from(part) * 64 / u64::from(whole)).min(255) as Value }
}

fn clip(x: usize) -> Value {
    x.min(255) as Value
}

/// Everything about a page that several features need.
pub struct Context<'a> {
    pub flat: &'a Flat,
    pub sums: Sums,
    pub candidates: Candidates,
    /// Words of the elements around each element, the outermost ones that hold nearly the whole page left out.
    near: Vec<Words>,
    /// Levels up to the nearest element with a body-like name, 15 at most.
    body_up: Vec<u8>,
    /// Tags around each element, the outermost left out.
    near_tags: Vec<u64>,
    /// The nearest enclosing element with more lines than this one.
    wider: Vec<u32>,
    /// How many siblings share its shape.
    repeats: Vec<u32>,
    /// The largest number of repeats among the elements around it.
    near_repeats: Vec<u32>,
    copies: Vec<u8>,
    /// The slot of the template each line stands in.
    slots: Vec<u32>,
    slot_sums: Vec<Slot>,
    phrases: Vec<phrase::Phrases>,
    pub title_line: Option<u32>,
    /// How much of each line the page's head repeats.
    shares: Vec<Shares>,
    /// The element around the line that repeats the description best; 0 if none does.
    anchor: u32,
    /// The element around the first prose after the title; 0 if there is none.
    first: u32,
    page: Vec<Value>,
}

impl<'a> Context<'a> {
    /// Looks over the page once.
    pub fn new(flat: &'a Flat, title: &Title, facts: &Facts) -> Context<'a> {
        let sums = Sums::new(flat);
        let candidates = candidates(flat, &sums);
        let mut context = Context {
            flat,
            candidates,
            near: Vec::new(),
            body_up: Vec::new(),
            near_tags: Vec::new(),
            wider: Vec::new(),
            repeats: repeats(flat),
            near_repeats: Vec::new(),
            copies: copies(flat),
            slots: Vec::new(),
            slot_sums: Vec::new(),
            phrases: Vec::new(),
            title_line: title.line,
            shares: Vec::new(),
            anchor: 0,
            first: 0,
            page: Vec::new(),
            sums,
        };
        context.surroundings();
        context.phrases = (0..flat.lines.len())
            .map(|i| if flat.lines[i].counts.tokens <= 60 { phrase::phrases(flat.line(i)) } else { 0 })
            .collect();
        context.fill_slots();
        context.fill_shares(title, facts);
        context.page = context.page_values();
        context
    }

    /// What the classes around an element say, the outermost ones left out.
    pub fn near_words(&self, element: u32) -> Words {
        self.near[element as usize]
    }

    /// Whether the element, or one around it, has two siblings of its shape.
    pub fn is_repeated(&self, element: u32) -> bool {
        self.near_repeats[element as usize] >= 3
    }

    /// Phrase classes of a line.
    pub fn line_phrases(&self, index: usize) -> phrase::Phrases {
        self.phrases[index]
    }

    fn surroundings(&mut self) {
        let flat = self.flat;
        let total = *self.sums.tokens.last().unwrap_or(&0);
        let count = flat.elements.len();
        self.near = Vec::with_capacity(count);
        self.body_up = Vec::with_capacity(count);
        self.near_tags = Vec::with_capacity(count);
        self.wider = Vec::with_capacity(count);
        self.near_repeats = Vec::with_capacity(count);
        for (index, element) in flat.elements.iter().enumerate() {
            if index == 0 {
                self.near.push(0);
                self.body_up.push(15);
                self.near_tags.push(0);
                self.wider.push(0);
                self.near_repeats.push(0);
                continue;
            }
            let up = element.parent as usize;
            let tokens = over(flat, &self.sums.tokens, index as u32);
            let counts = u64::from(tokens) * 10 <= u64::from(total) * 9;
            let own = if counts { element.words } else { element.words & (words::BODY | words::COMMENT) };
            self.near.push(self.near[up] | own);
            self.near_tags.push(self.near_tags[up] | if counts { 1 << element.tag as u64 } else { 0 });
            self.body_up.push(if element.words & words::BODY != 0 { 0 } else { (self.body_up[up] + 1).min(15) });
            self.near_repeats.push(self.near_repeats[up].max(if counts { self.repeats[index] } else { 0 }));
            let same = flat.elements[up].lines == element.lines;
            self.wider.push(if same { self.wider[up] } else { up as u32 });
        }
    }

    /// The mean score of each line's slot, weighted by length; None where the slot is a line or two.
    pub fn slot_means(&self, scores: &[i32]) -> Vec<Option<i32>> {
        let mut sums = vec![(0i64, 0i64); self.slot_sums.len()];
        for (index, slot) in self.slots.iter().enumerate() {
            let weight = i64::from(self.flat.lines[index].counts.tokens.clamp(1, 60));
            let sum = &mut sums[*slot as usize];
            sum.0 += weight * i64::from(scores[index].max(LOWEST));
            sum.1 += weight;
        }
        self.slots
            .iter()
            .map(|slot| {
                (self.slot_sums[*slot as usize].lines >= 3)
                    .then(|| (sums[*slot as usize].0 / sums[*slot as usize].1) as i32)
            })
            .collect()
    }

    fn fill_shares(&mut self, title: &Title, facts: &Facts) {
        let flat = self.flat;
        let description = ["og:description", "description", "twitter:description"]
            .iter()
            .find_map(|name| flat.head.meta_value(name))
            .or(facts.description.as_deref())
            .unwrap_or("");
        let overlap = Overlap::new(&title.text, description, facts.body.as_deref().unwrap_or(""));
        let mut best = 0;
        for (index, line) in flat.lines.iter().enumerate() {
            let shares = if line.counts.tokens >= 8 { overlap.shares(flat.line(index)) } else { Shares::default() };
            let weight = u32::from(shares.description) * line.counts.tokens.min(100);
            if shares.description >= 16
                && line.flags & flag::HIDDEN == 0
                && Some(index as u32) != title.line
                && weight > best
            {
                best = weight;
                self.anchor = self.wider[line.element as usize];
            }
            self.shares.push(shares);
        }
        let after = title.line.map_or(0, |line| line as usize + 1);
        if let Some(line) = (after..flat.lines.len()).find(|i| self.sums.good[i + 1] - self.sums.good[*i] >= 10) {
            self.first = self.wider[flat.lines[line].element as usize];
        }
    }

    /// Lines whose elements were made by the same template share a slot: the posts of a thread, the teasers of a list.
    fn fill_slots(&mut self) {
        let flat = self.flat;
        let mut numbers: Map<u32, u32> = Map::default();
        for (index, line) in flat.lines.iter().enumerate() {
            let mut key = 0u32;
            let mut at = line.element;
            for _ in 0..4 {
                let element = &flat.elements[at as usize];
                key = key.wrapping_mul(0x9e37_79b1).rotate_left(7) ^ element.shape;
                at = element.parent;
            }
            let next = self.slot_sums.len() as u32;
            let slot = *numbers.entry(key).or_insert(next);
            if slot == next {
                self.slot_sums.push(Slot::default());
            }
            let sums = &mut self.slot_sums[slot as usize];
            sums.lines += 1;
            sums.tokens += line.counts.tokens;
            sums.linked += line.counts.linked;
            sums.good += self.sums.good[index + 1] - self.sums.good[index];
            sums.longest = sums.longest.max(line.counts.tokens);
            sums.copied += u32::from(self.copies[index] > 1);
            self.slots.push(slot);
        }
    }

    /// Features that are the same for all lines of the page.
    fn page_values(&self) -> Vec<Value> {
        let flat = self.flat;
        let lines = flat.lines.len();
        let total = *self.sums.tokens.last().unwrap_or(&0);
        let good = *self.sums.good.last().unwrap_or(&0);
        let linked = *self.sums.linked.last().unwrap_or(&0);
        let cjk: u32 = flat.lines.iter().map(|l| l.counts.cjk).sum();
        let long = flat.lines.iter().filter(|l| l.counts.tokens >= 25 && l.counts.linked * 4 < l.counts.tokens).count();
        let c = &self.candidates;
        let kind = flat.head.meta_value("og:type").unwrap_or("");
        let json = |word: &str| flat.head.json.iter().any(|j| j.contains(word));
        let articles = flat.elements.iter().filter(|e| e.tag == Tag::Article).count();
        let forum = flat.elements.iter().filter(|e| e.words & words::FORUM != 0).count();
        let repeated = (0..flat.elements.len())
            .filter(|&e| self.repeats[e] >= 3 && over(flat, &self.sums.good, e as u32) > 0)
            .map(|e| self.repeats[e])
            .max()
            .unwrap_or(0);
        vec![
            log(total),
            share(linked, total),
            log(good),
            share(good, total),
            share(cjk, total),
            clip(long),
            log(lines as u32),
            share(over(flat, &self.sums.good, c.parent), good),
            share(over(flat, &self.sums.good, c.dense), good),
            share(over(flat, &self.sums.good, c.named), good),
            share(over(flat, &self.sums.good, c.parent), over(flat, &self.sums.tokens, c.parent)),
            Value::from(kind.eq_ignore_ascii_case("article")) + 2 * Value::from(kind.eq_ignore_ascii_case("product")),
            Value::from(json("Article\"") || json("BlogPosting")),
            Value::from(json("DiscussionForum") || json("QAPage")),
            Value::from(json("\"Product\"")),
            clip(articles),
            log(forum as u32),
            log(repeated),
        ]
    }

    /// Fills the row of each line in turn; a page of a million lines need not hold a million rows.
    pub fn each_row(&self, mut take: impl FnMut(&Row, usize)) {
        let prose = Prose::new(self);
        for index in 0..self.flat.lines.len() {
            let mut row = Filling { row: [0; 256], at: 0 };
            self.line(index, &mut row);
            self.containers(index, &mut row);
            self.neighbours(index, &mut row);
            self.position(index, &prose, &mut row);
            row.extend(self.page.iter().copied());
            take(&row.row, row.at);
        }
    }

    /// The line by itself.
    fn line(&self, index: usize, row: &mut Filling) {
        let line = &self.flat.lines[index];
        let text = self.flat.line(index);
        let c = &line.counts;
        let own = &self.flat.elements[line.element as usize];
        let points = c.stops + c.commas;
        row.extend([
            log(c.tokens),
            share(c.linked, c.tokens),
            share(c.bold, c.tokens),
            share(c.cjk, c.tokens),
            share(c.digits, c.chars),
            log(c.stops),
            log(c.commas),
            share(points * 4, c.tokens),
            log(c.bars),
            log(c.links),
            last_class(text),
            first_class(text),
            own.tag as Value,
            own.tag.level(),
            Value::from(line.flags & flag::CONTROL != 0),
            Value::from(line.flags & flag::HIDDEN != 0),
            Value::from(line.flags & flag::NOSCRIPT != 0),
            Value::from(line.flags & flag::BREAK_BEFORE != 0) + 2 * Value::from(line.flags & flag::GAP_BEFORE != 0),
            Value::from(line.flags & (flag::PRE | flag::CODE) != 0),
            Value::from(line.flags & flag::IMAGE_BEFORE != 0),
            Value::from(line.flags & flag::TIME != 0),
            log(own.lines.len() as u32),
            self.copies[index],
            clip(own.depth as usize),
            own.ordinal.min(255) as Value,
        ]);
        let phrases = self.phrases[index];
        row.extend((0..phrase::CLASSES).map(|bit| Value::from(phrases >> bit & 1 != 0)));
        let inline = line.words;
        row.push(Value::from(inline & (words::META | words::AUTHOR | words::DATE | words::SITE | words::TAGS) != 0));
        row.push(Value::from(inline & (words::SHARE | words::NAV | words::ADVERT | words::RELATED | words::FORM) != 0));
    }

    /// The elements around the line.
    fn containers(&self, index: usize, row: &mut Filling) {
        let flat = self.flat;
        let line = &flat.lines[index];
        let near = self.near[line.element as usize];
        row.extend((0..words::CLASSES).map(|bit| Value::from(near >> bit & 1 != 0)));
        row.push(self.body_up[line.element as usize]);
        let tags = self.near_tags[line.element as usize];
        const TAGS: [Tag; 15] = [
            Tag::Nav,
            Tag::Aside,
            Tag::Footer,
            Tag::Header,
            Tag::Form,
            Tag::Cell,
            Tag::Ul,
            Tag::Ol,
            Tag::Li,
            Tag::Article,
            Tag::Main,
            Tag::Section,
            Tag::Quote,
            Tag::Figure,
            Tag::Dl,
        ];
        row.extend(TAGS.map(|tag| Value::from(tags >> tag as u64 & 1 != 0)));
        row.push(log(self.near_repeats[line.element as usize]));
        let slot = &self.slot_sums[self.slots[index] as usize];
        row.extend([
            log(slot.lines),
            log(slot.tokens / slot.lines.max(1)),
            log(slot.longest),
            share(slot.linked, slot.tokens),
            share(slot.good, slot.tokens),
            share(slot.good, *self.sums.good.last().unwrap_or(&0)),
            share(slot.copied, slot.lines),
        ]);
        let mut at = line.element;
        for level in 0..4 {
            let element = &flat.elements[at as usize];
            let tokens = over(flat, &self.sums.tokens, at);
            let lines = element.lines.len() as u32;
            row.extend([
                log(tokens),
                share(over(flat, &self.sums.linked, at), tokens),
                share(over(flat, &self.sums.good, at), tokens),
                log(tokens / lines.max(1)),
                log(lines),
                log(self.repeats[at as usize]),
            ]);
            if level < 3 {
                let words = element.words;
                row.push(Value::from(words & NEGATIVE != 0));
                row.push(Value::from(words & POSITIVE != 0));
            }
            at = self.wider[at as usize];
        }
    }

    /// The lines before and after.
    fn neighbours(&self, index: usize, row: &mut Filling) {
        let flat = self.flat;
        let line = &flat.lines[index];
        let here = &flat.elements[line.element as usize];
        for offset in [-3isize, -2, -1, 1, 2, 3] {
            let at = index as isize + offset;
            let Some(other) = usize::try_from(at).ok().and_then(|at| flat.lines.get(at)) else {
                row.extend([0; 5]);
                continue;
            };
            let there = &flat.elements[other.element as usize];
            let same = if other.element == line.element {
                3
            } else if there.parent == here.parent {
                1 + Value::from(there.shape == here.shape)
            } else {
                0
            };
            let c = &other.counts;
            row.extend([
                log(c.tokens),
                share(c.linked, c.tokens),
                share((c.stops + c.commas) * 4, c.tokens),
                same,
                Value::from(self.phrases[at as usize] != 0),
            ]);
        }
        let count = flat.lines.len();
        for (from, to) in [(index.saturating_sub(6), index), (index + 1, (index + 7).min(count))] {
            let sum = |column: &[u32]| column[to.max(from)] - column[from];
            row.extend([log(sum(&self.sums.good)), share(sum(&self.sums.linked), sum(&self.sums.tokens))]);
        }
    }

    /// Where in the page and in the candidates it stands.
    fn position(&self, index: usize, prose: &Prose, row: &mut Filling) {
        let flat = self.flat;
        let count = flat.lines.len();
        let sums = &self.sums;
        row.extend([
            share(sums.tokens[index], sums.tokens[count]),
            share(sums.good[index], sums.good[count].max(1)),
            log(index as u32),
            log((count - index) as u32),
            prose.since[index],
            prose.until[index],
            prose.since_phrase[0][index],
            prose.since_phrase[1][index],
            prose.since_phrase[2][index],
            prose.since_phrase[3][index],
        ]);
        let title = self.title_line.map(|t| index as isize - t as isize);
        row.push(match title {
            None => 100,
            Some(d) => (100 + d.clamp(-50, 100)) as Value,
        });
        let c = &self.candidates;
        for at in [c.parent, c.dense, c.common, c.named, self.anchor, self.first] {
            let lines = &flat.elements[at as usize].lines;
            let (from, to) = (lines.start as usize, lines.end as usize);
            let inside = at != 0 && (from..to).contains(&index);
            row.push(if at == 0 {
                0
            } else if index < from {
                1
            } else if inside {
                2
            } else {
                3
            });
            let distance = match index {
                _ if at == 0 || inside => 0,
                before if before < from => from - before,
                after => after + 1 - to,
            };
            row.push(clip(distance));
            // Prose of the candidate before the line and after it.
            let (before, all) = (sums.good[index.clamp(from, to)] - sums.good[from], sums.good[to] - sums.good[from]);
            row.push(share(before, all));
            row.push(share(all, sums.good[count]));
        }
        let shares = self.shares[index];
        row.extend([shares.title, shares.description, shares.body]);
        let mut up = 0;
        let mut at = c.parent;
        while at != 0 && !(flat.elements[at as usize].lines.contains(&(index as u32))) && up < 12 {
            at = self.wider[at as usize];
            up += 1;
        }
        row.push(up);
    }
}

const NEGATIVE: Words = words::NAV
    | words::FOOT
    | words::HEAD
    | words::SIDE
    | words::COMMENT
    | words::RELATED
    | words::SHARE
    | words::ADVERT
    | words::META
    | words::FORM
    | words::TAGS;
const POSITIVE: Words = words::BODY | words::ARTICLE | words::CONTENT;

/// Lines since and until the nearest line of prose.
struct Prose {
    since: Vec<Value>,
    until: Vec<Value>,
    /// Lines since a short line with a phrase of each class of [`ENDINGS`], once prose was seen.
    since_phrase: [Vec<Value>; 4],
}

/// Phrases after which the text seldom goes on.
const ENDINGS: [phrase::Phrases; 4] =
    [phrase::EDITOR, phrase::RELATED | phrase::MORE, phrase::COMMENT, phrase::SHARE | phrase::RIGHTS | phrase::PAGER];

/// What the lines of one template slot hold.
#[derive(Debug, Default)]
struct Slot {
    lines: u32,
    tokens: u32,
    linked: u32,
    good: u32,
    longest: u32,
    copied: u32,
}

impl Prose {
    fn new(context: &Context) -> Prose {
        let count = context.flat.lines.len();
        let long = |i: usize| context.sums.good[i + 1] - context.sums.good[i] >= 15;
        let mut since = vec![255u8; count];
        let mut until = vec![255u8; count];
        let mut last = 255u8;
        for (i, since) in since.iter_mut().enumerate() {
            *since = last;
            last = if long(i) { 0 } else { last.saturating_add(1) };
        }
        last = 255;
        for i in (0..count).rev() {
            until[i] = last;
            last = if long(i) { 0 } else { last.saturating_add(1) };
        }
        let since_phrase = ENDINGS.map(|class| {
            let mut last = 255u8;
            (0..count)
                .map(|i| {
                    let begun = context.sums.good[i] * 4 > *context.sums.good.last().unwrap_or(&0);
                    let here = begun && context.flat.lines[i].counts.tokens <= 30 && context.phrases[i] & class != 0;
                    last = if here { 0 } else { last.saturating_add(1) };
                    last
                })
                .collect()
        });
        Prose { since, until, since_phrase }
    }
}

/// How many siblings of each element have its shape, itself included.
fn repeats(flat: &Flat) -> Vec<u32> {
    let mut counts: Map<(u32, u32), u32> = Map::default();
    for element in &flat.elements {
        *counts.entry((element.parent, element.shape)).or_default() += 1;
    }
    flat.elements.iter().map(|e| counts[&(e.parent, e.shape)]).collect()
}

/// How often the text of each line occurs in the page.
fn copies(flat: &Flat) -> Vec<u8> {
    let hashes: Vec<u64> = (0..flat.lines.len()).map(|i| words::hash(flat.line(i).as_bytes())).collect();
    let mut counts: Map<u64, u8> = Map::default();
    for hash in &hashes {
        let count = counts.entry(*hash).or_default();
        *count = count.saturating_add(1);
    }
    hashes.iter().map(|hash| counts[hash]).collect()
}

fn last_class(text: &str) -> Value {
    match text.chars().next_back().unwrap_or(' ') {
        '。' | '！' | '？' | '…' => 9,
        '.' | '!' | '?' => 8,
        '”' | '」' | '』' | '"' | '’' => 7,
        '，' | '、' | '；' | ',' | ';' => 6,
        '：' | ':' => 5,
        '）' | ')' | '】' | ']' => 4,
        '>' | '»' | '|' | '›' | '/' | '→' => 1,
        c if c.is_ascii_digit() => 2,
        _ => 3,
    }
}

fn first_class(text: &str) -> Value {
    match text.chars().next().unwrap_or(' ') {
        '【' | '[' | '（' | '(' => 1,
        '·' | '•' | '▪' | '■' | '●' | '-' | '*' | '◆' | '|' => 2,
        '“' | '「' | '"' | '『' | '《' => 8,
        c if c.is_ascii_digit() => 3,
        c if c.is_ascii_lowercase() => 4,
        c if c.is_ascii_uppercase() => 5,
        '©' | '>' | '»' | '<' | '«' => 0,
        c if c.is_alphabetic() => 6,
        _ => 7,
    }
}
