//! Lexicons: what the words of a line say of whether it is text (src/extract/plain/lexicon.rs reads them).
//!
//! In: lessons. Out: a weight for each place that runs of characters are hashed to.

use super::lesson::{Lesson, PARTS, part, teach};
use super::train;
use crate::quality::score::mix;
use zonetext::extract::html::learn;

/// Weights by place.
pub type Lexicon = [u8; learn::LEXICON_SIZE];

/// The lexicon and the forests. What the forests learn from is read by lexicons that saw no page of its site.
pub fn teach_by_words(
    lessons: &[&Lesson],
    seed: u64,
    first: train::Settings,
    second: train::Settings,
) -> (Box<Lexicon>, Vec<u8>) {
    let places: Vec<u64> =
        (0..lessons.len()).map(|index| part(&lessons[index].site, index, seed + 100, PARTS)).collect();
    let of = |wanted: &dyn Fn(u64) -> bool| {
        lexicon(lessons.iter().zip(&places).filter(|(_, place)| wanted(**place)).map(|(lesson, _)| *lesson))
    };
    let apart: Vec<Box<Lexicon>> = (0..PARTS).map(|own| of(&|place| place != own)).collect();
    let whole = of(&|_| true);
    let read: Vec<Lesson> =
        lessons.iter().zip(&places).map(|(lesson, place)| read_by(lesson, &apart[*place as usize])).collect();
    (whole, teach(&read.iter().collect::<Vec<_>>(), seed, first, second))
}

/// A lesson whose words are read by this lexicon.
fn read_by(lesson: &Lesson, lexicon: &Lexicon) -> Lesson {
    let mut read = lesson.clone();
    read.set_lexical(lexicon);
    read
}

/// Weights of runs of characters, by logistic regression in a fixed order (AdaGrad).
pub fn lexicon<'a>(lessons: impl Iterator<Item = &'a Lesson>) -> Box<Lexicon> {
    let lessons: Vec<&Lesson> = lessons.collect();
    let mut weights = vec![0f32; learn::LEXICON_SIZE];
    let mut squares = vec![1e-3f32; learn::LEXICON_SIZE];
    let mut places = Vec::new();
    for round in 0..3 {
        for index in 0..lessons.len() {
            let lesson = lessons[mix(round, index as u64) as usize % lessons.len()];
            for (line, (label, weight)) in lesson.page.lines().iter().zip(lesson.labels.iter().zip(&lesson.weights)) {
                places.clear();
                let count = learn::lexicon_runs(line, |place| places.push(place));
                let scale = 1.0 / (1.0 + (count as f32).sqrt().floor());
                let sum: f32 = places.iter().map(|place| weights[*place]).sum();
                let chance = 1.0 / (1.0 + (-sum * scale).exp());
                let step = (f32::from(u8::from(*label)) - chance) * scale * weight.min(2.0);
                for place in &places {
                    let slope = step - 1e-4 * weights[*place];
                    squares[*place] += slope * slope;
                    weights[*place] += 0.08 * slope / squares[*place].sqrt();
                }
            }
        }
    }
    let bytes: Vec<u8> = weights.iter().map(|w| (w * 16.0).round().clamp(-127.0, 127.0) as i8 as u8).collect();
    bytes.into_boxed_slice().try_into().unwrap()
}
