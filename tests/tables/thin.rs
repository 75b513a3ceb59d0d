//! Pages with less around their text, and less text.
//!
//! In: a lesson. Out: the same page without some of its lines, as a lesson of its own. The development pages are long articles of large
//! portals with hundreds of lines around them; short articles, small sites and old pages with a dozen lines in all are what the forests
//! see too little of. Leaving out what is not text, container by container, and all but the first lines of what is, makes such
//! pages of the ones that are there. (Shorter pages with their own template would be better; there are none.)

use super::lesson::{Lesson, weights};
use crate::quality::score::{mix, tokens};

/// Chances in a sequence that the page and the seed decide.
struct Dice(u64);

impl Dice {
    /// From 0 up to 1.
    fn roll(&mut self) -> f32 {
        self.0 = mix(self.0, 0x9e37);
        (self.0 >> 40) as f32 / (1u64 << 24) as f32
    }

    fn one_of(&mut self, values: [f32; 4]) -> f32 {
        values[(self.roll() * 4.0) as usize % 4]
    }
}

/// Tokens of gold text that a page must have left to teach anything.
const LEAST: usize = 8;

/// The page of `lesson`, thinned; its lines count `weight`fold.
pub fn thinned(lesson: &Lesson, weight: f32, seed: u64) -> Lesson {
    let labels = &lesson.labels;
    let mut dice = Dice(mix(seed, labels.len() as u64 + 77));
    // The first states of neighbouring seeds are alike.
    for _ in 0..4 {
        dice.roll();
    }
    let mut gone = around(lesson, &mut dice);
    let all = labels.iter().filter(|label| **label).count() as f32;
    let kept = match (dice.roll() * 4.0) as u32 {
        0 => all,
        1 => all * (0.2 + 0.8 * dice.roll()),
        2 => 1.0 + dice.roll() * 4.0,
        _ => 2.0 + dice.roll() * 8.0,
    };
    let text = (0..labels.len()).filter(|line| labels[*line]);
    text.skip(kept as usize).for_each(|line| gone[line] = true);
    let page = lesson.page.without(&gone);
    let labels: Vec<bool> = labels.iter().zip(&gone).filter(|(_, gone)| !**gone).map(|(label, _)| *label).collect();
    let sizes: Vec<(usize, bool)> =
        page.lines().iter().zip(&labels).map(|(line, label)| (tokens(line).len(), *label)).collect();
    Lesson::of(page, lesson.site.clone(), labels, weights(&sizes, weight, LEAST))
}

/// The lines around the text that go: containers without any of it, from the outermost in, and single lines.
fn around(lesson: &Lesson, dice: &mut Dice) -> Vec<bool> {
    let labels = &lesson.labels;
    let share = dice.one_of([0.0, 0.3, 0.6, 0.9]);
    let mut gone = vec![false; labels.len()];
    for lines in lesson.page.containers() {
        let empty = lines.is_empty() || gone[lines.start] || labels[lines.clone()].contains(&true);
        if !empty && dice.roll() < share {
            gone[lines].fill(true);
        }
    }
    for line in 0..labels.len() {
        if !labels[line] && !gone[line] && dice.roll() < share / 3.0 {
            gone[line] = true;
        }
    }
    gone
}
