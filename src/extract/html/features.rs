//! What a line looks like in numbers: the input of the model.
//!
//! In: the flat page. Out: a row of small integers for each line. Integers, because the same page must give the same answer
//! on every machine; lengths go in as logarithms and shares in 64ths, so that no page size is special.

use super::candidates::over;
use super::context::{Context, Slot};
use super::flat::flag;
use super::phrase;
use super::tag::Tag;
use super::value::{Value, clip, log, share};
use super::words::{self, Words};

/// Lines whose features stand side by side.
pub const LANES: usize = 16;

/// The features of sixteen lines, feature by feature, the unused places 0. As long as a feature's number can be, so that
/// looking one up cannot miss; side by side, so that a question is put to all lines at once.
pub type Rows = [[Value; LANES]; 256];

/// The row of one line that is being filled.
pub(super) struct Filling<'a> {
    rows: &'a mut Rows,
    lane: usize,
    pub(super) at: usize,
}

impl Filling<'_> {
    pub(super) fn new(rows: &mut Rows, lane: usize) -> Filling<'_> {
        Filling { rows, lane: lane % LANES, at: 0 }
    }

    pub(super) fn push(&mut self, value: Value) {
        if let Some(column) = self.rows.get_mut(self.at) {
            column[self.lane] = value;
            self.at += 1;
        }
    }

    /// Several at once: their number is known when this is compiled, so that each is one store.
    #[inline(always)]
    pub(super) fn extend<const COUNT: usize>(&mut self, values: [Value; COUNT]) {
        let Some(columns) = self.rows[self.at..].first_chunk_mut::<COUNT>() else { return };
        for (column, value) in columns.iter_mut().zip(values) {
            column[self.lane % LANES] = value;
        }
        self.at += COUNT;
    }

    /// One for each of the lowest bits, 0 or 1.
    #[inline(always)]
    fn bits<const COUNT: usize>(&mut self, bits: u32) {
        self.extend::<COUNT>(std::array::from_fn(|bit| (bits >> bit & 1) as Value));
    }
}

