//! What a page's lines have in common: containers, template slots, what the head of the page repeats.
//!
//! In: the flat page, its title and structured data. Out: [`Context`], from which `features` fills the row of each line.

use super::candidates::{Candidates, Sums, candidates, over};
use super::flat::{Flat, flag};
use super::overlap::{Overlap, Shares};
use super::phrase;
use super::tag::Tag;
use super::value::{Value, clip, log, share};
use super::words::{self, Map, Words};
use crate::extract::metadata::json::Facts;
use crate::extract::metadata::title::Title;

/// No line pulls the mean of its slot further down than this.
const LOWEST: i32 = -3 * super::model::UNIT;

/// Everything about a page that several features need.
pub struct Context<'a> {
    pub flat: &'a Flat,
    pub sums: Sums,
    pub candidates: Candidates,
    /// Words of the elements around each element, the outermost ones that hold nearly the whole page left out.
    pub(super) near: Vec<Words>,
    /// Levels up to the nearest element with a body-like name, 15 at most.
    pub(super) body_up: Vec<u8>,
    /// Tags around each element, the outermost left out.
    pub(super) near_tags: Vec<u64>,
    /// The nearest enclosing element with more lines than this one.
    pub(super) wider: Vec<u32>,
    /// How many siblings share its shape.
    pub(super) repeats: Vec<u32>,
    /// The largest number of repeats among the elements around it.
    pub(super) near_repeats: Vec<u32>,
    pub(super) copies: Vec<u8>,
    /// Hashes of the texts of the lines.
    pub(super) hashes: Vec<u64>,
    /// The slot of the template each line stands in.
    pub(super) slots: Vec<u32>,
    pub(super) slot_sums: Vec<Slot>,
    pub(super) phrases: Vec<phrase::Phrases>,
    pub title_line: Option<u32>,
    /// How much of each line the page's head repeats.
    pub(super) shares: Vec<Shares>,
    /// The element around the line that repeats the description best; 0 if none does.
    pub(super) anchor: u32,
    /// The element around the first prose after the title; 0 if there is none.
    pub(super) first: u32,
    pub(super) page: [Value; 18],
    /// What each element holds, for the lines below it: eight features.
    pub(super) levels: Vec<[Value; 8]>,
    /// What the lines beside each line see of it: four features.
    pub(super) glances: Vec<[Value; 4]>,
    /// What the lines of each slot hold: seven features.
    pub(super) slot_values: Vec<[Value; 7]>,
    /// What the words of each line say, where the page was made of a text (`extract::plain`); of other pages nothing.
    pub(in crate::extract) lexical: Vec<Value>,
    /// Sums of it before each line.
    pub(super) lexical_sums: Vec<u32>,
    /// How many lines of such a page begin, and how many end, as each line does.
    pub(super) edges: Vec<[Value; 2]>,
}

impl<'a> Context<'a> {
    /// Looks over the page once.
    pub fn new(flat: &'a Flat, title: &Title, facts: &Facts) -> Context<'a> {
        let sums = Sums::new(flat);
        let candidates = candidates(flat, &sums);
        let hashes: Vec<u64> = (0..flat.lines.len()).map(|i| words::hash(flat.line(i).as_bytes())).collect();
        let mut context = Context {
            flat,
            candidates,
            near: Vec::new(),
            body_up: Vec::new(),
            near_tags: Vec::new(),
            wider: Vec::new(),
            repeats: repeats(flat),
            near_repeats: Vec::new(),
            copies: copies(&hashes),
            hashes,
            slots: Vec::new(),
            slot_sums: Vec::new(),
            phrases: Vec::new(),
            title_line: title.line,
            shares: Vec::new(),
            anchor: 0,
            first: 0,
            page: [0; 18],
            levels: Vec::new(),
            glances: Vec::new(),
            slot_values: Vec::new(),
            lexical: Vec::new(),
            lexical_sums: Vec::new(),
            edges: Vec::new(),
            sums,
        };
        context.surroundings();
        context.phrases = (0..flat.lines.len())
            .map(|i| if flat.lines[i].counts.tokens <= 60 { phrase::phrases(flat.line(i)) } else { 0 })
            .collect();
        context.fill_slots();
        context.fill_shares(title, facts);
        context.page = context.page_values();
        context.slot_values = context.slot_sums.iter().map(|slot| context.slot(slot)).collect();
        context.levels = (0..flat.elements.len() as u32).map(|index| context.level(index)).collect();
        context.glances = (0..flat.lines.len()).map(|index| context.glance(index)).collect();
        context
    }

    /// Takes up what the words of each line say: the page was made of a text, whose elements have no classes.
    pub(in crate::extract) fn set_lexical(&mut self, lexical: Vec<Value>) {
        let ends = |index: usize| {
            let line = self.flat.line(index);
            let first = line.char_indices().nth(4).map_or(line, |(at, _)| &line[..at]);
            let last = line.char_indices().rev().nth(3).map_or(line, |(at, _)| &line[at..]);
            [words::hash(first.as_bytes()), words::hash(last.as_bytes()) ^ 1]
        };
        let hashes: Vec<[u64; 2]> = (0..lexical.len()).map(ends).collect();
        let mut counts: Map<u64, u32> = Map::default();
        hashes.iter().flatten().for_each(|hash| *counts.entry(*hash).or_default() += 1);
        self.edges = hashes.iter().map(|pair| pair.map(|hash| log(counts[&hash]))).collect();
        self.lexical_sums = std::iter::once(0)
            .chain(lexical.iter().scan(0u32, |sum, value| {
                *sum += u32::from(*value);
                Some(*sum)
            }))
            .collect();
        self.lexical = lexical;
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
    fn page_values(&self) -> [Value; 18] {
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
        [
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
}

/// What the lines of one template slot hold.
#[derive(Debug, Default)]
pub(super) struct Slot {
    pub(super) lines: u32,
    pub(super) tokens: u32,
    pub(super) linked: u32,
    pub(super) good: u32,
    pub(super) longest: u32,
    pub(super) copied: u32,
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
fn copies(hashes: &[u64]) -> Vec<u8> {
    let mut counts: Map<u64, u8> = Map::default();
    for hash in hashes {
        let count = counts.entry(*hash).or_default();
        *count = count.saturating_add(1);
    }
    hashes.iter().map(|hash| counts[hash]).collect()
}
