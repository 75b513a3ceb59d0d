//! The likeliest of a group of characters: where a byte is unknown, a hundred and more fit, and all have to be priced.
//!
//! A row of the model is spread out once for a context, so that each price is one look into an array; only the best few are then
//! priced with what follows them.

use super::*;
use crate::repair::model::{self, NONE};
use std::sync::LazyLock;

/// Where both bytes are unknown, the characters that cost no more than this by themselves are tried, about two thousand.
const COMMON: i32 = 9 * NAT;

/// How far behind the best of its group a character may fall.
const BEHIND: i32 = 10 * NAT;

/// What is to be known of the character of a pair of bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub c: char,
    number: u16,
    spelling: Spelling,
    pub lead: u8,
    pub trail: u8,
}

/// By lead − 0x81 and trail − 0x40.
static CELLS: LazyLock<Vec<Cell>> = LazyLock::new(|| {
    let model = model::model();
    let pairs = (0x81..=0xFEu8).flat_map(|lead| (0x40..=0xFFu8).map(move |trail| (lead, trail)));
    let cell = |(lead, trail)| {
        let c = gbk::char_of(lead, trail).unwrap_or(NOTHING);
        Cell { c, number: model.number(c), spelling: model.spelling(c), lead, trail }
    };
    pairs.map(cell).collect()
});

/// The commonest characters, Traditional and Simplified.
static COMMONEST: LazyLock<Vec<Cell>> = LazyLock::new(|| {
    let model = model::model();
    let common = |cell: &&Cell| cell.c != NOTHING && model.alone_number(cell.number) <= COMMON;
    CELLS.iter().filter(common).copied().collect()
});

/// Where the cells of a first byte begin.
fn row(lead: u8) -> usize {
    (usize::from(lead.max(0x81)) - 0x81) * 192
}

/// The characters whose first byte is `lead` and whose second is not ASCII.
pub(super) fn of_lead(lead: u8) -> impl Iterator<Item = &'static Cell> {
    let from = row(lead);
    CELLS[from + 0x40..from + 0xBF].iter()
}

/// The characters whose second byte is `trail` and whose first `pending` allows.
pub(super) fn of_trail(trail: u8, pending: Pending) -> impl Iterator<Item = &'static Cell> {
    let (from, to) = match pending {
        Pending::Byte(b) if b >= 0x81 => (b, b),
        Pending::None | Pending::Byte(_) => (1, 0),
        Pending::Any | Pending::After(_) => (0x81, 0xFE),
    };
    let trail = usize::from(trail.max(0x40)) - 0x40;
    (from..=to).filter(move |&lead| pending.allows(lead)).map(move |lead| &CELLS[row(lead) + trail])
}

/// The commonest characters whose first byte `pending` allows and whose second is not ASCII.
pub(super) fn of_any(pending: Pending) -> impl Iterator<Item = &'static Cell> {
    COMMONEST.iter().filter(move |cell| cell.trail >= 0x80 && pending.allows(cell.lead))
}

impl Pending {
    /// Whether the true character that is due can begin with `lead`.
    pub(super) fn allows(self, lead: u8) -> bool {
        match self {
            Pending::None => false,
            Pending::Byte(b) => b == lead,
            Pending::Any => (0x81..=0xFE).contains(&lead),
            Pending::After(before) => lead < 0x81 || CELLS[row(before) + usize::from(lead) - 0x40].c == NOTHING,
        }
    }
}

/// What each character costs after one context.
pub(in crate::repair) struct Fan {
    at: Option<Context>,
    generation: u16,
    /// By the model's character number.
    entries: Vec<Entry>,
    /// The cost before that of the character alone, where it was never seen after this context.
    base: i32,
    picks: Vec<(i32, Cell)>,
}

/// What a character costs after the context: the generation that wrote it, the cost, the pair it makes.
#[derive(Debug, Clone, Copy)]
struct Entry {
    generation: u16,
    cost: u16,
    pair: u32,
}

impl Fan {
    pub(in crate::repair) fn of(model: &Model) -> Fan {
        Fan {
            at: None,
            generation: 0,
            entries: vec![Entry { generation: 0, cost: 0, pair: NONE }; model.size()],
            base: 0,
            picks: Vec::new(),
        }
    }

    fn turn(&mut self, model: &Model, context: Context) {
        if self.at == Some(context) {
            return;
        }
        self.at = Some(context);
        self.generation = self.generation.wrapping_add(1);
        if self.generation == 0 {
            self.entries.iter_mut().for_each(|e| e.generation = 0);
            self.generation = 1;
        }
        let (entries, generation) = (&mut self.entries, self.generation);
        self.base = model.spread(context, |number, cost, pair| {
            let entry = &mut entries[usize::from(number)];
            let before = if entry.generation == generation { entry.pair } else { NONE };
            *entry = Entry { generation, cost: cost as u16, pair: pair.unwrap_or(before) };
        });
    }

    /// What [`Model::step_number`] gives after the context.
    fn step(&self, model: &Model, context: Context, number: u16) -> (i32, Context) {
        let (cost, pair) = match self.entries[usize::from(number)] {
            Entry { generation, cost, pair } if generation == self.generation => (i32::from(cost), pair),
            _ => (self.base + model.alone_number(number), NONE),
        };
        (cost, Context { first: context.last, last: number, pair })
    }
}

impl Search<'_, '_> {
    /// The `keep` likeliest of a group after `h`, the best first, judged with the character `next` behind them where that is known.
    /// `favour` is a character with a discount.
    pub(super) fn best<'c>(
        &mut self,
        h: Hypothesis,
        group: impl Iterator<Item = &'c Cell>,
        keep: usize,
        next: Option<char>,
        favour: Option<(char, i32)>,
    ) -> Vec<(Hypothesis, Cell)> {
        self.fan.turn(self.model, h.context);
        let mut picks = std::mem::take(&mut self.fan.picks);
        picks.clear();
        for cell in group.filter(|cell| cell.c != NOTHING) {
            let discount = favour.map_or(0, |(c, discount)| if c == cell.c { discount } else { 0 });
            picks.push((
                self.fan.step(self.model, h.context, cell.number).0 + self.odd(cell.spelling) - discount,
                *cell,
            ));
        }
        if picks.len() > keep * 2 {
            picks.select_nth_unstable_by_key(keep * 2, |p| p.0);
            picks.truncate(keep * 3);
        }
        let mut found: Vec<(i32, Hypothesis, Cell)> = Vec::with_capacity(picks.len());
        for (_, cell) in &picks {
            let step = self.fan.step(self.model, h.context, cell.number);
            let mut on = self.restored(h, cell.c, step, false);
            on.cost -= favour.map_or(0, |(c, discount)| if c == cell.c { discount } else { 0 });
            let ahead = next.map_or(0, |next| self.say(on, next).cost - on.cost);
            found.push((on.cost + ahead, on, *cell));
        }
        self.fan.picks = picks;
        found.sort_unstable_by_key(|f| (f.0, f.2.c));
        let most = found.first().map_or(0, |f| f.0 + BEHIND);
        found.into_iter().take(keep).take_while(|f| f.0 <= most).map(|f| (f.1, f.2)).collect()
    }
}