impl Context<'_> {
    /// Fills the row of a line. Made anew each time it is asked for: a page of a million lines need not hold a million rows.
    pub(super) fn fill(&self, index: usize, prose: &Prose, row: &mut Filling) {
        self.line(index, row);
        self.containers(index, row);
        self.neighbours(index, row);
        self.position(index, prose, row);
        row.extend(self.page);
    }

    /// What an element holds, for the lines below it.
    pub(super) fn level(&self, index: u32) -> [Value; 8] {
        let flat = self.flat;
        let element = &flat.elements[index as usize];
        let tokens = over(flat, &self.sums.tokens, index);
        let lines = element.lines.len() as u32;
        [
            log(tokens),
            share(over(flat, &self.sums.linked, index), tokens),
            share(over(flat, &self.sums.good, index), tokens),
            log(tokens / lines.max(1)),
            log(lines),
            log(self.repeats[index as usize]),
            Value::from(element.words & NEGATIVE != 0),
            Value::from(element.words & POSITIVE != 0),
        ]
    }

    /// What the lines that one template made hold.
    pub(super) fn slot(&self, slot: &Slot) -> [Value; 7] {
        [
            log(slot.lines),
            log(slot.tokens / slot.lines.max(1)),
            log(slot.longest),
            share(slot.linked, slot.tokens),
            share(slot.good, slot.tokens),
            share(slot.good, *self.sums.good.last().unwrap_or(&0)),
            share(slot.copied, slot.lines),
        ]
    }

    /// What a line's neighbours see of it.
    pub(super) fn glance(&self, index: usize) -> [Value; 4] {
        let c = &self.flat.lines[index].counts;
        [
            log(c.tokens),
            share(c.linked, c.tokens),
            share((c.stops + c.commas) * 4, c.tokens),
            Value::from(self.phrases[index] != 0),
        ]
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
        row.bits::<{ phrase::CLASSES }>(u32::from(phrases));
        let inline = line.words;
        row.push(Value::from(inline & (words::META | words::AUTHOR | words::DATE | words::SITE | words::TAGS) != 0));
        row.push(Value::from(inline & (words::SHARE | words::NAV | words::ADVERT | words::RELATED | words::FORM) != 0));
    }

    /// The elements around the line.
    fn containers(&self, index: usize, row: &mut Filling) {
        let flat = self.flat;
        let line = &flat.lines[index];
        let near = self.near[line.element as usize];
        if self.lexical.is_empty() {
            row.bits::<{ words::CLASSES }>(near);
        } else {
            row.extend(self.lexical_features(index));
        }
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
        row.extend(self.slot_values[self.slots[index] as usize]);
        let mut at = line.element;
        for level in 0..4 {
            let [numbers @ .., negative, positive] = self.levels[at as usize];
            row.extend::<6>(numbers);
            if level < 3 {
                row.extend([negative, positive]);
            }
            at = self.wider[at as usize];
        }
    }

    /// What a text says in the place of classes: the words of the line, of those around it, and where it stands in its group.
    fn lexical_features(&self, index: usize) -> [Value; words::CLASSES] {
        let (flat, lexical) = (self.flat, &self.lexical);
        let near =
            |offset: isize| index.checked_add_signed(offset).and_then(|at| lexical.get(at)).copied().unwrap_or(0);
        let mean = |from: usize, to: usize| -> Value {
            let (from, to) = (from.min(lexical.len()), to.min(lexical.len()));
            if from >= to {
                return 0;
            }
            ((self.lexical_sums[to] - self.lexical_sums[from]) / (to - from) as u32) as Value
        };
        let lowest = |from: usize, to: usize| {
            lexical[from.min(lexical.len())..to.min(lexical.len())].iter().min().copied().unwrap_or(0)
        };
        let element = flat.lines[index].element;
        let group = &flat.elements[self.wider[element as usize] as usize].lines;
        let text = flat.line(index);
        let mut out = [0; words::CLASSES];
        let values = [
            near(0),
            near(-1),
            near(-2),
            near(-3),
            near(1),
            near(2),
            near(3),
            mean(index.saturating_sub(6), index),
            mean(index + 1, index + 7),
            mean(index.saturating_sub(20), index),
            mean(index + 1, index + 21),
            mean(group.start as usize, group.end as usize),
            lowest(index.saturating_sub(6), index),
            lowest(index + 1, index + 7),
            clip(index - (group.start as usize).min(index)),
            clip((group.end as usize).max(index + 1) - index - 1),
            self.edges[index][0],
            self.edges[index][1],
            Value::from(text.ends_with(['…', '·', '»', '>', '›']) || text.ends_with("...")),
            Value::from(text.ends_with(['。', '！', '？', '”', '」', '.', '!', '?'])),
        ];
        out[..values.len()].copy_from_slice(&values);
        out
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
            let [length, linked, points, phrase] = self.glances[at as usize];
            row.extend([length, linked, points, same, phrase]);
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
            let side = if at == 0 {
                0
            } else if index < from {
                1
            } else if inside {
                2
            } else {
                3
            };
            let distance = match index {
                _ if at == 0 || inside => 0,
                before if before < from => from - before,
                after => after + 1 - to,
            };
            // Prose of the candidate before the line and after it.
            let (before, all) = (sums.good[index.clamp(from, to)] - sums.good[from], sums.good[to] - sums.good[from]);
            row.extend([side, clip(distance), share(before, all), share(all, sums.good[count])]);
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
pub(super) struct Prose {
    since: Vec<Value>,
    until: Vec<Value>,
    /// Lines since a short line with a phrase of each class of [`ENDINGS`], once prose was seen.
    since_phrase: [Vec<Value>; 4],
}

/// Phrases after which the text seldom goes on.
const ENDINGS: [phrase::Phrases; 4] =
    [phrase::EDITOR, phrase::RELATED | phrase::MORE, phrase::COMMENT, phrase::SHARE | phrase::RIGHTS | phrase::PAGER];

impl Prose {
    pub(super) fn new(context: &Context) -> Prose {
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
        '\u{4e00}'..='\u{9fff}' => 6,
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
